//! Which figures a frozen review has closed: a new one may no longer slip in below them.

use std::collections::HashMap;

use lt_kernel::id::OrgId;
use lt_kernel::{Date, Interval, Said};
use lt_store::{Db, StoreError, params};

use crate::resolution::model::MeasureId;

/// A frozen review, as far as observations are concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// Code of its resolution.
    pub resolution: String,
    /// Code of its period.
    pub period: String,
    /// The last day it covers.
    pub cutoff: Date,
    term: Interval,
}

/// The frozen reviews of an organisation, by measure.
#[derive(Debug, Clone, Default)]
pub struct Frozen(HashMap<MeasureId, Vec<Review>>);

impl Frozen {
    /// Reads them.
    ///
    /// # Errors
    /// As [`Db::read`].
    pub async fn load(db: &Db, org: OrgId) -> Result<Self, StoreError> {
        let sql = "SELECT u.measure, r.code, r.term_from, r.term_to, v.period, v.cutoff FROM targets_review v \
                   JOIN targets_resolution r ON r.id = v.resolution JOIN targets_use u ON u.resolution = r.id \
                   WHERE r.org = $1 AND v.state = 'frozen' ORDER BY v.cutoff, r.code";
        let mut found: HashMap<MeasureId, Vec<Review>> = HashMap::new();
        for row in db.read(sql, params![org]).await? {
            found.entry(row.get("measure")?).or_default().push(Review {
                resolution: row.get("code")?,
                period: row.get("period")?,
                cutoff: row.get("cutoff")?,
                term: Interval { from: row.get("term_from")?, to: Some(row.get("term_to")?) },
            });
        }
        Ok(Self(found))
    }

    /// The first frozen review that covers a figure of the measure for this day.
    #[must_use]
    pub fn covers(&self, measure: MeasureId, as_of: Date) -> Option<&Review> {
        self.0.get(&measure)?.iter().find(|review| review.term.holds(as_of) && as_of <= review.cutoff)
    }
}

impl Review {
    /// The refusal for a reader, naming the review and the way that stays open.
    #[must_use]
    pub fn said(&self) -> Said {
        Said::new("targets-refused-frozen")
            .with("resolution", &self.resolution)
            .with("period", &self.period)
            .date("cutoff", self.cutoff)
    }
}
