//! Figures other modules offer: asked for now, shown with the records behind them, recorded with the way back.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use lt_contracts::indicator::{Ask, Figure, IndicatorSource, Record, Records, Unanswered};
use lt_kernel::quantity::{Exact, Reported, numbers};
use lt_kernel::{Date, Instant, Interval, Said};
use lt_module::Host;
use lt_store::{StoreError, Unit};
use lt_web::form::date_of;
use lt_web::ui::{Button, FormOpen, Link, Summary, Tag};
use lt_web::{Form, Problem, Talk, View};

use super::desk::Desk;
use super::frozen::Frozen;
use super::line::Key;
use super::model::{Evidence, Observation, ObservationId, Value};
use super::store::{New, NewEvidence};
use super::verbs;
use crate::file::format::EvidenceLine;
use crate::file::value::fits;
use crate::measure::Measure;
use crate::measure::model::Feed;
use crate::resolution::door::{self, pick};
use crate::resolution::model::MeasureId;

/// Records on a page.
const PAGE: usize = 100;

/// The module that offers an indicator.
///
/// # Errors
/// Refused when no module of this installation does.
pub fn source<'a>(host: &'a Host, code: &str) -> Result<&'a dyn IndicatorSource, Problem> {
    let found = host.indicators.iter().find(|source| source.indicators().iter().any(|one| one.code == code));
    found
        .map(std::convert::AsRef::as_ref)
        .ok_or_else(|| Problem::refused(Said::new("targets-ask-nobody").with("code", code)))
}

/// An indicator that cannot answer, as a problem.
#[must_use]
pub fn unanswered(fault: Unanswered) -> Problem {
    match fault {
        Unanswered::Unknown(code) => Problem::refused(Said::new("targets-ask-nobody").with("code", code)),
        failed @ Unanswered::Failed(_) => Problem::trouble(failed),
    }
}

struct Asked<'a> {
    id: MeasureId,
    measure: &'a Measure,
    code: &'a str,
    ask: Ask,
    at: Date,
}

/// What the page asks: the measure's indicator, for the resolution's organisation, from the first day of the
/// term to the day asked for.
fn asked<'a>(host: &Host, desk: &'a Desk, measure: Option<String>, at: Option<Date>) -> Result<Asked<'a>, Problem> {
    let (id, measure) = desk.measure(&measure.unwrap_or_default()).ok_or_else(Problem::not_found)?;
    let Feed::Indicator { code } = &measure.feed else { return Err(Problem::not_found()) };
    let listed = &desk.whole.listed;
    let last = listed.term.to.and_then(|to| to.yesterday().ok()).unwrap_or(listed.term.from);
    let at = at.unwrap_or_else(|| host.clock.today()).clamp(listed.term.from, last);
    let period = Interval { from: listed.term.from, to: at.tomorrow().ok() };
    let ask =
        Ask { code: code.clone(), org: Some(listed.org), period, known_at: host.clock.now(), dimensions: Vec::new() };
    Ok(Asked { id, measure, code, ask, at })
}

#[derive(Template)]
#[template(path = "observation/ask.html")]
struct AskHtml<'a> {
    t: Talk<'a>,
    title: &'a str,
    facts: Summary,
    form: Option<(FormOpen, Button)>,
    measure: &'a str,
    at: Date,
    rows: Vec<(Tag, Record)>,
    next: Option<Link>,
}

/// Shows the figure as it is now, and the records behind it.
pub(super) async fn show(State(host): State<Host>, view: View, Path(code): Path<String>) -> Result<Response, Problem> {
    let desk = Desk::open(&host, &view, &code).await?;
    let at = view.asked("at").and_then(|text| date_of(&text));
    let asked = asked(&host, &desk, view.asked("measure"), at)?;
    let source = source(&host, asked.code)?;
    let figure = source.figure(&asked.ask).await.map_err(unanswered)?;
    let cursor = view.asked("cursor");
    let Records { rows, next } = source.records(&asked.ask, cursor.as_deref(), PAGE).await.map_err(unanswered)?;
    let t = view.t();
    let base = door::address(&code);
    let may = desk.may_observe(&view, &asked.measure.code) && desk.whole.listed.state.writable().is_ok();
    let form = may.then(|| (FormOpen::new(&view, format!("{base}/ask")), Button::new(t.s("targets-ask-record"))));
    let title = pick(&asked.measure.name, &asked.measure.name_en, view.lang);
    let mark = |record: &Record| {
        if record.in_numerator {
            Tag::good(t.s("targets-ask-counted"))
        } else {
            Tag::new(t.s("targets-ask-not-counted"))
        }
    };
    let html = AskHtml {
        t,
        title,
        facts: Summary::new()
            .row(t.s("targets-ask-indicator"), asked.code.to_owned())
            .row(t.s("targets-seen-as-of"), t.date(&asked.at))
            .row(t.s("targets-seen-value"), said(&figure, view.lang)),
        form,
        measure: &asked.measure.code,
        at: asked.at,
        rows: rows.into_iter().map(|record| (mark(&record), record)).collect(),
        next: next.map(|next| Link::second(t.s("targets-ask-more"), view.with_query("cursor", Some(&next)))),
    };
    view.page(title).crumbs(door::crumbs(&view, &desk.whole.listed)).show(&html)
}

