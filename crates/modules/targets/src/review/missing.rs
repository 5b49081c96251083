//! What is missing before a review can be collected: for each target, and who answers for it.

use lt_kernel::Said;
use lt_kernel::lang::Arg;

use super::frozen::{Defined, Frozen, used};
use crate::observation::{Evidence, ObservationId};
use crate::verdict::{Outcome, Verdict};

/// What one target lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lack<'a> {
    /// The target.
    pub held: &'a Defined,
    /// Its verdict at the cut-off day.
    pub verdict: &'a Verdict,
    /// What is missing, most important first.
    pub what: Vec<Said>,
    /// Observations it rests on that nobody approved.
    pub unapproved: Vec<ObservationId>,
}

/// The targets that lack something, in order.
#[must_use]
pub fn missing(frozen: &Frozen) -> Vec<Lack<'_>> {
    frozen
        .rows()
        .filter(|(held, _)| held.dropped.is_none())
        .filter_map(|(held, verdict)| {
            let mut what = verdict.missing.clone();
            what.dedup();
            what.extend(overdue(verdict));
            if what.is_empty() {
                match verdict.outcome {
                    Outcome::Unknown => what.push(Said::new("targets-review-lack-unknown")),
                    Outcome::Undetermined => what.push(Said::new("targets-review-lack-undetermined")),
                    _ => {}
                }
            }
            let rests = used(verdict);
            let unapproved: Vec<ObservationId> =
                rests.iter().copied().filter(|id| frozen.seen(*id).is_some_and(|one| !one.seen.approved)).collect();
            if !unapproved.is_empty() {
                what.push(Said::new("targets-review-lack-approval").with("count", unapproved.len()));
            }
            if !rests.is_empty() && matches!(verdict.evidence, Evidence::None | Evidence::Told) {
                what.push(Said::new(match verdict.evidence {
                    Evidence::None => "targets-review-lack-evidence-none",
                    _ => "targets-review-lack-evidence-told",
                }));
            }
            (!what.is_empty()).then_some(Lack { held, verdict, what, unapproved })
        })
        .collect()
}

/// The periods and units that are due and have no figure, as the arithmetic names them.
fn overdue(verdict: &Verdict) -> Vec<Said> {
    let absent = Arg::Key("targets-answer-absent".into());
    let value = |said: &Said, name: &str| said.args.iter().find(|(key, _)| key == name).map(|(_, arg)| arg.clone());
    verdict
        .steps
        .iter()
        .filter(|step| step.said.key == "targets-step-slot" && value(&step.said, "answer").as_ref() == Some(&absent))
        .filter_map(|step| value(&step.said, "slot"))
        .map(|slot| Said::new("targets-review-lack-overdue").arg("slot", slot))
        .collect()
}
