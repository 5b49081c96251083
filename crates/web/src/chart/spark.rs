//! A line as small as a word, for tables.

use askama::Template;

use super::scale::at;
use crate::ui::safe;

/// A small line; the text says what it shows to those who do not see it.
#[derive(Debug, Clone, Template)]
#[template(
    ext = "html",
    source = r#"<svg class="spark" viewBox="0 0 112 26" role="img" aria-label="{{ text }}"><title>{{ text }}</title>{% let places = self.places() %}<polyline points="{% for (x, y) in places.iter() %}{{ x }},{{ y }} {% endfor %}"/>{% if let Some((x, y)) = places.last() %}<circle cx="{{ x }}" cy="{{ y }}" r="3"/>{% endif %}</svg>"#
)]
#[must_use]
pub struct Spark {
    text: String,
    values: Vec<f64>,
}

impl Spark {
    /// Figures in the order of time, evenly spaced.
    pub fn new(text: impl Into<String>, values: impl IntoIterator<Item = f64>) -> Self {
        Self { text: text.into(), values: values.into_iter().filter(|value| value.is_finite()).collect() }
    }

    fn places(&self) -> Vec<(String, String)> {
        let low = self.values.iter().copied().fold(f64::INFINITY, f64::min);
        let high = self.values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let room = if high > low { high - low } else { 1.0 };
        let step = 104.0 / f64::from(u32::try_from(self.values.len().max(2) - 1).unwrap_or(1));
        let mut x = 4.0 - step;
        let mut place = |value: &f64| {
            x += step;
            (at(x), at(22.0 - (value - low) / room * 18.0))
        };
        self.values.iter().map(&mut place).collect()
    }
}

safe!(Spark);
