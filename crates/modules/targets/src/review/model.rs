//! Where a review stands, and the verbs that move it: open → collected → approved → frozen.

use lt_kernel::calendar::{Period, Regime};
use lt_kernel::id::AccountId;
use lt_kernel::{Date, Instant, Said, typed_id};

use crate::resolution::ResolutionId;

typed_id!(
    /// A review of one resolution for one period.
    ReviewId
);
lt_store::stored_ids!(ReviewId);

/// Who did something, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signed {
    /// The account.
    pub by: AccountId,
    /// The instant.
    pub at: Instant,
}

/// Where a review stands, carrying only what that state knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Figures are being entered.
    Open,
    /// Somebody says everything is there.
    Collected(Signed),
    /// A second person approved what was collected.
    Approved {
        /// Who collected.
        collected: Signed,
        /// Who approved; never who collected.
        approved: Signed,
    },
    /// The figures and verdicts are kept as they were, with their hash.
    Frozen {
        /// Who collected.
        collected: Signed,
        /// Who approved.
        approved: Signed,
        /// Who froze.
        frozen: Signed,
        /// Number of the frozen set, from 1; corrections lead to the next.
        number: u32,
    },
}

/// A review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Review {
    /// Which one.
    pub id: ReviewId,
    /// Of which resolution.
    pub resolution: ResolutionId,
    /// The period it speaks of.
    pub period: Period,
    /// The last day whose figures count.
    pub cutoff: Date,
    /// Where it stands.
    pub state: State,
    /// Guards the next change.
    pub version: i64,
}

/// Why a verb does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The code names no period.
    #[error("not a period")]
    NoPeriod,
    /// The cut-off day lies outside the period.
    #[error("the cut-off day lies outside the period")]
    CutoffOutside {
        /// First day it may be.
        from: Date,
        /// Last day it may be.
        last: Date,
    },
    /// The period already has a review.
    #[error("the period already has a review")]
    Exists,
    /// Only an open review is collected.
    #[error("only an open review is collected")]
    NotOpen,
    /// The cut-off day is still to come.
    #[error("the cut-off day is still to come")]
    TooEarly {
        /// The cut-off day.
        cutoff: Date,
    },
    /// Only a collected review is approved.
    #[error("only a collected review is approved")]
    NotCollected,
    /// Who collected does not approve.
    #[error("who collected does not approve")]
    SamePerson,
    /// Only an approved review is frozen.
    #[error("only an approved review is frozen")]
    NotApproved,
    /// A frozen review is not opened again.
    #[error("a frozen review is not opened again")]
    Frozen,
    /// It is open already.
    #[error("it is open already")]
    AlreadyOpen,
    /// Only a frozen review has corrections and reports.
    #[error("only a frozen review has corrections and reports")]
    NotFrozen,
    /// Nothing was corrected since it was frozen.
    #[error("nothing was corrected since it was frozen")]
    NothingCorrected,
    /// Who corrected a figure does not freeze it: a second person does.
    #[error("who corrected a figure does not freeze it")]
    OwnCorrection,
    /// The figure lies after the cut-off day, or was withdrawn: the frozen figures do not hold it.
    #[error("the frozen figures do not hold it")]
    NotInFrozen,
    /// Only a signed-in person moves a review.
    #[error("only a signed-in person moves a review")]
    Nobody,
}

impl Refused {
    /// The refusal for a reader.
    #[must_use]
    pub fn said(self) -> Said {
        let key = match self {
            Self::NoPeriod => "targets-review-no-period",
            Self::CutoffOutside { from, last } => {
                return Said::new("targets-review-cutoff-outside").date("from", from).date("last", last);
            }
            Self::Exists => "targets-review-exists",
            Self::NotOpen => "targets-review-not-open",
            Self::TooEarly { cutoff } => return Said::new("targets-review-too-early").date("cutoff", cutoff),
            Self::NotCollected => "targets-review-not-collected",
            Self::SamePerson => "targets-review-same-person",
            Self::NotApproved => "targets-review-not-approved",
            Self::Frozen => "targets-review-is-frozen",
            Self::AlreadyOpen => "targets-review-already-open",
            Self::NotFrozen => "targets-review-not-frozen",
            Self::NothingCorrected => "targets-review-nothing-corrected",
            Self::OwnCorrection => "targets-review-own-correction",
            Self::NotInFrozen => "targets-review-not-in-frozen",
            Self::Nobody => "targets-review-nobody",
        };
        Said::new(key)
    }
}

/// The period of a code and the cut-off day of its review: the reporting regime's (the 14th of the period's
/// last month: Decree 09/2019/NĐ-CP, operations-law §7.4) unless a person sets another. A review held before the
/// period ends has the day it was held (party-and-targets §1.6, G20).
///
/// # Errors
/// [`Refused::NoPeriod`] for another text; [`Refused::CutoffOutside`] for a day before the regime's first day or
/// after the calendar's last day of the period.
pub fn open(code: &str, cutoff: Option<Date>) -> Result<(Period, Date), Refused> {
    let period: Period = code.trim().parse().map_err(|_| Refused::NoPeriod)?;
    let cutoff = cutoff.unwrap_or_else(|| period.last_day(Regime::Administrative));
    let (from, last) = (period.first_day(Regime::Administrative), period.last_day(Regime::Calendar));
    if cutoff < from || cutoff > last {
        return Err(Refused::CutoffOutside { from, last });
    }
    Ok((period, cutoff))
}

