//! Times, processor seconds, counts of the disk; medians with their ends.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use serde::Serialize;

/// A count as a figure.
#[expect(clippy::cast_precision_loss, reason = "figures for people; counts here stay far below 2^53")]
pub(crate) const fn float(count: u64) -> f64 {
    count as f64
}

/// The length of something, as a figure.
pub(crate) fn len(count: usize) -> f64 {
    float(u64::try_from(count).unwrap_or(u64::MAX))
}

/// Whose processor time is counted.
#[derive(Debug, Clone, Default)]
pub(crate) struct Whose {
    /// Processes counted by number, this one included when it works itself.
    pub(crate) processes: Vec<u32>,
    /// A process whose children count too, such as a database server.
    pub(crate) with_children: Option<u32>,
}

impl Whose {
    /// This process alone.
    pub(crate) fn me() -> Self {
        Self { processes: vec![std::process::id()], with_children: None }
    }

    /// This process and a server with its children.
    pub(crate) fn me_and(server: Option<u32>) -> Self {
        Self { with_children: server, ..Self::me() }
    }

    /// One other process with its children.
    pub(crate) fn other(process: u32) -> Self {
        Self { processes: Vec::new(), with_children: Some(process) }
    }

    /// Seconds of processor time used so far.
    pub(crate) fn seconds(&self) -> f64 {
        let mut ticks: u64 = self.processes.iter().filter_map(|process| stat(*process)).map(|stat| stat.1).sum();
        if let Some(server) = self.with_children {
            ticks += stat(server).map_or(0, |stat| stat.1);
            ticks += children(server).into_iter().filter_map(stat).map(|stat| stat.1).sum::<u64>();
        }
        // Linux reports these in hundredths of a second to programs, whatever the kernel's own tick is.
        float(ticks) / 100.0
    }
}

/// Parent of a process and the ticks it used itself, in user and in kernel mode.
fn stat(process: u32) -> Option<(u32, u64)> {
    let text = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name stands in brackets and may hold anything.
    let (_, rest) = text.rsplit_once(')')?;
    let fields: Vec<&str> = rest.split_whitespace().collect();
    let number = |place: usize| fields.get(place)?.parse::<u64>().ok();
    Some((u32::try_from(number(1)?).ok()?, number(11)? + number(12)?))
}

fn children(parent: u32) -> Vec<u32> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let numbers = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    numbers.filter(|process| stat(*process).is_some_and(|stat| stat.0 == parent)).collect()
}

/// Flushes the disk under `path` has been asked for since the machine started, by anybody.
pub(crate) fn flushes(path: &Path) -> Option<u64> {
    let device = std::os::unix::fs::MetadataExt::dev(&fs::metadata(path).ok()?);
    let (major, minor) = (((device >> 8) & 0xfff), ((device & 0xff) | ((device >> 12) & 0xf_ff00)));
    let text = fs::read_to_string(format!("/sys/dev/block/{major}:{minor}/stat")).ok()?;
    text.split_whitespace().nth(15)?.parse().ok()
}

/// Memory of a process that is its own or shared, in MiB.
pub(crate) fn resident_mib(process: u32) -> Option<f64> {
    let text = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kib: u64 = line.split_whitespace().next()?.parse().ok()?;
    Some(float(kib) / 1024.0)
}

/// A moment to measure from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts it.
    pub(crate) fn start() -> Self {
        #[expect(clippy::disallowed_methods, reason = "measuring is what this program is for")]
        Self(Instant::now())
    }

    /// Seconds since then.
    pub(crate) fn seconds(self) -> f64 {
        self.0.elapsed().as_secs_f64()
    }

    /// Whether so much time has passed.
    pub(crate) fn is_past(self, span: Duration) -> bool {
        self.0.elapsed() >= span
    }
}

/// The result of `work` with the seconds it took.
pub(crate) fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let watch = Stopwatch::start();
    let result = work();
    (result, watch.seconds())
}

/// Several runs of one case.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Series {
    /// The middle one.
    pub(crate) median: f64,
    /// The smallest.
    pub(crate) min: f64,
    /// The largest.
    pub(crate) max: f64,
    /// All, in their order.
    pub(crate) runs: Vec<f64>,
}

impl Series {
    /// The series of `runs`.
    pub(crate) fn of(runs: Vec<f64>) -> Self {
        let mut sorted = runs.clone();
        sorted.sort_by(f64::total_cmp);
        Self {
            median: sorted.get(sorted.len() / 2).copied().unwrap_or_default(),
            min: sorted.first().copied().unwrap_or_default(),
            max: sorted.last().copied().unwrap_or_default(),
            runs,
        }
    }
}

/// The value below which `share` hundredths of `values` lie.
pub(crate) fn percentile(values: &mut [f64], share: usize) -> f64 {
    values.sort_by(f64::total_cmp);
    let place = (values.len() * share / 100).min(values.len().saturating_sub(1));
    values.get(place).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_five_and_its_ends() {
        let series = Series::of(vec![3.0, 9.0, 1.0, 7.0, 5.0]);
        assert_eq!(format!("{} {} {}", series.median, series.min, series.max), "5 1 9");
    }

    #[test]
    fn the_ninety_ninth_of_two_hundred() {
        let mut values: Vec<f64> = (0..200_u32).rev().map(f64::from).collect();
        assert!((percentile(&mut values, 99) - 198.0).abs() < 0.01);
    }

    #[test]
    fn work_costs_processor_time() {
        let (whose, watch) = (Whose::me(), Stopwatch::start());
        let before = whose.seconds();
        let mut sum = 0_u64;
        while !watch.is_past(Duration::from_millis(200)) {
            sum = sum.wrapping_add(std::hint::black_box(1));
        }
        assert!(sum > 0 && whose.seconds() > before);
    }
}
