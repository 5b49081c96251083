//! What verbs are given.

use lt_kernel::id::OrgId;

use crate::orgs::model::{CodeStatus, Kind, Territory};
use crate::timeline::{Act, Basis};

/// A code to give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCode {
    /// Scheme, such as `qd20`.
    pub scheme: String,
    /// Value.
    pub value: String,
    /// Whether it is in use.
    pub status: CodeStatus,
    /// What it rests on.
    pub basis: Basis,
}

impl NewCode {
    /// A code in use.
    pub fn new(scheme: impl Into<String>, value: impl Into<String>) -> Self {
        let (scheme, value) = (scheme.into(), value.into());
        Self { scheme, value, status: CodeStatus::Active, basis: Basis::default() }
    }

    /// The same with what it rests on.
    #[must_use]
    pub fn based(mut self, basis: Basis) -> Self {
        self.basis = basis;
        self
    }
}

/// An organisation to found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOrg {
    /// Its identifier, new.
    pub id: OrgId,
    /// What it is.
    pub kind: Kind,
    /// 1–4; see [`crate::Org::level`].
    pub level: u32,
    /// Its name.
    pub name: String,
    /// Its abbreviation, if it has one.
    pub abbrev: Option<String>,
    /// Whom it is under.
    pub parent: Option<OrgId>,
    /// Where its authority reaches.
    pub territory: Option<Territory>,
    /// Its codes.
    pub codes: Vec<NewCode>,
    /// The founding act; none: it is older than what the directory knows.
    pub act: Option<Act>,
    /// What name, parent and the rest rest on.
    pub basis: Basis,
}

impl NewOrg {
    /// An organisation with a name and nothing else yet.
    pub fn new(id: OrgId, kind: Kind, level: u32, name: impl Into<String>) -> Self {
        Self {
            id,
            kind,
            level,
            name: name.into(),
            abbrev: None,
            parent: None,
            territory: None,
            codes: Vec::new(),
            act: None,
            basis: Basis::default(),
        }
    }

    /// The same under `parent`.
    #[must_use]
    pub const fn under(mut self, parent: OrgId) -> Self {
        self.parent = Some(parent);
        self
    }

    /// The same with a code.
    #[must_use]
    pub fn code(mut self, code: NewCode) -> Self {
        self.codes.push(code);
        self
    }

    /// The same with an abbreviation.
    #[must_use]
    pub fn abbrev(mut self, abbrev: impl Into<String>) -> Self {
        self.abbrev = Some(abbrev.into());
        self
    }

    /// The same founded by an act, on which everything else rests too.
    #[must_use]
    pub fn by(mut self, act: Act) -> Self {
        self.basis = Basis::act(act.clone());
        self.act = Some(act);
        self
    }
}

/// Who receives in a merger or split.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Receiver {
    /// One that is there.
    Existing(OrgId),
    /// One founded by the same act.
    New(Box<NewOrg>),
}

impl Receiver {
    /// Its identifier.
    #[must_use]
    pub const fn id(&self) -> OrgId {
        match self {
            Self::Existing(id) => *id,
            Self::New(new) => new.id,
        }
    }
}

/// What one receiver gets of a split.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Who.
    pub to: Receiver,
    /// Functions it takes; empty: divided by territory.
    pub functions: Vec<String>,
    /// Territory it takes, in words.
    pub territory: Vec<String>,
    /// Whether it takes the mail.
    pub is_default: bool,
}
