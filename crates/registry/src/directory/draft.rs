//! A directory under change: every verb is tried here, and what was touched becomes one write.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use lt_kernel::id::OrgId;
use lt_kernel::{Date, Interval};

use super::{Directory, NewCode, NewOrg};
use crate::levels;
use crate::orgs::contact::Contact;
use crate::orgs::model::{Code, CodeStatus, Kind, Org, Succession, Territory};
use crate::orgs::refused::Refused;
use crate::timeline::{Basis, Clash, Timeline};

/// Something that happened to an organisation, as a past participle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Event {
    /// To whom.
    pub org: OrgId,
    /// What: `founded`, `renamed`, `moved`, `merged`…
    pub verb: &'static str,
}

/// What a draft came to: ready to be written whole.
#[derive(Debug, Clone)]
pub struct Edit {
    /// Organisations before (none: founded) and after.
    pub touched: Vec<(Option<Arc<Org>>, Arc<Org>)>,
    /// What happened, in order.
    pub events: Vec<Event>,
    /// New successions.
    pub successions: Vec<Arc<Succession>>,
    /// The revision it was decided on.
    pub seen: i64,
    /// The directory once it is written.
    pub after: Directory,
}

/// A directory under change. After a refusal throw it away: a verb of several steps may have done the first.
#[derive(Debug, Clone)]
pub struct Draft {
    pub(super) directory: Directory,
    before: BTreeMap<OrgId, Option<Arc<Org>>>,
    events: Vec<Event>,
    told: HashSet<Event>,
    pub(super) successions: Vec<Arc<Succession>>,
}

impl Draft {
    /// A draft of `directory`.
    #[must_use]
    pub fn of(directory: &Directory) -> Self {
        Self {
            directory: directory.clone(),
            before: BTreeMap::new(),
            events: Vec::new(),
            told: HashSet::new(),
            successions: Vec::new(),
        }
    }

    /// The directory as it stands after the verbs so far.
    #[must_use]
    pub const fn directory(&self) -> &Directory {
        &self.directory
    }

