//! The content of a resolution: its head, its state, and the page everything else is reached from.

use askama::Template;
use axum::extract::{Path, State as FromHost};
use axum::response::{IntoResponse, Redirect, Response};
use lt_kernel::id::OrgId;
use lt_kernel::{Date, Said};
use lt_module::Host;
use lt_store::{StoreError, Unit};
use lt_web::ui::{Button, Choice, Confirm, Field, Fields, FormOpen, Tabs, Tag};
use lt_web::{Access, Faults, Form, Html, Problem, Routes, Talk, Values, View};

use super::door::{self, Names, Tab};
use super::model::{ResolutionId, State};
use super::store::{self, Listed, Whole};
use super::write::{self, Hand};
use crate::board::ask::write as write_day;
use crate::file::format::{Congress, Header, Lane, Source, Term};
use crate::file::import::of_another_lane;

/// The routes.
pub fn routes() -> Routes<Host> {
    let define = Access::Holds("targets.define");
    Routes::new()
        .get("/resolutions/new", define, new)
        .post("/resolutions/new", define, create)
        .get("/resolutions/{code}/edit", define, hub)
        .get("/resolutions/{code}/head", define, head)
        .post("/resolutions/{code}/head", define, change_head)
        .post("/resolutions/{code}/adopt", define, adopt)
        .get("/resolutions/{code}/close", define, ask_close)
        .post("/resolutions/{code}/close", define, close)
}

/// Codes stand in addresses: letters, digits, hyphens; two words are taken by addresses of ours.
pub fn code_fault(code: &str, faults: &mut Faults) {
    let plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.');
    let is_taken = matches!(code, "new" | "import");
    if !code.is_empty() && (!code.chars().all(plain) || code.starts_with('.') || code.len() > 60 || is_taken) {
        faults.add("code", Said::new("targets-form-code-bad"));
    }
}

/// A resolution being defined.
pub(crate) struct Desk {
    pub(crate) listed: Listed,
    pub(crate) whole: Whole,
}

impl Desk {
    /// Opens it for writing: whoever may define it, unless it is closed.
    pub(crate) async fn open(host: &Host, view: &View, code: &str) -> Result<Self, Problem> {
        let listed = door::open_for(host, view, code, "targets.define").await?;
        listed.state.writable().map_err(|refused| Problem::refused(refused.said()))?;
        let whole = store::whole(&host.db, listed.id).await?.ok_or_else(Problem::not_found)?;
        Ok(Self { listed, whole })
    }

    pub(crate) fn hand(&self, host: &Host, view: &View) -> Hand {
        Hand::of(host, view, self.listed.org)
    }

    pub(crate) fn edit(&self) -> String {
        format!("{}/edit", door::address(&self.listed.code))
    }
}

#[derive(Template)]
#[template(path = "resolution/edit.html")]
struct EditHtml<'a> {
    t: Talk<'a>,
    title: &'a str,
    marks: Vec<Tag>,
    tabs: Tabs,
    whole: &'a Whole,
    base: String,
    term: String,
    issuer: &'a str,
    form: FormOpen,
    is_draft: bool,
    is_closed: bool,
    sources: Vec<super::source::SourceLine>,
    csrf: &'a str,
}

impl EditHtml<'_> {
    fn targets_of(&self, sentence: &str) -> Vec<&store::Held> {
        self.whole.targets.iter().filter(|held| held.target.sentence == sentence).collect()
    }
}

async fn hub(FromHost(host): FromHost<Host>, view: View, Path(code): Path<String>) -> Result<Response, Problem> {
    let listed = door::open_for(&host, &view, &code, "targets.define").await?;
    let whole = store::whole(&host.db, listed.id).await?.ok_or_else(Problem::not_found)?;
    let names = Names::on(&host, host.clock.today()).await?;
    let base = door::address(&code);
    let html = EditHtml {
        t: view.t(),
        title: door::title(&listed, view.lang),
        marks: door::marks(&view, &listed),
        tabs: door::tabs(&view, &listed, Tab::Define),
        term: door::term(&view, &listed),
        issuer: names.of(listed.org),
        form: FormOpen::new(&view, format!("{base}/adopt")),
        is_draft: listed.state == State::Draft,
        is_closed: listed.state == State::Closed,
        sources: super::source::list(&host, listed.id).await?,
        csrf: &view.viewer.csrf,
        whole: &whole,
        base,
    };
    let crumbs = [lt_web::Crumb::new(view.t().s("targets-list-title"), "/targets")];
    view.page(html.title).crumbs(crumbs).show(&html)
}

