//! Forms for the verbs: what is asked, and how it becomes a verb on a draft.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use lt_kernel::Date;
use lt_kernel::id::OrgId;
use lt_module::Host;
use lt_web::ui::{Button, Choice, Field, Fields, FormOpen, Link};
use lt_web::{Crumb, Faults, Form, Html, Problem, Talk, Values, View};

use super::{MANAGE, directory, manages_all, meant, registry};
use crate::directory::{Directory, Draft, NewCode, NewOrg, Part, Receiver};
use crate::handle::ChangeError;
use crate::orgs::model::Kind;
use crate::orgs::refused::Refused;
use crate::timeline::{Act, Basis};

/// Schemes offered in forms; others come by import.
const SCHEMES: [&str; 7] = ["qd20", "qcvn102", "gso2025", "gso2004", "tax", "hub-system", "local"];

/// A verb with a form of its own on an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verb {
    Rename,
    Move,
    Recode,
    Abbreviate,
    Merge,
    Split,
    Close,
}

impl Verb {
    pub(super) const ALL: [Self; 7] =
        [Self::Rename, Self::Move, Self::Recode, Self::Abbreviate, Self::Merge, Self::Split, Self::Close];

    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Rename => "rename",
            Self::Move => "move",
            Self::Recode => "recode",
            Self::Abbreviate => "abbreviate",
            Self::Merge => "merge",
            Self::Split => "split",
            Self::Close => "close",
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verb| verb.word() == word)
    }

    fn fields(self, fields: &Fields<'_>, t: Talk<'_>) -> Vec<Field> {
        match self {
            Self::Rename => vec![fields.text("name", t.s("registry-field-name")).long()],
            Self::Abbreviate => vec![fields.text("abbrev", t.s("registry-field-abbrev")).short()],
            Self::Move => vec![
                fields.text("parent", t.s("registry-field-parent")).optional().hint(t.s("registry-field-pick-hint")),
            ],
            Self::Recode => vec![
                fields.select("scheme", t.s("registry-code-scheme"), schemes()),
                fields.text("value", t.s("registry-code-value")).short(),
            ],
            Self::Merge => vec![
                fields.text("into", t.s("registry-field-into")).hint(t.s("registry-field-pick-hint")),
                fields.check("along", t.s("registry-field-along")),
            ],
            Self::Split => vec![
                fields.area("parts", t.s("registry-field-parts"), 5).hint(t.s("registry-field-parts-hint")),
                fields.check("first", t.s("registry-field-first")),
            ],
            Self::Close => Vec::new(),
        }
    }
}

fn schemes() -> Vec<Choice> {
    SCHEMES.into_iter().map(|scheme| Choice::new(scheme, scheme)).collect()
}

/// What a filled form asks for, read and checked; tried on a draft as often as needed.
enum Wish {
    Rename(String),
    Abbreviate(String),
    Move(Option<OrgId>),
    Recode(NewCode),
    Merge(OrgId, bool),
    Split(Vec<Part>),
    Close,
}

impl Wish {
    fn read(
        verb: Verb,
        form: &Form,
        directory: &Directory,
        date: Date,
        basis: &Basis,
        faults: &mut Faults,
    ) -> Option<Self> {
        let mut pick = |field: &str, text: &str| match meant(directory, text, date) {
            Ok(id) => Some(id),
            Err(said) => {
                faults.add(field, said);
                None
            }
        };
        Some(match verb {
            Verb::Rename => Self::Rename(form.required("name", faults)),
            Verb::Abbreviate => Self::Abbreviate(form.required("abbrev", faults)),
            Verb::Move => match form.opt("parent") {
                Some(text) => Self::Move(Some(pick("parent", text)?)),
                None => Self::Move(None),
            },
            Verb::Recode => {
                let code = NewCode::new(form.required("scheme", faults), form.required("value", faults));
                Self::Recode(code.based(basis.clone()))
            }
            Verb::Merge => Self::Merge(pick("into", form.text("into"))?, form.values.has("along")),
            Verb::Split => {
                let lines = form.text("parts").lines().map(str::trim).filter(|line| !line.is_empty());
                let first = form.values.has("first");
                let part = |(place, line): (usize, &str)| {
                    let (who, functions) = line.split_once(';').unwrap_or((line, ""));
                    let functions = functions.split(',').map(str::trim).filter(|name| !name.is_empty());
                    Some(Part {
                        to: Receiver::Existing(pick("parts", who.trim())?),
                        functions: functions.map(str::to_owned).collect(),
                        territory: Vec::new(),
                        is_default: first && place == 0,
                    })
                };
                Self::Split(lines.enumerate().map(part).collect::<Option<Vec<_>>>()?)
            }
            Verb::Close => Self::Close,
        })
    }

