//! [`NearPolicy`]: how near "gần" and "khoảng" are taken to be. A policy people can see, not a habit of the code.

use super::exact::Exact;
use crate::lang::Said;

/// What kind of number is qualified: it decides whether nearness is absolute or relative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scale {
    /// A percentage: "gần 90%" is within some *points* of 90, wherever on the scale it lies.
    Percent,
    /// A count or amount: "gần 6.000 ảnh" is within some *share* of 6,000.
    Amount,
}

/// How far below X "gần X" may be, and how far around X "khoảng X".
///
/// The figures are this program's proposal, not a legal rule; each verdict stores the `version` it used.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "Fields", into = "Fields")]
pub struct NearPolicy {
    near: Exact,
    about: Exact,
    relative: Exact,
    version: String,
}

/// A policy that would leave nothing between the number and its neighbourhood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the widths of a nearness policy must be above zero, and the relative one below one")]
pub struct BadPolicy;

impl BadPolicy {
    /// The refusal for a reader.
    #[must_use]
    pub fn said(&self) -> Said {
        Said::new("kernel-near-bad-policy")
    }
}

#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Fields {
    near: Exact,
    about: Exact,
    relative: Exact,
    version: String,
}

impl NearPolicy {
    /// A policy: `near` and `about` in percentage points (> 0), `relative` as a share of the number
    /// (0 < relative < 1; 1/20 is five per cent of it), `version` the name it is stored under.
    ///
    /// # Errors
    /// [`BadPolicy`] when a width is out of its range.
    pub fn new(near: Exact, about: Exact, relative: Exact, version: impl Into<String>) -> Result<Self, BadPolicy> {
        let good = near.is_positive() && about.is_positive() && relative.is_positive() && relative < Exact::ONE;
        if good { Ok(Self { near, about, relative, version: version.into() }) } else { Err(BadPolicy) }
    }

    /// Points below X that "gần X%" reaches.
    #[must_use]
    pub const fn near(&self) -> Exact {
        self.near
    }

    /// Points to either side of X that "khoảng X%" reaches.
    #[must_use]
    pub const fn about(&self) -> Exact {
        self.about
    }

    /// Share of X that "gần X" and "khoảng X" reach when X is a count or an amount.
    #[must_use]
    pub const fn relative(&self) -> Exact {
        self.relative
    }

    /// The name of this policy in stored verdicts.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }
}

impl Default for NearPolicy {
    /// "gần": 5 points, "khoảng": 5 points, counts: 1/20 of the number.
    fn default() -> Self {
        Self {
            near: Exact::whole(5),
            about: Exact::whole(5),
            relative: Exact::from_parts(1, 20).unwrap_or(Exact::ONE),
            version: "near-1".to_owned(),
        }
    }
}

impl TryFrom<Fields> for NearPolicy {
    type Error = BadPolicy;

    fn try_from(fields: Fields) -> Result<Self, BadPolicy> {
        Self::new(fields.near, fields.about, fields.relative, fields.version)
    }
}

impl From<NearPolicy> for Fields {
    fn from(policy: NearPolicy) -> Self {
        Self { near: policy.near, about: policy.about, relative: policy.relative, version: policy.version }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_survives_its_own_text_and_a_bad_one_is_refused() {
        let policy = NearPolicy::default();
        let json = serde_json::to_string(&policy).unwrap();
        assert_eq!(json, r#"{"near":"5","about":"5","relative":"0.05","version":"near-1"}"#);
        assert_eq!(serde_json::from_str::<NearPolicy>(&json).unwrap(), policy);
        for (good, bad) in [
            (r#""near":"5""#, r#""near":"0""#),
            (r#""about":"5""#, r#""about":"0""#),
            (r#""relative":"0.05""#, r#""relative":"1""#),
            (r#""relative":"0.05""#, r#""relative":"0""#),
        ] {
            let broken = json.replace(good, bad);
            assert_ne!(broken, json);
            assert!(serde_json::from_str::<NearPolicy>(&broken).is_err(), "{bad}");
        }
    }
}
