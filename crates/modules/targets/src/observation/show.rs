//! The page of one observation, and the verbs that change where it stands.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use lt_kernel::id::AccountId;
use lt_kernel::{Instant, Said};
use lt_module::Host;
use lt_store::Unit;
use lt_web::ui::{Button, Fields, FormOpen, Link, Summary};
use lt_web::{Faults, Form, Html, Problem, Talk, Values, View};

use super::desk::Desk;
use super::entry::page::judgements;
use super::model::{Judgement, ObservationId, Value};
use super::store::Detail;
use super::verbs;
use crate::board::shown;
use crate::measure::Measure;
use crate::resolution::door::{self, pick};
use crate::target::said::value_said;
use crate::target::who::Who;

#[derive(Template)]
#[template(path = "observation/show.html")]
struct ShowHtml<'a> {
    t: Talk<'a>,
    title: String,
    read: Vec<Html>,
    facts: Summary,
    proofs: Vec<(&'a str, Option<String>, &'a str)>,
    approve: Option<Html>,
    judge: Option<Html>,
    correct: Option<Link>,
    withdraw: Option<Html>,
    summary: Html,
    targets: Vec<(String, &'a str)>,
}

#[derive(Template)]
#[template(
    ext = "html",
    source = r#"{{ form }}<input type="hidden" name="version" value="{{ version }}">{% for field in fields %}{{ field }}{% endfor %}<p class="actions">{{ button }}</p></form>"#
)]
struct VerbHtml {
    form: FormOpen,
    version: i64,
    fields: Vec<Html>,
    button: Button,
}

/// Shows the page.
pub(super) async fn show(
    State(host): State<Host>,
    view: View,
    Path((code, id)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let desk = Desk::open(&host, &view, &code).await?;
    page(&host, &view, &desk, observation_id(&id)?, &Values::default(), &Faults::new()).await
}

fn observation_id(text: &str) -> Result<ObservationId, Problem> {
    text.parse().map_err(|_| Problem::not_found())
}

async fn page(
    host: &Host,
    view: &View,
    desk: &Desk,
    id: ObservationId,
    values: &Values,
    faults: &Faults,
) -> Result<Response, Problem> {
    let t = view.t();
    let (one, measure) = desk.observation(host, id).await?;
    let schemes = crate::scheme::store::load(&host.db).await?;
    let value = t.said(&value_said(&one.seen.value, measure.unit, &schemes));
    let name = pick(&measure.name, &measure.name_en, view.lang);
    let facts = facts(host, view, &one, measure, &value).await?;
    let address = desk.address(id);
    let fields = Fields::new(t, values, faults);
    let form = |verb: &str, inner: Vec<Html>, button: Button| {
        let form = FormOpen::new(view, format!("{address}/{verb}"));
        Html::of(&VerbHtml { form, version: one.version, fields: inner, button })
    };
    let is_open = desk.whole.listed.state.writable().is_ok() && one.withdrawn.is_none();
    let may_observe = is_open && desk.may_observe(view, &measure.code);
    let may_approve =
        is_open && view.viewer.may("targets.approve", desk.org()) && one.approve(view.viewer.account).is_ok();
    let is_narrative = matches!(one.seen.value, Value::Narrative { .. });
    let base = door::address(&desk.whole.listed.code);
    let html = ShowHtml {
        t,
        title: format!("{name}: {value}"),
        read: super::writing::stored(host, view, [one.measure].into_iter()).await?,
        facts,
        proofs: one.evidence.iter().map(proof).collect(),
        approve: may_approve.then(|| form("approve", Vec::new(), Button::new(t.s("targets-show-approve")))),
        judge: (may_observe && is_narrative).then(|| {
            let chosen = fields.radios("chosen", t.s("targets-entry-chosen"), judgements(t)).into();
            form("judge", vec![chosen], Button::second(t.s("targets-show-judge")))
        }),
        correct: may_observe
            .then(|| Link::second(t.s("targets-entry-correct"), format!("{base}/observe?correct={id}"))),
        withdraw: may_observe.then(|| {
            let why = fields.area("why", t.s("targets-entry-why"), 2).into();
            form("withdraw", vec![why], Button::danger(t.s("targets-show-withdraw")))
        }),
        summary: fields.summary(),
        targets: desk
            .targets_of(&measure.code)
            .map(|held| {
                let title = pick(&held.target.title, &held.target.title_en, view.lang);
                (format!("{}#o-{id}", door::target_address(&desk.whole.listed.code, &held.target.code)), title)
            })
            .collect(),
    };
    let page = view.page(name).crumbs(door::crumbs(view, &desk.whole.listed)).address(&address);
    if faults.is_empty() { page.show(&html) } else { page.faulty().show(&html) }
}

async fn facts(host: &Host, view: &View, one: &Detail, measure: &Measure, value: &str) -> Result<Summary, Problem> {
    let t = view.t();
    let approved = one.approved.and_then(|(_, account)| account);
    let withdrawn = one.withdrawn.as_ref().and_then(|(_, account, _)| *account);
    let who = Who::load(host, [one.recorded_by, approved, withdrawn].into_iter().flatten()).await?;
    let by = |at: &Instant, account: Option<AccountId>| {
        t.with("targets-by-at", &[("who", &who.name(t, account)), ("at", &t.instant(at))])
    };
    let mut facts = Summary::new()
        .row(t.s("targets-seen-value"), value.to_owned())
        .row(
            t.s("targets-entry-measure"),
            format!("{} ({})", pick(&measure.name, &measure.name_en, t.lang), measure.code),
        )
        .row(t.s("targets-seen-as-of"), t.date(&one.seen.as_of));
    let period = one.seen.period.as_ref().map(|period| period.name(t.lang));
    for (key, text) in [
        ("targets-entry-period", period.unwrap_or_default()),
        ("targets-entry-unit", one.seen.unit.clone().unwrap_or_default()),
        ("targets-entry-event", one.seen.event.clone().unwrap_or_default()),
        ("targets-entry-sentence", one.sentence.clone()),
        ("targets-entry-note", one.note.clone()),
    ] {
        if !text.is_empty() {
            facts = facts.row(t.s(key), text);
        }
    }
    facts = facts.row(t.s("targets-seen-recorded"), by(&one.seen.recorded_at, one.recorded_by));
    facts = facts.row(
        t.s("targets-status-approval"),
        match &one.approved {
            Some((at, account)) => by(at, *account),
            None => t.s("targets-approval-recorded").to_owned(),
        },
    );
    if let Some((at, account, why)) = &one.withdrawn {
        facts = facts.row(t.s("targets-show-withdrawn"), format!("{} – {why}", by(at, *account)));
    }
    Ok(facts.row(t.s("targets-status-evidence"), t.s(shown::evidence_key(one.seen.evidence))))
}

fn proof(shown: &super::store::Shown) -> (&str, Option<String>, &str) {
    let href = shown.line.href.as_str();
    let is_link = href.starts_with("https://")
        || href.starts_with("http://")
        || (href.starts_with('/') && !href.starts_with("//"));
    let stored = shown.file.as_ref().map(|_| format!("/evidence/{}", shown.id));
    let rest = if stored.is_none() && !is_link { href } else { "" };
    (&shown.line.title, stored.or_else(|| is_link.then(|| href.to_owned())), rest)
}

/// An observation opened for a verb, and the version the form started from.
async fn opened<'a>(host: &Host, desk: &'a Desk, id: &str, form: &Form) -> Result<(Detail, &'a Measure), Problem> {
    let (one, measure) = desk.observation(host, observation_id(id)?).await?;
    if form.text("version") == one.version.to_string() { Ok((one, measure)) } else { Err(Problem::stale()) }
}

