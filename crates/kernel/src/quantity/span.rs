//! [`Span`]: every number a report may mean.

use std::cmp::Ordering;
use std::ops::RangeInclusive;

use super::exact::Exact;
use super::truth::Truth;

/// One end of a span.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase", tag = "end", content = "at")]
pub enum End {
    /// The number itself belongs to the span.
    Closed(Exact),
    /// The span comes as near as one likes, without the number.
    Open(Exact),
    /// No end on this side.
    Unbounded,
}

impl End {
    /// The number at this end, when there is one.
    #[must_use]
    pub const fn number(&self) -> Option<Exact> {
        match self {
            Self::Closed(at) | Self::Open(at) => Some(*at),
            Self::Unbounded => None,
        }
    }
}

/// An interval of exact numbers with at least one number in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "Ends", into = "Ends")]
pub struct Span {
    low: End,
    high: End,
}

#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Ends {
    low: End,
    high: End,
}

impl Span {
    /// Every number.
    pub const EVERYTHING: Self = Self { low: End::Unbounded, high: End::Unbounded };

    /// The span between two ends; `None` when no number lies between them.
    #[must_use]
    pub fn new(low: End, high: End) -> Option<Self> {
        let holds_something = match (low, high) {
            (End::Closed(low), End::Closed(high)) => low <= high,
            (End::Unbounded, _) | (_, End::Unbounded) => true,
            (End::Closed(low) | End::Open(low), End::Closed(high) | End::Open(high)) => low < high,
        };
        holds_something.then_some(Self { low, high })
    }

    /// For ends known to be in order.
    pub(super) const fn between(low: End, high: End) -> Self {
        Self { low, high }
    }

    /// Exactly `x`: \[x, x\].
    #[must_use]
    pub const fn point(x: Exact) -> Self {
        Self { low: End::Closed(x), high: End::Closed(x) }
    }

    /// \[x, ∞).
    #[must_use]
    pub const fn starting_at(x: Exact) -> Self {
        Self { low: End::Closed(x), high: End::Unbounded }
    }

    /// (x, ∞).
    #[must_use]
    pub const fn above(x: Exact) -> Self {
        Self { low: End::Open(x), high: End::Unbounded }
    }

    /// (−∞, x\].
    #[must_use]
    pub const fn ending_at(x: Exact) -> Self {
        Self { low: End::Unbounded, high: End::Closed(x) }
    }

    /// (−∞, x).
    #[must_use]
    pub const fn below(x: Exact) -> Self {
        Self { low: End::Unbounded, high: End::Open(x) }
    }

    /// \[low, high\]; `None` when `low > high`.
    #[must_use]
    pub fn closed(low: Exact, high: Exact) -> Option<Self> {
        Self::new(End::Closed(low), End::Closed(high))
    }

    /// \[low, high); `None` unless `low < high`.
    #[must_use]
    pub fn half_open(low: Exact, high: Exact) -> Option<Self> {
        Self::new(End::Closed(low), End::Open(high))
    }

    /// The lower end.
    #[must_use]
    pub const fn low(&self) -> End {
        self.low
    }

    /// The upper end.
    #[must_use]
    pub const fn high(&self) -> End {
        self.high
    }

    /// The number, when there is only one.
    #[must_use]
    pub fn single(&self) -> Option<Exact> {
        match (self.low, self.high) {
            (End::Closed(low), End::Closed(high)) if low == high => Some(low),
            _ => None,
        }
    }

    /// Whether `x` may be meant.
    #[must_use]
    pub fn contains(&self, x: &Exact) -> bool {
        self.more_than(x) != Truth::Yes && self.less_than(x) != Truth::Yes
    }

    /// Whether a recomputed value does not contradict the report (vector G11).
    #[must_use]
    pub fn consistent_with(&self, recomputed: &Exact) -> bool {
        self.contains(recomputed)
    }

    /// What both allow; `None` when they exclude each other.
    #[must_use]
    pub fn intersect(&self, other: &Self) -> Option<Self> {
        let low = if tighter_low(self.low, other.low) { self.low } else { other.low };
        let high = if tighter_high(self.high, other.high) { self.high } else { other.high };
        Self::new(low, high)
    }