    fn grant(&self, draft: &mut Draft, id: OrgId, date: Date, basis: &Basis) -> Result<(), Refused> {
        match self {
            Self::Rename(name) => draft.rename(id, name, date, basis.clone()),
            Self::Abbreviate(abbrev) => draft.abbreviate(id, abbrev, date, basis.clone()),
            Self::Move(parent) => draft.move_to(id, *parent, date, basis.clone()),
            Self::Recode(code) => draft.recode(id, code.clone(), date),
            Self::Merge(into, along) => draft.merge(&[id], Receiver::Existing(*into), date, basis, *along),
            Self::Split(parts) => draft.split(id, parts.clone(), date, basis),
            Self::Close => draft.close(id, date, basis),
        }
    }

    /// The organisations it reaches besides the one it is asked of: the permission must reach them too.
    fn others(&self) -> Vec<OrgId> {
        match self {
            Self::Move(parent) => parent.iter().copied().collect(),
            Self::Merge(into, _) => vec![*into],
            Self::Split(parts) => parts.iter().map(|part| part.to.id()).collect(),
            Self::Rename(_) | Self::Abbreviate(_) | Self::Recode(_) | Self::Close => Vec::new(),
        }
    }
}

#[derive(Template)]
#[template(path = "orgs/web/verb.html")]
struct VerbHtml<'a> {
    title: &'a str,
    lead: String,
    summary: Html,
    form: FormOpen,
    fields: Vec<Field>,
    save: Button,
    back: Link,
}

pub(super) async fn ask(
    State(host): State<Host>,
    view: View,
    Path((id, verb)): Path<(OrgId, String)>,
) -> Result<Response, Problem> {
    let verb = Verb::from_word(&verb).ok_or_else(Problem::not_found)?;
    show(&view, &*directory(&host).await?, id, verb, host.clock.today(), &Values::default(), &Faults::new())
}

fn show(
    view: &View,
    directory: &Directory,
    id: OrgId,
    verb: Verb,
    today: Date,
    values: &Values,
    faults: &Faults,
) -> Result<Response, Problem> {
    let org = directory.org(id).ok_or_else(Problem::not_found)?;
    if !view.viewer.may(MANAGE, id) {
        return Err(Problem::forbidden());
    }
    let t = view.t();
    let key = format!("registry-verb-{}", verb.word());
    let lead = format!("registry-verb-{}-lead", verb.word());
    let fields = Fields::new(t, values, faults);
    let mut asked = verb.fields(&fields, t);
    asked.extend(basis_fields(&fields, t));
    let ends = matches!(verb, Verb::Merge | Verb::Split | Verb::Close);
    let html = VerbHtml {
        title: t.s(&key),
        lead: t.a(&lead, "name", org.name(today)),
        summary: fields.summary(),
        form: FormOpen::new(view, format!("/organisations/{id}/{}", verb.word())).draft(&key),
        fields: asked,
        save: if ends { Button::danger(t.s(&key)) } else { Button::new(t.s(&key)) },
        back: Link::second(t.s("registry-back"), format!("/organisations/{id}")),
    };
    let crumbs = [
        Crumb::new(t.s("registry-tree-title"), "/organisations"),
        Crumb::new(org.name(today), format!("/organisations/{id}")),
    ];
    let page = view.page(t.s(&key)).crumbs(crumbs).address(format!("/organisations/{id}/{}", verb.word()));
    if faults.is_empty() { page.show(&html) } else { page.faulty().show(&html) }
}

/// Day, number and date of the act: asked for every verb.
fn basis_fields(fields: &Fields<'_>, t: Talk<'_>) -> Vec<Field> {
    vec![
        fields.date("date", t.s("registry-field-date")).short(),
        fields.text("act", t.s("registry-field-act")).hint(t.s("registry-field-act-hint")),
        fields.date("act_date", t.s("registry-field-act-date")).short().optional(),
    ]
}

pub(super) fn basis_of(form: &Form, faults: &mut Faults) -> (Option<Date>, Basis) {
    let date = form.required_date("date", faults);
    let number = form.required("act", faults);
    let act = Act { number, date: form.date("act_date", faults) };
    (date, Basis::act(act))
}

pub(super) async fn send(
    State(host): State<Host>,
    view: View,
    Path((id, verb)): Path<(OrgId, String)>,
    form: Form,
) -> Result<Response, Problem> {
    let verb = Verb::from_word(&verb).ok_or_else(Problem::not_found)?;
    let directory = directory(&host).await?;
    if !view.viewer.may(MANAGE, id) {
        return Err(Problem::forbidden());
    }
    let mut faults = Faults::new();
    let (date, basis) = basis_of(&form, &mut faults);
    let day = date.unwrap_or_else(|| host.clock.today());
    let wish = Wish::read(verb, &form, &directory, day, &basis, &mut faults);
    if let Some(wish) = wish.filter(|_| faults.is_empty()) {
        if wish.others().iter().any(|other| !view.viewer.may(MANAGE, *other)) {
            return Err(Problem::forbidden());
        }
        let done = registry(&host)?.change(view.viewer.actor(), |draft| wish.grant(draft, id, day, &basis)).await;
        match done {
            Ok(()) => return Ok(Redirect::to(&format!("/organisations/{id}?at={day}")).into_response()),
            Err(ChangeError::Refused(refused)) => faults.add("date", refused.said()),
            Err(ChangeError::Store(error)) => return Err(error.into()),
        }
    }
    show(&view, &directory, id, verb, host.clock.today(), &form.values, &faults)
}

