//! The throttle before any hashing: so many tries a minute for one account, so many for one address.
//!
//! It lives in memory, per node: it protects processors and slows guessing. What must survive a restart,
//! the failures of an account, is in the database ([`crate::accounts::model::FAILURES_BEFORE_LOCK`]).

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use lt_kernel::Instant;

/// Tries a minute for one login name, known or not.
pub const PER_ACCOUNT: u32 = 10;
/// Tries a minute for one address: a whole office may sit behind one.
pub const PER_ADDRESS: u32 = 30;
/// Names and addresses remembered at once; beyond it those at rest are forgotten.
const REMEMBERED: usize = 50_000;
/// Microseconds in a minute.
const MINUTE: i64 = 60_000_000;

/// What is counted.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    Login(Vec<u8>),
    Address(IpAddr),
}

/// When a bucket will be full again; a bucket at rest need not be remembered.
///
/// (The generic cell rate algorithm: one instant instead of a level and a time.)
#[derive(Debug, Default)]
pub struct Throttle {
    full_at: Mutex<HashMap<Key, Instant>>,
}

/// Too many tries; this many seconds must pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait {
    /// Seconds, at least 1.
    pub seconds: i64,
}

impl Throttle {
    /// Takes one try for the folded login name and the address, or says how long to wait.
    ///
    /// # Errors
    /// [`Wait`] when either has none left; then nothing is taken from the other.
    pub fn take(&self, login_key: &str, address: Option<IpAddr>, now: Instant) -> Result<(), Wait> {
        let mut full_at = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        if full_at.len() >= REMEMBERED {
            full_at.retain(|_, full| *full > now);
        }
        let mut buckets = vec![(Key::Login(crate::secret::digest(login_key)), PER_ACCOUNT)];
        buckets.extend(address.map(|address| (Key::Address(network(address)), PER_ADDRESS)));
        let mut taken = Vec::new();
        for (key, rate) in buckets {
            let cost = MINUTE / i64::from(rate);
            let start = full_at.get(&key).copied().unwrap_or(now).max(now);
            let after = Instant::from_micros(start.micros().saturating_add(cost));
            let late = after.micros() - now.micros() - MINUTE;
            if late > 0 {
                return Err(Wait { seconds: (late + 999_999) / 1_000_000 });
            }
            taken.push((key, after));
        }
        if full_at.len() >= REMEMBERED {
            // Still full of busy names: an attack on many at once. Nothing is remembered of newcomers;
            // the failures in the database and the bound on hashing hold.
            taken.retain(|(key, _)| full_at.contains_key(key));
        }
        full_at.extend(taken);
        Ok(())
    }
}

/// The network an address counts as: itself, or the /64 of an IPv6 address, which one customer owns whole.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(four) => IpAddr::V4(four),
        IpAddr::V6(six) => {
            let bits = u128::from(six) & !u128::from(u64::MAX);
            IpAddr::V6(bits.into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Instant = Instant::from_micros(1_000_000_000);

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn an_account_has_ten_tries_a_minute() {
        let throttle = Throttle::default();
        for place in 0..PER_ACCOUNT {
            assert_eq!(throttle.take("a", None, NOW), Ok(()), "{place}");
        }
        assert_eq!(throttle.take("a", None, NOW), Err(Wait { seconds: 6 }));
        assert_eq!(throttle.take("b", None, NOW), Ok(()), "another account is not hurt");
        assert_eq!(throttle.take("a", None, NOW.plus_seconds(6)), Ok(()), "one comes back every six seconds");
        assert_eq!(throttle.take("a", None, NOW.plus_seconds(6)), Err(Wait { seconds: 6 }));
    }

    #[test]
    fn an_address_has_thirty_whatever_the_names() {
        let throttle = Throttle::default();
        for place in 0..PER_ADDRESS {
            assert_eq!(throttle.take(&place.to_string(), Some(address("192.0.2.1")), NOW), Ok(()));
        }
        assert_eq!(throttle.take("z", Some(address("192.0.2.1")), NOW), Err(Wait { seconds: 2 }));
        assert_eq!(throttle.take("z", Some(address("192.0.2.2")), NOW), Ok(()));
    }

    #[test]
    fn a_refused_try_takes_nothing() {
        let throttle = Throttle::default();
        for _ in 0..PER_ACCOUNT {
            throttle.take("a", Some(address("192.0.2.1")), NOW).unwrap();
        }
        for _ in 0..100 {
            assert!(throttle.take("a", Some(address("192.0.2.1")), NOW).is_err());
        }
        assert_eq!(throttle.take("b", Some(address("192.0.2.1")), NOW), Ok(()), "the address still has its own");
    }

    #[test]
    fn an_ipv6_customer_is_one_address() {
        assert_eq!(network(address("2001:db8::1")), network(address("2001:db8::ffff:1")));
        assert_ne!(network(address("2001:db8::1")), network(address("2001:db8:0:1::1")));
        assert_eq!(network(address("::ffff:192.0.2.1")), network(address("192.0.2.1")));
    }

    #[test]
    fn memory_is_bounded() {
        let throttle = Throttle::default();
        for place in 0..REMEMBERED + 500 {
            let _ = throttle.take(&place.to_string(), None, NOW);
        }
        assert!(throttle.full_at.lock().unwrap().len() <= REMEMBERED);
        throttle.take("later", None, NOW.plus_seconds(3600)).unwrap();
        assert_eq!(throttle.full_at.lock().unwrap().len(), 1, "those at rest are forgotten");
    }
}
