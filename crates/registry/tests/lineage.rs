//! Organisations followed through mergers, splits and renames (documents §5.3 and §5.4 point 9).
#![expect(clippy::unwrap_used, reason = "a test that meets the unexpected should end")]

use jiff::civil::{Date, date};
use lt_kernel::id::{OrgId, Uuid};
use lt_registry::{
    Act, Basis, Directory, Draft, Kind, NewCode, NewOrg, Part, Receiver, Refused, Successors, Territory,
};

const PAST: Date = date(2008, 8, 1);
const MARCH: Date = date(2025, 3, 1);
const JULY: Date = date(2025, 7, 1);

fn id(number: u128) -> OrgId {
    OrgId(Uuid::from_u128(number))
}

fn act(number: &str) -> Basis {
    Basis::act(Act::numbered(number))
}

fn org(number: u128, kind: Kind, name: &str) -> NewOrg {
    NewOrg::new(id(number), kind, 2, name)
}

fn into(number: u128) -> Receiver {
    Receiver::Existing(id(number))
}

fn part(to: Receiver, functions: &[&str], is_default: bool) -> Part {
    Part { to, functions: functions.iter().map(|name| (*name).to_owned()).collect(), territory: vec![], is_default }
}

fn merge(draft: &mut Draft, givers: &[u128], receiver: Receiver, on: Date) {
    let givers: Vec<_> = givers.iter().map(|giver| id(*giver)).collect();
    draft.merge(&givers, receiver, on, &act("x"), false).unwrap();
}

/// 1 Sở TT&TT, 2 Sở KH&CN → 3 the new Sở KH&CN; other province: 11 and 12 → 13; July: 3 and 13 → 20.
fn two_mergers(first: &str, second: &str) -> Directory {
    let mut draft = Draft::of(&Directory::default());
    for (base, place) in [(0, first), (10, second)] {
        draft.found(org(base + 1, Kind::Department, &format!("Sở Thông tin và Truyền thông {place}")), PAST).unwrap();
        draft.found(org(base + 2, Kind::Department, &format!("Sở Khoa học và Công nghệ {place}")), PAST).unwrap();
        let new = org(base + 3, Kind::Department, &format!("Sở Khoa học và Công nghệ {place}"));
        merge(&mut draft, &[base + 1, base + 2], Receiver::New(Box::new(new)), MARCH);
    }
    let new = org(20, Kind::Department, &format!("Sở Khoa học và Công nghệ {second}"));
    merge(&mut draft, &[3, 13], Receiver::New(Box::new(new)), JULY);
    draft.finish().after
}

#[test]
fn long_an_is_followed_through_both_mergers_to_tay_ninh() {
    let directory = two_mergers("tỉnh Long An", "tỉnh Tây Ninh");
    let at = |date| directory.successor(id(1), date, None);
    assert_eq!(at(date(2025, 2, 28)), Successors::Same);
    assert!(matches!(at(date(2025, 6, 30)), Successors::One(end, chain) if end == id(3) && chain.len() == 1));
    let Successors::One(end, chain) = at(date(2025, 7, 2)) else { panic!("one successor") };
    assert_eq!(end, id(20));
    let days: Vec<_> = chain.iter().map(|step| (step.from, step.to, step.effective)).collect();
    assert_eq!(days, [(id(1), id(3), MARCH), (id(3), id(20), JULY)]);
    assert_eq!(directory.name(id(20), JULY), Some("Sở Khoa học và Công nghệ tỉnh Tây Ninh"));
    // What it was called then stays.
    assert_eq!(directory.name(id(1), date(2020, 6, 12)), Some("Sở Thông tin và Truyền thông tỉnh Long An"));
}

#[test]
fn hai_duong_is_followed_into_hai_phong() {
    let directory = two_mergers("tỉnh Hải Dương", "thành phố Hải Phòng");
    assert!(matches!(directory.successor(id(1), JULY, None), Successors::One(end, _) if end == id(20)));
    assert!(matches!(directory.successor(id(12), JULY, None), Successors::One(end, _) if end == id(20)));
}