pub(super) async fn ask_found(State(host): State<Host>, view: View) -> Result<Response, Problem> {
    let directory = directory(&host).await?;
    let today = host.clock.today();
    let parent = view.asked("parent").and_then(|id| id.parse::<OrgId>().ok());
    let org = parent.and_then(|id| directory.org_at(id, today));
    // A code names the parent without doubt; a name may stand for several.
    let text = org.map(|org| {
        let code = org.codes.iter().find(|code| code.span.holds(today)).map(|code| code.value.clone());
        code.unwrap_or_else(|| org.name(today).to_owned())
    });
    show_found(&view, &Values::new(text.map(|text| ("parent", text))), &Faults::new())
}

fn show_found(view: &View, values: &Values, faults: &Faults) -> Result<Response, Problem> {
    let t = view.t();
    let fields = Fields::new(t, values, faults);
    let kinds = Kind::ALL.into_iter().map(|kind| Choice::new(kind.word(), t.s(&kind.words_key()))).collect();
    let levels = ["1", "2", "3", "4"].map(|level| Choice::new(level, level)).to_vec();
    let mut asked = vec![
        fields.text("name", t.s("registry-field-name")).long(),
        fields.select("kind", t.s("registry-org-kind"), kinds),
        fields.select("level", t.s("registry-org-level"), levels),
        fields.text("parent", t.s("registry-field-parent")).optional().hint(t.s("registry-field-pick-hint")),
        fields.text("abbrev", t.s("registry-field-abbrev")).short().optional(),
        fields.select("scheme", t.s("registry-code-scheme"), schemes()),
        fields.text("value", t.s("registry-code-value")).short().optional(),
    ];
    asked.extend(basis_fields(&fields, t));
    let html = VerbHtml {
        title: t.s("registry-found-title"),
        lead: t.s("registry-found-lead").to_owned(),
        summary: fields.summary(),
        form: FormOpen::new(view, "/organisations/new").draft("registry-found"),
        fields: asked,
        save: Button::new(t.s("registry-found-title")),
        back: Link::second(t.s("registry-back"), "/organisations"),
    };
    let page = view.page(t.s("registry-found-title")).address("/organisations/new");
    let page = page.crumbs([Crumb::new(t.s("registry-tree-title"), "/organisations")]);
    if faults.is_empty() { page.show(&html) } else { page.faulty().show(&html) }
}

pub(super) async fn found(State(host): State<Host>, view: View, form: Form) -> Result<Response, Problem> {
    let directory = directory(&host).await?;
    let mut faults = Faults::new();
    let (date, basis) = basis_of(&form, &mut faults);
    let day = date.unwrap_or_else(|| host.clock.today());
    let name = form.required("name", &mut faults);
    let kind = Kind::from_word(form.text("kind")).ok_or_else(Problem::not_found)?;
    let level = form.text("level").parse().ok().filter(|level| (1..=4).contains(level)).unwrap_or(2);
    let mut new = NewOrg::new(OrgId(host.ids.next(host.clock.now())), kind, level, name);
    new.abbrev = form.opt("abbrev").map(str::to_owned);
    if let Some(value) = form.opt("value") {
        new.codes.push(NewCode::new(form.text("scheme"), value).based(basis.clone()));
    }
    new.act.clone_from(&basis.act);
    new.basis = basis;
    if let Some(text) = form.opt("parent") {
        match meant(&directory, text, day) {
            Ok(parent) => new.parent = Some(parent),
            Err(said) => faults.add("parent", said),
        }
    }
    let may = new.parent.map_or_else(|| manages_all(&view.viewer), |parent| view.viewer.may(MANAGE, parent));
    if !may && faults.is_empty() {
        return Err(Problem::forbidden());
    }
    if faults.is_empty() {
        match registry(&host)?.change(view.viewer.actor(), |draft| draft.found(new.clone(), day)).await {
            Ok(()) => return Ok(Redirect::to(&format!("/organisations/{}?at={day}", new.id)).into_response()),
            Err(ChangeError::Refused(refused)) => faults.add("date", refused.said()),
            Err(ChangeError::Store(error)) => return Err(error.into()),
        }
    }
    show_found(&view, &form.values, &faults)
}
