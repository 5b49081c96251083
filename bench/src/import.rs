//! Observations from a CSV file, through the functions behind the import page.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::{Context, Result, ensure};
use lienthong::{Ground, Program};
use lt_contracts::Actor;
use lt_kernel::{Clock as _, Date};
use lt_paper::sheet::{self, Hint, Limits};
use lt_store::params;
use lt_targets::book::Book;
use lt_targets::observation::Value;
use lt_targets::observation::import::check::Around;
use lt_targets::observation::import::{Whose, look, unit};
use lt_targets::observation::store::{SEEN, seen_ref};
use lt_targets::resolution::model::{MeasureId, ResolutionId};
use lt_targets::resolution::store as resolutions;
use lt_targets::resolution::write::Hand;

use crate::bench::{Bench, Engine, Standing};
use crate::fixture::{Fixture, Held};
use crate::measure::{self, Stopwatch, len};
use crate::report::Report;

/// Observations of each measure.
const EACH: usize = 100;

/// An engine, and the runs of each size: rows per second and processor seconds per 1,000 rows, of looking
/// through the file and of storing it.
struct Side {
    engine: Engine,
    ground: Ground,
    program: Program,
    runs: Vec<[Vec<f64>; 5]>,
}

/// Measures.
///
/// # Errors
/// When a row is refused, or what is stored is not what was written into the file.
pub(crate) async fn run(bench: &Bench) -> Result<Report> {
    let mut report = bench.report("import")?;
    let steps = bench.size([10, 100, 1_000], [1, 2, 3]);
    let mut sides = Vec::new();
    for engine in Engine::BOTH {
        let (ground, program) = bench.program(&bench.database(engine).await?).await?;
        sides.push(Side { engine, ground, program, runs: vec![Default::default(); steps.len()] });
    }
    let mut split = vec![Vec::new(); steps.len()];
    for run in 0..bench.runs() {
        for (place, measures) in steps.into_iter().enumerate() {
            let fixture = Fixture { code: format!("nq-{measures}-{run}"), targets: measures, each: EACH };
            let csv = csv(&fixture)?;
            split.get_mut(place).context("a size")?.push(only_split(&csv, measures * EACH)?);
            for side in &mut sides {
                one(bench, side, place, &fixture, csv.as_bytes()).await?;
            }
        }
    }
    tell(&mut report, &sides, steps, split);
    Ok(report)
}

/// The file a person would upload.
fn csv(fixture: &Fixture) -> Result<String> {
    let mut text = String::from("Mã thước đo;Tính đến ngày;Giá trị;Tử số;Mẫu số;Kỳ;Ghi chú\n");
    for measure in 0..fixture.targets {
        for place in 0..fixture.each {
            let seen = fixture.seen(measure, place)?;
            let line = seen.line(&fixture.code);
            let cell = |value: &Option<String>| value.clone().unwrap_or_default();
            let day = seen.as_of.strftime("%d/%m/%Y");
            writeln!(
                text,
                "{};{day};{};{};{};{};báo cáo định kỳ của đơn vị",
                line.measure,
                cell(&line.value),
                cell(&line.numerator),
                cell(&line.denominator),
                line.period
            )?;
        }
    }
    Ok(text)
}

/// The file only taken apart into cells: the limit. Rows per second.
fn only_split(csv: &str, rows: usize) -> Result<f64> {
    let watch = Stopwatch::start();
    let mut reader = sheet::csv_rows(csv.as_bytes(), &Hint::default(), &Limits::default())?;
    let (mut count, mut letters) = (0, 0);
    while let Some(row) = reader.next_row()? {
        count += 1;
        letters += (0..row.len()).filter_map(|place| row.text(place)).map(|text| text.len()).sum::<usize>();
    }
    let seconds = watch.seconds();
    ensure!(count == rows + 1 && letters > rows, "{count} rows were read of {rows}");
    Ok(len(rows) / seconds)
}

