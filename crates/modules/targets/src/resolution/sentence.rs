//! The forms of sentences: their text is kept as it was entered.

use std::hash::{DefaultHasher, Hash, Hasher};

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use lt_kernel::Said;
use lt_module::Host;
use lt_store::{StoreError, Unit};
use lt_web::ui::{Button, Choice, Field, Fields, FormOpen, Quote};
use lt_web::{Access, Faults, Form, Html, Problem, Routes, Talk, Values, View};

use super::define::{Desk, code_fault};
use super::door;
use super::model::State as Stage;
use super::write;
use crate::file::format::{Sentence, Standing};
use crate::file::import::json;

/// The routes.
pub fn routes() -> Routes<Host> {
    let define = Access::Holds("targets.define");
    Routes::new()
        .get("/resolutions/{code}/sentences/new", define, new)
        .post("/resolutions/{code}/sentences/new", define, create)
        .get("/resolutions/{code}/sentences/{sentence}", define, edit)
        .post("/resolutions/{code}/sentences/{sentence}", define, change)
        .post("/resolutions/{code}/sentences/{sentence}/move", define, shift)
        .post("/resolutions/{code}/sentences/{sentence}/remove", define, remove)
}

/// Standings with their words.
const STANDINGS: [(Standing, &str); 4] = [
    (Standing::Resolved, "resolved"),
    (Standing::Directive, "directive"),
    (Standing::Reported, "reported"),
    (Standing::Stated, "stated"),
];

/// Key of a standing's name.
#[must_use]
pub const fn standing_key(standing: Standing) -> &'static str {
    match standing {
        Standing::Resolved => "targets-standing-resolved",
        Standing::Directive => "targets-standing-directive",
        Standing::Reported => "targets-standing-reported",
        Standing::Stated => "targets-standing-stated",
    }
}

/// A mark of what a sentence was when the form was opened. It guards nothing secret.
fn mark(sentence: &Sentence) -> String {
    let mut hasher = DefaultHasher::new();
    json(sentence).hash(&mut hasher);
    format!("{:x}", hasher.finish())
}

#[derive(Template)]
#[template(path = "resolution/sentence.html")]
struct SentenceHtml<'a> {
    t: Talk<'a>,
    title: String,
    form: FormOpen,
    was: Option<String>,
    theirs: Option<Quote>,
    fields: Vec<Field>,
    save: Button,
    remove: Option<FormOpen>,
    summary: Html,
    back: String,
}

/// What a form is shown with.
struct Shown<'a> {
    values: &'a Values,
    faults: &'a Faults,
    old: Option<&'a Sentence>,
    is_stale: bool,
}

fn fields(view: &View, desk: &Desk, made: &Fields<'_>, old: Option<&Sentence>) -> Vec<Field> {
    let t = view.t();
    let short = |one: &Sentence| {
        let text: String = one.text.chars().take(80).collect();
        Choice::new(one.code.clone(), format!("{} – {text}", one.code))
    };
    let others = desk.whole.sentences.iter().filter(|one| old.is_none_or(|old| old.code != one.code));
    let mut parents = vec![Choice::new("", t.s("targets-form-none"))];
    parents.extend(others.clone().map(short));
    let standings = STANDINGS.iter().map(|(standing, word)| Choice::new(*word, t.s(standing_key(*standing))));
    let mut all = Vec::new();
    if old.is_none() {
        all.push(made.text("code", t.s("targets-form-code")).hint(t.s("targets-form-code-hint")).short());
    }
    all.extend([
        made.radios("standing", t.s("targets-sentence-standing"), standings.collect()).or("resolved"),
        made.area("text", t.s("targets-sentence-text"), 4).hint(t.s("targets-sentence-text-hint")),
        made.area("text_en", t.s("targets-sentence-text-en"), 3).optional(),
        made.select("parent", t.s("targets-sentence-parent"), parents).optional(),
        made.text("speaker", t.s("targets-sentence-speaker")).hint(t.s("targets-sentence-speaker-hint")).optional(),
    ]);
    if old.is_none() {
        let mut places = vec![Choice::new("", t.s("targets-sentence-first"))];
        places.extend(others.map(short));
        let last = desk.whole.sentences.last().map(|one| one.code.clone()).unwrap_or_default();
        all.push(made.select("after", t.s("targets-sentence-after"), places).or(last));
    }
    all
}

