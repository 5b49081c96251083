//! The calendar as a table of days with reasons, and the arithmetic of periods over it.
//!
//! The day of the event is not counted (Civil Code 2015 Art. 147.2); a period that ends on a day of rest
//! ends on the next working day (Art. 148.5). Days are Vietnam's.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use super::holidays::{DayOff, holidays_by, is_weekend};
use super::rules::{CalendarRules, SHIPPED, Swap};
use crate::Date;
use crate::rules::Trust;

/// First and last civil year the table covers.
const YEARS: std::ops::RangeInclusive<i16> = 2013..=2100;

/// What a row makes of its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RowKind {
    /// A day off.
    Off,
    /// A working day, although a Saturday or Sunday.
    Work,
}

/// A row somebody in charge adds to the table: a day off or a working day by an act of their own.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Row {
    /// The day.
    pub date: Date,
    /// What it is made.
    pub kind: RowKind,
    /// The act.
    pub act: String,
    /// The day from which people could know.
    pub known_from: Date,
}

/// What a day is, and why.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub enum DayKind {
    /// Monday to Friday, nothing special.
    Working,
    /// Saturday or Sunday.
    WeeklyRest,
    /// Off by law.
    Holiday(DayOff),
    /// A working day that is off because of a swap.
    SwappedOff(Swap),
    /// A Saturday that is worked because of a swap.
    SwappedWork(Swap),
    /// Off or working by a row of the installation.
    Row(Row),
}

impl DayKind {
    /// Whether offices work.
    #[must_use]
    pub fn is_working(&self) -> bool {
        match self {
            Self::Working | Self::SwappedWork(_) => true,
            Self::WeeklyRest | Self::Holiday(_) | Self::SwappedOff(_) => false,
            Self::Row(row) => row.kind == RowKind::Work,
        }
    }

    /// Whether it is assumed and not yet announced.
    #[must_use]
    pub fn is_provisional(&self) -> bool {
        matches!(self, Self::Holiday(day) if day.provisional)
    }

    /// How well its source was checked; plain days and the installation's own rows count as read.
    #[must_use]
    pub fn trust(&self) -> Trust {
        match self {
            Self::Working | Self::WeeklyRest | Self::Row(_) => Trust::A,
            Self::Holiday(day) => day.trust,
            Self::SwappedOff(swap) | Self::SwappedWork(swap) => swap.trust,
        }
    }

    /// Key of the reason in the words.
    #[must_use]
    pub fn reason_key(&self) -> &'static str {
        match self {
            Self::Working => "kernel-day-working",
            Self::WeeklyRest => "kernel-day-weekly-rest",
            Self::Holiday(day) => day.name_key,
            Self::SwappedOff(_) => "kernel-day-swapped-off",
            Self::SwappedWork(_) => "kernel-day-swapped-work",
            Self::Row(row) if row.kind == RowKind::Off => "kernel-day-off-by-row",
            Self::Row(_) => "kernel-day-work-by-row",
        }
    }
}

/// The question leaves the years the table covers (2013–2100).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0} is outside the years 2013 to 2100 of the calendar")]
pub struct OutsideTable(pub Date);

/// A calendar of working days. Cheap to clone; never changes: a new act makes a new calendar with another
/// [`Self::version`], and a deadline keeps the version it was computed with.
#[derive(Debug, Clone)]
pub struct Calendar {
    rules: Arc<CalendarRules>,
    rows: Arc<[Row]>,
    known: Option<Date>,
    /// Only the days that are not what their weekday says.
    days: Arc<BTreeMap<Date, DayKind>>,
    version: Arc<str>,
}

static OFFICIAL: LazyLock<Calendar> =
    LazyLock::new(|| Calendar::build(Arc::new(SHIPPED.clone()), Vec::new().into(), None));

impl Calendar {
    /// The calendar of state bodies as shipped, with everything known.
    #[must_use]
    pub fn official() -> Self {
        OFFICIAL.clone()
    }

    /// The same with rows of the installation, which win over law and swaps; of two rows for one day the later wins.
    #[must_use]
    pub fn with_rows(&self, rows: &[Row]) -> Self {
        let rows: Vec<Row> = self.rows.iter().chain(rows).cloned().collect();
        Self::build(Arc::clone(&self.rules), rows.into(), self.known)
    }

    /// The same with a swap added, or an existing one (same day off) replaced: this is how a person
    /// confirms a swap that ships switched off.
    #[must_use]
    pub fn with_swap(&self, swap: Swap) -> Self {
        let mut rules = (*self.rules).clone();
        rules.swap.retain(|other| other.off != swap.off);
        rules.swap.push(swap);
        Self::build(Arc::new(rules), Arc::clone(&self.rows), self.known)
    }

    /// The calendar as people knew it at the end of `date`: what was announced later is not in it.
    #[must_use]
    pub fn as_known(&self, date: Date) -> Self {
        Self::build(Arc::clone(&self.rules), Arc::clone(&self.rows), Some(date))
    }

    /// All swaps with their marks, those switched off too.
    #[must_use]
    pub fn swaps(&self) -> &[Swap] {
        &self.rules.swap
    }

    /// Names the content of the table: two calendars with the same days have the same version.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// What the day is, and why. Outside 2013–2100 only the weekday is known.
    #[must_use]
    pub fn kind_of(&self, date: Date) -> DayKind {
        self.days.get(&date).cloned().unwrap_or_else(|| by_weekday(date))
    }

