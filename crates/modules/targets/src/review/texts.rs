//! The forms of a review: texts of the report, and the cause of one target.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use lt_kernel::Said;
use lt_module::Host;
use lt_web::ui::{Button, Choice, Field, Fields, FormOpen};
use lt_web::{Faults, Form, Html, Problem, Values, View};

use super::cause::{self, Cause, Kind};
use super::desk::Desk;
use super::frozen::{Defined, Frozen};
use super::{show, store};
use crate::report::compose::{HEAD, SECTIONS};
use crate::report::paper::section_key;
use crate::report::passage;
use crate::resolution::door::pick;

/// Most letters of one text.
const LONGEST: usize = 50_000;

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

fn texts(
    view: &View,
    desk: &Desk,
    values: &Values,
    faults: &Faults,
    version: i64,
    lane: crate::file::format::Lane,
) -> Result<Response, Problem> {
    let t = view.t();
    let fields = Fields::new(t, values, faults);
    let mut list = Vec::new();
    for part in HEAD {
        let label = t.s(&format!("targets-report-head-{part}")).to_owned();
        let field = if part == "recipients" { fields.area(part, label, 4) } else { fields.text(part, label) };
        list.push(field.optional());
    }
    for section in SECTIONS {
        let label = match section {
            "comments" => t.s("targets-report-section-comments").to_owned(),
            _ => format!("{section}. {}", t.s(&section_key(lane, section))),
        };
        list.push(fields.area(section, label, 5).optional());
    }
    let html = FormHtml {
        title: t.s("targets-review-texts").to_owned(),
        lead: t.s("targets-review-texts-lead").to_owned(),
        about: Vec::new(),
        form: FormOpen::new(view, format!("{}/texts", desk.base)).draft("review-texts"),
        version,
        fields: list,
        save: Button::new(t.s("targets-review-save")),
        summary: fields.summary(),
    };
    let page = view.page(html.title.clone()).crumbs(desk.crumbs(view)).address(format!("{}/texts", desk.base));
    if faults.is_empty() { page.show(&html) } else { page.faulty().show(&html) }
}

