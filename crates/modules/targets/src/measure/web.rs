//! The form of a measure. Its code stays; its kind stays once something was observed.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use lt_kernel::Said;
use lt_kernel::quantity::{Exact, numbers};
use lt_module::Host;
use lt_store::{StoreError, Unit as Write, params};
use lt_web::ui::{Button, Choice, Diff, Field, Fields, FormOpen};
use lt_web::{Access, Faults, Form, Html, Problem, Routes, Talk, Values, View};

use super::model::{Bare, Feed, Measure, Parts, Unit, Weight};
use crate::resolution::define::{Desk, code_fault};
use crate::resolution::door;
use crate::resolution::model::MeasureId;
use crate::resolution::store;
use crate::resolution::write;
use crate::target::history::field_name;

/// The routes.
pub fn routes() -> Routes<Host> {
    let define = Access::Holds("targets.define");
    Routes::new()
        .get("/resolutions/{code}/measures/new", define, new)
        .post("/resolutions/{code}/measures/new", define, create)
        .get("/resolutions/{code}/measures/{measure}", define, edit)
        .post("/resolutions/{code}/measures/{measure}", define, change)
}

const UNITS: [(Unit, &str); 7] = [
    (Unit::Percent, "percent"),
    (Unit::Count, "count"),
    (Unit::Rate, "rate"),
    (Unit::Grade, "grade"),
    (Unit::Rank, "rank"),
    (Unit::Stage, "stage"),
    (Unit::Narrative, "narrative"),
];
const BARES: [(Bare, &str); 3] = [(Bare::Floor, "floor"), (Bare::Ceiling, "ceiling"), (Bare::Exact, "exact")];

