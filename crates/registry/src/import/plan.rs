//! What a snapshot would change, tried out on a draft: everything or nothing.

use std::collections::{BTreeMap, HashMap, HashSet};

use lt_kernel::id::OrgId;
use lt_kernel::{Date, Said};

use super::{Fault, Line, Snapshot};
use crate::directory::{Directory, Draft, Edit, NewCode, NewOrg, is_there_still};
use crate::levels;
use crate::orgs::model::Org;
use crate::orgs::refused::Refused;
use crate::seed::shipped_id;
use crate::timeline::Basis;

/// What happens to one organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StepKind {
    /// It is new.
    Found,
    /// It gets another name; this is the old one.
    Rename(String),
    /// It gets another parent; this is the name of the old one, if there was one.
    Move(Option<String>),
    /// It gets another abbreviation; this is the old one, if there was one.
    Abbreviate(Option<String>),
    /// It is missing or marked deleted: it ends.
    Close,
}

/// One step of the plan, for the preview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Line of the file; none for what is missing in it.
    pub row: Option<usize>,
    /// Who.
    pub org: OrgId,
    /// Its code.
    pub code: String,
    /// Its name, the new one.
    pub name: String,
    /// What happens.
    pub kind: StepKind,
}

/// What a snapshot would change.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Every step, in the order of the file, closings last.
    pub steps: Vec<Step>,
    /// Lines that change nothing.
    pub unchanged: usize,
    /// What stands in the way. While there is a fault there is no edit.
    pub faults: Vec<Fault>,
    /// What to write; none when there are faults or nothing changes.
    pub edit: Option<Edit>,
}

/// Compares a snapshot with the directory on `date`: what is new is founded, other names and parents are taken
/// over from that day, and whoever holds a code of the scheme but is not in the snapshot ends that day.
#[must_use]
pub fn plan(snapshot: &Snapshot, directory: &Directory, date: Date, basis: &Basis) -> Plan {
    let held = held(snapshot, directory, date);
    let mut planning = Planning {
        draft: Draft::of(directory),
        date,
        basis,
        scheme: &snapshot.scheme,
        ids: held.clone(),
        plan: Plan { steps: Vec::new(), unchanged: 0, faults: Vec::new(), edit: None },
    };
    let present: HashSet<String> = snapshot.lines.iter().map(|line| line.code.to_uppercase()).collect();
    for line in snapshot.lines.iter().filter(|line| !held.contains_key(&line.code.to_uppercase())) {
        planning.found(line);
    }
    for line in &snapshot.lines {
        planning.adjust(line, held.contains_key(&line.code.to_uppercase()));
    }
    planning.plan.steps.sort_by_key(|step| step.row);
    let gone = held.iter().filter(|(code, _)| !present.contains(*code)).map(|(_, id)| *id).collect();
    planning.close_all(gone);
    let Planning { draft, mut plan, .. } = planning;
    if plan.faults.is_empty() && !draft.is_empty() {
        plan.edit = Some(draft.finish());
    }
    plan
}

/// Who holds a code of the scheme on the day, by the code in capitals.
fn held(snapshot: &Snapshot, directory: &Directory, date: Date) -> BTreeMap<String, OrgId> {
    // Also whoever is of a level abolished by then and was not ended: the snapshot is to end it.
    let alive = directory.all().filter(|org| org.span.holds(date));
    let code = |org: &std::sync::Arc<Org>| {
        let code = org.code(&snapshot.scheme, date)?;
        (code.status != crate::CodeStatus::Test).then(|| (code.value.to_uppercase(), org.id))
    };
    alive.filter_map(code).collect()
}

struct Planning<'a> {
    draft: Draft,
    date: Date,
    basis: &'a Basis,
    scheme: &'a str,
    ids: BTreeMap<String, OrgId>,
    plan: Plan,
}

