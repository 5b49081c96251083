//! What the page says to the reader: notices, and lists that are still empty.

use askama::Template;

use super::safe;
use crate::html::Html;

/// How a notice is meant; each tone has its own sign beside its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// For information.
    Info,
    /// It worked.
    Good,
    /// Take care.
    Warn,
    /// Something is wrong.
    Bad,
}

impl Tone {
    fn class(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Bad => "bad",
        }
    }
}

/// A notice.
#[derive(Debug, Clone, Template)]
#[template(
    ext = "html",
    source = r#"<div class="notice {{ tone.class() }}" role="{% if tone == Tone::Bad %}alert{% else %}status{% endif %}">{% if !title.is_empty() %}<p class="notice-title">{{ title }}</p>{% endif %}{% if !body.is_empty() %}<div>{{ body }}</div>{% endif %}</div>"#
)]
#[must_use]
pub struct Notice {
    tone: Tone,
    title: String,
    body: Html,
}

impl Notice {
    /// A notice of one line.
    pub fn new(tone: Tone, title: impl Into<String>) -> Self {
        Self { tone, title: title.into(), body: Html::default() }
    }

    /// With more below.
    pub fn body(mut self, body: impl Into<Html>) -> Self {
        self.body = body.into();
        self
    }
}

/// A list without rows: says what will stand here and how it gets there.
#[derive(Debug, Clone, Template)]
#[template(
    ext = "html",
    source = r#"<div class="empty"><p class="empty-title">{{ title }}</p><p>{{ text }}</p>{% if let Some((text, href)) = action %}<p class="actions"><a class="button" href="{{ href }}">{{ text }}</a></p>{% endif %}</div>"#
)]
#[must_use]
pub struct Empty {
    title: String,
    text: String,
    action: Option<(String, String)>,
}

impl Empty {
    /// What is missing, and how it comes about.
    pub fn new(title: impl Into<String>, text: impl Into<String>) -> Self {
        Self { title: title.into(), text: text.into(), action: None }
    }

    /// With the way to begin.
    pub fn action(mut self, text: impl Into<String>, href: impl Into<String>) -> Self {
        self.action = Some((text.into(), href.into()));
        self
    }
}

safe!(Notice, Empty);