impl State {
    /// The word in the database.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Collected(_) => "collected",
            Self::Approved { .. } => "approved",
            Self::Frozen { .. } => "frozen",
        }
    }

    /// Key of its name.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Open => "targets-review-state-open",
            Self::Collected(_) => "targets-review-state-collected",
            Self::Approved { .. } => "targets-review-state-approved",
            Self::Frozen { .. } => "targets-review-state-frozen",
        }
    }

    /// Who collected.
    #[must_use]
    pub const fn collected(&self) -> Option<Signed> {
        match self {
            Self::Open => None,
            Self::Collected(collected) | Self::Approved { collected, .. } | Self::Frozen { collected, .. } => {
                Some(*collected)
            }
        }
    }

    /// Who approved.
    #[must_use]
    pub const fn approved(&self) -> Option<Signed> {
        match self {
            Self::Open | Self::Collected(_) => None,
            Self::Approved { approved, .. } | Self::Frozen { approved, .. } => Some(*approved),
        }
    }

    /// Number of the frozen set and who froze it.
    #[must_use]
    pub const fn frozen(&self) -> Option<(u32, Signed)> {
        match self {
            Self::Frozen { number, frozen, .. } => Some((*number, *frozen)),
            _ => None,
        }
    }
}

impl Review {
    /// Somebody says that everything is there.
    ///
    /// # Errors
    /// [`Refused::NotOpen`] in any other state; [`Refused::TooEarly`] before the cut-off day.
    pub fn collect(&self, signed: Signed) -> Result<State, Refused> {
        if self.state != State::Open {
            return Err(Refused::NotOpen);
        }
        if signed.at.date() < self.cutoff {
            return Err(Refused::TooEarly { cutoff: self.cutoff });
        }
        Ok(State::Collected(signed))
    }

    /// A second person approves what was collected.
    ///
    /// # Errors
    /// [`Refused::NotCollected`] in any other state; [`Refused::SamePerson`] for who collected.
    pub fn approve(&self, signed: Signed) -> Result<State, Refused> {
        let State::Collected(collected) = self.state else { return Err(Refused::NotCollected) };
        if collected.by == signed.by {
            return Err(Refused::SamePerson);
        }
        Ok(State::Approved { collected, approved: signed })
    }

    /// Keeps figures and verdicts as they are.
    ///
    /// # Errors
    /// [`Refused::Frozen`] when that is done already; [`Refused::NotApproved`] before it was approved.
    pub fn freeze(&self, signed: Signed) -> Result<State, Refused> {
        match self.state {
            State::Approved { collected, approved } => {
                Ok(State::Frozen { collected, approved, frozen: signed, number: 1 })
            }
            State::Frozen { .. } => Err(Refused::Frozen),
            State::Open | State::Collected(_) => Err(Refused::NotApproved),
        }
    }

    /// Goes on entering figures. What was approved stays approved.
    ///
    /// # Errors
    /// [`Refused::Frozen`] once frozen: from then on there are corrections; [`Refused::AlreadyOpen`] when open.
    pub fn reopen(&self) -> Result<State, Refused> {
        match self.state {
            State::Collected(_) | State::Approved { .. } => Ok(State::Open),
            State::Open => Err(Refused::AlreadyOpen),
            State::Frozen { .. } => Err(Refused::Frozen),
        }
    }

    /// Whether the figure of `as_of` may be corrected under this review.
    ///
    /// # Errors
    /// [`Refused::NotFrozen`] before it is frozen: then it is simply entered anew; [`Refused::NotInFrozen`] for a
    /// day after the cut-off.
    pub fn correct(&self, as_of: Date) -> Result<(), Refused> {
        match self.state {
            State::Frozen { .. } if as_of <= self.cutoff => Ok(()),
            State::Frozen { .. } => Err(Refused::NotInFrozen),
            _ => Err(Refused::NotFrozen),
        }
    }

    /// Freezes again after corrections; `correctors` are those who recorded or withdrew them.
    ///
    /// # Errors
    /// [`Refused::NotFrozen`] in any other state; [`Refused::NothingCorrected`] without corrections;
    /// [`Refused::OwnCorrection`] when one of them is by who freezes.
    pub fn refreeze(&self, signed: Signed, correctors: &[Option<AccountId>]) -> Result<State, Refused> {
        let State::Frozen { collected, approved, number, .. } = self.state else { return Err(Refused::NotFrozen) };
        if correctors.is_empty() {
            return Err(Refused::NothingCorrected);
        }
        if correctors.contains(&Some(signed.by)) {
            return Err(Refused::OwnCorrection);
        }
        Ok(State::Frozen { collected, approved, frozen: signed, number: number.saturating_add(1) })
    }

    /// Number of the frozen set a report is made from.
    ///
    /// # Errors
    /// [`Refused::NotFrozen`].
    pub fn issue(&self) -> Result<u32, Refused> {
        self.state.frozen().map(|(number, _)| number).ok_or(Refused::NotFrozen)
    }
}
