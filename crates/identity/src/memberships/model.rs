//! What may be given, by whom, and what follows from it. Pure.

use std::collections::HashSet;
use std::sync::Arc;

use lt_kernel::id::{OrgId, PersonId};
use lt_kernel::{Date, Interval, Said, id};
use lt_web::{Grant, Scope, Viewer};

use crate::roles::{self, Role};

lt_kernel::typed_id!(
    /// A membership.
    MembershipId
);
lt_store::stored_ids!(MembershipId);

/// The permission to manage people, accounts and memberships.
pub const MANAGE: &str = "identity.manage";
/// The permission to see them.
pub const READ: &str = "identity.read";

/// A person holds a role in an organisation, from a day until the day before another.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Membership {
    /// Which.
    pub id: MembershipId,
    /// Whose.
    pub person: PersonId,
    /// Where; none: the whole installation.
    pub org: Option<OrgId>,
    /// Code of the role.
    pub role: String,
    /// When.
    pub during: Interval,
    /// Raised by every change.
    #[serde(skip)]
    pub version: i64,
}

/// Why a membership is not given or not ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// No such role.
    NoSuchRole,
    /// The role is not given for the whole installation.
    NeedsOrg,
    /// The giver does not reach that organisation.
    OutOfReach,
    /// The role allows what the giver may not do: this permission.
    NotYoursToGive(String),
    /// It would end before it begins.
    EndsBeforeItBegins,
    /// It ended already.
    Ended,
    /// The same role in the same organisation at the same time is there already.
    Overlaps,
    /// It is the last administrator of the whole installation.
    LastAdministrator,
}

impl Refused {
    /// The refusal in words.
    #[must_use]
    pub fn said(&self) -> Said {
        match self {
            Self::NoSuchRole => Said::new("identity-membership-no-such-role"),
            Self::NeedsOrg => Said::new("identity-membership-needs-org"),
            Self::OutOfReach => Said::new("identity-membership-out-of-reach"),
            Self::NotYoursToGive(permission) => {
                Said::new("identity-membership-not-yours-to-give").with("permission", permission)
            }
            Self::EndsBeforeItBegins => Said::new("identity-membership-ends-before"),
            Self::Ended => Said::new("identity-membership-ended"),
            Self::Overlaps => Said::new("identity-membership-overlaps"),
            Self::LastAdministrator => Said::new("identity-membership-last-administrator"),
        }
    }
}

/// Whether `viewer` holds `permission` over `org`; none stands for the whole installation.
#[must_use]
pub fn reaches(viewer: &Viewer, permission: &str, org: Option<OrgId>) -> bool {
    match org {
        Some(org) => viewer.may(permission, org),
        None => viewer.grants.iter().any(|grant| grant.permission == permission && grant.scope == Scope::All),
    }
}

/// A new membership of `person`, given by `giver`, beside those the person `has`.
///
/// Nobody gives more than their own: each permission of the role must be held over the organisation,
/// except by whoever manages the whole installation (an administrator appoints approvers without being one).
///
/// # Errors
/// [`Refused`] with the first reason.
pub fn give(
    giver: &Viewer,
    person: PersonId,
    (org, role): (Option<OrgId>, &str),
    during: Interval,
    (id, has): (MembershipId, &[Membership]),
) -> Result<Membership, Refused> {
    let role = roles::find(role).ok_or(Refused::NoSuchRole)?;
    if org.is_none() && !role.whole_installation {
        return Err(Refused::NeedsOrg);
    }
    if !reaches(giver, MANAGE, org) {
        return Err(Refused::OutOfReach);
    }
    if !reaches(giver, MANAGE, None)
        && let Some(missing) = role.permissions.iter().find(|permission| !reaches(giver, permission, org))
    {
        return Err(Refused::NotYoursToGive(missing.clone()));
    }
    if !during.is_valid() {
        return Err(Refused::EndsBeforeItBegins);
    }
    let same = |other: &&Membership| other.role == role.code && other.org == org && other.during.meets(&during);
    if has.iter().any(|other| same(&other)) {
        return Err(Refused::Overlaps);
    }
    Ok(Membership { id, person, org, role: role.code.clone(), during, version: 1 })
}

