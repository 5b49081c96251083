//! Every figure of the five reports beside the list written by hand from them, and the way of all eight files
//! through the public import.

use std::collections::{BTreeMap, BTreeSet};

use lienthong::sample::{self, RESOLUTIONS};
use lt_kernel::quantity::Reported;
use lt_store::Db;
use lt_targets::file::format::Header;
use lt_targets::observation::store as observations;
use lt_targets::observation::{Evidence, Value};
use lt_targets::resolution::model::MeasureId;
use lt_targets::resolution::store;
use lt_testkit::both_engines;

use crate::acceptance::{Figure, code_of, table, told};
use crate::browser::File;
use crate::world::World;

fn word(value: &Reported) -> String {
    let word = value.word.as_deref().map(|word| format!(" {word}")).unwrap_or_default();
    format!("{}{word} {}", value.qualifier.code(), value.number)
}

/// A value as the list writes it: what it is, the remainder, the ratio as told.
fn said(value: &Value) -> (String, String, String) {
    let alone = |is: String| (is, String::new(), String::new());
    match value {
        Value::Number { value } => alone(word(value)),
        Value::Parts { numerator, denominator, rest: true, told } => {
            (word(numerator), word(denominator), told.as_ref().map(word).unwrap_or_default())
        }
        Value::Grade { scheme, grade } => alone(format!("grade {scheme}/{grade}")),
        Value::Unknown { why } if !why.is_empty() => alone("unknown".to_owned()),
        Value::Narrative { text, chosen: None } if !text.is_empty() => alone("words".to_owned()),
        other => alone(format!("{other:?}")),
    }
}

impl Figure {
    fn line(&self) -> String {
        let (file, value) = (code_of(&self.file), (self.is.clone(), self.rest.clone(), self.told.clone()));
        line(
            &[file, &self.sentence, &self.measure, &self.as_of.to_string(), &self.period, &self.unit, &self.event],
            value,
        )
    }
}

fn line(place: &[&str], (is, rest, told): (String, String, String)) -> String {
    format!("{} | {is} | rest {rest} | told {told}", place.join(" / "))
}

/// Every observation the program holds, as a line of the list.
async fn held(db: &Db) -> Vec<String> {
    let all = store::list(db).await.unwrap();
    let mut measures: BTreeMap<MeasureId, String> = BTreeMap::new();
    for listed in &all {
        let whole = store::whole(db, listed.id).await.unwrap().unwrap();
        measures.extend(whole.measures.into_iter().map(|(id, measure)| (id, measure.code)));
    }
    let mut lines = Vec::new();
    for (id, code) in measures {
        for one in observations::of_measure(db, id).await.unwrap() {
            let seen = &one.seen;
            assert_eq!(seen.evidence, Evidence::Told, "{code}: a report tells it, nothing shows it");
            // No figure of the sample lies in two terms of its organisation.
            let sql = "SELECT r.code FROM targets_resolution r JOIN targets_measure m ON m.org = r.org \
                       WHERE m.id = $1 AND r.term_from <= $2 AND r.term_to > $3";
            let day = seen.as_of.to_string();
            let terms = db.read(sql, lt_store::params![id, day.as_str(), day.as_str()]).await.unwrap();
            assert_eq!(terms.len(), 1, "{code} {day}");
            let file: String = terms[0].get("code").unwrap();
            let period = seen.period.as_ref().map(ToString::to_string).unwrap_or_default();
            let (unit, event) = (seen.unit.clone().unwrap_or_default(), seen.event.clone().unwrap_or_default());
            lines.push(line(&[&file, &one.sentence, &code, &day, &period, &unit, &event], said(&seen.value)));
        }
    }
    lines.sort();
    lines
}

/// Who adopted the resolution of a file.
fn issuer(text: &str) -> &str {
    text.lines().find_map(|line| line.strip_prefix("issuer = \"")).unwrap().trim_end_matches('"')
}

fn expected() -> Vec<String> {
    let mut lines: Vec<String> = table().figure.iter().map(Figure::line).collect();
    lines.sort();
    lines
}

/// Fails with the lines only one side has.
#[track_caller]
fn same(held: &[String], expected: &[String]) {
    let only = |one: &[String], other: &[String]| {
        one.iter().filter(|line| !other.contains(line)).cloned().collect::<Vec<_>>().join("\n  ")
    };
    let (more, less) = (only(held, expected), only(expected, held));
    assert_eq!(held, expected, "\nonly in the program:\n  {more}\nonly in the list:\n  {less}");
}

