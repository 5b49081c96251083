//! States and verbs of an account. Pure: no clock, no input, no output.

use lt_kernel::id::{AccountId, PersonId};
use lt_kernel::{Instant, Said};

/// Wrong passwords or codes in a row that lock an account.
///
/// Five, as most Vietnamese agencies' rules on information security have it; with the throttle of
/// [`crate::sign_in::throttle`] a guesser gets at most 480 tries a day for one account.
pub const FAILURES_BEFORE_LOCK: u32 = 5;
/// How long a lock after failures lasts: long enough to stop guessing, short enough not to need a manager.
pub const LOCK_SECONDS: i64 = 15 * 60;
/// Characters of a login name.
pub const LOGIN_CHARS: std::ops::RangeInclusive<usize> = 3..=64;

/// Why an account is locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LockReason {
    /// Too many wrong passwords or codes.
    Failures,
}

impl LockReason {
    /// The word stored.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Failures => "failures",
        }
    }

    /// The reason of a stored word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        (word == "failures").then_some(Self::Failures)
    }
}

/// Where an account stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum State {
    /// Can sign in and work.
    Active,
    /// Can sign in, but reaches only the page that changes the password.
    MustChangePassword,
    /// Cannot sign in until then.
    Locked {
        /// First instant at which it can again.
        until: Instant,
        /// Why.
        reason: LockReason,
        /// Whether the password must be changed once the lock is over.
        must_change: bool,
    },
    /// Cannot sign in until a manager enables it.
    Disabled,
}

impl State {
    /// The word stored.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::MustChangePassword => "must_change_password",
            Self::Locked { .. } => "locked",
            Self::Disabled => "disabled",
        }
    }

    /// The state as it acts at `now`: a lock that is over is none.
    #[must_use]
    pub fn at(self, now: Instant) -> Self {
        match self {
            Self::Locked { until, must_change, .. } if now >= until => Self::unlocked(must_change),
            other => other,
        }
    }

    /// What lies under a lock.
    const fn unlocked(must_change: bool) -> Self {
        if must_change { Self::MustChangePassword } else { Self::Active }
    }
}

/// An account as the verbs need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Which.
    pub id: AccountId,
    /// Whose.
    pub person: PersonId,
    /// The name typed at sign-in, as its owner writes it.
    pub login: String,
    /// Where it stands.
    pub state: State,
    /// Wrong tries since the last right one, or since the last lock.
    pub failures: u32,
    /// Raised by every change; guards against two at once.
    pub version: i64,
}

/// Why a verb did not happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// It is locked until then.
    Locked(Instant),
    /// It is disabled.
    Disabled,
    /// It is not locked.
    NotLocked,
    /// It is not disabled.
    NotDisabled,
    /// Nobody disables the account they are signed in with.
    Oneself,
}

impl Refused {
    /// The refusal in words; never shown at sign-in, where every failure has the same sentence.
    #[must_use]
    pub fn said(self) -> Said {
        match self {
            Self::Locked(until) => {
                Said::new("identity-account-is-locked").with("until", until.civil().strftime("%H:%M %d/%m/%Y"))
            }
            Self::Disabled => Said::new("identity-account-is-disabled"),
            Self::NotLocked => Said::new("identity-account-is-not-locked"),
            Self::NotDisabled => Said::new("identity-account-is-not-disabled"),
            Self::Oneself => Said::new("identity-account-not-oneself"),
        }
    }
}

/// What a wrong try led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failed {
    /// It was counted.
    Counted,
    /// It was one too many: the account is locked now.
    Locked,
}

impl Account {
    /// Whether somebody may sign in at `now`.
    ///
    /// # Errors
    /// [`Refused`] when locked or disabled.
    pub fn admits(&self, now: Instant) -> Result<(), Refused> {
        match self.state.at(now) {
            State::Active | State::MustChangePassword => Ok(()),
            State::Locked { until, .. } => Err(Refused::Locked(until)),
            State::Disabled => Err(Refused::Disabled),
        }
    }

    /// Counts a wrong password or code; locks at [`FAILURES_BEFORE_LOCK`].
    ///
    /// # Errors
    /// [`Refused`] when locked or disabled: a lock is not made longer by more tries.
    pub fn fail(&mut self, now: Instant) -> Result<Failed, Refused> {
        self.admits(now)?;
        if matches!(self.state, State::Locked { .. }) {
            self.failures = 0;
        }
        self.state = self.state.at(now);
        self.failures += 1;
        if self.failures < FAILURES_BEFORE_LOCK {
            return Ok(Failed::Counted);
        }
        let must_change = self.state == State::MustChangePassword;
        self.state = State::Locked { until: now.plus_seconds(LOCK_SECONDS), reason: LockReason::Failures, must_change };
        Ok(Failed::Locked)
    }

