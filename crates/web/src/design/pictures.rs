//! On show: charts.

use lt_kernel::{Date, Lang};

use super::Piece;
use crate::chart::{Bars, Line, Point, Share};
use crate::ui::Verdict;
use crate::words::Talk;

pub(super) fn pieces(t: Talk<'_>) -> Vec<Piece> {
    let percent = |text: &str| if t.lang == Lang::Vi { text.to_owned() } else { text.replace(',', ".") };
    let counts = [8, 9, 2, 1, 2, 1, 1, 0];
    let share =
        Share::new(t, t.s("web-design-share"), t.s("web-design-share-text"), Verdict::ALL.into_iter().zip(counts));
    let bars = Bars::new(t, t.s("web-design-bars"), t.s("web-design-bars-text"))
        .bar(t.a("web-design-commune", "n", 1), 98.5, percent("98,5%"))
        .verdict(Verdict::Met)
        .bar(t.a("web-design-commune", "n", 2), 87.25, percent("87,25%"))
        .bar(t.a("web-design-commune", "n", 3), 40.7, percent("40,7%"))
        .verdict(Verdict::NotMet)
        .goal(95.0, "95%");
    let months = [(1, 61.0), (2, 66.5), (3, 71.0), (4, 70.2), (5, 84.4), (6, 91.0), (7, 96.3)];
    let points = months.map(|(month, value)| Point {
        day: Date::constant(2026, month, 28),
        value,
        text: percent(&format!("{value:.1}%").replace('.', ",")),
    });
    let line = Line::new(t, t.s("web-design-line"), t.s("web-design-line-text"), points)
        .goal(95.0, "95%")
        .band(95.0, f64::INFINITY)
        .span(Date::constant(2026, 1, 1), Date::constant(2026, 12, 31));
    let none = Line::new(t, t.s("web-design-line"), t.s("web-chart-none"), []);
    vec![
        Piece::new("share", "chart::Share", share),
        Piece::new("bars", "chart::Bars", bars),
        Piece::new("line", "chart::Line", line),
        Piece::new("line-empty", "chart::Line (0)", none),
    ]
}
