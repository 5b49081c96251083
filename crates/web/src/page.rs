//! A page: the shell around a handler's own HTML.

use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html as HtmlBody, IntoResponse, Response};
use lt_kernel::Lang;

use crate::assets;
use crate::html::Html;
use crate::problem::Problem;
use crate::view::View;
use crate::words::Talk;

/// A place above the page: its name and address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crumb {
    /// Name.
    pub text: String,
    /// Address.
    pub href: String,
}

impl Crumb {
    /// A place above the page.
    pub fn new(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self { text: text.into(), href: href.into() }
    }
}

/// An entry of the menu as this reader sees it.
struct Entry<'a> {
    text: &'a str,
    href: &'a str,
    here: bool,
}

/// A page under construction: `view.page(title).crumbs(…).show(&template)`.
#[must_use]
pub struct Page<'a> {
    view: &'a View,
    title: String,
    crumbs: Vec<Crumb>,
    wide: bool,
    faulty: bool,
    status: StatusCode,
    address: Option<String>,
}

#[derive(Template)]
#[template(path = "page.html")]
struct PageHtml<'a> {
    t: Talk<'a>,
    page: &'a Page<'a>,
    menu: Vec<Entry<'a>>,
    css: &'a str,
    js: &'a str,
    icon: &'a str,
    body: &'a str,
    other: Lang,
    other_href: String,
}

impl<'a> Page<'a> {
    /// A page for this reader with a title of its own.
    pub fn new(view: &'a View, title: impl Into<String>) -> Self {
        Self {
            view,
            title: title.into(),
            crumbs: Vec::new(),
            wide: false,
            faulty: false,
            status: StatusCode::OK,
            address: None,
        }
    }

    /// The places above it, the nearest last; the page itself is not among them.
    pub fn crumbs(mut self, crumbs: impl IntoIterator<Item = Crumb>) -> Self {
        self.crumbs = crumbs.into_iter().collect();
        self
    }

    /// Uses the whole width: for boards and long tables.
    pub fn wide(mut self) -> Self {
        self.wide = true;
        self
    }

    /// Answers with another status than 200.
    pub fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// A form shown again with its faults: status 422, and the title says so first.
    pub fn faulty(mut self) -> Self {
        self.faulty = true;
        self.status = StatusCode::UNPROCESSABLE_ENTITY;
        self
    }

    /// The address the language switch keeps, where it is not the present one (a form answered to POST).
    pub fn address(mut self, address: impl Into<String>) -> Self {
        self.address = Some(address.into());
        self
    }

    /// Fills the page with a template.
    ///
    /// # Errors
    /// [`Problem`] when the template fails, which it does not on text.
    pub fn show(self, template: &impl Template) -> Result<Response, Problem> {
        let body = template.render()?;
        self.finish(&body)
    }

    /// Fills the page with finished HTML.
    ///
    /// # Errors
    /// As [`Self::show`].
    pub fn body(self, html: &Html) -> Result<Response, Problem> {
        self.finish(html.as_str())
    }

    fn finish(self, body: &str) -> Result<Response, Problem> {
        let html = self.render(body)?;
        let mut answer = (self.status, HtmlBody(html)).into_response();
        if let Ok(lang) = HeaderValue::from_str(self.view.lang.code()) {
            answer.headers_mut().insert(header::CONTENT_LANGUAGE, lang);
        }
        Ok(answer)
    }

    fn render(&self, body: &str) -> Result<String, askama::Error> {
        let view = self.view;
        let t = view.t();
        let shown = view.shell.menu().iter();
        let shown = shown.filter(|entry| entry.permission.is_none_or(|name| view.viewer.holds(name)));
        let mut menu: Vec<Entry<'_>> =
            shown.map(|entry| Entry { text: t.s(entry.words_key), href: entry.href, here: false }).collect();
        let within =
            |href: &str| view.path == href || view.path.strip_prefix(href).is_some_and(|rest| rest.starts_with('/'));
        let nearest = menu.iter().enumerate().filter(|(_, entry)| within(entry.href));
        let nearest = nearest.max_by_key(|(_, entry)| entry.href.len()).map(|(at, _)| at);
        // A page at another address than its entry's says by its crumbs where it belongs.
        let above = || menu.iter().position(|entry| self.crumbs.iter().any(|crumb| crumb.href == entry.href));
        if let Some(at) = nearest.or_else(above)
            && let Some(entry) = menu.get_mut(at)
        {
            entry.here = true;
        }
        let other = if view.lang == Lang::Vi { Lang::En } else { Lang::Vi };
        let here = self.address.clone().unwrap_or_else(|| view.address());
        let mark = if here.contains('?') { '&' } else { '?' };
        let assets = assets::all();
        let html = PageHtml {
            t,
            page: self,
            menu,
            css: &assets.css.path,
            js: &assets.js.path,
            icon: &assets.icon.path,
            body,
            other,
            other_href: format!("{here}{mark}lang={other}"),
        };
        let mut out = String::with_capacity(body.len() + 6_000);
        html.render_into(&mut out)?;
        Ok(out)
    }
}
