//! The fields of one form: fills each with its value and its fault.

use std::cell::RefCell;

use askama::Template;

use super::field::{Choice, Field, Kind};
use crate::form::{Faults, Values};
use crate::html::Html;
use crate::words::Talk;

/// The fields of a form as it stands: fresh, or shown again with faults.
///
/// Remembers the labels of the fields it made, so that the summary can name them: ask for it last.
#[derive(Debug, Clone)]
pub struct Fields<'a> {
    t: Talk<'a>,
    values: &'a Values,
    faults: &'a Faults,
    labels: RefCell<Vec<(String, String)>>,
}

#[derive(Template)]
#[template(path = "ui/faults.html")]
struct FaultsHtml<'a> {
    t: Talk<'a>,
    faults: Vec<(&'a str, Option<String>, String)>,
}

impl<'a> Fields<'a> {
    /// Fields with these values and faults.
    pub fn new(t: Talk<'a>, values: &'a Values, faults: &'a Faults) -> Self {
        Self { t, values, faults, labels: RefCell::default() }
    }

    /// The faults on top of the form, each naming and leading to its field; nothing when there are none.
    /// Ask for it after the fields.
    pub fn summary(&self) -> Html {
        if self.faults.is_empty() {
            return Html::default();
        }
        let labels = self.labels.borrow();
        let label = |field: &str| labels.iter().find(|(name, _)| name == field).map(|(_, label)| label.clone());
        let told = self.faults.list().iter();
        let told = told.map(|(field, said)| (field.as_str(), label(field), self.t.said(said)));
        Html::of(&FaultsHtml { t: self.t, faults: told.collect() })
    }

    fn field(&self, name: &str, label: impl Into<String>, kind: Kind) -> Field {
        let label = label.into();
        self.labels.borrow_mut().push((name.to_owned(), label.clone()));
        Field {
            name: name.to_owned(),
            label,
            kind,
            values: self.values.all(name).map(str::to_owned).collect(),
            fault: self.faults.of(name).map(|said| self.t.said(said)),
            fault_word: self.t.s("web-field-fault").to_owned(),
            optional_word: self.t.s("web-field-optional").to_owned(),
            hint: None,
            is_optional: false,
            width: "",
            autocomplete: None,
            placeholder: None,
            unit: None,
            choices: Vec::new(),
            drop_word: String::new(),
        }
    }

    /// One line of text.
    pub fn text(&self, name: &str, label: impl Into<String>) -> Field {
        self.field(name, label, Kind::Line("text", ""))
    }

    /// A number, written the Vietnamese or the English way; the handler reads it.
    pub fn number(&self, name: &str, label: impl Into<String>) -> Field {
        self.field(name, label, Kind::Line("text", "decimal")).short()
    }

    /// A date `dd/mm/yyyy`, typed: quicker than picking, and the same on every machine.
    pub fn date(&self, name: &str, label: impl Into<String>) -> Field {
        let mut field = self.field(name, label, Kind::Line("text", "numeric")).short();
        field.placeholder = Some(self.t.s("web-field-date").to_owned());
        field
    }

    /// A password; never filled in again.
    pub fn password(&self, name: &str, label: impl Into<String>) -> Field {
        let mut field = self.field(name, label, Kind::Line("password", ""));
        field.values.clear();
        field
    }

    /// An address for mail.
    pub fn email(&self, name: &str, label: impl Into<String>) -> Field {
        self.field(name, label, Kind::Line("email", "email"))
    }

    /// Words to search for.
    pub fn search(&self, name: &str, label: impl Into<String>) -> Field {
        self.field(name, label, Kind::Line("search", ""))
    }

    /// Several lines.
    pub fn area(&self, name: &str, label: impl Into<String>, rows: u16) -> Field {
        self.field(name, label, Kind::Area(rows))
    }

    /// One of many: a list that opens.
    pub fn select(&self, name: &str, label: impl Into<String>, choices: Vec<Choice>) -> Field {
        Field { choices, ..self.field(name, label, Kind::Select) }
    }

    /// One of a few.
    pub fn radios(&self, name: &str, label: impl Into<String>, choices: Vec<Choice>) -> Field {
        Field { choices, ..self.field(name, label, Kind::Radios) }
    }

    /// Any of a few.
    pub fn checks(&self, name: &str, label: impl Into<String>, choices: Vec<Choice>) -> Field {
        Field { choices, ..self.field(name, label, Kind::Checks) }
    }

    /// Yes or no; sent as `1` when ticked.
    pub fn check(&self, name: &str, label: impl Into<String>) -> Field {
        self.field(name, label, Kind::Check)
    }

    /// A file; `accept` as in HTML, empty for any.
    pub fn file(&self, name: &str, label: impl Into<String>, accept: &'static str) -> Field {
        let mut field = self.field(name, label, Kind::File(accept, false));
        field.drop_word = self.t.s("web-field-drop").into();
        field
    }

    /// Any number of files.
    pub fn files(&self, name: &str, label: impl Into<String>, accept: &'static str) -> Field {
        let mut field = self.file(name, label, accept);
        field.kind = Kind::File(accept, true);
        field
    }
}
