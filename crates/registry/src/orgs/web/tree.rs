//! The tree on any day, the search, and the same as a file.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use lt_kernel::id::OrgId;
use lt_kernel::{Date, Lane};
use lt_module::Host;
use lt_web::ui::{Empty, Fields, Filter, Hits, Link, Node, Tag, Tree};
use lt_web::{Faults, Html, Problem, Talk, Values, View, download};

use super::{MANAGE, day_asked, directory};
use crate::directory::Directory;
use crate::orgs::model::Org;

/// Above so many organisations only two levels are shown; the rest is on each organisation's own page.
const WHOLE_TREE: usize = 1500;
const MOST_HITS: usize = 200;

#[derive(Template)]
#[template(path = "orgs/web/tree.html")]
struct TreeHtml<'a> {
    t: Talk<'a>,
    filter: Filter<'a>,
    count: String,
    is_cut: bool,
    list: Html,
    may_found: bool,
    found: Link,
    import: Link,
    csv: Link,
}

pub(super) async fn page(State(host): State<Host>, view: View) -> Result<Response, Problem> {
    let directory = directory(&host).await?;
    let at = day_asked(&host, &view)?;
    let t = view.t();
    let words = view.asked("q").unwrap_or_default();
    let asked = Values::new([("at", lt_kernel::text::dates::write(at, lt_kernel::Lang::Vi)), ("q", words.clone())]);
    let faults = Faults::new();
    let fields = Fields::new(t, &asked, &faults);
    let filter = Filter::new(t, "/organisations")
        .field(fields.date("at", t.s("registry-tree-at")).short())
        .field(fields.search("q", t.s("registry-tree-search")))
        .set(view.asked("at").is_some() || !words.is_empty());
    let alive = directory.all().filter(|org| org.is_alive(at)).count();
    let is_cut = words.is_empty() && alive > WHOLE_TREE;
    let list = if alive == 0 {
        Empty::new(t.s("registry-tree-empty"), t.s("registry-tree-empty-text")).into()
    } else if words.is_empty() {
        let depth = if is_cut { 1 } else { 64 };
        let nodes = directory.roots(at).into_iter().map(|root| node(&directory, root, at, t, depth));
        Tree::new(t.s("registry-tree-title"), nodes.collect::<Vec<_>>()).into()
    } else {
        hits(&directory, &words, at, t)
    };
    let html = TreeHtml {
        t,
        filter,
        count: t.with("registry-tree-count", &[("count", &t.int(alive)), ("date", &t.date(&at))]),
        is_cut,
        list,
        may_found: view.viewer.holds(MANAGE),
        found: Link::main(t.s("registry-found-title"), "/organisations/new"),
        import: Link::second(t.s("registry-import-title"), "/organisations/import"),
        csv: Link::second(t.s("registry-tree-csv"), format!("/organisations.csv?at={at}")),
    };
    view.page(t.s("registry-tree-title")).show(&html)
}

fn node(directory: &Directory, id: OrgId, at: Date, t: Talk<'_>, depth: usize) -> Node {
    let name = directory.name(id, at).unwrap_or_default();
    let mut node = Node::new(name).href(format!("/organisations/{id}?at={at}"));
    if let Some(org) = directory.org(id) {
        if let Some(code) = first_code(org, at) {
            node = node.note(code);
        }
        if org.kind.lane() == Lane::Party {
            node = node.tag(Tag::new(t.s("registry-lane-party")));
        }
    }
    if depth > 0 {
        for child in directory.children(id, at) {
            node = node.below(self::node(directory, child, at, t, depth - 1));
        }
    }
    node
}

fn hits(directory: &Directory, words: &str, at: Date, t: Talk<'_>) -> Html {
    let found = directory.search(words, at, MOST_HITS);
    if found.is_empty() {
        return Empty::new(t.s("registry-search-none"), t.s("registry-search-none-text")).into();
    }
    let hits = found.into_iter().fold(Hits::new(), |hits, id| {
        let up = directory.parent(id, at).and_then(|parent| directory.name(parent, at)).unwrap_or_default();
        hits.hit(directory.name(id, at).unwrap_or_default(), format!("/organisations/{id}?at={at}"), up)
    });
    hits.into()
}

/// The code people know it by: the identifier of Decision 20/2020, else the first of any scheme.
fn first_code(org: &Org, at: Date) -> Option<String> {
    let any = || org.codes.iter().find(|code| code.span.holds(at));
    org.code("qd20", at).or_else(any).map(|code| code.value.clone())
}

/// The tree as CSV: one line each, parents before children, with the byte order mark spreadsheets look for.
pub(super) async fn csv(State(host): State<Host>, view: View) -> Result<Response, Problem> {
    let directory = directory(&host).await?;
    let at = day_asked(&host, &view)?;
    let mut writer = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
    let head = ["depth", "id", "name", "kind", "level", "abbrev", "parent_id", "codes", "valid_from", "valid_to"];
    writer.write_record(head).map_err(Problem::trouble)?;
    for (depth, id) in directory.tree(at) {
        let Some(org) = directory.org(id) else { continue };
        let codes = org.codes.iter().filter(|code| code.span.holds(at));
        let codes: Vec<_> = codes.map(|code| format!("{}:{}", code.scheme, code.value)).collect();
        let line = [
            depth.to_string(),
            id.to_string(),
            plain(org.name(at)),
            org.kind.word().to_owned(),
            org.level.to_string(),
            org.abbrevs.at(at).map_or_else(String::new, |abbrev| plain(abbrev)),
            directory.parent(id, at).map_or_else(String::new, |parent| parent.to_string()),
            codes.join(" "),
            org.span.from.to_string(),
            org.span.to.map_or_else(String::new, |to| to.to_string()),
        ];
        writer.write_record(&line).map_err(Problem::trouble)?;
    }
    let bytes = writer.into_inner().map_err(|error| Problem::trouble(error.into_error()))?;
    Ok(download(&format!("to-chuc-{at}.csv"), "text/csv; charset=utf-8", bytes))
}

/// A text a spreadsheet does not take for a formula.
fn plain(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text.to_owned() }
}