#[test]
fn tuyen_quang_absorbs_ha_giang_after_the_march_step_in_both_provinces() {
    // 1 Sở TT&TT and 2 Sở KH&CN of Hà Giang → 3 in March; 11 and 12 of Tuyên Quang → 13; July: both → 20.
    let directory = two_mergers("tỉnh Hà Giang", "tỉnh Tuyên Quang");
    let days = [date(2025, 2, 28), MARCH, date(2025, 6, 30), JULY, date(2026, 12, 1)];
    let ends = |from: u128| {
        days.map(|day| match directory.successor(id(from), day, None) {
            Successors::Same => from,
            Successors::One(end, chain) => {
                assert!(
                    chain.windows(2).all(|pair| pair[0].to == pair[1].from && pair[0].effective < pair[1].effective)
                );
                end.0.as_u128()
            }
            other => panic!("{from} on {day}: {other:?}"),
        })
    };
    assert_eq!(ends(1), [1, 3, 3, 20, 20]);
    assert_eq!(ends(2), [2, 3, 3, 20, 20]);
    assert_eq!(ends(11), [11, 13, 13, 20, 20]);
    assert_eq!(ends(12), [12, 13, 13, 20, 20]);
    // Two steps, each on its day.
    let Successors::One(_, chain) = directory.successor(id(11), JULY, None) else { panic!("one successor") };
    let steps: Vec<_> = chain.iter().map(|step| (step.from, step.to, step.effective)).collect();
    assert_eq!(steps, [(id(11), id(13), MARCH), (id(13), id(20), JULY)]);
    assert!(directory.org_at(id(3), date(2025, 6, 30)).is_some() && directory.org_at(id(3), JULY).is_none());
    assert_eq!(directory.name(id(11), date(2020, 6, 12)), Some("Sở Thông tin và Truyền thông tỉnh Tuyên Quang"));
}

#[test]
fn tuyen_quang_may_live_on_and_absorb_ha_giang_and_press_went_to_culture_in_march() {
    // Succession is per function: in March the press of 1 Sở TT&TT went to 4 culture, the rest to 2 science.
    let mut draft = Draft::of(&Directory::default());
    for (base, place) in [(0, "tỉnh Tuyên Quang"), (10, "tỉnh Hà Giang")] {
        draft.found(org(base + 1, Kind::Department, &format!("Sở Thông tin và Truyền thông {place}")), PAST).unwrap();
        draft
            .found(org(base + 4, Kind::Department, &format!("Sở Văn hóa, Thể thao và Du lịch {place}")), PAST)
            .unwrap();
        let science = org(base + 2, Kind::Department, &format!("Sở Khoa học và Công nghệ {place}"));
        let science = part(Receiver::New(Box::new(science)), &["it"], true);
        draft.split(id(base + 1), vec![science, part(into(base + 4), &["press"], false)], MARCH, &act("x")).unwrap();
    }
    merge(&mut draft, &[12], into(2), JULY);
    merge(&mut draft, &[14], into(4), JULY);
    let directory = draft.finish().after;
    let to = |from, day, function| match directory.successor(id(from), day, function) {
        Successors::One(end, _) => end,
        other => panic!("{other:?}"),
    };
    assert_eq!((to(1, MARCH, None), to(1, JULY, Some("press"))), (id(2), id(4)));
    assert_eq!((to(11, MARCH, None), to(11, MARCH, Some("press"))), (id(12), id(14)));
    assert_eq!((to(11, JULY, None), to(11, JULY, Some("press"))), (id(2), id(4)));
    assert_eq!(directory.successor(id(2), JULY, None), Successors::Same);
}

#[test]
fn dong_nai_changes_class_in_2026_and_keeps_its_codes() {
    let mut draft = Draft::of(&Directory::default());
    let mut new = org(1, Kind::Committee, "Ủy ban nhân dân tỉnh Đồng Nai");
    new = new.code(NewCode::new("gso2025", "75")).code(NewCode::new("qd20", "H19"));
    new.territory = Some(Territory { class: "province".into(), name: "tỉnh Đồng Nai".into() });
    draft.found(new, JULY).unwrap();
    let (eve, day) = (date(2026, 4, 29), date(2026, 4, 30));
    let city = Territory { class: "central_city".into(), name: "thành phố Đồng Nai".into() };
    draft.reclassify(id(1), city, day, act("30/2026/QH16")).unwrap();
    let directory = draft.finish().after;
    let class = |date| directory.org(id(1)).unwrap().territories.at(date).unwrap().class.clone();
    assert_eq!((class(eve).as_str(), class(day).as_str()), ("province", "central_city"));
    for day in [eve, day] {
        assert_eq!(directory.by_code("gso2025", "75", day), Some(id(1)));
        assert_eq!(directory.by_code("qd20", "H19", day), Some(id(1)));
    }
}

