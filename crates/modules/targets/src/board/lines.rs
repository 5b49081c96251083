//! The rows of a board as texts, made once: what the template prints is only looked up.

use std::borrow::Cow;
use std::collections::HashMap;

use lt_kernel::id::OrgId;
use lt_kernel::quantity::numbers;
use lt_web::{Talk, View};

use super::ask::Wanted;
use super::sayer::Sayer;
use super::shown;
use crate::book::{Board, Row};
use crate::file::format::{Sentence, Standing};
use crate::resolution::door::{Names, part, pick};
use crate::verdict::{Excess, Outcome, Verdict};

/// A target as it stands on a board.
pub(super) struct Line<'a> {
    pub(super) code: &'a str,
    pub(super) href: Cow<'a, str>,
    pub(super) title: &'a str,
    /// Reason it was dropped for; then nothing else is shown.
    pub(super) dropped: Option<&'a str>,
    pub(super) class: &'static str,
    pub(super) word: &'a str,
    /// Whether it can still change; empty where there is no verdict yet.
    pub(super) settled: &'a str,
    pub(super) value: String,
    pub(super) progress: String,
    pub(super) missing: String,
    /// Who answers for it; empty where its sentence says so for all its targets.
    pub(super) owner: &'a str,
}

/// A sentence with its targets.
pub(super) struct Group<'a> {
    pub(super) code: &'a str,
    pub(super) text: &'a str,
    pub(super) speaker: &'a str,
    /// Who answers for all its targets that are shown; empty where they differ, or where there are none.
    pub(super) owner: &'a str,
    pub(super) lines: Vec<Line<'a>>,
}

/// The sentences of a board: the resolution's own, and those the level above said.
pub(super) struct Groups<'a> {
    pub(super) own: Vec<Group<'a>>,
    pub(super) directives: Vec<Group<'a>>,
    /// How many targets are shown.
    pub(super) shown: usize,
}

/// Brings a board into lines.
pub(super) fn groups<'a>(view: &'a View, board: &'a Board, names: &'a Names, wanted: &Wanted) -> Groups<'a> {
    let mut maker = Maker { view, names, sayer: Sayer::new(view.t()), owners: HashMap::new() };
    let mut groups = Groups { own: Vec::new(), directives: Vec::new(), shown: 0 };
    for (at, sentence) in board.whole.sentences.iter().enumerate() {
        let group = maker.group(board, sentence, board.plan.targets_of(at), wanted);
        let is_told = matches!(sentence.standing, Standing::Reported | Standing::Stated);
        if group.lines.is_empty() && (is_told || !wanted.is_all()) {
            continue;
        }
        groups.shown += group.lines.len();
        if sentence.standing == Standing::Directive { &mut groups.directives } else { &mut groups.own }.push(group);
    }
    groups
}

struct Maker<'a> {
    view: &'a View,
    names: &'a Names,
    sayer: Sayer<'a>,
    owners: HashMap<OrgId, &'a str>,
}

impl<'a> Maker<'a> {
    fn group(&mut self, board: &'a Board, sentence: &'a Sentence, places: &[usize], wanted: &Wanted) -> Group<'a> {
        let mut lines = Vec::with_capacity(places.len());
        for place in places {
            let (Some(held), Some(verdict)) = (board.whole.targets.get(*place), board.verdicts.get(*place)) else {
                continue;
            };
            let row = Row { sentence: Some(sentence), held, verdict };
            if wanted.is_all() || wanted.takes(&row) {
                lines.push(self.line(&row));
            }
        }
        Group {
            code: &sentence.code,
            text: pick(&sentence.text, &sentence.text_en, self.view.lang),
            speaker: &sentence.speaker,
            owner: once(&mut lines),
            lines,
        }
    }

    fn line(&mut self, row: &Row<'a>) -> Line<'a> {
        let t = self.view.t();
        let (target, verdict) = (&row.held.target, row.verdict);
        let mark = shown::mark(verdict);
        let names = self.names;
        let owner = *self.owners.entry(row.held.owner).or_insert_with(|| names.of(row.held.owner));
        let mut value = String::new();
        if let Some(said) = &verdict.value {
            self.sayer.say(said, &mut value);
        }
        if let Some(excess) = &verdict.excess {
            add_excess(t, excess, &mut value);
        }
        Line {
            code: &target.code,
            href: part(&target.code),
            title: pick(&target.title, &target.title_en, t.lang),
            dropped: row.held.dropped.as_deref(),
            class: mark.class(),
            word: t.s(mark.key()),
            settled: settled(verdict).map_or("", |key| t.s(key)),
            value,
            progress: verdict
                .progress
                .as_ref()
                .filter(|_| !verdict.outcome.is_met())
                .map(|done| numbers::write_percent(done, 0, t.lang))
                .unwrap_or_default(),
            missing: self.missing(verdict),
            owner,
        }
    }

    fn missing(&mut self, verdict: &Verdict) -> String {
        let mut text = String::new();
        if let Some(first) = verdict.missing.first() {
            self.sayer.say(first, &mut text);
            if verdict.missing.len() > 1 {
                text.push_str(" (+");
                text.push_str(&(verdict.missing.len() - 1).to_string());
                text.push(')');
            }
        }
        text
    }
}

/// Puts what a target is exceeded by behind its value: "5 (+66,67%)".
pub(crate) fn add_excess(t: Talk<'_>, excess: &Excess, value: &mut String) {
    // "gần 90" is over the goal by at least so much.
    value.push_str(if excess.at_least { " (≥ +" } else { " (+" });
    value.push_str(&numbers::write(&excess.by, 2, t.lang));
    value.push_str(if excess.points { t.s("targets-board-points") } else { "%)" });
}

/// The owner of all these lines, who is then said once, above them; none where they differ.
fn once<'a>(lines: &mut [Line<'a>]) -> &'a str {
    let Some(owner) = lines.first().map(|line| line.owner) else { return "" };
    if lines.iter().any(|line| line.owner != owner) {
        return "";
    }
    for line in lines {
        line.owner = "";
    }
    owner
}

/// Key of the words that say whether a verdict can still change.
#[must_use]
pub(crate) const fn settled(verdict: &Verdict) -> Option<&'static str> {
    match verdict.outcome {
        Outcome::Unknown | Outcome::NotApplicable => None,
        _ if verdict.settled => Some("targets-settled"),
        _ => Some("targets-not-settled"),
    }
}
