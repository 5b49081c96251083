//! The measurements: each prints a table, writes `results/<name>.json`, and fails when answers differ.
//!
//! `cargo xtask bench [--quick] [--dir DIR] [--out DIR] [NAME]…`

mod bench;
mod board;
mod cluster;
mod commit;
mod fixture;
mod http;
mod import;
mod judge;
mod kill;
mod machine;
mod measure;
mod paper;
mod program;
mod report;
mod server;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use lienthong::commands;
use lienthong::config::Config;

use crate::bench::Bench;
use crate::report::Report;

/// All measurements, in the order they run.
const NAMES: [&str; 7] = ["commit", "board", "judge", "import", "report", "program", "kill"];

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match begin(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn begin(args: &[String]) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    match args.split_first() {
        Some((word, rest)) if word == "child" => runtime.block_on(kill::child(rest)),
        Some((word, rest)) if word == "--data" => runtime.block_on(as_program(rest)),
        _ => runtime.block_on(measure_all(args)),
    }
}

/// What the command line asks for.
struct Asked {
    quick: bool,
    dir: PathBuf,
    out: Option<PathBuf>,
    names: Vec<&'static str>,
}

fn asked(args: &[String]) -> Result<Asked> {
    let mut asked = Asked { quick: false, dir: std::env::temp_dir(), out: None, names: Vec::new() };
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--quick" => asked.quick = true,
            "--dir" => asked.dir = args.next().context("--dir needs a directory")?.into(),
            "--out" => asked.out = Some(args.next().context("--out needs a directory")?.into()),
            name => match NAMES.iter().find(|known| **known == name) {
                Some(known) => asked.names.push(known),
                None => bail!("no measurement is called `{name}`; there are {}", NAMES.join(", ")),
            },
        }
    }
    if asked.names.is_empty() {
        asked.names.extend(NAMES);
    }
    // A smoke run leaves the record alone.
    let results = Path::new(env!("CARGO_MANIFEST_DIR")).join("results");
    asked.out = asked.out.or((!asked.quick).then_some(results));
    Ok(asked)
}

async fn measure_all(args: &[String]) -> Result<()> {
    let asked = asked(args)?;
    let mut missed = 0;
    for name in asked.names {
        let bench = Bench::new(&asked.dir, asked.quick)?;
        let report = one(&bench, name).await.with_context(|| format!("{name} failed"))?;
        report.print();
        if let Some(out) = &asked.out {
            report.write(out)?;
        }
        missed += report.figures.iter().filter(|figure| !figure.met).count();
    }
    if !asked.quick {
        println!("\n{missed} figures missed");
    }
    Ok(())
}

async fn one(bench: &Bench, name: &str) -> Result<Report> {
    match name {
        "commit" => commit::run(bench).await,
        "judge" => judge::run(bench).await,
        "import" => import::run(bench).await,
        "kill" => kill::run(bench).await,
        // These wait for processes of their own and use no runtime of ours.
        "board" => tokio::task::block_in_place(|| board::run(bench)),
        "report" => tokio::task::block_in_place(|| paper::run(bench)),
        _ => tokio::task::block_in_place(|| program::run(bench)),
    }
}

/// Serves or imports as the program does; for smoke runs, which have no other binary.
async fn as_program(args: &[String]) -> Result<()> {
    let (data, rest) = args.split_first().context("--data needs a directory")?;
    let mut config = Config::read(Path::new(data), None)?;
    let words: Vec<&str> = rest.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["serve", "--listen", address] => {
            config.server.listen = address.parse()?;
            commands::serve(config).await
        }
        ["import", file] => commands::import(&config, Path::new(file)).await,
        _ => bail!("--data DIR serve --listen ADDRESS, or --data DIR import FILE"),
    }
}