#[test]
fn hue_changes_name_and_class_and_keeps_its_code() {
    let mut draft = Draft::of(&Directory::default());
    let mut hue = org(1, Kind::Committee, "Ủy ban nhân dân tỉnh Thừa Thiên Huế").code(NewCode::new("qd20", "H57"));
    hue.territory = Some(Territory { class: "province".into(), name: "tỉnh Thừa Thiên Huế".into() });
    draft.found(hue, PAST).unwrap();
    let day = date(2025, 1, 1);
    draft.rename(id(1), "Ủy ban nhân dân thành phố Huế", day, act("175/2024/QH15")).unwrap();
    let city = Territory { class: "central_city".into(), name: "thành phố Huế".into() };
    draft.reclassify(id(1), city, day, act("175/2024/QH15")).unwrap();
    let directory = draft.finish().after;
    let class = |date| directory.org(id(1)).unwrap().territories.at(date).unwrap().class.clone();
    for day in [date(2024, 12, 31), date(2026, 1, 1)] {
        assert_eq!(directory.by_code("qd20", "h57", day), Some(id(1)), "the code is kept, and case does not matter");
        assert_eq!(directory.successor(id(1), day, None), Successors::Same);
    }
    assert_eq!((class(date(2024, 12, 31)).as_str(), class(day).as_str()), ("province", "central_city"));
    assert_eq!(directory.name(id(1), date(2024, 12, 31)), Some("Ủy ban nhân dân tỉnh Thừa Thiên Huế"));
}

#[test]
fn a_commune_split_in_two_has_several_successors_and_a_clerk_decides() {
    let mut draft = Draft::of(&Directory::default());
    draft.found(org(1, Kind::Commune, "Xã Tân Lập"), PAST).unwrap();
    let parts = vec![
        part(Receiver::New(Box::new(org(2, Kind::Commune, "Xã Tân Lập Đông"))), &[], false),
        part(Receiver::New(Box::new(org(3, Kind::Commune, "Xã Tân Lập Tây"))), &[], false),
    ];
    draft.split(id(1), parts, JULY, &act("x")).unwrap();
    let directory = draft.finish().after;
    assert_eq!(directory.successor(id(1), JULY, None), Successors::Several(vec![id(2), id(3)]));
    assert_eq!(directory.successor(id(1), JULY, Some("land")), Successors::Several(vec![id(2), id(3)]));
}

#[test]
fn a_default_receiver_takes_the_mail_and_a_named_function_goes_its_own_way() {
    let mut draft = Draft::of(&Directory::default());
    draft.found(org(1, Kind::Department, "Sở Thông tin và Truyền thông"), PAST).unwrap();
    draft.found(org(3, Kind::Department, "Sở Văn hóa, Thể thao và Du lịch"), PAST).unwrap();
    let new = Receiver::New(Box::new(org(2, Kind::Department, "Sở Khoa học và Công nghệ")));
    draft.split(id(1), vec![part(new, &["it"], true), part(into(3), &["press"], false)], MARCH, &act("x")).unwrap();
    let directory = draft.finish().after;
    let to = |function| match directory.successor(id(1), MARCH, function) {
        Successors::One(end, _) => end,
        other => panic!("{other:?}"),
    };
    assert_eq!(to(None), id(2));
    assert_eq!(to(Some("press")), id(3));
    assert_eq!(to(Some("it")), id(2));
    assert_eq!(to(Some("archives")), id(2), "nobody named it: the default receiver");
}

