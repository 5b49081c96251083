//! What happened and what was said: timelines, differences, quotations, papers, more to read.

use askama::Template;
use serde_json::Value;

use super::safe;
use crate::html::Html;
use crate::words::Talk;

/// One thing that happened.
#[derive(Debug, Clone)]
struct Moment {
    when: String,
    what: Html,
    body: Html,
}

/// What happened, newest first.
#[derive(Debug, Clone, Default, Template)]
#[template(
    ext = "html",
    source = r#"<ol class="timeline" reversed>{% for moment in moments %}<li><span class="when">{{ moment.when }}</span><p class="what">{{ moment.what }}</p>{{ moment.body }}</li>{% endfor %}</ol>"#
)]
#[must_use]
pub struct Timeline {
    moments: Vec<Moment>,
}

impl Timeline {
    /// Nothing happened yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds something that happened before those added so far; the body may be empty.
    pub fn moment(mut self, when: impl Into<String>, what: impl Into<Html>, body: impl Into<Html>) -> Self {
        self.moments.push(Moment { when: when.into(), what: what.into(), body: body.into() });
        self
    }
}

/// One value that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Change {
    name: String,
    before: Option<String>,
    after: Option<String>,
}

/// The difference between two states, value by value, for people.
#[derive(Debug, Clone, Template)]
#[template(path = "ui/diff.html")]
#[must_use]
pub struct Diff<'a> {
    t: Talk<'a>,
    changes: Vec<Change>,
}

impl<'a> Diff<'a> {
    /// What differs between two states (JSON `null`: it did not exist). `name` turns a place such as
    /// `owner.name` or `parts.2.value` into words.
    pub fn new(t: Talk<'a>, before: &Value, after: &Value, name: impl Fn(&str) -> String) -> Self {
        let (mut old, mut new) = (Vec::new(), Vec::new());
        flatten(t, "", before, &mut old);
        flatten(t, "", after, &mut new);
        let mut changes = Vec::new();
        for (place, value) in &old {
            let after = new.iter().find(|(other, _)| other == place).map(|(_, value)| value.clone());
            if after.as_ref() != Some(value) {
                changes.push(Change { name: name(place), before: Some(value.clone()), after });
            }
        }
        for (place, value) in new {
            if !old.iter().any(|(other, _)| *other == place) {
                changes.push(Change { name: name(&place), before: None, after: Some(value) });
            }
        }
        Self { t, changes }
    }
}

/// All values of a state with their places; absent ones are left out.
fn flatten(t: Talk<'_>, place: &str, value: &Value, into: &mut Vec<(String, String)>) {
    let under = |key: &str| if place.is_empty() { key.to_owned() } else { format!("{place}.{key}") };
    match value {
        Value::Null => {}
        Value::Object(map) => map.iter().for_each(|(key, value)| flatten(t, &under(key), value, into)),
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(at, value)| flatten(t, &under(&(at + 1).to_string()), value, into));
        }
        Value::Bool(yes) => {
            into.push((place.to_owned(), t.s(if *yes { "web-yes" } else { "web-no" }).to_owned()));
        }
        Value::String(text) => into.push((place.to_owned(), text.clone())),
        Value::Number(number) => into.push((place.to_owned(), number.to_string())),
    }
}

/// More to read for who wants it.
#[derive(Debug, Clone, Template)]
#[template(
    ext = "html",
    source = r#"<details class="more"{% if is_open %} open{% endif %}><summary>{{ title }}</summary><div>{{ body }}</div></details>"#
)]
#[must_use]
pub struct More {
    title: String,
    body: Html,
    is_open: bool,
}

impl More {
    /// Closed, with this title.
    pub fn new(title: impl Into<String>, body: impl Into<Html>) -> Self {
        Self { title: title.into(), body: body.into(), is_open: false }
    }

    /// Starts open.
    pub fn open(mut self) -> Self {
        self.is_open = true;
        self
    }
}

/// A sentence as it stands in a paper, with its place.
#[derive(Debug, Clone, Template)]
#[template(
    ext = "html",
    source = r#"<blockquote lang="vi"><p>{{ text }}</p>{% if !place.is_empty() %}<cite>{{ place }}</cite>{% endif %}</blockquote>"#
)]
#[must_use]
pub struct Quote {
    text: String,
    place: String,
}

impl Quote {
    /// The words as they stand (Vietnamese, in both languages of the page) and where.
    pub fn new(text: impl Into<String>, place: impl Into<String>) -> Self {
        Self { text: text.into(), place: place.into() }
    }
}

/// Files that prove something.
#[derive(Debug, Clone, Default, Template)]
#[template(
    ext = "html",
    source = r#"<ul class="papers">{% for (name, href, note) in papers %}<li><a href="{{ href }}">{{ name }}</a> <span class="note">{{ note }}</span></li>{% endfor %}</ul>"#
)]
#[must_use]
pub struct Papers {
    papers: Vec<(String, String, String)>,
}

impl Papers {
    /// No files yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file: its name, its address, its kind and size in words.
    pub fn paper(mut self, name: impl Into<String>, href: impl Into<String>, note: impl Into<String>) -> Self {
        self.papers.push((name.into(), href.into(), note.into()));
        self
    }
}

safe!(Timeline, Diff<'_>, More, Quote, Papers);

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::Shell;
    use lt_kernel::Lang;

    #[test]
    fn only_what_differs_is_told() {
        let shell = Shell::bare().unwrap();
        let before = json!({"name": "A", "same": 1, "gone": true, "list": [1, 2]});
        let after = json!({"name": "B", "same": 1, "list": [1, 3], "new": "x", "empty": null});
        let diff = Diff::new(shell.words().talk(Lang::Vi), &before, &after, str::to_owned);
        let told: Vec<_> =
            diff.changes.iter().map(|c| (c.name.as_str(), c.before.as_deref(), c.after.as_deref())).collect();
        assert_eq!(
            told,
            [
                ("gone", Some("Có"), None),
                ("list.2", Some("2"), Some("3")),
                ("name", Some("A"), Some("B")),
                ("new", None, Some("x")),
            ]
        );
    }
}
