//! From the frozen set and what people wrote to the content of a report, and to what keeps it from being issued.

use std::collections::BTreeMap;

use lt_kernel::Said;

use super::content::{Content, FORMAT, Figure, Group, Head, Line, Paragraph, Risk, Run, Shown, Why};
use super::passage::{self, Fault, latest_first, target_of};
use crate::board::shown;
use crate::file::format::Standing;
use crate::observation::ObservationId;
use crate::observation::store::Withdrawn;
use crate::review::cause::{self, Cause};
use crate::review::frozen::{Defined, Frozen, used};
use crate::target::said::{rule_in_words, value_said};
use crate::verdict::{Approval, Schedule, Verdict};

/// Sections of a report people write texts for, in order (party-and-targets §5); 6 is made from verdicts alone.
pub const SECTIONS: [&str; 9] = ["1", "2", "3", "4", "5", "7", "8", "9", "comments"];
/// What stands at the top and at the bottom, as people write it.
pub const HEAD: [&str; 7] = ["superior", "symbol", "place", "about", "authority", "office", "recipients"];

/// What keeps a report from being issued, and where to mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Blocker {
    /// A missed or open target has no cause.
    NoCause {
        /// Its code.
        target: String,
    },
    /// A text holds a number without a source, or a placeholder for nothing.
    Text {
        /// The section, or nothing for the cause of a target.
        section: String,
        /// The target whose cause it is; may be empty.
        target: String,
        /// What is wrong.
        fault: Fault,
    },
}

impl Blocker {
    /// The blocker for a reader.
    #[must_use]
    pub fn said(&self) -> Said {
        match self {
            Self::NoCause { target } => Said::new("targets-report-no-cause").with("target", target),
            Self::Text { section, target, fault } if target.is_empty() => Said::new("targets-report-text-fault")
                .key("section", format!("targets-report-section-{section}"))
                .said("fault", fault.said()),
            Self::Text { target, fault, .. } => {
                Said::new("targets-report-cause-fault").with("target", target).said("fault", fault.said())
            }
        }
    }
}

/// What a report is made from.
pub struct Sources<'a> {
    /// The frozen set.
    pub frozen: &'a Frozen,
    /// Its number and hash.
    pub set: (u32, &'a str),
    /// Stated causes.
    pub causes: &'a [Cause],
    /// What people wrote, by section.
    pub passages: &'a BTreeMap<String, String>,
    /// What usually stands behind the number.
    pub symbol: &'a str,
    /// The frozen set of the last version, when there is one.
    pub before: Option<&'a Frozen>,
    /// Figures withdrawn so far, and why.
    pub gone: &'a Withdrawn,
}

/// Key of the word for a verdict, as the board shows it.
#[must_use]
pub fn mark_key(verdict: &Verdict) -> &'static str {
    shown::mark(verdict).key()
}

/// Makes the content, and lists what keeps it from being issued.
#[must_use]
pub fn compose(from: &Sources<'_>) -> (Content, Vec<Blocker>) {
    let frozen = from.frozen;
    let mut blockers: Vec<Blocker> = cause::lacking(frozen, from.causes)
        .into_iter()
        .map(|target| Blocker::NoCause { target: target.to_owned() })
        .collect();
    let head = head(from);
    let passages = passages(from, &mut blockers);
    let causes = causes(from, &mut blockers);
    let mut content = Content {
        format: FORMAT.to_owned(),
        head,
        resolution: frozen.header.code.clone(),
        title: (frozen.header.title.clone(), frozen.header.title_en.clone()),
        term: frozen.term(),
        period: frozen.period.clone(),
        cutoff: frozen.cutoff,
        frozen: (from.set.0, from.set.1.to_owned()),
        rules: format!("{}/{}", frozen.rules, frozen.policy.version),
        tally: frozen.tally.clone(),
        passages,
        table: table(frozen),
        causes,
        risks: risks(frozen),
        shown: Vec::new(),
        changed: from.before.map(|before| super::changes::changes(before, frozen, from.gone)).unwrap_or_default(),
    };
    content.shown = annex(&content, frozen);
    (content, blockers)
}

fn head(from: &Sources<'_>) -> Head {
    let text = |part: &str| from.passages.get(part).map(|text| text.trim()).unwrap_or_default();
    let or = |part: &str, usual: &str| if text(part).is_empty() { usual.to_owned() } else { text(part).to_owned() };
    Head {
        lane: from.frozen.header.lane,
        issuer: from.frozen.issuer.clone(),
        superior: or("superior", &from.frozen.superior),
        symbol: or("symbol", from.symbol),
        place: text("place").to_owned(),
        about: text("about").to_owned(),
        authority: text("authority").to_owned(),
        office: text("office").to_owned(),
        recipients: text("recipients")
            .lines()
            .map(|line| line.trim().to_owned())
            .filter(|line| !line.is_empty())
            .collect(),
    }
}

fn passages(from: &Sources<'_>, blockers: &mut Vec<Blocker>) -> BTreeMap<String, Vec<Paragraph>> {
    let mut found = BTreeMap::new();
    for section in SECTIONS {
        let Some(text) = from.passages.get(section) else { continue };
        let (paragraphs, faults) = passage::read(text, from.frozen);
        blockers.extend(faults.into_iter().map(|fault| Blocker::Text {
            section: section.to_owned(),
            target: String::new(),
            fault,
        }));
        if !paragraphs.is_empty() {
            found.insert(section.to_owned(), paragraphs);
        }
    }
    found
}

