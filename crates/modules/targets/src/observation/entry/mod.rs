//! Entering one figure: the form of its measure, its evidence, and what it would do to the verdicts.

mod draft;
mod effect;
pub(super) mod page;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use lt_kernel::Said;
use lt_module::Host;
use lt_store::{StoreError, Unit};
use lt_web::{Faults, Form, Problem, Values, View};

use self::page::Ask;
use super::desk::Desk;
use super::evidence::{self, Taken};
use super::import::check::Around;
use super::line::{self, Key};
use super::model::{Evidence, Observation, ObservationId};
use super::store::{Detail, New, NewEvidence};
use super::verbs;
use crate::file::check::Checked;
use crate::file::format::{EvidenceLine, ObservationLine};
use crate::measure::Measure;
use crate::resolution::door;
use crate::resolution::model::{MeasureId, ResolutionId};
use crate::resolution::write::Hand;

/// Which figure is entered: of which measure, from which target's page, in place of which one.
struct Wanted<'a> {
    id: MeasureId,
    measure: &'a Measure,
    /// Through which resolution it comes: a corrected one keeps its own.
    resolution: Option<ResolutionId>,
    target: Option<String>,
    old: Option<Detail>,
}

async fn wanted<'a>(
    host: &Host,
    view: &View,
    desk: &'a Desk,
    asked: impl Fn(&str) -> Option<String>,
) -> Result<Option<Wanted<'a>>, Problem> {
    let target = asked("target");
    if let Some(id) = asked("correct") {
        let id: ObservationId = id.parse().map_err(|_| Problem::not_found())?;
        let (old, measure) = desk.observation(host, id).await?;
        if !desk.may_observe(view, &measure.code) {
            return Err(Problem::forbidden());
        }
        if old.withdrawn.is_some() {
            return Err(Problem::refused(verbs::Refused::Withdrawn.said()));
        }
        return Ok(Some(Wanted { id: old.measure, measure, resolution: old.resolution, target, old: Some(old) }));
    }
    let code = asked("measure").or_else(|| only_measure(desk, target.as_deref()?));
    let Some(code) = code else { return Ok(None) };
    let (id, measure) = desk.measure(&code).ok_or_else(Problem::not_found)?;
    if !desk.may_observe(view, &code) {
        return Err(Problem::forbidden());
    }
    Ok(Some(Wanted { id, measure, resolution: Some(desk.whole.listed.id), target, old: None }))
}

/// The measure of a target that has only one.
fn only_measure(desk: &Desk, target: &str) -> Option<String> {
    let held = desk.whole.targets.iter().find(|held| held.target.code == target)?;
    let mut used = desk.whole.measures.iter().filter(|(_, measure)| super::desk::uses(&held.target, &measure.code));
    let first = used.next()?;
    used.next().is_none().then(|| first.1.code.clone())
}

/// Shows the form; without a measure, the measures to choose from.
pub(super) async fn show(State(host): State<Host>, view: View, Path(code): Path<String>) -> Result<Response, Problem> {
    let desk = Desk::open_to_write(&host, &view, &code).await?;
    let Some(wanted) = wanted(&host, &view, &desk, |name| view.asked(name)).await? else {
        return page::choose(&view, &desk, view.asked("target").as_deref());
    };
    let schemes = crate::scheme::store::load(&host.db).await?;
    let values = start(&host, &desk, &wanted);
    let ask = Ask { view: &view, desk: &desk, measure: wanted.measure, schemes: &schemes, old: wanted.old.as_ref() };
    ask.page(&values, &Faults::new(), &[], false, None, None)
}

/// What stands in a fresh form.
fn start(host: &Host, desk: &Desk, wanted: &Wanted<'_>) -> Values {
    let mut values = Values::default();
    values.set("measure", &wanted.measure.code);
    if let Some(target) = &wanted.target {
        values.set("target", target);
    }
    let today = host.clock.today();
    if desk.whole.listed.term.holds(today) {
        values.set("as_of", lt_kernel::text::dates::write(today, lt_kernel::Lang::Vi));
    }
    if let Some(old) = &wanted.old {
        fill(&mut values, &line::of_detail(&wanted.measure.code, old), old);
    }
    values
}

