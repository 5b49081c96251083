//! Verdicts from cold, and after one new observation.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use lt_contracts::Actor;
use lt_kernel::id::Ids;
use lt_store::{Db, Settings, Unit, params};
use lt_targets::book::{Board, Book};
use lt_targets::observation::store as observations;
use lt_targets::resolution::model::ResolutionId;
use lt_targets::verdict::Policy;

use crate::bench::{Bench, CONNECTIONS, Engine, Standing};
use crate::cluster::forget;
use crate::fixture::{Fixture, Held, at};
use crate::measure::{Series, Stopwatch, Whose, len};
use crate::report::Report;

/// One engine with all sizes in one database.
struct Side {
    engine: Engine,
    url: String,
    ids: Arc<dyn Ids>,
    held: Vec<(Fixture, ResolutionId, Held)>,
    /// Runs of each size: seconds, processor seconds per 1,000 observations.
    warm: Vec<[Vec<f64>; 2]>,
    cold: Vec<f64>,
    scan: Vec<f64>,
    last: Vec<Option<Arc<Board>>>,
}

/// Measures.
///
/// # Errors
/// When an engine fails; when the engines disagree on a verdict, a verdict is not the one worked out apart, or what
/// was judged again after one observation is not what a fresh book says.
pub(crate) async fn run(bench: &Bench) -> Result<Report> {
    let mut report = bench.report("judge")?;
    let mut sides = Vec::new();
    for engine in Engine::BOTH {
        sides.push(prepare(bench, engine).await?);
    }
    for _ in 0..bench.runs() {
        for side in &mut sides {
            round(bench, side).await?;
        }
    }
    agree(&sides)?;
    let mut fresh = Vec::new();
    for side in &mut sides {
        fresh.push(one_more(bench, side).await?);
    }
    tell(&mut report, &sides, fresh);
    Ok(report)
}

/// Fills a database.
async fn prepare(bench: &Bench, engine: Engine) -> Result<Side> {
    let url = bench.database(engine).await?;
    let (ground, program) = bench.program(&url).await?;
    let mut held = Vec::new();
    for (targets, each) in bench.size([(100, 100), (1_000, 100), (10_000, 100)], [(10, 10), (20, 10), (40, 10)]) {
        let watch = Stopwatch::start();
        let fixture = Fixture { code: format!("nq-{targets}"), targets, each };
        let id = fixture.define(&program.host).await?;
        let stored = Held::read(&ground.db, id).await?;
        fixture.observe(&ground.db, ground.ids.as_ref(), &stored).await?;
        println!("{}: {targets} targets, {} observations in {:.1} s", engine.name(), targets * each, watch.seconds());
        held.push((fixture, id, stored));
    }
    if engine == Engine::Postgres {
        lt_store::admin::run(&url, "VACUUM ANALYZE").await?;
    }
    let (warm, last) = (vec![Default::default(); held.len()], vec![None; held.len()]);
    Ok(Side { engine, url, ids: Arc::clone(&ground.ids), held, warm, cold: vec![], scan: vec![], last })
}

async fn open(url: &str) -> Result<Db> {
    let settings = Settings { connections: CONNECTIONS, ..Settings::new(Arc::new(Standing)) };
    Ok(Db::open(url, settings).await?)
}

/// A board from a fresh connection and a fresh book; with the seconds both took.
async fn from_cold(url: &str, id: ResolutionId) -> Result<(Arc<Board>, f64)> {
    let watch = Stopwatch::start();
    let db = open(url).await?;
    let board = Book::new(db, Policy::default()).board(id, at()?, None).await?.context("a board")?;
    Ok((board, watch.seconds()))
}

async fn round(bench: &Bench, side: &mut Side) -> Result<()> {
    let largest = side.held.last().map(|(_, id, _)| *id).context("a size")?;
    match side.engine {
        Engine::Sqlite => forget(Path::new(side.url.trim_start_matches("sqlite:"))),
        Engine::Postgres => bench.with_cluster(crate::cluster::Cluster::chill)?,
    }
    side.cold.push(from_cold(&side.url, largest).await?.1);
    let whose = Whose::me_and(bench.server(side.engine));
    for ((fixture, id, _), (runs, last)) in side.held.iter().zip(side.warm.iter_mut().zip(&mut side.last)) {
        let before = whose.seconds();
        let (board, seconds) = from_cold(&side.url, *id).await?;
        let cpu = (whose.seconds() - before) * 1000.0 / len(fixture.targets * fixture.each);
        let [times, cpus] = runs;
        times.push(seconds);
        cpus.push(cpu);
        *last = Some(board);
    }
    side.scan.push(only_read(&side.url, largest).await?);
    Ok(())
}

