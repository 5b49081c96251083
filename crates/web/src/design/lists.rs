//! On show: facts, tables, trees, what happened.

use serde_json::json;

use super::Piece;
use crate::chart::Spark;
use crate::html::Html;
use crate::ui::{
    Column, Diff, Figures, Hits, Node, Pager, Papers, Progress, Row, Sort, Summary, Table, Tabs, Tag, Timeline, Tree,
    Verdict,
};
use crate::view::View;
use crate::words::Talk;

/// A figure of the show, with the decimal mark of the reader's language.
fn percent(t: Talk<'_>, text: &str) -> String {
    if t.lang == lt_kernel::Lang::Vi { text.to_owned() } else { text.replace(',', ".") }
}

fn table(view: &View) -> Table {
    let t = view.t();
    let columns = [
        Column::text(t.s("web-design-target")).sort(Sort::Up, view.with_query("sort", Some("name"))),
        Column::text(t.s("web-design-verdict")),
        Column::number(t.s("web-design-value")).sort(Sort::None, view.with_query("sort", Some("value"))),
        Column::text(t.s("web-design-course")),
    ];
    let rows = Verdict::ALL.into_iter().zip([("104,2", 1), ("98,5", 2), ("61,0", 3), ("40,7", 4), ("≥ 95", 5)]);
    let rows = rows.map(|(verdict, (value, n))| {
        Row::new([
            t.a("web-design-row", "n", n).into(),
            Tag::verdict(t, verdict).into(),
            percent(t, &format!("{value}%")).into(),
            Spark::new(t.s("web-design-course"), [1.0, f64::from(n), 3.0, 2.5, f64::from(6 - n)]).into(),
        ])
        .href("#table")
    });
    Table::new(t.s("web-design-table"), columns).rows(rows).total(Row::new([
        t.s("web-chart-total").into(),
        Html::default(),
        percent(t, "84,6%").into(),
        Html::default(),
    ]))
}

fn tree(t: Talk<'_>) -> Tree {
    let commune = |n: u8| Node::new(t.a("web-design-commune", "n", n)).href("#tree").note(format!("H01.{n:02}"));
    let root = Node::new(t.s("web-design-province")).href("#tree").note("H01").open();
    let old = Node::new(t.s("web-design-district")).note("H01.90").tag(Tag::warn(t.s("web-design-ended")));
    Tree::new(t.s("web-design-tree"), [root.below(commune(1)).below(commune(2)).below(old.below(commune(3)))])
}

fn story(t: Talk<'_>) -> Timeline {
    let before = json!({"value": percent(t, "96,8%"), "as-of": "30/06/2026"});
    let after = json!({"value": percent(t, "98,5%"), "as-of": "30/06/2026", "note": t.s("web-design-note-text")});
    let name = |place: &str| match place {
        "value" => t.s("web-design-value").to_owned(),
        "note" => t.s("web-design-note").to_owned(),
        other => other.to_owned(),
    };
    Timeline::new().moment("14:05 05/07/2026", t.s("web-design-moment2"), Diff::new(t, &before, &after, name)).moment(
        "09:12 01/07/2026",
        t.s("web-design-moment1"),
        "",
    )
}

pub(super) fn pieces(view: &View) -> Vec<Piece> {
    let t = view.t();
    let figures = Figures::new()
        .figure("24", t.s("web-design-targets"))
        .figure("17", t.s("web-verdict-met"))
        .href("#figures")
        .figure(percent(t, "70,8%"), t.s("web-chart-share"));
    let tabs = Tabs::new(t.s("web-design-tabs"))
        .tab(t.s("web-design-tab1"), "#tabs", true)
        .tab(t.s("web-design-tab2"), "#tabs", false)
        .count("12")
        .tab(t.s("web-design-tab3"), "#tabs", false);
    let summary = Summary::new()
        .row(t.s("web-design-owner"), t.s("web-design-commune-name"))
        .change(t.s("web-design-change"), "#summary")
        .row(t.s("web-design-verdict"), Tag::verdict(t, Verdict::Met))
        .row(t.s("web-design-day"), t.date(&lt_kernel::Date::constant(2026, 3, 5)));
    let hits = Hits::new().hit(t.s("web-design-target"), "#hits", t.s("web-design-kind-page")).hit(
        t.s("web-design-commune-name"),
        "#hits",
        t.s("web-design-kind-org"),
    );
    let papers = Papers::new().paper("Bao-cao-so-ket-quy-II.pdf", "#papers", percent(t, "PDF; 1,2 MB")).paper(
        "So-lieu-thang-6.xlsx",
        "#papers",
        "XLSX; 48 kB",
    );
    vec![
        Piece::new("figures", "Figures", figures),
        Piece::new("tabs", "Tabs", tabs),
        Piece::new("summary", "Summary", summary),
        Piece::new("table", "Table", table(view)),
        Piece::new("pager", "Pager", Pager::new(t, Some("#pager".into()), Some("#pager".into()))),
        Piece::new("tree", "Tree", tree(t)),
        Piece::new("timeline", "Timeline, Diff", story(t)),
        Piece::new("papers", "Papers", papers),
        Piece::new("hits", "Hits", hits),
        Piece::new("progress", "Progress", Progress::new(t.s("web-design-import"), t.s("web-design-left"), 62, 100)),
    ]
}
