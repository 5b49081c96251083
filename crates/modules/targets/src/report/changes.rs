//! What changed between two frozen sets of one review: each figure, old and new, and the verdicts that follow.

use std::collections::BTreeMap;

use lt_kernel::{Date, Said};
use serde::{Deserialize, Serialize};

use super::compose::mark_key;
use super::passage::target_of;
use crate::observation::ObservationId;
use crate::observation::store::Withdrawn;
use crate::review::frozen::{Frozen, Seen};
use crate::target::said::value_said;

/// A change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Changed {
    /// An observation was corrected, added or withdrawn.
    Figure {
        /// A target that uses its measure; may be empty.
        target: String,
        /// Name of the measure.
        measure: (String, String),
        /// The day it speaks of.
        as_of: Date,
        /// What it was.
        old: Option<(ObservationId, Said)>,
        /// What it is.
        new: Option<(ObservationId, Said)>,
        /// Why the old one was withdrawn; empty where there was none.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        why: String,
    },
    /// A target has another value or verdict.
    Verdict {
        /// Code of the target.
        target: String,
        /// Its title.
        title: (String, String),
        /// Key of the old verdict's word, and the old value.
        old: (String, Option<Said>),
        /// Key of the new verdict's word, and the new value.
        new: (String, Option<Said>),
    },
}

/// What tells a figure apart from others of its measure.
type Place = (String, Date, String, String, String, String);

fn place(one: &Seen) -> Place {
    let text = |part: &Option<String>| part.clone().unwrap_or_default();
    (
        one.measure.clone(),
        one.seen.as_of,
        one.seen.period.as_ref().map(ToString::to_string).unwrap_or_default(),
        text(&one.seen.unit),
        text(&one.seen.event),
        one.sentence.clone(),
    )
}

/// The changes from `old` to `new`, figures first, each with the reason its old one was withdrawn for.
#[must_use]
pub fn changes(old: &Frozen, new: &Frozen, gone: &Withdrawn) -> Vec<Changed> {
    let mut both: BTreeMap<Place, (Option<&Seen>, Option<&Seen>)> = BTreeMap::new();
    for one in &old.observations {
        both.entry(place(one)).or_default().0 = Some(one);
    }
    for one in &new.observations {
        both.entry(place(one)).or_default().1 = Some(one);
    }
    let mut found: Vec<Changed> = both
        .into_values()
        .filter(|(before, after)| before.map(|one| one.seen.id) != after.map(|one| one.seen.id))
        .filter_map(|(before, after)| figure((old, new), (before, after), gone))
        .collect();
    found.extend(verdicts(old, new));
    found
}

fn figure(
    (old, new): (&Frozen, &Frozen),
    (before, after): (Option<&Seen>, Option<&Seen>),
    gone: &Withdrawn,
) -> Option<Changed> {
    let any = after.or(before)?;
    let said = |set: &Frozen, one: &Seen| {
        let measure = set.measure(&one.measure)?;
        Some((one.seen.id, value_said(&one.seen.value, measure.unit, &set.schemes)))
    };
    let named = new.measure(&any.measure).or_else(|| old.measure(&any.measure));
    Some(Changed::Figure {
        target: target_of(new, &any.measure),
        measure: named.map(|measure| (measure.name.clone(), measure.name_en.clone())).unwrap_or_default(),
        as_of: any.seen.as_of,
        old: before.and_then(|one| said(old, one)),
        new: after.and_then(|one| said(new, one)),
        why: before.and_then(|one| gone.get(&one.seen.id)).map(|gone| gone.why.clone()).unwrap_or_default(),
    })
}

fn verdicts<'a>(old: &'a Frozen, new: &'a Frozen) -> impl Iterator<Item = Changed> + 'a {
    new.rows().filter_map(|(held, verdict)| {
        let before = old.rows().find(|(was, _)| was.id == held.id).map(|(_, verdict)| verdict)?;
        let (was, is) = (mark_key(before).to_owned(), mark_key(verdict).to_owned());
        (was != is || before.value != verdict.value).then(|| Changed::Verdict {
            target: held.target.code.clone(),
            title: (held.target.title.clone(), held.target.title_en.clone()),
            old: (was, before.value.clone()),
            new: (is, verdict.value.clone()),
        })
    })
}
