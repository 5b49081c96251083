//! Which sights were written down a moment ago, per node: pages read again cost nothing.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, PoisonError};

use lt_kernel::Instant;
use lt_kernel::id::{AccountId, PersonId};

use super::SAME_SECONDS;

/// What makes two looks one sight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    /// Who looks.
    pub(crate) viewer: AccountId,
    /// At whom.
    pub(crate) person: PersonId,
    /// What for.
    pub(crate) purpose: &'static str,
    /// In a list, where less of a person stands than on their page.
    pub(crate) listed: bool,
}

/// Sights remembered at once; beyond it those that are over are forgotten, and then all: at worst one is written
/// down twice.
const REMEMBERED: usize = 50_000;

/// The memory. Another node has its own: at worst each writes the same sight down once.
#[derive(Debug, Default)]
pub(crate) struct Sights(Mutex<HashMap<Key, Instant>>);

/// Whether a sight written at `at` still covers a look at `now`. A clock that was set back covers nothing.
fn covers(at: Instant, now: Instant) -> bool {
    at <= now && now < at.plus_seconds(SAME_SECONDS)
}

impl Sights {
    /// Those that were not written down a moment ago, each once.
    pub(crate) fn new_ones(&self, keys: impl Iterator<Item = Key>, now: Instant) -> Vec<Key> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut met = HashSet::new();
        keys.filter(|key| !known.get(key).is_some_and(|at| covers(*at, now)) && met.insert(*key)).collect()
    }

    /// These were written down.
    pub(crate) fn remember(&self, keys: Vec<Key>, now: Instant) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() + keys.len() > REMEMBERED {
            known.retain(|_, at| covers(*at, now));
        }
        if known.len() + keys.len() > REMEMBERED {
            known.clear();
        }
        known.extend(keys.into_iter().map(|key| (key, now)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lt_kernel::id::Uuid;

    const NOW: Instant = Instant::from_micros(1_000_000_000);

    fn key(person: u128) -> Key {
        let (viewer, person) = (AccountId(Uuid::from_u128(1)), PersonId(Uuid::from_u128(person)));
        Key { viewer, person, purpose: super::super::ACCOUNTS, listed: false }
    }

    #[test]
    fn a_look_within_ten_minutes_is_the_same_sight() {
        let sights = Sights::default();
        assert_eq!(sights.new_ones([key(1), key(2), key(1)].into_iter(), NOW), [key(1), key(2)]);
        assert_eq!(sights.new_ones([key(1)].into_iter(), NOW), [key(1)], "nothing is remembered before it is stored");
        sights.remember(vec![key(1)], NOW);
        let again = |key: Key, seconds| sights.new_ones([key].into_iter(), NOW.plus_seconds(seconds)).len();
        assert_eq!((again(key(1), 0), again(key(1), 599), again(key(1), 600)), (0, 0, 1));
        assert_eq!(again(key(1), -1), 1, "a clock that was set back hides nothing");
        assert_eq!(again(Key { listed: true, ..key(1) }, 0), 1);
        assert_eq!(again(Key { purpose: super::super::HISTORY, ..key(1) }, 0), 1);
        assert_eq!(again(Key { viewer: AccountId(Uuid::from_u128(9)), ..key(1) }, 0), 1);
    }

    #[test]
    fn the_memory_stays_bounded() {
        let sights = Sights::default();
        for round in 0..3_u128 {
            let keys = (0..30_000_u128).map(|number| key(round * 30_000 + number)).collect();
            sights.remember(keys, NOW);
        }
        assert!(sights.0.lock().unwrap().len() <= REMEMBERED);
    }
}