fn show(view: &View, desk: &Desk, shown: &Shown<'_>) -> Result<Response, Problem> {
    let t = view.t();
    let made = Fields::new(t, shown.values, shown.faults);
    let base = door::address(&desk.listed.code);
    let (action, title) = match shown.old {
        Some(old) => {
            (format!("{base}/sentences/{}", door::part(&old.code)), t.a("targets-sentence-edit", "code", &old.code))
        }
        None => (format!("{base}/sentences/new"), t.s("targets-sentence-new").to_owned()),
    };
    let is_bare = |old: &&Sentence| {
        desk.listed.state == Stage::Draft && !desk.whole.targets.iter().any(|held| held.target.sentence == old.code)
    };
    let html = SentenceHtml {
        t,
        title: title.clone(),
        form: FormOpen::new(view, action.clone()).draft(&action),
        was: shown.old.map(mark),
        theirs: shown.old.filter(|_| shown.is_stale).map(|old| Quote::new(&old.text, &old.code)),
        fields: fields(view, desk, &made, shown.old),
        save: Button::new(t.s("targets-save")),
        remove: shown.old.filter(is_bare).map(|_| FormOpen::new(view, format!("{action}/remove"))),
        summary: made.summary(),
        back: desk.edit(),
    };
    let page = view.page(title).crumbs(door::crumbs(view, &desk.listed)).address(action);
    if !shown.faults.is_empty() {
        page.faulty().show(&html)
    } else if shown.is_stale {
        page.status(StatusCode::CONFLICT).show(&html)
    } else {
        page.show(&html)
    }
}

/// Reads a sentence out of a form.
fn read(form: &Form, code: String, faults: &mut Faults) -> Sentence {
    let standing = STANDINGS.iter().find(|(_, word)| *word == form.text("standing"));
    Sentence {
        code,
        standing: standing.map(|(standing, _)| *standing).unwrap_or_default(),
        text: form.required("text", faults),
        text_en: form.text("text_en").to_owned(),
        parent: form.text("parent").to_owned(),
        speaker: form.text("speaker").to_owned(),
        anchor: None,
    }
}

/// Faults of the whole resolution with its sentences so.
async fn check(host: &Host, desk: &Desk, sentences: Vec<Sentence>, faults: &mut Faults) -> Result<(), Problem> {
    let schemes = crate::scheme::store::load(&host.db).await?;
    let policy = door::book(host)?.policy();
    for fault in write::faults(&desk.whole, &schemes, policy, |file| file.sentences = sentences) {
        faults.add("form", fault.said);
    }
    Ok(())
}

/// The sentences of a resolution in the order of these codes; `new` stands for one that is not there yet.
fn in_order(desk: &Desk, codes: &[&str], new: Option<&Sentence>) -> Vec<Sentence> {
    let all = || desk.whole.sentences.iter().chain(new);
    codes.iter().filter_map(|code| all().find(|one| one.code == *code)).cloned().collect()
}

async fn new(State(host): State<Host>, view: View, Path(code): Path<String>) -> Result<Response, Problem> {
    let desk = Desk::open(&host, &view, &code).await?;
    let shown = Shown { values: &Values::default(), faults: &Faults::new(), old: None, is_stale: false };
    show(&view, &desk, &shown)
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
    let sentence = read(&form, own, &mut faults);
    if desk.whole.sentences.iter().any(|one| one.code == sentence.code) {
        faults.add("code", Said::new("targets-file-code-twice"));
    }
    let after = form.text("after");
    if faults.is_empty() {
        let codes = write::codes_with(&desk.whole, &sentence.code, after);
        check(&host, &desk, in_order(&desk, &codes, Some(&sentence)), &mut faults).await?;
    }
    if !faults.is_empty() {
        return show(&view, &desk, &Shown { values: &form.values, faults: &faults, old: None, is_stale: false });
    }
    let hand = desk.hand(&host, &view);
    let mut unit = Unit::new();
    write::add_sentence(&mut unit, &hand, &desk.whole, host.ids.next(hand.now), &sentence, after);
    match host.db.commit(unit).await {
        Ok(_) => Ok(Redirect::to(&format!("{}#s-{}", desk.edit(), door::part(&sentence.code))).into_response()),
        Err(StoreError::Stale | StoreError::Constraint(_)) => {
            // Somebody changed the list; what was typed is shown again over the list as it is now.
            let desk = Desk::open(&host, &view, &code).await?;
            faults.add("form", Said::new("targets-form-stale-list"));
            show(&view, &desk, &Shown { values: &form.values, faults: &faults, old: None, is_stale: false })
        }
        Err(other) => Err(other.into()),
    }
}

