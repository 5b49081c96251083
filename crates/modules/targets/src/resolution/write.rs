//! Writing resolutions: each function adds one verb to a unit, with its change; definitions touched are marked so
//! that every node judges anew.

use lt_contracts::{Actor, Change};
use lt_kernel::Instant;
use lt_kernel::id::{OrgId, Uuid};
use lt_module::Host;
use lt_store::{Unit, params};
use lt_web::View;
use serde_json::json;

use super::model::{MeasureId, ResolutionId, State};
use super::store::{Listed, Whole};
use crate::file::check;
use crate::file::export::export;
use crate::file::format::{FileFault, Header, ResolutionFile, Sentence};
use crate::file::import::json;
use crate::measure::Measure;
use crate::observation::store as observations;
use crate::scheme::Schemes;
use crate::verdict::Policy;

/// Who writes, when, and whose resolution it is.
#[derive(Debug, Clone, Copy)]
pub struct Hand {
    /// Who.
    pub actor: Actor,
    /// When.
    pub now: Instant,
    /// The organisation that resolved it.
    pub org: OrgId,
}

impl Hand {
    /// The reader's, now.
    #[must_use]
    pub fn of(host: &Host, view: &View, org: OrgId) -> Self {
        Self { actor: view.viewer.actor(), now: host.clock.now(), org }
    }

    /// A change seen by the people of the organisation.
    #[must_use]
    pub fn change(&self, noun: &str, id: impl Into<Uuid>, verb: &str) -> Change {
        Change::new(self.actor, noun, id, verb).of(self.org)
    }

    /// Marks all definitions of the organisation as touched.
    pub fn touch(&self, unit: &mut Unit) {
        observations::touch(unit, self.org, &[MeasureId(Uuid::nil())]);
    }
}

/// What would be wrong with a resolution after `change`: the same checks as for files.
#[must_use]
pub fn faults(
    whole: &Whole,
    schemes: &Schemes,
    policy: &Policy,
    change: impl FnOnce(&mut ResolutionFile),
) -> Vec<FileFault> {
    let mut file = export(whole, &[]);
    change(&mut file);
    check::check(&file, schemes, policy).err().unwrap_or_default()
}

/// Adds a new resolution as a draft.
pub fn create(unit: &mut Unit, hand: &Hand, id: ResolutionId, head: &Header) {
    let term = head.term.interval();
    unit.run(
        "INSERT INTO targets_resolution (id, code, org, lane, title, title_en, term_from, term_to, header, \
         state, is_sample, version, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'draft', 0, 1, $10)",
        params![
            id,
            &head.code,
            hand.org,
            head.lane.word(),
            &head.title,
            &head.title_en,
            term.from,
            term.to.unwrap_or(term.from),
            json(head),
            hand.now
        ],
    );
    unit.emit(hand.change("targets.resolution", id, "created").after(head));
}

/// Changes what stands at the top; code and issuer stay.
pub fn change_head(unit: &mut Unit, hand: &Hand, listed: &Listed, before: &Header, head: &Header) {
    let term = head.term.interval();
    unit.run(
        "UPDATE targets_resolution SET lane = $1, title = $2, title_en = $3, term_from = $4, term_to = $5, \
         header = $6, version = version + 1 WHERE id = $7 AND version = $8",
        params![
            head.lane.word(),
            &head.title,
            &head.title_en,
            term.from,
            term.to.unwrap_or(term.from),
            json(head),
            listed.id,
            listed.version
        ],
    )
    .expect_rows(1);
    hand.touch(unit);
    unit.emit(hand.change("targets.resolution", listed.id, "changed").before(before).after(head));
}

/// Moves it to another state.
pub fn set_state(unit: &mut Unit, hand: &Hand, listed: &Listed, state: State, verb: &str) {
    unit.run(
        "UPDATE targets_resolution SET state = $1, version = version + 1 WHERE id = $2 AND version = $3",
        params![state.word(), listed.id, listed.version],
    )
    .expect_rows(1);
    hand.touch(unit);
    let words = |state: State| json!({ "state": state.word() });
    let change = hand.change("targets.resolution", listed.id, verb);
    unit.emit(change.before(&words(listed.state)).after(&words(state)));
}

/// Raises the version of the resolution, so that two who change the order or the list of its parts at once meet.
fn raise(unit: &mut Unit, listed: &Listed) {
    unit.run(
        "UPDATE targets_resolution SET version = version + 1 WHERE id = $1 AND version = $2",
        params![listed.id, listed.version],
    )
    .expect_rows(1);
}

/// Puts the sentences into this order.
fn order(unit: &mut Unit, id: ResolutionId, codes: &[&str]) {
    let rows = codes.iter().zip(1_i64..).map(|(code, place)| params![-place, id, *code]).collect();
    // By way of negative places: no two sentences ever hold the same one.
    unit.run_many("UPDATE targets_sentence SET position = $1 WHERE resolution = $2 AND code = $3", rows);
    unit.run("UPDATE targets_sentence SET position = -position WHERE resolution = $1 AND position < 0", params![id]);
}

fn standing(sentence: &Sentence) -> String {
    json(&sentence.standing).trim_matches('"').to_owned()
}

