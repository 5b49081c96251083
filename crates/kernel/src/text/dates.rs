//! Dates as people write them: 12/06/2020 in Vietnamese, 12 Jun 2020 in English.

use crate::clock::Date;
use crate::lang::{Lang, Said};

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// `date` for a reader: `12/06/2020` in Vietnamese, `12 Jun 2020` in English.
#[must_use]
pub fn write(date: Date, lang: Lang) -> String {
    match lang {
        Lang::Vi => format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year()),
        Lang::En => {
            let month = usize::try_from(date.month()).ok().and_then(|month| MONTHS.get(month.checked_sub(1)?));
            format!("{} {} {}", date.day(), month.copied().unwrap_or_default(), date.year())
        }
    }
}

/// Why a text is not taken as a date. Every fault quotes the text, at most 40 characters of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DateFault {
    /// Nothing is written.
    #[error("no date")]
    Empty,
    /// Day and month only; the year is not guessed.
    #[error("{0:?} lacks the year")]
    YearMissing(String),
    /// A year of fewer than four digits; the century is not guessed.
    #[error("{0:?} has a short year")]
    YearShort(String),
    /// The calendar has no such day (month and day may be swapped).
    #[error("{0:?} is not in the calendar")]
    NoSuchDay(String),
    /// Another shape.
    #[error("{0:?} is not a date")]
    Unreadable(String),
}

impl DateFault {
    /// The refusal for a reader.
    #[must_use]
    pub fn said(&self) -> Said {
        match self {
            Self::Empty => Said::new("kernel-date-empty"),
            Self::YearMissing(text) => Said::new("kernel-date-year-missing").with("text", text),
            Self::YearShort(text) => Said::new("kernel-date-year-short").with("text", text),
            Self::NoSuchDay(text) => Said::new("kernel-date-no-such-day").with("text", text),
            Self::Unreadable(text) => Said::new("kernel-date-unreadable").with("text", text),
        }
    }
}

/// Reads `dd/mm/yyyy`, `d/m/yyyy` (always day first) or `yyyy-mm-dd`.
///
/// # Errors
/// A [`DateFault`]; a missing year or century is never filled in.
pub fn parse(text: &str) -> Result<Date, DateFault> {
    let text = text.trim();
    let quoted = || text.chars().take(40).collect::<String>();
    if text.is_empty() {
        return Err(DateFault::Empty);
    }
    let (year, month, day) = if text.contains('/') {
        let parts: Vec<&str> = text.split('/').collect();
        match parts.as_slice() {
            [day, month] if is_short(day) && is_short(month) => return Err(DateFault::YearMissing(quoted())),
            [day, month, year] if is_short(day) && is_short(month) && is_digits(year) => {
                if year.len() < 4 {
                    return Err(DateFault::YearShort(quoted()));
                }
                (*year, *month, *day)
            }
            _ => return Err(DateFault::Unreadable(quoted())),
        }
    } else {
        let parts: Vec<&str> = text.split('-').collect();
        match parts.as_slice() {
            [year, month, day] if is_digits(year) && month.len() == 2 && day.len() == 2 => (*year, *month, *day),
            _ => return Err(DateFault::Unreadable(quoted())),
        }
    };
    if year.len() != 4 || !is_short(month) || !is_short(day) {
        return Err(DateFault::Unreadable(quoted()));
    }
    let civil = || Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok();
    civil().filter(|date| date.year() > 0).ok_or_else(|| DateFault::NoSuchDay(quoted()))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_short(text: &str) -> bool {
    is_digits(text) && text.len() <= 2
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn shapes_that_are_taken() {
        for text in ["12/06/2020", "12/6/2020", " 12/06/2020 ", "2020-06-12"] {
            assert_eq!(parse(text), Ok(date(2020, 6, 12)), "{text:?}");
        }
        assert_eq!(write(date(2020, 6, 2), Lang::Vi), "02/06/2020");
        assert_eq!(write(date(2020, 6, 2), Lang::En), "2 Jun 2020");
    }

    #[test]
    fn shapes_that_are_refused() {
        for (text, key) in [
            ("", "kernel-date-empty"),
            ("12/6", "kernel-date-year-missing"),
            ("12/6/20", "kernel-date-year-short"),
            ("31/2/2020", "kernel-date-no-such-day"),
            ("6/25/2020", "kernel-date-no-such-day"),
            ("2020-02-30", "kernel-date-no-such-day"),
            ("00/01/2020", "kernel-date-no-such-day"),
            ("01/01/0000", "kernel-date-no-such-day"),
            ("2020-6-1", "kernel-date-unreadable"),
            ("2020/06/12", "kernel-date-unreadable"),
            ("12/06/20200", "kernel-date-unreadable"),
            ("-1/06/2020", "kernel-date-unreadable"),
            ("12.06.2020", "kernel-date-unreadable"),
            ("hôm nay", "kernel-date-unreadable"),
        ] {
            assert_eq!(parse(text).unwrap_err().said().key, key, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(year in 1_i16..=9999, month in 1_i8..=12, day in 1_i8..=28) {
            let day = date(year, month, day);
            prop_assert_eq!(parse(&write(day, Lang::Vi)), Ok(day));
            prop_assert_eq!(parse(&day.to_string()), Ok(day));
        }

        #[test]
        fn no_text_breaks_it(text in "\\PC{0,12}|[0-9/-]{0,12}") {
            let _ = parse(&text);
        }
    }
}
