//! The program as people start it: size of the binary, memory at rest, time of a later start.

use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use crate::bench::Bench;
use crate::http::Caller;
use crate::measure::{float, resident_mib};
use crate::report::Report;
use crate::server::{self, Server};

/// Measures.
///
/// # Errors
/// When the program does not start or does not answer.
pub(crate) fn run(bench: &Bench) -> Result<Report> {
    let mut report = bench.report("program")?;
    let (program, data) = (server::binary(bench)?, bench.folder()?);
    let first = Server::start(&program, &data, None)?;
    report.line("first start with the sample: until it listens", "s", vec![first.ready_after]);
    let cookie = first.sign_in("docgia")?;
    let seen = Caller::connect(&first.address)?.get("/targets", &cookie)?;
    ensure!(seen.status == 200, "/targets answered {}", seen.status);
    drop(first);
    let (mut ready, mut memory) = (Vec::new(), Vec::new());
    for _ in 0..bench.runs() {
        let server = Server::start(&program, &data, None)?;
        ready.push(server.ready_after);
        std::thread::sleep(Duration::from_secs(bench.size(3, 1)));
        memory.push(resident_mib(server.process()).context("its memory")?);
        // The sessions and the sample are still there.
        let again = Caller::connect(&server.address)?.get("/targets", &cookie)?;
        ensure!(again.status == 200 && again.body == seen.body, "after the restart /targets is another page");
        if memory.len() == bench.runs() {
            let used = resident_mib(server.process()).context("its memory")?;
            report.line("memory after one page with all verdicts of the sample", "MiB", vec![used]);
        }
    }
    let ready = report.line("later start: until it listens", "s", ready);
    let memory = report.line("memory at rest, 3 s after a start with the sample", "MiB", memory);
    report.at_most("later start, s", 1.0, ready);
    report.at_most("idle memory, MiB", 80.0, memory);
    size(bench, &mut report, &program)?;
    Ok(report)
}

/// The binary as built, and without its symbols.
fn size(bench: &Bench, report: &mut Report, program: &std::path::Path) -> Result<()> {
    let megabytes = |path: &std::path::Path| Ok::<_, anyhow::Error>(float(std::fs::metadata(path)?.len()) / 1e6);
    report.line("binary as built", "MB", vec![megabytes(program)?]);
    let bare = bench.dir.join("bare");
    let done = Command::new("strip").arg("-o").arg(&bare).arg(program).status().context("strip does not start")?;
    ensure!(done.success(), "strip failed");
    let size = megabytes(&bare)?;
    report.line("binary without symbols", "MB", vec![size]);
    if !bench.quick {
        report.at_most("binary, MB", 60.0, size);
    }
    Ok(())
}
