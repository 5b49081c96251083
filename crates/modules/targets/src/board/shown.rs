//! How a verdict is shown on a board: one mark out of eight, as the tally counts them.

use lt_web::ui::Verdict as Mark;

use crate::observation::Evidence;
use crate::verdict::{Approval, Outcome, Schedule, Verdict};

/// The mark of a verdict; "not met" is told apart by time, as in [`crate::book::Tally::count`].
#[must_use]
pub const fn mark(verdict: &Verdict) -> Mark {
    match (verdict.outcome, verdict.schedule) {
        (Outcome::Exceeded, _) => Mark::Exceeded,
        (Outcome::Met, _) => Mark::Met,
        (Outcome::NotMet, _) if verdict.settled => Mark::NotMet,
        (Outcome::NotMet, Schedule::Ended) => Mark::NotMet,
        (Outcome::NotMet, Schedule::AtRisk) => Mark::AtRisk,
        (Outcome::NotMet, _) => Mark::OnTheWay,
        (Outcome::Undetermined, _) => Mark::Undetermined,
        (Outcome::Unknown, _) => Mark::Unknown,
        (Outcome::NotApplicable, _) => Mark::NotApplicable,
    }
}

/// The word of a mark in addresses.
#[must_use]
pub const fn code(mark: Mark) -> &'static str {
    match mark {
        Mark::Exceeded => "exceeded",
        Mark::Met => "met",
        Mark::OnTheWay => "on-the-way",
        Mark::AtRisk => "at-risk",
        Mark::NotMet => "not-met",
        Mark::Undetermined => "undetermined",
        Mark::Unknown => "unknown",
        Mark::NotApplicable => "not-applicable",
    }
}

/// Schedules with the word used in addresses and in keys of texts (`targets-schedule-…`).
pub const SCHEDULES: [(Schedule, &str, &str); 4] = [
    (Schedule::NotBegun, "not-begun", "targets-schedule-not-begun"),
    (Schedule::OnTheWay, "on-the-way", "targets-schedule-on-the-way"),
    (Schedule::AtRisk, "at-risk", "targets-schedule-at-risk"),
    (Schedule::Ended, "ended", "targets-schedule-ended"),
];

/// Key of a schedule's words.
#[must_use]
pub const fn schedule_key(schedule: Schedule) -> &'static str {
    match schedule {
        Schedule::NotBegun => "targets-schedule-not-begun",
        Schedule::OnTheWay => "targets-schedule-on-the-way",
        Schedule::AtRisk => "targets-schedule-at-risk",
        Schedule::Ended => "targets-schedule-ended",
    }
}

/// Key of an evidence status.
#[must_use]
pub const fn evidence_key(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::None => "targets-evidence-none",
        Evidence::Told => "targets-evidence-told",
        Evidence::File => "targets-evidence-file",
        Evidence::Record => "targets-evidence-record",
    }
}

/// Key of an approval status.
#[must_use]
pub const fn approval_key(approval: Approval) -> &'static str {
    match approval {
        Approval::None => "targets-approval-none",
        Approval::Recorded => "targets-approval-recorded",
        Approval::Approved => "targets-approval-approved",
    }
}