/// Looks through the file and stores it.
async fn one(bench: &Bench, side: &mut Side, place: usize, fixture: &Fixture, csv: &[u8]) -> Result<()> {
    let (host, db) = (&side.program.host, &side.ground.db);
    let id = fixture.define(host).await?;
    let whole = resolutions::whole(db, id).await?.context("the resolution")?;
    let used = measure::Whose::me_and(bench.server(side.engine));
    let (watch, cpu) = (Stopwatch::start(), used.seconds());
    let book = host.part::<Book>()?;
    let around = Around::load(db, &whole, book.policy(), host.shell.words()).await?;
    let outcome = look(csv, &around, None);
    let (looked, looked_cpu) = (watch.seconds(), used.seconds() - cpu);
    let rows = fixture.targets * fixture.each;
    if let Some(fault) = outcome.found.list.first() {
        anyhow::bail!("{} faults; the first: {:?}", outcome.found.count, fault.said);
    }
    ensure!(outcome.ready.len() == rows, "{} rows are ready of {rows}", outcome.ready.len());
    let hand = Hand { actor: Actor::Program, now: Standing.now(), org: whole.listed.org };
    let file = Whose { whole: &whole, name: "so-lieu.csv", sha256: "" };
    let (watch, cpu) = (Stopwatch::start(), used.seconds());
    db.commit(unit(&outcome.ready, &hand, &file, side.ground.ids.as_ref())).await?;
    let (stored, stored_cpu) = (watch.seconds(), used.seconds() - cpu);
    compare(side, id, fixture).await.with_context(|| side.engine.name())?;
    let count = len(rows);
    let per_1000 = 1000.0 / count;
    let values =
        [count / looked, looked_cpu * per_1000, count / stored, stored_cpu * per_1000, count / (looked + stored)];
    for (runs, value) in side.runs.get_mut(place).context("a size")?.iter_mut().zip(values) {
        runs.push(value);
    }
    Ok(())
}

/// Everything stored is what the file said, and nothing is missing.
async fn compare(side: &Side, id: ResolutionId, fixture: &Fixture) -> Result<()> {
    let held = Held::read(&side.ground.db, id).await?;
    let sql = format!(
        "SELECT {SEEN} FROM targets_use u JOIN targets_observation o ON o.measure = u.measure WHERE u.resolution = $1"
    );
    let found = side.ground.db.scan_fold(&sql, params![id], BTreeMap::new(), |found, row| {
        let (measure, seen) = seen_ref(row)?;
        found.insert((measure, seen.as_of), seen.value);
        Ok(())
    });
    let found: BTreeMap<(MeasureId, Date), Value> = found.await?;
    for measure in 0..fixture.targets {
        for place in 0..fixture.each {
            let wanted = held.ready(&fixture.seen(measure, place)?, side.ground.ids.as_ref())?;
            let stored = found.get(&(wanted.measure, wanted.seen.as_of));
            ensure!(stored == Some(&wanted.seen.value), "{stored:?} is stored in place of {:?}", wanted.seen.value);
        }
    }
    ensure!(found.len() == fixture.targets * fixture.each, "{} are stored", found.len());
    Ok(())
}

fn tell(report: &mut Report, sides: &[Side], steps: [usize; 3], split: Vec<Vec<f64>>) {
    for (measures, runs) in steps.into_iter().zip(split) {
        report.line(format!("{} rows only taken apart into cells", measures * EACH), "/s", runs);
    }
    for side in sides {
        let name = side.engine.name();
        for (place, (measures, runs)) in steps.into_iter().zip(side.runs.clone()).enumerate() {
            let what = format!("{name}: {} rows", measures * EACH);
            let [looked, looked_cpu, stored, stored_cpu, both] = runs;
            let looked = report.case(format!("{what}, parsed and validated"), "/s", looked, looked_cpu, &[]);
            let stored = report.case(format!("{what}, stored"), "/s", stored, stored_cpu, &[]);
            report.line(format!("{what}, both"), "/s", both);
            if place == 2 {
                report.at_least(format!("{what} parsed and validated, /s"), 50_000.0, looked);
                report.at_least(format!("{what} stored, /s"), 20_000.0, stored);
            }
        }
    }
    report.note(
        "Parsed and validated: the same `look` as the page's, with the loading of what rows are checked against \
         (measures, schemes, frozen reviews, what is stored already). Stored: one unit, all rows or none, durable.",
    );
}
