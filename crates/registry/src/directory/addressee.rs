//! Who is meant by a code on a letter, and who takes the letter today (documents §5.4 point 5): the document's day
//! decides what is shown, today's day where it goes. Whoever had the code then is followed to whoever follows them.

use std::sync::LazyLock;

use lt_kernel::id::OrgId;
use lt_kernel::rules::{Rule, Rules};
use lt_kernel::{Date, Said};

use super::{Directory, Successors};
use crate::orgs::model::{Code, CodeStatus};

/// Name of the rule: how many days a closed code is still taken.
const GRACE: &str = "closed-code-grace";

/// The grace periods that ship.
static SHIPPED: LazyLock<Rules> = LazyLock::new(|| {
    // A file compiled into the program: a test reads it, so it cannot fail in a program that passed.
    Rules::parse(include_str!("../../rules/codes.toml")).unwrap_or_default()
});

/// A code on a letter that has come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Addressed<'a> {
    /// Scheme of the code.
    pub scheme: &'a str,
    /// The code as it stands on the letter.
    pub value: &'a str,
    /// The day of the document.
    pub document: Date,
    /// The day on which it came.
    pub today: Date,
}

/// An organisation a letter may go to, with the code it has in that scheme today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taker {
    /// Who.
    pub org: OrgId,
    /// Its code; none: it has none in that scheme.
    pub code: Option<String>,
}

/// What becomes of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Addressee {
    /// The organisation has the code then and now.
    Current(OrgId),
    /// Taken, and registered as addressed to a predecessor (or under a former code).
    Predecessor {
        /// Who had the code on the document's day: what the letter shows.
        shown: OrgId,
        /// Who may take it; where there are several a clerk decides.
        takers: Vec<Taker>,
        /// The last day on which such a letter is taken; none: the code lives on with the taker, so there is no last.
        last: Option<Date>,
    },
    /// Not taken.
    Refused(NotTaken),
}

/// Why a letter is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotTaken {
    /// Nobody had that code by the document's day.
    NobodysCode {
        /// The code.
        value: String,
    },
    /// Whoever had it ended, and nobody follows.
    NoSuccessor {
        /// The code.
        value: String,
        /// Who had it, as it was called.
        name: String,
    },
    /// The code closed too long ago.
    Over {
        /// The code.
        value: String,
        /// Who had it, as it was called.
        name: String,
        /// The last day on which it was taken; before the day of closing when no rule gave a grace period.
        last: Date,
        /// Who takes such letters, each with name and code: the sender writes there instead.
        instead: Vec<(String, Option<String>)>,
    },
}

impl Directory {
    /// What becomes of a letter, with the grace periods that ship.
    #[must_use]
    pub fn addressee(&self, letter: Addressed<'_>) -> Addressee {
        self.addressee_by(letter, &SHIPPED)
    }

    /// What becomes of a letter.
    #[must_use]
    pub fn addressee_by(&self, letter: Addressed<'_>, rules: &Rules) -> Addressee {
        let Addressed { scheme, value, document, today } = letter;
        // A day still to come is a slip of the sender's: nobody knows who will have the code then.
        let document = document.min(today);
        let Some((shown, held)) = self.named(scheme, value, document) else {
            return Addressee::Refused(NotTaken::NobodysCode { value: value.to_owned() });
        };
        let takers = self.takers(shown, scheme, today);
        let ours =
            |taker: &Taker| taker.code.as_ref().is_some_and(|code| Code::key(scheme, code) == Code::key(scheme, value));
        match takers.as_slice() {
            [] => {
                let name = self.name(shown, document).unwrap_or_default().to_owned();
                Addressee::Refused(NotTaken::NoSuccessor { value: value.to_owned(), name })
            }
            [taker] if taker.org == shown && ours(taker) => Addressee::Current(shown),
            several if several.iter().any(ours) => Addressee::Predecessor { shown, takers, last: None },
            _ => self.within_grace(letter, shown, held.span.to, takers, rules),
        }
    }

    fn within_grace(
        &self,
        letter: Addressed<'_>,
        shown: OrgId,
        closed: Option<Date>,
        takers: Vec<Taker>,
        rules: &Rules,
    ) -> Addressee {
        // The code is still running although its holder is no more for everybody: nothing has closed yet.
        let Some(closed) = closed.filter(|closed| *closed <= letter.today) else {
            return Addressee::Predecessor { shown, takers, last: None };
        };
        let days = rules.at(GRACE, closed).and_then(Rule::integer).unwrap_or(0);
        // The day of closing is the first of the days of grace.
        let last = jiff::Span::new().try_days(days - 1).and_then(|span| closed.checked_add(span)).unwrap_or(closed);
        if letter.today <= last {
            return Addressee::Predecessor { shown, takers, last: Some(last) };
        }
        let called = |org| self.name(org, letter.today).unwrap_or_default().to_owned();
        Addressee::Refused(NotTaken::Over {
            value: letter.value.to_owned(),
            name: self.name(shown, letter.document).unwrap_or_default().to_owned(),
            last,
            instead: takers.into_iter().map(|taker| (called(taker.org), taker.code)).collect(),
        })
    }

    /// Who had the code on that day; else whoever had it last before.
    fn named(&self, scheme: &str, value: &str, date: Date) -> Option<(OrgId, &Code)> {
        let begun =
            self.held(scheme, value).filter(|(_, code)| code.status != CodeStatus::Test && code.span.from <= date);
        begun.max_by_key(|(_, code)| code.span.from)
    }

    fn takers(&self, org: OrgId, scheme: &str, today: Date) -> Vec<Taker> {
        let orgs = match self.successor(org, today, None) {
            Successors::Same => vec![org],
            Successors::One(one, _) => vec![one],
            Successors::Several(several) => several,
            Successors::None_ => Vec::new(),
        };
        let code = |org| self.org(org)?.code(scheme, today).map(|code| code.value.clone());
        orgs.into_iter().map(|org| Taker { org, code: code(org) }).collect()
    }
}

impl NotTaken {
    /// The sentence for the sender.
    #[must_use]
    pub fn said(&self) -> Said {
        let say = |key: &str| Said::new(format!("registry-addressee-{key}"));
        match self {
            Self::NobodysCode { value } => say("nobody").with("value", value),
            Self::NoSuccessor { value, name } => say("no-successor").with("value", value).with("name", name),
            Self::Over { value, name, last, instead } => {
                let one = |(name, code): &(String, Option<String>)| match code {
                    Some(code) => format!("{name} ({code})"),
                    None => name.clone(),
                };
                let instead: Vec<_> = instead.iter().map(one).collect();
                let said = say("over").with("value", value).with("name", name).date("last", *last);
                said.with("instead", instead.join("; "))
            }
        }
    }
}
