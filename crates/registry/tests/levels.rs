//! The district level ended on 30 June 2025 (Resolution 203/2025/QH15): tried at the border day.
#![expect(clippy::unwrap_used, reason = "a test that meets the unexpected should end")]

use jiff::civil::{Date, date};
use lt_kernel::id::{OrgId, Uuid};
use lt_registry::import::{Snapshot, StepKind, plan};
use lt_registry::{
    Act, Basis, Contact, Directory, Draft, Kind, NewCode, NewOrg, Part, Receiver, Refused, Successors, Territory,
};

const PAST: Date = date(2020, 1, 1);
const EVE: Date = date(2025, 6, 30);
const JULY: Date = date(2025, 7, 1);
const NEXT: Date = date(2025, 7, 2);

fn id(number: u128) -> OrgId {
    OrgId(Uuid::from_u128(number))
}

fn act() -> Basis {
    Basis::act(Act::numbered("x"))
}

fn district(number: u128) -> NewOrg {
    let code = NewCode::new("qd20", format!("H39.{number}"));
    NewOrg::new(id(number), Kind::District, 2, format!("Ủy ban nhân dân huyện {number}")).code(code)
}

/// A district (1) with a division (2) below, nobody ended.
fn standing() -> Draft {
    let mut draft = Draft::of(&Directory::default());
    draft.found(district(1), PAST).unwrap();
    draft.found(NewOrg::new(id(2), Kind::Division, 3, "Phòng Nội vụ").under(id(1)), PAST).unwrap();
    draft.found(NewOrg::new(id(3), Kind::Commune, 2, "Ủy ban nhân dân xã A"), PAST).unwrap();
    draft
}

fn abolished<T: std::fmt::Debug>(answer: Result<T, Refused>) {
    let refused = answer.unwrap_err();
    assert!(matches!(&refused, Refused::Abolished { word: "district", day: JULY, .. }), "{refused:?}");
    let said = format!("{:?}", refused.said());
    assert!(said.contains("203/2025/QH15"), "the sentence names the resolution: {said}");
}

#[test]
fn a_district_is_founded_until_30_june_2025_and_not_after() {
    let mut draft = Draft::of(&Directory::default());
    draft.found(district(1), EVE).unwrap();
    for day in [JULY, NEXT, date(2030, 1, 1)] {
        abolished(Draft::of(&Directory::default()).found(district(1), day));
    }
    // Nor anybody with a district for territory, founded or reclassified.
    let area = || Territory { class: "district".into(), name: "huyện A".into() };
    let mut office = NewOrg::new(id(7), Kind::Office, 3, "Văn phòng");
    office.territory = Some(area());
    abolished(Draft::of(&Directory::default()).found(office.clone(), JULY));
    draft.found(office, EVE).unwrap();
    abolished(draft.reclassify(id(7), area(), JULY, act()));
}

#[test]
fn whoever_was_not_ended_is_not_alive_from_that_day_on() {
    let directory = standing().finish().after;
    assert!(directory.org_at(id(1), EVE).is_some() && directory.org_at(id(1), JULY).is_none());
    assert_eq!(directory.by_code("qd20", "H39.1", EVE), Some(id(1)));
    assert_eq!(directory.by_code("qd20", "H39.1", JULY), None);
    assert_eq!(directory.successor(id(1), EVE, None), Successors::Same);
    assert_eq!(directory.successor(id(1), JULY, None), Successors::None_, "nobody recorded who follows");
    // Who was below stands by itself; nobody is lost from the tree.
    assert_eq!((directory.parent(id(2), EVE), directory.parent(id(2), JULY)), (Some(id(1)), None));
    assert_eq!((directory.tree(EVE).len(), directory.tree(JULY).len()), (3, 2));
}

#[test]
fn nothing_keeps_it_alive_after_that_day() {
    let draft = standing();
    let contact = Contact { phone: "0272 382".into(), ..Contact::default() };
    let part = |to: u128| Part {
        to: Receiver::Existing(id(to)),
        functions: vec!["land".into()],
        territory: vec![],
        is_default: false,
    };
    abolished(draft.clone().rename(id(1), "Huyện khác", JULY, act()));
    abolished(draft.clone().abbreviate(id(1), "X", JULY, act()));
    abolished(draft.clone().contact(id(1), &contact, JULY, act()));
    abolished(draft.clone().move_to(id(1), None, JULY, act()));
    abolished(draft.clone().recode(id(1), NewCode::new("qd20", "H39.9"), JULY));
    abolished(draft.clone().hand_over(id(3), &part(1), JULY, &act()));
    abolished(draft.clone().merge(&[id(3)], Receiver::Existing(id(1)), JULY, &act(), false));
    abolished(draft.clone().found(NewOrg::new(id(8), Kind::Division, 3, "Phòng mới").under(id(1)), JULY));
    abolished(draft.clone().move_to(id(3), Some(id(1)), JULY, act()));
    // The day before all of it is allowed.
    draft.clone().rename(id(1), "Huyện khác", EVE, act()).unwrap();
    draft.clone().hand_over(id(3), &part(1), EVE, &act()).unwrap();
}

#[test]
fn it_is_ended_on_that_day_at_the_latest() {
    let mut draft = standing();
    draft.move_to(id(2), Some(id(3)), JULY, act()).unwrap();
    abolished(draft.clone().close(id(1), NEXT, &act()));
    abolished(draft.clone().merge(&[id(1)], Receiver::Existing(id(3)), NEXT, &act(), false));
    draft.clone().close(id(1), EVE, &act()).unwrap_err();
    draft.merge(&[id(1)], Receiver::Existing(id(3)), JULY, &act(), false).unwrap();
    let directory = draft.finish().after;
    assert!(matches!(directory.successor(id(1), JULY, None), Successors::One(end, _) if end == id(3)));
    assert!(directory.all().all(|org| org.is_sound()));
}

const SNAPSHOT: &str = "scheme,code,name,kind\n\
    hub-system,H39.1,Ủy ban nhân dân huyện Bến Lức,district\n\
    hub-system,H39.2,Ủy ban nhân dân xã A,commune\n";

#[test]
fn a_snapshot_of_july_must_not_hold_a_district_new_or_old() {
    let parsed = Snapshot::parse(SNAPSHOT.as_bytes()).unwrap();
    let before = plan(&parsed, &Directory::default(), EVE, &act());
    assert_eq!(before.faults, []);
    let old = before.edit.unwrap().after;
    for directory in [&Directory::default(), &old] {
        let faulty = plan(&parsed, directory, JULY, &act());
        let [fault] = faulty.faults.as_slice() else { panic!("{:?}", faulty.faults) };
        assert_eq!((fault.row, fault.said.key.as_str()), (2, "registry-refused-abolished-district"));
        assert!(faulty.edit.is_none());
    }
    // Marked deleted, it ends by the day of the law even when the file comes later.
    let ended = SNAPSHOT.replace("name,kind\n", "name,kind,deleted\n").replace(",district\n", ",district,1\n");
    for day in [JULY, date(2025, 8, 15)] {
        let ends = plan(&Snapshot::parse(ended.as_bytes()).unwrap(), &old, day, &act());
        assert_eq!(ends.faults, []);
        assert!(matches!(ends.steps.as_slice(), [step] if step.kind == StepKind::Close), "{:?}", ends.steps);
        let after = ends.edit.unwrap().after;
        let holders = after.holders("hub-system", "H39.1");
        assert_eq!(after.org(holders.first().unwrap().1).unwrap().span.to, Some(JULY));
    }
}