    /// Forgets wrong tries after a right one.
    ///
    /// # Errors
    /// [`Refused`] when locked or disabled: the right password does not open a lock.
    pub fn succeed(&mut self, now: Instant) -> Result<(), Refused> {
        self.admits(now)?;
        self.state = self.state.at(now);
        self.failures = 0;
        Ok(())
    }

    /// A manager opens a lock, running or over.
    ///
    /// # Errors
    /// [`Refused::NotLocked`] unless locked.
    pub fn unlock(&mut self) -> Result<(), Refused> {
        let State::Locked { must_change, .. } = self.state else { return Err(Refused::NotLocked) };
        self.state = State::unlocked(must_change);
        self.failures = 0;
        Ok(())
    }

    /// A manager, signed in as `by`, shuts the account.
    ///
    /// # Errors
    /// [`Refused::Oneself`] for one's own, [`Refused::Disabled`] when it is shut already.
    pub fn disable(&mut self, by: Option<AccountId>) -> Result<(), Refused> {
        if by == Some(self.id) {
            return Err(Refused::Oneself);
        }
        if self.state == State::Disabled {
            return Err(Refused::Disabled);
        }
        self.state = State::Disabled;
        Ok(())
    }

    /// A manager opens a shut account; its old password is not trusted.
    ///
    /// # Errors
    /// [`Refused::NotDisabled`] unless disabled.
    pub fn enable(&mut self) -> Result<(), Refused> {
        if self.state != State::Disabled {
            return Err(Refused::NotDisabled);
        }
        self.state = State::MustChangePassword;
        self.failures = 0;
        Ok(())
    }

    /// A manager sets a password that its owner must change at once; opens a lock.
    ///
    /// # Errors
    /// [`Refused::Disabled`] when disabled.
    pub fn reset_password(&mut self) -> Result<(), Refused> {
        if self.state == State::Disabled {
            return Err(Refused::Disabled);
        }
        self.state = State::MustChangePassword;
        self.failures = 0;
        Ok(())
    }

    /// The owner changes the password.
    ///
    /// # Errors
    /// [`Refused`] when locked or disabled.
    pub fn change_password(&mut self, now: Instant) -> Result<(), Refused> {
        self.admits(now)?;
        self.state = State::Active;
        self.failures = 0;
        Ok(())
    }
}

/// Why a login name is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadLogin {
    /// Shorter or longer than [`LOGIN_CHARS`].
    Length,
    /// Holds something else than letters, digits, `.`, `-`, `_`, `@`.
    Letter,
}

impl BadLogin {
    /// The refusal in words.
    #[must_use]
    pub fn said(self) -> Said {
        match self {
            Self::Length => {
                Said::new("identity-login-length").with("min", LOGIN_CHARS.start()).with("max", LOGIN_CHARS.end())
            }
            Self::Letter => Said::new("identity-login-letter"),
        }
    }
}

