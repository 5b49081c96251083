//! What every page about entering figures begins with: the resolution, and who may do what in it.

use lt_kernel::id::OrgId;
use lt_module::Host;
use lt_web::{Problem, View};

use super::model::ObservationId;
use super::store::{self, Detail};
use crate::measure::Measure;
use crate::resolution::door;
use crate::resolution::model::MeasureId;
use crate::resolution::store::{Held, Whole};
use crate::resolution::write::Hand;
use crate::target::Target;

/// A resolution, opened for entering figures.
pub struct Desk {
    /// The resolution with everything in it.
    pub whole: Whole,
}

impl Desk {
    /// Opens the resolution of a code for a reader who may see it.
    ///
    /// # Errors
    /// As [`door::open`].
    pub async fn open(host: &Host, view: &View, code: &str) -> Result<Self, Problem> {
        let listed = door::open(host, view, code).await?;
        let whole = crate::resolution::store::whole(&host.db, listed.id).await?.ok_or_else(Problem::not_found)?;
        Ok(Self { whole })
    }

    /// As [`Self::open`], for writing into a resolution that is not closed.
    ///
    /// # Errors
    /// As [`Self::open`]; refused when it is closed.
    pub async fn open_to_write(host: &Host, view: &View, code: &str) -> Result<Self, Problem> {
        let desk = Self::open(host, view, code).await?;
        desk.whole.listed.state.writable().map_err(|refused| Problem::refused(refused.said()))?;
        Ok(desk)
    }

    /// Whose resolution it is.
    #[must_use]
    pub const fn org(&self) -> OrgId {
        self.whole.listed.org
    }

    /// Who writes now.
    #[must_use]
    pub fn hand(&self, host: &Host, view: &View) -> Hand {
        Hand::of(host, view, self.org())
    }

    /// The measure of a code.
    #[must_use]
    pub fn measure(&self, code: &str) -> Option<(MeasureId, &Measure)> {
        self.whole.measures.iter().find(|(_, measure)| measure.code == code).map(|(id, measure)| (*id, measure))
    }

    /// The measure of an identifier.
    #[must_use]
    pub fn measure_of(&self, id: MeasureId) -> Option<&Measure> {
        self.whole.measures.iter().find(|(known, _)| *known == id).map(|(_, measure)| measure)
    }

    /// Targets that use a measure and were not dropped, in order.
    pub fn targets_of<'a>(&'a self, measure: &'a str) -> impl Iterator<Item = &'a Held> {
        self.whole.targets.iter().filter(move |held| held.dropped.is_none() && uses(&held.target, measure))
    }

    /// Whether the reader may enter figures of a measure: for the organisation that resolved it, or for the one
    /// that answers for a target using it.
    #[must_use]
    pub fn may_observe(&self, view: &View, measure: &str) -> bool {
        let may = |org| view.viewer.may("targets.observe", org);
        may(self.org()) || self.targets_of(measure).any(|held| may(held.owner))
    }

    /// An observation of one of the resolution's measures.
    ///
    /// # Errors
    /// Not found when there is none.
    pub async fn observation(&self, host: &Host, id: ObservationId) -> Result<(Detail, &Measure), Problem> {
        let one = store::by_id(&host.db, id).await?.ok_or_else(Problem::not_found)?;
        let measure = self.measure_of(one.measure).ok_or_else(Problem::not_found)?;
        Ok((one, measure))
    }

    /// Where to go after an observation was stored: its place on the page of its target, which is asked to say back
    /// how its numbers were `read`.
    #[must_use]
    pub fn after(&self, target: Option<&str>, measure: &str, id: ObservationId, read: bool) -> String {
        let query = if read { format!("?read={id}") } else { String::new() };
        let code = &self.whole.listed.code;
        let asked = target.and_then(|asked| self.targets_of(measure).find(|held| held.target.code == asked));
        match asked.or_else(|| self.targets_of(measure).next()) {
            Some(held) => format!("{}{query}#o-{id}", door::target_address(code, &held.target.code)),
            None => format!("{}{query}", self.address(id)),
        }
    }

    /// The page of an observation.
    #[must_use]
    pub fn address(&self, id: ObservationId) -> String {
        format!("{}/observations/{id}", door::address(&self.whole.listed.code))
    }
}

/// Whether a target tests a measure.
#[must_use]
pub fn uses(target: &Target, measure: &str) -> bool {
    target.readings.iter().flat_map(|reading| &reading.conditions).any(|condition| condition.measure == measure)
}