fn fill(values: &mut Values, line: &ObservationLine, old: &Detail) {
    values.set("correct", old.seen.id.to_string());
    values.set("version", old.version.to_string());
    let json = serde_json::to_value(line).unwrap_or_default();
    for (name, value) in json.as_object().into_iter().flatten() {
        if let Some(text) = value.as_str() {
            values.set(name, text);
        }
    }
    if let Some(day) = line.as_of {
        values.set("as_of", lt_kernel::text::dates::write(day, lt_kernel::Lang::Vi));
    }
    // What was stored is Vietnamese writing, whoever reads it.
    values.set("convention", "vi");
    let links: Vec<EvidenceLine> =
        old.evidence.iter().filter(|shown| shown.file.is_none()).map(|shown| shown.line.clone()).collect();
    values.set("links", line::write_evidence(&links));
}

/// Takes the form: shows it again with its faults or with what it would change, or stores it.
pub(super) async fn save(
    State(host): State<Host>,
    view: View,
    Path(code): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let desk = Desk::open_to_write(&host, &view, &code).await?;
    let asked = |name: &str| form.opt(name).map(str::to_owned);
    let wanted = wanted(&host, &view, &desk, asked).await?.ok_or_else(Problem::not_found)?;
    let around = around(&host, &view, &desk).await?;
    let mut faults = Faults::new();
    let draft = draft::read(&form, wanted.measure, &around, view.lang, &mut faults);
    let taken = evidence::take(&host, &form, &mut faults).await?;
    let hand = desk.hand(&host, &view);
    let new = draft.checked.map(|checked| {
        let parts = Parts { wanted: &wanted, line: &draft.line, checked, taken: &taken };
        parts.build(&host, &hand, form.values.all("keep"))
    });
    let mut twin = None;
    if let Some(new) = &new {
        twin = refusals(&host, &around, &wanted, new, form.text("why"), &mut faults).await?;
    }
    let ask =
        Ask { view: &view, desk: &desk, measure: wanted.measure, schemes: &around.schemes, old: wanted.old.as_ref() };
    let Some(new) = new.filter(|_| faults.is_empty()) else {
        return ask.page(&form.values, &faults, &taken, draft.asks, twin, None);
    };
    if form.text("step") == "preview" {
        let at = host.clock.today();
        let effects = effect::of(&host, &desk, &wanted.measure.code, &new, at).await?;
        let back = super::writing::notices(&view, &new.seen.value);
        return ask.page(&form.values, &faults, &taken, false, None, Some((&effects, back)));
    }
    if wanted.old.as_ref().is_some_and(|old| form.text("version") != old.version.to_string()) {
        return Err(Problem::stale());
    }
    let unit = unit(&hand, &wanted, &new, form.text("why"));
    match host.db.commit(unit).await {
        Ok(_) => {
            let back = super::writing::read_back(&new.seen.value, view.lang);
            let to = desk.after(wanted.target.as_deref(), &wanted.measure.code, new.seen.id, !back.is_empty());
            Ok(Redirect::to(&to).into_response())
        }
        // Somebody recorded the same a moment ago.
        Err(StoreError::Constraint(_)) => {
            faults.add("as_of", verbs::twice());
            let twin = verbs::same(&host.db, wanted.id, &Key::of(&new.seen, &new.sentence)).await?;
            ask.page(&form.values, &faults, &taken, false, twin, None)
        }
        Err(error) => Err(error.into()),
    }
}

