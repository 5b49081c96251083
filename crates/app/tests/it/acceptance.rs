//! The five reports run through the program, and every verdict beside the table written by hand.

use std::collections::{BTreeMap, BTreeSet};

use lienthong::commands::text_of;
use lienthong::sample::{self, RESOLUTIONS};
use lt_kernel::lang::Arg;
use lt_kernel::{Date, Said};
use lt_targets::file::ResolutionFile;
use lt_targets::resolution::store;
use lt_targets::verdict::model::Claim;
use lt_testkit::both_engines;
use lt_testkit::db::Base;
use serde::Deserialize;

use crate::browser::File;
use crate::world::{World, day};

const EXPECTED: &str = include_str!("../../../../samples/expected.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Table {
    format: String,
    pub(crate) expect: Vec<Expect>,
    pub(crate) id: Vec<Place>,
    pub(crate) figure: Vec<Figure>,
    pub(crate) stated: Vec<Stated>,
    pub(crate) head: Vec<Head>,
}

/// One line of the table.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Expect {
    pub(crate) file: String,
    pub(crate) code: String,
    pub(crate) at: Date,
    outcome: String,
    settled: bool,
    excess: Option<String>,
    excess_unit: Option<String>,
    at_least: Option<bool>,
    implied: Option<String>,
    #[serde(default)]
    findings: Vec<String>,
    why: String,
}

/// Where an identifier of the reference stands.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Place {
    pub(crate) id: String,
    pub(crate) file: String,
    sentence: String,
    targets: Vec<String>,
}

/// One figure as a report writes it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Figure {
    pub(crate) id: String,
    pub(crate) file: String,
    pub(crate) sentence: String,
    pub(crate) measure: String,
    pub(crate) as_of: Date,
    #[serde(default)]
    pub(crate) period: String,
    #[serde(default)]
    pub(crate) unit: String,
    #[serde(default)]
    pub(crate) event: String,
    pub(crate) is: String,
    #[serde(default)]
    pub(crate) rest: String,
    #[serde(default)]
    pub(crate) told: String,
}

/// An identifier whose sentence carries no figure.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Stated {
    pub(crate) id: String,
    pub(crate) file: String,
    pub(crate) why: String,
}

/// Congress and term of a file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Head {
    pub(crate) file: String,
    #[serde(default)]
    pub(crate) ordinal: String,
    pub(crate) held: Option<Date>,
    #[serde(default)]
    pub(crate) theme: String,
    pub(crate) from: Date,
    pub(crate) last: Date,
    pub(crate) years_only: bool,
    #[serde(default)]
    pub(crate) implements: Vec<String>,
}

pub(crate) fn table() -> Table {
    let table: Table = toml::from_str(EXPECTED).unwrap();
    assert_eq!(table.format, "lienthong-expected/1");
    table
}

pub(crate) fn code_of(file: &str) -> &str {
    file.strip_suffix(".toml").unwrap()
}

/// What the program says, in the words of the table; none where the table says nothing of an excess.
pub(crate) fn told(verdict: &lt_targets::verdict::Verdict, places: u32) -> String {
    let excess = verdict.excess.as_ref().map(|excess| {
        let unit = if excess.points { "points" } else { "percent" };
        let figure = excess.by.round(places).unwrap().to_decimal(places);
        format!("{figure} {unit} at_least={}", excess.at_least)
    });
    let implied = verdict.implied.as_ref().map(ToString::to_string);
    let findings: Vec<String> = verdict.findings.iter().map(finding).collect();
    let (outcome, settled) = (verdict.outcome.code(), verdict.settled);
    format!("{outcome} settled={settled} excess={excess:?} implied={implied:?} findings={findings:?}")
}

/// A finding as the table writes it: its key, and the number it found.
fn finding(said: &Said) -> String {
    let key = said.key.trim_start_matches("targets-finding-");
    let found = said.args.iter().find_map(|(name, value)| match value {
        Arg::Number(number, places) if name == "found" => Some(number.round(*places).unwrap().to_decimal(*places)),
        _ => None,
    });
    found.map_or_else(|| key.to_owned(), |number| format!("{key} {number}"))
}

impl Expect {
    pub(crate) fn places(&self) -> u32 {
        let figure = self.excess.as_deref().unwrap_or_default();
        figure.split_once('.').map_or(0, |(_, decimals)| u32::try_from(decimals.len()).unwrap())
    }

    pub(crate) fn told(&self) -> String {
        let excess = self.excess.as_ref().map(|figure| {
            let unit = self.excess_unit.as_ref().unwrap();
            format!("{figure} {unit} at_least={}", self.at_least.unwrap_or_default())
        });
        let (outcome, settled, implied, findings) = (&self.outcome, self.settled, &self.implied, &self.findings);
        format!("{outcome} settled={settled} excess={excess:?} implied={implied:?} findings={findings:?}")
    }
}