fn causes(from: &Sources<'_>, blockers: &mut Vec<Blocker>) -> Vec<Why> {
    let frozen = from.frozen;
    let wanted = frozen.rows().filter(|(held, verdict)| frozen.needs_cause(held, verdict));
    wanted
        .map(|(held, verdict)| {
            let stated = from.causes.iter().find(|cause| cause.target == held.id);
            let mut read = |text: &str| {
                let (paragraphs, faults) = passage::read(text, frozen);
                blockers.extend(faults.into_iter().map(|fault| Blocker::Text {
                    section: String::new(),
                    target: held.target.code.clone(),
                    fault,
                }));
                joined(paragraphs)
            };
            Why {
                code: held.target.code.clone(),
                title: title(held),
                verdict: mark_key(verdict).to_owned(),
                kind: stated.map(|cause| cause.kind),
                text: stated.map(|cause| read(&cause.text)).unwrap_or_default(),
                remedy: stated.map(|cause| read(&cause.remedy)).unwrap_or_default(),
            }
        })
        .collect()
}

/// Several paragraphs as one.
fn joined(paragraphs: Vec<Paragraph>) -> Paragraph {
    let mut whole = Vec::new();
    for paragraph in paragraphs {
        if !whole.is_empty() {
            whole.push(Run::Words { text: " ".into() });
        }
        whole.extend(paragraph);
    }
    whole
}

fn title(held: &Defined) -> (String, String) {
    (held.target.title.clone(), held.target.title_en.clone())
}

fn table(frozen: &Frozen) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (held, verdict) in frozen.rows().filter(|(held, _)| held.dropped.is_none()) {
        let line = line(frozen, held, verdict);
        if let Some(group) = groups.iter_mut().find(|group| group.code == held.target.sentence) {
            group.lines.push(line);
        } else {
            let sentence = frozen.sentence(&held.target.sentence);
            let text = sentence.map(|one| (one.text.clone(), one.text_en.clone())).unwrap_or_default();
            groups.push(Group { code: held.target.sentence.clone(), text, lines: vec![line] });
        }
    }
    groups
}

fn line(frozen: &Frozen, held: &Defined, verdict: &Verdict) -> Line {
    let measures = frozen.measures.iter().map(|(_, measure)| (measure.code.clone(), measure.clone())).collect();
    let rests = latest_first(frozen, used(verdict));
    let newest = rests.first().and_then(|id| frozen.seen(*id));
    let sentence = frozen.sentence(&held.target.sentence);
    Line {
        code: held.target.code.clone(),
        title: title(held),
        rule: rule_in_words(&held.target, &measures, &frozen.schemes),
        as_of: newest.map(|one| one.seen.as_of),
        note: newest.map(|one| one.note.clone()).unwrap_or_default(),
        value: verdict.value.clone().map(|said| Figure { said, target: held.target.code.clone(), rests }),
        elapsed: verdict.elapsed,
        verdict: mark_key(verdict).to_owned(),
        unapproved: verdict.approval == Approval::Recorded,
        evidence: verdict.evidence,
        owner: held.owner_name.clone(),
        directive: sentence.is_some_and(|one| one.standing == Standing::Directive),
    }
}

fn risks(frozen: &Frozen) -> Vec<Risk> {
    let behind = frozen.rows().filter(|(held, verdict)| {
        held.dropped.is_none() && verdict.schedule == Schedule::AtRisk && !verdict.outcome.is_met()
    });
    behind
        .map(|(held, verdict)| Risk {
            code: held.target.code.clone(),
            title: title(held),
            progress: verdict.progress,
            elapsed: verdict.elapsed,
            owner: held.owner_name.clone(),
        })
        .collect()
}

/// Every observation the report speaks of, in the order it does.
fn annex(content: &Content, frozen: &Frozen) -> Vec<Shown> {
    let mut ids: Vec<ObservationId> = Vec::new();
    let mut known = std::collections::HashSet::new();
    let written = content.passages.values().flatten().flatten();
    let told = content.causes.iter().flat_map(|why| why.text.iter().chain(&why.remedy));
    let figures = written.chain(told).filter_map(|run| match run {
        Run::Figure(figure) => Some(figure),
        Run::Words { .. } => None,
    });
    let lines = content.table.iter().flat_map(|group| &group.lines);
    for figure in lines.filter_map(|line| line.value.as_ref()).chain(figures) {
        ids.extend(figure.rests.iter().filter(|id| known.insert(**id)));
    }
    let seen: std::collections::HashMap<ObservationId, _> =
        frozen.observations.iter().map(|one| (one.seen.id, one)).collect();
    ids.iter()
        .filter_map(|id| {
            let one = seen.get(id)?;
            let measure = frozen.measure(&one.measure)?;
            Some(Shown {
                id: *id,
                measure: (measure.name.clone(), measure.name_en.clone()),
                target: target_of(frozen, &one.measure),
                value: value_said(&one.seen.value, measure.unit, &frozen.schemes),
                as_of: one.seen.as_of,
                recorded_at: one.seen.recorded_at,
                approved: one.seen.approved,
                evidence: one.evidence.clone(),
            })
        })
        .collect()
}
