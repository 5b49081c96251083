//! Levels of government through time: four until 30 June 2025, three since (Resolution 203/2025/QH15).
//!
//! Which levels there are on a day is data (`rules/levels.toml`). An organisation of an abolished level is not alive
//! from that day on, whether or not somebody recorded its end.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use lt_kernel::Date;
use lt_kernel::rules::{Rule, Rules};

use crate::orgs::model::Kind;

/// The levels as they ship.
static SHIPPED: LazyLock<Rules> = LazyLock::new(|| {
    // A file compiled into the program: a test reads it, so it cannot fail in a program that passed.
    Rules::parse(include_str!("../rules/levels.toml")).unwrap_or_default()
});

/// The days from which kinds are no more; asked for every organisation of every tree, so it is worked out once.
static ABOLISHED: LazyLock<Vec<(Kind, Date)>> = LazyLock::new(|| {
    let end = |kind: Kind| {
        let last = SHIPPED.versions(&name(kind.word())).last()?;
        Some((kind, last.valid.to?))
    };
    Kind::ALL.into_iter().filter_map(end).collect()
});

fn name(word: &str) -> String {
    format!("level-{word}")
}

/// The day from which there are no organisations of that kind any more, if there is one.
#[must_use]
pub fn abolished(kind: Kind) -> Option<Date> {
    ABOLISHED.iter().find(|(gone, _)| *gone == kind).map(|(_, day)| *day)
}

/// The number of the act that abolished the level of a kind, as known on `date`.
#[must_use]
pub fn act(word: &str, date: Date) -> Option<&'static str> {
    SHIPPED.at(&format!("abolished-{word}"), date).and_then(Rule::text)
}

/// The levels of government on a day, counted from the centre.
#[must_use]
pub fn levels(date: Date) -> BTreeSet<i64> {
    Kind::ALL.into_iter().filter_map(|kind| SHIPPED.at(&name(kind.word()), date)?.integer()).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_shipped_file_is_read_whole() {
        let rules = Rules::parse(include_str!("../rules/levels.toml")).unwrap();
        assert_eq!(rules.iter().count(), 6);
    }

    #[test]
    fn four_levels_before_1_july_2025_and_three_after() {
        assert_eq!(levels(date(2025, 6, 30)), BTreeSet::from([1, 2, 3, 4]));
        assert_eq!(levels(date(2025, 7, 1)), BTreeSet::from([1, 2, 3]));
        let gone: Vec<_> = Kind::ALL.into_iter().filter(|kind| abolished(*kind).is_some()).collect();
        assert_eq!(gone, [Kind::District]);
        assert_eq!(abolished(Kind::District), Some(date(2025, 7, 1)));
        assert_eq!(act("district", date(2025, 7, 1)), Some("203/2025/QH15"));
        assert_eq!(act("district", date(2025, 6, 30)), None);
    }
}
