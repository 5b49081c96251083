//! Indicators: what a module offers to be judged by, and the records behind each figure.

use std::future::Future;
use std::pin::Pin;

use lt_kernel::id::{OrgId, Uuid};
use lt_kernel::{Instant, Interval};

/// An answer that takes a while.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, Unanswered>> + Send + 'a>>;

/// Why a question has no answer.
#[derive(Debug, thiserror::Error)]
pub enum Unanswered {
    /// The module does not know this indicator or scope.
    #[error("no indicator {0}")]
    Unknown(String),
    /// The module could not look.
    #[error("the records could not be read")]
    Failed(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// An indicator a module offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indicator {
    /// Code with the module in front, such as `targets.met-share`.
    pub code: &'static str,
    /// Key of its name in the words.
    pub name_key: &'static str,
    /// Unit of the figure: `percent`, `count`, `days`…
    pub unit: &'static str,
    /// Names of the dimensions it can be narrowed by besides organisation and period.
    pub dimensions: &'static [&'static str],
    /// Whether it has a numerator and a denominator, not just a count.
    pub is_ratio: bool,
}

/// What is asked: one indicator, one organisation (with all below it), one period, as known at an instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// Code of the indicator.
    pub code: String,
    /// Organisation whose figure it is; none: the whole installation.
    pub org: Option<OrgId>,
    /// The days it covers; for a stock, the last day counts.
    pub period: Interval,
    /// What was known at this instant.
    pub known_at: Instant,
    /// Narrowing, as (dimension, value).
    pub dimensions: Vec<(String, String)>,
}

/// The figure, in whole counts, so that nothing is rounded before it is judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// The count, or the numerator of a ratio.
    pub numerator: i64,
    /// The denominator of a ratio.
    pub denominator: Option<i64>,
}

/// One record behind a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The record's identifier in its module.
    pub id: Uuid,
    /// What a person reads in the list.
    pub title: String,
    /// Page of the record.
    pub href: String,
    /// Whether it counts in the numerator (else only in the denominator).
    pub in_numerator: bool,
}

/// A page of the records behind a figure.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Records {
    /// The records, in a stable order.
    pub rows: Vec<Record>,
    /// Where the next page starts, when there is one.
    pub next: Option<String>,
}

/// Implemented by every module whose work is judged.
pub trait IndicatorSource: Send + Sync {
    /// What the module offers.
    fn indicators(&self) -> &[Indicator];

    /// The figure.
    fn figure<'a>(&'a self, ask: &'a Ask) -> Answer<'a, Figure>;

    /// Which records make up the figure, a page of at most `limit` after `cursor`.
    fn records<'a>(&'a self, ask: &'a Ask, cursor: Option<&'a str>, limit: usize) -> Answer<'a, Records>;
}
