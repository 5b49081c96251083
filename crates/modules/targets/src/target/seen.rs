//! The observations of a target as its page shows them: numbered, with who, when, evidence.

use std::collections::HashMap;

use lt_kernel::Instant;
use lt_kernel::id::AccountId;
use lt_module::Host;
use lt_web::{Problem, Talk, View};

use super::said::value_said;
use super::who::Who;
use crate::measure::Measure;
use crate::observation::ObservationId;
use crate::observation::store::{self, Detail};
use crate::resolution::door::pick;
use crate::resolution::model::MeasureId;
use crate::scheme::Schemes;

/// Most observations of one measure on a page, newest kept.
const MOST: usize = 500;

/// What shows an observation.
pub(super) struct Proof {
    pub(super) title: String,
    pub(super) href: Option<String>,
    pub(super) note: String,
}

/// An observation as it is shown.
pub(super) struct Line {
    pub(super) number: usize,
    /// Which observation: papers and reports lead to `#o-<id>`.
    pub(super) id: ObservationId,
    pub(super) value: String,
    pub(super) as_of: String,
    pub(super) scope: String,
    pub(super) recorded: String,
    pub(super) approval: String,
    pub(super) is_approved: bool,
    pub(super) sentence: String,
    pub(super) note: String,
    pub(super) proofs: Vec<Proof>,
    /// When, by whom and why it was withdrawn.
    pub(super) withdrawn: Option<String>,
}

/// The observations of one measure.
pub(super) struct Seen<'a> {
    pub(super) measure: &'a Measure,
    pub(super) details: Vec<Detail>,
    pub(super) lines: Vec<Line>,
    pub(super) is_cut: bool,
}

/// Observations by the numbers shown beside them.
pub(super) type Numbers = HashMap<ObservationId, usize>;

/// Reads the observations of measures as they were known at an instant.
pub(super) async fn load<'a>(
    host: &Host,
    view: &View,
    measures: &[(MeasureId, &'a Measure)],
    schemes: &Schemes,
    known: Option<Instant>,
) -> Result<(Vec<Seen<'a>>, Numbers), Problem> {
    let mut all = Vec::new();
    for (id, measure) in measures {
        let mut details = store::of_measure(&host.db, *id).await?;
        if let Some(known) = known {
            details.retain(|one| one.seen.recorded_at <= known);
            for one in &mut details {
                one.withdrawn = one.withdrawn.take().filter(|(at, ..)| *at <= known);
                one.approved = one.approved.filter(|(at, _)| *at <= known);
            }
        }
        let extra = details.len().saturating_sub(MOST);
        details.drain(..extra);
        all.push((*measure, details, extra > 0));
    }
    let accounts: Vec<AccountId> = all.iter().flat_map(|(_, details, _)| details).flat_map(accounts).collect();
    let who = Who::load(host, accounts).await?;
    let (mut numbers, mut seen, mut next) = (Numbers::new(), Vec::new(), 1);
    for (measure, details, is_cut) in all {
        let mut lines = Vec::with_capacity(details.len());
        for one in &details {
            numbers.insert(one.seen.id, next);
            lines.push(line(view, one, next, measure, schemes, &who));
            next += 1;
        }
        seen.push(Seen { measure, details, lines, is_cut });
    }
    Ok((seen, numbers))
}

/// Everybody who did something to an observation.
fn accounts(one: &Detail) -> impl Iterator<Item = AccountId> {
    let approved = one.approved.and_then(|(_, account)| account);
    let withdrawn = one.withdrawn.as_ref().and_then(|(_, account, _)| *account);
    [one.recorded_by, approved, withdrawn].into_iter().flatten()
}

fn line(view: &View, one: &Detail, number: usize, measure: &Measure, schemes: &Schemes, who: &Who) -> Line {
    let t = view.t();
    let by = |at: &Instant, account| t.with("targets-by-at", &[("who", &who.name(t, account)), ("at", &t.instant(at))]);
    let mut value = t.said(&value_said(&one.seen.value, measure.unit, schemes));
    if let Some(parts) = &measure.parts
        && matches!(one.seen.value, crate::observation::Value::Parts { .. })
    {
        value = format!("{value} – {} / {}", parts.numerator, parts.denominator);
    }
    Line {
        number,
        id: one.seen.id,
        value,
        as_of: t.date(&one.seen.as_of),
        scope: scope(t, one),
        recorded: by(&one.seen.recorded_at, one.recorded_by),
        approval: match &one.approved {
            Some((at, account)) => by(at, *account),
            None => t.s("targets-approval-recorded").to_owned(),
        },
        is_approved: one.approved.is_some(),
        sentence: one.sentence.clone(),
        note: one.note.clone(),
        proofs: one.evidence.iter().map(|shown| proof(t, shown)).collect(),
        withdrawn: one
            .withdrawn
            .as_ref()
            .map(|(at, account, why)| t.with("targets-withdrawn", &[("who", &by(at, *account)), ("why", why)])),
    }
}

/// Period, unit and kind of event of an observation, where it has them.
fn scope(t: Talk<'_>, one: &Detail) -> String {
    let period = one.seen.period.as_ref().map(|period| period.name(t.lang));
    [period, one.seen.unit.clone(), one.seen.event.clone()].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn proof(t: Talk<'_>, shown: &store::Shown) -> Proof {
    let (href, size) = match &shown.file {
        Some((_, size, _)) => (Some(format!("/evidence/{}", shown.id)), Some(*size)),
        None => (safe(&shown.line.href).map(str::to_owned), None),
    };
    let mut note = t.s(super::super::board::shown::evidence_key(shown.line.kind)).to_owned();
    if let Some(size) = size {
        note = format!("{note}, {} kB", t.int((size + 999) / 1000));
    } else if href.is_none() && !shown.line.href.is_empty() {
        note.push_str(": ");
        note.push_str(&shown.line.href);
    }
    Proof { title: shown.line.title.clone(), href, note }
}

/// An address a link may lead to: on the web, or within the program.
fn safe(href: &str) -> Option<&str> {
    let is_web = ["https://", "http://"].iter().any(|scheme| href.starts_with(scheme));
    let is_own = href.starts_with('/') && !href.starts_with("//");
    (is_web || is_own).then_some(href)
}

/// Name of a measure for this reader.
pub(super) fn name<'a>(measure: &'a Measure, view: &View) -> &'a str {
    pick(&measure.name, &measure.name_en, view.lang)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_never_runs_anything() {
        assert_eq!(safe("https://example.vn/a"), Some("https://example.vn/a"));
        assert_eq!(safe("/evidence/1"), Some("/evidence/1"));
        for bad in ["javascript:alert(1)", "//evil.example", "data:text/html,x", "", "003_71.txt"] {
            assert_eq!(safe(bad), None, "{bad}");
        }
    }
}
