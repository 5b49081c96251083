//! Correcting a figure after it was frozen: the old one is withdrawn with a reason, a new one takes its place, a
//! second person freezes again, and the report is issued anew with the list of what changed.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use lt_contracts::Actor;
use lt_module::Host;
use lt_store::Unit;
use lt_web::ui::{Button, Choice, Field, Fields, FormOpen};
use lt_web::{Faults, Form, Html, Problem, Values, View};

use super::desk::{Desk, signed};
use super::model::Refused;
use crate::file::format::{EvidenceLine, ObservationLine};
use crate::file::value;
use crate::measure::{Measure, Unit as Kind};
use crate::observation::store::{self, Detail, New, NewEvidence};
use crate::observation::{Evidence, Judgement, Observation, ObservationId, Stage, verbs, writing};
use crate::resolution::door::pick;
use crate::resolution::write::Hand;
use crate::target::said::value_said;

#[derive(Template)]
#[template(path = "review/form.html")]
struct FormHtml {
    title: String,
    lead: String,
    about: Vec<String>,
    summary: Html,
    form: FormOpen,
    version: i64,
    fields: Vec<Field>,
    save: Button,
}

/// The figure at hand.
struct Held {
    desk: Desk,
    old: Detail,
    measure: Measure,
    said: lt_kernel::Said,
}

async fn held(host: &Host, view: &View, code: &str, period: &str, id: &str) -> Result<Held, Problem> {
    let desk = Desk::open(host, view, code, period, Some("targets.observe")).await?;
    let id: ObservationId = id.parse().map_err(|_| Problem::not_found())?;
    let old = store::by_id(&host.db, id).await?.ok_or_else(Problem::not_found)?;
    let whole = crate::resolution::store::whole(&host.db, desk.listed.id).await?.ok_or_else(Problem::not_found)?;
    let measure = whole.measures.into_iter().find(|(own, _)| *own == old.measure).ok_or_else(Problem::not_found)?.1;
    desk.review.correct(old.seen.as_of).map_err(|refused| Problem::refused(refused.said()))?;
    if old.withdrawn.is_some() {
        return Err(Problem::refused(Refused::NotInFrozen.said()));
    }
    let schemes = crate::scheme::store::load(&host.db).await?;
    let said = value_said(&old.seen.value, measure.unit, &schemes);
    Ok(Held { desk, old, measure, said })
}

fn form_page(view: &View, held: &Held, values: &Values, faults: &Faults, version: i64) -> Result<Response, Problem> {
    let t = view.t();
    let fields = Fields::new(t, values, faults);
    let mut list = match held.measure.unit {
        Kind::Percent | Kind::Count | Kind::Rate => {
            let mut list =
                vec![fields.text("value", t.s("targets-correct-value")).hint(t.s("targets-correct-value-hint"))];
            if held.measure.parts.is_some() {
                list.push(fields.text("numerator", t.s("targets-correct-numerator")).optional());
                list.push(fields.text("denominator", t.s("targets-correct-denominator")).optional());
            }
            list
        }
        Kind::Grade => vec![fields.text("grade", t.s("targets-unit-grade"))],
        Kind::Rank => vec![fields.text("rank", t.s("targets-unit-rank")).short()],
        Kind::Stage => {
            let choices = Stage::ALL.into_iter().map(|stage| Choice::new(word(&stage), t.s(stage.key()))).collect();
            vec![fields.select("stage", t.s("targets-unit-stage"), choices)]
        }
        Kind::Narrative => {
            let all = [Judgement::Done, Judgement::InPart, Judgement::NotDone];
            let choices = all.into_iter().map(|one| Choice::new(word(&one), t.s(one.key()))).collect();
            vec![
                fields.area("narrative", t.s("targets-unit-narrative"), 3),
                fields.radios("chosen", t.s("targets-correct-chosen"), choices),
            ]
        }
    };
    if writing::is_asked(values, faults) {
        list.insert(0, writing::choice(&fields, t));
    }
    list.push(fields.area("why", t.s("targets-correct-why"), 2));
    list.push(fields.text("evidence", t.s("targets-correct-evidence")).hint(t.s("targets-correct-evidence-hint")));
    list.push(fields.text("href", t.s("targets-correct-href")).optional());
    let action = format!("{}/correct/{}", held.desk.base, held.old.seen.id);
    let html = FormHtml {
        title: t.s("targets-correct-title").to_owned(),
        lead: pick(&held.measure.name, &held.measure.name_en, view.lang).to_owned(),
        about: vec![
            t.with("targets-correct-now", &[("value", &t.said(&held.said)), ("as-of", &t.date(&held.old.seen.as_of))]),
        ],
        form: FormOpen::new(view, action.clone()),
        version,
        fields: list,
        save: Button::new(t.s("targets-correct-save")),
        summary: fields.summary(),
    };
    let page = view.page(html.title.clone()).crumbs(held.desk.crumbs(view)).address(action);
    if faults.is_empty() { page.show(&html) } else { page.faulty().show(&html) }
}

