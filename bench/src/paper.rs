//! A report of 40 pages as PDF, and as DOCX beside it.

use anyhow::{Result, ensure};

use crate::bench::Bench;
use crate::measure::{Whose, len, timed};
use crate::report::Report;

#[path = "../../crates/paper/examples/report/sample.rs"]
mod sample;

/// Measures.
///
/// # Errors
/// When a report cannot be drawn, has other pages than asked for, or comes out differently the second time.
pub(crate) fn run(bench: &Bench) -> Result<Report> {
    let mut report = bench.report("report")?;
    for (paper, name) in [(sample::party(), "a Party report"), (sample::state(), "a State report")] {
        let pages = lt_paper::pdf::render(&paper)?.pages;
        report.note(format!("{name} of the example has {pages} pages"));
    }
    // Times the example's text is repeated: 4, 40, 400 pages.
    for times in bench.size([2, 22, 220].as_slice(), &[1]).iter().copied() {
        let paper = sample::long(times);
        let first = lt_paper::pdf::render(&paper)?;
        let whose = Whose::me();
        let (mut pdf, mut docx, mut cpu) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..bench.runs() {
            let before = whose.seconds();
            let (drawn, seconds) = timed(|| lt_paper::pdf::render(&paper));
            ensure!(drawn?.bytes == first.bytes, "the same report is drawn differently the second time");
            cpu.push((whose.seconds() - before) * 1000.0 / len(first.pages));
            pdf.push(seconds * 1e3);
            let (written, seconds) = timed(|| lt_paper::docx::render(&paper));
            ensure!(written?.starts_with(b"PK"), "no DOCX");
            docx.push(seconds * 1e3);
        }
        let what = format!("{} pages, {:.0} kB", first.pages, len(first.bytes.len()) / 1000.0);
        let median = report.case(format!("PDF of {what}; CPU per 1,000 pages"), "ms", pdf, cpu, &[]);
        report.line(format!("DOCX of the {} pages", first.pages), "ms", docx);
        if times == 22 {
            ensure!(first.pages >= 40, "{} pages are not 40", first.pages);
            report.at_most(format!("PDF of {} pages, s", first.pages), 1.0, median / 1e3);
        }
    }
    Ok(report)
}
