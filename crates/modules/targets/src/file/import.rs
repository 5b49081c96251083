//! A whole resolution from one file: everything in it is stored, or nothing.

use std::collections::{BTreeSet, HashMap, HashSet};

use lt_contracts::{Actor, Change};
use lt_kernel::id::{Ids, OrgId};
use lt_kernel::{Date, Instant, Said};
use lt_store::{Unit, params};

use super::check::{self, Checked};
use super::format::{FileFault, Lane, ObservationLine, ResolutionFile};
use super::recorded::Recorded;
use crate::measure::Measure;
use crate::observation::store::{self as observations, New, NewEvidence};
use crate::observation::{Evidence, Observation, ObservationId};
use crate::resolution::model::{MeasureId, ResolutionId, TargetId};
use crate::review::store::refuse_if_frozen;
use crate::scheme::Schemes;
use crate::verdict::Policy;

/// What an import needs to know of the installation.
pub struct Surroundings<'a> {
    /// The organisation of a `local` code.
    pub org: &'a (dyn Fn(&str) -> Option<OrgId> + Send + Sync),
    /// The lane of an organisation.
    pub lane: &'a (dyn Fn(OrgId) -> Option<Lane> + Send + Sync),
    /// Measures the issuer already has, by code.
    pub measures: &'a HashMap<String, (MeasureId, Measure)>,
    /// What is on record of them.
    pub recorded: &'a Recorded,
    /// Schemes of grades.
    pub schemes: &'a Schemes,
    /// Policies.
    pub policy: &'a Policy,
    /// Who imports.
    pub actor: Actor,
    /// When.
    pub now: Instant,
    /// Where identifiers come from.
    pub ids: &'a dyn Ids,
    /// Whether it is the sample.
    pub is_sample: bool,
}

/// A file that may be stored: one unit.
#[derive(Debug)]
pub struct Import {
    /// The new resolution.
    pub id: ResolutionId,
    /// Everything to store.
    pub unit: Unit,
}

/// Turns a file into a unit.
///
/// # Errors
/// Every fault found, each with its place.
pub fn import(file: &ResolutionFile, around: &Surroundings<'_>) -> Result<Import, Vec<FileFault>> {
    let checked = check::check(file, around.schemes, around.policy);
    let mut faults = checked.as_ref().err().cloned().unwrap_or_default();
    let head = &file.resolution;
    let find = |key: &str| (around.org)(key);
    let unknown = |key: &str| Said::new("targets-file-org-unknown").with("org", key);
    let issuer = find(&head.issuer);
    match issuer {
        None => faults.push(FileFault::at("resolution", &head.code, unknown(&head.issuer))),
        Some(org) => faults.extend(
            of_another_lane(head.lane, (around.lane)(org))
                .map(|said| FileFault::at("resolution", &head.code, said.with("org", &head.issuer))),
        ),
    }
    for target in &file.targets {
        for key in target.collaborators.iter().chain([&target.owner]).filter(|key| !key.is_empty()) {
            if find(key).is_none() {
                faults.push(FileFault::at("target", &target.code, unknown(key)));
            }
        }
    }
    for measure in &file.measures {
        if around.measures.get(&measure.code).is_some_and(|(_, known)| known != measure) {
            faults.push(FileFault::at("measure", &measure.code, Said::new("targets-file-measure-differs")));
        }
    }
    for (line, number) in file.observations.iter().zip(1..) {
        let known = around.measures.get(&line.measure).map(|(id, measure)| (*id, measure));
        faults.extend(known.and_then(|known| around.recorded.refusal(number, line, known, around.schemes)));
    }
    match (issuer, checked) {
        (Some(org), Ok(checked)) if faults.is_empty() => Ok(Writer { file, around, org, next: 0 }.write(&checked)),
        _ => Err(faults),
    }
}

/// Why a resolution of `lane` is not its issuer's, whose lane is `issuers`: who may see it follows from the
/// organisation, so the two must be one.
#[must_use]
pub fn of_another_lane(lane: Lane, issuers: Option<Lane>) -> Option<Said> {
    let differs = issuers.filter(|issuers| *issuers != lane)?;
    Some(Said::new(match differs {
        Lane::Party => "targets-file-lane-party",
        Lane::State => "targets-file-lane-state",
    }))
}

struct Writer<'a> {
    file: &'a ResolutionFile,
    around: &'a Surroundings<'a>,
    org: OrgId,
    /// Microseconds given to observations so far, so that their order is kept.
    next: i64,
}

