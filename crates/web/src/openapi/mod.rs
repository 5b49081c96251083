//! A page to read an `OpenAPI` document (3.0 or 3.1): drawn by the server, no script of others.

mod read;

use askama::Template;
use axum::response::Response;
use serde_json::Value;

use crate::html::Html;
use crate::problem::Problem;
use crate::view::View;
use crate::words::Talk;
use read::{Document, Kind, Property};

#[derive(Template)]
#[template(path = "openapi/page.html")]
struct OpenapiHtml<'a> {
    t: Talk<'a>,
    document: Document,
    json_href: &'a str,
}

#[derive(Template)]
#[template(path = "openapi/properties.html")]
struct PropertiesHtml<'a> {
    t: Talk<'a>,
    caption: &'a str,
    rows: &'a [Property],
}

#[derive(Template)]
#[template(
    ext = "html",
    source = r##"{% match kind %}{% when Kind::Named(name) %}<a href="#schema-{{ name }}"><code>{{ name }}</code></a>{% when Kind::List(of) %}{{ t.s("web-openapi-list") }} {{ of.html(t) }}{% when Kind::Plain(text) %}<code>{{ text }}</code>{% when Kind::OneOf(kinds) %}{% for kind in kinds %}{% if !loop.first %} | {% endif %}{{ kind.html(t) }}{% endfor %}{% endmatch %}"##
)]
struct KindHtml<'a> {
    t: Talk<'a>,
    kind: &'a Kind,
}

impl Kind {
    fn html(&self, t: &Talk<'_>) -> Html {
        Html::of(&KindHtml { t: *t, kind: self })
    }
}

/// Text between backticks is code, as in the comments these texts are made from.
#[derive(Template)]
#[template(
    ext = "html",
    source = "{% for part in parts %}{% if loop.index0 % 2 == 1 %}<code>{{ part }}</code>{% else %}{{ part }}{% endif %}{% endfor %}"
)]
struct Marked<'a> {
    parts: Vec<&'a str>,
}

fn marked(text: &str) -> Html {
    Html::of(&Marked { parts: text.split('`').collect() })
}

impl OpenapiHtml<'_> {
    fn properties(&self, caption: &str, rows: &[Property]) -> Html {
        if rows.is_empty() { Html::default() } else { Html::of(&PropertiesHtml { t: self.t, caption, rows }) }
    }
}

/// The page of a document that is itself served at `json_href`.
///
/// # Errors
/// [`Problem`] when the template fails, which it does not on text.
pub fn page(view: &View, openapi: &Value, json_href: &str) -> Result<Response, Problem> {
    let t = view.t();
    let document = Document::of(openapi);
    let title = if document.title.is_empty() { t.s("web-openapi-title").to_owned() } else { document.title.clone() };
    view.page(title).show(&OpenapiHtml { t, document, json_href })
}
