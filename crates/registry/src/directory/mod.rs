//! All organisations in memory, asked about any date. Immutable; see [`Draft`] for changes.

mod addressee;
mod draft;
mod lineage;
mod parts;
mod successor;

use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};
use std::sync::{Arc, OnceLock};

use lt_kernel::id::OrgId;
use lt_kernel::{Date, Interval, Lane};

pub use addressee::{Addressed, Addressee, NotTaken, Taker};
pub(crate) use draft::is_there_still;
pub use draft::{Draft, Edit, Event};
pub use parts::{NewCode, NewOrg, Part, Receiver};
pub use successor::{Step, Successors};

use crate::levels;
use crate::orgs::model::{Code, CodeStatus, Org, Succession};

/// The whole registry at one revision.
#[derive(Debug, Clone, Default)]
pub struct Directory {
    revision: i64,
    orgs: HashMap<OrgId, Arc<Org>>,
    /// Everybody who ever held the code; which of them on a day is asked of the organisation.
    holders: HashMap<(String, String), BTreeSet<OrgId>>,
    /// Everybody who was ever below; who on a day is asked of the child.
    below: HashMap<OrgId, BTreeSet<OrgId>>,
    given: HashMap<OrgId, Vec<Arc<Succession>>>,
    received: HashMap<OrgId, Vec<Arc<Succession>>>,
    /// Who belongs to which lane, in the order of [`Lane::ALL`]; made when first asked for.
    lanes: OnceLock<[Arc<HashSet<OrgId>>; 2]>,
}

impl Directory {
    /// A directory of organisations and successions as they were stored at `revision`.
    #[must_use]
    pub fn new(revision: i64, orgs: Vec<Org>, successions: Vec<Succession>) -> Self {
        let mut directory = Self { revision, ..Self::default() };
        for org in orgs {
            directory.put(Arc::new(org));
        }
        for succession in successions {
            directory.follow(Arc::new(succession));
        }
        directory
    }

    /// Which state of the tables this is.
    #[must_use]
    pub const fn revision(&self) -> i64 {
        self.revision
    }

    /// How many organisations it knows, ended ones too.
    #[must_use]
    pub fn len(&self) -> usize {
        self.orgs.len()
    }