both_engines! {
    async fn every_verdict_is_the_one_written_by_hand(base) {
        let world = World::with_sample(base).await;
        let table = table();
        let mut wrong = Vec::new();
        for expect in &table.expect {
            assert!(!expect.why.is_empty(), "{}: a verdict without a reason proves nothing", expect.code);
            let board = world.board(code_of(&expect.file), expect.at).await;
            let row = board.rows().find(|row| row.held.target.code == expect.code);
            let row = row.unwrap_or_else(|| panic!("{} is not in {}", expect.code, expect.file));
            let said = told(row.verdict, expect.places());
            if said != expect.told() {
                let place = format!("{} {} on {}", expect.file, expect.code, expect.at);
                wrong.push(format!("{place}\n  says     {said}\n  expected {} ({})", expect.told(), expect.why));
            }
        }
        assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), table.expect.len(), wrong.join("\n"));
        let listed: BTreeSet<(String, String)> =
            table.expect.iter().map(|one| (code_of(&one.file).to_owned(), one.code.clone())).collect();
        let mut stored = BTreeSet::new();
        for listed in store::list(&world.ground.db).await.unwrap() {
            let whole = store::whole(&world.ground.db, listed.id).await.unwrap().unwrap();
            stored.extend(whole.targets.iter().map(|held| (listed.code.clone(), held.target.code.clone())));
        }
        assert_eq!(stored, listed, "a target without an expected verdict, or the other way round");
    }

    async fn every_identifier_of_the_reference_is_there(base) {
        let world = World::with_sample(base).await;
        let table = table();
        let mut found = BTreeSet::new();
        for place in &table.id {
            let listed = store::by_code(&world.ground.db, code_of(&place.file)).await.unwrap().unwrap();
            let whole = store::whole(&world.ground.db, listed.id).await.unwrap().unwrap();
            let sentence = whole.sentences.iter().find(|sentence| sentence.code == place.sentence);
            assert!(sentence.is_some_and(|sentence| !sentence.text.is_empty()), "{}: {}", place.id, place.sentence);
            for code in &place.targets {
                let held = whole.targets.iter().find(|held| held.target.code == *code);
                let held = held.unwrap_or_else(|| panic!("{}: {code}", place.id));
                // A result is no target: its sentence claims something of one that stands on another sentence.
                let claimed = |claim: &Claim| claim.target == *code && claim.sentence == place.sentence;
                let stands = held.target.sentence == place.sentence;
                assert!(stands || whole.claims.iter().any(claimed), "{}: {code} is not of {}", place.id, place.sentence);
            }
            found.insert(place.id.as_str());
        }
        let all = |letter: char, last: u32| (1..=last).map(move |number| format!("{letter}{number}"));
        for id in all('T', 24).chain(all('R', 18)).chain(all('O', 17)) {
            assert!(found.contains(id.as_str()), "{id} is not in the mapping");
        }
    }

    async fn what_is_exported_can_be_imported_elsewhere_and_is_the_same_to_the_byte(base) {
        let other = base.another().await;
        let world = World::with_sample(base).await;
        let second = World::with_ids(other, 1 << 40).await;
        // The second installation has the organisations and schemes, and none of the resolutions.
        sample::surroundings(&second.program.host).await.unwrap();
        for (name, _) in RESOLUTIONS {
            let listed = store::by_code(&world.ground.db, code_of(name)).await.unwrap().unwrap();
            let first = text_of(&world.ground.db, listed.id).await.unwrap();
            let id = sample::resolution(&second.program.host, &first, false).await.unwrap();
            assert_eq!(text_of(&second.ground.db, id).await.unwrap(), first, "{name}");
        }
        let at = day("2020-01-06");
        let (one, other) = (outcomes(world.verdicts(at).await), outcomes(second.verdicts(at).await));
        assert_eq!(one, other, "the same content is judged alike");
    }
}

