//! The form of a target: every test and every quantifier; two who change one target at once both see both versions.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use lt_kernel::Said;
use lt_kernel::id::OrgId;
use lt_module::Host;
use lt_store::{StoreError, Unit};
use lt_web::ui::{Button, Choice, Diff, Field, Fields, FormOpen};
use lt_web::{Access, Faults, Form, Html, Problem, Routes, Talk, Values, View};

use super::draft::{self, KINDS, OVERS, TESTS};
use super::history::field_name;
use super::model::Target;
use super::store as write;
use crate::observation::Stage;
use crate::resolution::define as resolution;
use crate::resolution::door::{self, Names, pick};
use crate::resolution::model::TargetId;
use crate::resolution::store::{Held, Listed, Whole};
use crate::resolution::write::{Hand, faults as faults_of};
use crate::scheme::Schemes;

/// The routes.
pub fn routes() -> Routes<Host> {
    let define = Access::Holds("targets.define");
    Routes::new()
        .get("/resolutions/{code}/targets/new", define, new)
        .post("/resolutions/{code}/targets/new", define, create)
        .get("/resolutions/{code}/targets/{target}/define", define, edit)
        .post("/resolutions/{code}/targets/{target}/define", define, change)
        .and(super::dropping::routes())
}

/// Everything a form of a target needs to know.
pub(super) struct Desk {
    pub(super) listed: Listed,
    whole: Whole,
    schemes: Schemes,
    names: Names,
}

impl Desk {
    pub(super) async fn open(host: &Host, view: &View, code: &str) -> Result<Self, Problem> {
        let resolution::Desk { listed, whole } = resolution::Desk::open(host, view, code).await?;
        let schemes = crate::scheme::store::load(&host.db).await?;
        Ok(Self { listed, whole, schemes, names: Names::on(host, host.clock.today()).await? })
    }

    pub(super) fn hand(&self, host: &Host, view: &View) -> Hand {
        Hand::of(host, view, self.listed.org)
    }

    pub(super) fn held(&self, code: &str) -> Result<&Held, Problem> {
        self.whole.targets.iter().find(|held| held.target.code == code).ok_or_else(Problem::not_found)
    }

    /// The owner of a target: the organisation of its key, or the one that resolved.
    fn owner(&self, target: &Target, faults: &mut Faults) -> OrgId {
        for key in &target.collaborators {
            if self.names.find(key).is_none() {
                faults.add("collaborators", Said::new("targets-file-org-unknown").with("org", key));
            }
        }
        if target.owner.is_empty() {
            return self.listed.org;
        }
        self.names.find(&target.owner).unwrap_or_else(|| {
            faults.add("owner", Said::new("targets-file-org-unknown").with("org", &target.owner));
            self.listed.org
        })
    }
}

/// The fields of one part of the form with its buttons.
struct PartHtml {
    legend: String,
    name: String,
    fields: Vec<Field>,
    buttons: Vec<Button>,
    inner: Vec<Self>,
    /// The hidden field that counts the inner parts.
    count: Option<(String, usize)>,
}

#[derive(Template)]
#[template(path = "target/define.html")]
struct DefineHtml<'a> {
    t: Talk<'a>,
    title: String,
    form: FormOpen,
    version: Option<i64>,
    theirs: Option<(i64, Html)>,
    general: Vec<Field>,
    readings: Vec<PartHtml>,
    count: usize,
    why: Option<Field>,
    summary: Html,
    back: String,
    drop: Option<String>,
}

fn choices(list: impl IntoIterator<Item = (String, String)>, first: &str) -> Vec<Choice> {
    let mut choices = vec![Choice::new("", first)];
    choices.extend(list.into_iter().map(|(value, text)| Choice::new(value, text)));
    choices
}

/// Makes the fields of a form.
struct Maker<'a> {
    view: &'a View,
    desk: &'a Desk,
    fields: Fields<'a>,
    values: &'a Values,
}