impl Membership {
    /// Ends it with the day before `day`; `others` are the other memberships of the whole installation
    /// that carry the administrator's role and whose accounts can sign in.
    ///
    /// # Errors
    /// [`Refused`] when the giver does not reach it, it ended already, or nobody would be left to give roles.
    pub fn end(&mut self, by: &Viewer, day: Date, others: &[Self]) -> Result<(), Refused> {
        if !reaches(by, MANAGE, self.org) {
            return Err(Refused::OutOfReach);
        }
        if self.during.to.is_some_and(|to| to <= day) {
            return Err(Refused::Ended);
        }
        if day < self.during.from {
            return Err(Refused::EndsBeforeItBegins);
        }
        let rules_all = self.org.is_none() && self.role == roles::ADMINISTRATOR;
        let left = |other: &Self| other.id != self.id && other.during.holds(day) && other.during.to.is_none();
        if rules_all && !others.iter().any(left) {
            return Err(Refused::LastAdministrator);
        }
        self.during.to = Some(day);
        Ok(())
    }

    /// The role it carries, while the program still knows it.
    #[must_use]
    pub fn role(&self) -> Option<&'static Role> {
        roles::find(&self.role)
    }
}

/// What a person is allowed by memberships, `below` giving an organisation with all under it.
///
/// Grants of one permission are united; a grant over everything swallows the others.
pub fn grants(current: &[Membership], mut below: impl FnMut(OrgId) -> HashSet<OrgId>) -> Vec<Grant> {
    let mut found: std::collections::BTreeMap<&str, Option<HashSet<OrgId>>> = std::collections::BTreeMap::new();
    for membership in current {
        let Some(role) = membership.role() else { continue };
        let reach = membership.org.map(&mut below);
        for permission in &role.permissions {
            match (&reach, found.get_mut(permission.as_str())) {
                (None, _) => {
                    found.insert(permission, None);
                }
                (Some(_), Some(None)) => {}
                (Some(orgs), Some(Some(held))) => held.extend(orgs.iter().copied()),
                (Some(orgs), None) => {
                    found.insert(permission, Some(orgs.clone()));
                }
            }
        }
    }
    let scope = |orgs: Option<HashSet<OrgId>>| orgs.map_or(Scope::All, |orgs| Scope::Orgs(Arc::new(orgs)));
    found.into_iter().map(|(name, orgs)| Grant { permission: name.to_owned(), scope: scope(orgs) }).collect()
}

/// An id of a membership typed in an address.
///
/// # Errors
/// [`id::NotAnId`] when it is none.
pub fn parse_id(text: &str) -> Result<MembershipId, id::NotAnId> {
    text.parse()
}

#[cfg(test)]
mod tests {
    use super::*;
    use lt_kernel::id::Uuid;

    fn org(number: u128) -> OrgId {
        OrgId(Uuid::from_u128(number))
    }

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn since(text: &str) -> Interval {
        Interval { from: day(text), to: None }
    }

    fn membership(number: u128, org: Option<OrgId>, role: &str) -> Membership {
        let (id, person) = (MembershipId(Uuid::from_u128(number)), PersonId(Uuid::from_u128(7)));
        Membership { id, person, org, role: role.into(), during: since("2026-01-01"), version: 1 }
    }

    /// Organisation 1 holds 2 and 3.
    fn below(top: OrgId) -> HashSet<OrgId> {
        if top == org(1) { [org(1), org(2), org(3)].into() } else { [top].into() }
    }

    fn viewer(memberships: &[Membership]) -> Viewer {
        Viewer { grants: Arc::new(grants(memberships, below)), ..Viewer::default() }
    }

    fn offer(giver: &Viewer, org: Option<OrgId>, role: &str, has: &[Membership]) -> Result<Membership, Refused> {
        let (person, id) = (PersonId(Uuid::from_u128(9)), MembershipId(Uuid::from_u128(99)));
        give(giver, person, (org, role), since("2026-02-01"), (id, has))
    }

    #[test]
    fn a_role_reaches_all_below_and_nothing_beside() {
        let seen = viewer(&[membership(1, Some(org(1)), "recorder")]);
        assert!(seen.may("targets.observe", org(1)) && seen.may("targets.observe", org(3)));
        assert!(!seen.may("targets.observe", org(4)) && !seen.may("targets.approve", org(1)));
        let lower = viewer(&[membership(1, Some(org(2)), "recorder")]);
        assert!(lower.may("targets.observe", org(2)) && !lower.may("targets.observe", org(1)));
    }