#[derive(Template)]
#[template(path = "resolution/head.html")]
struct HeadHtml<'a> {
    t: Talk<'a>,
    title: String,
    form: FormOpen,
    version: Option<i64>,
    fields: Vec<Field>,
    save: Button,
    summary: Html,
    back: String,
}

/// The organisations this reader may define resolutions for.
fn issuers(view: &View, names: &Names) -> Vec<Choice> {
    let tree = names.tree().into_iter().filter(|(_, org)| view.viewer.may("targets.define", *org));
    tree.map(|(depth, org)| Choice::new(org.to_string(), format!("{}{}", "— ".repeat(depth), names.of(org)))).collect()
}

fn fields(view: &View, fields: &Fields<'_>, issuers: Option<Vec<Choice>>) -> Vec<Field> {
    let t = view.t();
    let mut all = Vec::new();
    if let Some(mut issuers) = issuers {
        issuers.insert(0, Choice::new("", t.s("targets-form-choose")));
        all.push(fields.text("code", t.s("targets-form-code")).hint(t.s("targets-form-code-hint")).short());
        all.push(fields.select("issuer", t.s("targets-head-issuer"), issuers));
    }
    let lanes = vec![Choice::new("party", t.s("targets-lane-party")), Choice::new("state", t.s("targets-lane-state"))];
    all.extend([
        fields.area("title", t.s("targets-head-title"), 2),
        fields.area("title_en", t.s("targets-head-title-en"), 2).optional(),
        fields.radios("lane", t.s("targets-head-lane"), lanes).or("party"),
        fields.date("adopted", t.s("targets-head-adopted")).optional(),
        fields.date("from", t.s("targets-head-from")),
        fields.date("last", t.s("targets-head-last")),
        fields.check("years_only", t.s("targets-head-years-only")),
        fields.text("ordinal", t.s("targets-head-ordinal")).short().optional(),
        fields.date("held", t.s("targets-head-held")).optional(),
        fields.area("theme", t.s("targets-head-theme"), 2).optional(),
        fields
            .area("implements", t.s("targets-head-implements"), 3)
            .hint(t.s("targets-head-implements-hint"))
            .optional(),
        fields.text("source", t.s("targets-head-source")).long().optional(),
        fields.text("source_file", t.s("targets-head-source-file")).optional(),
        fields.date("source_published", t.s("targets-head-source-published")).optional(),
        fields.area("source_note", t.s("targets-head-source-note"), 2).optional(),
    ]);
    all
}

fn fill(head: &Header) -> Values {
    let day = |day: &Option<Date>| day.as_ref().map(write_day).unwrap_or_default();
    let congress = head.congress.clone().unwrap_or_default();
    let source = head.source.clone().unwrap_or_default();
    let mut values = Values::new([
        ("title", head.title.clone()),
        ("title_en", head.title_en.clone()),
        ("lane", if head.lane == Lane::State { "state" } else { "party" }.to_owned()),
        ("adopted", day(&head.adopted)),
        ("from", write_day(&head.term.from)),
        ("last", write_day(&head.term.last)),
        ("ordinal", congress.ordinal),
        ("held", day(&congress.held)),
        ("theme", congress.theme),
        ("implements", head.implements.join("\n")),
        ("source", source.title),
        ("source_file", source.file),
        ("source_published", day(&source.published)),
        ("source_note", source.note),
    ]);
    if head.term.years_only {
        values.set("years_only", "1");
    }
    values
}

