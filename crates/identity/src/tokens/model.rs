//! What a token may, and for how long. Pure.

use std::collections::BTreeSet;

use lt_kernel::id::AccountId;
use lt_kernel::text::clean_line;
use lt_kernel::{Instant, Said};
use lt_web::Grant;

lt_kernel::typed_id!(
    /// An API token.
    TokenId
);
lt_store::stored_ids!(TokenId);

/// What every token begins with, so that scanners of source code find leaked ones.
pub const PREFIX: &str = "ltk_";
/// Days a token may be valid at most.
pub const MAX_DAYS: i64 = 366;
/// Living tokens of one account at most.
pub const MAX_LIVING: usize = 20;

/// A token as its owner sees it later: without the token.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Token {
    /// Which.
    #[serde(skip)]
    pub id: TokenId,
    /// For whom it acts.
    pub account: AccountId,
    /// What its owner calls it.
    pub name: String,
    /// The part of its owner's permissions it may use.
    pub permissions: BTreeSet<String>,
    /// When it was made.
    pub created: Instant,
    /// First instant at which it counts no more.
    pub expires: Instant,
    /// When it was last used, to the minute.
    #[serde(skip)]
    pub last_used: Option<Instant>,
    /// When it was taken back.
    pub revoked: Option<Instant>,
}

/// Why a token is not made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// No name, or a very long one.
    Name,
    /// Zero days, or more than [`MAX_DAYS`].
    Days,
    /// No permission chosen.
    Nothing,
    /// A permission its owner does not hold.
    NotYours(String),
    /// [`MAX_LIVING`] are there already.
    TooMany,
}

impl Refused {
    /// The field it concerns.
    #[must_use]
    pub const fn field(&self) -> &'static str {
        match self {
            Self::Name | Self::TooMany => "name",
            Self::Days => "days",
            Self::Nothing | Self::NotYours(_) => "permissions",
        }
    }

    /// The refusal in words.
    #[must_use]
    pub fn said(&self) -> Said {
        match self {
            Self::Name => Said::new("identity-token-bad-name"),
            Self::Days => Said::new("identity-token-bad-days").with("max", MAX_DAYS),
            Self::Nothing => Said::new("identity-token-nothing"),
            Self::NotYours(permission) => Said::new("identity-token-not-yours").with("permission", permission),
            Self::TooMany => Said::new("identity-token-too-many").with("max", MAX_LIVING),
        }
    }
}

impl Token {
    /// A new token of `account`, whose owner holds `grants` and has `living` tokens.
    ///
    /// # Errors
    /// [`Refused`] with the first reason.
    pub fn new(
        (id, account): (TokenId, AccountId),
        (name, days): (&str, i64),
        permissions: BTreeSet<String>,
        (grants, living): (&[Grant], usize),
        now: Instant,
    ) -> Result<Self, Refused> {
        let name = clean_line(name);
        if !(1..=100).contains(&name.chars().count()) {
            return Err(Refused::Name);
        }
        if !(1..=MAX_DAYS).contains(&days) {
            return Err(Refused::Days);
        }
        if permissions.is_empty() {
            return Err(Refused::Nothing);
        }
        let held = |permission: &&String| grants.iter().any(|grant| &grant.permission == *permission);
        if let Some(missing) = permissions.iter().find(|permission| !held(permission)) {
            return Err(Refused::NotYours(missing.clone()));
        }
        if living >= MAX_LIVING {
            return Err(Refused::TooMany);
        }
        let expires = now.plus_seconds(days * 86_400);
        Ok(Self { id, account, name, permissions, created: now, expires, last_used: None, revoked: None })
    }

    /// Whether it counts at `now`.
    #[must_use]
    pub fn is_live(&self, now: Instant) -> bool {
        self.revoked.is_none() && now < self.expires
    }

    /// The part of its owner's present grants that it may use: never more than the owner has today.
    #[must_use]
    pub fn narrow(&self, grants: &[Grant]) -> Vec<Grant> {
        grants.iter().filter(|grant| self.permissions.contains(&grant.permission)).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lt_kernel::id::Uuid;
    use lt_web::Scope;

    const NOW: Instant = Instant::from_micros(1_000_000);

    fn grants(names: &[&str]) -> Vec<Grant> {
        names.iter().map(|name| Grant { permission: (*name).into(), scope: Scope::All }).collect()
    }

    fn make(name: &str, days: i64, permissions: &[&str], living: usize) -> Result<Token, Refused> {
        let ids = (TokenId(Uuid::nil()), AccountId(Uuid::nil()));
        let permissions = permissions.iter().map(|name| (*name).to_owned()).collect();
        Token::new(ids, (name, days), permissions, (&grants(&["a.read", "a.write"]), living), NOW)
    }

    #[test]
    fn what_is_refused() {
        assert_eq!(make(" ", 1, &["a.read"], 0), Err(Refused::Name));
        assert_eq!(make("x", 0, &["a.read"], 0), Err(Refused::Days));
        assert_eq!(make("x", MAX_DAYS + 1, &["a.read"], 0), Err(Refused::Days));
        assert_eq!(make("x", 1, &[], 0), Err(Refused::Nothing));
        assert_eq!(make("x", 1, &["a.read", "b.read"], 0), Err(Refused::NotYours("b.read".into())));
        assert_eq!(make("x", 1, &["a.read"], MAX_LIVING), Err(Refused::TooMany));
        assert!(make("x", MAX_DAYS, &["a.read"], MAX_LIVING - 1).is_ok());
    }

    #[test]
    fn a_token_ends_by_time_or_by_hand() {
        let mut token = make("x", 1, &["a.read"], 0).unwrap();
        assert!(token.is_live(NOW.plus_seconds(86_399)) && !token.is_live(NOW.plus_seconds(86_400)));
        token.revoked = Some(NOW);
        assert!(!token.is_live(NOW));
    }

    #[test]
    fn a_token_never_has_more_than_its_owner_today() {
        let token = make("x", 1, &["a.read", "a.write"], 0).unwrap();
        assert_eq!(token.narrow(&grants(&["a.read", "c.read"])), grants(&["a.read"]));
        assert!(token.narrow(&[]).is_empty());
    }
}
