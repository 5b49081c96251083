//! Real kill -9 under load: what was acknowledged is there, and nothing is half there.
//!
//! The process killed is the program's own ground (schema of all modules, either engine) with sixteen callers who
//! record observations as the pages do: observation, evidence, stamp, touched measure and change in one unit.

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use lienthong::Ground;
use lienthong::machine::{MachineClock, MachineIds};
use lt_contracts::{Actor, Change};
use lt_kernel::id::Uuid;
use lt_store::{Db, Unit, params};
use lt_targets::file::format::EvidenceLine;
use lt_targets::observation::store::{self as observations, NewEvidence};
use lt_targets::observation::{Evidence, ObservationId};
use lt_targets::resolution::model::ResolutionId;

use crate::bench::{Bench, CONNECTIONS, Counted, Engine};
use crate::fixture::{Fixture, Held};
use crate::measure::len;
use crate::report::Report;

/// Set in the identifier of the evidence of an observation.
const EVIDENCE: u128 = 1 << 100;

/// Numbers of a round.
const ROUND: u64 = 1_000_000;

fn fixture() -> Fixture {
    Fixture { code: "kill".to_owned(), targets: 10, each: 0 }
}

/// Measures.
///
/// # Errors
/// When something acknowledged is missing, or something is half there.
pub(crate) async fn run(bench: &Bench) -> Result<Report> {
    let mut report = bench.report("kill")?;
    for engine in Engine::BOTH {
        let url = bench.database(engine).await?;
        let (ground, program) = bench.program(&url).await?;
        let id = fixture().define(&program.host).await?;
        let held = Held::read(&ground.db, id).await?;
        let before = stored(&ground.db, &held).await?;
        ensure!(before.observations.is_empty(), "the database is not fresh");
        drop((ground, program));
        let files = bench.folder()?;
        let mut acknowledged = BTreeSet::new();
        let mut unasked = 0;
        let rounds = bench.size(50, 3);
        for round in 0..rounds {
            // Spread over starts, running and busy: 1 to 300 ms after the first answer.
            let wait = Duration::from_millis(1 + round * 97 % 300);
            acknowledged.extend(run_and_kill(&url, &files, &id.to_string(), 1 + ROUND * round, wait)?);
            // PostgreSQL may still be ending what the dead process had sent.
            tokio::time::sleep(Duration::from_millis(150)).await;
            let db = bench.ground(&url).await?.db;
            let now = stored(&db, &held).await?;
            now.is_whole(before.stamp, before.changes).with_context(|| format!("{}, round {round}", engine.name()))?;
            let lost = acknowledged.difference(&now.observations).count();
            ensure!(lost == 0, "{}, round {round}: {lost} acknowledged units are gone", engine.name());
            unasked = now.observations.difference(&acknowledged).count();
        }
        let what = format!("{}: units acknowledged over {rounds} kills", engine.name());
        report.line(what, "", vec![len(acknowledged.len())]);
        report.line(
            format!("{}: stored whole, but not yet answered when killed", engine.name()),
            "",
            vec![len(unasked)],
        );
        report.at_most(format!("{}: acknowledged and missing, or half there", engine.name()), 0.0, 0.0);
    }
    report.note(
        "Each unit is an observation, its evidence, the stamp of its organisation, the touched measure and a change. \
         kill -9 ends the program, not the machine: power loss is the store's own tests' and the disk's matter. \
         That the check can fail is shown by the store's negative control (crates/store/tests/kill.rs).",
    );
    Ok(report)
}

/// Everything the units leave in the database.
struct Stored {
    observations: BTreeSet<u64>,
    evidence: BTreeSet<u64>,
    changes: usize,
    touches: usize,
    stamp: i64,
}

/// The number in the low half of an identifier.
fn number(id: Uuid) -> u64 {
    id.as_u64_pair().1
}

async fn stored(db: &Db, held: &Held) -> Result<Stored> {
    // One moment for all of them.
    let queries = vec![
        ("SELECT id FROM targets_observation WHERE sentence = 'kill'", params![]),
        ("SELECT id FROM targets_evidence WHERE title = 'kill'", params![]),
        ("SELECT thing FROM store_change WHERE topic = 'targets.observation.recorded'", params![]),
        ("SELECT stamp FROM targets_touch WHERE org = $1", params![held.org]),
        ("SELECT stamp FROM targets_stamp WHERE org = $1", params![held.org]),
    ];
    let found = db.read_many(queries).await?;
    let [observations, evidence, changes, touches, stamp] = found.as_slice() else { anyhow::bail!("five answers") };
    let numbers = |rows: &[lt_store::Row]| -> Result<BTreeSet<u64>> {
        rows.iter().map(|row| Ok(number(row.get("id")?))).collect()
    };
    let stamps: BTreeSet<i64> = touches.iter().map(|row| row.get("stamp")).collect::<Result<_, _>>()?;
    Ok(Stored {
        observations: numbers(observations)?,
        evidence: numbers(evidence)?,
        changes: changes.len(),
        touches: stamps.len(),
        stamp: stamp.first().map(|row| row.get("stamp")).transpose()?.unwrap_or(0),
    })
}

