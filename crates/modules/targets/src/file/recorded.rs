//! What is on record already of the measures a file uses: the same figure is not recorded twice.

use std::collections::HashMap;

use lt_kernel::id::OrgId;
use lt_store::{Db, StoreError};

use super::format::{FileFault, ObservationLine, ResolutionFile};
use crate::measure::Measure;
use crate::observation::frozen::Frozen;
use crate::observation::import::check::key;
use crate::observation::store::{Detail, of_measure};
use crate::resolution::model::{MeasureId, ResolutionId};
use crate::resolution::store;
use crate::scheme::Schemes;
use crate::target::said::value_said;

/// Observations on record, by what makes two of them the same.
#[derive(Debug, Default)]
pub struct Recorded {
    observations: HashMap<Box<str>, Detail>,
    /// Codes of the resolutions they came through.
    codes: HashMap<ResolutionId, String>,
    /// Frozen reviews of the issuer.
    frozen: Frozen,
}

impl Recorded {
    /// What is on record of the measures a file uses and `issuer` has already.
    ///
    /// # Errors
    /// As [`Db::read`].
    pub async fn load(
        db: &Db,
        file: &ResolutionFile,
        issuer: OrgId,
        measures: &HashMap<String, (MeasureId, Measure)>,
    ) -> Result<Self, StoreError> {
        let mut own = Self { frozen: Frozen::load(db, issuer).await?, ..Self::default() };
        for (id, _) in file.measures.iter().filter_map(|measure| measures.get(&measure.code)) {
            for one in of_measure(db, *id).await?.into_iter().filter(|one| one.withdrawn.is_none()) {
                let text = |text: &Option<String>| text.clone().unwrap_or_default();
                let period = one.seen.period.as_ref().map(ToString::to_string).unwrap_or_default();
                let (unit, event) = (text(&one.seen.unit), text(&one.seen.event));
                let parts = [period.as_str(), &unit, &event, &one.sentence];
                own.observations.insert(key(*id, &one.seen.as_of.to_string(), parts), one);
            }
        }
        if !own.observations.is_empty() {
            own.codes.extend(store::list(db).await?.into_iter().map(|listed| (listed.id, listed.code)));
        }
        Ok(own)
    }

    /// The refusal of the `number`-th observation of a file: when one of the same measure, day, period, unit, event
    /// and sentence is on record (which measure, which day, what is recorded, what to do), or a frozen review closed
    /// its day.
    #[must_use]
    pub fn refusal(
        &self,
        number: usize,
        line: &ObservationLine,
        (id, measure): (MeasureId, &Measure),
        schemes: &Schemes,
    ) -> Option<FileFault> {
        let day = line.as_of?;
        if let Some(review) = self.frozen.covers(id, day) {
            return Some(FileFault::at("observation", number, review.said()));
        }
        let parts = [line.period.as_str(), &line.unit, &line.event, &line.sentence];
        let one = self.observations.get(&key(id, &day.to_string(), parts))?;
        let value = value_said(&one.seen.value, measure.unit, schemes);
        let said = match one.resolution.and_then(|id| self.codes.get(&id)) {
            Some(code) => measure.said("targets-file-recorded-by").with("resolution", code),
            None => measure.said("targets-file-recorded"),
        };
        Some(FileFault::at("observation", number, said.date("as-of", day).said("value", value)))
    }
}
