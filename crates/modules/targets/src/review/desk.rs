//! What every page of a review begins with: the resolution, the review, whether the reader may, and the set of
//! figures at the cut-off day.

use lt_kernel::Date;
use lt_kernel::id::OrgId;
use lt_module::Host;
use lt_registry::{Directory, Registry};
use lt_web::{Crumb, Problem, View};

use super::frozen::Frozen;
use super::gather::{Called, gather};
use super::model::{Refused, Review, Signed};
use super::store;
use crate::resolution::door;
use crate::resolution::store::Listed;

/// A review at hand.
pub(crate) struct Desk {
    pub(crate) listed: Listed,
    pub(crate) review: Review,
    /// Address of its page.
    pub(crate) base: String,
    /// Abbreviation of the issuer on the cut-off day.
    pub(crate) abbrev: Option<String>,
}

impl Desk {
    /// The review of a period, for a reader who may see the resolution, and holds `permission` for its issuer.
    ///
    /// # Errors
    /// As [`door::open_for`]; not found when the period has no review.
    pub(crate) async fn open(
        host: &Host,
        view: &View,
        code: &str,
        period: &str,
        permission: Option<&str>,
    ) -> Result<Self, Problem> {
        let listed = match permission {
            Some(permission) => door::open_for(host, view, code, permission).await?,
            None => door::open(host, view, code).await?,
        };
        let review = store::by_period(&host.db, listed.id, period).await?.ok_or_else(Problem::not_found)?;
        let directory = host.part::<Registry>().map_err(Problem::trouble)?.directory().await?;
        let abbrev = directory.org(listed.org).and_then(|org| org.abbrevs.at(review.cutoff)).cloned();
        Ok(Self { base: address(code, &review), listed, review, abbrev })
    }

    /// The set: as it was frozen (with its number and hash), else as it would be frozen now (0 and nothing).
    ///
    /// # Errors
    /// Trouble when it cannot be read, or is not what was stored.
    pub(crate) async fn set(&self, host: &Host) -> Result<(Frozen, u32, String), Problem> {
        let Some((number, _)) = self.review.state.frozen() else {
            return Ok((self.gathered(host).await?, 0, String::new()));
        };
        let (text, hash) = store::stored(&host.db, self.review.id, number).await?.ok_or_else(Problem::not_found)?;
        Ok((Frozen::read(&text, &hash).map_err(Problem::trouble)?, number, hash))
    }

    /// The set as it would be frozen now.
    ///
    /// # Errors
    /// Trouble when it cannot be read.
    pub(crate) async fn gathered(&self, host: &Host) -> Result<Frozen, Problem> {
        let directory = host.part::<Registry>().map_err(Problem::trouble)?.directory().await?;
        let (name, above) = called(&directory);
        let called = Called { name: &name, above: &above };
        let policy = door::book(host)?.policy();
        let found = gather(&host.db, &self.review, policy, &called, host.clock.now()).await?;
        found.ok_or_else(Problem::not_found)
    }

    /// The places above it.
    pub(crate) fn crumbs(&self, view: &View) -> Vec<Crumb> {
        let t = view.t();
        let list = Crumb::new(t.s("targets-review-list"), format!("{}/reviews", door::address(&self.listed.code)));
        let own = Crumb::new(self.review.period.name(view.lang), self.base.clone());
        door::crumbs(view, &self.listed).into_iter().chain([list, own]).collect()
    }
}

/// Names and parents out of the registry.
pub(crate) fn called(
    directory: &Directory,
) -> (impl Fn(OrgId, Date) -> String + Sync + '_, impl Fn(OrgId, Date) -> Option<OrgId> + Sync + '_) {
    (|org, day| directory.name(org, day).unwrap_or_default().to_owned(), |org, day| directory.parent(org, day))
}

/// The page of a review.
pub(crate) fn address(code: &str, review: &Review) -> String {
    format!("{}/reviews/{}", door::address(code), review.period)
}

/// The reader as who signs.
///
/// # Errors
/// Refused for the program itself and for guests.
pub(crate) fn signed(host: &Host, view: &View) -> Result<Signed, Problem> {
    let by = view.viewer.account.ok_or_else(|| Problem::refused(Refused::Nobody.said()))?;
    Ok(Signed { by, at: host.clock.now() })
}
