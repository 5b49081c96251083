//! Bars: amounts of several things, the name above each bar.

use askama::Template;

use super::scale::{Scale, at};
use crate::ui::{Verdict, safe};
use crate::words::Talk;

/// One bar.
#[derive(Debug, Clone)]
struct Bar {
    name: String,
    value: f64,
    text: String,
    class: &'static str,
}

/// Amounts of several things.
#[derive(Debug, Clone, Template)]
#[template(path = "chart/bars.html")]
#[must_use]
pub struct Bars<'a> {
    t: Talk<'a>,
    title: String,
    description: String,
    list: Vec<Bar>,
    goal: Option<(f64, String)>,
}

/// Where one bar is drawn.
struct Drawn<'a> {
    bar: &'a Bar,
    name_y: String,
    y: String,
    text_y: String,
    width: String,
}

/// Width of the longest bar in percent of the drawing; the rest takes the written amount. Percents, so
/// that a narrow screen shortens the bars and not the letters.
const LONGEST: f64 = 78.0;
/// Height of one bar with its name.
const ROW: f64 = 50.0;

impl<'a> Bars<'a> {
    /// A chart with its title and what it tells in one sentence.
    pub fn new(t: Talk<'a>, title: impl Into<String>, description: impl Into<String>) -> Self {
        Self { t, title: title.into(), description: description.into(), list: Vec::new(), goal: None }
    }

    /// Adds a bar; `value` draws it, `text` is written beside it.
    pub fn bar(mut self, name: impl Into<String>, value: f64, text: impl Into<String>) -> Self {
        self.list.push(Bar { name: name.into(), value, text: text.into(), class: "bar" });
        self
    }

    /// Colours the last bar by a verdict.
    pub fn verdict(mut self, verdict: Verdict) -> Self {
        if let Some(bar) = self.list.last_mut() {
            bar.class = verdict.fill();
        }
        self
    }

    /// Draws the amount to be reached.
    pub fn goal(mut self, value: f64, text: impl Into<String>) -> Self {
        self.goal = Some((value, text.into()));
        self
    }

    fn scale(&self) -> Scale {
        let goal = self.goal.iter().map(|(value, _)| *value);
        Scale::over(self.list.iter().map(|bar| bar.value).chain(goal).chain([0.0]))
    }

    fn drawn(&self) -> Vec<Drawn<'_>> {
        let scale = self.scale();
        let mut top = 0.0;
        let mut drawn = Vec::with_capacity(self.list.len());
        for bar in &self.list {
            let width = scale.place(bar.value) * LONGEST;
            drawn.push(Drawn {
                bar,
                name_y: at(top + 15.0),
                y: at(top + 22.0),
                text_y: at(top + 36.0),
                width: at(width.max(0.3)),
            });
            top += ROW;
        }
        drawn
    }

    fn goal_x(&self) -> String {
        at(self.goal.as_ref().map_or(0.0, |(value, _)| self.scale().place(*value) * LONGEST))
    }

    /// Whether the words of the goal stand left of its line, for want of room on the right.
    fn is_goal_right(&self) -> bool {
        self.goal.as_ref().is_some_and(|(value, _)| self.scale().place(*value) > 0.5)
    }

    fn height(&self) -> usize {
        self.list.len() * 50 + if self.goal.is_some() { 20 } else { 0 }
    }
}

safe!(Bars<'_>);