/// Shows the texts of the report.
pub(super) async fn ask(
    State(host): State<Host>,
    view: View,
    Path((code, period)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let desk = Desk::open(&host, &view, &code, &period, Some("targets.review")).await?;
    let mut values: BTreeMap<String, String> = show::texts_of(&host, &desk).await?.into_iter().collect();
    let (frozen, ..) = desk.set(&host).await?;
    let usual = crate::report::number::symbol(frozen.header.lane, &frozen.issuer, desk.abbrev.as_deref());
    values.entry("symbol".into()).or_insert(usual);
    values.entry("superior".into()).or_insert(frozen.superior);
    texts(&view, &desk, &Values::new(values), &Faults::new(), desk.review.version, frozen.header.lane)
}

/// Keeps the texts. Numbers without a source are kept too and named on the page of the review: a draft may have them.
pub(super) async fn save(
    State(host): State<Host>,
    view: View,
    Path((code, period)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Problem> {
    let desk = Desk::open(&host, &view, &code, &period, Some("targets.review")).await?;
    let mut faults = Faults::new();
    let version = form.int("version", &mut faults).unwrap_or_default();
    let mut list = Vec::new();
    for part in HEAD.into_iter().chain(SECTIONS) {
        let text = form.text(part).to_owned();
        if text.chars().count() > LONGEST {
            faults.add(part, Said::new("targets-review-too-long").with("most", LONGEST));
        }
        list.push((part.to_owned(), text));
    }
    if !faults.is_empty() {
        let (frozen, ..) = desk.set(&host).await?;
        return texts(&view, &desk, &form.values, &faults, version, frozen.header.lane);
    }
    let before = show::texts_of(&host, &desk).await?;
    let unit = store::write_passages(
        &desk.review,
        version,
        &list,
        &before,
        desk.listed.org,
        view.viewer.actor(),
        host.clock.now(),
    );
    host.db.commit(unit).await?;
    Ok(Redirect::to(&desk.base).into_response())
}

/// The target of a code that needs a cause.
fn wanted<'a>(frozen: &'a Frozen, code: &str) -> Result<&'a Defined, Problem> {
    let found = frozen.targets.iter().find(|held| held.target.code == code);
    found.ok_or_else(Problem::not_found)
}

fn cause_form(
    view: &View,
    desk: &Desk,
    (frozen, held): (&Frozen, &Defined),
    values: &Values,
    faults: &Faults,
    version: i64,
) -> Result<Response, Problem> {
    let t = view.t();
    let fields = Fields::new(t, values, faults);
    let kinds = Kind::ALL.into_iter().map(|kind| Choice::new(kind.word(), t.s(kind.key()))).collect();
    let list = vec![
        fields.radios("kind", t.s("targets-cause-kind"), kinds),
        fields.area("cause", t.s("targets-cause-text"), 4).hint(t.s("targets-cause-text-hint")),
        fields.area("remedy", t.s("targets-cause-remedy"), 3).optional(),
    ];
    let sentence = frozen.sentence(&held.target.sentence);
    let verdict = frozen.rows().find(|(one, _)| one.id == held.id).map(|(_, verdict)| verdict);
    let mut about: Vec<String> =
        sentence.map(|one| pick(&one.text, &one.text_en, view.lang).to_owned()).into_iter().collect();
    about.extend(verdict.map(|verdict| {
        let word = t.s(crate::report::compose::mark_key(verdict));
        verdict.value.as_ref().map_or_else(|| word.to_owned(), |said| format!("{word}: {}", t.said(said)))
    }));
    let action = format!("{}/causes/{}", desk.base, crate::resolution::door::part(&held.target.code));
    let html = FormHtml {
        title: t.a("targets-cause-title", "target", &held.target.code),
        lead: pick(&held.target.title, &held.target.title_en, view.lang).to_owned(),
        about,
        form: FormOpen::new(view, action.clone()),
        version,
        fields: list,
        save: Button::new(t.s("targets-review-save")),
        summary: fields.summary(),
    };
    let page = view.page(html.title.clone()).crumbs(desk.crumbs(view)).address(action);
    if faults.is_empty() { page.show(&html) } else { page.faulty().show(&html) }
}

/// Asks for the cause of a target.
pub(super) async fn ask_cause(
    State(host): State<Host>,
    view: View,
    Path((code, period, target)): Path<(String, String, String)>,
) -> Result<Response, Problem> {
    let desk = Desk::open(&host, &view, &code, &period, Some("targets.review")).await?;
    let (frozen, ..) = desk.set(&host).await?;
    let held = wanted(&frozen, &target)?;
    let stated = cause::of(&host.db, desk.review.id).await?.into_iter().find(|one| one.target == held.id);
    let values = stated.as_ref().map(|one| {
        Values::new([("kind", one.kind.word()), ("cause", one.text.as_str()), ("remedy", one.remedy.as_str())])
    });
    let version = stated.as_ref().map_or(0, |one| one.version);
    cause_form(&view, &desk, (&frozen, held), &values.unwrap_or_default(), &Faults::new(), version)
}

/// Keeps the cause of a target.
pub(super) async fn save_cause(
    State(host): State<Host>,
    view: View,
    Path((code, period, target)): Path<(String, String, String)>,
    form: Form,
) -> Result<Response, Problem> {
    let desk = Desk::open(&host, &view, &code, &period, Some("targets.review")).await?;
    let (frozen, ..) = desk.set(&host).await?;
    let held = wanted(&frozen, &target)?;
    let mut faults = Faults::new();
    let version = form.int("version", &mut faults).unwrap_or_default();
    let kind = Kind::from_word(form.text("kind"));
    if kind.is_none() {
        faults.add("kind", Said::new("targets-cause-kind-missing"));
    }
    let text = form.required("cause", &mut faults);
    let remedy = form.text("remedy").to_owned();
    for (field, text) in [("cause", &text), ("remedy", &remedy)] {
        if let Some(fault) = passage::read(text, &frozen).1.first() {
            faults.add(field, fault.said());
        }
    }
    let Some(kind) = kind.filter(|_| faults.is_empty()) else {
        return cause_form(&view, &desk, (&frozen, held), &form.values, &faults, version);
    };
    let before = cause::of(&host.db, desk.review.id).await?.into_iter().find(|one| one.target == held.id);
    let stated = Cause { target: held.id, kind, text, remedy, version };
    let unit =
        cause::write(desk.review.id, &stated, before.as_ref(), desk.listed.org, view.viewer.actor(), host.clock.now());
    host.db.commit(unit).await?;
    Ok(Redirect::to(&format!("{}#causes", desk.base)).into_response())
}
