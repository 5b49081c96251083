use lt_kernel::quantity::Exact;
use lt_paper::sheet::{CsvForm, write_csv, write_xlsx};
use lt_testkit::both_engines;

use super::check::Around;
use super::*;
use crate::observation::Value;
use crate::observation::testing::Ground;

fn words() -> Words {
    Words::load(&[("kernel", lt_kernel::words::WORDS), ("targets", crate::WORDS)]).unwrap()
}

async fn around(ground: &Ground) -> Around {
    Around::load(&ground.db, &ground.whole, &Policy::default(), &words()).await.unwrap()
}

/// Every fault as `cell or row: key`.
fn keys(outcome: &Outcome) -> Vec<String> {
    let place = |fault: &Fault| match (fault.at, fault.row) {
        (Some(at), _) => at.to_string(),
        (None, Some(row)) => row.to_string(),
        _ => "-".to_owned(),
    };
    outcome.found.list.iter().map(|fault| format!("{}: {}", place(fault), fault.said.key)).collect()
}

fn look_at(text: &str, around: &Around) -> Outcome {
    look(text.as_bytes(), around, None)
}

async fn store(ground: &Ground, outcome: &Outcome) -> Result<lt_store::Done, StoreError> {
    let whose = Whose { whole: &ground.whole, name: "a.csv", sha256: "0" };
    ground.db.commit(unit(&outcome.ready, &ground.hand(1, 10), &whose, &ground.ids)).await
}

const GOOD: &str = "Mã thước đo;Giá trị;Tính đến ngày;Kỳ;Tử số;Mẫu số;Mức hoàn thành;Nhận định;Minh chứng\n\
                    admitted;hơn 4.600;30/06/2021;2021-H1;;;;;Báo cáo miệng\n\
                    admitted;5;2021-12-31;2021;;;;;QĐ 1 | https://example.vn/1.pdf\n\
                    good-share;66,67;31/12/2021;;2;3;;;\n\
                    good-share;gần 90;31/12/2022;;;;;;\n\
                    building;;31/12/2022;;;;Đã đưa vào sử dụng;;\n\
                    unity;;31/12/2022;;;;;Nội bộ đoàn kết;\n";

both_engines! {
    async fn a_good_file_is_stored_whole(base) {
        let ground = Ground::open(&base).await;
        let outcome = look_at(GOOD, &around(&ground).await);
        assert_eq!(keys(&outcome), Vec::<String>::new());
        assert_eq!(outcome.ready.len(), 6);
        store(&ground, &outcome).await.unwrap();
        assert_eq!(ground.count().await, 6);
        let again = look_at(GOOD, &around(&ground).await);
        assert_eq!(again.found.count, 6, "each of them is stored already");
        assert!(again.found.list.iter().all(|fault| fault.said.key == "targets-import-known"));
    }

    async fn a_fault_in_the_last_row_leaves_nothing_behind(base) {
        let ground = Ground::open(&base).await;
        let around = around(&ground).await;
        let bad = format!("{GOOD}admitted;7;31/12/2031;;;;;;\n");
        let outcome = look_at(&bad, &around);
        assert_eq!(keys(&outcome), ["C8: targets-observation-outside-term"]);
        assert_eq!(outcome.ready.len(), 6, "without the check of faults these would be stored");
        // The database itself keeps the promise too, when what is refused is found only there.
        let twice = look_at(&format!("{GOOD}admitted;7;31/12/2023;;;;;;\n"), &around);
        let mut ready = twice.ready.clone();
        ready.push(ready[0].clone());
        let outcome = Outcome { ready, ..twice.clone() };
        assert!(matches!(store(&ground, &outcome).await, Err(StoreError::Constraint(_))));
        assert_eq!(ground.count().await, 0);
        // Negative control: without the row that is refused, the same unit is stored.
        store(&ground, &twice).await.unwrap();
        assert_eq!(ground.count().await, 7);
    }

    async fn what_is_exported_is_imported_the_same(base) {
        let ground = Ground::open(&base).await;
        let outcome = look_at(GOOD, &around(&ground).await);
        store(&ground, &outcome).await.unwrap();
        let mut details = Vec::new();
        for (id, _) in &ground.whole.measures {
            details.extend(store::of_measure(&ground.db, *id).await.unwrap());
        }
        details.sort_by_key(|one| (one.seen.recorded_at, one.seen.id));
        // Kept until the end: with the place its database goes.
        let other = base.another().await;
        let empty = Ground::open(&other).await;
        let fresh = around(&empty).await;
        for lang in lt_kernel::Lang::ALL {
            let grid = out::stored(&ground.whole, &details, lang);
            let csv = write_csv(&grid, CsvForm { delimiter: b';', ..CsvForm::default() }).unwrap();
            let xlsx = write_xlsx(&grid, ground.now).unwrap();
            for bytes in [csv, xlsx] {
                let back = look(&bytes, &fresh, None);
                assert_eq!(keys(&back), Vec::<String>::new());
                let plain = |outcome: &Outcome| {
                    outcome.ready.iter().map(|one| Ready { row: 0, ..one.clone() }).collect::<Vec<_>>()
                };
                assert_eq!(plain(&back), plain(&outcome));
            }
        }
    }

    async fn a_template_comes_back_without_faults_and_rows_left_empty_are_skipped(base) {
        let ground = Ground::open(&base).await;
        let around = around(&ground).await;
        let mut grid = out::template(&ground.whole, lt_kernel::Lang::Vi);
        assert_eq!(grid.rows.len(), 4);
        grid.rows[1][2] = lt_paper::sheet::Out::Date("2021-06-30".parse().unwrap());
        grid.rows[1][3] = lt_paper::sheet::Out::Number("1.234".into());
        let outcome = look(&write_xlsx(&grid, ground.now).unwrap(), &around, None);
        assert_eq!(keys(&outcome), Vec::<String>::new());
        assert_eq!((outcome.ready.len(), outcome.skipped), (1, 3));
        let Value::Number { value } = &outcome.ready[0].value else { panic!() };
        assert_eq!(value.number, Exact::from_parts(1234, 1000).unwrap(), "a typed number is never asked about");
    }
}

