//! After any sequence of verbs, timelines never overlap, codes name one organisation a day, and nobody is below
//! an organisation of the other lane.
#![expect(clippy::unwrap_used, reason = "a test that meets the unexpected should end")]

use jiff::civil::{Date, date};
use lt_kernel::Lane;
use lt_kernel::id::{OrgId, Uuid};
use lt_registry::{Basis, Directory, Draft, Kind, NewCode, NewOrg, Part, Receiver};
use proptest::prelude::*;

#[derive(Debug, Clone)]
enum Verb {
    Found(u8, Option<u8>, u8),
    Rename(u8, u8),
    Move(u8, Option<u8>),
    Recode(u8, u8),
    Merge(u8, u8, bool),
    Split(u8, u8, u8),
    Close(u8),
}

fn verbs() -> impl Strategy<Value = Vec<(Verb, u16)>> {
    let verb = prop_oneof![
        3 => (0u8..12, proptest::option::of(0u8..12), 0u8..5).prop_map(|(a, b, c)| Verb::Found(a, b, c)),
        3 => (0u8..12, 0u8..4).prop_map(|(a, b)| Verb::Rename(a, b)),
        3 => (0u8..12, proptest::option::of(0u8..12)).prop_map(|(a, b)| Verb::Move(a, b)),
        2 => (0u8..12, 0u8..5).prop_map(|(a, b)| Verb::Recode(a, b)),
        1 => (0u8..12, 0u8..12, any::<bool>()).prop_map(|(a, b, c)| Verb::Merge(a, b, c)),
        1 => (0u8..12, 0u8..12, 0u8..12).prop_map(|(a, b, c)| Verb::Split(a, b, c)),
        1 => (0u8..12).prop_map(Verb::Close),
    ];
    proptest::collection::vec((verb, 0u16..400), 1..40)
}

fn id(number: u8) -> OrgId {
    OrgId(Uuid::from_u128(u128::from(number)))
}

fn on(day: u16) -> Date {
    date(2020, 1, 1).checked_add(jiff::Span::new().days(day)).unwrap()
}

/// Tries the verb; a refusal leaves the directory as it was.
fn after(directory: &Directory, verb: &Verb, day: Date) -> Directory {
    let mut draft = Draft::of(directory);
    let basis = Basis::default();
    let part =
        |to: u8| Part { to: Receiver::Existing(id(to)), functions: vec![], territory: vec![], is_default: false };
    let code = |code: u8| NewCode::new("local", format!("C{code}"));
    let done = match *verb {
        Verb::Found(org, parent, number) => {
            // Every third is the Party's.
            let kind = if org % 3 == 0 { Kind::PartyCell } else { Kind::Centre };
            let mut new = NewOrg::new(id(org), kind, 2, format!("Đơn vị {org}")).code(code(number));
            new.parent = parent.map(id);
            draft.found(new, day)
        }
        Verb::Rename(org, name) => draft.rename(id(org), &format!("Tên {name}"), day, basis),
        Verb::Move(org, parent) => draft.move_to(id(org), parent.map(id), day, basis),
        Verb::Recode(org, number) => draft.recode(id(org), code(number), day),
        Verb::Merge(from, to, along) => draft.merge(&[id(from)], Receiver::Existing(id(to)), day, &basis, along),
        Verb::Split(from, one, two) => draft.split(id(from), vec![part(one), part(two)], day, &basis),
        Verb::Close(org) => draft.close(id(org), day, &basis),
    };
    if done.is_ok() { draft.finish().after } else { directory.clone() }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn nothing_ever_overlaps(verbs in verbs()) {
        let mut directory = Directory::default();
        for (verb, day) in &verbs {
            directory = after(&directory, verb, on(*day));
        }
        for org in directory.all() {
            prop_assert!(org.is_sound(), "{org:?}");
        }
        let lane = |id| directory.org(id).map(|org| org.kind.lane());
        for org in directory.all() {
            let reach: Vec<bool> = Lane::ALL.iter().map(|one| directory.of_lane(*one).contains(&org.id)).collect();
            prop_assert_eq!(reach, Lane::ALL.map(|one| one == org.kind.lane()), "{:?}", org);
        }
        for day in (0..420).step_by(7).map(on) {
            for code in 0..5 {
                let value = format!("C{code}");
                let held = directory.all().filter(|org| org.code("local", day).is_some_and(|held| held.value == value));
                prop_assert!(held.count() <= 1, "{value} on {day}");
            }
            for org in directory.all().filter(|org| org.is_alive(day)) {
                prop_assert!(org.names.at(day).is_some(), "an organisation always has a name");
                // Every parent exists, and nobody is their own ancestor.
                let up = directory.ancestors(org.id, day);
                prop_assert!(up.iter().all(|up| directory.org_at(*up, day).is_some()), "{org:?} on {day}");
                prop_assert!(up.iter().all(|up| lane(*up) == lane(org.id)), "{org:?} on {day} is below the other lane");
                prop_assert!(up.last().is_none_or(|top| directory.parent(*top, day).is_none()), "circle");
            }
            let lines = directory.tree(day);
            prop_assert_eq!(lines.len(), directory.all().filter(|org| org.is_alive(day)).count(), "all are in the tree");
        }
    }
}
