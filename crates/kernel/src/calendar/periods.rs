//! Reporting periods with their own first and last day (operations-law §7.4, Decree 09/2019/NĐ-CP).
//!
//! A period is not a stretch of the calendar: under the administrative regime "June" runs from 15 May to
//! 14 June and "the year" from 15 December to 14 December. The regime is chosen per report.

use std::fmt;
use std::str::FromStr;

use crate::{Date, Interval, Lang};

/// What kind of period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PeriodKind {
    /// A month.
    Month,
    /// Three months.
    Quarter,
    /// Six months.
    HalfYear,
    /// The first nine months of a year.
    NineMonths,
    /// Twelve months.
    Year,
}

impl PeriodKind {
    /// How many periods of this kind a year has; index runs from 1 to this.
    #[must_use]
    pub const fn per_year(self) -> i8 {
        match self {
            Self::Month => 12,
            Self::Quarter => 4,
            Self::HalfYear => 2,
            Self::NineMonths | Self::Year => 1,
        }
    }

    /// Months of one period.
    const fn months(self) -> i8 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::HalfYear => 6,
            Self::NineMonths => 9,
            Self::Year => 12,
        }
    }
}

/// On which day of the month data are cut off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Regime {
    /// Calendar months, quarters, years. What resolutions of the Party mean.
    #[default]
    Calendar,
    /// From the 15th of the month before to the 14th of the last month (Decree 09/2019/NĐ-CP, as restated by
    /// provincial rules; operations-law §7.4).
    Administrative,
    /// From this day (2–28) of the month before the period: some branches have their own, such as official mail's
    /// 10th. Its source writes "10 December to 10 December"; the day is counted once, where a period begins. Post and
    /// publishing report by [`Self::Calendar`] (operations-law §7.4).
    Custom {
        /// First day, in the month before.
        first_day: i8,
    },
}

impl Regime {
    /// First day of the month before that already belongs to the period; none: the period starts on the 1st.
    fn cut(self) -> Option<i8> {
        match self {
            Self::Calendar => None,
            Self::Administrative => Some(15),
            Self::Custom { first_day } => Some(first_day.clamp(2, 28)),
        }
    }
}

/// A period of a year: the second quarter of 2020, the first half of 2023.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    year: i16,
    kind: PeriodKind,
    index: i8,
}

/// The text or the numbers name no period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a period such as 2020-01, 2020-Q2, 2023-H1, 2020-9M or 2020")]
pub struct PeriodError;

impl Period {
    /// The `index`-th (from 1) period of the kind in `year` (1900–2200).
    ///
    /// # Errors
    /// [`PeriodError`] when the year has no such period.
    pub fn new(kind: PeriodKind, year: i16, index: i8) -> Result<Self, PeriodError> {
        if (1900..=2200).contains(&year) && (1..=kind.per_year()).contains(&index) {
            Ok(Self { year, kind, index })
        } else {
            Err(PeriodError)
        }
    }

    /// The period of the kind that holds `date`; none only for nine months, which leave the rest of the year out.
    #[must_use]
    pub fn of(date: Date, kind: PeriodKind, regime: Regime) -> Option<Self> {
        let later = regime.cut().is_some_and(|cut| date.day() >= cut);
        let months = i32::from(date.year()) * 12 + i32::from(date.month()) - 1 + i32::from(later);
        let year = i16::try_from(months.div_euclid(12)).ok()?;
        let month = i8::try_from(months.rem_euclid(12)).ok()?;
        Self::new(kind, year, month / kind.months() + 1).ok()
    }

    /// What kind of period.
    #[must_use]
    pub const fn kind(&self) -> PeriodKind {
        self.kind
    }

    /// The year it is named after.
    #[must_use]
    pub const fn year(&self) -> i16 {
        self.year
    }

    /// Which one within the year, from 1.
    #[must_use]
    pub const fn index(&self) -> i8 {
        self.index
    }

    /// Its first day.
    #[must_use]
    pub fn first_day(&self, regime: Regime) -> Date {
        start_of(self.year, (self.index - 1) * self.kind.months(), regime)
    }

    /// Its last day, still inside.
    #[must_use]
    pub fn last_day(&self, regime: Regime) -> Date {
        let after = start_of(self.year, self.index * self.kind.months(), regime);
        after.yesterday().unwrap_or(after)
    }

    /// Its days as a half-open interval.
    #[must_use]
    pub fn interval(&self, regime: Regime) -> Interval {
        Interval {
            from: self.first_day(regime),
            to: Some(start_of(self.year, self.index * self.kind.months(), regime)),
        }
    }

