//! A board: the targets of a resolution with their verdicts, counted.

use std::collections::HashMap;
use std::sync::Arc;

use lt_kernel::{Date, Instant};

use super::load::Judged;
use super::plan::Plan;
use crate::file::format::{Sentence, Standing};
use crate::resolution::store::{Held, Whole};
use crate::verdict::{Outcome, Rolled, Schedule, Verdict, part_exceeds_whole};

/// How many targets came to what. Directives and dropped targets are not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// All that count.
    pub all: u32,
    /// Met by more than was asked.
    pub exceeded: u32,
    /// Met.
    pub just_met: u32,
    /// Not met so far, and nothing says it will be missed.
    pub on_the_way: u32,
    /// Not met so far, and behind the time that has passed.
    pub at_risk: u32,
    /// Not met, for good.
    pub not_met: u32,
    /// Data that allow both answers.
    pub undetermined: u32,
    /// No data.
    pub unknown: u32,
    /// Nothing to measure it on.
    pub not_applicable: u32,
}

impl Tally {
    /// Met or exceeded.
    #[must_use]
    pub const fn met(&self) -> u32 {
        self.exceeded + self.just_met
    }

    /// What a roll-up makes of it.
    #[must_use]
    pub const fn rolled(&self) -> Rolled {
        let all = self.all - self.not_applicable;
        Rolled { met: self.met(), all, open: self.undetermined + self.unknown }
    }

    /// Counts one verdict.
    pub const fn count(&mut self, verdict: &Verdict) {
        self.all += 1;
        *match (verdict.outcome, verdict.schedule) {
            (Outcome::Exceeded, _) => &mut self.exceeded,
            (Outcome::Met, _) => &mut self.just_met,
            (Outcome::NotMet, _) if verdict.settled => &mut self.not_met,
            (Outcome::NotMet, Schedule::Ended) => &mut self.not_met,
            (Outcome::NotMet, Schedule::AtRisk) => &mut self.at_risk,
            (Outcome::NotMet, _) => &mut self.on_the_way,
            (Outcome::Undetermined, _) => &mut self.undetermined,
            (Outcome::Unknown, _) => &mut self.unknown,
            (Outcome::NotApplicable, _) => &mut self.not_applicable,
        } += 1;
    }
}

/// A target with its verdict.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// The sentence it stands on.
    pub sentence: Option<&'a Sentence>,
    /// The target.
    pub held: &'a Held,
    /// The verdict.
    pub verdict: &'a Verdict,
}

/// The targets of a resolution with their verdicts.
#[derive(Debug, Clone)]
pub struct Board {
    /// The resolution.
    pub whole: Arc<Whole>,
    /// The ways from one part of it to another.
    pub plan: Arc<Plan>,
    /// Met and all targets of the resolutions it rolls up, by code.
    pub rolled: HashMap<String, Rolled>,
    /// The day the verdicts are drawn for.
    pub at: Date,
    /// The instant whose knowledge counts; none: the present.
    pub known: Option<Instant>,
    /// Stamp of the organisation when it was judged.
    pub stamp: i64,
    /// A verdict for each target, in order.
    pub verdicts: Vec<Arc<Verdict>>,
    /// How many came to what.
    pub tally: Tally,
}

impl Board {
    /// A board of what was judged.
    #[must_use]
    pub fn new(job: &Judged, stamp: i64, known: Option<Instant>, verdicts: Vec<Option<Arc<Verdict>>>) -> Self {
        let mut board = Self {
            whole: Arc::clone(&job.plan.whole),
            plan: Arc::clone(&job.plan),
            rolled: job.rolled.clone(),
            at: job.at,
            known,
            stamp,
            verdicts: verdicts.into_iter().flatten().collect(),
            tally: Tally::default(),
        };
        board.compare_parts();
        let mut tally = Tally::default();
        for row in board.rows().filter(Row::counts) {
            tally.count(row.verdict);
        }
        board.tally = tally;
        board
    }

    /// The targets with their sentences and verdicts, in order.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let targets = self.whole.targets.iter().zip(&self.verdicts).enumerate();
        targets.map(|(place, (held, verdict))| Row { sentence: self.plan.sentence(place), held, verdict })
    }

    /// Adds a finding to each part ("trong đó") that surely is larger than its whole.
    fn compare_parts(&mut self) {
        for (part, whole) in &self.plan.parts {
            let (Some(found), Some(whole)) = (self.verdicts.get(*part), self.verdicts.get(*whole)) else { continue };
            if let Some(said) = part_exceeds_whole(found, whole)
                && !found.findings.contains(&said)
                && let Some(verdict) = self.verdicts.get_mut(*part)
            {
                Arc::make_mut(verdict).findings.push(said);
            }
        }
    }
}

impl Row<'_> {
    /// Whether it counts among the resolution's own targets.
    #[must_use]
    pub fn counts(&self) -> bool {
        self.held.dropped.is_none() && self.sentence.is_none_or(|sentence| sentence.standing != Standing::Directive)
    }
}

#[cfg(test)]
#[path = "model_tests.rs"]
mod tests;
