//! Verbs by which one organisation follows another: close, merge, split, hand over.

use std::sync::Arc;

use lt_kernel::id::OrgId;
use lt_kernel::{Date, Interval};

use super::draft::{clashed, is_there_still};
use super::{Draft, Part, Receiver};
use crate::orgs::model::{Share, Succession};
use crate::orgs::refused::Refused;
use crate::timeline::Basis;

impl Draft {
    /// Ends it on `date` without a successor.
    ///
    /// # Errors
    /// See [`Refused`]: not alive, later history, units below.
    pub fn close(&mut self, id: OrgId, date: Date, basis: &Basis) -> Result<(), Refused> {
        self.end(id, date, basis, "closed")
    }

    /// Ends the givers on `date`; the receiver follows all of them in everything. Units below a giver go along
    /// to the receiver when `units_go_along`.
    ///
    /// # Errors
    /// See [`Refused`]: no giver, giver or receiver not alive, later history, units below that do not go along.
    pub fn merge(
        &mut self,
        givers: &[OrgId],
        receiver: Receiver,
        date: Date,
        basis: &Basis,
        units_go_along: bool,
    ) -> Result<(), Refused> {
        let to = receiver.id();
        self.are_givers(givers, to, date)?;
        let mut units = Vec::new();
        for giver in givers {
            units.extend(self.detach_units(*giver, date, units_go_along)?);
            self.end(*giver, date, basis, "merged")?;
        }
        self.receive(receiver, date)?;
        for unit in units {
            let mut org = self.get(unit)?;
            let end = org.span.to;
            let set = org.parents.set_from(to, date, end, basis.clone());
            set.map_err(|clash| clashed(&org, "", date, clash))?;
            self.may_be_under(&org, to, Interval { from: date, to: end })?;
            self.keep(org, "moved");
        }
        for giver in givers {
            let all = Part { to: Receiver::Existing(to), functions: vec![], territory: vec![], is_default: true };
            self.add_succession(*giver, &all, Share::All, date, basis)?;
        }
        Ok(())
    }

    /// Ends `from` on `date`; each part follows it in its functions or territory.
    ///
    /// # Errors
    /// See [`Refused`]: fewer than two parts, two defaults, not alive, later history, units below.
    pub fn split(&mut self, from: OrgId, parts: Vec<Part>, date: Date, basis: &Basis) -> Result<(), Refused> {
        if parts.len() < 2 {
            return Err(Refused::TooFew);
        }
        let mut ids: Vec<_> = parts.iter().map(|part| part.to.id()).collect();
        ids.sort();
        ids.dedup();
        if ids.len() < parts.len() || parts.iter().filter(|part| part.is_default).count() > 1 {
            return Err(Refused::TwoDefaults);
        }
        if ids.contains(&from) {
            return Err(Refused::Itself(self.called(from, date)));
        }
        self.end(from, date, basis, "split")?;
        for part in parts {
            let kept = Part { to: Receiver::Existing(part.to.id()), ..part.clone() };
            self.receive(part.to, date)?;
            self.add_succession(from, &kept, Share::Part, date, basis)?;
        }
        Ok(())
    }

    /// Lets functions pass on `date` while both live on.
    ///
    /// # Errors
    /// See [`Refused`]: no function, not alive, to itself, twice the same day.
    pub fn hand_over(&mut self, from: OrgId, part: &Part, date: Date, basis: &Basis) -> Result<(), Refused> {
        let giver = self.alive(from, date)?;
        if part.functions.is_empty() {
            return Err(Refused::NoFunction);
        }
        if part.to.id() == from {
            return Err(Refused::Itself(giver.name(date).to_owned()));
        }
        self.receive(part.to.clone(), date)?;
        self.add_succession(from, &Part { is_default: false, ..part.clone() }, Share::Part, date, basis)?;
        self.keep(giver, "handed_over");
        Ok(())
    }

    fn are_givers(&self, givers: &[OrgId], to: OrgId, date: Date) -> Result<(), Refused> {
        let mut ids = givers.to_vec();
        ids.sort();
        ids.dedup();
        if givers.is_empty() || ids.len() < givers.len() {
            return Err(Refused::TooFew);
        }
        if givers.contains(&to) { Err(Refused::Itself(self.called(to, date))) } else { Ok(()) }
    }

    /// The receiver, founded or found alive for good.
    fn receive(&mut self, receiver: Receiver, date: Date) -> Result<(), Refused> {
        match receiver {
            Receiver::New(new) => self.found(*new, date),
            Receiver::Existing(id) => {
                let org = self.alive(id, date)?;
                self.keep(org, "received");
                Ok(())
            }
        }
    }

    fn add_succession(
        &mut self,
        from: OrgId,
        part: &Part,
        share: Share,
        date: Date,
        basis: &Basis,
    ) -> Result<(), Refused> {
        let to = part.to.id();
        if self.directory.given(from).iter().any(|given| given.to == to && given.effective == date) {
            return Err(Refused::SameDay { name: self.called(from, date), date });
        }
        let succession = Arc::new(Succession {
            from,
            to,
            effective: date,
            share,
            functions: part.functions.clone(),
            territory: part.territory.clone(),
            is_default: part.is_default,
            basis: basis.clone(),
        });
        self.directory.follow(Arc::clone(&succession));
        self.successions.push(succession);
        Ok(())
    }

    fn end(&mut self, id: OrgId, date: Date, basis: &Basis, verb: &'static str) -> Result<(), Refused> {
        let mut org = self.get(id)?;
        let name = org.name(date).to_owned();
        // The last day on which it can end is the one from which its level is no more.
        if let Some(eve) = date.yesterday().ok().filter(|_| org.span.to.is_none()) {
            is_there_still(&name, org.kind.word(), eve)?;
        }
        if org.span.to.is_none() && org.span.from >= date {
            return Err(Refused::NotAlive { name, date });
        }
        if !org.can_end(date) {
            return Err(Refused::LaterHistory { name, date });
        }
        let units = self.units_from(id, date);
        if let Some(first) = units.first() {
            return Err(Refused::UnitsBelow { name, count: units.len(), example: self.called(*first, date), date });
        }
        org.end(date, basis.act.clone());
        self.keep(org, verb);
        Ok(())
    }

    /// Whoever is below `id` on `date` or will be later.
    fn units_from(&self, id: OrgId, date: Date) -> Vec<OrgId> {
        let ever = self.directory.below.get(&id).into_iter().flatten().copied();
        let still = |unit: &OrgId| {
            let parents = self.directory.org(*unit).map(|org| org.parents.stretches()).unwrap_or_default();
            parents.iter().any(|stretch| stretch.value == id && stretch.span.to.is_none_or(|to| to > date))
        };
        ever.filter(still).collect()
    }

    /// Lets the units below go; they get their new parent once it is there.
    fn detach_units(&mut self, id: OrgId, date: Date, go_along: bool) -> Result<Vec<OrgId>, Refused> {
        if !go_along {
            return Ok(Vec::new());
        }
        let units = self.units_from(id, date);
        for unit in &units {
            let mut org = self.alive(*unit, date)?;
            org.parents.clear_from(date).map_err(|clash| clashed(&org, "", date, clash))?;
            self.keep(org, "moved");
        }
        Ok(units)
    }
}
