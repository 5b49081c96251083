//! [`Exact`]: a fraction of whole numbers, in lowest terms, with arithmetic that may refuse.

use std::fmt;
use std::str::FromStr;

use num_rational::Ratio;
use num_traits::{CheckedAdd, CheckedDiv, CheckedMul, CheckedSub};

use super::numbers::decimal::Decimal;
use crate::lang::Said;

/// An exact rational number: numerator and denominator of up to 127 bits, always in lowest terms.
///
/// Ordering, equality and hashing are by value. As text (and in serde) it has one canonical form:
/// `5`, `86.5`, or `4600/53` when no decimal of at most [`Exact::CANONICAL_PLACES`] places is exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Exact(Ratio<i128>);

/// The exact result does not fit into 127 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the exact result is too large")]
pub struct TooLarge;

impl TooLarge {
    /// The refusal for a reader.
    #[must_use]
    pub fn said(&self) -> Said {
        Said::new("kernel-number-too-large-result")
    }
}

/// A quotient that does not exist or does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Undivided {
    /// The divisor is zero: there is nothing to relate to, and the answer is not 0 % or 100 %.
    #[error("division by zero")]
    ByZero,
    /// The exact result is too large.
    #[error(transparent)]
    TooLarge(#[from] TooLarge),
}

impl Undivided {
    /// The refusal for a reader.
    #[must_use]
    pub fn said(&self) -> Said {
        match self {
            Self::ByZero => Said::new("kernel-number-divided-by-zero"),
            Self::TooLarge(fault) => fault.said(),
        }
    }
}

/// A text that is not the canonical form of an exact number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a canonical exact number: {text:?}")]
pub struct NotCanonical {
    /// The text as it came.
    pub text: String,
}

impl NotCanonical {
    /// The refusal for a reader.
    #[must_use]
    pub fn said(&self) -> Said {
        Said::new("kernel-number-not-canonical").with("text", &self.text)
    }
}

impl Exact {
    /// 0.
    pub const ZERO: Self = Self(Ratio::new_raw(0, 1));
    /// 1.
    pub const ONE: Self = Self(Ratio::new_raw(1, 1));
    /// 100, the whole in per cent.
    pub const HUNDRED: Self = Self(Ratio::new_raw(100, 1));
    /// The most decimal places the canonical text uses before it turns to a fraction.
    pub const CANONICAL_PLACES: u32 = 18;

    /// The whole number `value`.
    #[must_use]
    pub const fn whole(value: i64) -> Self {
        // `as` widens: `From` is not yet callable in a const function.
        Self(Ratio::new_raw(value as i128, 1))
    }

    /// `num / den` in lowest terms; `None` when `den` is zero.
    #[must_use]
    pub fn from_parts(num: i64, den: i64) -> Option<Self> {
        (den != 0).then(|| Self(Ratio::new(i128::from(num), i128::from(den))))
    }

    /// Numerator and denominator (> 0) in lowest terms, for two `BIGINT` columns.
    ///
    /// `None` when one of them needs more than 63 bits: the caller must refuse to store, not round.
    #[must_use]
    pub fn parts(&self) -> Option<(i64, i64)> {
        Some((i64::try_from(*self.0.numer()).ok()?, i64::try_from(*self.0.denom()).ok()?))
    }

    /// `num / den` from wide integers.
    pub(crate) fn from_wide(num: i128, den: i128) -> Result<Self, Undivided> {
        if den == 0 {
            return Err(Undivided::ByZero);
        }
        // The lowest i128 has no opposite; it is kept out so that signs can always be turned.
        if num == i128::MIN || den == i128::MIN {
            return Err(Undivided::TooLarge(TooLarge));
        }
        Ok(Self(Ratio::new(num, den)))
    }

    fn fitting(ratio: Option<Ratio<i128>>) -> Result<Self, TooLarge> {
        ratio.filter(|ratio| *ratio.numer() != i128::MIN).map(Self).ok_or(TooLarge)
    }

    /// Numerator and denominator in lowest terms; the denominator is above zero.
    pub(crate) fn wide_parts(&self) -> (i128, i128) {
        (*self.0.numer(), *self.0.denom())
    }

    /// `self + other`.
    ///
    /// # Errors
    /// [`TooLarge`] when the exact sum does not fit.
    pub fn checked_add(&self, other: &Self) -> Result<Self, TooLarge> {
        Self::fitting(self.0.checked_add(&other.0))
    }