/// The same rows, read and not judged: the limit.
async fn only_read(url: &str, id: ResolutionId) -> Result<f64> {
    let watch = Stopwatch::start();
    let sql = format!(
        "SELECT {} FROM targets_use u JOIN targets_observation o ON o.measure = u.measure \
         WHERE u.resolution = $1 AND o.withdrawn_at IS NULL ORDER BY o.measure, o.recorded_at, o.id",
        observations::SEEN
    );
    let db = open(url).await?;
    let count = db.scan_fold(&sql, params![id], 0_u64, |count, row| {
        *count += u64::from(row.int(13)? > 0);
        Ok(())
    });
    ensure!(count.await? > 0, "nothing was read");
    Ok(watch.seconds())
}

/// Both engines say the same, and what was worked out apart.
fn agree(sides: &[Side]) -> Result<()> {
    let [one, other] = sides else { anyhow::bail!("two sides") };
    for (place, (fixture, ..)) in one.held.iter().enumerate() {
        let boards = [one, other].map(|side| side.last.get(place).cloned().flatten());
        let [Some(board), Some(second)] = boards else { anyhow::bail!("a board is missing") };
        ensure!(board.verdicts.len() == fixture.targets, "{} verdicts", board.verdicts.len());
        for (target, (verdict, same)) in board.verdicts.iter().zip(&second.verdicts).enumerate() {
            ensure!(verdict == same, "{}: the engines disagree on target {target}", fixture.code);
            let met = verdict.outcome.is_met();
            let expected = fixture.expected(target).unwrap_or(met);
            ensure!(met == expected, "{}: target {target} is {:?}", fixture.code, verdict.outcome);
        }
    }
    Ok(())
}

/// Adds one observation at a time to the largest resolution; milliseconds until the board is right again, without
/// and with the commit.
async fn one_more(bench: &Bench, side: &mut Side) -> Result<[Vec<f64>; 2]> {
    let (fixture, id, held) = side.held.last().context("a size")?;
    let db = open(&side.url).await?;
    let book = Book::new(db.clone(), Policy::default());
    let mut board = book.board(*id, at()?, None).await?.context("a board")?;
    let [mut judged, mut whole] = [Vec::new(), Vec::new()];
    for number in 0..bench.size(50, 5) {
        let measure = number * 37 % fixture.targets;
        let mut seen = fixture.seen(measure, 0)?;
        // A day no other observation speaks of, behind all of them.
        (seen.as_of, seen.over) = ("2025-06-30".parse()?, false);
        let new = held.ready(&seen, side.ids.as_ref())?;
        let mut unit = Unit::new();
        observations::touch(&mut unit, held.org, &[new.measure]);
        observations::insert(&mut unit, Actor::Program, &[new]);
        let watch = Stopwatch::start();
        db.commit(unit).await?;
        let stored = watch.seconds();
        board = book.board(*id, at()?, None).await?.context("a board")?;
        whole.push(watch.seconds() * 1e3);
        judged.push((watch.seconds() - stored) * 1e3);
    }
    let (fresh, _) = from_cold(&side.url, *id).await?;
    let before = side.last.last().cloned().flatten().context("a board")?;
    ensure!(board.verdicts == fresh.verdicts && board.tally == fresh.tally, "judged again is not judged afresh");
    ensure!(board.verdicts != before.verdicts, "the new observations changed nothing");
    Ok([judged, whole])
}

fn tell(report: &mut Report, sides: &[Side], fresh: Vec<[Vec<f64>; 2]>) {
    for (side, [judged, whole]) in sides.iter().zip(fresh) {
        let name = side.engine.name();
        for ((fixture, ..), [seconds, cpu]) in side.held.iter().zip(side.warm.clone()) {
            let what = format!("{name}: {} targets, {} observations", fixture.targets, fixture.targets * fixture.each);
            report.case(format!("{what}, files in the system's memory"), "s", seconds, cpu, &[]);
        }
        let cold = report.line(format!("{name}: the largest, from cold"), "s", side.cold.clone());
        let read = report.line(format!("{name}: its rows read and not judged"), "s", side.scan.clone());
        report.line(format!("{name}: after one new observation, with its commit"), "ms", whole);
        let worst = Series::of(judged.clone()).max;
        let again = report.line(format!("{name}: after one new observation, judging"), "ms", judged);
        let (targets, rows) = side.held.last().map_or((0, 0), |(one, ..)| (one.targets, one.targets * one.each));
        report.at_most(format!("{name}: {targets} targets over {rows} observations from cold, s"), 3.0, cold);
        report.at_most(format!("{name}: after one new observation, ms"), 10.0, again);
        report.note(format!(
            "{name}: judging takes {:.2} times as long as reading; slowest of the new: {worst:.1} ms",
            cold / read.max(1e-9)
        ));
    }
    report.note(
        "From cold: files dropped from the system's memory (PostgreSQL restarted as well), a fresh connection, a \
         fresh book. Every verdict compared between the engines, and with what was worked out apart where that is \
         simple (8 of 10 targets); after the new observations, with a fresh book.",
    );
}