impl Maker<'_> {
    fn s(&self, key: &str) -> String {
        self.view.t().s(key).to_owned()
    }

    fn general(&self, is_new: bool) -> Vec<Field> {
        let (fields, lang) = (&self.fields, self.view.lang);
        let sentences = self.desk.whole.sentences.iter().map(|one| {
            let text: String = pick(&one.text, &one.text_en, lang).chars().take(90).collect();
            (one.code.clone(), format!("{} – {text}", one.code))
        });
        let others = self.desk.whole.targets.iter().filter(|held| held.target.code != self.values.text("code"));
        let others =
            others.map(|held| (held.target.code.clone(), format!("{} – {}", held.target.code, held.target.title)));
        let choose = self.s("targets-form-choose");
        let mut all = Vec::new();
        if is_new {
            let hint = self.s("targets-form-code-hint");
            all.push(fields.text("code", self.s("targets-form-code")).hint(hint).short());
        }
        all.extend([
            fields.select("sentence", self.s("targets-form-sentence"), choices(sentences, &choose)),
            fields.text("title", self.s("targets-form-title")).long(),
            fields.text("title_en", self.s("targets-form-title-en")).long().optional(),
            fields.text("owner", self.s("targets-target-owner")).hint(self.s("targets-form-owner-hint")).optional(),
            fields
                .area("collaborators", self.s("targets-target-collaborators"), 2)
                .hint(self.s("targets-form-collaborators-hint"))
                .optional(),
            fields.text("base", self.s("targets-target-base")).long().optional(),
            fields
                .select("of_which", self.s("targets-target-of-which"), choices(others, &self.s("targets-form-none")))
                .optional(),
            fields.text("open", self.s("targets-target-open")).long().hint(self.s("targets-form-open-hint")).optional(),
        ]);
        all
    }

    fn readings(&self) -> Vec<PartHtml> {
        let several = draft::readings(self.values) > 1;
        (0..draft::readings(self.values)).map(|r| self.reading(r, several)).collect()
    }

    fn reading(&self, r: usize, several: bool) -> PartHtml {
        let (t, name) = (self.view.t(), draft::reading(r));
        let mut buttons =
            vec![Button::second(self.s("targets-form-add-condition")).sends("do", format!("{name}:condition+"))];
        let mut fields = Vec::new();
        if several {
            let field = format!("{name}-label");
            fields.push(self.fields.text(&field, self.s("targets-form-label")).long());
            buttons.push(Button::second(self.s("targets-form-remove-reading")).sends("do", format!("{name}:remove")));
        }
        let conditions = draft::conditions(self.values, r);
        PartHtml {
            legend: t.a("targets-form-reading", "number", r + 1),
            fields,
            buttons,
            inner: (0..conditions).map(|c| self.condition(r, c, conditions > 1)).collect(),
            count: Some((format!("{name}-conditions"), conditions)),
            name,
        }
    }

    fn condition(&self, r: usize, c: usize, several: bool) -> PartHtml {
        let (t, name) = (self.view.t(), draft::condition(r, c));
        let mut buttons = vec![
            Button::second(self.s("targets-form-show")).sends("do", "show"),
            Button::second(self.s("targets-form-add-over")).sends("do", format!("{name}:over+")),
        ];
        if several {
            buttons.push(Button::second(self.s("targets-form-remove-condition")).sends("do", format!("{name}:remove")));
        }
        let overs = draft::overs(self.values, r, c);
        PartHtml {
            legend: t.a("targets-form-condition", "number", c + 1),
            fields: self.test_fields(&name),
            buttons,
            inner: (0..overs).map(|o| self.over(r, c, o)).collect(),
            count: Some((format!("{name}-overs"), overs)),
            name,
        }
    }

    fn test_fields(&self, name: &str) -> Vec<Field> {
        let (fields, choose) = (&self.fields, self.s("targets-form-choose"));
        let field = |part: &str| format!("{name}-{part}");
        let kinds = TESTS.iter().map(|test| ((*test).to_owned(), self.s(&format!("targets-test-{test}"))));
        let test = self.values.text(&field("test"));
        let mut all = Vec::new();
        if test != "met-share" {
            let measures = self.desk.whole.measures.iter().map(|(_, measure)| {
                let called = pick(&measure.name, &measure.name_en, self.view.lang);
                (measure.code.clone(), format!("{called} ({})", self.s(measure.unit.key())))
            });
            all.push(fields.select(&field("measure"), self.s("targets-form-measure"), choices(measures, &choose)));
        }
        all.push(
            fields
                .select(&field("test"), self.s("targets-form-test"), choices(kinds, &choose))
                .hint(self.s("targets-form-test-hint")),
        );
        let number = |part: &str, key: &str| fields.number(&field(part), self.s(key));
        match test {
            "floor" | "ceiling" => all.extend([
                number("at", "targets-form-at"),
                fields.check(&field("strict"), self.s("targets-form-strict")),
            ]),
            "bare" | "exact" => all.push(number("at", "targets-form-at")),
            "band" => all.extend([number("low", "targets-form-low"), number("high", "targets-form-high")]),
            "grade" => all.push(self.grade(&field("grade"), &choose)),
            "rank" => all.extend([
                number("place", "targets-form-place"),
                fields.text(&field("peers"), self.s("targets-form-peers")).optional(),
            ]),
            "stage" => {
                let stages =
                    Stage::ALL.into_iter().map(|stage| (draft::stage_word(stage).to_owned(), self.s(stage.key())));
                all.push(fields.select(&field("stage"), self.s("targets-form-stage"), choices(stages, &choose)));
            }
            "met-share" => all.extend([
                fields.text(&field("resolution"), self.s("targets-form-resolution")),
                number("share", "targets-form-share").unit("%"),
            ]),
            _ => {}
        }
        if matches!(test, "floor" | "bare" | "ceiling" | "exact" | "band") {
            all.push(number("round", "targets-form-round").hint(self.s("targets-form-round-hint")).optional());
        }
        all
    }

    fn grade(&self, field: &str, choose: &str) -> Field {
        let lang = self.view.lang;
        let grades = self.desk.schemes.schemes.iter().flat_map(|scheme| {
            let called = pick(&scheme.name, &scheme.name_en, lang);
            scheme.grades.iter().map(move |grade| {
                let text = format!("{} – {called}", pick(&grade.name, &grade.name_en, lang));
                (format!("{}/{}", scheme.code, grade.code), text)
            })
        });
        self.fields.select(field, self.s("targets-form-grade"), choices(grades, choose))
    }

    fn over(&self, r: usize, c: usize, o: usize) -> PartHtml {
        let (t, name) = (self.view.t(), draft::over(r, c, o));
        let fields = &self.fields;
        let field = |part: &str| format!("{name}-{part}");
        let kinds = OVERS.iter().map(|kind| ((*kind).to_owned(), self.s(&format!("targets-over-{kind}"))));
        let mut all = vec![fields.select(
            &field("kind"),
            self.s("targets-form-over-kind"),
            choices(kinds, &self.s("targets-form-choose")),
        )];
        let kind = self.values.text(&field("kind"));
        if kind.starts_with("at-least") {
            all.push(fields.number(&field("k"), self.s("targets-form-k")));
        }
        if kind.ends_with("period") || kind.ends_with("periods") {
            let of =
                KINDS.iter().map(|(kind, word)| Choice::new(*word, self.s(super::said::kind_key(*kind)))).collect();
            all.push(fields.select(&field("of"), self.s("targets-form-of"), of));
            let hint = self.s("targets-form-periods-hint");
            all.push(fields.text(&field("periods"), self.s("targets-form-periods")).hint(hint).optional());
        }
        if kind.ends_with("unit") || kind.ends_with("units") {
            all.push(fields.area(&field("units"), self.s("targets-form-units"), 4));
        }
        PartHtml {
            legend: t.a("targets-form-over", "number", o + 1),
            fields: all,
            buttons: vec![
                Button::second(self.s("targets-form-show")).sends("do", "show"),
                Button::second(self.s("targets-form-remove-over")).sends("do", format!("{name}:remove")),
            ],
            inner: Vec::new(),
            count: None,
            name,
        }
    }
}

