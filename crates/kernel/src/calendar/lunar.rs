//! The Vietnamese lunar calendar, computed for UTC+7 (operations-law §9.2).
//!
//! A month begins on the civil day (UTC+7) of the new moon. The month that holds the winter solstice
//! is the 11th. When thirteen months lie between two 11th months, the first of them in which the sun
//! enters no new twelfth of its path repeats the number of the month before it: the leap month.
//! New moons and the sun's place follow J. Meeus, *Astronomical Algorithms*, chapters 49 and 25
//! (errors of seconds, and of about a quarter of an hour). Never a Chinese calendar: in 2030 the
//! new moon falls at 23:08 in Vietnam, after midnight in China, and Tết differs by a day.
//!
//! Meant for 1968 (when Vietnam's civil calendar took UTC+7) to 2199; floating point is used only
//! to find which day an astronomical event falls on.

use crate::Date;
use sky::{solar_twelfth, start_of_month};

/// A lunar date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct LunarDate {
    /// Lunar year, named after the civil year in which it begins.
    pub year: i16,
    /// Month, 1–12.
    pub month: i8,
    /// Whether it is the repeated month of a leap year.
    pub leap: bool,
    /// Day, 1–30.
    pub day: i8,
}

/// A month of the lunar calendar with its first day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Month {
    first: i64,
    year: i16,
    number: i8,
    leap: bool,
}

/// The lunar date of a civil date; none outside 1968–2199.
#[must_use]
pub fn to_lunar(date: Date) -> Option<LunarDate> {
    if !(1968..=2199).contains(&date.year()) {
        return None;
    }
    let day = day_number(date);
    let months = months_around(date.year());
    let month = months.iter().rev().find(|month| month.first <= day)?;
    let offset = i8::try_from(day - month.first).ok()?;
    Some(LunarDate { year: month.year, month: month.number, leap: month.leap, day: offset + 1 })
}

/// The civil date of a lunar date; none when that year has no such month (a leap month it lacks)
/// or the month no such day, and outside 1968–2199.
#[must_use]
pub fn from_lunar(year: i16, month: i8, day: i8, leap: bool) -> Option<Date> {
    if !(1968..=2199).contains(&year) || day < 1 {
        return None;
    }
    let months = months_around(year).into_iter().chain(months_around(year + 1));
    let mut months = months.skip_while(|m| (m.year, m.number, m.leap) != (year, month, leap));
    let first = months.next()?.first;
    // Both lists hold the months near the turn of the year: the next one is the first that begins later.
    let next = months.find(|m| m.first > first)?.first;
    let wanted = first + i64::from(day) - 1;
    (wanted < next).then(|| date_of(wanted)).flatten()
}

/// Tết: the first day of the lunar year that begins in the civil year `year`; none outside 1968–2199.
#[must_use]
pub fn tet(year: i16) -> Option<Date> {
    from_lunar(year, 1, 1, false)
}

/// The leap month of the lunar year `year`: its number, when it has one.
#[must_use]
pub fn leap_month(year: i16) -> Option<i8> {
    (1..=12).find(|month| from_lunar(year, *month, 1, true).is_some())
}

/// The months from the 11th of the year before to the one before the 11th that follows `year`'s:
/// they cover every day of the civil year `year`.
fn months_around(year: i16) -> Vec<Month> {
    let before = eleventh_month(year - 1);
    let this = eleventh_month(year);
    let after = eleventh_month(year + 1);
    let mut months = solstice_year(year, before, this);
    months.extend(solstice_year(year + 1, this, after));
    months
}

/// The months of one solstice year: from the 11th month of `year - 1`, lunation `from`,
/// to before the 11th month of `year`, lunation `to`.
fn solstice_year(year: i16, from: i64, to: i64) -> Vec<Month> {
    let has_leap = to - from == 13;
    let mut leap_seen = false;
    let mut months = Vec::with_capacity(13);
    // Months 11 and 12 still belong to the lunar year before.
    let (mut number, mut of_year) = (10_i8, year - 1);
    for lunation in from..to {
        let (first, next) = (start_of_month(lunation), start_of_month(lunation + 1));
        let leap = has_leap && !leap_seen && lunation != from && solar_twelfth(first) == solar_twelfth(next);
        if leap {
            leap_seen = true;
        } else if number == 12 {
            (number, of_year) = (1, year);
        } else {
            number += 1;
        }
        months.push(Month { first, year: of_year, number, leap });
    }
    months
}

