//! Every vector of operations-law §9.4, by name, and what surrounds them.

use jiff::civil::date;

use super::*;

fn working(month: i8, day: i8, n: i32) -> (i8, i8) {
    let end = Calendar::official().add_working_days(date(2026, month, day), n).unwrap();
    (end.month(), end.day())
}

fn calendar_days(month: i8, day: i8, n: i32) -> (i8, i8) {
    let end = Calendar::official().add_calendar_days(date(2026, month, day), n).unwrap();
    (end.month(), end.day())
}

#[test]
fn five_working_days_over_tet() {
    assert_eq!(working(2, 12, 5), (2, 26));
}

#[test]
fn one_working_day_over_tet() {
    assert_eq!(working(2, 13, 1), (2, 23));
}

#[test]
fn twenty_working_days_over_tet() {
    assert_eq!(working(2, 10, 20), (3, 17));
}

#[test]
fn sunday_holiday_is_given_back() {
    assert_eq!(working(4, 24, 2), (4, 29));
}

#[test]
fn reunification_and_labour_day() {
    assert_eq!(working(4, 28, 3), (5, 5));
}

#[test]
fn worked_saturday_counts() {
    assert_eq!(working(8, 20, 5), (8, 26));
}

#[test]
fn period_ends_on_the_worked_saturday() {
    assert_eq!(working(8, 21, 1), (8, 22));
}

#[test]
fn swap_and_national_day() {
    assert_eq!(working(8, 27, 5), (9, 8));
}

#[test]
fn culture_day() {
    assert_eq!(working(11, 23, 1), (11, 25));
}

#[test]
fn calendar_days_that_end_on_a_holiday() {
    assert_eq!(calendar_days(8, 17, 15), (9, 3));
}

#[test]
fn calendar_days_that_end_in_tet() {
    assert_eq!(calendar_days(2, 11, 7), (2, 23));
}

#[test]
fn five_working_days_before_an_effective_date() {
    assert_eq!(working(3, 1, -5), (2, 23));
}

#[test]
fn a_swap_announced_later_is_not_known_before() {
    let calendar = Calendar::official();
    let before = calendar.as_known(date(2025, 10, 12));
    let after = calendar.as_known(date(2025, 10, 13));
    assert!(before.is_working_day(date(2026, 8, 31)) && !before.is_working_day(date(2026, 8, 22)));
    assert!(!after.is_working_day(date(2026, 8, 31)) && after.is_working_day(date(2026, 8, 22)));
    assert!(before.kind_of(date(2026, 2, 17)).is_provisional(), "Tết was assumed then");
    assert!(!after.kind_of(date(2026, 2, 17)).is_provisional());
    assert_ne!(before.version(), after.version());
    assert_eq!(after.version(), calendar.version(), "nothing was announced since");
}

#[test]
fn an_unverified_swap_counts_once_a_person_confirms_it() {
    let calendar = Calendar::official();
    assert!(calendar.is_working_day(date(2026, 1, 2)));
    let mut swap = calendar.swaps().iter().find(|swap| swap.off == date(2026, 1, 2)).unwrap().clone();
    assert_eq!(swap.trust, Trust::E);
    swap.enabled = Some(true);
    let confirmed = calendar.with_swap(swap);
    assert!(!confirmed.is_working_day(date(2026, 1, 2)) && confirmed.is_working_day(date(2026, 1, 10)));
    assert_eq!(confirmed.kind_of(date(2026, 1, 10)).trust(), Trust::E, "the mark stays visible");
    assert_ne!(confirmed.version(), calendar.version());
}

#[test]
fn the_installation_may_add_rows_with_their_own_knowledge() {
    let row =
        Row { date: date(2026, 7, 1), kind: RowKind::Off, act: "01/QĐ-UBND".into(), known_from: date(2026, 6, 20) };
    let calendar = Calendar::official().with_rows(&[row]);
    assert_eq!(calendar.kind_of(date(2026, 7, 1)).reason_key(), "kernel-day-off-by-row");
    assert!(calendar.as_known(date(2026, 6, 19)).is_working_day(date(2026, 7, 1)));
}

#[test]
fn months_end_on_the_corresponding_day_else_the_last() {
    let calendar = Calendar::official();
    assert_eq!(months_after(date(2026, 1, 31), 1), Ok(date(2026, 2, 28)));
    // 28 February 2026 is a Saturday: on to Monday.
    assert_eq!(calendar.add_months(date(2026, 1, 31), 1), Ok(date(2026, 3, 2)));
    assert_eq!(months_after(date(2024, 2, 29), 12), Ok(date(2025, 2, 28)));
    assert_eq!(calendar.add_months(date(2026, 5, 30), -3), Ok(date(2026, 2, 28)));
}

#[test]
fn between_undoes_add() {
    let calendar = Calendar::official();
    for n in [-300, -17, -1, 1, 5, 20, 365] {
        let start = date(2026, 2, 12);
        let end = calendar.add_working_days(start, n).unwrap();
        assert_eq!(calendar.working_days_between(start, end), n, "{n}");
    }
    assert_eq!(calendar.working_days_between(date(2026, 2, 14), date(2026, 2, 22)), 0, "all of Tết");
}

#[test]
fn beyond_the_table_nothing_is_guessed() {
    let calendar = Calendar::official();
    assert!(calendar.add_working_days(date(2100, 12, 20), 30).is_err());
    assert!(calendar.add_calendar_days(date(2026, 1, 1), i32::MAX).is_err());
    assert!(calendar.add_working_days(date(2012, 1, 1), 1).is_err());
}
