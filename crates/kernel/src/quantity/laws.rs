//! Laws that hold for every number, tried with many.

use proptest::prelude::*;

use super::numbers::{self, Convention};
use super::{End, Exact, Span, Truth};
use crate::lang::Lang;

fn exact() -> impl Strategy<Value = Exact> {
    (-2000_i64..2000, 1_i64..60).prop_map(|(num, den)| Exact::from_parts(num, den).unwrap())
}

fn decimal() -> impl Strategy<Value = (Exact, u32)> {
    (any::<i64>(), 0_u32..7).prop_map(|(num, places)| (Exact::from_parts(num, 10_i64.pow(places)).unwrap(), places))
}

fn end() -> impl Strategy<Value = End> {
    prop_oneof![3 => exact().prop_map(End::Closed), 3 => exact().prop_map(End::Open), 1 => Just(End::Unbounded)]
}

fn span() -> impl Strategy<Value = Span> {
    (end(), end()).prop_filter_map("empty", |(low, high)| Span::new(low, high).or_else(|| Span::new(high, low)))
}

/// A span and a number in it.
fn span_with_member() -> impl Strategy<Value = (Span, Exact)> {
    (span(), exact(), 1_i64..10).prop_map(|(span, free, at)| {
        let at = Exact::from_parts(at, 10).unwrap();
        let step = free.abs().checked_add(&Exact::ONE).unwrap();
        let member = match (span.low(), span.high()) {
            (End::Unbounded, End::Unbounded) => free,
            (End::Unbounded, End::Closed(high) | End::Open(high)) => high.checked_sub(&step).unwrap(),
            (End::Closed(low) | End::Open(low), End::Unbounded) => low.checked_add(&step).unwrap(),
            (End::Closed(low) | End::Open(low), End::Closed(high) | End::Open(high)) => {
                let width = high.checked_sub(&low).unwrap();
                low.checked_add(&width.checked_mul(&at).unwrap()).unwrap()
            }
        };
        (span, member)
    })
}

/// What an end admits: the number at a closed end is attained, so it is tried too.
fn members((span, inner): (Span, Exact)) -> Vec<Exact> {
    let ends = [span.low(), span.high()].into_iter().filter_map(|end| match end {
        End::Closed(at) => Some(at),
        End::Open(_) | End::Unbounded => None,
    });
    ends.chain([inner]).collect()
}

