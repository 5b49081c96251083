//! Who receives for an organisation on a day (documents §5.4 point 4): follows chains, never guesses.

use std::collections::BTreeSet;
use std::sync::Arc;

use lt_kernel::Date;
use lt_kernel::id::OrgId;

use super::Directory;
use crate::orgs::model::{Share, Succession};
use crate::timeline::Act;

/// One link of a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Who gave.
    pub from: OrgId,
    /// Who received.
    pub to: OrgId,
    /// From which day.
    pub effective: Date,
    /// By which act, when known.
    pub act: Option<Act>,
}

/// Who receives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Successors {
    /// The organisation itself.
    Same,
    /// One other, by this chain.
    One(OrgId, Vec<Step>),
    /// These may: a clerk decides. A single one stands here when it received only a part.
    Several(Vec<OrgId>),
    /// Nobody: it ended without a successor, does not exist yet, or is not known.
    None_,
}

/// What following the successions found so far.
#[derive(Default)]
struct Found {
    /// Ends reached, each with the first chain that led there.
    ends: Vec<(OrgId, Vec<Step>)>,
    seen: BTreeSet<OrgId>,
    is_open: bool,
}

impl Directory {
    /// Who receives on `date` for `org`, for one function or for everything (mail).
    #[must_use]
    pub fn successor(&self, org: OrgId, date: Date, function: Option<&str>) -> Successors {
        let mut found = Found::default();
        self.pursue(org, date, function, Vec::new(), &mut found);
        match found.ends.as_slice() {
            [] => Successors::None_,
            [(end, chain)] if !found.is_open && chain.is_empty() => {
                debug_assert_eq!(*end, org);
                Successors::Same
            }
            [(end, chain)] if !found.is_open => Successors::One(*end, chain.clone()),
            ends => Successors::Several(self.in_order(ends.iter().map(|(end, _)| *end).collect(), date)),
        }
    }

    fn pursue(&self, org: OrgId, date: Date, function: Option<&str>, chain: Vec<Step>, found: &mut Found) {
        // Ways that meet again are one way; going round in a circle ends here as well.
        if !found.seen.insert(org) {
            return;
        }
        let in_force: Vec<_> = self.given(org).iter().filter(|given| given.effective <= date).collect();
        let named: Vec<_> = function.map_or_else(Vec::new, |function| {
            let names = |given: &&&Arc<Succession>| given.functions.iter().any(|name| name == function);
            in_force.iter().filter(names).copied().collect()
        });
        if named.is_empty() && self.org_at(org, date).is_some() {
            found.ends.push((org, chain));
            return;
        }
        let receivers = if named.is_empty() { receivers(&in_force, function) } else { (named, true) };
        // Where a way leads to nobody, what came that way is nobody's: whoever else is reached did not get it all.
        found.is_open |= !receivers.1 || receivers.0.is_empty();
        for given in receivers.0 {
            let mut chain = chain.clone();
            let act = given.basis.act.clone();
            chain.push(Step { from: org, to: given.to, effective: given.effective, act });
            self.pursue(given.to, date, function, chain, found);
        }
    }
}

/// The receivers when no row names the function, and whether that is decided: the default one; else those
/// who received everything; else all who received a part of which nobody knows whether it is this one.
fn receivers<'a>(in_force: &[&'a Arc<Succession>], function: Option<&str>) -> (Vec<&'a Arc<Succession>>, bool) {
    let some = |keep: &dyn Fn(&Succession) -> bool| -> Vec<_> {
        in_force.iter().filter(|given| keep(given)).copied().collect()
    };
    let default = some(&|given| given.is_default);
    if !default.is_empty() {
        return (default, true);
    }
    let all = some(&|given| given.share == Share::All);
    if !all.is_empty() {
        return (all, true);
    }
    // A part given by function is not this function's; without a function asked, any may be meant.
    (some(&|given| function.is_none() || given.functions.is_empty()), false)
}
