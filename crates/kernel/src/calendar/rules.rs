//! The dated rules behind the calendar, read from `rules/calendar.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use super::holidays::OffKind;
use crate::Date;
use crate::rules::Trust;

/// A working day swapped against a Saturday by the Prime Minister (operations-law §9.1).
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, Deserialize)]
pub struct Swap {
    /// The working day that is off.
    pub off: Date,
    /// The Saturday that is worked instead.
    pub work: Date,
    /// The day from which people could know.
    pub known_from: Date,
    /// The act.
    pub source: String,
    /// How well it was checked.
    pub trust: Trust,
    /// Whether it counts. Unless written, a swap marked D or E does not until a person confirms it.
    #[serde(default)]
    pub enabled: Option<bool>,
}

impl Swap {
    /// Whether the swap counts: as written, else by how well it was checked.
    #[must_use]
    pub fn is_enabled(&self) -> bool {
        self.enabled.unwrap_or(self.trust.is_relied_on())
    }
}

/// A day of the solar or the lunar year that is off every year.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct YearlyDay {
    pub(super) kind: OffKind,
    pub(super) month: i8,
    pub(super) day: i8,
    pub(super) from: Date,
    pub(super) source: String,
    pub(super) trust: Trust,
}

/// The days of Tết in one year, as announced.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct TetDays {
    pub(super) year: i16,
    pub(super) first: Date,
    pub(super) last: Date,
    pub(super) known_from: Date,
    pub(super) source: String,
    pub(super) trust: Trust,
}

/// The day next to 2 September in one year, as announced.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct AdjacentDay {
    pub(super) year: i16,
    pub(super) date: Date,
    pub(super) known_from: Date,
    pub(super) source: String,
    pub(super) trust: Trust,
}

/// The whole file.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CalendarRules {
    pub(super) fixed: Vec<YearlyDay>,
    pub(super) lunar: Vec<YearlyDay>,
    pub(super) tet: Vec<TetDays>,
    pub(super) adjacent: Vec<AdjacentDay>,
    pub(super) swap: Vec<Swap>,
}

/// The rules that ship with the program.
pub(super) static SHIPPED: LazyLock<CalendarRules> = LazyLock::new(|| {
    // A file compiled into the program: a test reads it, so it cannot fail in a program that passed.
    toml::from_str(include_str!("../../rules/calendar.toml")).unwrap_or_default()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_file_is_read_whole() {
        let read: Result<CalendarRules, _> = toml::from_str(include_str!("../../rules/calendar.toml"));
        let rules = read.unwrap();
        assert_eq!((rules.fixed.len(), rules.lunar.len(), rules.tet.len(), rules.swap.len()), (5, 1, 2, 3));
    }

    #[test]
    fn unverified_swaps_wait_for_a_person() {
        let on: Vec<_> = SHIPPED.swap.iter().filter(|swap| swap.is_enabled()).map(|swap| swap.off).collect();
        assert_eq!(on, [jiff::civil::date(2026, 8, 31)]);
    }
}