    /// Whether it knows none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.orgs.is_empty()
    }

    /// An organisation with all its past.
    #[must_use]
    pub fn org(&self, id: OrgId) -> Option<&Arc<Org>> {
        self.orgs.get(&id)
    }

    /// An organisation, if it exists on `date`.
    #[must_use]
    pub fn org_at(&self, id: OrgId, date: Date) -> Option<&Arc<Org>> {
        self.org(id).filter(|org| org.is_alive(date))
    }

    /// All organisations, in no order.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Org>> {
        self.orgs.values()
    }

    /// What it was called on `date`; after its end its last name.
    #[must_use]
    pub fn name(&self, id: OrgId, date: Date) -> Option<&str> {
        self.org(id).map(|org| org.name(date))
    }

    /// Who held a code on `date`. Test codes and codes that were closed by then name nobody.
    #[must_use]
    pub fn by_code(&self, scheme: &str, value: &str, date: Date) -> Option<OrgId> {
        let held = |code: &Code| code.span.holds(date) && code.status != CodeStatus::Test;
        let found = self.held(scheme, value).find(|(_, code)| held(code)).map(|(id, _)| id);
        found.filter(|id| self.org_at(*id, date).is_some())
    }

    /// Everybody who ever held a code and when, in order of time: for mail that comes late.
    #[must_use]
    pub fn holders(&self, scheme: &str, value: &str) -> Vec<(Interval, OrgId)> {
        let mut holders: Vec<_> = self.held(scheme, value).map(|(id, code)| (code.span, id)).collect();
        holders.sort_by_key(|(span, id)| (span.from, *id));
        holders
    }

    /// The parent on `date`.
    #[must_use]
    pub fn parent(&self, id: OrgId, date: Date) -> Option<OrgId> {
        let parent = self.org(id)?.parents.at(date).copied()?;
        // Who was under an organisation of an abolished level and was not moved is under nobody.
        let is_gone = |up: &Arc<Org>| levels::abolished(up.kind).is_some_and(|day| day <= date);
        self.org(parent).is_none_or(|up| !is_gone(up)).then_some(parent)
    }

    /// Who is right below on `date`, in the order of lists: kind, then name.
    #[must_use]
    pub fn children(&self, id: OrgId, date: Date) -> Vec<OrgId> {
        self.in_order(self.children_of(id, date).collect(), date)
    }

    /// The parents upward on `date`, nearest first; ends before it would go round.
    #[must_use]
    pub fn ancestors(&self, id: OrgId, date: Date) -> Vec<OrgId> {
        let mut up = Vec::new();
        let mut at = self.parent(id, date);
        while let Some(parent) = at.filter(|parent| *parent != id && !up.contains(parent)) {
            up.push(parent);
            at = self.parent(parent, date);
        }
        up
    }

    /// The organisation and all below it on `date`: what a permission given for it reaches.
    #[must_use]
    pub fn descendants(&self, id: OrgId, date: Date) -> HashSet<OrgId> {
        let mut seen = HashSet::from([id]);
        let mut next = VecDeque::from([id]);
        while let Some(at) = next.pop_front() {
            for child in self.children_of(at, date) {
                if seen.insert(child) {
                    next.push_back(child);
                }
            }
        }
        seen
    }

    /// All organisations of a lane, also those that ended or are still to come: what a permission given for
    /// the lane reaches.
    #[must_use]
    pub fn of_lane(&self, lane: Lane) -> Arc<HashSet<OrgId>> {
        let of = |lane: Lane| Arc::new(self.all().filter(|org| org.kind.lane() == lane).map(|org| org.id).collect());
        let [party, state] = self.lanes.get_or_init(|| Lane::ALL.map(of));
        Arc::clone(match lane {
            Lane::Party => party,
            Lane::State => state,
        })
    }

    /// Organisations without a parent on `date`, in the order of lists.
    #[must_use]
    pub fn roots(&self, date: Date) -> Vec<OrgId> {
        let alive = self.all().filter(|org| org.is_alive(date) && self.parent(org.id, date).is_none());
        self.in_order(alive.map(|org| org.id).collect(), date)
    }

    /// The whole tree on `date`: (depth from 0, organisation), parents before children, in the order of lists.
    #[must_use]
    pub fn tree(&self, date: Date) -> Vec<(usize, OrgId)> {
        let mut lines = Vec::new();
        for root in self.roots(date) {
            self.branch(root, 0, date, &mut lines);
        }
        lines
    }

    /// Organisations that exist on `date` whose name, abbreviation or code contains the words, at most `limit`.
    #[must_use]
    pub fn search(&self, words: &str, date: Date, limit: usize) -> Vec<OrgId> {
        let wanted = lt_kernel::text::fold(words);
        let wanted: Vec<&str> = wanted.split_whitespace().collect();
        if wanted.is_empty() {
            return Vec::new();
        }
        let hits = self.all().filter(|org| org.is_alive(date)).filter(|org| {
            let codes = org.codes.iter().filter(|code| code.span.holds(date));
            let mut text = lt_kernel::text::fold(org.name(date));
            for more in org.abbrevs.at(date).into_iter().chain(codes.map(|code| &code.value)) {
                text.push(' ');
                text.push_str(&lt_kernel::text::fold(more));
            }
            wanted.iter().all(|word| text.contains(word))
        });
        let mut found = self.in_order(hits.map(|org| org.id).collect(), date);
        found.truncate(limit);
        found
    }

    /// What it gave to others, in order of time.
    #[must_use]
    pub fn given(&self, id: OrgId) -> &[Arc<Succession>] {
        self.given.get(&id).map_or(&[], Vec::as_slice)
    }

    /// What it received from others, in order of time.
    #[must_use]
    pub fn received(&self, id: OrgId) -> &[Arc<Succession>] {
        self.received.get(&id).map_or(&[], Vec::as_slice)
    }

    /// Puts organisations in the order of lists: kind, then Vietnamese collation of the name.
    #[must_use]
    pub fn in_order(&self, ids: Vec<OrgId>, date: Date) -> Vec<OrgId> {
        let key = |id: &OrgId| {
            self.org(*id).map(|org| (org.level, org.kind, lt_kernel::text::sort_key(org.name(date)), org.id))
        };
        let mut ids = ids;
        ids.sort_by_cached_key(key);
        ids
    }

    fn branch(&self, id: OrgId, depth: usize, date: Date, lines: &mut Vec<(usize, OrgId)>) {
        lines.push((depth, id));
        // Verbs refuse circles; the bound keeps a damaged table from running away.
        if depth < 64 {
            for child in self.children(id, date) {
                self.branch(child, depth + 1, date, lines);
            }
        }
    }

    fn children_of(&self, id: OrgId, date: Date) -> impl Iterator<Item = OrgId> {
        let ever = self.below.get(&id).into_iter().flatten().copied();
        ever.filter(move |child| self.parent(*child, date) == Some(id))
    }

    fn held<'a>(&'a self, scheme: &str, value: &str) -> impl Iterator<Item = (OrgId, &'a Code)> + use<'a> {
        let key = Code::key(scheme, value);
        let ever = self.holders.get(&key).into_iter().flatten();
        ever.filter_map(|id| self.org(*id)).flat_map(move |org| {
            let key = key.clone();
            let same = move |code: &&Code| Code::key(&code.scheme, &code.value) == key;
            org.codes.iter().filter(same).map(|code| (org.id, code))
        })
    }

    fn put(&mut self, org: Arc<Org>) {
        for code in &org.codes {
            self.holders.entry(Code::key(&code.scheme, &code.value)).or_default().insert(org.id);
        }
        for parent in org.parents.stretches() {
            self.below.entry(parent.value).or_default().insert(org.id);
        }
        self.orgs.insert(org.id, org);
        self.lanes.take();
    }

    fn follow(&mut self, succession: Arc<Succession>) {
        let given = self.given.entry(succession.from).or_default();
        given.push(Arc::clone(&succession));
        given.sort_by_key(|other| (other.effective, other.to));
        let received = self.received.entry(succession.to).or_default();
        received.push(succession);
        received.sort_by_key(|other| (other.effective, other.from));
    }
}
