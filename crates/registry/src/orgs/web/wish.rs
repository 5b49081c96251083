//! The verbs that have a form: what is asked, and how a filled form becomes a verb on a draft.

use lt_kernel::id::OrgId;
use lt_kernel::{Date, Said};
use lt_web::ui::{Choice, Field, Fields};
use lt_web::{Faults, Form, Talk, Values};

use super::meant;
use crate::directory::{Directory, Draft, NewCode, Part, Receiver};
use crate::orgs::contact::Contact;
use crate::orgs::model::{CLASSES, Org, Territory};
use crate::orgs::refused::Refused;
use crate::timeline::Basis;

/// Schemes offered in forms; others come by import.
const SCHEMES: [&str; 7] = ["qd20", "qcvn102", "gso2025", "gso2004", "tax", "hub-system", "local"];

/// A verb with a form of its own on an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verb {
    Rename,
    Move,
    Recode,
    Abbreviate,
    Contact,
    Reclassify,
    HandOver,
    Merge,
    Split,
    Close,
}

impl Verb {
    pub(super) const ALL: [Self; 10] = [
        Self::Rename,
        Self::Move,
        Self::Recode,
        Self::Abbreviate,
        Self::Contact,
        Self::Reclassify,
        Self::HandOver,
        Self::Merge,
        Self::Split,
        Self::Close,
    ];

    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Rename => "rename",
            Self::Move => "move",
            Self::Recode => "recode",
            Self::Abbreviate => "abbreviate",
            Self::Contact => "contact",
            Self::Reclassify => "reclassify",
            Self::HandOver => "hand-over",
            Self::Merge => "merge",
            Self::Split => "split",
            Self::Close => "close",
        }
    }

    pub(super) fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verb| verb.word() == word)
    }

    /// What stands in the form at first: what holds today, where one usually changes only a part of it.
    pub(super) fn values_of(self, org: &Org, today: Date) -> Values {
        match self {
            Self::Contact => {
                let parts = org.contacts.at(today).map(Contact::parts).into_iter().flatten();
                Values::new(parts.map(|(what, text)| (what, text.to_owned())))
            }
            Self::Reclassify => {
                let area = org.territories.at(today);
                Values::new(
                    area.into_iter().flat_map(|area| [("class", area.class.clone()), ("area", area.name.clone())]),
                )
            }
            _ => Values::default(),
        }
    }

    pub(super) fn fields(self, fields: &Fields<'_>, t: Talk<'_>) -> Vec<Field> {
        let pick = |name: &str, label: &str| fields.text(name, t.s(label)).hint(t.s("registry-field-pick-hint"));
        match self {
            Self::Rename => vec![fields.text("name", t.s("registry-field-name")).long()],
            Self::Abbreviate => vec![fields.text("abbrev", t.s("registry-field-abbrev")).short()],
            Self::Move => vec![pick("parent", "registry-field-parent").optional()],
            Self::Recode => vec![
                fields.select("scheme", t.s("registry-code-scheme"), schemes(t)),
                fields.text("value", t.s("registry-code-value")).short(),
            ],
            Self::Contact => vec![
                fields.text("address", t.s("registry-contact-address")).long().optional(),
                fields.text("phone", t.s("registry-contact-phone")).short().optional(),
                fields.text("email", t.s("registry-contact-email")).optional(),
                fields
                    .text("website", t.s("registry-contact-website"))
                    .optional()
                    .hint(t.s("registry-contact-website-hint")),
            ],
            Self::Reclassify => vec![
                fields.select("class", t.s("registry-field-class"), classes(t)),
                fields.text("area", t.s("registry-field-area")).long().hint(t.s("registry-field-area-hint")),
            ],
            Self::HandOver => vec![
                pick("to", "registry-field-into"),
                fields
                    .text("functions", t.s("registry-field-functions"))
                    .long()
                    .hint(t.s("registry-field-functions-hint")),
            ],
            Self::Merge => {
                vec![pick("into", "registry-field-into"), fields.check("along", t.s("registry-field-along"))]
            }
            Self::Split => vec![
                fields.area("parts", t.s("registry-field-parts"), 5).hint(t.s("registry-field-parts-hint")),
                fields.check("first", t.s("registry-field-first")),
            ],
            Self::Close => Vec::new(),
        }
    }

    /// Whether a decision must stand behind it; a new telephone number needs none.
    pub(super) const fn needs_act(self) -> bool {
        !matches!(self, Self::Contact)
    }

    /// Whether the organisation is no more afterwards.
    pub(super) const fn ends(self) -> bool {
        matches!(self, Self::Merge | Self::Split | Self::Close)
    }
}

pub(super) fn schemes(t: Talk<'_>) -> Vec<Choice> {
    SCHEMES.into_iter().map(|scheme| Choice::new(scheme, scheme_name(t, scheme))).collect()
}

/// A scheme of codes in words; one that is none of ours as it is written.
pub(super) fn scheme_name(t: Talk<'_>, scheme: &str) -> String {
    if SCHEMES.contains(&scheme) { t.s(&format!("registry-scheme-{scheme}")).to_owned() } else { scheme.to_owned() }
}

fn classes(t: Talk<'_>) -> Vec<Choice> {
    let choice = |class: &'static str| {
        let key = format!("registry-class-{}", class.replace('_', "-"));
        Choice::new(class, t.s(&key))
    };
    CLASSES.into_iter().map(choice).collect()
}