    #[test]
    fn grants_unite_and_everything_swallows_the_rest() {
        let both = viewer(&[membership(1, Some(org(2)), "recorder"), membership(2, Some(org(4)), "recorder")]);
        assert!(both.may("targets.observe", org(2)) && both.may("targets.observe", org(4)));
        for order in [[0, 1], [1, 0]] {
            let two = [membership(1, Some(org(2)), "reader"), membership(2, None, "auditor")];
            let all = viewer(&order.map(|place| two[place].clone()));
            assert!(all.may("targets.read", org(77)));
        }
    }

    #[test]
    fn an_unknown_role_gives_nothing() {
        assert!(grants(&[membership(1, None, "emperor")], below).is_empty());
    }

    #[test]
    fn an_administrator_appoints_anybody_anywhere() {
        let admin = viewer(&[membership(1, None, "administrator")]);
        assert!(offer(&admin, Some(org(5)), "approver", &[]).is_ok());
        assert!(offer(&admin, None, "administrator", &[]).is_ok());
        assert_eq!(offer(&admin, None, "approver", &[]), Err(Refused::NeedsOrg));
        assert_eq!(offer(&admin, Some(org(5)), "emperor", &[]), Err(Refused::NoSuchRole));
    }

    #[test]
    fn a_manager_of_one_organisation_gives_no_more_than_their_own() {
        let manager = viewer(&[membership(1, Some(org(1)), "administrator")]);
        assert!(offer(&manager, Some(org(2)), "reader", &[]).is_ok());
        assert!(offer(&manager, Some(org(2)), "administrator", &[]).is_ok());
        assert_eq!(offer(&manager, Some(org(4)), "reader", &[]), Err(Refused::OutOfReach));
        assert_eq!(offer(&manager, None, "reader", &[]), Err(Refused::OutOfReach));
        let refused = offer(&manager, Some(org(2)), "approver", &[]);
        assert_eq!(refused, Err(Refused::NotYoursToGive("targets.approve".into())));
        let nobody = viewer(&[membership(1, None, "auditor")]);
        assert_eq!(offer(&nobody, Some(org(2)), "reader", &[]), Err(Refused::OutOfReach));
    }

    #[test]
    fn the_same_role_twice_at_once_is_refused() {
        let admin = viewer(&[membership(1, None, "administrator")]);
        let has = [membership(5, Some(org(2)), "reader")];
        assert_eq!(offer(&admin, Some(org(2)), "reader", &has), Err(Refused::Overlaps));
        assert!(offer(&admin, Some(org(3)), "reader", &has).is_ok());
        let ended =
            [Membership { during: Interval { to: Some(day("2026-02-01")), ..since("2026-01-01") }, ..has[0].clone() }];
        assert!(offer(&admin, Some(org(2)), "reader", &ended).is_ok());
    }

    #[test]
    fn a_membership_ends_once() {
        let admin = viewer(&[membership(1, None, "administrator")]);
        let mut given = membership(5, Some(org(2)), "reader");
        assert_eq!(given.end(&Viewer::default(), day("2026-03-01"), &[]), Err(Refused::OutOfReach));
        assert_eq!(given.end(&admin, day("2025-03-01"), &[]), Err(Refused::EndsBeforeItBegins));
        given.end(&admin, day("2026-03-01"), &[]).unwrap();
        assert!(given.during.holds(day("2026-02-28")) && !given.during.holds(day("2026-03-01")));
        assert_eq!(given.end(&admin, day("2026-03-01"), &[]), Err(Refused::Ended));
    }

    #[test]
    fn the_last_administrator_stays() {
        let admin = viewer(&[membership(1, None, "administrator")]);
        let mut last = membership(1, None, "administrator");
        let ending = Membership {
            during: Interval { to: Some(day("2027-01-01")), ..since("2026-01-01") },
            ..membership(2, None, "administrator")
        };
        let alone = [last.clone(), ending];
        assert_eq!(last.end(&admin, day("2026-03-01"), &alone), Err(Refused::LastAdministrator));
        let two = [last.clone(), membership(2, None, "administrator")];
        assert_eq!(last.end(&admin, day("2026-03-01"), &two), Ok(()));
    }
}