impl Planning<'_> {
    /// New organisations come first and without parents, so that a parent may stand below its child in the file.
    fn found(&mut self, line: &Line) {
        // The same file planned twice, on any node, gives the same identifiers.
        let id = shipped_id(&format!("import/{}/{}/{}", self.scheme, line.code.to_uppercase(), self.date));
        let level = line.level.unwrap_or(2);
        let mut new = NewOrg::new(id, line.kind, level, &line.name);
        new.codes = vec![NewCode::new(self.scheme, &line.code).based(self.basis.clone())];
        new.abbrev.clone_from(&line.abbrev);
        new.act.clone_from(&self.basis.act);
        new.basis = self.basis.clone();
        // The parent known already is given at once: it then holds from the very first day.
        let parent = line.parent.as_ref().and_then(|code| self.ids.get(&code.to_uppercase())).copied();
        new.parent = parent;
        match self.draft.found(new, self.date) {
            Ok(()) => {
                self.ids.insert(line.code.to_uppercase(), id);
                self.step(Some(line.row), id, &line.code, &line.name, StepKind::Found);
            }
            Err(refused) => self.fault(line.row, "code", &refused),
        }
    }

    /// Takes over parent, name and abbreviation.
    fn adjust(&mut self, line: &Line, was_there: bool) {
        let Some(id) = self.ids.get(&line.code.to_uppercase()).copied() else { return };
        let Some(org) = self.draft.directory().org(id).cloned() else { return };
        let steps = self.plan.steps.len() + self.plan.faults.len();
        if was_there && let Err(refused) = is_there_still(&line.name, org.kind.word(), self.date) {
            self.fault(line.row, "kind", &refused);
            return;
        }
        if was_there && org.kind != line.kind {
            let said = Said::new("registry-import-fault-kind-differs").with("name", org.name(self.date));
            self.plan.faults.push(Fault { row: line.row, column: "kind", said });
        }
        if was_there {
            self.rename(line, &org);
        }
        self.move_to(line, &org, was_there);
        if was_there && steps == self.plan.steps.len() + self.plan.faults.len() {
            self.plan.unchanged += 1;
        }
    }

    fn rename(&mut self, line: &Line, org: &Org) {
        let old = org.name(self.date).to_owned();
        if old != line.name {
            match self.draft.rename(org.id, &line.name, self.date, self.basis.clone()) {
                Ok(()) => self.step(Some(line.row), org.id, &line.code, &line.name, StepKind::Rename(old)),
                Err(refused) => self.fault(line.row, "name", &refused),
            }
        }
        let old = org.abbrevs.at(self.date).cloned();
        if let Some(abbrev) = line.abbrev.as_ref().filter(|abbrev| old.as_ref() != Some(*abbrev)) {
            match self.draft.abbreviate(org.id, abbrev, self.date, self.basis.clone()) {
                Ok(()) => self.step(Some(line.row), org.id, &line.code, &line.name, StepKind::Abbreviate(old)),
                Err(refused) => self.fault(line.row, "abbrev", &refused),
            }
        }
    }

    fn move_to(&mut self, line: &Line, org: &Org, was_there: bool) {
        let wanted = line.parent.as_ref();
        let parent = wanted.and_then(|code| self.ids.get(&code.to_uppercase())).copied();
        if let (Some(code), None) = (wanted, parent) {
            let said = Said::new("registry-import-fault-parent").with("value", code);
            self.plan.faults.push(Fault { row: line.row, column: "parent_code", said });
            return;
        }
        let old = org.parents.at(self.date).copied();
        // A parent outside the scheme (none in the snapshot) is somebody else's to change.
        let up = old.and_then(|old| self.draft.directory().org(old));
        let is_ours = up.is_some_and(|up| up.code(self.scheme, self.date).is_some());
        if parent == old || (parent.is_none() && !is_ours) {
            return;
        }
        let old = old.and_then(|old| self.draft.directory().name(old, self.date).map(str::to_owned));
        match self.draft.move_to(org.id, parent, self.date, self.basis.clone()) {
            Ok(()) if was_there => self.step(Some(line.row), org.id, &line.code, &line.name, StepKind::Move(old)),
            Ok(()) => {}
            Err(refused) => self.fault(line.row, "parent_code", &refused),
        }
    }

    /// Ends those missing, the lowest first, so that nobody ends before the units below.
    fn close_all(&mut self, gone: Vec<OrgId>) {
        let depth: HashMap<OrgId, usize> =
            gone.iter().map(|id| (*id, self.draft.directory().ancestors(*id, self.date).len())).collect();
        let mut gone = gone;
        gone.sort_by_key(|id| (std::cmp::Reverse(depth.get(id).copied()), *id));
        for id in gone {
            let Some(org) = self.draft.directory().org(id).cloned() else { continue };
            let code = org.code(self.scheme, self.date).map_or_else(String::new, |code| code.value.clone());
            let day = levels::abolished(org.kind).map_or(self.date, |day| day.min(self.date));
            match self.draft.close(id, day, self.basis) {
                Ok(()) => self.step(None, id, &code, org.name(self.date), StepKind::Close),
                Err(refused) => self.fault(0, "code", &refused),
            }
        }
    }

    fn step(&mut self, row: Option<usize>, org: OrgId, code: &str, name: &str, kind: StepKind) {
        self.plan.steps.push(Step { row, org, code: code.to_owned(), name: name.to_owned(), kind });
    }

    fn fault(&mut self, row: usize, column: &'static str, refused: &Refused) {
        self.plan.faults.push(Fault { row, column, said: refused.said() });
    }
}
