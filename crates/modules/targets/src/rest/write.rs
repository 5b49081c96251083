//! Writing: observations and their verbs, whole resolutions, crosswalks.

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use lt_kernel::Said;
use lt_kernel::id::Uuid;
use lt_kernel::quantity::numbers::Convention;
use lt_module::Host;
use lt_store::{StoreError, Unit};
use lt_web::{Problem, View};

use super::body::{self, Body, day};
use super::read::{json, observation};
use super::wire;
use crate::file::check;
use crate::file::format::ObservationLine;
use crate::measure::Measure;
use crate::observation::desk::Desk;
use crate::observation::frozen::Frozen;
use crate::observation::line::{self, Key};
use crate::observation::model::{Evidence, Observation, ObservationId};
use crate::observation::store::{self as observations, Detail, New, NewEvidence};
use crate::observation::verbs;
use crate::resolution::door;
use crate::resolution::model::MeasureId;
use crate::resolution::transfer::{Looked, look};
use crate::resolution::write::Hand;
use crate::scheme::{Crosswalk, store as schemes};

/// Fields with faults.
fn invalid(field: &str, said: Said) -> Problem {
    Problem::invalid(vec![(field.to_owned(), said)])
}

/// The identifier a repeated request carries.
fn idempotency(headers: &HeaderMap) -> Result<Option<ObservationId>, Problem> {
    let Some(key) = headers.get("idempotency-key") else { return Ok(None) };
    let id = key.to_str().ok().and_then(|key| key.trim().trim_matches('"').parse().ok());
    id.map(Some).ok_or_else(|| Problem::bad_request(Said::new("targets-rest-key")))
}

fn made(code: StatusCode, address: &str, body: wire::Observation) -> Response {
    (code, [(header::LOCATION, address.to_owned())], Json(body)).into_response()
}

/// Records an observation. With an `Idempotency-Key` (a UUID, which becomes its identifier) a repeated request
/// gets the same answer and stores nothing.
#[utoipa::path(post, path = "/api/v1/resolutions/{code}/observations", tag = "observations",
    params(("code" = String, Path, description = "Code of the resolution"),
        ("Idempotency-Key" = Option<Uuid>, Header, description = "Makes a repeated request harmless")),
    request_body = wire::NewObservation,
    responses((status = 201, body = wire::Observation), (status = 200, body = wire::Observation, description = "Repeated"),
        (status = 409, body = wire::Problem), (status = 422, body = wire::Problem)))]
pub(super) async fn record(
    State(host): State<Host>,
    view: View,
    Path(code): Path<String>,
    headers: HeaderMap,
    Body(sent): Body<wire::NewObservation>,
) -> Result<Response, Problem> {
    let desk = Desk::open_to_write(&host, &view, &code).await?;
    let key = idempotency(&headers)?;
    let found = desk.measure(&sent.measure);
    let unknown = || Said::new("targets-file-measure-unknown").with("measure", &sent.measure);
    let (id, measure) = found.ok_or_else(|| invalid("measure", unknown()))?;
    if !desk.may_observe(&view, &measure.code) {
        return Err(Problem::forbidden());
    }
    let hand = desk.hand(&host, &view);
    let new = build(&host, &desk, &hand, (id, measure), sent, key).await?;
    if let Some(again) = repeated(&host, &desk, measure, &new, key).await? {
        return Ok(again);
    }
    if verbs::same(&host.db, id, &Key::of(&new.seen, &new.sentence)).await?.is_some() {
        return Err(Problem::refused(verbs::twice()));
    }
    if let Some(review) = Frozen::load(&host.db, desk.org()).await?.covers(id, new.seen.as_of) {
        return Err(Problem::refused(review.said()));
    }
    let mut unit = Unit::new();
    verbs::record(&mut unit, &hand, &measure.code, &new);
    match host.db.commit(unit).await {
        // The same request at the same time, or somebody else with the same figure.
        Err(StoreError::Constraint(_)) => match repeated(&host, &desk, measure, &new, key).await? {
            Some(again) => Ok(again),
            None => Err(Problem::refused(verbs::twice())),
        },
        done => {
            done?;
            let one = stored(&host, new.seen.id).await?;
            Ok(made(StatusCode::CREATED, &desk.address(new.seen.id), observation(&measure.code, &one)))
        }
    }
}

async fn stored(host: &Host, id: ObservationId) -> Result<Detail, Problem> {
    observations::by_id(&host.db, id).await?.ok_or_else(Problem::not_found)
}

/// The answer to a request that was answered before; refused when its key belongs to another figure.
async fn repeated(
    host: &Host,
    desk: &Desk,
    measure: &Measure,
    new: &New,
    key: Option<ObservationId>,
) -> Result<Option<Response>, Problem> {
    let Some(key) = key else { return Ok(None) };
    let Some(one) = observations::by_id(&host.db, key).await? else { return Ok(None) };
    let is_same = one.measure == new.measure
        && one.seen.value == new.seen.value
        && one.note == new.note
        && Key::of(&one.seen, &one.sentence) == Key::of(&new.seen, &new.sentence);
    if is_same {
        return Ok(Some(made(StatusCode::OK, &desk.address(key), observation(&measure.code, &one))));
    }
    Err(Problem::refused(Said::new("targets-rest-key-used")))
}

