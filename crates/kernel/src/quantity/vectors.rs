//! Named vectors of the target engine (party-and-targets §1.6), as far as they concern numbers.

use super::Truth::{No, Open, Yes};
use super::relative::{excess, solve_target};
use super::{Convention, End, Exact, NearPolicy, Reported, Scale, Span, numbers};
use crate::lang::Lang;

fn n(text: &str) -> Exact {
    Exact::parse_canonical(text).unwrap()
}

/// A percentage as the report writes it, under the default policy.
fn percent(phrase: &str) -> Span {
    let (reported, sign) = Reported::parse(phrase, Convention::Vi).unwrap();
    assert!(sign, "{phrase} has no per cent sign");
    reported.span(Scale::Percent, &NearPolicy::default()).unwrap()
}

#[test]
fn g01_near_ninety_exceeds_the_band_sixty_to_seventy_by_fifteen_points_or_more() {
    let near = percent("gần 90%");
    assert_eq!(Some(near), Span::half_open(n("85"), n("90")));
    assert_eq!(near.more_than(&n("70")), Yes);
    let over = near.minus(&Span::point(n("70"))).unwrap();
    assert_eq!(over.low(), End::Closed(n("15")));
}

#[test]
fn g02_near_ninety_meets_at_least_eighty() {
    assert_eq!(percent("gần 90%").at_least(&n("80")), Yes);
}

#[test]
fn g03_near_ninety_misses_at_least_ninety() {
    assert_eq!(percent("gần 90%").at_least(&n("90")), No);
}

#[test]
fn g04_near_ninety_leaves_at_least_eighty_seven_undetermined() {
    assert_eq!(percent("gần 90%").at_least(&n("87")), Open);
}

#[test]
fn g05_over_ninety_meets_at_least_seventy() {
    assert_eq!(percent("trên 90%").at_least(&n("70")), Yes);
}

#[test]
fn g06_fifty_is_not_more_than_fifty() {
    assert_eq!(percent("50,0%").more_than(&n("50")), No);
    assert_eq!(percent("50,0%").at_least(&n("50")), Yes);
}

#[test]
fn g07_twenty_per_hundred_is_not_more_than_twenty() {
    let per_hundred = |subscriptions: &str| {
        let count = numbers::parse(subscriptions, Lang::Vi).unwrap();
        Span::point(count.percent_of(&n("100")).unwrap())
    };
    assert_eq!(per_hundred("20").more_than(&n("20")), No);
    assert_eq!(per_hundred("20,01").more_than(&n("20")), Yes);
}

#[test]
fn g08_five_exceeds_three_by_two_thirds() {
    let over = excess(&n("5"), &n("3")).unwrap();
    assert_eq!(over, n("200/3"));
    assert_eq!(over.round(2), Ok(n("66.67")));
    assert_eq!(numbers::write_percent(&over, 2, Lang::Vi), "66,67%");
    assert_eq!(numbers::write_percent(&over, 2, Lang::En), "66.67%");
}

#[test]
fn g09_only_the_target_three_is_exceeded_by_that_much() {
    let (shown, sign) = numbers::parse_percent("66,67%", Convention::Vi).unwrap();
    assert!(sign);
    assert_eq!(solve_target(&n("5"), &shown, 2, 1..=5), vec![3]);
    assert_eq!(solve_target(&n("5"), &shown, 2, 1..=1_000_000), vec![3]);
    assert_eq!(solve_target(&n("3"), &shown, 2, 1..=1_000_000), Vec::<i64>::new());
}

#[test]
fn g10_four_of_twenty_seven_shows_as_fifteen_only_when_rounded() {
    let raw = n("4").percent_of(&n("27")).unwrap();
    assert_eq!(raw.to_decimal(2), "14.81");
    assert_eq!(Span::point(raw).at_least(&n("15")), No);
    assert_eq!(raw.round(0), Ok(n("15")));
}

#[test]
fn g11_recomputed_share_is_consistent_with_near_ninety() {
    let (new, compiled) = (n("4600"), n("700"));
    let share = new.percent_of(&new.checked_add(&compiled).unwrap()).unwrap();
    assert_eq!(share, n("4600/53"));
    assert_eq!(numbers::write_percent(&share, 2, Lang::Vi), "86,79%");
    assert!(percent("gần 90%").consistent_with(&share));
    assert!(!percent("trên 90%").consistent_with(&share));

    let whole = Span::share_with_rest(&Span::point(new), &Span::point(compiled)).unwrap();
    assert_eq!(whole.times(&Exact::HUNDRED), Ok(Span::point(share)));
}

#[test]
fn g17_a_share_of_nothing_is_no_number() {
    assert!(n("0").percent_of(&n("0")).is_err());
}

#[test]
fn g18_two_and_three_people_exceed_three_only_together() {
    let (advanced, intermediate) = (numbers::parse("02", Lang::Vi).unwrap(), numbers::parse("03", Lang::Vi).unwrap());
    let sum = Exact::sum([&advanced, &intermediate]).unwrap();
    assert_eq!(excess(&sum, &n("3")).unwrap().to_decimal(2), "66.67");
    assert!(solve_target(&intermediate, &n("66.67"), 2, 1..=1000).is_empty());
}
