//! Time as the program knows it: instants in microseconds, civil dates, half-open intervals of dates.

use std::fmt;

/// A civil date without a time zone; Vietnam's (UTC+7) wherever an instant is turned into one.
pub type Date = jiff::civil::Date;

/// A point in time: whole microseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Instant(i64);

/// Seconds that Vietnam's civil time is ahead of UTC (no daylight saving time).
const VIETNAM_OFFSET_SECONDS: i32 = 7 * 3600;

impl Instant {
    /// The instant `micros` microseconds after the epoch.
    #[must_use]
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// Microseconds since the epoch.
    #[must_use]
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// This instant moved by `seconds` (negative: earlier), saturating at the ends of time.
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1_000_000)))
    }

    /// Date and time of day in Vietnam (UTC+7).
    #[must_use]
    pub fn civil(self) -> jiff::civil::DateTime {
        let zone = jiff::tz::Offset::from_seconds(VIETNAM_OFFSET_SECONDS).unwrap_or(jiff::tz::Offset::UTC);
        jiff::Timestamp::from_microsecond(self.0).map_or(jiff::civil::DateTime::MIN, |at| zone.to_datetime(at))
    }

    /// The date in Vietnam (UTC+7).
    #[must_use]
    pub fn date(self) -> Date {
        self.civil().date()
    }

    /// Midnight in Vietnam at the start of `date`.
    #[must_use]
    pub fn start_of(date: Date) -> Self {
        let zone = jiff::tz::Offset::from_seconds(VIETNAM_OFFSET_SECONDS).unwrap_or(jiff::tz::Offset::UTC);
        Self(
            zone.to_timestamp(date.to_datetime(jiff::civil::Time::midnight()))
                .map_or(i64::MIN, jiff::Timestamp::as_microsecond),
        )
    }

    /// The last microsecond of `date` in Vietnam; what was known "on that day" was known by then.
    #[must_use]
    pub fn end_of(date: Date) -> Self {
        Self(Self::start_of(date).0.saturating_add(86_400_000_000 - 1))
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.civil().strftime("%Y-%m-%dT%H:%M:%S%.f+07:00"))
    }
}

/// Whole days from `from` to `to`; negative when `to` is earlier.
#[must_use]
pub fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

/// Where "now" comes from. The program uses the machine's clock; tests use one they can move.
pub trait Clock: Send + Sync {
    /// The present instant.
    fn now(&self) -> Instant;

    /// Today in Vietnam.
    fn today(&self) -> Date {
        self.now().date()
    }
}

/// A half-open stretch of dates `[from, to)`; without an end it is still running.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Interval {
    /// First day inside.
    pub from: Date,
    /// First day after it, when there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
}

impl Interval {
    /// Whether `date` lies inside.
    #[must_use]
    pub fn holds(&self, date: Date) -> bool {
        self.from <= date && self.to.is_none_or(|to| date < to)
    }

    /// Whether the two share a day.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        self.to.is_none_or(|to| other.from < to) && other.to.is_none_or(|to| self.from < to)
    }

    /// Whether it has at least one day.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.to.is_none_or(|to| self.from < to)
    }
}