fn line_of(sent: wire::NewObservation) -> Result<(ObservationLine, Convention), Problem> {
    let convention = match sent.convention.as_deref() {
        Some("vi") => Convention::Vi,
        Some("en") => Convention::En,
        _ => Convention::Unknown,
    };
    let mut evidence = Vec::new();
    for shown in &sent.evidence {
        let text =
            if shown.href.is_empty() { shown.title.clone() } else { format!("{} | {}", shown.title, shown.href) };
        evidence.extend(line::read_evidence(&text.replace('\n', " ")).map_err(|said| invalid("evidence", said))?);
    }
    let line = ObservationLine {
        measure: sent.measure,
        value: sent.value,
        numerator: sent.numerator,
        denominator: sent.denominator,
        rest: sent.rest,
        grade: sent.grade,
        rank: sent.rank,
        stage: sent.stage,
        narrative: sent.narrative,
        chosen: sent.chosen,
        unknown: sent.unknown,
        not_applicable: sent.not_applicable,
        as_of: day(Some(&sent.as_of))?,
        period: sent.period,
        unit: sent.unit,
        event: sent.event,
        sentence: sent.sentence,
        note: sent.note,
        evidence,
    };
    Ok((line, convention))
}

async fn build(
    host: &Host,
    desk: &Desk,
    hand: &Hand,
    (id, measure): (MeasureId, &Measure),
    sent: wire::NewObservation,
    key: Option<ObservationId>,
) -> Result<New, Problem> {
    let (line, convention) = line_of(sent)?;
    if !line.sentence.is_empty() && !desk.whole.sentences.iter().any(|one| one.code == line.sentence) {
        let said = Said::new("targets-file-sentence-unknown").with("sentence", &line.sentence);
        return Err(invalid("sentence", said));
    }
    let known = schemes::load(&host.db).await?;
    let policy = door::book(host)?.policy();
    let checked = check::observation(&line, measure, desk.whole.listed.term, &known, policy, convention);
    let checked = checked.map_err(|said| {
        let column = crate::observation::import::check::blame(&line, &said, convention);
        invalid(column.code(), said)
    })?;
    let filled = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let evidence = line.evidence.iter();
    Ok(New {
        seen: Observation {
            id: key.unwrap_or_else(|| ObservationId(host.ids.next(hand.now))),
            value: checked.value,
            as_of: checked.as_of,
            period: line.period.parse().ok(),
            unit: filled(&line.unit),
            event: filled(&line.event),
            recorded_at: hand.now,
            approved: false,
            evidence: line.evidence.iter().map(|one| one.kind).max().unwrap_or(Evidence::None),
        },
        measure: id,
        resolution: Some(desk.whole.listed.id),
        sentence: line.sentence.clone(),
        note: line.note.clone(),
        evidence: evidence
            .map(|one| NewEvidence { id: host.ids.next(hand.now), line: one.clone(), file: None })
            .collect(),
        replaces: None,
    })
}

/// An observation opened for a verb, at the version the caller read.
async fn opened<'a>(host: &Host, desk: &'a Desk, id: &str, version: i64) -> Result<(Detail, &'a Measure), Problem> {
    let id = id.parse().map_err(|_| Problem::not_found())?;
    let (one, measure) = desk.observation(host, id).await?;
    if one.version == version { Ok((one, measure)) } else { Err(Problem::stale()) }
}

/// Takes an observation back, with a reason.
#[utoipa::path(post, path = "/api/v1/resolutions/{code}/observations/{id}/withdraw", tag = "observations",
    params(("code" = String, Path, description = "Code of the resolution"), ("id" = Uuid, Path, description = "The observation")),
    request_body = wire::Withdraw,
    responses((status = 200, body = wire::Observation), (status = 409, body = wire::Problem)))]
pub(super) async fn withdraw(
    State(host): State<Host>,
    view: View,
    Path((code, id)): Path<(String, String)>,
    Body(sent): Body<wire::Withdraw>,
) -> Result<Json<wire::Observation>, Problem> {
    let desk = Desk::open_to_write(&host, &view, &code).await?;
    let (one, measure) = opened(&host, &desk, &id, sent.version).await?;
    if !desk.may_observe(&view, &measure.code) {
        return Err(Problem::forbidden());
    }
    one.withdraw(&sent.why).map_err(|refused| match refused {
        verbs::Refused::NoReason => invalid("why", Said::new("targets-rest-reason")),
        other => Problem::refused(other.said()),
    })?;
    let mut unit = Unit::new();
    verbs::withdraw(&mut unit, &desk.hand(&host, &view), &measure.code, &one, &sent.why);
    host.db.commit(unit).await?;
    Ok(Json(observation(&measure.code, &stored(&host, one.seen.id).await?)))
}

