//! Letters to codes whose holders changed (documents §5.4 points 5 and 9).
#![expect(clippy::unwrap_used, reason = "a test that meets the unexpected should end")]

use jiff::civil::{Date, date};
use lt_kernel::id::{OrgId, Uuid};
use lt_kernel::rules::Rules;
use lt_registry::{
    Act, Addressed, Addressee, Basis, Directory, Draft, Kind, NewCode, NewOrg, NotTaken, Part, Receiver, Taker,
    seed::shipped, shipped_id,
};

const PAST: Date = date(2020, 9, 15);
const JULY: Date = date(2025, 7, 1);
/// Ninety days, the day of closing being the first.
const LAST: Date = date(2025, 9, 28);

fn id(number: u128) -> OrgId {
    OrgId(Uuid::from_u128(number))
}

fn act() -> Basis {
    Basis::act(Act::numbered("x"))
}

fn org(number: u128, kind: Kind, name: &str, code: &str) -> NewOrg {
    NewOrg::new(id(number), kind, 2, name).code(NewCode::new("qd20", code))
}

fn sent(directory: &Directory, value: &str, document: Date, today: Date) -> Addressee {
    directory.addressee(Addressed { scheme: "qd20", value, document, today })
}

fn taker(org: OrgId, code: &str) -> Taker {
    Taker { org, code: Some(code.to_owned()) }
}

/// 1 Sở TT&TT (H39.11) and 2 Sở KH&CN (H39.05), merged into 2 on 1 July.
fn merged() -> Directory {
    let mut draft = Draft::of(&Directory::default());
    draft.found(org(1, Kind::Department, "Sở Thông tin và Truyền thông", "H39.11"), PAST).unwrap();
    draft.found(org(2, Kind::Department, "Sở Khoa học và Công nghệ", "H39.05"), PAST).unwrap();
    draft.merge(&[id(1)], Receiver::Existing(id(2)), JULY, &act(), false).unwrap();
    draft.finish().after
}

#[test]
fn a_running_code_is_its_holders() {
    let directory = merged();
    assert_eq!(sent(&directory, "h39.05", date(2025, 8, 1), date(2025, 8, 2)), Addressee::Current(id(2)));
    assert_eq!(sent(&directory, "H39.11", date(2025, 6, 1), date(2025, 6, 30)), Addressee::Current(id(1)));
}

#[test]
fn a_closed_code_is_taken_for_the_successor_within_the_days_of_grace_and_refused_after_them() {
    let directory = merged();
    let taken = Addressee::Predecessor { shown: id(1), takers: vec![taker(id(2), "H39.05")], last: Some(LAST) };
    // A letter of before, and one whose sender had not heard: the first and the last day.
    for (document, today) in [(date(2025, 6, 30), JULY), (date(2025, 7, 20), LAST)] {
        assert_eq!(sent(&directory, "H39.11", document, today), taken);
    }
    let Addressee::Refused(refused) = sent(&directory, "H39.11", date(2025, 6, 30), LAST.tomorrow().unwrap()) else {
        panic!("a day too late");
    };
    let instead = vec![("Sở Khoa học và Công nghệ".to_owned(), Some("H39.05".to_owned()))];
    let name = "Sở Thông tin và Truyền thông".to_owned();
    assert_eq!(refused, NotTaken::Over { value: "H39.11".into(), name, last: LAST, instead });
    let said = format!("{:?}", refused.said());
    assert!(said.contains("Sở Khoa học và Công nghệ (H39.05)"), "the sentence names the successor's code: {said}");
}

#[test]
fn without_a_rule_for_the_day_of_closing_there_is_no_grace() {
    // Negative control: the days come from the rules, not from the code.
    let letter = Addressed { scheme: "qd20", value: "H39.11", document: date(2025, 6, 30), today: JULY };
    let none = merged().addressee_by(letter, &Rules::default());
    assert!(matches!(none, Addressee::Refused(NotTaken::Over { last, .. }) if last == date(2025, 6, 30)), "{none:?}");
    let one_day =
        "[[rule]]\nname = \"closed-code-grace\"\nvalue = 1\nvalid_from = 2025-07-01\nsource = \"x\"\ntrust = \"A\"";
    let one_day = Rules::parse(one_day).unwrap();
    assert!(matches!(merged().addressee_by(letter, &one_day), Addressee::Predecessor { last: Some(JULY), .. }));
    let next = Addressed { today: date(2025, 7, 2), ..letter };
    assert!(matches!(merged().addressee_by(next, &one_day), Addressee::Refused(NotTaken::Over { .. })));
}

#[test]
fn the_shipped_figure_is_there_and_carries_its_mark() {
    let rules = Rules::parse(include_str!("../rules/codes.toml")).unwrap();
    let rule = rules.at("closed-code-grace", JULY).unwrap();
    assert_eq!(rule.integer(), Some(90));
    assert!(rule.needs_mark(), "nobody has read the transition rule of Decision 09/2025");
}

