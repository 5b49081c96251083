//! The two languages of the program, and text that is said in both.

use std::fmt;

use crate::clock::Date;
use crate::quantity::Exact;

/// A language of screens, reports and errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Vietnamese, the source of every text.
    #[default]
    Vi,
    /// English.
    En,
}

impl Lang {
    /// Both, Vietnamese first.
    pub const ALL: [Self; 2] = [Self::Vi, Self::En];

    /// The BCP 47 code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }

    /// The language of a BCP 47 code; only the first subtag counts.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        match code.split(['-', '_']).next()? {
            "vi" => Some(Self::Vi),
            "en" => Some(Self::En),
            _ => None,
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A value inside something said; written for people only when the language is known.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Arg {
    /// Text that is the same in every language.
    Text(String),
    /// An exact number, written with at most so many decimals.
    Number(Exact, u32),
    /// A date.
    Date(Date),
    /// The key of another text.
    Key(String),
    /// Text given in Vietnamese and in English.
    Both(String, String),
    /// Something else said.
    Said(Box<Said>),
}

impl Arg {
    /// The value in words; `say` turns keys and what was said into text of the same language.
    pub fn write(&self, lang: Lang, say: &dyn Fn(&Said) -> String) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number, places) => crate::quantity::numbers::write(number, *places, lang),
            Self::Date(date) => crate::text::dates::write(*date, lang),
            Self::Key(key) => say(&Said::new(key.as_str())),
            Self::Both(vi, en) => (if lang == Lang::En && !en.is_empty() { en } else { vi }).clone(),
            Self::Said(said) => say(said),
        }
    }
}

/// Something to say to a person: the key of a text in the `*.ftl` files, and the values it needs.
///
/// Models and stores return it in errors and explanations; only the web layer, papers and the
/// terminal turn it into words, in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Said {
    /// Key of the text, such as `targets-import-unknown-qualifier`.
    pub key: String,
    /// Named values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<(String, Arg)>,
}

impl Said {
    /// The text `key`, without values.
    #[must_use]
    pub fn new(key: impl Into<String>) -> Self {
        Self { key: key.into(), args: Vec::new() }
    }

    /// The same with a value of any kind.
    #[must_use]
    pub fn arg(mut self, name: impl Into<String>, value: Arg) -> Self {
        self.args.push((name.into(), value));
        self
    }

    /// The same with the value `name`, the same in every language.
    #[must_use]
    pub fn with(self, name: impl Into<String>, value: impl fmt::Display) -> Self {
        self.arg(name, Arg::Text(value.to_string()))
    }

    /// The same with an exact number, written with at most `places` decimals.
    #[must_use]
    pub fn number(self, name: impl Into<String>, value: Exact, places: u32) -> Self {
        self.arg(name, Arg::Number(value, places))
    }

    /// The same with a date.
    #[must_use]
    pub fn date(self, name: impl Into<String>, value: Date) -> Self {
        self.arg(name, Arg::Date(value))
    }

    /// The same with the text of another key.
    #[must_use]
    pub fn key(self, name: impl Into<String>, key: impl Into<String>) -> Self {
        self.arg(name, Arg::Key(key.into()))
    }

    /// The same with text given in both languages; without English the Vietnamese stands for both.
    #[must_use]
    pub fn both(self, name: impl Into<String>, vi: impl Into<String>, en: impl Into<String>) -> Self {
        self.arg(name, Arg::Both(vi.into(), en.into()))
    }

    /// The same with something else said.
    #[must_use]
    pub fn said(self, name: impl Into<String>, said: Self) -> Self {
        self.arg(name, Arg::Said(Box::new(said)))
    }
}
