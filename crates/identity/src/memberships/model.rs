//! What may be given, by whom, and what follows from it. Pure.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use lt_kernel::id::{OrgId, PersonId};
use lt_kernel::{Date, Interval, Lane, Said, id};
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

/// Where a role is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// One organisation and all below it; they are of one lane.
    Org(OrgId),
    /// Every organisation of one lane.
    Lane(Lane),
    /// The whole installation: both lanes, and what belongs to neither.
    Everywhere,
}

impl Place {
    /// The organisation, when it is one.
    #[must_use]
    pub const fn org(self) -> Option<OrgId> {
        match self {
            Self::Org(org) => Some(org),
            Self::Lane(_) | Self::Everywhere => None,
        }
    }

    /// The lane, when it is a whole one.
    #[must_use]
    pub const fn lane(self) -> Option<Lane> {
        match self {
            Self::Lane(lane) => Some(lane),
            Self::Org(_) | Self::Everywhere => None,
        }
    }
}

/// A person holds a role in a place, from a day until the day before another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// Which.
    pub id: MembershipId,
    /// Whose.
    pub person: PersonId,
    /// Where.
    pub place: Place,
    /// Code of the role.
    pub role: String,
    /// When.
    pub during: Interval,
    /// Raised by every change.
    pub version: i64,
}

/// What a change says of a membership.
#[derive(serde::Serialize)]
pub struct Shown<'a> {
    id: MembershipId,
    person: PersonId,
    org: Option<OrgId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lane: Option<&'static str>,
    role: &'a str,
    during: Interval,
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

/// Whether `viewer` holds `permission` over the whole of `place`.
#[must_use]
pub fn reaches(viewer: &Viewer, permission: &str, place: Place) -> bool {
    match place {
        Place::Org(org) => viewer.may(permission, org),
        Place::Lane(lane) => viewer.may_lane(permission, lane),
        Place::Everywhere => viewer.may_everywhere(permission),
    }
}

/// A new membership of `person`, given by `giver`, beside those the person `has`.
///
/// Nobody gives more than their own: each permission of the role must be held over the place,
/// except by whoever manages the whole installation (an administrator appoints approvers without being one).
///
/// # Errors
/// [`Refused`] with the first reason.
pub fn give(
    giver: &Viewer,
    person: PersonId,
    (place, role): (Place, &str),
    during: Interval,
    (id, has): (MembershipId, &[Membership]),
) -> Result<Membership, Refused> {
    let role = roles::find(role).ok_or(Refused::NoSuchRole)?;
    if place.org().is_none() && !role.whole_installation {
        return Err(Refused::NeedsOrg);
    }
    if !reaches(giver, MANAGE, place) {
        return Err(Refused::OutOfReach);
    }
    if !reaches(giver, MANAGE, Place::Everywhere)
        && let Some(missing) = role.permissions.iter().find(|permission| !reaches(giver, permission, place))
    {
        return Err(Refused::NotYoursToGive(missing.clone()));
    }
    if !during.is_valid() {
        return Err(Refused::EndsBeforeItBegins);
    }
    let same = |other: &&Membership| other.role == role.code && other.place == place && other.during.meets(&during);
    if has.iter().any(|other| same(&other)) {
        return Err(Refused::Overlaps);
    }
    Ok(Membership { id, person, place, role: role.code.clone(), during, version: 1 })
}

impl Membership {
    /// Ends it with the day before `day`; `others` are the other memberships of the whole installation
    /// that carry the administrator's role and whose accounts can sign in.
    ///
    /// # Errors
    /// [`Refused`] when the giver does not reach it, it ended already, or nobody would be left to give roles.
    pub fn end(&mut self, by: &Viewer, day: Date, others: &[Self]) -> Result<(), Refused> {
        if !reaches(by, MANAGE, self.place) {
            return Err(Refused::OutOfReach);
        }
        if self.during.to.is_some_and(|to| to <= day) {
            return Err(Refused::Ended);
        }
        if day < self.during.from {
            return Err(Refused::EndsBeforeItBegins);
        }
        let rules_all = self.place == Place::Everywhere && self.role == roles::ADMINISTRATOR;
        let left = |other: &Self| other.id != self.id && other.during.holds(day) && other.during.to.is_none();
        if rules_all && !others.iter().any(left) {
            return Err(Refused::LastAdministrator);
        }
        self.during.to = Some(day);
        Ok(())
    }

