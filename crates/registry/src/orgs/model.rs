//! One organisation with its whole past.

use lt_kernel::id::OrgId;
use lt_kernel::{Date, Interval, Lane};
use serde::{Deserialize, Serialize};

use super::contact::Contact;
use crate::levels;
use crate::timeline::{Act, Basis, Timeline};

/// What an organisation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Ministry or Government body.
    Ministry,
    /// People's Council of any level.
    Council,
    /// People's Committee of a province.
    Committee,
    /// Office of a committee or council.
    Office,
    /// Department of a province (sở).
    Department,
    /// People's Committee of a district (until 30-06-2025).
    District,
    /// People's Committee of a commune, ward or special zone.
    Commune,
    /// Division inside a department or commune (phòng).
    Division,
    /// Public service unit (đơn vị sự nghiệp).
    Centre,
    /// Enterprise, co-operative or household business.
    Enterprise,
    /// Front or mass organisation.
    MassOrganisation,
    /// Party committee or the Party organisation it leads (đảng bộ).
    PartyCommittee,
    /// Advisory body or office of a Party committee.
    PartyBody,
    /// Party cell (chi bộ).
    PartyCell,
    /// Party group of a cell (tổ đảng).
    PartyGroup,
    /// Anything else.
    Other,
}

impl Kind {
    /// All of them, in the order of lists.
    pub const ALL: [Self; 16] = [
        Self::Ministry,
        Self::Council,
        Self::Committee,
        Self::Office,
        Self::Department,
        Self::District,
        Self::Commune,
        Self::Division,
        Self::Centre,
        Self::Enterprise,
        Self::MassOrganisation,
        Self::PartyCommittee,
        Self::PartyBody,
        Self::PartyCell,
        Self::PartyGroup,
        Self::Other,
    ];

    /// The word in the database, in files and addresses.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ministry => "ministry",
            Self::Council => "council",
            Self::Committee => "committee",
            Self::Office => "office",
            Self::Department => "department",
            Self::District => "district",
            Self::Commune => "commune",
            Self::Division => "division",
            Self::Centre => "centre",
            Self::Enterprise => "enterprise",
            Self::MassOrganisation => "mass_organisation",
            Self::PartyCommittee => "party_committee",
            Self::PartyBody => "party_body",
            Self::PartyCell => "party_cell",
            Self::PartyGroup => "party_group",
            Self::Other => "other",
        }
    }

    /// The kind of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Key of its name in the words.
    #[must_use]
    pub fn words_key(self) -> String {
        format!("registry-kind-{}", self.word().replace('_', "-"))
    }

    /// Its lane: State and Party organisations are never each other's parents.
    #[must_use]
    pub const fn lane(self) -> Lane {
        match self {
            Self::PartyCommittee | Self::PartyBody | Self::PartyCell | Self::PartyGroup => Lane::Party,
            _ => Lane::State,
        }
    }
}

/// The classes a territory may have, in the order of lists.
pub const CLASSES: [&str; 6] = ["province", "central_city", "district", "commune", "ward", "special_zone"];

/// Where the people's authority reaches, and as what.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Territory {
    /// Class, one of [`CLASSES`].
    pub class: String,
    /// The area in words.
    pub name: String,
}

/// Whether a code is in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CodeStatus {
    /// In use for its stretch of days.
    Active,
    /// Marked closed by its issuer.
    Closed,
    /// Given for tests; may be held by several.
    Test,
}

impl CodeStatus {
    /// The word in the database.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Closed => "closed",
            Self::Test => "test",
        }
    }

    /// The status of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Active, Self::Closed, Self::Test].into_iter().find(|status| status.word() == word)
    }
}

/// A code held for a stretch of days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Code {
    /// Scheme: `qcvn102`, `qd20`, `gso2004`, `gso2025`, `tax`, `hub-system`, `local`…
    pub scheme: String,
    /// As issued; compared without case.
    pub value: String,
    /// From when to when.
    pub span: Interval,
    /// Whether it is in use.
    pub status: CodeStatus,
    /// What it rests on.
    #[serde(default)]
    pub basis: Basis,
}

impl Code {
    /// What codes are compared by: scheme and value without case.
    #[must_use]
    pub fn key(scheme: &str, value: &str) -> (String, String) {
        (scheme.to_lowercase(), value.trim().to_uppercase())
    }

    /// Ends it on `date`.
    pub(crate) fn close(&mut self, date: Date) {
        self.span.to = Some(date);
        if self.status == CodeStatus::Active {
            self.status = CodeStatus::Closed;
        }
    }
}