#[test]
fn late_mail_to_a_district_on_2_july() {
    let mut draft = Draft::of(&Directory::default());
    let district = org(1, Kind::District, "Ủy ban nhân dân huyện Bến Lức").code(NewCode::new("qd20", "H39.12"));
    draft.found(district, PAST).unwrap();
    let parts = (2..5).map(|n| part(Receiver::New(Box::new(org(n, Kind::Commune, &format!("Xã {n}")))), &[], false));
    draft.split(id(1), parts.collect(), JULY, &act("x")).unwrap();
    let directory = draft.finish().after;
    let day = date(2025, 7, 2);
    assert_eq!(directory.by_code("qd20", "H39.12", day), None, "the code is closed");
    let holders = directory.holders("qd20", "H39.12");
    assert_eq!(holders.last().map(|(_, id)| *id), Some(id(1)), "but the registry knows whose it was");
    assert_eq!(directory.successor(id(1), day, None), Successors::Several(vec![id(2), id(3), id(4)]));
}

#[test]
fn ways_that_meet_again_are_one_answer() {
    let mut draft = Draft::of(&Directory::default());
    draft.found(org(1, Kind::District, "Huyện A"), PAST).unwrap();
    let parts = (2..4).map(|n| part(Receiver::New(Box::new(org(n, Kind::Commune, &format!("Xã {n}")))), &[], false));
    draft.split(id(1), parts.collect(), MARCH, &act("x")).unwrap();
    merge(&mut draft, &[2, 3], Receiver::New(Box::new(org(4, Kind::Commune, "Xã B"))), JULY);
    let directory = draft.finish().after;
    // Each way was only a part, so the single end is still offered to a clerk, not taken.
    assert_eq!(directory.successor(id(1), JULY, None), Successors::Several(vec![id(4)]));
    assert!(matches!(directory.successor(id(2), JULY, None), Successors::One(end, _) if end == id(4)));
}

#[test]
fn the_same_code_names_another_legal_person_after_the_merger() {
    let mut draft = Draft::of(&Directory::default());
    let old = org(1, Kind::Committee, "Ủy ban nhân dân tỉnh Tây Ninh").code(NewCode::new("qd20", "H53"));
    draft.found(old, PAST).unwrap();
    draft
        .found(org(2, Kind::Committee, "Ủy ban nhân dân tỉnh Long An").code(NewCode::new("qd20", "H39")), PAST)
        .unwrap();
    let new = org(3, Kind::Committee, "Ủy ban nhân dân tỉnh Tây Ninh").code(NewCode::new("qd20", "H53"));
    merge(&mut draft, &[1, 2], Receiver::New(Box::new(new)), JULY);
    let directory = draft.finish().after;
    assert_eq!(directory.by_code("qd20", "H53", date(2025, 6, 30)), Some(id(1)));
    assert_eq!(directory.by_code("qd20", "H53", JULY), Some(id(3)));
    assert_eq!(directory.by_code("qd20", "H39", JULY), None);
}

#[test]
fn a_code_may_come_back_years_later_but_never_to_two_at_once() {
    let mut draft = Draft::of(&Directory::default());
    draft.found(org(1, Kind::Centre, "Trung tâm cũ").code(NewCode::new("local", "TT01")), PAST).unwrap();
    let taken = draft.clone().found(org(2, Kind::Centre, "Trung tâm mới").code(NewCode::new("LOCAL", "tt01")), MARCH);
    assert!(matches!(taken, Err(Refused::CodeTaken { holder, .. }) if holder == "Trung tâm cũ"));
    draft.close(id(1), date(2015, 1, 1), &act("x")).unwrap();
    draft.found(org(2, Kind::Centre, "Trung tâm mới").code(NewCode::new("local", "TT01")), MARCH).unwrap();
    let directory = draft.directory();
    assert_eq!(directory.by_code("local", "TT01", date(2014, 12, 31)), Some(id(1)));
    assert_eq!(directory.by_code("local", "TT01", date(2020, 1, 1)), None);
    assert_eq!(directory.by_code("local", "TT01", MARCH), Some(id(2)));
    // Given back in time it would overlap: refused as well.
    draft.found(org(3, Kind::Centre, "Trung tâm khác"), PAST).unwrap();
    assert!(matches!(
        draft.recode(id(3), NewCode::new("local", "TT01"), date(2018, 1, 1)),
        Err(Refused::CodeTaken { .. })
    ));
}

