//! Ways through a matter: tabs, filters, steps, trees, search results.

use askama::Template;

use super::safe;
use super::{Field, Tag};
use crate::html::Html;
use crate::words::Talk;

/// A tab: a page of its own with its own address.
#[derive(Debug, Clone)]
struct Tab {
    text: String,
    href: String,
    count: Option<String>,
    here: bool,
}

/// Pages about one thing, side by side.
#[derive(Debug, Clone, Template)]
#[template(
    ext = "html",
    source = r#"<nav class="tabs" aria-label="{{ label }}"><ul>{% for tab in tabs %}<li><a href="{{ tab.href }}"{% if tab.here %} aria-current="page"{% endif %}>{{ tab.text }}{% if let Some(count) = tab.count %} <span class="count">{{ count }}</span>{% endif %}</a></li>{% endfor %}</ul></nav>"#
)]
#[must_use]
pub struct Tabs {
    label: String,
    tabs: Vec<Tab>,
}

impl Tabs {
    /// No tabs yet; the label is for screen readers.
    pub fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), tabs: Vec::new() }
    }

    /// Adds a tab; `here` marks the page shown.
    pub fn tab(mut self, text: impl Into<String>, href: impl Into<String>, here: bool) -> Self {
        self.tabs.push(Tab { text: text.into(), href: href.into(), count: None, here });
        self
    }

    /// Says how many things the last tab holds.
    pub fn count(mut self, count: impl Into<String>) -> Self {
        if let Some(tab) = self.tabs.last_mut() {
            tab.count = Some(count.into());
        }
        self
    }
}

/// Filters above a list: a form that only asks, so that its state stands in the address.
#[derive(Debug, Clone, Template)]
#[template(
    ext = "html",
    source = r#"<form class="filter" method="get" action="{{ action }}" aria-label="{{ t.s("web-filter-label") }}" data-auto>{% for (name, value) in kept %}<input type="hidden" name="{{ name }}" value="{{ value }}">{% endfor %}{% for field in fields %}{{ field }}{% endfor %}<p class="actions"><button type="submit" class="button second">{{ t.s("web-filter-go") }}</button>{% if is_set %} <a href="{{ action }}">{{ t.s("web-filter-clear") }}</a>{% endif %}</p></form>"#
)]
#[must_use]
pub struct Filter<'a> {
    t: Talk<'a>,
    action: String,
    fields: Vec<Field>,
    kept: Vec<(String, String)>,
    is_set: bool,
}

impl<'a> Filter<'a> {
    /// Filters the list at `action`.
    pub fn new(t: Talk<'a>, action: impl Into<String>) -> Self {
        Self { t, action: action.into(), fields: Vec::new(), kept: Vec::new(), is_set: false }
    }

    /// Adds a field.
    pub fn field(mut self, field: Field) -> Self {
        self.fields.push(field);
        self
    }

    /// Sends a value along, such as the order of the list.
    pub fn keeps(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.kept.push((name.into(), value.into()));
        self
    }

    /// Offers to clear the filter, because something is chosen.
    pub fn set(mut self, is_set: bool) -> Self {
        self.is_set = is_set;
        self
    }
}

/// How far a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Finished.
    Done,
    /// The next thing to do.
    Now,
    /// Later.
    Later,
}

/// The steps of a task, in order, with where one stands.
#[derive(Debug, Clone, Template)]
#[template(
    ext = "html",
    source = r#"<ol class="steps">{% for (stage, name, text) in steps %}<li class="{% match stage %}{% when Stage::Done %}done{% when Stage::Now %}now{% when Stage::Later %}later{% endmatch %}"{% if *stage == Stage::Now %} aria-current="step"{% endif %}><p class="step-name">{{ name }}{% if *stage == Stage::Done %}<span class="unseen"> – {{ t.s("web-step-done") }}</span>{% endif %}</p>{% if !text.is_empty() %}<div class="soft small">{{ text }}</div>{% endif %}</li>{% endfor %}</ol>"#
)]
#[must_use]
pub struct Steps<'a> {
    t: Talk<'a>,
    steps: Vec<(Stage, String, Html)>,
}

impl<'a> Steps<'a> {
    /// No steps yet.
    pub fn new(t: Talk<'a>) -> Self {
        Self { t, steps: Vec::new() }
    }

    /// Adds a step with what there is to say about it (may be empty).
    pub fn step(mut self, stage: Stage, name: impl Into<String>, text: impl Into<Html>) -> Self {
        self.steps.push((stage, name.into(), text.into()));
        self
    }
}

/// A place in a tree with everything below it; opens and closes without a script.
#[derive(Debug, Clone, Template)]
#[template(
    ext = "html",
    source = r#"<li><span class="node">{% if let Some(href) = href %}<a href="{{ href }}">{{ text }}</a>{% else %}{{ text }}{% endif %}{% if let Some(note) = note %} <span class="note">{{ note }}</span>{% endif %}{% if let Some(tag) = tag %} {{ tag }}{% endif %}</span>{% if !below.is_empty() %}<details{% if is_open %} open{% endif %}><summary aria-label="{{ text }}"></summary><ul>{% for node in below %}{{ node }}{% endfor %}</ul></details>{% endif %}</li>"#
)]
#[must_use]
pub struct Node {
    text: String,
    href: Option<String>,
    note: Option<String>,
    tag: Option<Tag>,
    is_open: bool,
    below: Vec<Self>,
}

impl Node {
    /// A place without anything below it.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), href: None, note: None, tag: None, is_open: false, below: Vec::new() }
    }

    /// Leads to its page.
    pub fn href(mut self, href: impl Into<String>) -> Self {
        self.href = Some(href.into());
        self
    }

    /// A word beside it, such as its code.
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    /// A mark beside it.
    pub fn tag(mut self, tag: Tag) -> Self {
        self.tag = Some(tag);
        self
    }

    /// Starts open.
    pub fn open(mut self) -> Self {
        self.is_open = true;
        self
    }

    /// Puts a place below it.
    pub fn below(mut self, node: Self) -> Self {
        self.below.push(node);
        self
    }
}

/// A tree.
#[derive(Debug, Clone, Template)]
#[template(
    ext = "html",
    source = r#"<ul class="tree" aria-label="{{ label }}">{% for node in nodes %}{{ node }}{% endfor %}</ul>"#
)]
#[must_use]
pub struct Tree {
    label: String,
    nodes: Vec<Node>,
}

impl Tree {
    /// A tree with these roots; the label is for screen readers.
    pub fn new(label: impl Into<String>, nodes: impl IntoIterator<Item = Node>) -> Self {
        Self { label: label.into(), nodes: nodes.into_iter().collect() }
    }
}

/// What a search found. The Ctrl K window shows the list of the search page, so both are one.
#[derive(Debug, Clone, Default, Template)]
#[template(
    ext = "html",
    source = r#"<ul class="hits">{% for (text, href, note) in hits %}<li><a href="{{ href }}">{{ text }}{% if !note.is_empty() %} <span class="note">{{ note }}</span>{% endif %}</a></li>{% endfor %}</ul>"#
)]
#[must_use]
pub struct Hits {
    hits: Vec<(String, String, String)>,
}

impl Hits {
    /// Nothing found yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds something found: its name, its page, what kind of thing it is.
    pub fn hit(mut self, text: impl Into<String>, href: impl Into<String>, note: impl Into<String>) -> Self {
        self.hits.push((text.into(), href.into(), note.into()));
        self
    }
}

safe!(Tabs, Filter<'_>, Steps<'_>, Node, Tree, Hits);