/// What a form is shown with.
struct Shown<'a> {
    values: &'a Values,
    faults: &'a Faults,
    held: Option<&'a Held>,
    /// What somebody else stored in the meantime, beside what was typed.
    theirs: Option<Html>,
    status: StatusCode,
}

fn show(view: &View, desk: &Desk, shown: Shown<'_>) -> Result<Response, Problem> {
    let t = view.t();
    let maker = Maker { view, desk, fields: Fields::new(t, shown.values, shown.faults), values: shown.values };
    let base = door::address(&desk.listed.code);
    let code = shown.held.map(|held| held.target.code.as_str());
    let (action, back) = match code {
        Some(code) => {
            let target = door::target_address(&desk.listed.code, code);
            (format!("{target}/define"), target)
        }
        None => (format!("{base}/targets/new"), format!("{base}/edit")),
    };
    let title = match code {
        Some(code) => t.a("targets-form-edit-title", "code", code),
        None => t.s("targets-form-new-title").to_owned(),
    };
    let draft = format!("target-{}-{}", desk.listed.code, code.unwrap_or("new"));
    let html = DefineHtml {
        t,
        title: title.clone(),
        form: FormOpen::new(view, action.clone()).draft(&draft),
        version: shown.held.map(|held| held.version),
        theirs: shown.theirs.and_then(|diff| Some((shown.held?.version, diff))),
        general: maker.general(shown.held.is_none()),
        readings: maker.readings(),
        count: draft::readings(shown.values),
        why: shown.held.map(|_| maker.fields.text("why", t.s("targets-form-why")).long().optional()),
        summary: maker.fields.summary(),
        back,
        drop: code.map(|code| format!("{}/drop", door::target_address(&desk.listed.code, code))),
    };
    let page = view.page(title).crumbs(door::crumbs(view, &desk.listed)).address(action);
    if shown.faults.is_empty() { page.status(shown.status).show(&html) } else { page.faulty().show(&html) }
}