    /// What may stand in a change. Without an organisation it names its lane, or both.
    #[must_use]
    pub fn shown(&self) -> Shown<'_> {
        let lane = match self.place {
            Place::Org(_) => None,
            Place::Lane(lane) => Some(lane.word()),
            Place::Everywhere => Some("both"),
        };
        let Self { id, person, place, role, during, .. } = self;
        Shown { id: *id, person: *person, org: place.org(), lane, role, during: *during }
    }

    /// The role it carries, while the program still knows it.
    #[must_use]
    pub fn role(&self) -> Option<&'static Role> {
        roles::find(&self.role)
    }
}

/// What a person is allowed by memberships: `below` gives an organisation with all under it, `lane` all of a lane.
///
/// Grants of one permission are united as far as they are of one kind; one over everything swallows the others.
pub fn grants(
    current: &[Membership],
    mut below: impl FnMut(OrgId) -> HashSet<OrgId>,
    mut lane: impl FnMut(Lane) -> Arc<HashSet<OrgId>>,
) -> Vec<Grant> {
    let mut held: BTreeMap<&str, BTreeSet<Place>> = BTreeMap::new();
    for membership in current {
        for permission in membership.role().into_iter().flat_map(|role| &role.permissions) {
            held.entry(permission).or_default().insert(membership.place);
        }
    }
    // Permissions held in the same places share their sets: there may be thousands of organisations in one.
    let mut known: BTreeMap<BTreeSet<Place>, Vec<Scope>> = BTreeMap::new();
    let mut found = Vec::new();
    for (name, places) in held {
        let reach = known.entry(places).or_insert_with_key(|places| scopes(places, &mut below, &mut lane));
        found.extend(reach.iter().map(|scope| Grant { permission: name.to_owned(), scope: scope.clone() }));
    }
    found
}