#[tokio::test]
async fn every_fault_is_named_with_its_cell() {
    let base = lt_testkit::db::Base::sqlite();
    let ground = Ground::open(&base).await;
    let around = around(&ground).await;
    let head = "measure;value;as_of;period;numerator;denominator;sentence;evidence;stage\n";
    for (row, expected) in [
        ("nobody;5;2021-01-01;;;;;;", &["A2: targets-import-measure-unknown"][..]),
        ("admitted;cỡ 5;2021-01-01;;;;;;", &["B2: kernel-number-unknown-qualifier"]),
        ("admitted;5;31/02/2021;;;;;;", &["C2: kernel-date-no-such-day"]),
        ("admitted;5;;;;;;;", &["C2: targets-observation-no-date"]),
        ("admitted;5;2019-12-31;;;;;;", &["C2: targets-observation-outside-term"]),
        ("admitted;5;2021-01-01;Q9;;;;;", &["D2: targets-file-period-unknown"]),
        ("good-share;70;2021-01-01;;2;3;;;", &["B2: targets-finding-parts-disagree"]),
        ("good-share;100;2021-01-01;;199;200;;;", &["B2: targets-finding-parts-disagree"]),
        ("good-share;;2021-01-01;;2;;;;", &["F2: targets-observation-denominator"]),
        ("good-share;;2021-01-01;;2;hai;;;", &["F2: kernel-number-empty"]),
        ("admitted;5;2021-01-01;;;;S9;;", &["G2: targets-file-sentence-unknown"]),
        ("admitted;5;2021-01-01;;;;;x | javascript:1;", &["H2: targets-entry-link-form"]),
        ("building;;2021-01-01;;;;;;xong", &["I2: targets-import-stage"]),
        ("admitted;;2021-01-01;;;;;;", &["B2: targets-observation-no-value"]),
        ("building;5;2021-01-01;;;;;;", &["B2: targets-observation-wrong-kind"]),
        ("admitted;=1+1;2021-01-01;;;;;;", &["B2: paper-sheet-formula"]),
        ("admitted;1.234;2021-01-01;;;;;;", &["B2: kernel-number-ambiguous"]),
        ("admitted;5;2021-01-01;;;;;;\nadmitted;6;01/01/2021;;;;;;", &["A3: targets-import-twice"]),
        (
            "admitted;gần 1.234,5;2021-01-01;;;;;;\nadmitted;1,234.5;2021-01-02;;;;;;",
            &["B2: targets-import-mixed", "B3: targets-import-mixed"],
        ),
    ] {
        let outcome = look_at(&format!("{head}{row}\n"), &around);
        assert_eq!(keys(&outcome), expected, "{row}");
    }
}

#[tokio::test]
async fn a_question_about_numbers_is_answered_by_choosing_or_by_a_witness() {
    let base = lt_testkit::db::Base::sqlite();
    let ground = Ground::open(&base).await;
    let around = around(&ground).await;
    let head = "measure;value;as_of\n";
    let number = |outcome: &Outcome| match &outcome.ready.first()?.value {
        Value::Number { value } => Some(value.number),
        _ => None,
    };
    let text = format!("{head}admitted;1.234;2021-01-01\n");
    let asked = look(text.as_bytes(), &around, None);
    assert!(asked.asks && asked.ready.is_empty());
    assert_eq!(number(&look(text.as_bytes(), &around, Some(Convention::Vi))), Some(Exact::whole(1234)));
    assert_eq!(number(&look(text.as_bytes(), &around, Some(Convention::En))), Exact::from_parts(1234, 1000));
    let settled = format!("{text}admitted;hơn 66,67;2021-01-02\n");
    assert_eq!(number(&look(settled.as_bytes(), &around, None)), Some(Exact::whole(1234)));
}

#[tokio::test]
async fn broken_files_are_refused_with_the_place() {
    let base = lt_testkit::db::Base::sqlite();
    let ground = Ground::open(&base).await;
    let around = around(&ground).await;
    for (bytes, expected) in [
        (&b""[..], "-: paper-sheet-empty"),
        (b"PK\x03\x04", "-: paper-sheet-damaged"),
        (b"measure;value;as_of\nadmitted;\xFF;2021-01-01\n", "-: paper-sheet-not-utf8"),
        (b"measure;value;as_of\n", "-: targets-import-nothing"),
        (b"measure;value;as_of\nadmitted;\"5;2021-01-01\n", "-: paper-sheet-open-quote"),
    ] {
        assert_eq!(keys(&look(bytes, &around, None)), [expected], "{:?}", String::from_utf8_lossy(bytes));
    }
}

#[tokio::test]
async fn a_file_of_nothing_but_faults_counts_them_all_and_keeps_a_thousand() {
    let base = lt_testkit::db::Base::sqlite();
    let ground = Ground::open(&base).await;
    let around = around(&ground).await;
    let text = format!("measure;value;as_of\n{}", "x;1;2021-01-01\n".repeat(3_000));
    let outcome = look_at(&text, &around);
    assert_eq!((outcome.found.count, outcome.found.list.len()), (3_000, fault::MOST));
}
