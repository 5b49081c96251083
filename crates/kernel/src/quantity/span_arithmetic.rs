//! Arithmetic of spans: the narrowest span that holds every result of numbers taken one from each.
//!
//! The operands are taken as independent. Where they are not (a part and the whole that contains it)
//! use [`Span::share_with_rest`], in which every figure occurs once.

use super::exact::{Exact, TooLarge, Undivided};
use super::span::{End, Span};

impl Span {
    /// Every sum.
    ///
    /// # Errors
    /// [`TooLarge`] when an end does not fit.
    pub fn plus(&self, other: &Self) -> Result<Self, TooLarge> {
        Ok(Self::between(add(self.low(), other.low())?, add(self.high(), other.high())?))
    }

    /// Every difference.
    ///
    /// # Errors
    /// [`TooLarge`] when an end does not fit.
    pub fn minus(&self, other: &Self) -> Result<Self, TooLarge> {
        self.plus(&other.negated())
    }

    /// Every number with the other sign.
    #[must_use]
    pub fn negated(&self) -> Self {
        Self::between(turn(self.high()), turn(self.low()))
    }

    /// Every product with `factor`, of either sign.
    ///
    /// # Errors
    /// [`TooLarge`] when an end does not fit.
    pub fn times(&self, factor: &Exact) -> Result<Self, TooLarge> {
        if factor.is_zero() {
            return Ok(Self::point(Exact::ZERO));
        }
        let size = factor.abs();
        let scaled = Self::between(scale(self.low(), &size)?, scale(self.high(), &size)?);
        Ok(if factor.is_negative() { scaled.negated() } else { scaled })
    }

    /// Whether every number in it is above zero.
    #[must_use]
    pub fn is_positive(&self) -> bool {
        self.more_than(&Exact::ZERO).is_yes()
    }

    /// Every quotient by a positive span (the ratio of two qualified counts).
    ///
    /// # Errors
    /// [`Undivided::ByZero`] when `divisor` may be zero or less, [`Undivided::TooLarge`] when an end does not fit.
    pub fn divided_by(&self, divisor: &Self) -> Result<Self, Undivided> {
        if !divisor.is_positive() {
            return Err(Undivided::ByZero);
        }
        // A quotient shrinks towards zero by the greatest divisor and grows by the least.
        let low_below_zero = self.low().number().is_some_and(|low| low.is_negative());
        let high_above_zero = self.high().number().is_some_and(|high| high.is_positive());
        let low = quotient(self.low(), if low_below_zero { divisor.low() } else { divisor.high() })?;
        let high = quotient(self.high(), if high_above_zero { divisor.low() } else { divisor.high() })?;
        Ok(Self::between(low, high))
    }

    /// Every share part ÷ (part + rest), as a number from 0 to 1.
    ///
    /// # Errors
    /// [`Undivided::ByZero`] unless `part` is positive and `rest` is never below zero;
    /// [`Undivided::TooLarge`] when an end does not fit.
    pub fn share_with_rest(part: &Self, rest: &Self) -> Result<Self, Undivided> {
        if !rest.at_least(&Exact::ZERO).is_yes() {
            return Err(Undivided::ByZero);
        }
        let one = Self::point(Exact::ONE);
        one.divided_by(&one.plus(&rest.divided_by(part)?)?)
    }
}

fn add(a: End, b: End) -> Result<End, TooLarge> {
    Ok(match (a, b) {
        (End::Unbounded, _) | (_, End::Unbounded) => End::Unbounded,
        (End::Closed(x), End::Closed(y)) => End::Closed(x.checked_add(&y)?),
        (End::Closed(x) | End::Open(x), End::Closed(y) | End::Open(y)) => End::Open(x.checked_add(&y)?),
    })
}

fn turn(end: End) -> End {
    match end {
        End::Closed(x) => End::Closed(x.negated()),
        End::Open(x) => End::Open(x.negated()),
        End::Unbounded => End::Unbounded,
    }
}

fn scale(end: End, factor: &Exact) -> Result<End, TooLarge> {
    Ok(match end {
        End::Closed(x) => End::Closed(x.checked_mul(factor)?),
        End::Open(x) => End::Open(x.checked_mul(factor)?),
        End::Unbounded => End::Unbounded,
    })
}

/// The limit of `end ÷ divisor` where the divisor runs to its own end; that end is ≥ 0.
fn quotient(end: End, divisor: End) -> Result<End, Undivided> {
    let Some(number) = end.number() else {
        return Ok(End::Unbounded);
    };
    if number.is_zero() {
        // 0 ÷ anything is 0, whatever the divisor's end is like.
        return Ok(end);
    }
    Ok(match (end, divisor) {
        (_, End::Unbounded) => End::Open(Exact::ZERO),
        (_, End::Open(zero)) if zero.is_zero() => End::Unbounded,
        (End::Closed(_), End::Closed(by)) => End::Closed(number.checked_div(&by)?),
        (_, End::Closed(by) | End::Open(by)) => End::Open(number.checked_div(&by)?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n(value: i64) -> Exact {
        Exact::whole(value)
    }

    #[test]
    fn sums_and_differences_keep_open_ends_open() {
        let near = Span::half_open(n(85), n(90)).unwrap();
        assert_eq!(near.minus(&Span::point(n(70))), Ok(Span::half_open(n(15), n(20)).unwrap()));
        assert_eq!(near.plus(&Span::above(n(1))), Ok(Span::above(n(86))));
        assert_eq!(near.negated(), Span::new(End::Open(n(-90)), End::Closed(n(-85))).unwrap());
        assert_eq!(near.times(&n(0)), Ok(Span::point(n(0))));
        assert_eq!(near.times(&n(-1)), Ok(near.negated()));
    }

    #[test]
    fn quotients_of_positive_spans() {
        let half = Exact::from_parts(1, 2).unwrap();
        let ratio = Span::closed(n(1), n(4)).unwrap().divided_by(&Span::closed(n(2), n(4)).unwrap());
        assert_eq!(ratio, Ok(Span::closed(Exact::from_parts(1, 4).unwrap(), n(2)).unwrap()));
        assert_eq!(
            Span::point(n(1)).divided_by(&Span::starting_at(n(2))),
            Ok(Span::new(End::Open(n(0)), End::Closed(half)).unwrap())
        );
        assert_eq!(Span::point(n(0)).divided_by(&Span::above(n(0))), Ok(Span::point(n(0))));
        assert_eq!(Span::point(n(1)).divided_by(&Span::above(n(0))), Ok(Span::above(n(0))));
        assert_eq!(Span::point(n(-1)).divided_by(&Span::above(n(0))), Ok(Span::below(n(0))));
        assert_eq!(Span::point(n(1)).divided_by(&Span::starting_at(n(0))), Err(Undivided::ByZero));
        assert_eq!(Span::point(n(1)).divided_by(&Span::EVERYTHING), Err(Undivided::ByZero));
    }

    #[test]
    fn a_share_is_never_above_the_whole() {
        let share = Span::share_with_rest(&Span::above(n(4600)), &Span::above(n(700)));
        assert_eq!(share, Ok(Span::new(End::Open(n(0)), End::Open(n(1))).unwrap()));
        let exact = Span::share_with_rest(&Span::point(n(4600)), &Span::point(n(700)));
        assert_eq!(exact, Ok(Span::point(Exact::from_parts(46, 53).unwrap())));
        assert!(Span::share_with_rest(&Span::point(n(1)), &Span::point(n(-1))).is_err());
    }
}