    /// `self − other`.
    ///
    /// # Errors
    /// [`TooLarge`] when the exact difference does not fit.
    pub fn checked_sub(&self, other: &Self) -> Result<Self, TooLarge> {
        Self::fitting(self.0.checked_sub(&other.0))
    }

    /// `self × other`.
    ///
    /// # Errors
    /// [`TooLarge`] when the exact product does not fit.
    pub fn checked_mul(&self, other: &Self) -> Result<Self, TooLarge> {
        Self::fitting(self.0.checked_mul(&other.0))
    }

    /// `self ÷ other`.
    ///
    /// # Errors
    /// [`Undivided::ByZero`] when `other` is zero, [`Undivided::TooLarge`] when the quotient does not fit.
    pub fn checked_div(&self, other: &Self) -> Result<Self, Undivided> {
        if other.is_zero() {
            return Err(Undivided::ByZero);
        }
        Ok(Self::fitting(self.0.checked_div(&other.0))?)
    }

    /// `100 × self ÷ whole`: this part in per cent of `whole`.
    ///
    /// # Errors
    /// As [`Exact::checked_div`]; a share of nothing is not a number (vector G17).
    pub fn percent_of(&self, whole: &Self) -> Result<Self, Undivided> {
        Ok(self.checked_div(whole)?.checked_mul(&Self::HUNDRED)?)
    }

    /// The sum of all `values`; zero for none.
    ///
    /// # Errors
    /// [`TooLarge`] when it does not fit.
    pub fn sum<'a>(values: impl IntoIterator<Item = &'a Self>) -> Result<Self, TooLarge> {
        values.into_iter().try_fold(Self::ZERO, |sum, value| sum.checked_add(value))
    }

    /// The number with the other sign.
    #[must_use]
    pub fn negated(&self) -> Self {
        Self(Ratio::new_raw(-*self.0.numer(), *self.0.denom()))
    }

    /// The number without its sign.
    #[must_use]
    pub fn abs(&self) -> Self {
        if self.is_negative() { self.negated() } else { *self }
    }

    /// Whether it is 0.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        *self.0.numer() == 0
    }

    /// Whether it is below 0.
    #[must_use]
    pub fn is_negative(&self) -> bool {
        *self.0.numer() < 0
    }

    /// Whether it is above 0.
    #[must_use]
    pub fn is_positive(&self) -> bool {
        *self.0.numer() > 0
    }

    /// Whether it has no fraction.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        *self.0.denom() == 1
    }

    /// The whole number it is, when it is one and fits.
    #[must_use]
    pub fn to_whole(&self) -> Option<i64> {
        self.is_whole().then(|| i64::try_from(*self.0.numer()).ok()).flatten()
    }

    /// Rounded to `places` decimals, halves away from zero (2.345 → 2.35, −2.345 → −2.35), as it is
    /// taught for hand calculation. The result is a new exact number: only a stored policy may judge by it.
    ///
    /// # Errors
    /// [`TooLarge`] when the rounded number does not fit (more than 38 digits with its decimals).
    pub fn round(&self, places: u32) -> Result<Self, TooLarge> {
        Decimal::of(self, places).to_exact()
    }

    /// Whether `places` decimals show it without loss.
    #[must_use]
    pub fn is_exact_at(&self, places: u32) -> bool {
        Decimal::of(self, places).exact
    }

    /// Plain decimal text with a dot and exactly `places` decimals, halves away from zero: `66.67`.
    #[must_use]
    pub fn to_decimal(&self, places: u32) -> String {
        Decimal::of(self, places).plain()
    }

    /// Reads the canonical text, as [`fmt::Display`] writes it.
    ///
    /// # Errors
    /// [`NotCanonical`] for any other text, also for the same value written differently (`2/4`, `1.50`).
    pub fn parse_canonical(text: &str) -> Result<Self, NotCanonical> {
        let refuse = || NotCanonical { text: text.chars().take(80).collect() };
        let value = Self::read_plain(text).ok_or_else(refuse)?;
        if value.to_string() == text { Ok(value) } else { Err(refuse()) }
    }

    fn read_plain(text: &str) -> Option<Self> {
        if let Some((num, den)) = text.split_once('/') {
            return Self::from_wide(num.parse().ok()?, den.parse().ok()?).ok();
        }
        let Some((whole, fraction)) = text.split_once('.') else {
            return Self::from_wide(text.parse().ok()?, 1).ok();
        };
        let places = u32::try_from(fraction.len()).ok().filter(|places| *places <= Self::CANONICAL_PLACES)?;
        let digits: String = [whole, fraction].concat();
        Self::from_wide(digits.parse().ok()?, 10_i128.checked_pow(places)?).ok()
    }
}

impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_whole() {
            return write!(f, "{}", self.0.numer());
        }
        match (1..=Self::CANONICAL_PLACES).find(|places| self.is_exact_at(*places)) {
            // A decimal that would not read back (its digits overflow) is written as the fraction.
            Some(places) if self.round(places).is_ok() => f.write_str(&self.to_decimal(places)),
            _ => write!(f, "{}/{}", self.0.numer(), self.0.denom()),
        }
    }
}

impl FromStr for Exact {
    type Err = NotCanonical;

    fn from_str(text: &str) -> Result<Self, NotCanonical> {
        Self::parse_canonical(text)
    }
}

impl TryFrom<String> for Exact {
    type Error = NotCanonical;

    fn try_from(text: String) -> Result<Self, NotCanonical> {
        Self::parse_canonical(&text)
    }
}

impl From<Exact> for String {
    fn from(value: Exact) -> Self {
        value.to_string()
    }
}

impl From<i64> for Exact {
    fn from(value: i64) -> Self {
        Self::whole(value)
    }
}

impl From<i32> for Exact {
    fn from(value: i32) -> Self {
        Self::whole(i64::from(value))
    }
}

impl From<u32> for Exact {
    fn from(value: u32) -> Self {
        Self::whole(i64::from(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn canonical_text_has_three_shapes() {
        let fraction = Exact::whole(4600).checked_div(&Exact::whole(53)).unwrap();
        for (value, text) in [
            (Exact::whole(5), "5"),
            (Exact::whole(-5), "-5"),
            (Exact::from_parts(173, 2).unwrap(), "86.5"),
            (Exact::from_parts(-1, 8).unwrap(), "-0.125"),
            (fraction, "4600/53"),
        ] {
            assert_eq!(value.to_string(), text);
            assert_eq!(Exact::parse_canonical(text), Ok(value));
            let json = serde_json::to_string(&value).unwrap();
            assert_eq!(json, format!("\"{text}\""));
            assert_eq!(serde_json::from_str::<Exact>(&json).unwrap(), value);
        }
    }

    #[test]
    fn other_texts_of_the_same_value_are_refused() {
        for text in ["2/4", "1.50", "01", "+1", "5/1", "1/-2", "", "1/0", "NaN", "1e3", "-0", "0.0", "1.", ".5", "--1"]
        {
            assert!(Exact::parse_canonical(text).is_err(), "{text:?} was taken");
        }
        assert!(serde_json::from_str::<Exact>("86.5").is_err(), "a JSON number may have been a float");
    }

    #[test]
    fn rounding_takes_halves_away_from_zero() {
        let value = |text: &str| Exact::parse_canonical(text).unwrap();
        assert_eq!(value("2.345").round(2), Ok(value("2.35")));
        assert_eq!(value("-2.345").round(2), Ok(value("-2.35")));
        assert_eq!(value("2.344").round(2), Ok(value("2.34")));
        assert_eq!(value("999.5").round(0), Ok(value("1000")));
        assert_eq!(value("200/3").to_decimal(2), "66.67");
        assert_eq!(value("-0.001").to_decimal(2), "0.00");
        assert!(value("66.67").is_exact_at(2) && !value("200/3").is_exact_at(2));
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let huge = Exact::from_wide(i128::MAX, 1).unwrap();
        assert_eq!(huge.checked_add(&Exact::ONE), Err(TooLarge));
        assert_eq!(huge.checked_mul(&Exact::whole(2)), Err(TooLarge));
        assert_eq!(huge.negated().checked_sub(&Exact::ONE), Err(TooLarge));
        assert_eq!(Exact::ONE.checked_div(&Exact::ZERO), Err(Undivided::ByZero));
        assert_eq!(huge.round(2).map(|it| it.to_string()), Err(TooLarge));
        assert_eq!(huge.parts(), None);
        assert_eq!(huge.to_decimal(1), format!("{}.0", i128::MAX));
        assert!(Exact::from_wide(i128::MIN, 1).is_err() && Exact::from_wide(1, i128::MIN).is_err());
    }

    #[test]
    fn parts_are_reduced_and_come_back() {
        let half = Exact::from_parts(-3, -6).unwrap();
        assert_eq!(half.parts(), Some((1, 2)));
        assert_eq!(Exact::from_parts(3, -6).unwrap().parts(), Some((-1, 2)));
        assert_eq!(Exact::from_parts(1, 0), None);
        assert_eq!(Exact::whole(5).to_whole(), Some(5));
        assert_eq!(half.to_whole(), None);
    }
}
