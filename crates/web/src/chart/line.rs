//! A line over time with the figure to be reached and the band it may lie in.

use askama::Template;
use lt_kernel::Date;

use super::scale::{Scale, at};
use crate::ui::safe;
use crate::words::Talk;

/// An observation: the day it holds for, its figure, and the figure in words.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// The day.
    pub day: Date,
    /// Where it is drawn.
    pub value: f64,
    /// What is written, with its unit and qualifier.
    pub text: String,
}

/// Observations over time against a target.
#[derive(Debug, Clone, Template)]
#[template(path = "chart/line.html")]
#[must_use]
pub struct Line<'a> {
    t: Talk<'a>,
    title: String,
    description: String,
    points: Vec<Point>,
    goal: Option<(f64, String)>,
    band: Option<(f64, f64)>,
    span: Option<(Date, Date)>,
}

/// The drawing: 640 × 280, the plot inside it.
const LEFT: f64 = 64.0;
const RIGHT: f64 = 620.0;
const TOP: f64 = 24.0;
const BOTTOM: f64 = 236.0;

/// A line across, with its figure.
struct Tick {
    y: String,
    text_y: String,
    text: String,
}

/// Where everything is drawn.
struct Plot {
    ticks: Vec<Tick>,
    days: Vec<(String, String)>,
    path: String,
    dots: Vec<(String, String, String)>,
    goal: Option<(String, String)>,
    band: Option<(String, String)>,
}

impl<'a> Line<'a> {
    /// A chart with its title and what it tells in one sentence; the points in the order of their days.
    pub fn new(
        t: Talk<'a>,
        title: impl Into<String>,
        description: impl Into<String>,
        points: impl IntoIterator<Item = Point>,
    ) -> Self {
        Self {
            t,
            title: title.into(),
            description: description.into(),
            points: points.into_iter().collect(),
            goal: None,
            band: None,
            span: None,
        }
    }

    /// Draws the figure to be reached.
    pub fn goal(mut self, value: f64, text: impl Into<String>) -> Self {
        self.goal = Some((value, text.into()));
        self
    }

    /// Shades the figures that keep the target, from the lower to the upper (infinite: to the edge).
    pub fn band(mut self, low: f64, high: f64) -> Self {
        self.band = Some((low, high));
        self
    }

    /// Shows this stretch of days, such as the whole term, not only those with observations.
    pub fn span(mut self, from: Date, to: Date) -> Self {
        self.span = Some((from, to));
        self
    }

    fn plot(&self) -> Plot {
        let edges = self.band.iter().flat_map(|(low, high)| [*low, *high]).filter(|edge| edge.is_finite());
        let goal = self.goal.iter().map(|(value, _)| *value);
        let scale = Scale::over(self.points.iter().map(|point| point.value).chain(goal).chain(edges));
        let days = self.points.iter().map(|point| point.day);
        let days: Vec<Date> = days.chain(self.span.iter().flat_map(|(from, to)| [*from, *to])).collect();
        let first = days.iter().min().copied().unwrap_or_default();
        let last = days.iter().max().copied().unwrap_or_default();
        let y = |value: f64| BOTTOM - scale.place(value) * (BOTTOM - TOP);
        let long = f64::from(days_between(first, last));
        let x = |day: Date| {
            let share = if long > 0.0 { f64::from(days_between(first, day)) / long } else { 0.5 };
            LEFT + 8.0 + share * (RIGHT - LEFT - 16.0)
        };
        let places: Vec<(String, String, String)> = self
            .points
            .iter()
            .map(|point| (at(x(point.day)), at(y(point.value)), format!("{}: {}", self.t.date(&point.day), point.text)))
            .collect();
        let shown = if first == last { vec![first] } else { vec![first, middle(first, last), last] };
        Plot {
            ticks: scale
                .ticks
                .iter()
                .map(|tick| Tick { y: at(y(*tick)), text_y: at(y(*tick) + 4.5), text: scale.write(*tick, self.t.lang) })
                .collect(),
            days: shown.into_iter().map(|day| (at(x(day)), self.t.date(&day))).collect(),
            path: places.iter().map(|(x, y, _)| format!("{x},{y} ")).collect::<Vec<_>>().concat(),
            dots: places,
            goal: self.goal.as_ref().map(|(value, _)| (at(y(*value)), at(y(*value) - 7.0))),
            band: self.band.map(|(low, high)| {
                let (low, high) = (y(low.max(scale.low)), y(high.min(scale.high)));
                (at(high), at((low - high).max(0.0)))
            }),
        }
    }
}

/// Days from one date to the other.
fn days_between(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

/// The day halfway.
fn middle(from: Date, to: Date) -> Date {
    let half = usize::try_from(days_between(from, to) / 2).unwrap_or(0);
    std::iter::successors(Some(from), |day| day.tomorrow().ok()).nth(half).unwrap_or(from)
}

safe!(Line<'_>);
