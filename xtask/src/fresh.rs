//! The promise of the README, tried: a clean clone, the first command, a page that answers.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Result, ensure};

use crate::process::{self, Service};

/// Clones HEAD into a folder of its own, builds there with an empty target folder, serves, and removes it all.
///
/// What is not committed is not in the clone, which is the point.
pub(crate) fn run(root: &Path) -> Result<bool> {
    let dir = std::env::temp_dir().join(format!("lt-fresh-{}", std::process::id()));
    let outcome = try_in(root, &dir);
    let _ = std::fs::remove_dir_all(&dir);
    let (built, ready) = outcome?;
    println!("cargo run --release: built in {built} s; first start ready after {ready} s");
    println!("the second command of the README is `cargo xtask test`: run it on a new machine, or in a container");
    Ok(true)
}

/// Seconds of the build and seconds until the first start was ready.
fn try_in(root: &Path, dir: &Path) -> Result<(u64, u64)> {
    let clone = Command::new("git").args(["clone", "--quiet"]).arg(root).arg(dir).status()?;
    ensure!(clone.success(), "git clone failed");
    let cargo = |words: &[&str]| {
        let mut command = Command::new("cargo");
        command.args(words).current_dir(dir).env_remove("CARGO_TARGET_DIR");
        command
    };
    let began = process::now();
    let built = process::run(&mut cargo(&["build", "--release"]), Duration::from_hours(1))?;
    ensure!(built.ok, "the clone does not build");
    let build_seconds = began.elapsed().as_secs();

    let began = process::now();
    let mut serve = cargo(&["run", "--release", "--", "serve", "--data", "data", "--listen", "127.0.0.1:0"]);
    let server = Service::start(&mut serve)?;
    let address = server.line_after("listening on ", Duration::from_mins(5))?;
    println!("serves at {address}");
    Ok((build_seconds, began.elapsed().as_secs()))
}
