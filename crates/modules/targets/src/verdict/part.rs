//! An answer under construction: what one test, one quantifier or one condition came to.

use lt_kernel::Said;
use lt_kernel::quantity::{Exact, Truth};

use super::model::{Excess, Step};
use crate::observation::ObservationId;

/// What a test came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    /// It holds.
    Yes,
    /// It does not hold.
    No,
    /// There are data, and they allow both.
    Open,
    /// There are no data.
    NoData,
    /// There is nothing it could hold of.
    NotApplicable,
}

impl From<Truth> for Answer {
    fn from(truth: Truth) -> Self {
        match truth {
            Truth::Yes => Self::Yes,
            Truth::No => Self::No,
            Truth::Open => Self::Open,
        }
    }
}

/// What a test came to, and how.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    pub(crate) answer: Answer,
    /// Whether later observations cannot change it.
    pub(crate) settled: bool,
    pub(crate) excess: Option<Excess>,
    pub(crate) value: Option<Said>,
    pub(crate) progress: Option<Exact>,
    /// Where the value surely lies.
    pub(crate) low: Option<Exact>,
    pub(crate) high: Option<Exact>,
    pub(crate) implied: Option<Exact>,
    pub(crate) steps: Vec<Step>,
    pub(crate) used: Vec<ObservationId>,
    pub(crate) missing: Vec<Said>,
    pub(crate) findings: Vec<Said>,
}

impl Part {
    /// An answer with nothing behind it yet.
    pub(crate) fn new(answer: Answer) -> Self {
        Self {
            answer,
            settled: false,
            excess: None,
            value: None,
            progress: None,
            low: None,
            high: None,
            implied: None,
            steps: Vec::new(),
            used: Vec::new(),
            missing: Vec::new(),
            findings: Vec::new(),
        }
    }

    /// The answer that there are no data, and what is missing.
    pub(crate) fn nothing(missing: Said) -> Self {
        let mut part = Self::new(Answer::NoData);
        part.missing.push(missing);
        part
    }

    /// Adds a line of arithmetic.
    pub(crate) fn step(mut self, depth: u8, said: Said) -> Self {
        self.steps.push(Step { depth, said, used: self.used.clone() });
        self
    }

    /// Takes over what stands behind another part, not its answer.
    pub(crate) fn absorb(&mut self, other: Self) {
        self.steps.extend(other.steps);
        self.used.extend(other.used);
        self.missing.extend(other.missing);
        self.findings.extend(other.findings);
    }
}
