//! Several periods or units, each judged on its own, and what they come to together.

use lt_kernel::Said;
use lt_kernel::quantity::Exact;

use super::model::Step;
use super::part::{Answer, Part};

/// One period or unit, judged.
pub(super) struct Slot {
    pub(super) name: Said,
    /// Whether it should have data by now; what is not due cannot be missing, and does not count before it is
    /// settled.
    pub(super) due: bool,
    pub(super) part: Part,
}

/// How many slots came to what.
#[derive(Default)]
struct Tally {
    /// It holds, and will.
    yes: u32,
    /// It holds so far.
    yes_so_far: u32,
    /// It does not hold, and will not.
    no: u32,
    /// It does not hold so far.
    no_so_far: u32,
    open: u32,
    absent: u32,
    pending: u32,
    /// There was, and will be, nothing it could hold of.
    void: u32,
    /// There was nothing it could hold of so far.
    void_so_far: u32,
}

impl Tally {
    /// Where a slot is counted.
    fn mark(&mut self, slot: &Slot) -> &mut u32 {
        match (slot.part.answer, slot.part.settled, slot.due) {
            (Answer::Yes, true, _) => &mut self.yes,
            (Answer::No, true, _) => &mut self.no,
            (Answer::NotApplicable, true, _) => &mut self.void,
            (Answer::NotApplicable, false, _) => &mut self.void_so_far,
            (_, _, false) => &mut self.pending,
            (Answer::Yes, false, true) => &mut self.yes_so_far,
            (Answer::No, false, true) => &mut self.no_so_far,
            (Answer::NoData, _, true) => &mut self.absent,
            (Answer::Open, _, true) => &mut self.open,
        }
    }

    /// Those that hold, for good or so far.
    const fn holds(&self) -> u32 {
        self.yes + self.yes_so_far
    }

    /// Those of which something is known that counts.
    const fn known(&self) -> u32 {
        self.holds() + self.no + self.no_so_far + self.open
    }

    /// Those that are, or may yet become, something that counts, but do not hold yet.
    const fn hope(&self) -> u32 {
        self.yes_so_far + self.no_so_far + self.open + self.absent + self.pending + self.void_so_far
    }

    /// Nothing but slots to which it does not apply.
    const fn is_void(&self) -> bool {
        self.void + self.void_so_far > 0 && self.known() + self.absent == 0
    }

    /// What is said of slots none of which counts for or against, and whether that is settled.
    const fn nothing(&self) -> (Answer, bool) {
        if self.is_void() { (Answer::NotApplicable, self.hope() == 0) } else { (Answer::NoData, false) }
    }
}

/// Counts the slots and gathers what stands behind them.
fn gather(slots: Vec<Slot>) -> (Tally, Part) {
    let (mut tally, mut whole) = (Tally::default(), Part::new(Answer::Open));
    for slot in slots {
        *tally.mark(&slot) += 1;
        let key = match slot.part.answer {
            Answer::Yes => "targets-answer-yes",
            Answer::No => "targets-answer-no",
            Answer::Open => "targets-answer-open",
            Answer::NoData if slot.due => "targets-answer-absent",
            Answer::NoData => "targets-answer-pending",
            Answer::NotApplicable => "targets-answer-not-applicable",
        };
        let said = Said::new("targets-step-slot").said("slot", slot.name).key("answer", key);
        let mut part = slot.part;
        whole.steps.push(Step { depth: 3, said, used: part.used.clone() });
        if !slot.due {
            part.missing.clear();
        }
        whole.absorb(part);
    }
    (tally, whole)
}

/// Every slot must hold: one that surely does not, and cannot be mended, decides at once and for good (G13);
/// a due one without data leaves the whole open (G14).
pub(super) fn every(slots: Vec<Slot>) -> Part {
    let (tally, mut part) = gather(slots);
    (part.answer, part.settled) = if tally.no > 0 {
        (Answer::No, true)
    } else if tally.no_so_far > 0 {
        (Answer::No, false)
    } else if tally.open > 0 || (tally.absent > 0 && tally.holds() > 0) {
        (Answer::Open, false)
    } else if tally.holds() > 0 {
        (Answer::Yes, tally.hope() == 0)
    } else {
        tally.nothing()
    };
    let all = tally.known() + tally.absent + tally.pending;
    part.progress = share(tally.holds(), all);
    part.value = Some(Said::new("targets-value-of-slots").with("yes", tally.holds()).with("all", all));
    part
}

/// At least `k` slots must hold: enough of them that cannot be lost decide for good (G12); too few left decide
/// against it.
pub(super) fn at_least(k: u32, slots: Vec<Slot>) -> Part {
    let (tally, mut part) = gather(slots);
    (part.answer, part.settled) = if tally.yes >= k {
        (Answer::Yes, true)
    } else if tally.is_void() {
        tally.nothing()
    } else if tally.yes + tally.hope() < k {
        (Answer::No, true)
    } else if tally.known() == 0 {
        (Answer::NoData, false)
    } else if tally.holds() >= k {
        (Answer::Yes, false)
    } else if tally.holds() + tally.open + tally.absent >= k {
        (Answer::Open, false)
    } else {
        (Answer::No, false)
    };
    part.progress = share(tally.holds().min(k), k);
    part.value = Some(Said::new("targets-value-of-needed").with("yes", tally.holds()).with("needed", k));
    part
}

/// `yes` of `all`, in percent.
fn share(yes: u32, all: u32) -> Option<Exact> {
    if all == 0 { None } else { Exact::from_parts(i64::from(yes) * 100, i64::from(all)) }
}
