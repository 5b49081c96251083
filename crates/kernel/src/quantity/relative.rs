//! "Exceeds by p %": computed exactly, and solved backwards for the target it implies.

use std::ops::RangeInclusive;

use super::exact::{Exact, TooLarge, Undivided};
use crate::lang::Said;

/// Why an excess cannot be computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ExcessFault {
    /// The target is zero or below: "by how many per cent" has no meaning there.
    #[error("an excess in per cent needs a target above zero")]
    TargetNotPositive,
    /// The exact result does not fit.
    #[error(transparent)]
    TooLarge(#[from] TooLarge),
}

impl ExcessFault {
    /// The refusal for a reader.
    #[must_use]
    pub fn said(&self) -> Said {
        match self {
            Self::TargetNotPositive => Said::new("kernel-number-excess-without-target"),
            Self::TooLarge(fault) => fault.said(),
        }
    }
}

/// By how many per cent `v` exceeds the target `t`: (v ÷ t − 1) × 100, negative when it falls short.
///
/// Exact; shown with two decimals, halves away from zero: 5 against 3 is 66.67.
///
/// # Errors
/// [`ExcessFault`] when `t` ≤ 0 or the result does not fit.
pub fn excess(v: &Exact, t: &Exact) -> Result<Exact, ExcessFault> {
    if !t.is_positive() {
        return Err(ExcessFault::TargetNotPositive);
    }
    let share = v.percent_of(t).map_err(|fault| match fault {
        Undivided::ByZero => ExcessFault::TargetNotPositive,
        Undivided::TooLarge(fault) => ExcessFault::TooLarge(fault),
    })?;
    Ok(share.checked_sub(&Exact::HUNDRED)?)
}

/// The whole targets in `candidates` (those above zero) that `v` exceeds by what rounds to `p_shown` at
/// `places` decimals; they lie side by side.
///
/// The result is *implied*, for a person to confirm; it is never entered as the target. `None` when
/// nothing fits, and for `v` ≤ 0, from which nothing can be implied.
#[must_use]
pub fn implied_targets(
    v: &Exact,
    p_shown: &Exact,
    places: u32,
    candidates: RangeInclusive<i64>,
) -> Option<RangeInclusive<i64>> {
    let (first, last) = ((*candidates.start()).max(1), *candidates.end());
    if !v.is_positive() || first > last {
        return None;
    }
    // For v > 0 the excess falls as the target grows: two searches find both ends.
    let shown = |t: i64| excess(v, &Exact::whole(t)).ok().and_then(|p| p.round(places).ok());
    let begin = first_where(first, last, |t| shown(t).is_some_and(|p| p <= *p_shown));
    let beyond = first_where(begin, last, |t| shown(t).is_some_and(|p| p < *p_shown));
    let end = if shown(beyond) == Some(*p_shown) { beyond } else { beyond.checked_sub(1)? };
    (begin <= end && shown(begin) == Some(*p_shown)).then_some(begin..=end)
}

/// [`implied_targets`] one by one. The list can be as long as `candidates`: give a modest upper bound.
#[must_use]
pub fn solve_target(v: &Exact, p_shown: &Exact, places: u32, candidates: RangeInclusive<i64>) -> Vec<i64> {
    implied_targets(v, p_shown, places, candidates).into_iter().flatten().collect()
}

/// The least number in `first..=last` from which `holds` is true; `last` when there is none.
fn first_where(first: i64, last: i64, holds: impl Fn(i64) -> bool) -> i64 {
    let (mut low, mut high) = (first, last);
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn excess_needs_a_positive_target() {
        assert_eq!(excess(&Exact::whole(5), &Exact::ZERO), Err(ExcessFault::TargetNotPositive));
        assert_eq!(excess(&Exact::whole(5), &Exact::whole(-5)), Err(ExcessFault::TargetNotPositive));
        assert_eq!(excess(&Exact::whole(0), &Exact::whole(4)), Ok(Exact::whole(-100)));
    }

    #[test]
    fn solving_agrees_with_trying_every_target() {
        for v in 1..40 {
            for t in 1..60 {
                let v = Exact::whole(v);
                let p = excess(&v, &Exact::whole(t)).unwrap().round(1).unwrap();
                let tried: Vec<i64> =
                    (1..=80).filter(|t| excess(&v, &Exact::whole(*t)).unwrap().round(1) == Ok(p)).collect();
                assert_eq!(solve_target(&v, &p, 1, 1..=80), tried);
                assert!(tried.contains(&t));
            }
        }
    }

    #[test]
    fn nothing_is_implied_where_nothing_fits() {
        let p = Exact::parse_canonical("66.67").unwrap();
        assert!(solve_target(&Exact::ZERO, &p, 2, 1..=100).is_empty());
        assert!(solve_target(&Exact::whole(5), &p, 2, -5..=0).is_empty());
        assert!(solve_target(&Exact::whole(5), &p, 2, 4..=9).is_empty());
        assert_eq!(solve_target(&Exact::whole(5), &p, 2, 1..=i64::MAX), vec![3]);
        let wide = implied_targets(&Exact::whole(1_000_000_000_000), &Exact::ZERO, 0, 1..=i64::MAX).unwrap();
        assert_eq!(wide, 995_024_875_622..=1_005_025_125_628);
    }
}