#[test]
fn a_districts_late_mail_on_2_july_goes_to_a_clerk_with_all_the_communes() {
    let mut draft = Draft::of(&Directory::default());
    draft.found(org(1, Kind::District, "Ủy ban nhân dân huyện Bến Lức", "H39.12"), PAST).unwrap();
    let commune = |n: u128| {
        let new = org(n, Kind::Commune, &format!("Xã {n}"), &format!("H53.10{n}"));
        Part { to: Receiver::New(Box::new(new)), functions: vec![], territory: vec![], is_default: false }
    };
    draft.split(id(1), (2..5).map(commune).collect(), JULY, &act()).unwrap();
    let directory = draft.finish().after;
    let day = date(2025, 7, 2);
    let takers: Vec<_> = (2..5).map(|n| taker(id(n), &format!("H53.10{n}"))).collect();
    let answer = sent(&directory, "H39.12", day, day);
    assert_eq!(answer, Addressee::Predecessor { shown: id(1), takers, last: Some(LAST) });
    let Addressee::Refused(late) = sent(&directory, "H39.12", day, date(2026, 1, 1)) else { panic!("too late") };
    let said = format!("{:?}", late.said());
    assert!(["H53.102", "H53.103", "H53.104"].iter().all(|code| said.contains(code)), "{said}");
}

#[test]
fn h53_lives_on_with_the_new_province_so_old_letters_are_always_taken_and_show_the_old_one() {
    let directory = shipped(&Directory::default()).unwrap().after;
    let (old, new) = (shipped_id("tay-ninh"), shipped_id("tay-ninh-2025"));
    for today in [date(2025, 7, 2), date(2026, 12, 1)] {
        let answer = sent(&directory, "H53", date(2025, 6, 20), today);
        assert_eq!(answer, Addressee::Predecessor { shown: old, takers: vec![taker(new, "H53")], last: None });
        assert_eq!(sent(&directory, "H53", JULY, today), Addressee::Current(new));
    }
    // The other old province's code is closed: ninety days, then the sentence names H53.
    let answer = sent(&directory, "H39", date(2025, 7, 2), date(2025, 7, 2));
    let shown = shipped_id("long-an");
    assert_eq!(answer, Addressee::Predecessor { shown, takers: vec![taker(new, "H53")], last: Some(LAST) });
    assert!(matches!(
        sent(&directory, "H39", date(2025, 7, 2), date(2025, 12, 1)),
        Addressee::Refused(NotTaken::Over { instead, .. })
            if instead == [("Ủy ban nhân dân tỉnh Tây Ninh".to_owned(), Some("H53".to_owned()))]
    ));
}

#[test]
fn a_code_given_again_years_later_never_takes_the_first_holders_letters() {
    let mut draft = Draft::of(&Directory::default());
    draft.found(org(1, Kind::Centre, "Trung tâm cũ", "H39.77"), date(2012, 1, 1)).unwrap();
    draft.close(id(1), date(2015, 1, 1), &act()).unwrap();
    draft.found(org(2, Kind::Centre, "Trung tâm mới", "H39.77"), PAST).unwrap();
    let directory = draft.finish().after;
    assert_eq!(sent(&directory, "H39.77", date(2021, 1, 1), JULY), Addressee::Current(id(2)));
    for document in [date(2014, 12, 31), date(2018, 1, 1)] {
        let refused = NotTaken::NoSuccessor { value: "H39.77".into(), name: "Trung tâm cũ".into() };
        assert_eq!(sent(&directory, "H39.77", document, JULY), Addressee::Refused(refused));
    }
    let nobody = Addressee::Refused(NotTaken::NobodysCode { value: "H39.77".into() });
    assert_eq!(sent(&directory, "H39.77", date(2011, 1, 1), JULY), nobody);
}

#[test]
fn a_former_code_of_the_same_organisation_has_its_days_of_grace_too() {
    let mut draft = Draft::of(&Directory::default());
    draft.found(org(1, Kind::Department, "Sở Nội vụ", "H39.01"), PAST).unwrap();
    draft.recode(id(1), NewCode::new("qd20", "H39.91"), JULY).unwrap();
    let directory = draft.finish().after;
    assert_eq!(sent(&directory, "H39.91", JULY, JULY), Addressee::Current(id(1)));
    let taken = Addressee::Predecessor { shown: id(1), takers: vec![taker(id(1), "H39.91")], last: Some(LAST) };
    assert_eq!(sent(&directory, "H39.01", date(2025, 6, 1), date(2025, 7, 2)), taken);
    assert!(matches!(
        sent(&directory, "H39.01", date(2025, 6, 1), date(2025, 12, 1)),
        Addressee::Refused(NotTaken::Over { .. })
    ));
}

#[test]
fn a_document_dated_in_the_future_is_read_as_of_today() {
    let directory = merged();
    assert_eq!(sent(&directory, "H39.11", date(2025, 8, 1), date(2025, 6, 30)), Addressee::Current(id(1)));
}
