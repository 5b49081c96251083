//! Durable commits of a one-row unit, beside the same rows through the plain drivers and the bare disk.

mod plain;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use anyhow::{Context, Result, ensure};
use lienthong::machine::MachineClock;
use lt_store::{Db, Migration, Settings, Unit, params};

use crate::bench::{Bench, CONNECTIONS, Engine};
use crate::machine::fdatasync_rate;
use crate::measure::{Stopwatch, Whose, float, flushes};
use crate::report::Report;

const STEPS: &[Migration] =
    &[Migration::both(1, "row", "CREATE TABLE bench_row (number BIGINT PRIMARY KEY, body TEXT NOT NULL);\n")];

/// The row's statement, on both sides.
pub(crate) const INSERT: &str = "INSERT INTO bench_row (number, body) VALUES ($1, $2)";

/// The row's text: about what a short record holds.
pub(crate) fn body(number: i64) -> String {
    format!("bản ghi số {number}: nội dung dài chừng một trăm byte, để dòng không quá ngắn so với thực tế")
}

/// Callers, and rows each case stores per run.
const CALLERS: [(usize, i64, i64); 3] = [(1, 1_000, 40), (16, 4_000, 160), (64, 8_000, 320)];

/// One way to store rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Ours,
    /// One transaction per call through the driver: BEGIN, INSERT, COMMIT.
    Plain,
    /// PostgreSQL only: the INSERT alone, which is a transaction of its own and one round trip.
    Bare,
}

/// What one side of one engine stores into.
struct Side {
    engine: Engine,
    way: Way,
    url: String,
    /// Runs by number of callers: rate, processor seconds per 1,000, flushes of the disk.
    runs: Vec<[Vec<f64>; 3]>,
    next: i64,
}

impl Side {
    fn label(&self) -> String {
        let way = match self.way {
            Way::Ours => "ours",
            Way::Plain => "plain driver, one transaction per call",
            Way::Bare => "plain driver, bare statement",
        };
        format!("{} {way}", self.engine.name())
    }
}

/// Measures.
///
/// # Errors
/// When an engine fails, or the two sides of an engine do not hold the same rows at the end.
pub(crate) async fn run(bench: &Bench) -> Result<Report> {
    let mut report = bench.report("commit")?;
    let mut sides = Vec::new();
    for (engine, way) in [
        (Engine::Sqlite, Way::Ours),
        (Engine::Sqlite, Way::Plain),
        (Engine::Postgres, Way::Ours),
        (Engine::Postgres, Way::Plain),
        (Engine::Postgres, Way::Bare),
    ] {
        let url = bench.database(engine).await?;
        open(&url).await?.migrate(&[("bench", STEPS)]).await?;
        sides.push(Side { engine, way, url, runs: vec![Default::default(); CALLERS.len()], next: 0 });
    }
    let mut disk = Vec::new();
    for _ in 0..bench.runs() {
        for (place, (callers, full, tiny)) in CALLERS.into_iter().enumerate() {
            let rows = bench.size(full, tiny);
            for side in &mut sides {
                one(bench, side, place, callers, rows).await?;
            }
            disk.push(fdatasync_rate(&bench.dir, bench.size(1_000, 20))?);
        }
    }
    compare(&sides).await?;
    tell(&mut report, &sides, disk);
    Ok(report)
}

async fn open(url: &str) -> Result<Db> {
    let settings = Settings { connections: CONNECTIONS, ..Settings::new(Arc::new(MachineClock)) };
    Ok(Db::open(url, settings).await?)
}

/// One run of one side.
async fn one(bench: &Bench, side: &mut Side, place: usize, callers: usize, rows: i64) -> Result<()> {
    let whose = Whose::me_and(bench.server(side.engine));
    let numbers = side.next..side.next + rows;
    side.next += rows;
    let mut measured = Measured::new(whose, &bench.dir);
    match (side.engine, side.way) {
        (_, Way::Ours) => {
            let db = open(&side.url).await?;
            measured.restart();
            ours(&db, callers, numbers).await?;
        }
        (Engine::Sqlite, _) => {
            let driver = plain::Sqlite::open(side.url.trim_start_matches("sqlite:"))?;
            measured.restart();
            driver.store(callers, numbers)?;
        }
        (Engine::Postgres, way) => {
            let driver = plain::Postgres::open(&side.url, way == Way::Bare).await?;
            measured.restart();
            driver.store(callers, numbers).await?;
        }
    }
    let [seconds, cpu, flushed] = measured.stop();
    let rows = float(rows.unsigned_abs());
    let into = side.runs.get_mut(place).context("a case")?;
    for (runs, value) in into.iter_mut().zip([rows / seconds, cpu * 1000.0 / rows, flushed]) {
        runs.push(value);
    }
    Ok(())
}