async fn new(State(host): State<Host>, view: View, Path(code): Path<String>) -> Result<Response, Problem> {
    let desk = Desk::open(&host, &view, &code).await?;
    let mut values = Values::default();
    values.set("sentence", view.asked("sentence").unwrap_or_default());
    show(
        &view,
        &desk,
        Shown { values: &values, faults: &Faults::new(), held: None, theirs: None, status: StatusCode::OK },
    )
}

/// Shows the form again after a button that only changes its parts.
fn again(view: &View, desk: &Desk, form: Form, held: Option<&Held>) -> Result<Response, Problem> {
    let mut values = form.values;
    let what = values.text("do").to_owned();
    draft::act(&mut values, &what);
    show(view, desk, Shown { values: &values, faults: &Faults::new(), held, theirs: None, status: StatusCode::OK })
}

/// Faults of the whole resolution with this target in it, said at the form.
fn check(desk: &Desk, host: &Host, target: &Target, faults: &mut Faults) -> Result<(), Problem> {
    let policy = door::book(host)?.policy();
    let found = faults_of(&desk.whole, &desk.schemes, policy, |file| {
        match file.targets.iter_mut().find(|one| one.code == target.code) {
            Some(one) => *one = target.clone(),
            None => file.targets.push(target.clone()),
        }
    });
    for fault in found {
        faults.add("form", fault.said);
    }
    Ok(())
}