/// What a filled form asks for, read and checked; tried on a draft as often as needed.
pub(super) enum Wish {
    Rename(String),
    Abbreviate(String),
    Move(Option<OrgId>),
    Recode(NewCode),
    Contact(Contact),
    Reclassify(Territory),
    HandOver(Part),
    Merge(OrgId, bool),
    Split(Vec<Part>),
    Close,
}

/// A form being read against the directory of a day.
pub(super) struct Reading<'a> {
    pub(super) form: &'a Form,
    pub(super) directory: &'a Directory,
    pub(super) date: Date,
    pub(super) faults: &'a mut Faults,
}

impl Reading<'_> {
    /// What is asked for; none when a fault was found before all was read.
    pub(super) fn wish(&mut self, verb: Verb, basis: &Basis) -> Option<Wish> {
        let form = self.form;
        Some(match verb {
            Verb::Rename => Wish::Rename(form.required("name", self.faults)),
            Verb::Abbreviate => Wish::Abbreviate(form.required("abbrev", self.faults)),
            Verb::Move => match form.opt("parent") {
                Some(text) => Wish::Move(Some(self.pick("parent", text)?)),
                None => Wish::Move(None),
            },
            Verb::Recode => {
                let code = NewCode::new(form.required("scheme", self.faults), form.required("value", self.faults));
                Wish::Recode(code.based(basis.clone()))
            }
            Verb::Contact => Wish::Contact(self.contact()?),
            Verb::Reclassify => {
                let asked = form.text("class");
                let Some(class) = CLASSES.into_iter().find(|class| *class == asked) else {
                    self.faults.add("class", Said::new("registry-refused-bad-class").with("value", asked));
                    return None;
                };
                Wish::Reclassify(Territory { class: class.to_owned(), name: form.required("area", self.faults) })
            }
            Verb::HandOver => {
                let functions = words(form.text("functions"));
                if functions.is_empty() {
                    self.faults.add("functions", Refused::NoFunction.said());
                }
                let to = Receiver::Existing(self.pick("to", form.text("to"))?);
                Wish::HandOver(Part { to, functions, territory: Vec::new(), is_default: false })
            }
            Verb::Merge => Wish::Merge(self.pick("into", form.text("into"))?, form.values.has("along")),
            Verb::Split => Wish::Split(self.parts()?),
            Verb::Close => Wish::Close,
        })
    }

    fn pick(&mut self, field: &str, text: &str) -> Option<OrgId> {
        meant(self.directory, text, self.date).map_err(|said| self.faults.add(field, said)).ok()
    }

    fn contact(&mut self) -> Option<Contact> {
        let text = |part: &str| self.form.text(part).to_owned();
        let asked =
            Contact { address: text("address"), phone: text("phone"), email: text("email"), website: text("website") };
        match asked.written() {
            Ok(contact) => Some(contact),
            Err(refused) => {
                let field = if let Refused::BadContact { what, .. } = &refused { *what } else { "address" };
                self.faults.add(field, refused.said());
                None
            }
        }
    }

    /// The receivers of a split, one a line: `who; functions; territory`, both lists with commas.
    fn parts(&mut self) -> Option<Vec<Part>> {
        let form = self.form;
        let lines = form.text("parts").lines().map(str::trim).filter(|line| !line.is_empty());
        let first = form.values.has("first");
        let part = |(place, line): (usize, &str)| {
            let mut cells = line.splitn(3, ';');
            let mut cell = || cells.next().unwrap_or_default().trim();
            let (who, functions, territory) = (cell(), words(cell()), words(cell()));
            let to = Receiver::Existing(self.pick("parts", who)?);
            Some(Part { to, functions, territory, is_default: first && place == 0 })
        };
        lines.enumerate().map(part).collect()
    }
}

/// What stands between commas.
fn words(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

impl Wish {
    pub(super) fn grant(&self, draft: &mut Draft, id: OrgId, date: Date, basis: &Basis) -> Result<(), Refused> {
        match self {
            Self::Rename(name) => draft.rename(id, name, date, basis.clone()),
            Self::Abbreviate(abbrev) => draft.abbreviate(id, abbrev, date, basis.clone()),
            Self::Move(parent) => draft.move_to(id, *parent, date, basis.clone()),
            Self::Recode(code) => draft.recode(id, code.clone(), date),
            Self::Contact(contact) => draft.contact(id, contact, date, basis.clone()),
            Self::Reclassify(area) => draft.reclassify(id, area.clone(), date, basis.clone()),
            Self::HandOver(part) => draft.hand_over(id, part, date, basis),
            Self::Merge(into, along) => draft.merge(&[id], Receiver::Existing(*into), date, basis, *along),
            Self::Split(parts) => draft.split(id, parts.clone(), date, basis),
            Self::Close => draft.close(id, date, basis),
        }
    }

    /// The organisations it reaches besides the one it is asked of: the permission must reach them too.
    pub(super) fn others(&self) -> Vec<OrgId> {
        match self {
            Self::Move(parent) => parent.iter().copied().collect(),
            Self::Merge(into, _) => vec![*into],
            Self::HandOver(part) => vec![part.to.id()],
            Self::Split(parts) => parts.iter().map(|part| part.to.id()).collect(),
            Self::Rename(_)
            | Self::Abbreviate(_)
            | Self::Recode(_)
            | Self::Contact(_)
            | Self::Reclassify(_)
            | Self::Close => Vec::new(),
        }
    }
}