#[test]
fn circles_lanes_and_orphans_are_refused() {
    let mut draft = Draft::of(&Directory::default());
    draft.found(org(1, Kind::Committee, "UBND tỉnh"), PAST).unwrap();
    draft.found(org(2, Kind::Department, "Sở A").under(id(1)), PAST).unwrap();
    draft.found(org(3, Kind::Division, "Phòng B").under(id(2)), PAST).unwrap();
    let basis = act("x");
    let refused = draft.clone().move_to(id(1), Some(id(3)), MARCH, basis.clone());
    assert!(matches!(refused, Err(Refused::Circle { .. })), "{refused:?}");
    let cell = org(4, Kind::PartyCell, "Chi bộ Sở A").under(id(2));
    assert!(matches!(draft.clone().found(cell, MARCH), Err(Refused::Lanes { .. })));
    assert!(matches!(draft.clone().close(id(2), MARCH, &basis), Err(Refused::UnitsBelow { count: 1, .. })));
    let later = org(5, Kind::Division, "Phòng C").under(id(2));
    assert!(matches!(draft.clone().found(later, date(2000, 1, 1)), Err(Refused::NotAlive { .. })));
    // A circle that would only arise later is one too.
    let mut later = draft.clone();
    later.found(org(6, Kind::Department, "Sở D").under(id(1)), PAST).unwrap();
    later.move_to(id(6), Some(id(3)), date(2030, 1, 1), basis.clone()).unwrap();
    assert!(matches!(later.move_to(id(2), Some(id(6)), MARCH, basis), Err(Refused::Circle { .. })));
}

#[test]
fn units_go_along_when_asked() {
    let mut draft = Draft::of(&Directory::default());
    draft.found(org(1, Kind::Department, "Sở A"), PAST).unwrap();
    draft.found(org(2, Kind::Department, "Sở B"), PAST).unwrap();
    draft.found(org(3, Kind::Division, "Phòng").under(id(1)), PAST).unwrap();
    let left = draft.clone().merge(&[id(1)], into(2), MARCH, &act("x"), false);
    assert!(matches!(left, Err(Refused::UnitsBelow { .. })));
    draft.merge(&[id(1)], into(2), MARCH, &act("x"), true).unwrap();
    let directory = draft.finish().after;
    assert_eq!(directory.children(id(1), date(2025, 2, 28)), [id(3)]);
    assert_eq!(directory.children(id(2), MARCH), [id(3)]);
    assert!(directory.descendants(id(2), MARCH).contains(&id(3)));
    assert_eq!(directory.ancestors(id(3), date(2020, 1, 1)), [id(1)]);
}

#[test]
fn a_function_handed_over_is_followed_while_both_live() {
    let mut draft = Draft::of(&Directory::default());
    draft.found(org(1, Kind::Department, "Sở A"), PAST).unwrap();
    draft.found(org(2, Kind::Department, "Sở B"), PAST).unwrap();
    draft.hand_over(id(1), &part(into(2), &["press"], false), MARCH, &act("x")).unwrap();
    let directory = draft.finish().after;
    assert_eq!(directory.successor(id(1), MARCH, None), Successors::Same);
    assert!(matches!(directory.successor(id(1), MARCH, Some("press")), Successors::One(end, _) if end == id(2)));
    assert_eq!(directory.successor(id(1), date(2025, 2, 28), Some("press")), Successors::Same);
}

#[test]
fn ended_without_successor_is_nobody() {
    let mut draft = Draft::of(&Directory::default());
    draft.found(org(1, Kind::Centre, "Trung tâm"), PAST).unwrap();
    draft.close(id(1), MARCH, &act("x")).unwrap();
    assert_eq!(draft.directory().successor(id(1), MARCH, None), Successors::None_);
    assert_eq!(draft.directory().successor(id(1), date(2000, 1, 1), None), Successors::None_);
    assert_eq!(draft.directory().successor(id(9), MARCH, None), Successors::None_);
}
