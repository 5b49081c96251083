//! Why a verb on organisations is refused, in words.

use lt_kernel::id::OrgId;
use lt_kernel::{Date, Said};

/// Why a verb was refused; the sentence names the organisations as they were called that day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// No such organisation.
    #[error("no organisation {0}")]
    Unknown(OrgId),
    /// The identifier is taken.
    #[error("organisation {0} is there already")]
    Known(OrgId),
    /// No name was given.
    #[error("no name")]
    NoName,
    /// It does not exist on that day.
    #[error("{name} does not exist on {date}")]
    NotAlive {
        /// Which.
        name: String,
        /// When.
        date: Date,
    },
    /// The value already holds.
    #[error("{name}: {value} already holds on {date}")]
    Same {
        /// Whose.
        name: String,
        /// What.
        value: String,
        /// When.
        date: Date,
    },
    /// Another change of the same sort was made on that very day.
    #[error("{name} already has a change of this sort on {date}")]
    SameDay {
        /// Whose.
        name: String,
        /// When.
        date: Date,
    },
    /// Something about it begins on or after the day it should end.
    #[error("{name} has later history than {date}, or has ended already")]
    LaterHistory {
        /// Whose.
        name: String,
        /// When.
        date: Date,
    },
    /// The new parent is below it.
    #[error("{parent} is below {name}")]
    Circle {
        /// Whose parent.
        name: String,
        /// The parent asked for.
        parent: String,
    },
    /// Party and State organisations are never each other's parents.
    #[error("{name} and {parent} are of different lanes")]
    Lanes {
        /// Whose parent.
        name: String,
        /// The parent asked for.
        parent: String,
    },
    /// The code is held by somebody else in that time.
    #[error("the code {scheme} {value} is held by {holder} from {from}")]
    CodeTaken {
        /// Scheme.
        scheme: String,
        /// Value.
        value: String,
        /// Who holds it.
        holder: String,
        /// Since when.
        from: Date,
    },
    /// The code is empty, longer than 64 characters, or of no scheme.
    #[error("not a code: {0}")]
    BadCode(String),
    /// Units below it still exist.
    #[error("{name} still has {count} units below it on {date}, such as {example}")]
    UnitsBelow {
        /// Whose.
        name: String,
        /// How many.
        count: usize,
        /// One of them.
        example: String,
        /// When.
        date: Date,
    },
    /// A split needs at least two receivers, a merger at least one giver.
    #[error("too few organisations for this")]
    TooFew,
    /// Two receivers are both the default, or one appears twice.
    #[error("two receivers both take the mail, or one is named twice")]
    TwoDefaults,
    /// An organisation cannot follow itself.
    #[error("{0} cannot follow itself")]
    Itself(String),
    /// Its level, or the level of its territory, has been abolished by that day.
    #[error("{name}: the {word} level was abolished from {day} on")]
    Abolished {
        /// Whose.
        name: String,
        /// The word of the level.
        word: &'static str,
        /// From which day there is none.
        day: Date,
        /// The number of the act.
        act: &'static str,
    },
    /// A part of a contact does not look like one.
    #[error("not a {what}: {value}")]
    BadContact {
        /// Which part: `address`, `phone`, `email`, `website`.
        what: &'static str,
        /// What was given.
        value: String,
    },
    /// A hand-over names no function.
    #[error("no function named")]
    NoFunction,
}

impl Refused {
    /// The sentence for the reader.
    #[must_use]
    pub fn said(&self) -> Said {
        let say = |key: &str| Said::new(format!("registry-refused-{key}"));
        match self {
            Self::Unknown(id) => say("unknown").with("id", id),
            Self::Known(id) => say("known").with("id", id),
            Self::NoName => say("no-name"),
            Self::NotAlive { name, date } => say("not-alive").with("name", name).date("date", *date),
            Self::Same { name, value, date } => say("same").with("name", name).with("value", value).date("date", *date),
            Self::SameDay { name, date } => say("same-day").with("name", name).date("date", *date),
            Self::LaterHistory { name, date } => say("later-history").with("name", name).date("date", *date),
            Self::Circle { name, parent } => say("circle").with("name", name).with("parent", parent),
            Self::Lanes { name, parent } => say("lanes").with("name", name).with("parent", parent),
            Self::CodeTaken { scheme, value, holder, from } => {
                say("code-taken").with("scheme", scheme).with("value", value).with("holder", holder).date("date", *from)
            }
            Self::BadCode(value) => say("bad-code").with("value", value),
            Self::UnitsBelow { name, count, example, date } => {
                say("units-below").with("name", name).with("count", count).with("example", example).date("date", *date)
            }
            Self::TooFew => say("too-few"),
            Self::TwoDefaults => say("two-defaults"),
            Self::Abolished { name, word, day, act } => {
                say(&format!("abolished-{word}")).with("name", name).date("date", *day).with("act", act)
            }
            Self::BadContact { what, value } => say(&format!("bad-{what}")).with("value", value),
            Self::Itself(name) => say("itself").with("name", name),
            Self::NoFunction => say("no-function"),
        }
    }
}
