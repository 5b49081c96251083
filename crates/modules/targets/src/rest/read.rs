//! Reading: resolutions, boards, verdicts, observations.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use lt_kernel::quantity::Exact;
use lt_kernel::{Date, Instant};
use lt_module::Host;
use lt_web::{Problem, Talk, View, download};
use serde::Serialize;
use serde_json::Value as Json_;

use super::body::day;
use super::wire;
use crate::book::{self, Row};
use crate::file::export::export;
use crate::observation::line;
use crate::observation::store::{self as observations, Detail};
use crate::resolution::State as Stand;
use crate::resolution::door;
use crate::resolution::store::{self, Listed, Whole};
use crate::verdict::Verdict;

/// Rows of a page of observations.
const PAGE: usize = 200;

pub(super) fn json(value: impl Serialize) -> Json_ {
    serde_json::to_value(value).unwrap_or_default()
}

fn resolution(listed: &Listed) -> wire::Resolution {
    let last = listed.term.to.and_then(|to| to.yesterday().ok()).unwrap_or(listed.term.from);
    wire::Resolution {
        code: listed.code.clone(),
        org: listed.org.0,
        title: listed.title.0.clone(),
        title_en: listed.title.1.clone(),
        from: listed.term.from.to_string(),
        last: last.to_string(),
        state: listed.state.word().to_owned(),
        is_sample: listed.is_sample,
    }
}

/// Resolutions the reader may see, newest term first.
#[utoipa::path(get, path = "/api/v1/resolutions", tag = "resolutions",
    responses((status = 200, body = Vec<wire::Resolution>), (status = 401, body = wire::Problem)))]
pub(super) async fn resolutions(State(host): State<Host>, view: View) -> Result<Json<Vec<wire::Resolution>>, Problem> {
    let may = |listed: &Listed| {
        view.viewer.may("targets.read", listed.org)
            && (listed.state != Stand::Draft || view.viewer.may("targets.define", listed.org))
    };
    let list = store::list(&host.db).await?;
    Ok(Json(list.iter().filter(|listed| may(listed)).map(resolution).collect()))
}

pub(super) async fn whole_of(host: &Host, view: &View, code: &str) -> Result<Whole, Problem> {
    let listed = door::open(host, view, code).await?;
    store::whole(&host.db, listed.id).await?.ok_or_else(Problem::not_found)
}

/// A resolution with its sentences, measures and targets.
#[utoipa::path(get, path = "/api/v1/resolutions/{code}", tag = "resolutions",
    params(("code" = String, Path, description = "Code of the resolution")),
    responses((status = 200, body = wire::Whole), (status = 404, body = wire::Problem)))]
pub(super) async fn show(
    State(host): State<Host>,
    view: View,
    Path(code): Path<String>,
) -> Result<Json<wire::Whole>, Problem> {
    let whole = whole_of(&host, &view, &code).await?;
    Ok(Json(wire::Whole {
        resolution: resolution(&whole.listed),
        sentences: whole.sentences.iter().map(sentence).collect(),
        measures: whole
            .measures
            .iter()
            .map(|(id, measure)| wire::Measure {
                id: id.0,
                code: measure.code.clone(),
                name: measure.name.clone(),
                unit: json(measure.unit),
                definition: json(measure),
            })
            .collect(),
        targets: whole
            .targets
            .iter()
            .map(|held| wire::Target {
                id: held.id.0,
                code: held.target.code.clone(),
                sentence: held.target.sentence.clone(),
                title: held.target.title.clone(),
                owner: held.owner.0,
                version: held.version,
                dropped: held.dropped.clone(),
                definition: json(&held.target),
            })
            .collect(),
    }))
}

fn sentence(one: &crate::file::format::Sentence) -> wire::Sentence {
    wire::Sentence {
        code: one.code.clone(),
        standing: json(one.standing),
        text: one.text.clone(),
        text_en: one.text_en.clone(),
    }
}

/// The file of a resolution, TOML, as it can be imported again.
#[utoipa::path(get, path = "/api/v1/resolutions/{code}/export", tag = "resolutions",
    params(("code" = String, Path, description = "Code of the resolution")),
    responses((status = 200, body = String, content_type = "application/toml"), (status = 404, body = wire::Problem)))]
pub(super) async fn give(State(host): State<Host>, view: View, Path(code): Path<String>) -> Result<Response, Problem> {
    let whole = whole_of(&host, &view, &code).await?;
    let seen = all(&host, &whole, None).await?;
    let text = export(&whole, &seen).write().map_err(|fault| Problem::refused(fault.said))?;
    Ok(download(&format!("{code}.toml"), "application/toml; charset=utf-8", text))
}

/// Observations of a resolution's measures (or of one), withdrawn ones too, oldest first.
async fn all(host: &Host, whole: &Whole, measure: Option<&str>) -> Result<Vec<Detail>, Problem> {
    let mut seen = Vec::new();
    for (id, known) in &whole.measures {
        if measure.is_none_or(|code| code == known.code) {
            seen.extend(observations::of_measure(&host.db, *id).await?);
        }
    }
    seen.sort_by_key(|one| (one.seen.recorded_at, one.seen.id));
    Ok(seen)
}

async fn board_of(
    host: &Host,
    view: &View,
    code: &str,
    days: &wire::Days,
) -> Result<(std::sync::Arc<book::Board>, Option<Date>), Problem> {
    let listed = door::open(host, view, code).await?;
    let today = host.clock.today();
    let at = day(days.at.as_deref())?.unwrap_or(today);
    let known = day(days.known.as_deref())?.filter(|known| *known < today);
    let board = door::book(host)?.board(listed.id, at, known.map(Instant::end_of)).await?;
    Ok((board.ok_or_else(Problem::not_found)?, known))
}

