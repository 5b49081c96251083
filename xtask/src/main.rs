//! The chores of this repository: `cargo xtask test` is the gate, the rest are its parts and some comforts.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context as _, Result, bail};

mod fresh;
mod gate;
mod install;
mod licences;
mod process;
mod tally;
mod tidy;

#[path = "../../testkit/src/postgres.rs"]
#[expect(unreachable_pub, reason = "the same file is a public module of testkit")]
mod postgres;

const USAGE: &str = "\
cargo xtask test [--quick] [--only STEP]... [FILTER]
                        the gate: installs what is missing, then every check; --quick leaves out the
                        slow ones; FILTER runs the matching tests alone, on both engines
cargo xtask tidy        the house rules
cargo xtask bench [...] the measurements, built as shipped
cargo xtask shots       the browser tests' screenshots
cargo xtask fresh       clones HEAD and runs the first command of the README there
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&args) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(args: &[String]) -> Result<bool> {
    let root = root()?;
    let (name, rest) = args.split_first().map_or(("help", args), |(name, rest)| (name.as_str(), rest));
    match name {
        "test" => gate::run(&root, rest),
        "tidy" => tidy::run(&root),
        "bench" => bench(&root, rest),
        "shots" => gate::shots(&root),
        "fresh" => fresh::run(&root),
        "help" | "-h" | "--help" => {
            print!("{USAGE}");
            Ok(true)
        }
        other => bail!("no chore is called `{other}`\n\n{USAGE}"),
    }
}

/// Hands over to the measurements; they know their names.
fn bench(root: &Path, args: &[String]) -> Result<bool> {
    let status = Command::new("cargo")
        .args(["run", "--profile", "dist", "--package", "lt-bench", "--"])
        .args(args)
        .current_dir(root)
        .status()
        .context("cargo does not start")?;
    Ok(status.success())
}

/// The folder of the workspace: where this crate was built from, or, had it moved since, where we stand.
fn root() -> Result<PathBuf> {
    let built = Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_owned);
    let here = std::env::current_dir()?;
    built
        .into_iter()
        .chain(here.ancestors().map(Path::to_owned))
        .find(|dir| dir.join("xtask/layers.toml").is_file())
        .context("run this inside the repository")
}