both_engines! {
    async fn every_figure_is_the_one_the_report_writes_and_there_is_no_other(base) {
        let world = World::with_sample(base).await;
        same(&held(&world.ground.db).await, &expected());
    }

    async fn what_carries_no_figure_says_why_and_has_none(base) {
        let world = World::with_sample(base).await;
        let table = table();
        let figures: BTreeSet<&str> = table.figure.iter().map(|one| one.id.as_str()).collect();
        let stated: BTreeSet<&str> = table.stated.iter().map(|one| one.id.as_str()).collect();
        for place in table.id.iter().filter(|place| !place.id.starts_with('T')) {
            let (figure, bare) = (figures.contains(place.id.as_str()), stated.contains(place.id.as_str()));
            assert!(figure != bare, "{}: a figure ({figure}) or a reason for none ({bare})", place.id);
        }
        let lines = held(&world.ground.db).await;
        for one in &table.stated {
            assert!(!one.why.is_empty(), "{}", one.id);
            let place = format!("{} / {} / ", code_of(&one.file), one.id);
            assert!(!lines.iter().any(|line| line.starts_with(&place)), "{}: there is a figure on it", one.id);
        }
    }

    async fn congresses_and_terms_are_those_of_the_reports(base) {
        let world = World::with_sample(base).await;
        let heads = table().head;
        assert_eq!(heads.len(), RESOLUTIONS.len());
        for head in heads {
            let listed = store::by_code(&world.ground.db, code_of(&head.file)).await.unwrap().unwrap();
            let held: Header = store::whole(&world.ground.db, listed.id).await.unwrap().unwrap().header;
            let congress = held.congress.unwrap_or_default();
            assert_eq!((congress.ordinal, congress.held, congress.theme), (head.ordinal, head.held, head.theme), "{}", head.file);
            let term = (held.term.from, held.term.last, held.term.years_only);
            assert_eq!(term, (head.from, head.last, head.years_only), "{}", head.file);
            assert_eq!(held.implements.len(), head.implements.len(), "{}: {:?}", head.file, held.implements);
            for (held, named) in held.implements.iter().zip(&head.implements) {
                assert!(held.contains(named.as_str()), "{}: {held}", head.file);
            }
        }
    }

    async fn all_eight_files_come_in_by_the_form_as_they_do_at_the_first_start(base) {
        let world = World::empty(base).await;
        sample::surroundings(&world.program.host).await.unwrap();
        let known = world.account("bithu").await;
        let issuers: BTreeSet<&str> = RESOLUTIONS.iter().map(|(_, text)| issuer(text)).collect();
        for issuer in issuers {
            world.give(known.person, Some(world.org(issuer).await), "secretary").await;
        }
        let mut secretary = world.signed_in(&known).await;
        for (name, text) in RESOLUTIONS {
            secretary.get("/resolutions/import").await.is(200);
            let file = [File { field: "file", name, bytes: text.as_bytes() }];
            secretary.post_files("/resolutions/import", &[], &file).await.is(200).says(code_of(name));
            let taken = secretary.post("/resolutions/import", &[("do", "store"), ("text", text)]).await;
            assert_eq!(taken.is(303).location(), format!("/resolutions/{}", code_of(name)));
        }
        same(&held(&world.ground.db).await, &expected());
        for expect in table().expect {
            let board = world.board(code_of(&expect.file), expect.at).await;
            let row = board.rows().find(|row| row.held.target.code == expect.code).unwrap();
            assert_eq!(told(row.verdict, expect.places()), expect.told(), "{} {}", expect.file, expect.code);
        }
    }

    async fn where_a_share_is_met_only_after_rounding_the_page_says_so(base) {
        // R14: of 27 members (O14) 4 are 14.81 % and 5 are 18.52 %; the report says 15 % and names no number of people.
        let world = World::with_sample(base).await;
        let mut reader = world.person("docgia", "reader", Some("chi-bo-cong-ttdt-s3")).await;
        let page = reader.get("/resolutions/s3-2017-2020/targets/P14b?at=2020-01-06").await;
        page.is(200).says("27 đảng viên").says("14,81%").says("18,52%");
    }
}
