//! One bar cut into shares: how many are met, at risk, not met…

use askama::Template;

use super::scale::{at, write};
use crate::ui::{Verdict, safe};
use crate::words::Talk;

/// One share.
struct Part<'a> {
    name: &'a str,
    class: &'static str,
    sign: &'static str,
    count: u32,
    percent: String,
    x: String,
    width: String,
    middle: String,
    is_wide: bool,
}

/// How many things have which verdict, as shares of one bar.
#[derive(Debug, Clone, Template)]
#[template(path = "chart/share.html")]
#[must_use]
pub struct Share<'a> {
    t: Talk<'a>,
    title: String,
    description: String,
    counts: Vec<(Verdict, u32)>,
}

impl<'a> Share<'a> {
    /// The counts, in the order they are drawn; those of zero stand in the table only.
    pub fn new(
        t: Talk<'a>,
        title: impl Into<String>,
        description: impl Into<String>,
        counts: impl IntoIterator<Item = (Verdict, u32)>,
    ) -> Self {
        Self { t, title: title.into(), description: description.into(), counts: counts.into_iter().collect() }
    }

    fn total(&self) -> u32 {
        self.counts.iter().map(|(_, count)| count).sum()
    }

    fn parts(&self) -> Vec<Part<'_>> {
        let total = f64::from(self.total().max(1));
        let mut x = 0.0;
        let mut parts = Vec::with_capacity(self.counts.len());
        for (verdict, count) in &self.counts {
            let width = f64::from(*count) / total * 100.0;
            parts.push(Part {
                name: self.t.s(verdict.key()),
                class: verdict.fill(),
                sign: verdict.sign(),
                count: *count,
                percent: format!("{}%", write(width, 1, self.t.lang)),
                x: at(x),
                width: at(width),
                middle: at(x + width / 2.0),
                is_wide: width >= 9.0,
            });
            x += width;
        }
        parts
    }
}

safe!(Share<'_>);