    /// Whether nothing was touched.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.before.is_empty() && self.successions.is_empty()
    }

    /// Ends the draft.
    #[must_use]
    pub fn finish(self) -> Edit {
        let Self { mut directory, before, events, successions, told: _ } = self;
        let mut touched = Vec::with_capacity(before.len());
        for (id, old) in before {
            let Some(mut new) = directory.orgs.get(&id).cloned() else { continue };
            Arc::make_mut(&mut new).version = old.as_ref().map_or(1, |old| old.version + 1);
            directory.orgs.insert(id, Arc::clone(&new));
            touched.push((old, new));
        }
        let seen = directory.revision;
        directory.revision += 1;
        Edit { touched, events, successions, seen, after: directory }
    }

    /// Founds an organisation on `date`.
    ///
    /// # Errors
    /// See [`Refused`]: identifier known, no name, parent not there or of the other lane, code taken.
    pub fn found(&mut self, new: NewOrg, date: Date) -> Result<(), Refused> {
        if self.directory.org(new.id).is_some() {
            return Err(Refused::Known(new.id));
        }
        let span = Interval { from: date, to: None };
        let name = written(&new.name)?;
        is_there_still(&name, new.kind.word(), date)?;
        if let Some(area) = &new.territory {
            is_there_still(&name, &area.class, date)?;
        }
        let basis = new.basis;
        let mut org = Org {
            id: new.id,
            kind: new.kind,
            level: new.level,
            span,
            founding: new.act,
            ending: None,
            names: Timeline::of(name, span, basis.clone()),
            parents: Timeline::default(),
            abbrevs: new.abbrev.map_or_else(Timeline::default, |abbrev| Timeline::of(abbrev, span, basis.clone())),
            territories: new.territory.map_or_else(Timeline::default, |area| Timeline::of(area, span, basis.clone())),
            contacts: Timeline::default(),
            codes: Vec::new(),
            version: 0,
        };
        if let Some(parent) = new.parent {
            self.may_be_under(&org, parent, span)?;
            org.parents = Timeline::of(parent, span, basis);
        }
        for code in new.codes {
            self.give_code(&mut org, code, date)?;
        }
        self.keep(org, "founded");
        Ok(())
    }

    /// Gives it a new name from `date` on, until its next change of name.
    ///
    /// # Errors
    /// See [`Refused`]: not alive, no name, same name, another change that day.
    pub fn rename(&mut self, id: OrgId, name: &str, date: Date, basis: Basis) -> Result<(), Refused> {
        let mut org = self.alive(id, date)?;
        let name = written(name)?;
        let end = org.span.to;
        let set = org.names.set_from(name.clone(), date, end, basis);
        set.map_err(|clash| clashed(&org, &name, date, clash))?;
        self.keep(org, "renamed");
        Ok(())
    }

    /// Gives it a new abbreviation from `date` on.
    ///
    /// # Errors
    /// As [`Self::rename`].
    pub fn abbreviate(&mut self, id: OrgId, abbrev: &str, date: Date, basis: Basis) -> Result<(), Refused> {
        let mut org = self.alive(id, date)?;
        let abbrev = written(abbrev)?;
        let end = org.span.to;
        let set = org.abbrevs.set_from(abbrev.clone(), date, end, basis);
        set.map_err(|clash| clashed(&org, &abbrev, date, clash))?;
        self.keep(org, "abbreviated");
        Ok(())
    }

    /// Gives it another territory, or its territory another class, from `date` on.
    ///
    /// # Errors
    /// As [`Self::rename`].
    pub fn reclassify(&mut self, id: OrgId, area: Territory, date: Date, basis: Basis) -> Result<(), Refused> {
        let mut org = self.alive(id, date)?;
        is_there_still(org.name(date), &area.class, date)?;
        let (end, word) = (org.span.to, area.name.clone());
        let set = org.territories.set_from(area, date, end, basis);
        set.map_err(|clash| clashed(&org, &word, date, clash))?;
        self.keep(org, "reclassified");
        Ok(())
    }

    /// Says how it is reached from `date` on; a contact without any part: from then on it is not known.
    ///
    /// # Errors
    /// As [`Self::rename`], and [`Refused::BadContact`].
    pub fn contact(&mut self, id: OrgId, contact: &Contact, date: Date, basis: Basis) -> Result<(), Refused> {
        let mut org = self.alive(id, date)?;
        let contact = contact.written()?;
        let end = org.span.to;
        let word = contact.parts().into_iter().map(|(_, text)| text).find(|text| !text.is_empty()).unwrap_or("–");
        let word = word.to_owned();
        let set = if contact.is_empty() {
            org.contacts.clear_from(date)
        } else {
            org.contacts.set_from(contact, date, end, basis)
        };
        set.map_err(|clash| clashed(&org, &word, date, clash))?;
        self.keep(org, "contact_changed");
        Ok(())
    }

    /// Puts it under another parent, or under none, from `date` on.
    ///
    /// # Errors
    /// See [`Refused`]: not alive, circle, other lane, parent not there for as long.
    pub fn move_to(&mut self, id: OrgId, parent: Option<OrgId>, date: Date, basis: Basis) -> Result<(), Refused> {
        let mut org = self.alive(id, date)?;
        let Some(parent) = parent else {
            let cleared = org.parents.clear_from(date);
            cleared.map_err(|clash| clashed(&org, "–", date, clash))?;
            self.keep(org, "moved");
            return Ok(());
        };
        let end = org.span.to;
        let word = self.called(parent, date);
        let set = org.parents.set_from(parent, date, end, basis);
        set.map_err(|clash| clashed(&org, &word, date, clash))?;
        let span = org.parents.stretch_at(date).map_or(Interval { from: date, to: end }, |stretch| stretch.span);
        self.may_be_under(&org, parent, span)?;
        self.keep(org, "moved");
        Ok(())
    }

    /// Gives it a code from `date` on; the one it has in that scheme ends.
    ///
    /// # Errors
    /// See [`Refused`]: not alive, not a code, same code, held by somebody else in that time.
    pub fn recode(&mut self, id: OrgId, code: NewCode, date: Date) -> Result<(), Refused> {
        let mut org = self.alive(id, date)?;
        self.give_code(&mut org, code, date)?;
        self.keep(org, "recoded");
        Ok(())
    }

    /// Ends its code of a scheme on `date` without another.
    ///
    /// # Errors
    /// See [`Refused`]: not alive, no such code that day, given that very day.
    pub fn retire_code(&mut self, id: OrgId, scheme: &str, date: Date) -> Result<(), Refused> {
        let mut org = self.alive(id, date)?;
        let name = org.name(date).to_owned();
        let held = |code: &&mut Code| code.scheme.eq_ignore_ascii_case(scheme) && code.span.holds(date);
        let Some(code) = org.codes.iter_mut().find(held) else {
            return Err(Refused::BadCode(scheme.to_owned()));
        };
        if code.span.from == date {
            return Err(Refused::SameDay { name, date });
        }
        code.close(date);
        self.keep(org, "recoded");
        Ok(())
    }

    /// Whether `org` may be under `parent` for the whole stretch.
    pub(super) fn may_be_under(&self, org: &Org, parent: OrgId, span: Interval) -> Result<(), Refused> {
        let up = self.get(parent)?;
        is_there_still(up.name(span.from), up.kind.word(), span.from)?;
        let lasts = up.span.to.is_none_or(|end| span.to.is_some_and(|to| to <= end));
        if !up.is_alive(span.from) || !lasts {
            return Err(Refused::NotAlive {
                name: up.name(span.from).to_owned(),
                date: up.span.to.unwrap_or(span.from),
            });
        }
        let names = || (org.name(span.from).to_owned(), up.name(span.from).to_owned());
        if org.kind.lane() != up.kind.lane() {
            let (name, parent) = names();
            return Err(Refused::Lanes { name, parent });
        }
        if self.reaches(parent, org.id, span, 0) {
            let (name, parent) = names();
            return Err(Refused::Circle { name, parent });
        }
        Ok(())
    }

    /// Whether `target` is `at` or above it on any day of `span`.
    fn reaches(&self, at: OrgId, target: OrgId, span: Interval, depth: u32) -> bool {
        if at == target {
            return true;
        }
        let parents = self.directory.org(at).map(|org| org.parents.stretches()).unwrap_or_default();
        let met = parents.iter().filter(|stretch| stretch.span.meets(&span) && depth < 64);
        let mut ups = met.map(|stretch| {
            let to = [stretch.span.to, span.to].into_iter().flatten().min();
            (stretch.value, Interval { from: stretch.span.from.max(span.from), to })
        });
        ups.any(|(up, span)| self.reaches(up, target, span, depth + 1))
    }

    fn give_code(&self, org: &mut Org, new: NewCode, date: Date) -> Result<(), Refused> {
        let (scheme, value) = (new.scheme.trim().to_lowercase(), new.value.trim().to_owned());
        if scheme.is_empty() || value.is_empty() || value.chars().count() > 64 || value.contains(char::is_control) {
            return Err(Refused::BadCode(new.value));
        }
        let name = || org.name(date).to_owned();
        let same_scheme = |code: &&Code| code.scheme == scheme;
        if org.codes.iter().filter(same_scheme).any(|code| code.span.from == date) {
            return Err(Refused::SameDay { name: name(), date });
        }
        let next = org.codes.iter().filter(same_scheme).map(|code| code.span.from).filter(|from| *from > date).min();
        let span = Interval { from: date, to: next.or(org.span.to) };
        let key = Code::key(&scheme, &value);
        if org.code(&scheme, date).is_some_and(|code| Code::key(&code.scheme, &code.value) == key) {
            return Err(Refused::Same { name: name(), value, date });
        }
        let taken = |(holder, code): &(OrgId, &Code)| {
            *holder != org.id && code.status != CodeStatus::Test && code.span.meets(&span)
        };
        if let Some((holder, code)) = self.directory.held(&scheme, &value).find(taken)
            && new.status != CodeStatus::Test
        {
            let (holder, from) = (self.called(holder, code.span.from), code.span.from);
            return Err(Refused::CodeTaken { scheme, value, holder, from });
        }
        if let Some(code) = org.codes.iter_mut().find(|code| code.scheme == scheme && code.span.holds(date)) {
            code.close(date);
        }
        org.codes.push(Code { scheme, value, span, status: new.status, basis: new.basis });
        Ok(())
    }

    pub(super) fn get(&self, id: OrgId) -> Result<Org, Refused> {
        self.directory.org(id).map(|org| Org::clone(org)).ok_or(Refused::Unknown(id))
    }

    pub(super) fn alive(&self, id: OrgId, date: Date) -> Result<Org, Refused> {
        let org = self.get(id)?;
        is_there_still(org.name(date), org.kind.word(), date)?;
        if org.is_alive(date) { Ok(org) } else { Err(Refused::NotAlive { name: org.name(date).to_owned(), date }) }
    }

    pub(super) fn called(&self, id: OrgId, date: Date) -> String {
        self.directory.name(id, date).map_or_else(|| id.to_string(), str::to_owned)
    }

    pub(super) fn keep(&mut self, org: Org, verb: &'static str) {
        let id = org.id;
        self.before.entry(id).or_insert_with(|| self.directory.orgs.get(&id).cloned());
        self.directory.put(Arc::new(org));
        let event = Event { org: id, verb };
        if self.told.insert(event) {
            self.events.push(event);
        }
    }
}

/// Refuses what is of an abolished level, or has a territory of one.
pub(crate) fn is_there_still(name: &str, word: &str, date: Date) -> Result<(), Refused> {
    match Kind::from_word(word).and_then(|kind| Some((kind.word(), levels::abolished(kind)?))) {
        Some((word, day)) if day <= date => {
            let act = levels::act(word, date).unwrap_or("–");
            Err(Refused::Abolished { name: name.to_owned(), word, day, act })
        }
        _ => Ok(()),
    }
}

/// The text as it is kept: NFC, single spaces, not empty.
fn written(text: &str) -> Result<String, Refused> {
    let text = lt_kernel::text::nfc(text);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() { Err(Refused::NoName) } else { Ok(text) }
}

pub(super) fn clashed(org: &Org, value: &str, date: Date, clash: Clash) -> Refused {
    let name = org.name(date).to_owned();
    match clash {
        Clash::Same => Refused::Same { name, value: value.to_owned(), date },
        Clash::SameDay => Refused::SameDay { name, date },
        Clash::LaterHistory => Refused::LaterHistory { name, date },
    }
}