/// Time, processor seconds and flushes since a moment.
struct Measured {
    whose: Whose,
    dir: std::path::PathBuf,
    watch: Stopwatch,
    cpu: f64,
    flushed: u64,
}

impl Measured {
    fn new(whose: Whose, dir: &std::path::Path) -> Self {
        Self { whose, dir: dir.to_owned(), watch: Stopwatch::start(), cpu: 0.0, flushed: 0 }
    }

    fn restart(&mut self) {
        self.flushed = flushes(&self.dir).unwrap_or(0);
        self.cpu = self.whose.seconds();
        self.watch = Stopwatch::start();
    }

    fn stop(&self) -> [f64; 3] {
        let seconds = self.watch.seconds();
        let flushed = flushes(&self.dir).unwrap_or(0).saturating_sub(self.flushed);
        [seconds, self.whose.seconds() - self.cpu, float(flushed)]
    }
}

/// Our side: callers commit units until the numbers are used up.
async fn ours(db: &Db, callers: usize, numbers: std::ops::Range<i64>) -> Result<()> {
    let next = Arc::new(AtomicI64::new(numbers.start));
    let tasks: Vec<_> = (0..callers)
        .map(|_| {
            let (db, next, end) = (db.clone(), Arc::clone(&next), numbers.end);
            tokio::spawn(async move {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= end {
                        return Ok::<_, lt_store::StoreError>(());
                    }
                    let mut unit = Unit::new();
                    unit.run(INSERT, params![number, body(number)]);
                    db.commit(unit).await?;
                }
            })
        })
        .collect();
    for task in tasks {
        task.await??;
    }
    Ok(())
}

/// Both sides of an engine, and both engines, must hold the same rows.
async fn compare(sides: &[Side]) -> Result<()> {
    let mut first: Option<Vec<(i64, String)>> = None;
    for side in sides {
        let rows = open(&side.url).await?.scan("SELECT number, body FROM bench_row ORDER BY number", vec![]).await?;
        let rows = rows.iter().map(|row| Ok((row.get("number")?, row.get("body")?)));
        let rows: Vec<(i64, String)> = rows.collect::<Result<_, lt_store::StoreError>>()?;
        ensure!(i64::try_from(rows.len())? == side.next, "{}: {} rows of {}", side.label(), rows.len(), side.next);
        match &first {
            None => first = Some(rows),
            Some(first) => ensure!(*first == rows, "{} holds other rows", side.label()),
        }
    }
    Ok(())
}

fn tell(report: &mut Report, sides: &[Side], disk: Vec<f64>) {
    let disk = report.line("disk: 4 KiB overwrite + fdatasync, one writer", "/s", disk);
    let mut found = std::collections::HashMap::new();
    for side in sides {
        for ((callers, ..), [rates, cpu, flushed]) in CALLERS.into_iter().zip(side.runs.clone()) {
            let label = format!("{}, {callers} callers", side.label());
            let flushed = ("flushes of the disk, whole machine", flushed.iter().sum::<f64>());
            let median = report.case(label, "/s", rates, cpu, &[flushed]);
            found.insert((side.engine.name(), side.way as u8, callers), median);
        }
    }
    let of = |engine: Engine, way: Way, callers| {
        found.get(&(engine.name(), way as u8, callers)).copied().unwrap_or_default().max(f64::MIN_POSITIVE)
    };
    let (lite, post) = (Engine::Sqlite, Engine::Postgres);
    let at_64 = |engine, way| of(engine, way, 64);
    report.at_least("SQLite, 64 callers: ours / plain driver", 10.0, at_64(lite, Way::Ours) / at_64(lite, Way::Plain));
    report.at_least("SQLite, 64 callers: ours / bare fdatasync", 2.0, at_64(lite, Way::Ours) / disk);
    report.at_least(
        "PostgreSQL, 64 callers: ours / plain driver",
        2.0,
        at_64(post, Way::Ours) / at_64(post, Way::Plain),
    );
    for (engine, callers) in [(lite, 1), (lite, 16), (post, 1), (post, 16)] {
        let ratio = of(engine, Way::Ours, callers) / of(engine, Way::Plain, callers);
        report.note(format!("{}, {callers} callers: ours / plain driver = {ratio:.2}", engine.name()));
    }
    let bare = at_64(post, Way::Ours) / at_64(post, Way::Bare);
    report.note(format!("PostgreSQL, 64 callers: ours / bare statement without BEGIN and COMMIT = {bare:.2}"));
    report.note(format!(
        "Same rows, same table, same durability on each side; {CONNECTIONS} connections to PostgreSQL on each side; \
         the plain SQLite side is one connection behind a lock, with our pragmas and a prepared statement, from as \
         many threads as callers."
    ));
}
