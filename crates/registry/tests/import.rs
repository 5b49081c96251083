//! A directory snapshot, compared with what is there.
#![expect(clippy::unwrap_used, reason = "a test that meets the unexpected should end")]

use jiff::civil::{Date, date};
use lt_registry::import::{Snapshot, StepKind, plan};
use lt_registry::{Basis, CodeStatus, Directory, Successors};

const FIRST: Date = date(2024, 1, 1);
const SECOND: Date = date(2025, 7, 1);

const BEFORE: &str = "scheme,code,name,kind,parent_code,level,abbrev,deleted
hub-system,H53,Ủy ban nhân dân tỉnh Tây Ninh,committee,,1,UBND,
hub-system,H53.01,Sở Nội vụ,department,H53,2,SNV,
hub-system,H53.02,Sở Thông tin và Truyền thông,department,H53,2,,
hub-system,H53.02.01,Trung tâm Công nghệ thông tin,centre,H53.02,3,,
hub-system,H53.03,Ủy ban nhân dân huyện Châu Thành,district,H53,2,,
";

const AFTER: &str = "code,scheme,kind,name,parent_code,level,deleted
H53.02.01,hub-system,centre,Trung tâm Chuyển đổi số,H53.04,3,
H53.04,hub-system,department,Sở Khoa học và Công nghệ,H53,2,
H53,hub-system,committee,Ủy ban nhân dân tỉnh Tây Ninh,,1,
H53.01,hub-system,department,Sở Nội vụ,H53,2,
H53.03,hub-system,district,Ủy ban nhân dân huyện Châu Thành,H53,2,1
";

fn imported(text: &str, directory: &Directory, on: Date) -> Directory {
    let plan = plan(&Snapshot::parse(text.as_bytes()).unwrap(), directory, on, &Basis::default());
    assert_eq!(plan.faults, []);
    plan.edit.unwrap().after
}

#[test]
fn a_second_snapshot_becomes_dated_changes() {
    let before = imported(BEFORE, &Directory::default(), FIRST);
    assert_eq!(before.len(), 5);
    let parsed = Snapshot::parse(AFTER.as_bytes()).unwrap();
    let plan = plan(&parsed, &before, SECOND, &Basis::default());
    assert_eq!(plan.faults, []);
    assert_eq!(plan.unchanged, 2);
    let told: Vec<_> = plan.steps.iter().map(|step| (step.code.as_str(), &step.kind)).collect();
    let old_parent = Some("Sở Thông tin và Truyền thông".to_owned());
    assert!(told.contains(&("H53.04", &StepKind::Found)));
    assert!(told.contains(&("H53.02.01", &StepKind::Rename("Trung tâm Công nghệ thông tin".into()))));
    assert!(told.contains(&("H53.02.01", &StepKind::Move(old_parent))));
    assert!(told.contains(&("H53.02", &StepKind::Close)) && told.contains(&("H53.03", &StepKind::Close)));
    assert_eq!(told.len(), 5);
    let after = plan.edit.unwrap().after;
    assert_eq!(after.len(), 6, "nobody is deleted");
    let old = before.by_code("hub-system", "H53.02", FIRST).unwrap();
    assert_eq!(after.by_code("hub-system", "H53.02", SECOND), None);
    assert_eq!(after.name(old, FIRST), Some("Sở Thông tin và Truyền thông"));
    assert_eq!(after.successor(old, SECOND, None), Successors::None_, "an import knows no successors");
    let centre = after.by_code("hub-system", "H53.02.01", SECOND).unwrap();
    assert_eq!(after.parent(centre, SECOND), after.by_code("hub-system", "H53.04", SECOND));
    assert!(after.all().all(|org| org.is_sound()));
}

#[test]
fn the_same_snapshot_again_changes_nothing() {
    let once = imported(BEFORE, &Directory::default(), FIRST);
    let again = |on| plan(&Snapshot::parse(BEFORE.as_bytes()).unwrap(), &once, on, &Basis::default());
    let before = again(SECOND.yesterday().unwrap());
    assert_eq!((before.steps.len(), before.unchanged, before.faults.len()), (0, 5, 0));
    assert!(before.edit.is_none());
    // From the day districts were abolished on, a list that still has one is faulty.
    let after = again(SECOND);
    assert_eq!((after.steps.len(), after.unchanged, after.faults.len()), (0, 4, 1));
    assert!(after.edit.is_none());
}

