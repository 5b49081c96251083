//! Days off by law, year by year (Labour Code 2019 Art. 111.3 and 112; operations-law §9.1–9.3).

use std::collections::BTreeSet;

use jiff::civil::{Weekday, date};

use super::lunar;
use super::rules::{CalendarRules, SHIPPED};
use crate::Date;
use crate::rules::Trust;

/// Which day off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OffKind {
    /// 1 January.
    NewYear,
    /// One of the five days of the lunar New Year.
    Tet,
    /// 10th of the 3rd lunar month.
    HungKings,
    /// 30 April.
    Reunification,
    /// 1 May.
    Labour,
    /// 2 September, and since 2021 one day next to it.
    National,
    /// 24 November, since 2026.
    Culture,
    /// The working day given for a holiday that fell on a weekly rest day (Art. 111.3).
    Compensation,
}

impl OffKind {
    /// Key of its name in the words.
    #[must_use]
    pub const fn name_key(self) -> &'static str {
        match self {
            Self::NewYear => "kernel-off-new-year",
            Self::Tet => "kernel-off-tet",
            Self::HungKings => "kernel-off-hung-kings",
            Self::Reunification => "kernel-off-reunification",
            Self::Labour => "kernel-off-labour",
            Self::National => "kernel-off-national",
            Self::Culture => "kernel-off-culture",
            Self::Compensation => "kernel-off-compensation",
        }
    }
}

/// A day off by law.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct DayOff {
    /// The day.
    pub date: Date,
    /// Which one.
    pub kind: OffKind,
    /// Key of its name in the words.
    pub name_key: &'static str,
    /// The text it rests on.
    pub source: String,
    /// How well that text was checked.
    pub trust: Trust,
    /// Not announced yet: assumed, and computed again once it is.
    pub provisional: bool,
}

impl DayOff {
    fn new(date: Date, kind: OffKind, source: &str, trust: Trust) -> Self {
        Self { date, kind, name_key: kind.name_key(), source: source.to_owned(), trust, provisional: false }
    }

    fn provisional(date: Date, kind: OffKind, source: &str) -> Self {
        Self { provisional: true, ..Self::new(date, kind, source, Trust::A) }
    }
}

/// The days off of the civil year `year` in order of date, as known today. Swapped days are not among
/// them: they are in [`super::Calendar`].
#[must_use]
pub fn holidays(year: i16) -> Vec<DayOff> {
    holidays_by(&SHIPPED, year, None)
}

/// The same by given rules, leaving out what was announced after `known`.
pub(super) fn holidays_by(rules: &CalendarRules, year: i16, known: Option<Date>) -> Vec<DayOff> {
    let mut days = yearly(rules, year);
    days.extend(tet_days(rules, year, known));
    days.extend(adjacent(rules, year, known));
    days.sort_by_key(|day| day.date);
    days.dedup_by_key(|day| day.date);
    compensate(&mut days);
    days
}

/// Whether the day is one of the weekly rest days of public bodies.
pub(super) fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

fn yearly(rules: &CalendarRules, year: i16) -> Vec<DayOff> {
    let solar = rules.fixed.iter().map(|rule| (rule, Date::new(year, rule.month, rule.day).ok()));
    let moon = rules.lunar.iter().map(|rule| (rule, lunar::from_lunar(year, rule.month, rule.day, false)));
    solar
        .chain(moon)
        .filter_map(|(rule, day)| Some((rule, day.filter(|day| *day >= rule.from)?)))
        .map(|(rule, day)| DayOff::new(day, rule.kind, &rule.source, rule.trust))
        .collect()
}

/// The days of Tết as announced; before that the eve and four days.
fn tet_days(rules: &CalendarRules, year: i16, known: Option<Date>) -> Vec<DayOff> {
    let announced = rules.tet.iter().find(|tet| tet.year == year && is_known(tet.known_from, known));
    if let Some(tet) = announced {
        let days = tet.first.series(jiff::Span::new().days(1)).take_while(|day| *day <= tet.last);
        return days.map(|day| DayOff::new(day, OffKind::Tet, &tet.source, tet.trust)).collect();
    }
    let Some(eve) = lunar::tet(year).and_then(|first| first.yesterday().ok()) else { return Vec::new() };
    let source = "Labour Code 2019 Art. 112.1.b";
    let days = eve.series(jiff::Span::new().days(1)).take(5);
    days.map(|day| DayOff::provisional(day, OffKind::Tet, source)).collect()
}