    /// The one before of the same kind; of nine months, those of the year before.
    #[must_use]
    pub fn previous(&self) -> Self {
        if self.index > 1 {
            Self { index: self.index - 1, ..*self }
        } else {
            Self { year: self.year - 1, index: self.kind.per_year(), ..*self }
        }
    }

    /// The one after of the same kind; of nine months, those of the year after.
    #[must_use]
    pub fn next(&self) -> Self {
        if self.index < self.kind.per_year() {
            Self { index: self.index + 1, ..*self }
        } else {
            Self { year: self.year + 1, index: 1, ..*self }
        }
    }

    /// The same period a year earlier ("cùng kỳ").
    #[must_use]
    pub fn same_last_year(&self) -> Self {
        Self { year: self.year - 1, ..*self }
    }

    /// What people call it.
    #[must_use]
    pub fn name(&self, lang: Lang) -> String {
        let (year, index) = (self.year, self.index);
        match (lang, self.kind) {
            (Lang::Vi, PeriodKind::Month) => format!("tháng {index} năm {year}"),
            (Lang::Vi, PeriodKind::Quarter) => format!("quý {} năm {year}", roman(index)),
            (Lang::Vi, PeriodKind::HalfYear) if index == 1 => format!("6 tháng đầu năm {year}"),
            (Lang::Vi, PeriodKind::HalfYear) => format!("6 tháng cuối năm {year}"),
            (Lang::Vi, PeriodKind::NineMonths) => format!("9 tháng đầu năm {year}"),
            (Lang::Vi, PeriodKind::Year) => format!("năm {year}"),
            (Lang::En, PeriodKind::Month) => format!("{} {year}", month_name(index)),
            (Lang::En, PeriodKind::Quarter) => format!("quarter {} of {year}", roman(index)),
            (Lang::En, PeriodKind::HalfYear) if index == 1 => format!("first half of {year}"),
            (Lang::En, PeriodKind::HalfYear) => format!("second half of {year}"),
            (Lang::En, PeriodKind::NineMonths) => format!("first nine months of {year}"),
            (Lang::En, PeriodKind::Year) => format!("{year}"),
        }
    }
}

/// First day of the period that begins with the month number `months` (0 = January) of `year`.
fn start_of(year: i16, months: i8, regime: Regime) -> Date {
    let months = i32::from(year) * 12 + i32::from(months) - i32::from(regime.cut().is_some());
    let year = i16::try_from(months.div_euclid(12)).unwrap_or(i16::MAX);
    let month = i8::try_from(months.rem_euclid(12)).unwrap_or(0) + 1;
    Date::new(year, month, regime.cut().unwrap_or(1)).unwrap_or(Date::ZERO)
}

fn roman(index: i8) -> &'static str {
    match index {
        1 => "I",
        2 => "II",
        3 => "III",
        _ => "IV",
    }
}

fn month_name(index: i8) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    usize::try_from(index - 1).ok().and_then(|place| NAMES.get(place)).copied().unwrap_or_default()
}

impl fmt::Display for Period {
    /// The code: `2020-01`, `2020-Q2`, `2023-H1`, `2020-9M`, `2020`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            PeriodKind::Month => write!(f, "{:04}-{:02}", self.year, self.index),
            PeriodKind::Quarter => write!(f, "{:04}-Q{}", self.year, self.index),
            PeriodKind::HalfYear => write!(f, "{:04}-H{}", self.year, self.index),
            PeriodKind::NineMonths => write!(f, "{:04}-9M", self.year),
            PeriodKind::Year => write!(f, "{:04}", self.year),
        }
    }
}

impl FromStr for Period {
    type Err = PeriodError;

    fn from_str(code: &str) -> Result<Self, PeriodError> {
        let digits = |text: &str, len: usize| text.len() == len && text.bytes().all(|byte| byte.is_ascii_digit());
        let (year, rest) = code.split_once('-').map_or((code, None), |(year, rest)| (year, Some(rest)));
        if !digits(year, 4) {
            return Err(PeriodError);
        }
        let number = |text: &str| text.parse().map_err(|_| PeriodError);
        let (kind, index) = match rest {
            None => (PeriodKind::Year, 1),
            Some("9M") => (PeriodKind::NineMonths, 1),
            Some(month) if digits(month, 2) => (PeriodKind::Month, number(month)?),
            Some(part) => match (part.strip_prefix('Q'), part.strip_prefix('H')) {
                (Some(quarter), _) if digits(quarter, 1) => (PeriodKind::Quarter, number(quarter)?),
                (_, Some(half)) if digits(half, 1) => (PeriodKind::HalfYear, number(half)?),
                _ => return Err(PeriodError),
            },
        };
        Self::new(kind, year.parse().map_err(|_| PeriodError)?, index)
    }
}

