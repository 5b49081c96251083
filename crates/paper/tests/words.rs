//! Every fault has words in both languages, with the same values.

#![expect(clippy::unwrap_used, reason = "helpers of tests may fail loudly")]

use std::collections::{BTreeMap, BTreeSet};

use lt_kernel::{Lang, Said};
use lt_paper::sheet::{At, Hazard, HazardKind, SheetFault};
use lt_paper::{PaperFault, WORDS};

fn texts(lang: Lang) -> BTreeMap<&'static str, &'static str> {
    let file = WORDS.iter().find(|(found, _)| *found == lang).unwrap().1;
    file.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(" = ")).collect()
}

fn values(text: &str) -> BTreeSet<&str> {
    text.split("{ $").skip(1).filter_map(|rest| rest.split(' ').next()).collect()
}

fn every_said() -> Vec<Said> {
    let at = At { row: 3, column: 1 };
    let name = || "x".to_owned();
    let sheet = [
        SheetFault::TooLarge { limit: 1 },
        SheetFault::TooManyRows { limit: 1 },
        SheetFault::TooWide { at, limit: 1 },
        SheetFault::CellTooLong { at, limit: 1 },
        SheetFault::OpenQuote { at },
        SheetFault::Empty,
        SheetFault::NotASheet,
        SheetFault::OldOrLocked,
        SheetFault::Bomb { entry: name() },
        SheetFault::Damaged { detail: name() },
        SheetFault::NotUtf8 { line: 1, byte: 1 },
        SheetFault::NotUtf16 { line: 1 },
        SheetFault::NoSheet { name: name() },
        SheetFault::AllHidden,
        SheetFault::Unreadable { detail: name() },
    ];
    let paper = [
        PaperFault::NoAnchor { name: name() },
        PaperFault::TwoAnchors { name: name() },
        PaperFault::Page,
        PaperFault::Writer { detail: name() },
    ];
    let kinds =
        [HazardKind::Formula, HazardKind::Merged, HazardKind::Error, HazardKind::HiddenRow, HazardKind::HiddenColumn];
    let mut all: Vec<Said> = sheet.iter().map(SheetFault::said).collect();
    all.extend(paper.iter().map(PaperFault::said));
    all.extend(kinds.map(|kind| Hazard { at, kind }.said()));
    all
}

#[test]
fn every_fault_is_said_in_both_languages() {
    let (vi, en) = (texts(Lang::Vi), texts(Lang::En));
    assert_eq!(vi.keys().collect::<Vec<_>>(), en.keys().collect::<Vec<_>>());
    let mut used = BTreeSet::new();
    for said in every_said() {
        let given: BTreeSet<&str> = said.args.iter().map(|(name, _)| name.as_str()).collect();
        for text in [vi.get(said.key.as_str()), en.get(said.key.as_str())] {
            let text = text.unwrap_or_else(|| panic!("no words for {}", said.key));
            assert!(values(text).is_subset(&given), "{}: {text}", said.key);
        }
        used.insert(said.key);
    }
    assert_eq!(used.len(), vi.len(), "a text nobody says");
}
