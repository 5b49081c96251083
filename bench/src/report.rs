//! What a measurement came to: a table for people, JSON for the record, and whether its figures were reached.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use serde::Serialize;

use crate::machine::Machine;
use crate::measure::Series;

/// One measured case.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Line {
    /// What was measured.
    pub(crate) what: String,
    /// Unit of the series: `/s`, `ms`, `s`, `MiB`, `MB`.
    pub(crate) unit: &'static str,
    /// The runs.
    pub(crate) series: Series,
    /// Processor seconds per 1,000 operations, of everybody who took part.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) cpu_per_1000: Option<Series>,
    /// Things counted in all runs together.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) counts: BTreeMap<&'static str, f64>,
}

/// A figure the program promises.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Figure {
    /// What is promised.
    pub(crate) what: String,
    /// The bound.
    pub(crate) wanted: f64,
    /// Whether the bound is a least; otherwise it is a most.
    pub(crate) at_least: bool,
    /// What was found.
    pub(crate) found: f64,
    /// Whether it was reached.
    pub(crate) met: bool,
}

/// A whole measurement.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Report {
    /// Its name.
    pub(crate) name: &'static str,
    /// A smoke run with tiny sizes: its figures say nothing.
    pub(crate) quick: bool,
    /// When, in Vietnam.
    pub(crate) measured_at: String,
    /// Where.
    pub(crate) machine: Machine,
    /// The cases.
    pub(crate) lines: Vec<Line>,
    /// The promises.
    pub(crate) figures: Vec<Figure>,
    /// What to know when reading it.
    pub(crate) notes: Vec<String>,
}

impl Report {
    /// An empty one.
    pub(crate) const fn new(name: &'static str, quick: bool, machine: Machine, measured_at: String) -> Self {
        Self { name, quick, measured_at, machine, lines: Vec::new(), figures: Vec::new(), notes: Vec::new() }
    }

    /// Adds a case; gives the median back.
    pub(crate) fn line(&mut self, what: impl Into<String>, unit: &'static str, runs: Vec<f64>) -> f64 {
        self.case(what, unit, runs, Vec::new(), &[])
    }

    /// Adds a case with its processor seconds per 1,000 operations and its counts; gives the median back.
    pub(crate) fn case(
        &mut self,
        what: impl Into<String>,
        unit: &'static str,
        runs: Vec<f64>,
        cpu: Vec<f64>,
        counts: &[(&'static str, f64)],
    ) -> f64 {
        let series = Series::of(runs);
        let median = series.median;
        let cpu_per_1000 = (!cpu.is_empty()).then(|| Series::of(cpu));
        self.lines.push(Line {
            what: what.into(),
            unit,
            series,
            cpu_per_1000,
            counts: counts.iter().copied().collect(),
        });
        median
    }

    /// States a promise of at least `wanted`.
    pub(crate) fn at_least(&mut self, what: impl Into<String>, wanted: f64, found: f64) {
        self.figures.push(Figure { what: what.into(), wanted, at_least: true, found, met: found >= wanted });
    }

    /// States a promise of at most `wanted`.
    pub(crate) fn at_most(&mut self, what: impl Into<String>, wanted: f64, found: f64) {
        self.figures.push(Figure { what: what.into(), wanted, at_least: false, found, met: found <= wanted });
    }

    /// Adds something to know.
    pub(crate) fn note(&mut self, text: impl Into<String>) {
        self.notes.push(text.into());
    }

    /// Prints the table.
    pub(crate) fn print(&self) {
        println!("\n== {}{}", self.name, if self.quick { " (smoke run: figures say nothing)" } else { "" });
        println!("{:<66} {:>12} {:>12} {:>12} {:>5} {:>14}", "case", "median", "min", "max", "", "CPU s/1000 ops");
        for line in &self.lines {
            let series = &line.series;
            let cpu = line.cpu_per_1000.as_ref().map(|cpu| format!("{:.3}", cpu.median)).unwrap_or_default();
            println!(
                "{:<66} {:>12} {:>12} {:>12} {:<5} {:>14}",
                line.what,
                figure(series.median),
                figure(series.min),
                figure(series.max),
                line.unit,
                cpu
            );
            for (what, count) in &line.counts {
                println!("    {what}: {}", figure(*count));
            }
        }
        for one in &self.figures {
            let (sign, word) = (if one.at_least { ">=" } else { "<=" }, if one.met { "met" } else { "MISSED" });
            println!("{word:>6}  {}: {} (wanted {sign} {})", one.what, figure(one.found), figure(one.wanted));
        }
        for note in &self.notes {
            println!("  note: {note}");
        }
    }

    /// Writes `<name>.json` into the folder.
    ///
    /// # Errors
    /// When the folder cannot be written to.
    pub(crate) fn write(&self, folder: &Path) -> Result<()> {
        std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        let path = folder.join(format!("{}.json", self.name));
        let text = serde_json::to_string_pretty(self)? + "\n";
        std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))
    }
}

/// A number with about four digits that matter.
fn figure(value: f64) -> String {
    match value.abs() {
        size if size >= 100.0 => format!("{value:.0}"),
        size if size >= 10.0 => format!("{value:.1}"),
        size if size >= 1.0 => format!("{value:.2}"),
        _ => format!("{value:.4}"),
    }
}