impl serde::Serialize for Period {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Period {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        code.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn days(code: &str, regime: Regime) -> (Date, Date) {
        let period: Period = code.parse().unwrap();
        (period.first_day(regime), period.last_day(regime))
    }

    #[test]
    fn administrative_cut_offs_are_those_of_the_decree() {
        let regime = Regime::Administrative;
        assert_eq!(days("2020-06", regime), (date(2020, 5, 15), date(2020, 6, 14)));
        assert_eq!(days("2020-01", regime), (date(2019, 12, 15), date(2020, 1, 14)));
        assert_eq!(days("2020-Q2", regime), (date(2020, 3, 15), date(2020, 6, 14)));
        assert_eq!(days("2020-H1", regime), (date(2019, 12, 15), date(2020, 6, 14)));
        assert_eq!(days("2020-9M", regime), (date(2019, 12, 15), date(2020, 9, 14)));
        assert_eq!(days("2020", regime), (date(2019, 12, 15), date(2020, 12, 14)));
    }

    #[test]
    fn calendar_periods_and_a_branch_of_its_own() {
        assert_eq!(days("2023-H1", Regime::Calendar), (date(2023, 1, 1), date(2023, 6, 30)));
        assert_eq!(days("2023-H2", Regime::Calendar), (date(2023, 7, 1), date(2023, 12, 31)));
        assert_eq!(days("2024-02", Regime::Calendar), (date(2024, 2, 1), date(2024, 2, 29)));
        let mail = Regime::Custom { first_day: 10 };
        assert_eq!(days("2020", mail), (date(2019, 12, 10), date(2020, 12, 9)));
    }

    #[test]
    fn the_mid_year_review_was_held_before_its_period_ended() {
        // Seed S4: the meeting of 7/6/2023 reviewed the first half of 2023.
        let half = Period::of(date(2023, 6, 7), PeriodKind::HalfYear, Regime::Calendar).unwrap();
        assert_eq!(half.to_string(), "2023-H1");
        assert!(half.last_day(Regime::Calendar) > date(2023, 6, 7));
    }

    #[test]
    fn mid_december_belongs_to_the_year_to_come() {
        let day = date(2019, 12, 15);
        let code = |kind, regime| Period::of(day, kind, regime).map(|period| period.to_string());
        assert_eq!(code(PeriodKind::Month, Regime::Administrative).as_deref(), Some("2020-01"));
        assert_eq!(code(PeriodKind::Year, Regime::Administrative).as_deref(), Some("2020"));
        assert_eq!(code(PeriodKind::Year, Regime::Calendar).as_deref(), Some("2019"));
        assert_eq!(Period::of(date(2020, 10, 1), PeriodKind::NineMonths, Regime::Calendar), None);
    }

    #[test]
    fn names_in_both_languages() {
        let name = |code: &str, lang| code.parse::<Period>().unwrap().name(lang);
        assert_eq!(name("2020-01", Lang::Vi), "tháng 1 năm 2020");
        assert_eq!(name("2020-Q2", Lang::Vi), "quý II năm 2020");
        assert_eq!(name("2023-H1", Lang::Vi), "6 tháng đầu năm 2023");
        assert_eq!(name("2020-9M", Lang::En), "first nine months of 2020");
        assert_eq!(name("2020-01", Lang::En), "January 2020");
    }

    #[test]
    fn what_is_no_period_is_refused() {
        for code in ["", "20", "2020-13", "2020-00", "2020-Q5", "2020-H3", "2020-Q", "2020-1", "2020-+1", "2020-q2"] {
            assert_eq!(code.parse::<Period>(), Err(PeriodError), "{code}");
        }
    }

    proptest! {
        #[test]
        fn code_and_days_agree(year in 1901i16..2199, kind in 0usize..5, pick in 0i8..12, cut in 0i8..29) {
            use PeriodKind::{HalfYear, Month, NineMonths, Quarter, Year};
            let kind = [Month, Quarter, HalfYear, NineMonths, Year][kind];
            let regime = match cut { 0 => Regime::Calendar, 1 => Regime::Administrative, day => Regime::Custom { first_day: day } };
            let period = Period::new(kind, year, pick % kind.per_year() + 1).unwrap();
            prop_assert_eq!(period.to_string().parse(), Ok(period));
            prop_assert_eq!(Period::of(period.first_day(regime), kind, regime), Some(period));
            prop_assert_eq!(Period::of(period.last_day(regime), kind, regime), Some(period));
            prop_assert_eq!(period.next().previous(), period);
            if kind != NineMonths {
                prop_assert_eq!(period.interval(regime).to, Some(period.next().first_day(regime)));
            }
        }
    }
}