/// How far a permission held in these places reaches.
fn scopes(
    places: &BTreeSet<Place>,
    below: &mut impl FnMut(OrgId) -> HashSet<OrgId>,
    lane: &mut impl FnMut(Lane) -> Arc<HashSet<OrgId>>,
) -> Vec<Scope> {
    if places.contains(&Place::Everywhere) {
        return vec![Scope::All];
    }
    let mut reach: Vec<Scope> =
        places.iter().filter_map(|place| place.lane()).map(|one| Scope::Lane(one, lane(one))).collect();
    let orgs: HashSet<OrgId> = places.iter().filter_map(|place| place.org()).flat_map(below).collect();
    if !orgs.is_empty() {
        reach.push(Scope::Orgs(Arc::new(orgs)));
    }
    reach
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

    fn membership(number: u128, place: Place, role: &str) -> Membership {
        let (id, person) = (MembershipId(Uuid::from_u128(number)), PersonId(Uuid::from_u128(7)));
        Membership { id, person, place, role: role.into(), during: since("2026-01-01"), version: 1 }
    }

    /// Organisation 1 holds 2 and 3.
    fn below(top: OrgId) -> HashSet<OrgId> {
        if top == org(1) { [org(1), org(2), org(3)].into() } else { [top].into() }
    }

    /// Organisations 1 to 3 are the Party's, 4 and 5 the State's.
    fn lane(lane: Lane) -> Arc<HashSet<OrgId>> {
        let all = match lane {
            Lane::Party => 1..=3,
            Lane::State => 4..=5,
        };
        Arc::new(all.map(org).collect())
    }

    fn viewer(memberships: &[Membership]) -> Viewer {
        Viewer { grants: Arc::new(grants(memberships, below, lane)), ..Viewer::default() }
    }

    fn offer(giver: &Viewer, place: Place, role: &str, has: &[Membership]) -> Result<Membership, Refused> {
        let (person, id) = (PersonId(Uuid::from_u128(9)), MembershipId(Uuid::from_u128(99)));
        give(giver, person, (place, role), since("2026-02-01"), (id, has))
    }

    #[test]
    fn a_role_reaches_all_below_and_nothing_beside() {
        let seen = viewer(&[membership(1, Place::Org(org(1)), "recorder")]);
        assert!(seen.may("targets.observe", org(1)) && seen.may("targets.observe", org(3)));
        assert!(!seen.may("targets.observe", org(4)) && !seen.may("targets.approve", org(1)));
        let lower = viewer(&[membership(1, Place::Org(org(2)), "recorder")]);
        assert!(lower.may("targets.observe", org(2)) && !lower.may("targets.observe", org(1)));
    }

    #[test]
    fn grants_unite_and_everything_swallows_the_rest() {
        let both =
            viewer(&[membership(1, Place::Org(org(2)), "recorder"), membership(2, Place::Org(org(4)), "recorder")]);
        assert!(both.may("targets.observe", org(2)) && both.may("targets.observe", org(4)));
        for order in [[0, 1], [1, 0]] {
            let two = [membership(1, Place::Org(org(2)), "reader"), membership(2, Place::Everywhere, "auditor")];
            let all = viewer(&order.map(|place| two[place].clone()));
            assert!(all.may("targets.read", org(77)));
        }
    }

    #[test]
    fn a_role_over_one_lane_stays_in_it() {
        let party = viewer(&[membership(1, Place::Lane(Lane::Party), "reader")]);
        assert!((1..=3).all(|number| party.may("targets.read", org(number))));
        assert!((4..=9).all(|number| !party.may("targets.read", org(number))));
        assert!(party.may_lane("targets.read", Lane::Party) && !party.may_lane("targets.read", Lane::State));
        assert!(!party.may_everywhere("targets.read"));
        // The same role over both lanes, the control.
        let all = viewer(&[membership(1, Place::Everywhere, "reader")]);
        assert!((1..=9).all(|number| all.may("targets.read", org(number))));
        // Each lane by itself and one organisation beside: all are reached, but it is not the whole.
        let apart = [Place::Lane(Lane::Party), Place::Lane(Lane::State), Place::Org(org(9))];
        let apart = viewer(&apart.map(|place| membership(1, place, "reader")));
        assert!([1, 4, 9].into_iter().all(|number| apart.may("targets.read", org(number))));
        assert!(!apart.may("targets.read", org(8)) && !apart.may_everywhere("targets.read"));
    }

    #[test]
    fn a_manager_of_one_lane_gives_nothing_in_the_other() {
        let manager = viewer(&[membership(1, Place::Lane(Lane::Party), "administrator")]);
        assert!(offer(&manager, Place::Org(org(2)), "reader", &[]).is_ok());
        assert!(offer(&manager, Place::Lane(Lane::Party), "administrator", &[]).is_ok());
        for place in [Place::Org(org(4)), Place::Lane(Lane::State), Place::Everywhere] {
            assert_eq!(offer(&manager, place, "reader", &[]), Err(Refused::OutOfReach), "{place:?}");
            let mut held = membership(5, place, "reader");
            assert_eq!(held.end(&manager, day("2026-03-01"), &[]), Err(Refused::OutOfReach), "{place:?}");
        }
        let admin = viewer(&[membership(1, Place::Everywhere, "administrator")]);
        assert!(offer(&admin, Place::Lane(Lane::State), "reader", &[]).is_ok());
        assert_eq!(offer(&admin, Place::Lane(Lane::State), "recorder", &[]), Err(Refused::NeedsOrg));
        let has = [membership(5, Place::Lane(Lane::Party), "reader")];
        assert_eq!(offer(&admin, Place::Lane(Lane::Party), "reader", &has), Err(Refused::Overlaps));
        assert!(offer(&admin, Place::Lane(Lane::State), "reader", &has).is_ok(), "the other lane is another place");
    }

    #[test]
    fn an_unknown_role_gives_nothing() {
        assert!(grants(&[membership(1, Place::Everywhere, "emperor")], below, lane).is_empty());
    }

    #[test]
    fn an_administrator_appoints_anybody_anywhere() {
        let admin = viewer(&[membership(1, Place::Everywhere, "administrator")]);
        assert!(offer(&admin, Place::Org(org(5)), "approver", &[]).is_ok());
        assert!(offer(&admin, Place::Everywhere, "administrator", &[]).is_ok());
        assert_eq!(offer(&admin, Place::Everywhere, "approver", &[]), Err(Refused::NeedsOrg));
        assert_eq!(offer(&admin, Place::Org(org(5)), "emperor", &[]), Err(Refused::NoSuchRole));
    }

    #[test]
    fn a_manager_of_one_organisation_gives_no_more_than_their_own() {
        let manager = viewer(&[membership(1, Place::Org(org(1)), "administrator")]);
        assert!(offer(&manager, Place::Org(org(2)), "reader", &[]).is_ok());
        assert!(offer(&manager, Place::Org(org(2)), "administrator", &[]).is_ok());
        assert_eq!(offer(&manager, Place::Org(org(4)), "reader", &[]), Err(Refused::OutOfReach));
        assert_eq!(offer(&manager, Place::Everywhere, "reader", &[]), Err(Refused::OutOfReach));
        let refused = offer(&manager, Place::Org(org(2)), "approver", &[]);
        assert_eq!(refused, Err(Refused::NotYoursToGive("targets.approve".into())));
        let nobody = viewer(&[membership(1, Place::Everywhere, "auditor")]);
        assert_eq!(offer(&nobody, Place::Org(org(2)), "reader", &[]), Err(Refused::OutOfReach));
    }

    #[test]
    fn the_same_role_twice_at_once_is_refused() {
        let admin = viewer(&[membership(1, Place::Everywhere, "administrator")]);
        let has = [membership(5, Place::Org(org(2)), "reader")];
        assert_eq!(offer(&admin, Place::Org(org(2)), "reader", &has), Err(Refused::Overlaps));
        assert!(offer(&admin, Place::Org(org(3)), "reader", &has).is_ok());
        let ended =
            [Membership { during: Interval { to: Some(day("2026-02-01")), ..since("2026-01-01") }, ..has[0].clone() }];
        assert!(offer(&admin, Place::Org(org(2)), "reader", &ended).is_ok());
    }

    #[test]
    fn a_membership_ends_once() {
        let admin = viewer(&[membership(1, Place::Everywhere, "administrator")]);
        let mut given = membership(5, Place::Org(org(2)), "reader");
        assert_eq!(given.end(&Viewer::default(), day("2026-03-01"), &[]), Err(Refused::OutOfReach));
        assert_eq!(given.end(&admin, day("2025-03-01"), &[]), Err(Refused::EndsBeforeItBegins));
        given.end(&admin, day("2026-03-01"), &[]).unwrap();
        assert!(given.during.holds(day("2026-02-28")) && !given.during.holds(day("2026-03-01")));
        assert_eq!(given.end(&admin, day("2026-03-01"), &[]), Err(Refused::Ended));
    }

    #[test]
    fn the_last_administrator_stays() {
        let admin = viewer(&[membership(1, Place::Everywhere, "administrator")]);
        let mut last = membership(1, Place::Everywhere, "administrator");
        let ending = Membership {
            during: Interval { to: Some(day("2027-01-01")), ..since("2026-01-01") },
            ..membership(2, Place::Everywhere, "administrator")
        };
        let alone = [last.clone(), ending];
        assert_eq!(last.end(&admin, day("2026-03-01"), &alone), Err(Refused::LastAdministrator));
        let two = [last.clone(), membership(2, Place::Everywhere, "administrator")];
        assert_eq!(last.end(&admin, day("2026-03-01"), &two), Ok(()));
    }
}
