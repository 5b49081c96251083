//! The scoreboard of a resolution.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use lt_kernel::id::OrgId;
use lt_kernel::quantity::numbers;
use lt_module::Host;
use lt_web::chart::Share;
use lt_web::ui::{Filter, Tabs, Tag, Verdict as Mark};
use lt_web::{Crumb, Problem, Talk, View};

use super::ask::{self, Days, Wanted};
use super::lines::{Group, groups};
use crate::book::{Board, Tally};
use crate::resolution::door::{self, Names, Tab};

#[derive(Template)]
#[template(path = "board/show.html")]
struct BoardHtml<'a> {
    t: Talk<'a>,
    title: &'a str,
    issuer: &'a str,
    term: String,
    marks: Vec<Tag>,
    tabs: Tabs,
    elapsed: String,
    asof: String,
    is_past: bool,
    share: Share<'a>,
    filter: Filter<'a>,
    own: &'a [Group<'a>],
    directives: &'a [Group<'a>],
    base: String,
    days: String,
    query: String,
    shown: String,
    is_empty: bool,
    may_define: bool,
}

/// The counts of a tally by mark, in the order they are drawn.
#[must_use]
pub(crate) fn counts(tally: &Tally) -> [(Mark, u32); 8] {
    [
        (Mark::Exceeded, tally.exceeded),
        (Mark::Met, tally.just_met),
        (Mark::OnTheWay, tally.on_the_way),
        (Mark::AtRisk, tally.at_risk),
        (Mark::NotMet, tally.not_met),
        (Mark::Undetermined, tally.undetermined),
        (Mark::Unknown, tally.unknown),
        (Mark::NotApplicable, tally.not_applicable),
    ]
}

/// Which owners the targets of a board have, in the order of their names.
fn owners<'a>(board: &Board, names: &'a Names) -> Vec<(OrgId, &'a str)> {
    let mut owners: Vec<OrgId> = board.whole.targets.iter().map(|held| held.owner).collect();
    owners.sort_unstable();
    owners.dedup();
    let mut list: Vec<(OrgId, &str)> = owners.into_iter().map(|owner| (owner, names.of(owner))).collect();
    list.sort_by(|one, other| one.1.cmp(other.1));
    list
}

/// "Drawn for …, as known on …", in words.
pub(crate) fn as_of(t: Talk<'_>, days: &Days) -> String {
    let at = t.date(&days.at);
    match &days.known {
        None => t.a("targets-board-asof", "at", at),
        Some(known) => t.with("targets-board-asof-known", &[("at", &at), ("known", &t.date(known))]),
    }
}

/// Shows the board.
pub(super) async fn show(State(host): State<Host>, view: View, Path(code): Path<String>) -> Result<Response, Problem> {
    let listed = door::open(&host, &view, &code).await?;
    let today = host.clock.today();
    let (days, wanted) = (Days::of(&view, today), Wanted::of(&view));
    let board = door::book(&host)?.board(listed.id, days.at, days.known_at()).await?.ok_or_else(Problem::not_found)?;
    let names = Names::on(&host, days.at).await?;
    let t = view.t();
    let groups = groups(&view, &board, &names, &wanted);
    let base = door::address(&code);
    let elapsed = board.verdicts.first().map(|verdict| numbers::write_percent(&verdict.elapsed, 0, t.lang));
    let tally = &board.tally;
    let told = t.with("targets-board-told", &[("met", &tally.met().to_string()), ("all", &tally.all.to_string())]);
    let html = BoardHtml {
        t,
        title: door::title(&listed, view.lang),
        issuer: names.of(listed.org),
        term: door::term(&view, &listed),
        marks: door::marks(&view, &listed),
        tabs: door::tabs(&view, &listed, Tab::Board),
        elapsed: elapsed.map(|share| t.a("targets-board-elapsed", "share", share)).unwrap_or_default(),
        asof: as_of(t, &days),
        is_past: days.known.is_some(),
        share: Share::new(t, t.s("targets-board-chart"), told, counts(tally)),
        filter: ask::form(&view, &days, &base, &owners(&board, &names)),
        own: &groups.own,
        directives: &groups.directives,
        days: days.query(today),
        query: if view.query.is_empty() { String::new() } else { format!("?{}", view.query) },
        shown: t.with(
            "targets-board-shown",
            &[("shown", &groups.shown.to_string()), ("all", &board.whole.targets.len().to_string())],
        ),
        is_empty: board.whole.targets.is_empty(),
        may_define: view.viewer.may("targets.define", listed.org),
        base,
    };
    let crumbs = [Crumb::new(t.s("targets-list-title"), "/targets")];
    view.page(html.title).wide().crumbs(crumbs).show(&html)
}