#[test]
fn faults_are_named_by_line_and_column() {
    let text = "scheme,code,name,kind,parent_code,level\n\
        hub-system,A,,department,,2\n\
        hub-system,B,Sở B,ministery,,2\n\
        hub-system,C,Sở C,department,,x\n\
        hub-system,c,Sở C,department,,2\n\
        qd20,D,Sở D,department,,2\n";
    let faults = Snapshot::parse(text.as_bytes()).unwrap_err();
    let places: Vec<_> = faults.iter().map(|fault| (fault.row, fault.column, fault.said.key.as_str())).collect();
    let expected = [
        (2, "name", "registry-import-fault-empty"),
        (3, "kind", "registry-import-fault-kind"),
        (4, "level", "registry-import-fault-level"),
        (5, "code", "registry-import-fault-twice"),
        (6, "scheme", "registry-import-fault-scheme"),
    ];
    assert_eq!(places, expected);
    let no_column = Snapshot::parse(b"scheme,code,name\n").unwrap_err();
    assert_eq!((no_column[0].row, no_column[0].column), (1, "kind"));
    assert_eq!(Snapshot::parse(b"").unwrap_err().len(), 4);
    assert!(Snapshot::parse(b"scheme,code,name,kind\n").is_err(), "an empty file would close everybody");
    assert!(Snapshot::parse(b"scheme,code,name,kind\n\xff\xfe,1,2,3\n").is_err());
}

#[test]
fn one_fault_and_nothing_is_written() {
    let once = imported(BEFORE, &Directory::default(), FIRST);
    let orphan = AFTER.replace(
        "H53.02.01,hub-system,centre,Trung tâm Chuyển đổi số,H53.04",
        "H53.02.01,hub-system,centre,Trung tâm Chuyển đổi số,H99",
    );
    let faulty = plan(&Snapshot::parse(orphan.as_bytes()).unwrap(), &once, SECOND, &Basis::default());
    assert!(faulty.edit.is_none());
    let places: Vec<_> = faulty.faults.iter().map(|fault| (fault.row, fault.column)).collect();
    // The centre stays under the department that is missing, so that one cannot end either.
    assert_eq!(places, [(2, "parent_code"), (0, "code")]);
}

#[test]
fn sub_units_of_our_own_stop_a_closing() {
    use lt_registry::{Draft, Kind, NewOrg};
    let mut draft = Draft::of(&imported(BEFORE, &Directory::default(), FIRST));
    let office = draft.directory().by_code("hub-system", "H53.02", FIRST).unwrap();
    let id = lt_kernel::id::OrgId(lt_kernel::id::Uuid::from_u128(7));
    draft.found(NewOrg::new(id, Kind::Division, 3, "Phòng Bưu chính").under(office), FIRST).unwrap();
    let faulty = plan(&Snapshot::parse(AFTER.as_bytes()).unwrap(), draft.directory(), SECOND, &Basis::default());
    assert_eq!(faulty.faults[0].said.key, "registry-refused-units-below");
    assert!(faulty.edit.is_none());
}

#[test]
fn a_snapshot_of_123_thousand_lines_is_planned() {
    use std::fmt::Write as _;
    // As many as the directory of the national axis had (documents §5.4 point 8); with the root one more.
    const LINES: usize = 123_000;
    let mut text = String::from("scheme,code,name,kind,parent_code\nhub-system,P,Gốc,committee,\n");
    for number in 0..LINES {
        let parent = if number < 100 { "P".to_owned() } else { format!("U{}", number % 100) };
        writeln!(text, "hub-system,U{number},Đơn vị {number},division,{parent}").unwrap();
    }
    let all = imported(&text, &Directory::default(), FIRST);
    let changed = text.replace("Đơn vị 4242,", "Đơn vị đổi tên,");
    let plan = plan(&Snapshot::parse(changed.as_bytes()).unwrap(), &all, SECOND, &Basis::default());
    assert_eq!((plan.steps.len(), plan.unchanged), (1, LINES));
    // The rows become dated: the old name until the day, the new one from it on, the others untouched.
    let after = plan.edit.unwrap().after;
    let unit = after.by_code("hub-system", "U4242", SECOND).unwrap();
    assert_eq!((after.name(unit, FIRST), after.name(unit, SECOND)), (Some("Đơn vị 4242"), Some("Đơn vị đổi tên")));
    // A tenth missing: they end, nobody is deleted, their codes are closed.
    let kept: Vec<&str> = text.lines().filter(|line| !line.contains(",U9") || line.contains("U9,")).collect();
    let fewer = kept.join("\n");
    let gone = text.lines().count() - fewer.lines().count();
    let plan = lt_registry::import::plan(&Snapshot::parse(fewer.as_bytes()).unwrap(), &all, SECOND, &Basis::default());
    assert_eq!(plan.faults, []);
    assert!(gone > 10_000 && plan.steps.len() == gone && plan.steps.iter().all(|step| step.kind == StepKind::Close));
    let after = plan.edit.unwrap().after;
    assert_eq!(after.len(), LINES + 1);
    let ended = after.org(all.by_code("hub-system", "U99999", FIRST).unwrap()).unwrap();
    assert!(ended.codes.iter().all(|code| code.status == CodeStatus::Closed && code.span.to == Some(SECOND)));
}