    /// Whether some number lies in both.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        self.intersect(other).is_some()
    }

    /// Cut to `range`, as `0..=100` for a share that cannot pass the whole; `None` when nothing is left.
    ///
    /// Never done by itself: fulfilment above 100 % exists.
    #[must_use]
    pub fn clamp(&self, range: RangeInclusive<Exact>) -> Option<Self> {
        let (low, high) = range.into_inner();
        Self::closed(low, high)?.intersect(self)
    }

    /// v ≥ t?
    #[must_use]
    pub fn at_least(&self, t: &Exact) -> Truth {
        if self.low.number().is_some_and(|low| low >= *t) {
            return Truth::Yes;
        }
        match self.high {
            End::Closed(high) if high < *t => Truth::No,
            End::Open(high) if high <= *t => Truth::No,
            _ => Truth::Open,
        }
    }

    /// v > t?
    #[must_use]
    pub fn more_than(&self, t: &Exact) -> Truth {
        if self.high.number().is_some_and(|high| high <= *t) {
            return Truth::No;
        }
        match self.low {
            End::Closed(low) if low > *t => Truth::Yes,
            End::Open(low) if low >= *t => Truth::Yes,
            _ => Truth::Open,
        }
    }

    /// v ≤ t?
    #[must_use]
    pub fn at_most(&self, t: &Exact) -> Truth {
        !self.more_than(t)
    }

    /// v < t?
    #[must_use]
    pub fn less_than(&self, t: &Exact) -> Truth {
        !self.at_least(t)
    }

    /// v = t? Open for a span that merely holds t.
    #[must_use]
    pub fn equals(&self, t: &Exact) -> Truth {
        match self.single() {
            Some(x) => Truth::from(x == *t),
            None if self.contains(t) => Truth::Open,
            None => Truth::No,
        }
    }
}

/// Whether the lower end `a` leaves less than, or the same as, `b`.
fn tighter_low(a: End, b: End) -> bool {
    match (a.number(), b.number()) {
        (_, None) => true,
        (None, _) => false,
        (Some(x), Some(y)) => match x.cmp(&y) {
            Ordering::Equal => matches!(a, End::Open(_)),
            order => order == Ordering::Greater,
        },
    }
}

/// Whether the upper end `a` leaves less than, or the same as, `b`.
fn tighter_high(a: End, b: End) -> bool {
    match (a.number(), b.number()) {
        (_, None) => true,
        (None, _) => false,
        (Some(x), Some(y)) => match x.cmp(&y) {
            Ordering::Equal => matches!(a, End::Open(_)),
            order => order == Ordering::Less,
        },
    }
}

impl TryFrom<Ends> for Span {
    type Error = &'static str;

    fn try_from(ends: Ends) -> Result<Self, &'static str> {
        Self::new(ends.low, ends.high).ok_or("no number lies between the ends")
    }
}

impl From<Span> for Ends {
    fn from(span: Span) -> Self {
        Self { low: span.low, high: span.high }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n(value: i64) -> Exact {
        Exact::whole(value)
    }

    #[test]
    fn empty_spans_do_not_exist() {
        assert_eq!(Span::closed(n(2), n(1)), None);
        assert_eq!(Span::half_open(n(1), n(1)), None);
        assert_eq!(Span::closed(n(1), n(1)), Some(Span::point(n(1))));
        let backwards = r#"{"low":{"end":"closed","at":"2"},"high":{"end":"closed","at":"1"}}"#;
        assert!(serde_json::from_str::<Span>(backwards).is_err());
        let over = Span::above(n(1));
        assert_eq!(serde_json::from_str::<Span>(&serde_json::to_string(&over).unwrap()).unwrap(), over);
    }

    #[test]
    fn ends_belong_or_do_not() {
        let span = Span::half_open(n(85), n(90)).unwrap();
        assert!(span.contains(&n(85)) && span.contains(&n(89)) && !span.contains(&n(90)) && !span.contains(&n(84)));
        assert!(!Span::above(n(5)).contains(&n(5)) && Span::starting_at(n(5)).contains(&n(5)));
        assert!(!Span::below(n(5)).contains(&n(5)) && Span::ending_at(n(5)).contains(&n(5)));
        assert!(Span::EVERYTHING.contains(&n(-1)));
    }

    #[test]
    fn comparisons_at_the_ends() {
        use Truth::{No, Open, Yes};
        let near = Span::half_open(n(85), n(90)).unwrap();
        assert_eq!([n(85), n(86), n(90)].map(|t| near.at_least(&t)), [Yes, Open, No]);
        assert_eq!([n(84), n(85), n(90)].map(|t| near.more_than(&t)), [Yes, Open, No]);
        assert_eq!([n(84), n(85), n(90)].map(|t| near.at_most(&t)), [No, Open, Yes]);
        assert_eq!([n(85), n(86), n(90)].map(|t| near.less_than(&t)), [No, Open, Yes]);
        assert_eq!([n(84), n(85), n(90)].map(|t| near.equals(&t)), [No, Open, No]);
        assert_eq!(Span::above(n(50)).more_than(&n(50)), Yes);
        assert_eq!(Span::point(n(50)).equals(&n(50)), Yes);
    }

    #[test]
    fn clamping_is_explicit_and_may_leave_nothing() {
        let over = Span::above(n(90));
        assert_eq!(over.clamp(n(0)..=n(100)), Span::new(End::Open(n(90)), End::Closed(n(100))));
        assert_eq!(over.at_most(&n(100)), Truth::Open, "without the cap it may pass 100");
        assert_eq!(Span::above(n(100)).clamp(n(0)..=n(100)), None);
        assert!(Span::point(n(1)).meets(&Span::ending_at(n(1))) && !Span::point(n(1)).meets(&Span::below(n(1))));
    }
}