impl Writer<'_> {
    fn write(mut self, checked: &[Checked]) -> Import {
        let mut unit = Unit::new();
        let id = ResolutionId(self.id());
        self.head(&mut unit, id);
        self.sentences(&mut unit, id);
        let measures = self.measures(&mut unit, id);
        self.targets(&mut unit, id);
        self.claims(&mut unit, id);
        let new: Vec<New> = self
            .file
            .observations
            .iter()
            .zip(checked)
            .filter_map(|(line, one)| Some((line, one, *measures.get(&line.measure)?)))
            .map(|(line, one, measure)| self.observation(line, one, (id, measure)))
            .collect();
        observations::insert(&mut unit, self.around.actor, &new);
        let touched: Vec<MeasureId> = measures.values().copied().collect();
        observations::touch(&mut unit, self.org, &touched);
        let known: HashSet<MeasureId> = self.around.measures.values().map(|(known, _)| *known).collect();
        let days: BTreeSet<(MeasureId, Date)> = new.iter().map(|one| (one.measure, one.seen.as_of)).collect();
        for (measure, day) in days.into_iter().filter(|(measure, _)| known.contains(measure)) {
            refuse_if_frozen(&mut unit, self.org, measure, day);
        }
        let change = Change::new(self.around.actor, "targets.resolution", id, "imported").of(self.org);
        unit.emit(change.after(&serde_json::json!({
            "code": self.file.resolution.code,
            "title": self.file.resolution.title,
            "sentences": self.file.sentences.len(),
            "targets": self.file.targets.len(),
            "observations": self.file.observations.len(),
        })));
        Import { id, unit }
    }

    fn id(&self) -> lt_kernel::id::Uuid {
        self.around.ids.next(self.around.now)
    }

    fn head(&self, unit: &mut Unit, id: ResolutionId) {
        let head = &self.file.resolution;
        let term = head.term.interval();
        unit.run(
            "INSERT INTO targets_resolution (id, code, org, lane, title, title_en, term_from, term_to, header, \
             state, is_sample, version, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'in-force', $10, 1, $11)",
            params![
                id,
                &head.code,
                self.org,
                head.lane.word(),
                &head.title,
                &head.title_en,
                term.from,
                term.to.unwrap_or(term.from),
                json(head),
                self.around.is_sample,
                self.around.now
            ],
        );
    }

    fn sentences(&self, unit: &mut Unit, id: ResolutionId) {
        let rows = self.file.sentences.iter().zip(1_i64..).map(|(sentence, position)| {
            let standing = json(&sentence.standing);
            params![
                self.id(),
                id,
                position,
                &sentence.code,
                standing.trim_matches('"'),
                &sentence.text,
                &sentence.text_en,
                &sentence.parent,
                &sentence.speaker,
                sentence.anchor.as_ref().map(json)
            ]
        });
        unit.run_many(
            "INSERT INTO targets_sentence (id, resolution, position, code, standing, text, text_en, parent, speaker, \
             anchor) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            rows.collect(),
        );
    }

    fn measures(&self, unit: &mut Unit, id: ResolutionId) -> HashMap<String, MeasureId> {
        let (mut found, mut rows, mut uses) = (HashMap::new(), Vec::new(), Vec::new());
        for (measure, position) in self.file.measures.iter().zip(1_i64..) {
            let known = self.around.measures.get(&measure.code).map(|(known, _)| *known);
            let own = known.unwrap_or_else(|| MeasureId(self.id()));
            if known.is_none() {
                rows.push(params![own, self.org, &measure.code, json(measure)]);
            }
            uses.push(params![id, position, own]);
            found.insert(measure.code.clone(), own);
        }
        unit.run_many(
            "INSERT INTO targets_measure (id, org, code, definition, version) VALUES ($1, $2, $3, $4, 1)",
            rows,
        );
        unit.run_many("INSERT INTO targets_use (resolution, position, measure) VALUES ($1, $2, $3)", uses);
        found
    }

    fn targets(&self, unit: &mut Unit, id: ResolutionId) {
        let (mut rows, mut versions) = (Vec::new(), Vec::new());
        let who = observations::by(self.around.actor);
        for (target, position) in self.file.targets.iter().zip(1_i64..) {
            let own = TargetId(self.id());
            let owner = (self.around.org)(&target.owner).unwrap_or(self.org);
            let definition = json(target);
            rows.push(params![own, id, position, &target.code, &target.sentence, owner, &definition]);
            versions.push(params![own, &definition, self.around.now, who]);
        }
        unit.run_many(
            "INSERT INTO targets_target (id, resolution, position, code, sentence, owner, definition, version) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, 1)",
            rows,
        );
        unit.run_many(
            "INSERT INTO targets_definition (target, version, definition, defined_at, defined_by, why) \
             VALUES ($1, 1, $2, $3, $4, '')",
            versions,
        );
    }

    fn claims(&self, unit: &mut Unit, id: ResolutionId) {
        let rows = self.file.claims.iter().zip(1_i64..);
        let rows = rows.map(|(claim, position)| params![id, position, &claim.target, json(claim)]).collect();
        unit.run_many("INSERT INTO targets_claim (resolution, position, target, body) VALUES ($1, $2, $3, $4)", rows);
    }

    fn observation(
        &mut self,
        line: &ObservationLine,
        one: &Checked,
        (resolution, measure): (ResolutionId, MeasureId),
    ) -> New {
        let filled = |text: &String| (!text.is_empty()).then(|| text.clone());
        let recorded_at = Instant::from_micros(self.around.now.micros() + self.next);
        self.next += 1;
        let evidence = line.evidence.iter().map(|shown| NewEvidence { id: self.id(), line: shown.clone(), file: None });
        New {
            seen: Observation {
                id: ObservationId(self.id()),
                value: one.value.clone(),
                as_of: one.as_of,
                period: line.period.parse().ok(),
                unit: filled(&line.unit),
                event: filled(&line.event),
                recorded_at,
                approved: false,
                evidence: line.evidence.iter().map(|shown| shown.kind).max().unwrap_or(Evidence::None),
            },
            measure,
            resolution: Some(resolution),
            sentence: line.sentence.clone(),
            note: line.note.clone(),
            evidence: evidence.collect(),
            replaces: None,
        }
    }
}

/// A value as JSON; these types always have one.
pub(crate) fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
