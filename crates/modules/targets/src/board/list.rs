//! All resolutions the reader may see, each with its tally.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use lt_kernel::text::fold;
use lt_module::Host;
use lt_web::ui::{Empty, Fields, Filter, Pager, Tag};
use lt_web::{Faults, Problem, Talk, Values, View};

use super::show::counts;
use crate::book::Tally;
use crate::resolution::door::{self, Names};
use crate::resolution::model::State as Standing;
use crate::resolution::store::{self, Listed};

/// Resolutions on a page.
const PAGE: usize = 30;

/// A piece of the small bar, in hundredths of its length.
struct Piece {
    class: &'static str,
    x: u32,
    width: u32,
}

struct Line {
    href: String,
    title: String,
    issuer: String,
    term: String,
    marks: Vec<Tag>,
    told: String,
    pieces: Vec<Piece>,
}

#[derive(Template)]
#[template(path = "board/list.html")]
struct ListHtml<'a> {
    t: Talk<'a>,
    filter: Filter<'a>,
    lines: Vec<Line>,
    pager: Pager<'a>,
    may_define: bool,
    empty: Empty,
}

/// The pieces of the small bar; what is left over by rounding down goes to the last.
fn pieces(tally: &Tally) -> Vec<Piece> {
    let all = tally.all.max(1);
    let (mut done, mut pieces) = (0, Vec::new());
    for (mark, count) in counts(tally).into_iter().filter(|(_, count)| *count > 0) {
        let (x, end) = (done * 1000 / all, (done + count) * 1000 / all);
        pieces.push(Piece { class: mark.fill(), x, width: end - x });
        done += count;
    }
    pieces
}

fn is_seen(view: &View, listed: &Listed) -> bool {
    let may = |permission| view.viewer.may(permission, listed.org);
    may("targets.read") && (listed.state != Standing::Draft || may("targets.define"))
}

/// Shows the list.
pub(super) async fn list(State(host): State<Host>, view: View) -> Result<Response, Problem> {
    let (t, today) = (view.t(), host.clock.today());
    let names = Names::on(&host, today).await?;
    let text = view.asked("q");
    let wanted = text.as_deref().map(fold);
    let takes = |listed: &Listed| {
        wanted.as_ref().is_none_or(|wanted| {
            let parts = [&listed.code, &listed.title.0, &listed.title.1, names.of(listed.org)];
            parts.iter().any(|part| fold(part).contains(wanted))
        })
    };
    let all = store::list(&host.db).await?;
    let after = view.asked("after");
    let seen: Vec<&Listed> = all.iter().filter(|listed| is_seen(&view, listed) && takes(listed)).collect();
    let start = after.as_ref().and_then(|code| seen.iter().position(|listed| listed.code == *code)).unwrap_or(0);
    let mut lines = Vec::new();
    for listed in seen.iter().skip(start).take(PAGE) {
        let board = door::book(&host)?.board(listed.id, today, None).await?;
        let tally = board.map(|board| board.tally).unwrap_or_default();
        lines.push(Line {
            href: door::address(&listed.code),
            title: door::title(listed, view.lang).to_owned(),
            issuer: names.of(listed.org).to_owned(),
            term: door::term(&view, listed),
            marks: door::marks(&view, listed),
            told: if tally.all == 0 {
                t.s("targets-list-none").to_owned()
            } else {
                let counts = [("met", &*tally.met().to_string()), ("all", &tally.all.to_string())];
                t.with("targets-board-told", &counts)
            },
            pieces: pieces(&tally),
        });
    }
    let next = seen.get(start + PAGE).map(|listed| view.with_query("after", Some(&listed.code)));
    let first = after.map(|_| view.with_query("after", None));
    let values = Values::new(text.iter().map(|text| ("q", text.as_str())));
    let faults = Faults::new();
    let may_define = view.viewer.holds("targets.define");
    let mut empty = Empty::new(t.s("targets-list-empty"), t.s("targets-list-empty-text"));
    if may_define {
        empty = empty.action(t.s("targets-transfer-title"), "/resolutions/import");
    }
    let html = ListHtml {
        t,
        filter: Filter::new(t, "/targets")
            .field(Fields::new(t, &values, &faults).search("q", t.s("targets-filter-text")))
            .set(text.is_some()),
        lines,
        pager: Pager::new(t, first, next),
        may_define,
        empty,
    };
    view.page(t.s("targets-list-title")).show(&html)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_small_bar_is_full_without_gaps() {
        let tally = Tally { all: 7, exceeded: 1, just_met: 2, at_risk: 1, unknown: 3, ..Tally::default() };
        let pieces = pieces(&tally);
        let mut end = 0;
        for piece in &pieces {
            assert_eq!(piece.x, end);
            end += piece.width;
        }
        assert_eq!((pieces.len(), end), (4, 1000));
    }
}