async fn create(
    State(host): State<Host>,
    view: View,
    Path(code): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let desk = Desk::open(&host, &view, &code).await?;
    if form.text("do") != "save" {
        return again(&view, &desk, form, None);
    }
    let mut faults = Faults::new();
    let target = draft::read(&form.values, view.lang, &mut faults);
    let owner = desk.owner(&target, &mut faults);
    resolution::code_fault(&target.code, &mut faults);
    if desk.whole.targets.iter().any(|held| held.target.code == target.code) {
        faults.add("code", Said::new("targets-file-code-twice"));
    }
    if faults.is_empty() {
        check(&desk, &host, &target, &mut faults)?;
    }
    if !faults.is_empty() {
        let shown = Shown { values: &form.values, faults: &faults, held: None, theirs: None, status: StatusCode::OK };
        return show(&view, &desk, shown);
    }
    let hand = desk.hand(&host, &view);
    let mut unit = Unit::new();
    write::define(&mut unit, &hand, desk.listed.id, TargetId(host.ids.next(hand.now)), owner, &target);
    match host.db.commit(unit).await {
        // Somebody took the code, or changed the resolution, since we looked.
        Err(StoreError::Constraint(_)) => Err(Problem::stale()),
        done => {
            done?;
            Ok(Redirect::to(&door::target_address(&code, &target.code)).into_response())
        }
    }
}

async fn edit(
    State(host): State<Host>,
    view: View,
    Path((code, target)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let desk = Desk::open(&host, &view, &code).await?;
    let held = desk.held(&target)?;
    let values = draft::fill(&held.target, view.lang);
    let faults = Faults::new();
    show(
        &view,
        &desk,
        Shown { values: &values, faults: &faults, held: Some(held), theirs: None, status: StatusCode::OK },
    )
}

/// Shows the form as it was typed, with what somebody else stored in the meantime beside it.
fn stale(view: &View, desk: &Desk, held: &Held, mine: &Target, form: &Form) -> Result<Response, Problem> {
    let t = view.t();
    let json = |target: &Target| serde_json::to_value(target).unwrap_or_default();
    let diff = Diff::new(t, &json(&held.target), &json(mine), |place| field_name(t, place));
    let faults = Faults::new();
    let theirs = Some(diff.into());
    show(
        view,
        desk,
        Shown { values: &form.values, faults: &faults, held: Some(held), theirs, status: StatusCode::CONFLICT },
    )
}

async fn change(
    State(host): State<Host>,
    view: View,
    Path((code, target)): Path<(String, String)>,
    mut form: Form,
) -> Result<Response, Problem> {
    let desk = Desk::open(&host, &view, &code).await?;
    let held = desk.held(&target)?;
    form.values.set("code", &held.target.code);
    if form.text("do") != "save" {
        return again(&view, &desk, form, Some(held));
    }
    let mut faults = Faults::new();
    let new = draft::read(&form.values, view.lang, &mut faults);
    let owner = desk.owner(&new, &mut faults);
    if form.id::<i64>("version") != Some(held.version) {
        return stale(&view, &desk, held, &new, &form);
    }
    if faults.is_empty() {
        check(&desk, &host, &new, &mut faults)?;
    }
    if !faults.is_empty() {
        let shown =
            Shown { values: &form.values, faults: &faults, held: Some(held), theirs: None, status: StatusCode::OK };
        return show(&view, &desk, shown);
    }
    held.redefine(&new, owner).map_err(|refused| Problem::refused(refused.said()))?;
    let mut unit = Unit::new();
    write::redefine(&mut unit, &desk.hand(&host, &view), held, owner, &new, form.text("why"));
    match host.db.commit(unit).await {
        Ok(_) => Ok(Redirect::to(&door::target_address(&code, &target)).into_response()),
        // Somebody was quicker between our read and our write: show theirs as it is now.
        Err(StoreError::Stale | StoreError::Constraint(_)) => {
            let desk = Desk::open(&host, &view, &code).await?;
            stale(&view, &desk, desk.held(&target)?, &new, &form)
        }
        Err(other) => Err(other.into()),
    }
}
