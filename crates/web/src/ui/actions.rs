//! What starts something: buttons, links that look like buttons, forms, the question before the deed.

use askama::Template;

use super::safe;
use crate::view::View;
use crate::words::Talk;

/// How much weight a button has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Weight {
    Main,
    Second,
    Danger,
}

impl Weight {
    fn class(self) -> &'static str {
        match self {
            Self::Main => "button",
            Self::Second => "button second",
            Self::Danger => "button danger",
        }
    }
}

/// A button that sends its form.
#[derive(Debug, Clone, Template)]
#[template(
    ext = "html",
    source = r#"<button type="submit" class="{{ weight.class() }}"{% if let Some((name, value)) = sends %} name="{{ name }}" value="{{ value }}"{% endif %}{% if idle %} disabled{% endif %}>{{ text }}</button>"#
)]
#[must_use]
pub struct Button {
    text: String,
    weight: Weight,
    sends: Option<(String, String)>,
    idle: bool,
}

impl Button {
    /// The next action: one on a page.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), weight: Weight::Main, sends: None, idle: false }
    }

    /// Any other action.
    pub fn second(text: impl Into<String>) -> Self {
        Self { weight: Weight::Second, ..Self::new(text) }
    }

    /// An action that destroys; stands on a [`Confirm`] page.
    pub fn danger(text: impl Into<String>) -> Self {
        Self { weight: Weight::Danger, ..Self::new(text) }
    }

    /// Sends a value, so that one form may have several buttons.
    pub fn sends(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.sends = Some((name.into(), value.into()));
        self
    }

    /// Shown but not to be pressed; say beside it why.
    pub fn idle(mut self) -> Self {
        self.idle = true;
        self
    }
}

/// A link that looks like a button.
#[derive(Debug, Clone, Template)]
#[template(ext = "html", source = r#"<a class="{{ weight.class() }}" href="{{ href }}">{{ text }}</a>"#)]
#[must_use]
pub struct Link {
    text: String,
    href: String,
    weight: Weight,
}

impl Link {
    /// The next action.
    pub fn main(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self { text: text.into(), href: href.into(), weight: Weight::Main }
    }

    /// Any other action.
    pub fn second(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self { weight: Weight::Second, ..Self::main(text, href) }
    }
}

/// The start of a form that is sent: `{{ form }} … </form>`; carries the token that proves its origin.
#[derive(Debug, Clone, Template)]
#[template(
    ext = "html",
    source = r#"<form method="post" action="{{ action }}" novalidate{% if files %} enctype="multipart/form-data"{% endif %}{% if let Some(draft) = draft %} data-draft="{{ draft }}"{% endif %}>
<input type="hidden" name="_csrf" value="{{ csrf }}">"#
)]
#[must_use]
pub struct FormOpen {
    action: String,
    csrf: String,
    who: String,
    files: bool,
    draft: Option<String>,
}

impl FormOpen {
    /// A form sent to `action`.
    pub fn new(view: &View, action: impl Into<String>) -> Self {
        let who = view.viewer.account.map(|account| account.to_string()).unwrap_or_default();
        Self { action: action.into(), csrf: view.viewer.csrf.clone(), who, files: false, draft: None }
    }

    /// The form has files.
    pub fn files(mut self) -> Self {
        self.files = true;
        self
    }

    /// Keeps what is typed in the browser, under this name and for this account only, until it was accepted.
    pub fn draft(mut self, name: &str) -> Self {
        self.draft = Some(format!("{name}.{}", self.who));
        self
    }
}

/// The question before something that cannot simply be taken back: says the consequence, offers the way out.
#[derive(Debug, Clone, Template)]
#[template(path = "ui/confirm.html")]
#[must_use]
pub struct Confirm<'a> {
    t: Talk<'a>,
    heading: &'static str,
    title: String,
    consequence: String,
    form: FormOpen,
    button: Button,
    back: String,
    kept: Vec<(String, String)>,
}

impl<'a> Confirm<'a> {
    /// Asks `title`, says the `consequence`; `yes` sends to `action`, no leads `back`.
    pub fn new(
        view: &'a View,
        title: impl Into<String>,
        consequence: impl Into<String>,
        (yes, action): (&str, &str),
        back: impl Into<String>,
    ) -> Self {
        Self {
            t: view.t(),
            heading: "h1",
            title: title.into(),
            consequence: consequence.into(),
            form: FormOpen::new(view, action),
            button: Button::danger(yes),
            back: back.into(),
            kept: Vec::new(),
        }
    }

    /// The question is a part of a page that has a main heading of its own.
    pub fn within(mut self) -> Self {
        self.heading = "h2";
        self
    }

    /// Sends a value along.
    pub fn keeps(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.kept.push((name.into(), value.into()));
        self
    }
}

safe!(Button, Link, FormOpen, Confirm<'_>);