/// Adds a sentence behind the one of the code `after` (empty: at the beginning; unknown: at the end).
pub fn add_sentence(unit: &mut Unit, hand: &Hand, whole: &Whole, id: Uuid, sentence: &Sentence, after: &str) {
    raise(unit, &whole.listed);
    let resolution = whole.listed.id;
    unit.run(
        "INSERT INTO targets_sentence (id, resolution, position, code, standing, text, text_en, parent, speaker, \
         anchor) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        params![
            id,
            resolution,
            i64::from(i32::MAX),
            &sentence.code,
            standing(sentence),
            &sentence.text,
            &sentence.text_en,
            &sentence.parent,
            &sentence.speaker,
            sentence.anchor.as_ref().map(json)
        ],
    );
    order(unit, resolution, &codes_with(whole, &sentence.code, after));
    unit.emit(hand.change("targets.resolution", resolution, "sentence-added").after(sentence));
}

/// The codes of all sentences with a new one behind `after`.
#[must_use]
pub fn codes_with<'a>(whole: &'a Whole, code: &'a str, after: &str) -> Vec<&'a str> {
    let mut codes: Vec<&str> = whole.sentences.iter().map(|one| one.code.as_str()).collect();
    let place = if after.is_empty() { Some(0) } else { codes.iter().position(|one| *one == after).map(|at| at + 1) };
    codes.insert(place.unwrap_or(codes.len()), code);
    codes
}

/// Changes a sentence; its code stays, and it must still be as `before`.
pub fn change_sentence(unit: &mut Unit, hand: &Hand, id: ResolutionId, before: &Sentence, after: &Sentence) {
    unit.run(
        "UPDATE targets_sentence SET standing = $1, text = $2, text_en = $3, parent = $4, speaker = $5, anchor = $6 \
         WHERE resolution = $7 AND code = $8 AND text = $9 AND standing = $10",
        params![
            standing(after),
            &after.text,
            &after.text_en,
            &after.parent,
            &after.speaker,
            after.anchor.as_ref().map(json),
            id,
            &before.code,
            &before.text,
            standing(before)
        ],
    )
    .expect_rows(1);
    hand.touch(unit);
    unit.emit(hand.change("targets.resolution", id, "sentence-changed").before(before).after(after));
}

/// Moves a sentence one place up or down; nothing when it is at the end.
#[must_use]
pub fn moved<'a>(whole: &'a Whole, code: &str, up: bool) -> Option<Vec<&'a str>> {
    let mut codes: Vec<&str> = whole.sentences.iter().map(|one| one.code.as_str()).collect();
    let place = codes.iter().position(|one| *one == code)?;
    let other = if up { place.checked_sub(1)? } else { place + 1 };
    (other < codes.len()).then(|| codes.swap(place, other))?;
    Some(codes)
}

/// Stores the order [`moved`] gave.
pub fn reorder(unit: &mut Unit, hand: &Hand, whole: &Whole, codes: &[&str]) {
    raise(unit, &whole.listed);
    order(unit, whole.listed.id, codes);
    hand.touch(unit);
    let before: Vec<&str> = whole.sentences.iter().map(|one| one.code.as_str()).collect();
    let change = hand.change("targets.resolution", whole.listed.id, "sentences-ordered");
    unit.emit(change.before(&json!({ "order": before })).after(&json!({ "order": codes })));
}

/// Removes a sentence nothing stands on (of a draft only; the caller checks).
pub fn remove_sentence(unit: &mut Unit, hand: &Hand, whole: &Whole, sentence: &Sentence) {
    raise(unit, &whole.listed);
    let id = whole.listed.id;
    unit.run("DELETE FROM targets_sentence WHERE resolution = $1 AND code = $2", params![id, &sentence.code])
        .expect_rows(1);
    unit.emit(hand.change("targets.resolution", id, "sentence-removed").before(sentence));
}

/// Adds a measure to the organisation and to the resolution.
pub fn add_measure(unit: &mut Unit, hand: &Hand, whole: &Whole, id: MeasureId, measure: &Measure) {
    unit.run(
        "INSERT INTO targets_measure (id, org, code, definition, version) VALUES ($1, $2, $3, $4, 1)",
        params![id, hand.org, &measure.code, json(measure)],
    );
    unit.emit(hand.change("targets.measure", id, "defined").after(measure));
    use_measure(unit, hand, whole, id);
}

/// Lets the resolution use a measure its organisation already has.
pub fn use_measure(unit: &mut Unit, hand: &Hand, whole: &Whole, id: MeasureId) {
    raise(unit, &whole.listed);
    let resolution = whole.listed.id;
    unit.run(
        "INSERT INTO targets_use (resolution, position, measure) \
         VALUES ($1, (SELECT COALESCE(MAX(position), 0) + 1 FROM targets_use WHERE resolution = $2), $3)",
        params![resolution, resolution, id],
    );
    hand.touch(unit);
}

/// Changes a measure; `version` is the one the change started from.
pub fn change_measure(unit: &mut Unit, hand: &Hand, id: MeasureId, version: i64, before: &Measure, after: &Measure) {
    unit.run(
        "UPDATE targets_measure SET definition = $1, version = version + 1 WHERE id = $2 AND version = $3",
        params![json(after), id, version],
    )
    .expect_rows(1);
    hand.touch(unit);
    unit.emit(hand.change("targets.measure", id, "redefined").before(before).after(after));
}
