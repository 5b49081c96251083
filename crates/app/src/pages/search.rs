//! One search over what the reader may see: resolutions, targets, organisations, pages of the menu.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use lt_kernel::Lang;
use lt_kernel::text::fold;
use lt_module::Host;
use lt_registry::Registry;
use lt_targets::book::Book;
use lt_targets::resolution::store;
use lt_web::ui::{Empty, Hits};
use lt_web::{Problem, Talk, View};

/// Hits of one kind shown at most.
const MOST: usize = 20;

#[derive(Template)]
#[template(path = "pages/search.html")]
struct SearchHtml<'a> {
    t: Talk<'a>,
    wanted: &'a str,
    hits: Option<Hits>,
    empty: Empty,
}

/// What was found so far.
struct Found {
    wanted: Vec<String>,
    hits: Hits,
    count: usize,
}

impl Found {
    /// Whether a text holds every word that is looked for, marks or no marks.
    fn holds(&self, text: &str) -> bool {
        let folded = fold(text);
        self.wanted.iter().all(|word| folded.contains(word.as_str()))
    }

    fn hit(self, text: &str, href: String, note: &str) -> Self {
        Self { hits: self.hits.hit(text, href, note), count: self.count + 1, wanted: self.wanted }
    }
}

/// Shows what was found.
pub(super) async fn show(State(host): State<Host>, view: View) -> Result<Response, Problem> {
    let t = view.t();
    let asked = view.asked("q").unwrap_or_default();
    let wanted = fold(&asked).split_whitespace().map(str::to_owned).collect();
    let mut found = Found { wanted, hits: Hits::new(), count: 0 };
    if !found.wanted.is_empty() {
        found = pages(found, &view);
        found = targets(found, &host, &view).await?;
        found = organisations(found, &host, &view, &asked).await?;
    }
    let html = SearchHtml {
        t,
        wanted: &asked,
        hits: (found.count > 0).then_some(found.hits),
        empty: Empty::new(t.s("app-search-empty"), t.s("app-search-empty-help")),
    };
    view.page(t.s("app-search-title")).show(&html)
}

/// Pages of the menu.
fn pages(mut found: Found, view: &View) -> Found {
    let t = view.t();
    for entry in view.shell.menu() {
        let open = entry.permission.is_none_or(|permission| view.viewer.holds(permission));
        if open && found.holds(t.s(entry.words_key)) {
            found = found.hit(t.s(entry.words_key), entry.href.to_owned(), t.s("app-search-page"));
        }
    }
    found
}

/// Resolutions and their targets.
async fn targets(mut found: Found, host: &Host, view: &View) -> Result<Found, Problem> {
    let (t, today) = (view.t(), host.clock.today());
    let book = host.part::<Book>().map_err(Problem::trouble)?;
    let pick = |vi: &str, en: &str| if view.lang == Lang::En && !en.is_empty() { en } else { vi }.to_owned();
    for listed in store::list(&host.db).await?.iter().filter(|one| view.viewer.may("targets.read", one.org)) {
        let title = pick(&listed.title.0, &listed.title.1);
        let here = format!("/resolutions/{}", listed.code);
        if found.holds(&format!("{} {} {}", listed.code, listed.title.0, listed.title.1)) {
            found = found.hit(&title, here.clone(), t.s("app-search-resolution"));
        }
        let Some(board) = book.board(listed.id, today, None).await? else { continue };
        for row in board.rows() {
            let target = &row.held.target;
            if found.count < MOST && found.holds(&format!("{} {} {}", target.code, target.title, target.title_en)) {
                let href = format!("{here}/targets/{}", target.code);
                found = found.hit(&pick(&target.title, &target.title_en), href, &title);
            }
        }
    }
    Ok(found)
}

/// Organisations of today and of the past.
async fn organisations(mut found: Found, host: &Host, view: &View, asked: &str) -> Result<Found, Problem> {
    if !view.viewer.holds("registry.read") {
        return Ok(found);
    }
    let directory = host.part::<Registry>().map_err(Problem::trouble)?.directory().await?;
    let today = host.clock.today();
    for id in directory.search(asked, today, MOST) {
        let name = directory.name(id, today).unwrap_or_default().to_owned();
        found = found.hit(&name, format!("/organisations/{id}"), view.t().s("app-search-organisation"));
    }
    Ok(found)
}
