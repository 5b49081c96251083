//! One field of a form, with its label, hint, fault and value.

use askama::Template;

use super::safe;

/// What kind of answer a field takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// One line: `type`, `inputmode`.
    Line(&'static str, &'static str),
    /// Several lines, so many high.
    Area(u16),
    /// One of a list that opens.
    Select,
    /// One of a few.
    Radios,
    /// Any of a few.
    Checks,
    /// Yes or no.
    Check,
    /// Files: what is accepted, whether several.
    File(&'static str, bool),
}

/// A possible answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub text: String,
    /// What helps to choose.
    pub hint: Option<String>,
}

impl Choice {
    /// A possible answer.
    pub fn new(value: impl Into<String>, text: impl Into<String>) -> Self {
        Self { value: value.into(), text: text.into(), hint: None }
    }

    /// With a line that helps to choose.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// A field; made by [`super::Fields`], which knows the values and faults of the form.
#[derive(Debug, Clone, Template)]
#[template(path = "ui/field.html")]
#[must_use]
pub struct Field {
    pub(super) name: String,
    pub(super) label: String,
    pub(super) kind: Kind,
    pub(super) values: Vec<String>,
    pub(super) fault: Option<String>,
    pub(super) fault_word: String,
    pub(super) optional_word: String,
    pub(super) hint: Option<String>,
    pub(super) is_optional: bool,
    pub(super) width: &'static str,
    pub(super) autocomplete: Option<&'static str>,
    pub(super) placeholder: Option<String>,
    pub(super) unit: Option<String>,
    pub(super) choices: Vec<Choice>,
    pub(super) drop_word: String,
}

impl Field {
    /// A line under the label that helps to answer.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// May stay empty; said beside the label.
    pub fn optional(mut self) -> Self {
        self.is_optional = true;
        self
    }

    /// As wide as a short answer.
    pub fn short(mut self) -> Self {
        self.width = " short";
        self
    }

    /// As wide as the page.
    pub fn long(mut self) -> Self {
        self.width = " long";
        self
    }

    /// What the browser may fill in, such as `username`.
    pub fn autocomplete(mut self, what: &'static str) -> Self {
        self.autocomplete = Some(what);
        self
    }

    /// The unit written behind the answer.
    pub fn unit(mut self, unit: impl Into<String>) -> Self {
        self.unit = Some(unit.into());
        self
    }

    /// The answer to show when the form holds none yet.
    pub fn or(mut self, value: impl Into<String>) -> Self {
        if self.values.is_empty() {
            self.values.push(value.into());
        }
        self
    }

    fn value(&self) -> &str {
        self.values.first().map_or("", String::as_str)
    }

    fn holds(&self, value: &str) -> bool {
        self.values.iter().any(|held| held == value)
    }

    /// The parts a screen reader reads after the label.
    fn described(&self) -> String {
        let hint = self.hint.as_ref().map(|_| format!("{}-hint", self.name));
        let fault = self.fault.as_ref().map(|_| format!("{}-fault", self.name));
        [hint, fault].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

safe!(Field);
