//! Policies: how far "gần" may reach, when a target is at risk. Data with a version, shown with each verdict.

use lt_kernel::quantity::{Exact, NearPolicy};
use serde::{Deserialize, Serialize};

/// Policies a verdict depends on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// Its version, part of each verdict.
    pub version: String,
    /// How far words such as "gần" and "khoảng" reach.
    pub near: NearPolicy,
    /// Points by which what is done may lag behind the time that has passed before a target is at risk.
    pub lag: Exact,
    /// Share of the term, in percent, after which a target that is not yet met and whose progress cannot be
    /// counted is at risk.
    pub late: Exact,
}

impl Default for Policy {
    fn default() -> Self {
        Self { version: "2026-1".into(), near: NearPolicy::default(), lag: Exact::whole(10), late: Exact::whole(60) }
    }
}
