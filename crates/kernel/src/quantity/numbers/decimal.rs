//! Decimal digits of an exact number, to any number of places, without ever overflowing.

use crate::quantity::exact::{Exact, TooLarge};

/// A number cut to some decimals, halves away from zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Decimal {
    /// Below zero; false when every digit shown is 0.
    pub(crate) negative: bool,
    /// What stands before the decimal mark.
    pub(crate) whole: u128,
    /// The digits behind it, each 0–9.
    pub(crate) fraction: Vec<u8>,
    /// Whether these digits are the number itself.
    pub(crate) exact: bool,
}

impl Decimal {
    pub(crate) fn of(value: &Exact, places: u32) -> Self {
        let (num, den) = value.wide_parts();
        let den = den.unsigned_abs();
        let mut whole = num.unsigned_abs() / den;
        let mut rest = num.unsigned_abs() % den;
        let mut fraction = Vec::new();
        for _ in 0..places {
            let (digit, next) = next_digit(rest, den);
            fraction.push(digit);
            rest = next;
        }
        // rest < den < 2^127, so doubling it stays within u128.
        if rest * 2 >= den {
            whole += u128::from(carry(&mut fraction));
        }
        let zero = whole == 0 && fraction.iter().all(|digit| *digit == 0);
        Self { negative: num < 0 && !zero, whole, fraction, exact: rest == 0 }
    }

    /// The digits without what adds nothing at the end: `86,50` → `86,5`, `5,00` → `5`.
    pub(crate) fn trimmed(mut self) -> Self {
        while self.fraction.last() == Some(&0) {
            self.fraction.pop();
        }
        self
    }

    pub(crate) fn to_exact(&self) -> Result<Exact, TooLarge> {
        let places = u32::try_from(self.fraction.len()).map_err(|_| TooLarge)?;
        let mut num = i128::try_from(self.whole).map_err(|_| TooLarge)?;
        for digit in &self.fraction {
            num = num.checked_mul(10).and_then(|num| num.checked_add(i128::from(*digit))).ok_or(TooLarge)?;
        }
        let den = 10_i128.checked_pow(places).ok_or(TooLarge)?;
        Exact::from_wide(if self.negative { -num } else { num }, den).map_err(|_| TooLarge)
    }

    pub(crate) fn fraction_text(&self) -> String {
        self.fraction.iter().map(|digit| char::from(b'0' + digit)).collect()
    }

    /// With a hyphen and a dot, ungrouped: `-66.67`.
    pub(crate) fn plain(&self) -> String {
        let sign = if self.negative { "-" } else { "" };
        let mark = if self.fraction.is_empty() { "" } else { "." };
        format!("{sign}{}{mark}{}", self.whole, self.fraction_text())
    }
}

/// The next digit of `rest / den` and the new rest; ten times the rest may not fit, so it is added up.
fn next_digit(rest: u128, den: u128) -> (u8, u128) {
    let (mut digit, mut sum) = (0, 0);
    for _ in 0..10 {
        sum += rest;
        if sum >= den {
            sum -= den;
            digit += 1;
        }
    }
    (digit, sum)
}

/// Adds one to the last digit; true when the carry runs over into the whole part.
fn carry(fraction: &mut [u8]) -> bool {
    for digit in fraction.iter_mut().rev() {
        if *digit < 9 {
            *digit += 1;
            return false;
        }
        *digit = 0;
    }
    true
}