/// A login name without spaces around it.
///
/// # Errors
/// [`BadLogin`] when it cannot be one.
pub fn login_name(typed: &str) -> Result<String, BadLogin> {
    let name = typed.trim();
    if !LOGIN_CHARS.contains(&name.chars().count()) {
        return Err(BadLogin::Length);
    }
    if name.chars().all(|letter| letter.is_alphanumeric() || ".-_@".contains(letter)) {
        Ok(name.to_owned())
    } else {
        Err(BadLogin::Letter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lt_kernel::id::Uuid;

    const NOW: Instant = Instant::from_micros(1_000_000_000_000);

    fn account(state: State) -> Account {
        let id = AccountId(Uuid::from_u128(1));
        Account { id, person: PersonId(Uuid::from_u128(2)), login: "vanthu".into(), state, failures: 0, version: 1 }
    }

    fn locked(seconds: i64, must_change: bool) -> State {
        State::Locked { until: NOW.plus_seconds(seconds), reason: LockReason::Failures, must_change }
    }

    type Verb = fn(&mut Account) -> Result<(), Refused>;
    type Line = (&'static str, Verb, [Option<Refused>; 5], [State; 5]);

    /// Every verb in every state, as the table of docs/model/identity.md has it.
    #[test]
    fn states_and_verbs() {
        let until = NOW.plus_seconds(60);
        let states = [State::Active, State::MustChangePassword, locked(60, false), locked(-60, false), State::Disabled];
        let shut = [None, None, Some(Refused::Locked(until)), None, Some(Refused::Disabled)];
        let must = State::MustChangePassword;
        let table: [Line; 6] = [
            ("succeed", |a| a.succeed(NOW), shut, [State::Active, must, states[2], State::Active, State::Disabled]),
            (
                "unlock",
                Account::unlock,
                [Some(Refused::NotLocked), Some(Refused::NotLocked), None, None, Some(Refused::NotLocked)],
                [State::Active, must, State::Active, State::Active, State::Disabled],
            ),
            ("disable", |a| a.disable(None), [None, None, None, None, Some(Refused::Disabled)], [State::Disabled; 5]),
            (
                "enable",
                Account::enable,
                [
                    Some(Refused::NotDisabled),
                    Some(Refused::NotDisabled),
                    Some(Refused::NotDisabled),
                    Some(Refused::NotDisabled),
                    None,
                ],
                [State::Active, must, states[2], states[3], must],
            ),
            (
                "reset_password",
                Account::reset_password,
                [None, None, None, None, Some(Refused::Disabled)],
                [must, must, must, must, State::Disabled],
            ),
            (
                "change_password",
                |a| a.change_password(NOW),
                shut,
                [State::Active, State::Active, states[2], State::Active, State::Disabled],
            ),
        ];
        for (name, verb, refusals, after) in table {
            for place in 0..5 {
                let mut account = account(states[place]);
                assert_eq!(verb(&mut account).err(), refusals[place], "{name} in {:?}", states[place]);
                assert_eq!(account.state, after[place], "{name} in {:?}", states[place]);
            }
        }
    }

    #[test]
    fn the_fifth_failure_locks_for_a_quarter_of_an_hour() {
        for start in [State::Active, State::MustChangePassword, locked(-1, true)] {
            let must_change = start.at(NOW) == State::MustChangePassword;
            let mut account =
                Account { failures: if matches!(start, State::Locked { .. }) { 5 } else { 0 }, ..account(start) };
            for _ in 1..FAILURES_BEFORE_LOCK {
                assert_eq!(account.fail(NOW), Ok(Failed::Counted));
            }
            assert_eq!(account.fail(NOW), Ok(Failed::Locked));
            let until = NOW.plus_seconds(900);
            assert_eq!(account.state, State::Locked { until, reason: LockReason::Failures, must_change });
            let again = account.clone();
            assert_eq!(account.fail(NOW.plus_seconds(899)), Err(Refused::Locked(until)));
            assert_eq!(account, again, "more tries do not make the lock longer");
            assert_eq!(account.admits(until), Ok(()));
        }
        assert_eq!(account(State::Disabled).fail(NOW), Err(Refused::Disabled));
    }

    #[test]
    fn a_right_password_forgets_wrong_ones() {
        let mut account = Account { failures: 4, ..account(State::Active) };
        account.succeed(NOW).unwrap();
        assert_eq!(account.failures, 0);
    }

    #[test]
    fn a_lock_keeps_the_duty_to_change_the_password() {
        let mut account = account(locked(60, true));
        account.unlock().unwrap();
        assert_eq!(account.state, State::MustChangePassword);
        assert_eq!(locked(-1, true).at(NOW), State::MustChangePassword);
    }

    #[test]
    fn nobody_disables_their_own_account() {
        let mut account = account(State::Active);
        assert_eq!(account.disable(Some(account.id)), Err(Refused::Oneself));
        assert_eq!(account.state, State::Active);
    }

    #[test]
    fn login_names() {
        assert_eq!(login_name(" bithu "), Ok("bithu".to_owned()));
        assert_eq!(login_name("nguyen.van-a_1@xa"), Ok("nguyen.van-a_1@xa".to_owned()));
        assert_eq!(login_name("ab"), Err(BadLogin::Length));
        assert_eq!(login_name(&"a".repeat(65)), Err(BadLogin::Length));
        assert_eq!(login_name("hai chữ"), Err(BadLogin::Letter));
        assert_eq!(login_name("a<b>c"), Err(BadLogin::Letter));
    }
}
