//! The steps that Node does: the pages in a real browser, and the `OpenID` provider some tests sign in at.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Result, ensure};

use super::{Gate, target_dir};
use crate::process::{self, Service};
use crate::tally::{self, Tally};

const LIMIT: Duration = Duration::from_mins(30);

/// Every page and every flow.
pub(super) fn pages(gate: &mut Gate) -> Result<Tally> {
    node(gate, &[])
}

/// The screenshots alone.
pub(super) fn shots(gate: &mut Gate) -> Result<Tally> {
    node(gate, &["--shots"])
}

fn node(gate: &mut Gate, words: &[&str]) -> Result<Tally> {
    packages(&gate.root)?;
    let mut command = Command::new("node");
    command
        .arg("run.mjs")
        .args(words)
        .current_dir(gate.root.join("e2e"))
        .env("LIENTHONG_BIN", target_dir(&gate.root).join("debug/lienthong"));
    let ran = process::run(&mut command, LIMIT)?;
    Ok(tally::of_browser(&ran.lines).judged(ran.ok))
}

/// Starts the `OpenID` provider of the tests; it says its issuer when it is ready.
pub(super) fn provider(root: &Path) -> Result<(Service, String)> {
    packages(root)?;
    let service = Service::start(Command::new("node").arg("oidc.mjs").current_dir(root.join("e2e")))?;
    let issuer = service.line_after("issuer ", Duration::from_mins(1))?;
    Ok((service, issuer))
}

/// Brings in the packages of `e2e` as locked, unless that was done since the lock was last changed.
fn packages(root: &Path) -> Result<()> {
    let dir = root.join("e2e");
    let locked = fs::read(dir.join("package-lock.json"))?;
    let mark = dir.join("node_modules/.lienthong-lock");
    if fs::read(&mark).is_ok_and(|installed| installed == locked) {
        return Ok(());
    }
    let mut npm = Command::new("npm");
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(&dir);
    ensure!(process::run(&mut npm, LIMIT)?.ok, "npm ci failed");
    fs::write(mark, locked)?;
    Ok(())
}