/// The word of a choice, as files write it.
fn word(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

fn chosen<T: serde::de::DeserializeOwned>(form: &Form, field: &str) -> Option<T> {
    serde_json::from_value(form.opt(field)?.into()).ok()
}

/// The value of the form as a line of a file, so that both are read by the same code.
fn line_of(form: &Form) -> ObservationLine {
    let text = |field: &str| form.opt(field).map(str::to_owned);
    ObservationLine {
        value: text("value"),
        numerator: text("numerator"),
        denominator: text("denominator"),
        grade: text("grade"),
        rank: text("rank"),
        stage: chosen(form, "stage"),
        narrative: text("narrative"),
        chosen: chosen(form, "chosen"),
        ..ObservationLine::default()
    }
}

/// The field a wrong value is named at.
const fn field_of(unit: Kind) -> &'static str {
    match unit {
        Kind::Grade => "grade",
        Kind::Rank => "rank",
        Kind::Stage => "stage",
        Kind::Narrative => "narrative",
        Kind::Percent | Kind::Count | Kind::Rate => "value",
    }
}

/// Asks for the right figure.
pub(super) async fn ask(
    State(host): State<Host>,
    view: View,
    Path((code, period, id)): Path<(String, String, String)>,
) -> Result<Response, Problem> {
    let held = held(&host, &view, &code, &period, &id).await?;
    form_page(&view, &held, &Values::default(), &Faults::new(), held.old.version)
}

/// Corrects the figure.
pub(super) async fn save(
    State(host): State<Host>,
    view: View,
    Path((code, period, id)): Path<(String, String, String)>,
    form: Form,
) -> Result<Response, Problem> {
    let held = held(&host, &view, &code, &period, &id).await?;
    let signed = signed(&host, &view)?;
    let mut faults = Faults::new();
    let version = form.int("version", &mut faults).unwrap_or(held.old.version);
    let why = form.required("why", &mut faults);
    let title = form.required("evidence", &mut faults);
    let asks = writing::ask(&form, view.lang, &mut faults);
    let read = value::read(&line_of(&form), &held.measure, writing::convention(&form, view.lang));
    if let (Err(said), false) = (&read, asks) {
        faults.add(field_of(held.measure.unit), said.clone());
    }
    let Some(value) = read.ok().filter(|_| faults.is_empty()) else {
        return form_page(&view, &held, &form.values, &faults, version);
    };
    if version != held.old.version {
        return Err(Problem::stale());
    }
    let href = form.text("href").to_owned();
    let kind = if href.is_empty() { Evidence::Told } else { Evidence::File };
    let evidence = NewEvidence { id: host.ids.next(signed.at), line: EvidenceLine { kind, title, href }, file: None };
    let new = New {
        seen: Observation {
            id: ObservationId(host.ids.next(signed.at)),
            value,
            recorded_at: signed.at,
            approved: false,
            evidence: kind,
            ..held.old.seen.clone()
        },
        measure: held.old.measure,
        resolution: held.old.resolution,
        sentence: held.old.sentence.clone(),
        note: held.old.note.clone(),
        evidence: vec![evidence],
        replaces: Some(held.old.seen.id),
    };
    let hand = Hand { actor: Actor::Account(signed.by), now: signed.at, org: held.desk.listed.org };
    let mut unit = Unit::new();
    verbs::replace(&mut unit, &hand, &held.measure.code, &held.old, &new, &why, "corrected");
    host.db.commit(unit).await?;
    Ok(Redirect::to(&held.desk.base).into_response())
}