proptest! {
    #[test]
    fn writing_and_reading_are_inverse((value, places) in decimal()) {
        for lang in Lang::ALL {
            let text = numbers::write(&value, places, lang);
            prop_assert_eq!(numbers::parse(&text, lang), Ok(value), "{}", text);
            prop_assert_eq!(numbers::parse(&numbers::write_fixed(&value, places, lang), lang), Ok(value));
            prop_assert_eq!(numbers::parse(&numbers::write_all(&value, lang), lang), Ok(value));
        }
    }

    #[test]
    fn an_unknown_convention_never_reads_another_value((value, places) in decimal()) {
        for lang in Lang::ALL {
            let text = numbers::write(&value, places, lang);
            if let Ok(read) = numbers::parse_in(&text, Convention::Unknown) {
                prop_assert_eq!(read, value, "{}", text);
            }
        }
    }

    #[test]
    fn no_text_breaks_the_reader(text in "\\PC{0,12}|[-+0-9.,\u{a0} %]{0,40}") {
        for convention in [Convention::Vi, Convention::En, Convention::Unknown] {
            let _ = numbers::parse_percent(&text, convention);
            let _ = super::Reported::parse(&text, convention);
        }
        let _ = Exact::parse_canonical(&text);
    }

    #[test]
    fn canonical_text_and_parts_come_back(num in any::<i64>(), den in any::<i64>()) {
        prop_assume!(den != 0);
        let value = Exact::from_parts(num, den).unwrap();
        prop_assert_eq!(Exact::parse_canonical(&value.to_string()), Ok(value));
        if let Some((num, den)) = value.parts() {
            prop_assert!(den > 0);
            prop_assert_eq!(Exact::from_parts(num, den), Some(value));
        }
    }

    #[test]
    fn arithmetic_obeys_its_laws(a in exact(), b in exact(), c in exact()) {
        prop_assert_eq!(a.checked_add(&b), b.checked_add(&a));
        prop_assert_eq!(a.checked_mul(&b), b.checked_mul(&a));
        prop_assert_eq!(a.checked_add(&b).unwrap().checked_sub(&b), Ok(a));
        let spread = a.checked_mul(&b.checked_add(&c).unwrap());
        prop_assert_eq!(spread, a.checked_mul(&b).unwrap().checked_add(&a.checked_mul(&c).unwrap()));
        if !b.is_zero() {
            prop_assert_eq!(a.checked_div(&b).unwrap().checked_mul(&b), Ok(a));
        }
        prop_assert_eq!(a < b, a.checked_sub(&b).unwrap().is_negative());
    }

    #[test]
    fn rounding_moves_by_half_a_step_at_most(value in exact(), places in 0_u32..6) {
        let rounded = value.round(places).unwrap();
        let half = Exact::from_parts(1, 2 * 10_i64.pow(places)).unwrap();
        prop_assert!(rounded.checked_sub(&value).unwrap().abs() <= half);
        prop_assert!(rounded.is_exact_at(places));
        prop_assert_eq!(value.is_exact_at(places), rounded == value);
        prop_assert_eq!(value.negated().round(places).unwrap(), rounded.negated());
    }

    #[test]
    fn spans_hold_every_result(a in span_with_member(), b in span_with_member(), factor in exact()) {
        let positive = b.0.is_positive();
        for x in members(a) {
            prop_assert!(a.0.contains(&x));
            prop_assert!(a.0.times(&factor).unwrap().contains(&x.checked_mul(&factor).unwrap()));
            prop_assert!(a.0.negated().contains(&x.negated()));
            for y in members(b) {
                prop_assert!(a.0.plus(&b.0).unwrap().contains(&x.checked_add(&y).unwrap()));
                prop_assert!(a.0.minus(&b.0).unwrap().contains(&x.checked_sub(&y).unwrap()));
                if positive {
                    let quotient = a.0.divided_by(&b.0).unwrap();
                    prop_assert!(quotient.contains(&x.checked_div(&y).unwrap()), "{:?} / {:?}", a, b);
                }
            }
        }
        if !positive {
            prop_assert!(a.0.divided_by(&b.0).is_err());
        }
    }

    #[test]
    fn comparisons_agree_with_every_member(a in span_with_member(), t in exact()) {
        let agrees = |truth: Truth, fact: bool| truth.is_open() || truth == Truth::from(fact);
        for x in members(a) {
            prop_assert!(agrees(a.0.at_least(&t), x >= t));
            prop_assert!(agrees(a.0.more_than(&t), x > t));
            prop_assert!(agrees(a.0.at_most(&t), x <= t));
            prop_assert!(agrees(a.0.less_than(&t), x < t));
            prop_assert!(agrees(a.0.equals(&t), x == t));
        }
        // Open only where both answers are possible: then t lies inside, or at an end.
        if a.0.at_least(&t).is_open() && a.0.more_than(&t).is_open() {
            prop_assert!(a.0.contains(&t));
        }
    }

    #[test]
    fn what_two_spans_share_is_in_both(a in span_with_member(), b in span_with_member(), x in exact()) {
        let shared = a.0.intersect(&b.0);
        prop_assert_eq!(shared, b.0.intersect(&a.0));
        prop_assert_eq!(shared.is_some_and(|it| it.contains(&x)), a.0.contains(&x) && b.0.contains(&x));
        prop_assert_eq!(a.0.contains(&b.1) && b.0.contains(&b.1) && !a.0.meets(&b.0), false);
    }

    #[test]
    fn a_share_is_held_too(part in 1_i64..500, rest in 0_i64..500, a in 0_i64..50, b in 0_i64..50) {
        let around = |x: i64, d: i64, least: i64| Span::closed(Exact::whole((x - d).max(least)), Exact::whole(x + d)).unwrap();
        let share = Span::share_with_rest(&around(part, a, 1), &around(rest, b, 0)).unwrap();
        prop_assert!(share.contains(&Exact::from_parts(part, part + rest).unwrap()));
    }
}