    /// Whether offices work that day.
    #[must_use]
    pub fn is_working_day(&self, date: Date) -> bool {
        self.days.get(&date).map_or_else(|| !is_weekend(date), DayKind::is_working)
    }

    /// The days of the table in `[from, to]` that are not what their weekday says, in order.
    pub fn special_days(&self, from: Date, to: Date) -> impl Iterator<Item = (Date, &DayKind)> {
        self.days.range(from..=to).map(|(date, kind)| (*date, kind))
    }

    /// The `n`-th working day after `start` (not counted); negative: before it; 0: `start` itself.
    ///
    /// # Errors
    /// [`OutsideTable`] when the count leaves the years the table covers.
    pub fn add_working_days(&self, start: Date, n: i32) -> Result<Date, OutsideTable> {
        let (mut day, mut left) = (start, n.unsigned_abs());
        while left > 0 {
            day = step(day, n > 0)?;
            left -= u32::from(self.is_working_day(day));
        }
        Ok(day)
    }

    /// `n` calendar days after `start` (not counted), moved on to the next working day when it ends on a
    /// day of rest (Civil Code 2015 Art. 148.5). Negative: plainly backwards, not moved.
    ///
    /// # Errors
    /// [`OutsideTable`] when the count leaves the years the table covers.
    pub fn add_calendar_days(&self, start: Date, n: i32) -> Result<Date, OutsideTable> {
        let span = jiff::Span::new().try_days(n).map_err(|_| OutsideTable(start))?;
        let end = start.checked_add(span).map_err(|_| OutsideTable(start))?;
        if n < 0 { inside(end) } else { self.working_day_from(end) }
    }

    /// `n` months after `start`: the corresponding day, else the month's last, moved on to the next working
    /// day (Civil Code 2015 Art. 148.3 and 148.5).
    ///
    /// # Errors
    /// [`OutsideTable`] when the count leaves the years the table covers.
    pub fn add_months(&self, start: Date, n: i32) -> Result<Date, OutsideTable> {
        let end = months_after(start, n)?;
        if n < 0 { Ok(end) } else { self.working_day_from(end) }
    }

    /// `date` itself when it is a working day, else the next one.
    ///
    /// # Errors
    /// [`OutsideTable`] when the search leaves the years the table covers.
    pub fn working_day_from(&self, date: Date) -> Result<Date, OutsideTable> {
        let mut day = inside(date)?;
        while !self.is_working_day(day) {
            day = step(day, true)?;
        }
        Ok(day)
    }

    /// Working days in `(start, end]`, the inverse of [`Self::add_working_days`]; negative when `end` is before
    /// `start` (then those in `[end, start)`).
    #[must_use]
    pub fn working_days_between(&self, start: Date, end: Date) -> i32 {
        let count = |from: Date, to: Date| {
            let days = from.series(jiff::Span::new().days(1)).take_while(|day| *day <= to);
            i32::try_from(days.filter(|day| self.is_working_day(*day)).count()).unwrap_or(i32::MAX)
        };
        let (Ok(after), Ok(before)) = (start.tomorrow(), start.yesterday()) else { return 0 };
        if end >= start { count(after, end) } else { -count(end, before) }
    }

    fn build(rules: Arc<CalendarRules>, rows: Arc<[Row]>, known: Option<Date>) -> Self {
        let mut days = BTreeMap::new();
        for day in YEARS.flat_map(|year| holidays_by(&rules, year, known)) {
            days.insert(day.date, DayKind::Holiday(day));
        }
        let announced = |from: Date| known.is_none_or(|known| from <= known);
        for swap in rules.swap.iter().filter(|swap| swap.is_enabled() && announced(swap.known_from)) {
            days.insert(swap.off, DayKind::SwappedOff(swap.clone()));
            days.insert(swap.work, DayKind::SwappedWork(swap.clone()));
        }
        for row in rows.iter().filter(|row| announced(row.known_from)) {
            days.insert(row.date, DayKind::Row(row.clone()));
        }
        let version = fingerprint(&days).into();
        Self { rules, rows, known, days: Arc::new(days), version }
    }
}

/// `n` months after `start` (negative: before): the corresponding day, else the month's last; not moved.
///
/// # Errors
/// [`OutsideTable`] when the count leaves the years the table covers.
pub fn months_after(start: Date, n: i32) -> Result<Date, OutsideTable> {
    let span = jiff::Span::new().try_months(n).map_err(|_| OutsideTable(start))?;
    start.checked_add(span).map_err(|_| OutsideTable(start)).and_then(inside)
}

fn by_weekday(date: Date) -> DayKind {
    if is_weekend(date) { DayKind::WeeklyRest } else { DayKind::Working }
}

fn step(day: Date, forward: bool) -> Result<Date, OutsideTable> {
    let next = if forward { day.tomorrow() } else { day.yesterday() };
    next.map_err(|_| OutsideTable(day)).and_then(inside)
}

fn inside(date: Date) -> Result<Date, OutsideTable> {
    if YEARS.contains(&date.year()) { Ok(date) } else { Err(OutsideTable(date)) }
}

/// FNV-1a over what each day is; it names a content, it guards nothing.
fn fingerprint(days: &BTreeMap<Date, DayKind>) -> String {
    let mut sum: u64 = 0xcbf2_9ce4_8422_2325;
    for (date, kind) in days {
        let line = format!("{date} {} {}\n", kind.is_working(), kind.reason_key());
        for byte in line.bytes() {
            sum = (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    format!("{sum:016x}")
}

#[cfg(test)]
#[path = "table_tests.rs"]
mod tests;