both_engines! {
    async fn a_secretary_uploads_a_file_and_gets_the_same_board_and_the_same_file_back(base) {
        let world = World::empty(base).await;
        sample::surroundings(&world.program.host).await.unwrap();
        let (name, text) = RESOLUTIONS.iter().find(|(name, _)| *name == "s3-2017-2020.toml").unwrap();
        let mut stranger = world.person("nguoila", "secretary", Some("dang-bo-so-tttt-long-an")).await;
        stranger.get("/resolutions/import").await.is(200);
        let file = [File { field: "file", name, bytes: text.as_bytes() }];
        stranger.post_files("/resolutions/import", &[], &file).await.is(422);
        stranger.post_files("/resolutions/import", &[("do", "store")], &file).await.is(422);
        assert_eq!(world.count("targets_resolution").await, 0, "nobody imports for another unit");

        let mut secretary = world.person("bithu", "secretary", Some("chi-bo-cong-ttdt-s3")).await;
        secretary.get("/resolutions/import").await.is(200);
        let look = secretary.post_files("/resolutions/import", &[], &file).await;
        look.is(200).says("s3-2017-2020");
        assert_eq!(world.count("targets_resolution").await, 0, "looking stores nothing");
        let wrong = text.replacen("sentence = \"P7\"", "sentence = \"P7777\"", 1);
        let bad = [File { field: "file", name, bytes: wrong.as_bytes() }];
        secretary.post_files("/resolutions/import", &[("do", "store")], &bad).await.is(422).says("P7777");
        let latin = [File { field: "file", name, bytes: b"format = \"\xFF\xFE\"" }];
        secretary.post_files("/resolutions/import", &[("do", "store")], &latin).await.is(422);
        assert_eq!(world.count("targets_resolution").await, 0, "a faulty file is refused whole");
        let taken = secretary.post("/resolutions/import", &[("do", "store"), ("text", text)]).await;
        assert_eq!(taken.is(303).location(), "/resolutions/s3-2017-2020");
        secretary.post("/resolutions/import", &[("do", "store"), ("text", text)]).await.is(422);
        for expect in table().expect.iter().filter(|one| one.file == *name) {
            let board = world.board("s3-2017-2020", expect.at).await;
            let row = board.rows().find(|row| row.held.target.code == expect.code).unwrap();
            assert_eq!(told(row.verdict, expect.places()), expect.told(), "{}", expect.code);
        }
        let back = secretary.get("/resolutions/s3-2017-2020/export.toml").await;
        let written = ResolutionFile::read(text).unwrap().write().unwrap();
        assert!(written.contains("= \"05\""), "the writing of a number is kept too");
        assert_eq!(back.is(200).body, written, "nothing is lost on the way");
    }
}

/// Outcome, settledness and the share of the term that has passed, by target.
fn outcomes(all: BTreeMap<String, String>) -> Vec<(String, String)> {
    let outcome = |text: &str| {
        let value: serde_json::Value = serde_json::from_str(text).unwrap();
        format!("{} {} {} {}", value["outcome"], value["settled"], value["elapsed"], value["excess"])
    };
    all.into_iter().map(|(key, text)| (key, outcome(&text))).collect()
}

#[tokio::test]
async fn a_board_does_not_depend_on_the_day_it_is_asked_on() {
    // The same question a year later: the clock must not creep into a verdict drawn for a fixed day.
    let world = World::with_sample(Base::sqlite()).await;
    let before = world.verdicts(day("2020-01-06")).await;
    world.clock.advance(366 * 86_400);
    let later = World::with_ids(Base::sqlite(), 1 << 40).await;
    later.clock.advance(366 * 86_400);
    sample::load(&later.program.host).await.unwrap();
    let at = day("2020-01-06");
    assert_eq!(outcomes(before), outcomes(later.verdicts(at).await));
}

#[tokio::test]
async fn a_faulty_file_is_refused_whole() {
    let world = World::with_sample(Base::sqlite()).await;
    let (before, changes) = (world.count("targets_observation").await, world.count("store_change").await);
    let (_, text) = RESOLUTIONS.iter().find(|(name, _)| *name == "s3-2017-2020.toml").unwrap();
    let fresh = text.replacen("code = \"s3-2017-2020\"", "code = \"moi\"", 1);
    let broken = [
        ("format = \"lienthong-resolution/1\"", "format = \"lienthong-resolution/9\"", "lienthong-resolution/9"),
        ("issuer = \"chi-bo-cong-ttdt-s3\"", "issuer = \"khong-co\"", "khong-co"),
        ("last = \"2020-01-05\"", "last = \"2016-01-05\"", ""),
        ("sentence = \"P7\"", "sentence = \"P7777\"", "P7777"),
        ("[[measure]]", "[[measure]]\nla = 1", "la"),
    ];
    for (old, new, names) in broken {
        assert!(fresh.contains(old), "{old}");
        let fault = sample::resolution(&world.program.host, &fresh.replacen(old, new, 1), false).await;
        let fault = format!("{:#}", fault.expect_err(new));
        assert!(fault.contains(names), "{new}: {fault}");
    }
    let again = sample::resolution(&world.program.host, text, false).await.unwrap_err();
    assert!(again.to_string().contains("s3-2017-2020"), "{again}");
    assert_eq!(world.count("targets_observation").await, before);
    assert_eq!(world.count("store_change").await, changes);
}