/// The scoreboard of a resolution for a day, with the arithmetic of each verdict.
#[utoipa::path(get, path = "/api/v1/resolutions/{code}/board", tag = "verdicts",
    params(("code" = String, Path, description = "Code of the resolution"), wire::Days),
    responses((status = 200, body = wire::Board), (status = 404, body = wire::Problem)))]
pub(super) async fn board(
    State(host): State<Host>,
    view: View,
    Path(code): Path<String>,
    Query(days): Query<wire::Days>,
) -> Result<Json<wire::Board>, Problem> {
    let (board, known) = board_of(&host, &view, &code, &days).await?;
    let tally = board.tally;
    Ok(Json(wire::Board {
        resolution: code,
        at: board.at.to_string(),
        known: known.map(|day| day.to_string()),
        tally: wire::Tally {
            all: tally.all,
            met: tally.met(),
            on_the_way: tally.on_the_way,
            at_risk: tally.at_risk,
            not_met: tally.not_met,
            undetermined: tally.undetermined,
            unknown: tally.unknown,
            not_applicable: tally.not_applicable,
        },
        targets: board.rows().map(|row| judged(view.t(), &row)).collect(),
    }))
}

fn judged(t: Talk<'_>, row: &Row<'_>) -> wire::Judged {
    let target = &row.held.target;
    wire::Judged {
        target: target.code.clone(),
        title: door::pick(&target.title, &target.title_en, t.lang).to_owned(),
        sentence: target.sentence.clone(),
        counts: row.counts(),
        verdict: verdict(t, row.verdict),
    }
}

fn verdict(t: Talk<'_>, verdict: &Verdict) -> wire::Verdict {
    let said = |list: &[lt_kernel::Said]| list.iter().map(|said| t.said(said)).collect();
    let number = |number: &Option<Exact>| number.as_ref().map(ToString::to_string);
    let step = |step: &crate::verdict::Step| wire::Step {
        depth: step.depth,
        text: t.said(&step.said),
        used: step.used.iter().map(|id| id.0).collect(),
    };
    wire::Verdict {
        outcome: verdict.outcome.code().to_owned(),
        settled: verdict.settled,
        evidence: json(verdict.evidence),
        schedule: json(verdict.schedule),
        approval: json(verdict.approval),
        elapsed: verdict.elapsed.to_string(),
        progress: number(&verdict.progress),
        low: number(&verdict.low),
        high: number(&verdict.high),
        value: verdict.value.as_ref().map(|said| t.said(said)),
        steps: verdict.steps.iter().map(step).collect(),
        findings: said(&verdict.findings),
        missing: said(&verdict.missing),
        rules: verdict.rules.clone(),
    }
}

/// One target with its verdict for a day.
#[utoipa::path(get, path = "/api/v1/resolutions/{code}/targets/{target}", tag = "verdicts",
    params(("code" = String, Path, description = "Code of the resolution"),
        ("target" = String, Path, description = "Code of the target"), wire::Days),
    responses((status = 200, body = wire::Judged), (status = 404, body = wire::Problem)))]
pub(super) async fn target(
    State(host): State<Host>,
    view: View,
    Path((code, target)): Path<(String, String)>,
    Query(days): Query<wire::Days>,
) -> Result<Json<wire::Judged>, Problem> {
    let (board, _) = board_of(&host, &view, &code, &days).await?;
    let row = board.rows().find(|row| row.held.target.code == target).ok_or_else(Problem::not_found)?;
    Ok(Json(judged(view.t(), &row)))
}

pub(super) fn observation(code: &str, one: &Detail) -> wire::Observation {
    let withdrawn = one.withdrawn.as_ref();
    wire::Observation {
        id: one.seen.id.0,
        version: one.version,
        measure: code.to_owned(),
        line: json(line::of_detail(code, one)),
        recorded_at: one.seen.recorded_at.to_string(),
        recorded_by: one.recorded_by.map(|account| account.0),
        approved_at: one.approved.as_ref().map(|(at, _)| at.to_string()),
        withdrawn_at: withdrawn.map(|(at, ..)| at.to_string()),
        withdrawn_why: withdrawn.map(|(.., why)| why.clone()),
        replaces: one.replaces.map(|id| id.0),
    }
}

/// Observations of a resolution, withdrawn ones too, oldest first.
#[utoipa::path(get, path = "/api/v1/resolutions/{code}/observations", tag = "observations",
    params(("code" = String, Path, description = "Code of the resolution"), wire::Which),
    responses((status = 200, body = wire::Observations), (status = 404, body = wire::Problem)))]
pub(super) async fn observations(
    State(host): State<Host>,
    view: View,
    Path(code): Path<String>,
    Query(which): Query<wire::Which>,
) -> Result<Json<wire::Observations>, Problem> {
    let whole = whole_of(&host, &view, &code).await?;
    let seen = all(&host, &whole, which.measure.as_deref()).await?;
    let limit = which.limit.unwrap_or(PAGE).clamp(1, 1000);
    let start = which.after.and_then(|after| seen.iter().position(|one| one.seen.id.0 == after)).map_or(0, |at| at + 1);
    let page = seen.get(start..).unwrap_or_default();
    let name = |one: &Detail| {
        whole.measures.iter().find(|(id, _)| *id == one.measure).map(|(_, measure)| measure.code.as_str())
    };
    let rows: Vec<_> = page.iter().take(limit).map(|one| observation(name(one).unwrap_or_default(), one)).collect();
    let next = (page.len() > limit).then(|| rows.last().map(|one| one.id)).flatten();
    Ok(Json(wire::Observations { rows, next }))
}
