//! The machine a measurement ran on.

use std::fs::{self, OpenOptions};
use std::os::unix::fs::FileExt as _;
use std::path::Path;

use anyhow::{Context, Result};
use serde::Serialize;

use crate::measure::{Series, Stopwatch, float};

/// Facts without which no figure can be read.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Machine {
    /// Processors this program may use.
    pub(crate) cores: usize,
    /// Model of the first.
    pub(crate) cpu: String,
    /// Kernel.
    pub(crate) kernel: String,
    /// Memory, in MiB.
    pub(crate) memory_mib: u64,
    /// File system the databases lie on.
    pub(crate) file_system: String,
    /// Average length of the run queue over the last minute, when the measurement began: who else was working.
    pub(crate) load: f64,
    /// Bare 4 KiB overwrite + fdatasync by one writer, per second.
    pub(crate) fdatasync: Series,
}

impl Machine {
    /// Looks around; `dir` is where the databases will lie.
    ///
    /// # Errors
    /// When `dir` cannot be written to.
    pub(crate) fn look(dir: &Path, quick: bool) -> Result<Self> {
        let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
        let field = |text: &str, name: &str| {
            let line = text.lines().find(|line| line.starts_with(name));
            line.and_then(|line| line.split_once(':')).map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
        };
        let memory = field(&read("/proc/meminfo"), "MemTotal");
        let kib: u64 = memory.split_whitespace().next().and_then(|text| text.parse().ok()).unwrap_or(0);
        let runs = (0..if quick { 1 } else { 5 }).map(|_| fdatasync_rate(dir, if quick { 20 } else { 2_000 }));
        Ok(Self {
            cores: std::thread::available_parallelism().map_or(0, std::num::NonZero::get),
            cpu: field(&read("/proc/cpuinfo"), "model name"),
            kernel: read("/proc/sys/kernel/osrelease").trim().to_owned(),
            memory_mib: kib / 1024,
            file_system: file_system(dir),
            load: read("/proc/loadavg").split_whitespace().next().and_then(|text| text.parse().ok()).unwrap_or(0.0),
            fdatasync: Series::of(runs.collect::<Result<_>>()?),
        })
    }
}

/// Overwrites one block and syncs it, `times` times; the rate per second.
///
/// # Errors
/// When the file cannot be written.
pub(crate) fn fdatasync_rate(dir: &Path, times: u32) -> Result<f64> {
    let path = dir.join("fdatasync");
    let file = OpenOptions::new().write(true).create(true).truncate(false).open(&path).context("fdatasync")?;
    let block = [0x5a_u8; 4096];
    file.write_all_at(&block, 0)?;
    file.sync_all()?;
    let watch = Stopwatch::start();
    for _ in 0..times {
        file.write_all_at(&block, 0)?;
        file.sync_data()?;
    }
    let rate = float(times.into()) / watch.seconds();
    fs::remove_file(&path)?;
    Ok(rate)
}

/// The file system under `dir`: the one mounted nearest above it.
fn file_system(dir: &Path) -> String {
    let mounts = fs::read_to_string("/proc/mounts").unwrap_or_default();
    let mut best = (0, String::from("unknown"));
    for line in mounts.lines() {
        let mut fields = line.split(' ').skip(1);
        let (Some(place), Some(kind)) = (fields.next(), fields.next()) else { continue };
        if dir.starts_with(place) && place.len() >= best.0 {
            best = (place.len(), kind.to_owned());
        }
    }
    best.1
}