async fn around(host: &Host, view: &View, desk: &Desk) -> Result<Around, Problem> {
    let policy = door::book(host)?.policy().clone();
    Ok(Around {
        measures: desk.whole.measures.clone(),
        sentences: desk.whole.sentences.iter().map(|sentence| sentence.code.clone()).collect(),
        term: desk.whole.listed.term,
        schemes: crate::scheme::store::load(&host.db).await?,
        policy,
        frozen: super::frozen::Frozen::load(&host.db, desk.org()).await?,
        spellings: super::import::spell::Spellings::of(view.shell.words()),
        known: std::collections::HashSet::new(),
    })
}

/// A figure and everything said with it.
struct Parts<'a> {
    wanted: &'a Wanted<'a>,
    line: &'a ObservationLine,
    checked: Checked,
    taken: &'a [Taken],
}

impl Parts<'_> {
    fn build<'k>(self, host: &Host, hand: &Hand, keep: impl Iterator<Item = &'k str>) -> New {
        let ids = &*host.ids;
        let keep: Vec<&str> = keep.collect();
        let own = |line: EvidenceLine, file| NewEvidence { id: ids.next(hand.now), line, file };
        let old = self.wanted.old.as_ref().map(|old| old.evidence.as_slice()).unwrap_or_default();
        let mut evidence: Vec<NewEvidence> = old
            .iter()
            .filter(|shown| shown.file.is_some() && keep.contains(&shown.id.to_string().as_str()))
            .map(|shown| verbs::kept(shown, hand, ids))
            .collect();
        evidence.extend(self.taken.iter().map(|file| {
            let line = EvidenceLine { kind: Evidence::File, title: file.name.clone(), href: String::new() };
            own(line, Some((file.hash.clone(), file.size, file.mime.clone())))
        }));
        evidence.extend(self.line.evidence.iter().map(|line| own(line.clone(), None)));
        let filled = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        New {
            seen: Observation {
                id: ObservationId(ids.next(hand.now)),
                value: self.checked.value,
                as_of: self.checked.as_of,
                period: self.line.period.parse().ok(),
                unit: filled(&self.line.unit),
                event: filled(&self.line.event),
                recorded_at: hand.now,
                approved: false,
                evidence: evidence.iter().map(|one| one.line.kind).max().unwrap_or_default(),
            },
            measure: self.wanted.id,
            resolution: self.wanted.resolution,
            sentence: self.line.sentence.clone(),
            note: self.line.note.clone(),
            evidence,
            replaces: self.wanted.old.as_ref().map(|old| old.seen.id),
        }
    }
}

/// What speaks against a figure that is well written: another one of the same, a frozen review, a correction
/// that corrects nothing.
async fn refusals(
    host: &Host,
    around: &Around,
    wanted: &Wanted<'_>,
    new: &New,
    why: &str,
    faults: &mut Faults,
) -> Result<Option<ObservationId>, Problem> {
    let twin = verbs::same(&host.db, wanted.id, &Key::of(&new.seen, &new.sentence)).await?;
    let twin = twin.filter(|twin| Some(*twin) != new.replaces);
    if twin.is_some() {
        faults.add("as_of", verbs::twice());
    }
    let frozen = around.frozen.covers(wanted.id, new.seen.as_of);
    let was_frozen = wanted.old.as_ref().and_then(|old| around.frozen.covers(wanted.id, old.seen.as_of));
    if let Some(review) = frozen.filter(|review| was_frozen != Some(*review)) {
        faults.add("as_of", review.said());
    }
    if let Some(old) = &wanted.old
        && let Err(refused) = old.correct(new, why)
    {
        let field = if refused == verbs::Refused::NoReason { "why" } else { "value" };
        let said = if refused == verbs::Refused::NoReason { Said::new("web-fault-empty") } else { refused.said() };
        faults.add(field, said);
    }
    Ok(twin)
}

fn unit(hand: &Hand, wanted: &Wanted<'_>, new: &New, why: &str) -> Unit {
    let mut unit = Unit::new();
    match &wanted.old {
        Some(old) => verbs::replace(&mut unit, hand, &wanted.measure.code, old, new, why, "corrected"),
        None => verbs::record(&mut unit, hand, &wanted.measure.code, new),
    }
    unit
}