/// Reads the head out of a form; `code` and `issuer` are given.
fn read(form: &Form, code: String, issuer: String, faults: &mut Faults) -> Option<Header> {
    let text = |name: &str| form.text(name).to_owned();
    let title = form.required("title", faults);
    let (from, last) = (form.required_date("from", faults), form.required_date("last", faults));
    let (adopted, held) = (form.date("adopted", faults), form.date("held", faults));
    let published = form.date("source_published", faults);
    let (from, last) = (from?, last?);
    if from > last {
        faults.add("last", Said::new("targets-file-term-backwards"));
    }
    let congress = Congress { ordinal: text("ordinal"), held, theme: text("theme") };
    let source = Source { title: text("source"), file: text("source_file"), published, note: text("source_note") };
    Some(Header {
        code,
        issuer,
        title,
        title_en: text("title_en"),
        lane: if form.text("lane") == "state" { Lane::State } else { Lane::Party },
        adopted,
        term: Term { from, last, years_only: form.values.has("years_only") },
        congress: Some(congress).filter(|congress| *congress != Congress::default()),
        implements: crate::target::draft::list(form.text("implements"), &['\n']),
        source: Some(source).filter(|source| *source != Source::default()),
    })
}

/// Says so when the head names another lane than the issuer's.
fn in_lane(names: &Names, issuer: Option<OrgId>, head: Option<&Header>, faults: &mut Faults) {
    let (Some(org), Some(head)) = (issuer, head) else { return };
    if let Some(said) = of_another_lane(head.lane, names.lane(org)) {
        faults.add("lane", said.with("org", names.of(org)));
    }
}

/// Shows the form of the head; for a new resolution with code and issuer.
async fn show(
    host: &Host,
    view: &View,
    listed: Option<&Listed>,
    values: &Values,
    faults: &Faults,
) -> Result<Response, Problem> {
    let t = view.t();
    let made = Fields::new(t, values, faults);
    let (action, back, title) = match listed {
        Some(listed) => {
            let base = door::address(&listed.code);
            (format!("{base}/head"), format!("{base}/edit"), t.s("targets-head-edit"))
        }
        None => ("/resolutions/new".to_owned(), "/targets".to_owned(), t.s("targets-resolution-new")),
    };
    let choices = match listed {
        Some(_) => None,
        None => Some(issuers(view, &Names::on(host, host.clock.today()).await?)),
    };
    let html = HeadHtml {
        t,
        title: title.to_owned(),
        form: FormOpen::new(view, action.clone()).draft(listed.map_or("resolution-new", |listed| listed.code.as_str())),
        version: listed.map(|listed| listed.version),
        fields: fields(view, &made, choices),
        save: Button::new(t.s("targets-save")),
        summary: made.summary(),
        back,
    };
    let page = view.page(title).address(action);
    let page = match listed {
        Some(listed) => page.crumbs(door::crumbs(view, listed)),
        None => page.crumbs([lt_web::Crumb::new(t.s("targets-list-title"), "/targets")]),
    };
    if faults.is_empty() { page.show(&html) } else { page.faulty().show(&html) }
}

async fn new(FromHost(host): FromHost<Host>, view: View) -> Result<Response, Problem> {
    show(&host, &view, None, &Values::default(), &Faults::new()).await
}