/// Approves an observation somebody else recorded.
#[utoipa::path(post, path = "/api/v1/resolutions/{code}/observations/{id}/approve", tag = "observations",
    params(("code" = String, Path, description = "Code of the resolution"), ("id" = Uuid, Path, description = "The observation")),
    request_body = wire::Approve,
    responses((status = 200, body = wire::Observation), (status = 409, body = wire::Problem)))]
pub(super) async fn approve(
    State(host): State<Host>,
    view: View,
    Path((code, id)): Path<(String, String)>,
    Body(sent): Body<wire::Approve>,
) -> Result<Json<wire::Observation>, Problem> {
    let desk = Desk::open_to_write(&host, &view, &code).await?;
    if !view.viewer.may("targets.approve", desk.org()) {
        return Err(Problem::forbidden());
    }
    let (one, measure) = opened(&host, &desk, &id, sent.version).await?;
    one.approve(view.viewer.account).map_err(|refused| Problem::refused(refused.said()))?;
    let mut unit = Unit::new();
    verbs::approve(&mut unit, &desk.hand(&host, &view), &one);
    host.db.commit(unit).await?;
    Ok(Json(observation(&measure.code, &stored(&host, one.seen.id).await?)))
}

/// Imports a whole resolution from one file: everything in it, or nothing.
#[utoipa::path(post, path = "/api/v1/resolutions", tag = "resolutions",
    request_body(content = String, content_type = "application/toml"),
    responses((status = 201, body = wire::Made), (status = 422, body = wire::Problem)))]
pub(super) async fn import(State(host): State<Host>, view: View, request: Request) -> Result<Response, Problem> {
    let bytes = body::bytes(request, "application/toml").await?;
    let unread = |why: &dyn std::fmt::Display| invalid("file", Said::new("targets-rest-not-read").with("why", why));
    let text = std::str::from_utf8(&bytes).map_err(|why| unread(&why))?;
    match look(&host, &view, text).await? {
        Looked::Faulty(found) => {
            let place = |said: &Said| view.t().said(said);
            Err(Problem::invalid(found.into_iter().map(|fault| (place(&fault.place), fault.said)).collect()))
        }
        Looked::Good(file, import) => {
            let address = format!("/api/v1{}", door::address(&file.resolution.code));
            match host.db.commit(import.unit).await {
                Err(StoreError::Constraint(_)) => {
                    let said = Said::new("targets-file-code-exists").with("code", &file.resolution.code);
                    Err(Problem::refused(said))
                }
                done => {
                    done?;
                    let body = Json(wire::Made { id: import.id.0 });
                    Ok((StatusCode::CREATED, [(header::LOCATION, address)], body).into_response())
                }
            }
        }
    }
}

/// All schemes of grades, and the crosswalks that were signed.
#[utoipa::path(get, path = "/api/v1/schemes", tag = "schemes", responses((status = 200, body = wire::Schemes)))]
pub(super) async fn schemes(State(host): State<Host>) -> Result<Json<wire::Schemes>, Problem> {
    let known = schemes::load(&host.db).await?;
    Ok(Json(wire::Schemes { schemes: json(&known.schemes), crosswalks: json(&known.crosswalks) }))
}

/// Signs a crosswalk: from now on a grade of one scheme is taken for a grade of another, everywhere.
#[utoipa::path(post, path = "/api/v1/crosswalks", tag = "schemes", request_body = wire::NewCrosswalk,
    responses((status = 201, body = wire::Made), (status = 409, body = wire::Problem), (status = 422, body = wire::Problem)))]
pub(super) async fn sign(
    State(host): State<Host>,
    view: View,
    Body(sent): Body<wire::NewCrosswalk>,
) -> Result<Response, Problem> {
    let orgs = crate::scheme::web::concerned(&host).await?;
    if !crate::scheme::web::may_sign(&view, &orgs) {
        return Err(Problem::forbidden());
    }
    let known = schemes::load(&host.db).await?;
    let walk = Crosswalk {
        from: (sent.from_scheme, sent.from_grade),
        to: (sent.to_scheme, sent.to_grade),
        signed: sent.signed,
    };
    for (field, (scheme, grade)) in [("from_grade", &walk.from), ("to_grade", &walk.to)] {
        if known.grade(scheme, grade).is_none() {
            let said = Said::new("targets-file-grade-unknown").with("grade", format!("{scheme}/{grade}"));
            return Err(invalid(field, said));
        }
    }
    if walk.signed.is_empty() {
        return Err(invalid("signed", Said::new("targets-rest-signed")));
    }
    let (id, now) = (host.ids.next(host.clock.now()), host.clock.now());
    let mut unit = Unit::new();
    schemes::sign(&mut unit, id, &walk, view.viewer.actor(), now);
    // It may change any verdict of any organisation.
    for org in orgs {
        observations::touch(&mut unit, org, &[MeasureId(Uuid::nil())]);
    }
    match host.db.commit(unit).await {
        Err(StoreError::Constraint(_)) => Err(Problem::refused(Said::new("targets-rest-crosswalk-twice"))),
        done => {
            done?;
            Ok((StatusCode::CREATED, Json(wire::Made { id })).into_response())
        }
    }
}
