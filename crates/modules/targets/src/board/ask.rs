//! What the address of a board asks for: the day, what was known by which day, and which targets.

use lt_kernel::id::OrgId;
use lt_kernel::text::fold;
use lt_kernel::{Date, Instant, Said};
use lt_web::form::date_of;
use lt_web::ui::{Choice, Fields, Filter, Verdict as Mark};
use lt_web::{Faults, Values, View};

use super::shown::{self, SCHEDULES};
use crate::book::Row;
use crate::verdict::Schedule;

/// The day a board is drawn for, and the day whose knowledge counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Days {
    /// The day the verdicts are drawn for.
    pub at: Date,
    /// As it was known at the end of this day; none: the present.
    pub known: Option<Date>,
    /// Days in the address that are none.
    pub faults: Faults,
}

impl Days {
    /// Reads `at` and `known` (`yyyy-mm-dd` or as people write dates); today without them.
    #[must_use]
    pub fn of(view: &View, today: Date) -> Self {
        let mut faults = Faults::new();
        let mut day = |name: &str| {
            let text = view.asked(name)?;
            let found = date_of(&text);
            if found.is_none() {
                faults.add(name, Said::new("web-fault-date").with("text", &text));
            }
            found
        };
        let (at, known) = (day("at"), day("known").filter(|day| *day < today));
        Self { at: at.unwrap_or(today), known, faults }
    }

    /// The instant whose knowledge counts.
    #[must_use]
    pub fn known_at(&self) -> Option<Instant> {
        self.known.map(Instant::end_of)
    }

    /// The days as a query that other pages understand, with its question mark; empty for the present.
    #[must_use]
    pub fn query(&self, today: Date) -> String {
        let at = (self.at != today).then(|| format!("at={}", self.at));
        let known = self.known.map(|day| format!("known={day}"));
        let parts: Vec<String> = [at, known].into_iter().flatten().collect();
        if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) }
    }
}

/// Which targets are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    mark: Option<Mark>,
    schedule: Option<Schedule>,
    owner: Option<OrgId>,
    text: Option<String>,
}

impl Wanted {
    /// Reads the filters of an address; values nobody offered are left out.
    #[must_use]
    pub fn of(view: &View) -> Self {
        let asked = |name: &str| view.asked(name);
        Self {
            mark: asked("outcome").and_then(|word| Mark::ALL.into_iter().find(|mark| shown::code(*mark) == word)),
            schedule: asked("schedule")
                .and_then(|word| SCHEDULES.iter().find(|(_, code, _)| *code == word))
                .map(|(schedule, ..)| *schedule),
            owner: asked("owner").and_then(|id| id.parse().ok()),
            text: asked("q").map(|text| fold(&text)),
        }
    }

    /// Whether every target is wanted.
    #[must_use]
    pub fn is_all(&self) -> bool {
        *self == Self::default()
    }

    /// Whether this target is.
    #[must_use]
    pub fn takes(&self, row: &Row<'_>) -> bool {
        let sentence = row.sentence.map_or("", |sentence| sentence.text.as_str());
        let target = &row.held.target;
        self.mark.is_none_or(|mark| shown::mark(row.verdict) == mark)
            && self.schedule.is_none_or(|schedule| row.verdict.schedule == schedule)
            && self.owner.is_none_or(|owner| row.held.owner == owner)
            && self.text.as_ref().is_none_or(|text| {
                [&target.code, &target.title, &target.title_en, sentence].iter().any(|part| fold(part).contains(text))
            })
    }
}

/// The form above a board; `owners` to choose from, each with its name.
pub(super) fn form<'a>(view: &'a View, days: &Days, action: &str, owners: &[(OrgId, &str)]) -> Filter<'a> {
    let t = view.t();
    let kept = ["outcome", "schedule", "owner", "q"].map(|name| (name, view.asked(name).unwrap_or_default()));
    let mut values = Values::new(kept.into_iter().filter(|(_, value)| !value.is_empty()));
    for (name, day) in [("at", Some(days.at)), ("known", days.known)] {
        let asked = view.asked(name).filter(|_| days.faults.of(name).is_some());
        values.set(name, asked.unwrap_or_else(|| day.map(|day| write(&day)).unwrap_or_default()));
    }
    let any = |list: Vec<Choice>| {
        let mut choices = vec![Choice::new("", t.s("targets-filter-any"))];
        choices.extend(list);
        choices
    };
    let fields = Fields::new(t, &values, &days.faults);
    let marks = Mark::ALL.into_iter().map(|mark| Choice::new(shown::code(mark), t.s(mark.key()))).collect();
    let schedules = SCHEDULES.iter().map(|(_, code, key)| Choice::new(*code, t.s(key))).collect();
    let mut filter = Filter::new(t, action)
        .field(fields.date("at", t.s("targets-filter-at")))
        .field(fields.date("known", t.s("targets-filter-known")))
        .field(fields.select("outcome", t.s("targets-filter-outcome"), any(marks)))
        .field(fields.select("schedule", t.s("targets-filter-schedule"), any(schedules)));
    if owners.len() > 1 {
        let owners = owners.iter().map(|(id, name)| Choice::new(id.to_string(), *name)).collect();
        filter = filter.field(fields.select("owner", t.s("targets-filter-owner"), any(owners)));
    }
    filter.field(fields.search("q", t.s("targets-filter-text"))).set(!view.query.is_empty())
}

/// A day as people type it.
#[must_use]
pub fn write(day: &Date) -> String {
    format!("{:02}/{:02}/{:04}", day.day(), day.month(), day.year())
}