/// The lunation whose month holds the winter solstice of the civil year `year`.
fn eleventh_month(year: i16) -> i64 {
    let december = jiff::civil::Date::new(year, 12, 31).map_or(0, day_number);
    // A mean lunation is 29.530589 days; the estimate is at most one off.
    let mut lunation = december * 1_000_000 / 29_530_589;
    while start_of_month(lunation) <= december {
        lunation += 1;
    }
    lunation -= 1;
    // Twelfth 9 begins at 270°, the solstice: a month that begins after it is already the 12th.
    if solar_twelfth(start_of_month(lunation)) >= 9 { lunation - 1 } else { lunation }
}

/// Days since 2000-01-01.
fn day_number(date: Date) -> i64 {
    i64::from((date - jiff::civil::date(2000, 1, 1)).get_days())
}

fn date_of(day: i64) -> Option<Date> {
    jiff::civil::date(2000, 1, 1).checked_add(jiff::Span::new().try_days(day).ok()?).ok()
}

/// The astronomy, in floating point.
mod sky {
    #![expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "astronomy needs real numbers; lunations and days stay far below 2^52"
    )]

    /// 2000-01-01T00:00 at UTC+7, as a Julian day (UT).
    const DAY_ZERO: f64 = 2_451_544.5 - 7.0 / 24.0;

    /// The civil day (UTC+7, days since 2000-01-01) of the new moon number `lunation`, where 0 is that of 2000-01-06.
    pub(super) fn start_of_month(lunation: i64) -> i64 {
        let dynamical = new_moon(lunation as f64);
        (dynamical - delta_t_days(dynamical) - DAY_ZERO).floor() as i64
    }

    /// In which twelfth (0–11, from the March equinox) of its path the sun stands when the civil day begins.
    pub(super) fn solar_twelfth(day: i64) -> i64 {
        let universal = DAY_ZERO + day as f64;
        let longitude = sun_longitude(universal + delta_t_days(universal));
        (longitude / 30.0).floor() as i64 % 12
    }

    /// What dynamical time is ahead of universal time, in days (polynomials of Espenak and Meeus).
    fn delta_t_days(julian_day: f64) -> f64 {
        let year = 2000.0 + (julian_day - 2_451_544.5) / 365.25;
        let t = year - 2000.0;
        let seconds = if year < 1986.0 {
            45.45 + 1.067 * (year - 1975.0) - (year - 1975.0).powi(2) / 260.0
        } else if year < 2005.0 {
            63.86 + 0.3345 * t - 0.060_374 * t * t + 0.001_727_5 * t.powi(3)
        } else if year < 2050.0 {
            62.92 + 0.322_17 * t + 0.005_589 * t * t
        } else {
            -20.0 + 32.0 * ((year - 1820.0) / 100.0).powi(2) - 0.5628 * (2150.0 - year).max(0.0)
        };
        seconds / 86_400.0
    }

    /// The instant (Julian day, dynamical time) of the new moon number `k` (Meeus, chapter 49).
    fn new_moon(k: f64) -> f64 {
        let t = k / 1236.85;
        let mean = 2_451_550.097_66 + 29.530_588_861 * k + 0.000_154_37 * t * t - 0.000_000_150 * t.powi(3)
            + 0.000_000_000_73 * t.powi(4);
        let e = 1.0 - 0.002_516 * t - 0.000_007_4 * t * t;
        let sun = 2.5534 + 29.105_356_70 * k - 0.000_001_4 * t * t;
        let moon = 201.5643 + 385.816_935_28 * k + 0.010_758_2 * t * t + 0.000_012_38 * t.powi(3);
        let latitude = 160.7108 + 390.670_502_84 * k - 0.001_611_8 * t * t - 0.000_002_27 * t.powi(3);
        let node = 124.7746 - 1.563_755_88 * k + 0.002_067_2 * t * t + 0.000_002_15 * t.powi(3);
        let mut sum = -0.000_17 * sine(node);
        // Each term: amplitude in days, power of e, multiples of sun, moon and latitude arguments.
        for (amplitude, power, s, m, f) in TERMS {
            sum += amplitude * e.powi(power) * sine(s * sun + m * moon + f * latitude);
        }
        for (amplitude, start, speed) in PLANETS {
            sum += amplitude * sine(start + speed * k);
        }
        mean + sum
    }

    /// Periodic terms of the new moon.
    const TERMS: [(f64, i32, f64, f64, f64); 24] = [
        (-0.407_20, 0, 0.0, 1.0, 0.0),
        (0.172_41, 1, 1.0, 0.0, 0.0),
        (0.016_08, 0, 0.0, 2.0, 0.0),
        (0.010_39, 0, 0.0, 0.0, 2.0),
        (0.007_39, 1, -1.0, 1.0, 0.0),
        (-0.005_14, 1, 1.0, 1.0, 0.0),
        (0.002_08, 2, 2.0, 0.0, 0.0),
        (-0.001_11, 0, 0.0, 1.0, -2.0),
        (-0.000_57, 0, 0.0, 1.0, 2.0),
        (0.000_56, 1, 1.0, 2.0, 0.0),
        (-0.000_42, 0, 0.0, 3.0, 0.0),
        (0.000_42, 1, 1.0, 0.0, 2.0),
        (0.000_38, 1, 1.0, 0.0, -2.0),
        (-0.000_24, 1, -1.0, 2.0, 0.0),
        (-0.000_07, 0, 2.0, 1.0, 0.0),
        (0.000_04, 0, 0.0, 2.0, -2.0),
        (0.000_04, 0, 3.0, 0.0, 0.0),
        (0.000_03, 0, 1.0, 1.0, -2.0),
        (0.000_03, 0, 0.0, 2.0, 2.0),
        (-0.000_03, 0, 1.0, 1.0, 2.0),
        (0.000_03, 0, -1.0, 1.0, 2.0),
        (-0.000_02, 0, -1.0, 1.0, -2.0),
        (-0.000_02, 0, 1.0, 3.0, 0.0),
        (0.000_02, 0, 0.0, 4.0, 0.0),
    ];

    /// Disturbances by the planets: amplitude in days, argument at `k = 0` and per lunation, degrees.
    const PLANETS: [(f64, f64, f64); 14] = [
        (0.000_325, 299.77, 0.107_408),
        (0.000_165, 251.88, 0.016_321),
        (0.000_164, 251.83, 26.651_886),
        (0.000_126, 349.42, 36.412_478),
        (0.000_110, 84.66, 18.206_239),
        (0.000_062, 141.74, 53.303_771),
        (0.000_060, 207.14, 2.453_732),
        (0.000_056, 154.84, 7.306_860),
        (0.000_047, 34.52, 27.261_239),
        (0.000_042, 207.19, 0.121_824),
        (0.000_040, 291.34, 1.844_379),
        (0.000_037, 161.72, 24.198_154),
        (0.000_035, 239.56, 25.513_099),
        (0.000_023, 331.55, 3.592_518),
    ];

    /// The sun's apparent longitude in degrees, 0 ≤ x < 360, at a Julian day in dynamical time (Meeus, chapter 25).
    fn sun_longitude(julian_day: f64) -> f64 {
        let t = (julian_day - 2_451_545.0) / 36_525.0;
        let mean = 280.466_46 + 36_000.769_83 * t + 0.000_303_2 * t * t;
        let anomaly = 357.529_11 + 35_999.050_29 * t - 0.000_153_7 * t * t;
        let centre = (1.914_602 - 0.004_817 * t - 0.000_014 * t * t) * sine(anomaly)
            + (0.019_993 - 0.000_101 * t) * sine(2.0 * anomaly)
            + 0.000_289 * sine(3.0 * anomaly);
        (mean + centre - 0.005_69 - 0.004_78 * sine(125.04 - 1934.136 * t)).rem_euclid(360.0)
    }

    /// Sine of an angle in degrees.
    fn sine(degrees: f64) -> f64 {
        degrees.rem_euclid(360.0).to_radians().sin()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::*;

    type Line = (i16, (i8, i8), i8, (i8, i8), Option<i8>);

    /// Tết, days of the 12th month before it, 10th of the 3rd month, leap month (operations-law §9.2).
    const TABLE: [Line; 10] = [
        (2024, (2, 10), 30, (4, 18), None),
        (2025, (1, 29), 29, (4, 7), Some(6)),
        (2026, (2, 17), 29, (4, 26), None),
        (2027, (2, 6), 29, (4, 16), None),
        (2028, (1, 26), 29, (4, 4), Some(5)),
        (2029, (2, 13), 29, (4, 23), None),
        (2030, (2, 2), 29, (4, 12), None),
        (2031, (1, 23), 29, (4, 1), Some(3)),
        (2032, (2, 11), 29, (4, 19), None),
        (2033, (1, 31), 30, (4, 9), Some(11)),
    ];

    #[test]
    fn the_table_of_ten_years_holds() {
        for (year, (month, day), last_month, kings, leap) in TABLE {
            let first = date(year, month, day);
            assert_eq!(tet(year), Some(first), "Tết {year}");
            assert_eq!(from_lunar(year, 3, 10, false), Some(date(year, kings.0, kings.1)), "10/3 {year}");
            assert_eq!(leap_month(year), leap, "leap {year}");
            let eve = to_lunar(first.yesterday().unwrap()).unwrap();
            assert_eq!((eve.year, eve.month, eve.day), (year - 1, 12, last_month), "eve {year}");
        }
    }

    #[test]
    fn tet_2030_is_a_day_before_chinas() {
        assert_eq!(tet(2030), Some(date(2030, 2, 2)));
        assert_eq!(to_lunar(date(2030, 2, 3)).unwrap().day, 2);
    }

    #[test]
    fn the_leap_eleventh_month_reaches_into_2034() {
        // Two months numbered 11: the second begins in December 2033 and lies before Tết 2034.
        let second = from_lunar(2033, 11, 1, true).unwrap();
        assert_eq!(to_lunar(second), Some(LunarDate { year: 2033, month: 11, leap: true, day: 1 }));
        assert!(second > from_lunar(2033, 11, 1, false).unwrap());
        assert!(second < tet(2034).unwrap());
    }

    #[test]
    fn years_in_which_vietnam_and_china_differed() {
        assert_eq!(tet(1985), Some(date(1985, 1, 21)), "a month before China's");
        assert_eq!(tet(2007), Some(date(2007, 2, 17)), "a day before China's");
    }

    #[test]
    fn every_day_goes_there_and_back() {
        let mut before = to_lunar(date(2019, 1, 1)).unwrap();
        for day in date(2019, 1, 2).series(jiff::Span::new().days(1)).take_while(|day: &Date| day.year() < 2036) {
            let lunar = to_lunar(day).unwrap();
            assert_eq!(from_lunar(lunar.year, lunar.month, lunar.day, lunar.leap), Some(day), "{day} {lunar:?}");
            assert!(lunar.day == before.day + 1 || (lunar.day == 1 && before.day >= 29), "{day} {before:?} {lunar:?}");
            before = lunar;
        }
    }

    #[test]
    fn what_does_not_exist_is_not_invented() {
        assert_eq!(from_lunar(2026, 6, 1, true), None);
        assert_eq!(from_lunar(2025, 12, 30, false), None, "that month has 29 days");
        assert_eq!(from_lunar(2026, 1, 0, false), None);
        assert_eq!(to_lunar(date(1900, 1, 1)), None);
    }
}
