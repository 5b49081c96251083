//! Figures at a glance, and work under way.

use askama::Template;

use super::safe;

/// The few figures a page begins with.
#[derive(Debug, Clone, Default, Template)]
#[template(
    ext = "html",
    source = r#"<ul class="figures">{% for figure in figures %}<li>{% if let Some(href) = figure.2 %}<a href="{{ href }}"><span class="value">{{ figure.0 }}</span><span class="name">{{ figure.1 }}</span></a>{% else %}<span class="value">{{ figure.0 }}</span><span class="name">{{ figure.1 }}</span>{% endif %}</li>{% endfor %}</ul>"#
)]
#[must_use]
pub struct Figures {
    figures: Vec<(String, String, Option<String>)>,
}

impl Figures {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a figure, written for people, with its name.
    pub fn figure(mut self, value: impl Into<String>, name: impl Into<String>) -> Self {
        self.figures.push((value.into(), name.into(), None));
        self
    }

    /// Lets the last figure lead to the records behind it.
    pub fn href(mut self, href: impl Into<String>) -> Self {
        if let Some(figure) = self.figures.last_mut() {
            figure.2 = Some(href.into());
        }
        self
    }
}

/// How far something is.
#[derive(Debug, Clone, Template)]
#[template(
    ext = "html",
    source = r#"<div class="meter"><p><span>{{ label }}</span> <span class="soft">{{ text }}</span></p><progress value="{{ done }}" max="{{ all }}" aria-label="{{ label }}">{{ text }}</progress></div>"#
)]
#[must_use]
pub struct Progress {
    label: String,
    text: String,
    done: u64,
    all: u64,
}

impl Progress {
    /// `done` of `all`, said in words beside the bar ("còn khoảng 2 phút").
    pub fn new(label: impl Into<String>, text: impl Into<String>, done: u64, all: u64) -> Self {
        Self { label: label.into(), text: text.into(), done, all: all.max(1) }
    }
}

/// The place of something that is still being worked out.
#[derive(Debug, Clone, Template)]
#[template(
    ext = "html",
    source = r#"<div role="status"><span class="unseen">{{ text }}</span>{% for _ in 0..lines %}<span class="skeleton" aria-hidden="true"></span>{% endfor %}</div>"#
)]
#[must_use]
pub struct Skeleton {
    text: String,
    lines: u8,
}

impl Skeleton {
    /// So many lines; the text is for screen readers.
    pub fn new(text: impl Into<String>, lines: u8) -> Self {
        Self { text: text.into(), lines }
    }
}

safe!(Figures, Progress, Skeleton);