fn fill(measure: &Measure, view: &View) -> Values {
    let word =
        |list: &[(Unit, &'static str)]| list.iter().find(|(unit, _)| *unit == measure.unit).map(|(_, word)| *word);
    let bare = BARES.iter().find(|(bare, _)| *bare == measure.bare).map_or("", |(_, word)| *word);
    let weights: Vec<String> = measure.weights.iter().map(|rule| format!("{} = {}", rule.event, rule.weight)).collect();
    let mut values = Values::new([
        ("code", measure.code.as_str()),
        ("name", &measure.name),
        ("name_en", &measure.name_en),
        ("unit", word(&UNITS).unwrap_or_default()),
        ("bare", bare),
        ("note", &measure.note),
    ]);
    values.set("weights", weights.join("\n"));
    if let Some(parts) = &measure.parts {
        values.set("numerator", &parts.numerator);
        values.set("denominator", &parts.denominator);
        values.set("factor", parts.factor.to_string());
    }
    if let Some(near) = &measure.near {
        values.set("near", numbers::write_all(near, view.lang));
    }
    if let Feed::Indicator { code } = &measure.feed {
        values.set("indicator", code);
    }
    values
}

fn parts(form: &Form, faults: &mut Faults) -> Option<Parts> {
    let (numerator, denominator) = (form.text("numerator").to_owned(), form.text("denominator").to_owned());
    if numerator.is_empty() && denominator.is_empty() {
        return None;
    }
    for name in ["numerator", "denominator"] {
        form.required(name, faults);
    }
    let factor = form.int("factor", faults).unwrap_or(100);
    let factor = u32::try_from(factor).ok().filter(|factor| *factor > 0).unwrap_or_else(|| {
        faults.add("factor", Said::new("targets-file-factor-zero"));
        100
    });
    Some(Parts { numerator, denominator, factor })
}

/// Rules such as `kết nạp = 1`, one a line.
fn weights(form: &Form, faults: &mut Faults) -> Vec<Weight> {
    let mut found = Vec::new();
    for line in crate::target::draft::list(form.text("weights"), &['\n']) {
        let rule = line.rsplit_once('=').and_then(|(event, weight)| {
            Some(Weight { event: event.trim().to_owned(), weight: weight.trim().replace('−', "-").parse().ok()? })
        });
        match rule.filter(|rule| !rule.event.is_empty()) {
            Some(rule) => found.push(rule),
            None => faults.add("weights", Said::new("targets-measure-weight-bad").with("line", &line)),
        }
    }
    found
}

/// Reads a measure out of a form.
fn read(form: &Form, code: String, view: &View, faults: &mut Faults) -> Measure {
    let text = |name: &str| form.text(name).to_owned();
    let unit = UNITS.iter().find(|(_, word)| *word == form.text("unit")).map(|(unit, _)| *unit);
    if unit.is_none() {
        faults.add("unit", Said::new("web-fault-empty"));
    }
    let near: Option<Exact> = form.opt("near").and_then(|text| match numbers::parse(text, view.lang) {
        Ok(near) => Some(near),
        Err(fault) => {
            faults.add("near", fault.said());
            None
        }
    });
    let bare = BARES.iter().find(|(_, word)| *word == form.text("bare")).map(|(bare, _)| *bare);
    Measure {
        code,
        name: form.required("name", faults),
        name_en: text("name_en"),
        unit: unit.unwrap_or(Unit::Count),
        parts: parts(form, faults),
        bare: bare.unwrap_or_default(),
        near,
        weights: weights(form, faults),
        feed: form.opt("indicator").map_or(Feed::Form, |code| Feed::Indicator { code: code.to_owned() }),
        note: text("note"),
    }
}

#[derive(Template)]
#[template(path = "measure/form.html")]
struct MeasureHtml<'a> {
    t: Talk<'a>,
    title: String,
    form: FormOpen,
    version: Option<i64>,
    theirs: Option<Html>,
    fields: Vec<Field>,
    save: Button,
    summary: Html,
    back: String,
}

/// What a form is shown with.
struct Shown<'a> {
    values: &'a Values,
    faults: &'a Faults,
    old: Option<(&'a Measure, i64)>,
    theirs: Option<Html>,
}

fn fields(host: &Host, view: &View, made: &Fields<'_>, is_new: bool) -> Vec<Field> {
    let t = view.t();
    let mut all = Vec::new();
    if is_new {
        all.push(made.text("code", t.s("targets-form-code")).hint(t.s("targets-measure-code-hint")).short());
    }
    let units = UNITS.iter().map(|(unit, word)| Choice::new(*word, t.s(unit.key()))).collect();
    let bares = BARES.iter().map(|(_, word)| Choice::new(*word, t.s(&format!("targets-bare-{word}")))).collect();
    let mut feeds = vec![Choice::new("", t.s("targets-measure-by-form"))];
    let indicators = host.indicators.iter().flat_map(|source| source.indicators());
    feeds.extend(indicators.map(|one| Choice::new(one.code, t.s(one.name_key))));
    all.extend([
        made.text("name", t.s("targets-measure-name")).long(),
        made.text("name_en", t.s("targets-measure-name-en")).long().optional(),
        made.radios("unit", t.s("targets-measure-unit"), units),
        made.text("numerator", t.s("targets-measure-numerator")).long().optional(),
        made.text("denominator", t.s("targets-measure-denominator")).long().optional(),
        made.number("factor", t.s("targets-measure-factor")).hint(t.s("targets-measure-factor-hint")).optional(),
        made.radios("bare", t.s("targets-measure-bare"), bares).or("floor"),
        made.number("near", t.s("targets-measure-near")).hint(t.s("targets-measure-near-hint")).optional(),
        made.area("weights", t.s("targets-measure-weights"), 3).hint(t.s("targets-measure-weights-hint")).optional(),
        made.select("indicator", t.s("targets-measure-feed"), feeds),
        made.area("note", t.s("targets-measure-note"), 3).optional(),
    ]);
    all
}

fn show(host: &Host, view: &View, desk: &Desk, shown: Shown<'_>) -> Result<Response, Problem> {
    let t = view.t();
    let made = Fields::new(t, shown.values, shown.faults);
    let base = door::address(&desk.listed.code);
    let (action, title) = match shown.old {
        Some((old, _)) => {
            (format!("{base}/measures/{}", door::part(&old.code)), t.a("targets-measure-edit", "code", &old.code))
        }
        None => (format!("{base}/measures/new"), t.s("targets-measure-new").to_owned()),
    };
    let is_stale = shown.theirs.is_some();
    let html = MeasureHtml {
        t,
        title: title.clone(),
        form: FormOpen::new(view, action.clone()).draft(&action),
        version: shown.old.map(|(_, version)| version),
        theirs: shown.theirs,
        fields: fields(host, view, &made, shown.old.is_none()),
        save: Button::new(t.s("targets-save")),
        summary: made.summary(),
        back: format!("{base}/edit#measures"),
    };
    let page = view.page(title).crumbs(door::crumbs(view, &desk.listed)).address(action);
    if !shown.faults.is_empty() {
        page.faulty().show(&html)
    } else if is_stale {
        page.status(StatusCode::CONFLICT).show(&html)
    } else {
        page.show(&html)
    }
}

async fn new(State(host): State<Host>, view: View, Path(code): Path<String>) -> Result<Response, Problem> {
    let desk = Desk::open(&host, &view, &code).await?;
    let shown = Shown { values: &Values::default(), faults: &Faults::new(), old: None, theirs: None };
    show(&host, &view, &desk, shown)
}

async fn create(
    State(host): State<Host>,
    view: View,
    Path(code): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let desk = Desk::open(&host, &view, &code).await?;
    let mut faults = Faults::new();
    let own = form.required("code", &mut faults);
    code_fault(&own, &mut faults);
    let measure = read(&form, own, &view, &mut faults);
    let known = store::measures_of(&host.db, desk.listed.org).await?;
    let same = known.iter().find(|(_, known)| known.code == measure.code);
    if same.is_some_and(|(_, known)| *known != measure) {
        faults.add("code", Said::new("targets-file-measure-differs"));
    }
    if desk.whole.measures.iter().any(|(_, used)| used.code == measure.code) {
        faults.add("code", Said::new("targets-file-code-twice"));
    }
    if !faults.is_empty() {
        let shown = Shown { values: &form.values, faults: &faults, old: None, theirs: None };
        return show(&host, &view, &desk, shown);
    }
    let hand = desk.hand(&host, &view);
    let mut unit = Write::new();
    if let Some((id, _)) = same {
        write::use_measure(&mut unit, &hand, &desk.whole, *id);
    } else {
        let id = MeasureId(host.ids.next(hand.now));
        write::add_measure(&mut unit, &hand, &desk.whole, id, &measure);
    }
    match host.db.commit(unit).await {
        // Somebody took the code since we looked.
        Err(StoreError::Constraint(_)) => Err(Problem::stale()),
        done => {
            done?;
            Ok(Redirect::to(&format!("{}#measures", desk.edit())).into_response())
        }
    }
}

/// A measure of the resolution with the version its next change starts from.
async fn find(host: &Host, desk: &Desk, code: &str) -> Result<(MeasureId, Measure, i64), Problem> {
    let found = desk.whole.measures.iter().find(|(_, measure)| measure.code == code);
    let (id, _) = found.ok_or_else(Problem::not_found)?;
    let sql = "SELECT definition, version FROM targets_measure WHERE id = $1";
    let row = host.db.read_one(sql, params![*id]).await?.ok_or_else(Problem::not_found)?;
    Ok((*id, store::json(&row, "definition")?, row.get("version")?))
}

async fn edit(
    State(host): State<Host>,
    view: View,
    Path((code, measure)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let desk = Desk::open(&host, &view, &code).await?;
    let (_, measure, version) = find(&host, &desk, &measure).await?;
    let values = fill(&measure, &view);
    let shown = Shown { values: &values, faults: &Faults::new(), old: Some((&measure, version)), theirs: None };
    show(&host, &view, &desk, shown)
}

impl Measure {
    /// Whether it may become `after`. What was observed keeps its kind.
    ///
    /// # Errors
    /// What is refused, for a person.
    pub fn redefine(&self, after: &Self, is_observed: bool) -> Result<(), Said> {
        if self == after {
            Err(Said::new("targets-refused-same"))
        } else if is_observed && self.unit != after.unit {
            Err(Said::new("targets-measure-kind-stays"))
        } else {
            Ok(())
        }
    }
}

async fn is_observed(host: &Host, id: MeasureId) -> Result<bool, Problem> {
    let sql = "SELECT id FROM targets_observation WHERE measure = $1 LIMIT 1";
    Ok(host.db.read_one(sql, params![id]).await?.is_some())
}

async fn change(
    State(host): State<Host>,
    view: View,
    Path((code, measure)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Problem> {
    let desk = Desk::open(&host, &view, &code).await?;
    let (id, before, version) = find(&host, &desk, &measure).await?;
    let mut faults = Faults::new();
    let after = read(&form, before.code.clone(), &view, &mut faults);
    if form.id::<i64>("version") != Some(version) {
        return stale(&host, &view, &desk, (&before, version), &after, &form);
    }
    if let Err(said) = before.redefine(&after, is_observed(&host, id).await?) {
        faults.add("form", said);
    }
    if faults.is_empty() {
        let schemes = crate::scheme::store::load(&host.db).await?;
        let policy = door::book(&host)?.policy();
        let found = write::faults(&desk.whole, &schemes, policy, |file| {
            file.measures.iter_mut().filter(|one| one.code == after.code).for_each(|one| *one = after.clone());
        });
        for fault in found {
            faults.add("form", fault.said);
        }
    }
    if !faults.is_empty() {
        let shown = Shown { values: &form.values, faults: &faults, old: Some((&before, version)), theirs: None };
        return show(&host, &view, &desk, shown);
    }
    let mut unit = Write::new();
    write::change_measure(&mut unit, &desk.hand(&host, &view), id, version, &before, &after);
    match host.db.commit(unit).await {
        Ok(_) => Ok(Redirect::to(&format!("{}#measures", desk.edit())).into_response()),
        Err(StoreError::Stale) => {
            let (_, now, version) = find(&host, &desk, &measure).await?;
            stale(&host, &view, &desk, (&now, version), &after, &form)
        }
        Err(other) => Err(other.into()),
    }
}

fn stale(
    host: &Host,
    view: &View,
    desk: &Desk,
    old: (&Measure, i64),
    mine: &Measure,
    form: &Form,
) -> Result<Response, Problem> {
    let t = view.t();
    let json = |measure: &Measure| serde_json::to_value(measure).unwrap_or_default();
    let diff = Diff::new(t, &json(old.0), &json(mine), |place| field_name(t, place));
    let faults = Faults::new();
    show(host, view, desk, Shown { values: &form.values, faults: &faults, old: Some(old), theirs: Some(diff.into()) })
}