fn said(figure: &Figure, lang: lt_kernel::Lang) -> String {
    let whole = |number| numbers::write(&Exact::whole(number), 0, lang);
    match figure.denominator {
        Some(denominator) => format!("{} / {}", whole(figure.numerator), whole(denominator)),
        None => whole(figure.numerator),
    }
}

/// The figure as a value of an observation.
#[must_use]
pub fn value(figure: &Figure) -> Value {
    let exact = |number| Reported::exact(Exact::whole(number));
    match figure.denominator {
        Some(0) => Value::NotApplicable { why: "0 / 0".to_owned() },
        Some(denominator) => Value::Parts {
            numerator: exact(figure.numerator),
            denominator: exact(denominator),
            rest: false,
            told: None,
        },
        None => Value::Number { value: exact(figure.numerator) },
    }
}

/// Records the figure as it is now, with the list of records as its evidence. A figure recorded for the same
/// day before is replaced.
pub(super) async fn record(
    State(host): State<Host>,
    view: View,
    Path(code): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let desk = Desk::open_to_write(&host, &view, &code).await?;
    let at = form.opt("at").and_then(date_of);
    let asked = asked(&host, &desk, form.opt("measure").map(str::to_owned), at)?;
    if !desk.may_observe(&view, &asked.measure.code) {
        return Err(Problem::forbidden());
    }
    let figure = source(&host, asked.code)?.figure(&asked.ask).await.map_err(unanswered)?;
    let id = take(&host, &view, &desk, &asked, value(&figure)).await?;
    Ok(Redirect::to(&desk.after(None, &asked.measure.code, id, false)).into_response())
}

async fn take(
    host: &Host,
    view: &View,
    desk: &Desk,
    asked: &Asked<'_>,
    value: Value,
) -> Result<ObservationId, Problem> {
    if !fits(&value, asked.measure.unit) {
        let said = Said::new("targets-observation-wrong-kind").with("measure", &asked.measure.name);
        return Err(Problem::refused(said.key("unit", asked.measure.unit.key())));
    }
    let hand = desk.hand(host, view);
    let new = new(host, desk, asked, value, hand.now);
    let twin = verbs::same(&host.db, asked.id, &Key::of(&new.seen, "")).await?;
    let mut unit = Unit::new();
    if let Some(twin) = twin {
        let (old, _) = desk.observation(host, twin).await?;
        if old.seen.value == new.seen.value {
            return Ok(twin);
        }
        let new = New { replaces: Some(twin), ..new.clone() };
        let why = view.t().s("targets-ask-again");
        verbs::replace(&mut unit, &hand, &asked.measure.code, &old, &new, why, "corrected");
    } else {
        if let Some(review) = Frozen::load(&host.db, desk.org()).await?.covers(asked.id, asked.at) {
            return Err(Problem::refused(review.said()));
        }
        verbs::record(&mut unit, &hand, &asked.measure.code, &new);
    }
    match host.db.commit(unit).await {
        Err(StoreError::Constraint(_)) => Err(Problem::refused(verbs::twice())),
        done => done.map(|_| new.seen.id).map_err(Problem::from),
    }
}

fn new(host: &Host, desk: &Desk, asked: &Asked<'_>, value: Value, now: Instant) -> New {
    let base = door::address(&desk.whole.listed.code);
    let line = EvidenceLine {
        kind: Evidence::Record,
        title: asked.code.to_owned(),
        href: format!("{base}/ask?measure={}&at={}", door::part(&asked.measure.code), asked.at),
    };
    New {
        seen: Observation {
            id: ObservationId(host.ids.next(now)),
            value,
            as_of: asked.at,
            period: None,
            unit: None,
            event: None,
            recorded_at: now,
            approved: false,
            evidence: Evidence::Record,
        },
        measure: asked.id,
        resolution: Some(desk.whole.listed.id),
        sentence: String::new(),
        note: String::new(),
        evidence: vec![NewEvidence { id: host.ids.next(now), line, file: None }],
        replaces: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_of_nothing_is_not_applicable_never_zero() {
        assert!(matches!(value(&Figure { numerator: 0, denominator: Some(0) }), Value::NotApplicable { .. }));
        assert!(matches!(value(&Figure { numerator: 2, denominator: Some(3) }), Value::Parts { .. }));
        assert!(matches!(value(&Figure { numerator: 2, denominator: None }), Value::Number { .. }));
    }
}