fn find<'a>(desk: &'a Desk, code: &str) -> Result<&'a Sentence, Problem> {
    desk.whole.sentences.iter().find(|one| one.code == code).ok_or_else(Problem::not_found)
}

async fn edit(
    State(host): State<Host>,
    view: View,
    Path((code, sentence)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let desk = Desk::open(&host, &view, &code).await?;
    let old = find(&desk, &sentence)?;
    let word = STANDINGS.iter().find(|(standing, _)| *standing == old.standing).map_or("", |(_, word)| *word);
    let values = Values::new([
        ("standing", word),
        ("text", &old.text),
        ("text_en", &old.text_en),
        ("parent", &old.parent),
        ("speaker", &old.speaker),
    ]);
    show(&view, &desk, &Shown { values: &values, faults: &Faults::new(), old: Some(old), is_stale: false })
}

async fn change(
    State(host): State<Host>,
    view: View,
    Path((code, sentence)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Problem> {
    let desk = Desk::open(&host, &view, &code).await?;
    let old = find(&desk, &sentence)?;
    let mut faults = Faults::new();
    let mut new = read(&form, old.code.clone(), &mut faults);
    // A changed text no longer stands at its place in the source file.
    new.anchor = old.anchor.clone().filter(|_| new.text == old.text);
    if form.text("was") != mark(old) {
        return show(&view, &desk, &Shown { values: &form.values, faults: &faults, old: Some(old), is_stale: true });
    }
    if faults.is_empty() {
        let all = desk.whole.sentences.iter().map(|one| if one.code == new.code { new.clone() } else { one.clone() });
        check(&host, &desk, all.collect(), &mut faults).await?;
    }
    if !faults.is_empty() {
        return show(&view, &desk, &Shown { values: &form.values, faults: &faults, old: Some(old), is_stale: false });
    }
    let mut unit = Unit::new();
    write::change_sentence(&mut unit, &desk.hand(&host, &view), desk.listed.id, old, &new);
    match host.db.commit(unit).await {
        Ok(_) => Ok(Redirect::to(&format!("{}#s-{}", desk.edit(), door::part(&sentence))).into_response()),
        Err(StoreError::Stale) => {
            let desk = Desk::open(&host, &view, &code).await?;
            let old = find(&desk, &sentence)?;
            show(&view, &desk, &Shown { values: &form.values, faults: &faults, old: Some(old), is_stale: true })
        }
        Err(other) => Err(other.into()),
    }
}

async fn shift(
    State(host): State<Host>,
    view: View,
    Path((code, sentence)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Problem> {
    let desk = Desk::open(&host, &view, &code).await?;
    let back = Redirect::to(&format!("{}#s-{}", desk.edit(), door::part(&sentence))).into_response();
    let Some(codes) = write::moved(&desk.whole, &sentence, form.text("to") == "up") else { return Ok(back) };
    let mut faults = Faults::new();
    check(&host, &desk, in_order(&desk, &codes, None), &mut faults).await?;
    if let Some((_, said)) = faults.list().first() {
        return Err(Problem::refused(said.clone()));
    }
    let mut unit = Unit::new();
    write::reorder(&mut unit, &desk.hand(&host, &view), &desk.whole, &codes);
    host.db.commit(unit).await?;
    Ok(back)
}

async fn remove(
    State(host): State<Host>,
    view: View,
    Path((code, sentence)): Path<(String, String)>,
    _form: Form,
) -> Result<Response, Problem> {
    let desk = Desk::open(&host, &view, &code).await?;
    if desk.listed.state != Stage::Draft {
        return Err(Problem::refused(Said::new("targets-sentence-only-draft")));
    }
    let old = find(&desk, &sentence)?;
    let mut faults = Faults::new();
    let rest = desk.whole.sentences.iter().filter(|one| one.code != sentence).cloned().collect();
    check(&host, &desk, rest, &mut faults).await?;
    if let Some((_, said)) = faults.list().first() {
        return Err(Problem::refused(said.clone()));
    }
    let mut unit = Unit::new();
    write::remove_sentence(&mut unit, &desk.hand(&host, &view), &desk.whole, old);
    host.db.commit(unit).await?;
    Ok(Redirect::to(&desk.edit()).into_response())
}