/// One legal existence of an organisation, with all its past.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Org {
    /// Its identifier.
    pub id: OrgId,
    /// What it is; never changes.
    pub kind: Kind,
    /// 1 = ministry or province, 2 = department or commune, 3 and 4 below.
    pub level: u32,
    /// From its founding (or the first day the directory knows) to its end.
    pub span: Interval,
    /// The act that founded it, when known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub founding: Option<Act>,
    /// The act that ended it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ending: Option<Act>,
    /// Names.
    pub names: Timeline<String>,
    /// Parents.
    #[serde(default)]
    pub parents: Timeline<OrgId>,
    /// Abbreviations, as used in document symbols.
    #[serde(default)]
    pub abbrevs: Timeline<String>,
    /// Territories.
    #[serde(default)]
    pub territories: Timeline<Territory>,
    /// How it is reached.
    #[serde(default)]
    pub contacts: Timeline<Contact>,
    /// Codes.
    #[serde(default)]
    pub codes: Vec<Code>,
    /// How often it was changed; guards against two writers.
    #[serde(skip)]
    pub version: i64,
}

impl Org {
    /// The name on a day; after its end the last, before its founding the first: an ended organisation is
    /// still called something.
    #[must_use]
    pub fn name(&self, date: Date) -> &str {
        let first = || self.names.stretches().first();
        self.names.last_before(date).or_else(first).map_or("", |stretch| &stretch.value)
    }

    /// Whether it exists on a day: begun, not ended, and of a level there still is.
    #[must_use]
    pub fn is_alive(&self, date: Date) -> bool {
        self.span.holds(date) && levels::abolished(self.kind).is_none_or(|day| date < day)
    }

    /// The code of a scheme on a day.
    #[must_use]
    pub fn code(&self, scheme: &str, date: Date) -> Option<&Code> {
        self.codes.iter().find(|code| code.scheme.eq_ignore_ascii_case(scheme) && code.span.holds(date))
    }

    /// Whether nothing in it begins on or after `date`, so that it can end that day.
    pub(crate) fn can_end(&self, date: Date) -> bool {
        self.span.from < date
            && self.span.to.is_none()
            && self.names.can_end(date).is_ok()
            && self.parents.can_end(date).is_ok()
            && self.abbrevs.can_end(date).is_ok()
            && self.territories.can_end(date).is_ok()
            && self.contacts.can_end(date).is_ok()
            && self.codes.iter().all(|code| code.span.from < date)
    }

    /// Ends it and everything about it on `date`.
    pub(crate) fn end(&mut self, date: Date, act: Option<Act>) {
        self.span.to = Some(date);
        self.ending = act;
        self.names.end(date);
        self.parents.end(date);
        self.abbrevs.end(date);
        self.territories.end(date);
        self.contacts.end(date);
        for code in self.codes.iter_mut().filter(|code| code.span.to.is_none_or(|to| to > date)) {
            code.close(date);
        }
    }

    /// Whether its timelines are sound and lie within its life.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let within = |span: &Interval| {
            span.from >= self.span.from && self.span.to.is_none_or(|end| span.to.is_some_and(|to| to <= end))
        };
        self.span.is_valid()
            && self.names.is_sound()
            && self.parents.is_sound()
            && self.abbrevs.is_sound()
            && self.territories.is_sound()
            && self.contacts.is_sound()
            && self.names.stretches().iter().all(|stretch| within(&stretch.span))
            && self.parents.stretches().iter().all(|stretch| within(&stretch.span))
            && self.contacts.stretches().iter().all(|stretch| within(&stretch.span))
            && self.codes.iter().all(|code| within(&code.span) && code.span.is_valid())
            && self.names.at(self.span.from).is_some()
    }
}

/// How much passes from one organisation to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Share {
    /// Everything.
    All,
    /// The functions or the territory named.
    Part,
}

/// One organisation follows another, wholly or in part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Succession {
    /// Who gave.
    pub from: OrgId,
    /// Who received.
    pub to: OrgId,
    /// From which day.
    pub effective: Date,
    /// How much.
    pub share: Share,
    /// Functions that passed, as short words (`press`, `publishing`, `it`); empty: not divided by function.
    #[serde(default)]
    pub functions: Vec<String>,
    /// Parts of the territory that passed, in words.
    #[serde(default)]
    pub territory: Vec<String>,
    /// Whether the receiver takes the mail of the giver unless a function says otherwise.
    pub is_default: bool,
    /// What it rests on.
    #[serde(default)]
    pub basis: Basis,
}