impl Stored {
    /// Each of the five parts of a unit is there as often as the others.
    fn is_whole(&self, stamp: i64, changes: usize) -> Result<()> {
        let units = self.observations.len();
        ensure!(self.observations == self.evidence, "observations without evidence, or evidence without observations");
        ensure!(self.changes - changes == units, "{} changes of {units} units", self.changes - changes);
        ensure!(usize::try_from(self.stamp - stamp)? == units, "the stamp moved by {} for {units}", self.stamp - stamp);
        ensure!(usize::try_from(self.stamp)? == self.touches, "{} stamps touched of {}", self.touches, self.stamp);
        Ok(())
    }
}

/// Starts the process, kills it `wait` after its first answer, and returns what it acknowledged.
fn run_and_kill(url: &str, files: &Path, id: &str, from: u64, wait: Duration) -> Result<BTreeSet<u64>> {
    let mut child = Command::new(std::env::current_exe()?)
        .args(["child", url, &files.display().to_string(), id, &from.to_string()])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .context("the child does not start")?;
    let lines = BufReader::new(child.stdout.take().context("its output")?).lines();
    let (first, begun) = std::sync::mpsc::channel();
    let reader = std::thread::spawn(move || {
        let mut acknowledged = BTreeSet::new();
        for line in lines.map_while(Result::ok) {
            let number = line.strip_prefix("ack ").and_then(|line| line.strip_suffix(" end"));
            if let Some(number) = number.and_then(|number| number.parse().ok()) {
                acknowledged.insert(number);
                first.send(()).unwrap_or_default();
            }
        }
        acknowledged
    });
    let answered = begun.recv_timeout(Duration::from_mins(1));
    std::thread::sleep(wait);
    child.kill()?;
    child.wait()?;
    answered.context("the child acknowledged nothing")?;
    reader.join().map_err(|_| anyhow::anyhow!("the reader ended in a panic"))
}

/// The process that is killed: records observations until then and prints what was acknowledged.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn child(args: &[String]) -> Result<()> {
    let [url, files, id, from] = args else { anyhow::bail!("child URL FILES RESOLUTION FROM") };
    let (clock, ids) = (Arc::new(MachineClock), Arc::new(MachineIds::default()));
    let ground = Ground::open(url, Path::new(files), CONNECTIONS, clock, ids).await?;
    let id: ResolutionId = id.parse()?;
    let held = Arc::new(Held::read(&ground.db, id).await?);
    let next = Arc::new(AtomicU64::new(from.parse()?));
    let callers: Vec<_> = (0..16)
        .map(|_| {
            let (db, held, next) = (ground.db.clone(), Arc::clone(&held), Arc::clone(&next));
            tokio::spawn(async move {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    db.commit(unit(&held, number)?).await?;
                    // One write, so that a line is never cut by the kill and taken for another number.
                    std::io::stdout().write_all(format!("ack {number} end\n").as_bytes())?;
                }
                #[expect(unreachable_code, reason = "tells the type; the loop ends by an error or a kill")]
                Ok::<_, anyhow::Error>(())
            })
        })
        .collect();
    for caller in callers {
        caller.await??;
    }
    Ok(())
}

/// What recording one observation writes.
fn unit(held: &Held, number: u64) -> Result<Unit> {
    let fixture = Fixture { each: 1, ..fixture() };
    let mut new = held.ready(&fixture.seen(usize::try_from(number % 10)?, 0)?, &Counted::default())?;
    let id = Uuid::from_u128(u128::from(number));
    new.seen.id = ObservationId(id);
    new.seen.unit = Some(number.to_string());
    "kill".clone_into(&mut new.sentence);
    let line = EvidenceLine { kind: Evidence::Told, title: "kill".to_owned(), href: String::new() };
    new.evidence.push(NewEvidence { id: Uuid::from_u128(EVIDENCE | u128::from(number)), line, file: None });
    let mut unit = Unit::new();
    observations::touch(&mut unit, held.org, &[new.measure]);
    observations::insert(&mut unit, Actor::Program, &[new]);
    unit.emit(Change::new(Actor::Program, "targets.observation", id, "recorded").of(held.org).after(&number));
    Ok(unit)
}
