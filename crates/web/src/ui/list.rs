//! Facts about one thing, and the way through long lists.

use askama::Template;

use super::safe;
use crate::html::Html;
use crate::words::Talk;

/// One fact: its name, its value, and where to change it.
#[derive(Debug, Clone)]
struct Fact {
    name: String,
    value: Html,
    change: Option<(String, String)>,
}

/// Facts about one thing, name and value.
#[derive(Debug, Clone, Default, Template)]
#[template(
    ext = "html",
    source = r#"<dl class="summary">{% for fact in facts %}<div><dt>{{ fact.name }}</dt><dd>{{ fact.value }}</dd>{% if let Some((text, href)) = fact.change %}<dd class="change"><a href="{{ href }}">{{ text }}<span class="unseen"> {{ fact.name }}</span></a></dd>{% endif %}</div>{% endfor %}</dl>"#
)]
#[must_use]
pub struct Summary {
    facts: Vec<Fact>,
}

impl Summary {
    /// No facts yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a fact; text is escaped, components stay as they are.
    pub fn row(mut self, name: impl Into<String>, value: impl Into<Html>) -> Self {
        self.facts.push(Fact { name: name.into(), value: value.into(), change: None });
        self
    }

    /// Lets the last fact be changed at `href`.
    pub fn change(mut self, text: impl Into<String>, href: impl Into<String>) -> Self {
        if let Some(fact) = self.facts.last_mut() {
            fact.change = Some((text.into(), href.into()));
        }
        self
    }
}

/// The way to the next and the previous rows of a list paged by key.
#[derive(Debug, Clone, Template)]
#[template(
    ext = "html",
    source = r#"{% if first.is_some() || next.is_some() %}<nav class="pager" aria-label="{{ t.s("web-pager") }}">{% if let Some(href) = first %}<a href="{{ href }}">← {{ t.s("web-pager-first") }}</a>{% endif %}{% if let Some(href) = next %}<a href="{{ href }}" rel="next">{{ t.s("web-pager-next") }} →</a>{% endif %}</nav>{% endif %}"#
)]
#[must_use]
pub struct Pager<'a> {
    t: Talk<'a>,
    first: Option<String>,
    next: Option<String>,
}

impl<'a> Pager<'a> {
    /// Leads back to the first rows (when not there) and on to the next ones (when there are any).
    pub fn new(t: Talk<'a>, first: Option<String>, next: Option<String>) -> Self {
        Self { t, first, next }
    }
}

safe!(Summary, Pager<'_>);
