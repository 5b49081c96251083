//! Where a resolution stands.

use lt_kernel::{Said, typed_id};

typed_id!(
    /// A resolution.
    ResolutionId
);
typed_id!(
    /// A sentence of a resolution.
    SentenceId
);
typed_id!(
    /// A target.
    TargetId
);
typed_id!(
    /// A measure.
    MeasureId
);
lt_store::stored_ids!(ResolutionId, SentenceId, TargetId, MeasureId);

/// Where a resolution stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// Being entered: its targets are not yet judged in public.
    Draft,
    /// Adopted, its term running or over.
    InForce,
    /// Its last report is issued; nothing more is recorded.
    Closed,
}

/// Why a verb does not fit the state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Only a draft can be adopted.
    #[error("only a draft can be adopted")]
    NotDraft,
    /// Only a resolution in force can be closed.
    #[error("only a resolution in force can be closed")]
    NotInForce,
    /// Nothing is recorded or changed under a closed resolution.
    #[error("the resolution is closed")]
    Closed,
}

impl Refused {
    /// The refusal for a reader.
    #[must_use]
    pub fn said(self) -> Said {
        Said::new(match self {
            Self::NotDraft => "targets-resolution-not-draft",
            Self::NotInForce => "targets-resolution-not-in-force",
            Self::Closed => "targets-resolution-closed",
        })
    }
}

impl State {
    /// The word in the database and in files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::InForce => "in-force",
            Self::Closed => "closed",
        }
    }

    /// The state of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Draft, Self::InForce, Self::Closed].into_iter().find(|state| state.word() == word)
    }

    /// Puts it in force.
    ///
    /// # Errors
    /// [`Refused::NotDraft`] when it is in force or closed already.
    pub fn adopt(self) -> Result<Self, Refused> {
        if self == Self::Draft { Ok(Self::InForce) } else { Err(Refused::NotDraft) }
    }

    /// Closes it.
    ///
    /// # Errors
    /// [`Refused::NotInForce`] unless it is in force.
    pub fn close(self) -> Result<Self, Refused> {
        if self == Self::InForce { Ok(Self::Closed) } else { Err(Refused::NotInForce) }
    }

    /// Whether observations and definitions may still be written.
    ///
    /// # Errors
    /// [`Refused::Closed`].
    pub fn writable(self) -> Result<(), Refused> {
        if self == Self::Closed { Err(Refused::Closed) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_verb_in_every_state() {
        assert_eq!(State::Draft.adopt(), Ok(State::InForce));
        assert_eq!(State::InForce.adopt(), Err(Refused::NotDraft));
        assert_eq!(State::Closed.adopt(), Err(Refused::NotDraft));
        assert_eq!(State::Draft.close(), Err(Refused::NotInForce));
        assert_eq!(State::InForce.close(), Ok(State::Closed));
        assert_eq!(State::Closed.close(), Err(Refused::NotInForce));
        assert_eq!(State::Closed.writable(), Err(Refused::Closed));
        assert!(State::Draft.writable().is_ok() && State::InForce.writable().is_ok());
    }
}