async fn create(FromHost(host): FromHost<Host>, view: View, form: Form) -> Result<Response, Problem> {
    let mut faults = Faults::new();
    let code = form.required("code", &mut faults);
    code_fault(&code, &mut faults);
    if store::by_code(&host.db, &code).await?.is_some() {
        faults.add("code", Said::new("targets-file-code-exists").with("code", &code));
    }
    let org = form.id("issuer").filter(|org| view.viewer.may("targets.define", *org));
    if org.is_none() {
        faults.add("issuer", Said::new("web-fault-empty"));
    }
    let names = Names::on(&host, host.clock.today()).await?;
    let issuer = org.map(|org| names.key(org)).unwrap_or_default();
    let head = read(&form, code.clone(), issuer, &mut faults);
    in_lane(&names, org, head.as_ref(), &mut faults);
    let (Some(org), Some(head), true) = (org, head, faults.is_empty()) else {
        return show(&host, &view, None, &form.values, &faults).await;
    };
    let hand = Hand::of(&host, &view, org);
    let mut unit = Unit::new();
    write::create(&mut unit, &hand, ResolutionId(host.ids.next(hand.now)), &head);
    match host.db.commit(unit).await {
        Ok(_) => Ok(Redirect::to(&format!("{}/edit", door::address(&code))).into_response()),
        Err(StoreError::Constraint(_)) => {
            faults.add("code", Said::new("targets-file-code-exists").with("code", &code));
            show(&host, &view, None, &form.values, &faults).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn head(FromHost(host): FromHost<Host>, view: View, Path(code): Path<String>) -> Result<Response, Problem> {
    let desk = Desk::open(&host, &view, &code).await?;
    show(&host, &view, Some(&desk.listed), &fill(&desk.whole.header), &Faults::new()).await
}

async fn change_head(
    FromHost(host): FromHost<Host>,
    view: View,
    Path(code): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let desk = Desk::open(&host, &view, &code).await?;
    let mut faults = Faults::new();
    let before = &desk.whole.header;
    if form.id::<i64>("version") != Some(desk.listed.version) {
        faults.add("form", Said::new("targets-form-stale-head"));
    }
    let head = read(&form, before.code.clone(), before.issuer.clone(), &mut faults);
    in_lane(&Names::on(&host, host.clock.today()).await?, Some(desk.listed.org), head.as_ref(), &mut faults);
    let (Some(head), true) = (head, faults.is_empty()) else {
        return show(&host, &view, Some(&desk.listed), &form.values, &faults).await;
    };
    let mut unit = Unit::new();
    write::change_head(&mut unit, &desk.hand(&host, &view), &desk.listed, before, &head);
    host.db.commit(unit).await?;
    Ok(Redirect::to(&desk.edit()).into_response())
}

async fn set_state(
    host: &Host,
    view: &View,
    code: &str,
    verb: &str,
    step: fn(State) -> Result<State, super::Refused>,
) -> Result<Response, Problem> {
    let listed = door::open_for(host, view, code, "targets.define").await?;
    let state = step(listed.state).map_err(|refused| Problem::refused(refused.said()))?;
    let hand = Hand::of(host, view, listed.org);
    let mut unit = Unit::new();
    write::set_state(&mut unit, &hand, &listed, state, verb);
    host.db.commit(unit).await?;
    Ok(Redirect::to(&door::address(code)).into_response())
}

async fn adopt(
    FromHost(host): FromHost<Host>,
    view: View,
    Path(code): Path<String>,
    _form: Form,
) -> Result<Response, Problem> {
    set_state(&host, &view, &code, "adopted", State::adopt).await
}

async fn ask_close(FromHost(host): FromHost<Host>, view: View, Path(code): Path<String>) -> Result<Response, Problem> {
    let desk = Desk::open(&host, &view, &code).await?;
    let t = view.t();
    let action = format!("{}/close", door::address(&code));
    let ask = Confirm::new(
        &view,
        t.s("targets-close-title"),
        t.s("targets-close-text"),
        (t.s("targets-close-yes"), &action),
        desk.edit(),
    );
    view.page(t.s("targets-close-title")).crumbs(door::crumbs(&view, &desk.listed)).show(&ask)
}

async fn close(
    FromHost(host): FromHost<Host>,
    view: View,
    Path(code): Path<String>,
    _form: Form,
) -> Result<Response, Problem> {
    set_state(&host, &view, &code, "closed", State::close).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_fit_for_addresses() {
        let is_good = |code: &str| {
            let mut faults = Faults::new();
            code_fault(code, &mut faults);
            faults.is_empty()
        };
        assert!(is_good("s3-2017-2020") && is_good("T3b") && is_good("ĐT.1"));
        assert!(!is_good("new") && !is_good("a/b") && !is_good("a b") && !is_good(".x") && !is_good("x?"));
    }

    #[test]
    fn a_head_goes_through_the_form_unchanged() {
        let day = jiff::civil::date;
        let head = Header {
            code: "x".into(),
            issuer: "chi-bo".into(),
            title: "Tên".into(),
            title_en: "Title".into(),
            lane: Lane::State,
            adopted: Some(day(2020, 6, 1)),
            term: Term { from: day(2020, 1, 1), last: day(2025, 12, 31), years_only: true },
            congress: Some(Congress { ordinal: "IV".into(), held: None, theme: "Chủ đề".into() }),
            implements: vec!["Nghị quyết A".into(), "Nghị quyết B".into()],
            source: Some(Source { title: "Tin".into(), file: "a.txt".into(), published: None, note: String::new() }),
        };
        let mut faults = Faults::new();
        let form = Form { values: fill(&head), files: Vec::new() };
        assert_eq!(read(&form, "x".into(), "chi-bo".into(), &mut faults), Some(head));
        assert!(faults.is_empty());
    }
}
