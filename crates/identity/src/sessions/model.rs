//! How long a session lasts, and what it is called by. Pure.

use lt_kernel::Instant;
use lt_kernel::id::AccountId;

lt_kernel::typed_id!(
    /// A session.
    SessionId
);
lt_store::stored_ids!(SessionId);

/// Seconds without a request after which a session is over (OWASP: 15–30 minutes for office work).
pub const IDLE_SECONDS: i64 = 30 * 60;
/// Seconds after which it is over in any case: a working day.
pub const WHOLE_SECONDS: i64 = 12 * 3600;
/// Seconds to type the code of the second factor.
pub const CODE_SECONDS: i64 = 5 * 60;
/// `last_seen` is written when it is older than this many seconds.
pub const SEEN_SECONDS: i64 = 60;

/// How far a sign-in has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stage {
    /// The password was right, the code is missing.
    SecondFactor,
    /// Signed in.
    Full,
}

impl Stage {
    /// The word stored.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::SecondFactor => "second_factor",
            Self::Full => "full",
        }
    }

    /// The stage of a stored word; an unknown one is the one that may less.
    #[must_use]
    pub fn from_word(word: &str) -> Self {
        if word == "full" { Self::Full } else { Self::SecondFactor }
    }
}

/// A session as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Which.
    pub id: SessionId,
    /// Whose.
    pub account: AccountId,
    /// How far it has come.
    pub stage: Stage,
    /// Whether the provider or a code vouched for the second factor.
    pub strong: bool,
    /// When it began.
    pub created: Instant,
    /// When it was last used, to the minute.
    pub last_seen: Instant,
}

impl Session {
    /// The instant at which it is over, unless used before.
    #[must_use]
    pub fn ends(&self) -> Instant {
        if self.stage == Stage::SecondFactor {
            return self.created.plus_seconds(CODE_SECONDS);
        }
        // Written at most once a minute, so the last minute is the user's.
        let idle = self.last_seen.plus_seconds(IDLE_SECONDS + SEEN_SECONDS);
        idle.min(self.created.plus_seconds(WHOLE_SECONDS))
    }

    /// Whether it still counts at `now`.
    #[must_use]
    pub fn is_live(&self, now: Instant) -> bool {
        now < self.ends()
    }

    /// Whether its use at `now` must be written down.
    #[must_use]
    pub fn wants_touch(&self, now: Instant) -> bool {
        now >= self.last_seen.plus_seconds(SEEN_SECONDS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lt_kernel::id::Uuid;

    const BEGAN: Instant = Instant::from_micros(0);

    fn session(stage: Stage, seen: i64) -> Session {
        let (id, account) = (SessionId(Uuid::nil()), AccountId(Uuid::nil()));
        Session { id, account, stage, strong: false, created: BEGAN, last_seen: BEGAN.plus_seconds(seen) }
    }

    #[test]
    fn an_idle_session_ends_after_half_an_hour() {
        let session = session(Stage::Full, 600);
        assert!(session.is_live(BEGAN.plus_seconds(600 + IDLE_SECONDS)));
        assert!(!session.is_live(BEGAN.plus_seconds(600 + IDLE_SECONDS + SEEN_SECONDS)));
    }

    #[test]
    fn a_busy_session_ends_with_the_working_day() {
        let session = session(Stage::Full, WHOLE_SECONDS - 1);
        assert!(session.is_live(BEGAN.plus_seconds(WHOLE_SECONDS - 1)));
        assert!(!session.is_live(BEGAN.plus_seconds(WHOLE_SECONDS)));
    }

    #[test]
    fn a_code_is_awaited_for_five_minutes_however_busy() {
        let session = session(Stage::SecondFactor, CODE_SECONDS - 1);
        assert!(session.is_live(BEGAN.plus_seconds(CODE_SECONDS - 1)));
        assert!(!session.is_live(BEGAN.plus_seconds(CODE_SECONDS)));
    }

    #[test]
    fn use_is_written_at_most_once_a_minute() {
        let session = session(Stage::Full, 100);
        assert!(!session.wants_touch(BEGAN.plus_seconds(159)));
        assert!(session.wants_touch(BEGAN.plus_seconds(160)));
    }

    #[test]
    fn an_unknown_stage_may_less() {
        assert_eq!(Stage::from_word("fulll"), Stage::SecondFactor);
        for stage in [Stage::SecondFactor, Stage::Full] {
            assert_eq!(Stage::from_word(stage.word()), stage);
        }
    }
}