/// As [`opened`], for whoever may enter figures of its measure.
async fn opened_to_observe<'a>(
    host: &Host,
    view: &View,
    desk: &'a Desk,
    id: &str,
    form: &Form,
) -> Result<(Detail, &'a Measure), Problem> {
    let (one, measure) = opened(host, desk, id, form).await?;
    if desk.may_observe(view, &measure.code) { Ok((one, measure)) } else { Err(Problem::forbidden()) }
}

/// The page again, with a field that was left empty.
async fn again(
    host: &Host,
    view: &View,
    desk: &Desk,
    id: ObservationId,
    form: &Form,
    field: &str,
) -> Result<Response, Problem> {
    let mut faults = Faults::new();
    faults.add(field, Said::new("web-fault-empty"));
    page(host, view, desk, id, &form.values, &faults).await
}

fn refused(refused: verbs::Refused) -> Problem {
    Problem::refused(refused.said())
}

async fn stored(host: &Host, desk: &Desk, unit: Unit, measure: &str, id: ObservationId) -> Result<Response, Problem> {
    host.db.commit(unit).await?;
    Ok(Redirect::to(&desk.after(None, measure, id, false)).into_response())
}

/// Approves an observation.
pub(super) async fn approve(
    State(host): State<Host>,
    view: View,
    Path((code, id)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Problem> {
    let desk = Desk::open_to_write(&host, &view, &code).await?;
    if !view.viewer.may("targets.approve", desk.org()) {
        return Err(Problem::forbidden());
    }
    let (one, measure) = opened(&host, &desk, &id, &form).await?;
    one.approve(view.viewer.account).map_err(refused)?;
    let mut unit = Unit::new();
    verbs::approve(&mut unit, &desk.hand(&host, &view), &one);
    stored(&host, &desk, unit, &measure.code, one.seen.id).await
}

/// Withdraws an observation with a reason.
pub(super) async fn withdraw(
    State(host): State<Host>,
    view: View,
    Path((code, id)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Problem> {
    let desk = Desk::open_to_write(&host, &view, &code).await?;
    let (one, measure) = opened_to_observe(&host, &view, &desk, &id, &form).await?;
    let why = form.text("why");
    match one.withdraw(why) {
        Ok(()) => {}
        Err(verbs::Refused::NoReason) => return again(&host, &view, &desk, one.seen.id, &form, "why").await,
        Err(other) => return Err(refused(other)),
    }
    let mut unit = Unit::new();
    verbs::withdraw(&mut unit, &desk.hand(&host, &view), &measure.code, &one, why);
    stored(&host, &desk, unit, &measure.code, one.seen.id).await
}

/// Says what a narrative comes to.
pub(super) async fn judge(
    State(host): State<Host>,
    view: View,
    Path((code, id)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Problem> {
    let desk = Desk::open_to_write(&host, &view, &code).await?;
    let (one, measure) = opened_to_observe(&host, &view, &desk, &id, &form).await?;
    let chosen: Option<Judgement> = serde_json::from_value(form.text("chosen").into()).ok();
    let Some(chosen) = chosen else {
        return again(&host, &view, &desk, one.seen.id, &form, "chosen").await;
    };
    let value = one.judge(chosen).map_err(refused)?;
    let hand = desk.hand(&host, &view);
    let new = one.again(&hand, &*host.ids, value);
    let why = view.t().s(chosen.key()).to_owned();
    let mut unit = Unit::new();
    verbs::replace(&mut unit, &hand, &measure.code, &one, &new, &why, "judged");
    stored(&host, &desk, unit, &measure.code, new.seen.id).await
}