/// The day next to 2 September as announced; before that the working day that joins the longer rest.
fn adjacent(rules: &CalendarRules, year: i16, known: Option<Date>) -> Option<DayOff> {
    let announced = rules.adjacent.iter().find(|day| day.year == year && is_known(day.known_from, known));
    if let Some(day) = announced {
        return Some(DayOff::new(day.date, OffKind::National, &day.source, day.trust));
    }
    if year < 2021 {
        return None;
    }
    let day = match date(year, 9, 2).weekday() {
        Weekday::Thursday | Weekday::Monday | Weekday::Sunday => date(year, 9, 3),
        _ => date(year, 9, 1),
    };
    Some(DayOff::provisional(day, OffKind::National, "Labour Code 2019 Art. 112.1.đ"))
}

/// Gives the next working day for each holiday on a weekly rest day (Art. 111.3).
fn compensate(days: &mut Vec<DayOff>) {
    let mut taken: BTreeSet<Date> = days.iter().map(|day| day.date).collect();
    let mut given = Vec::new();
    for day in days.iter().filter(|day| is_weekend(day.date)) {
        let next = day.date.series(jiff::Span::new().days(1)).find(|next| !is_weekend(*next) && !taken.contains(next));
        if let Some(next) = next {
            taken.insert(next);
            let mut off = DayOff::new(next, OffKind::Compensation, "Labour Code 2019 Art. 111.3", day.trust);
            off.provisional = day.provisional;
            given.push(off);
        }
    }
    days.extend(given);
    days.sort_by_key(|day| day.date);
}

fn is_known(from: Date, known: Option<Date>) -> bool {
    known.is_none_or(|known| from <= known)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weekdays_off(year: i16) -> Vec<(i8, i8)> {
        let days = holidays(year).into_iter().filter(|day| !is_weekend(day.date));
        days.map(|day| (day.date.month(), day.date.day())).collect()
    }

    #[test]
    fn the_year_2026_as_announced() {
        // operations-law §9.3, without the swaps.
        let expected =
            [(1, 1), (2, 16), (2, 17), (2, 18), (2, 19), (2, 20), (4, 27), (4, 30), (5, 1), (9, 1), (9, 2), (11, 24)];
        assert_eq!(weekdays_off(2026), expected);
        assert!(holidays(2026).iter().all(|day| !day.provisional));
    }

    #[test]
    fn tet_2025_as_announced_joins_two_weekends() {
        let tet: Vec<_> = holidays(2025).into_iter().filter(|day| day.kind == OffKind::Tet).collect();
        assert_eq!((tet[0].date, tet[4].date, tet.len()), (date(2025, 1, 27), date(2025, 1, 31), 5));
        assert_eq!(tet[0].trust, Trust::D, "the mark is carried along");
    }

    #[test]
    fn tet_2027_is_provisional_and_its_weekend_is_given_back() {
        // Eve Fri 5 Feb; Sat 6 and Sun 7 are given back on Wed 10 and Thu 11.
        let days: Vec<_> = holidays(2027).into_iter().filter(|day| day.date.month() == 2).collect();
        assert!(days.iter().all(|day| day.provisional));
        let given: Vec<_> = days.iter().filter(|day| day.kind == OffKind::Compensation).map(|d| d.date.day()).collect();
        assert_eq!(given, [10, 11]);
    }

    #[test]
    fn hung_kings_2033_on_a_saturday_gives_monday() {
        assert!(weekdays_off(2033).contains(&(4, 11)));
    }

    #[test]
    fn one_day_of_september_before_2021_and_no_culture_day_before_2026() {
        let september = holidays(2020).iter().filter(|day| day.date.month() == 9).count();
        assert_eq!(september, 1);
        assert!(!weekdays_off(2025).contains(&(11, 24)));
    }
}
