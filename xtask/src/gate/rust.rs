//! The steps that cargo does. One target folder and one profile for all, so that nothing is built twice.

use std::process::Command;
use std::time::Duration;

use anyhow::Result;

use super::Gate;
use crate::process;
use crate::tally::{self, Tally};

const LIMIT: Duration = Duration::from_mins(45);

fn cargo(gate: &Gate, words: &[&str]) -> Command {
    let mut command = Command::new("cargo");
    command.args(words).current_dir(&gate.root);
    command
}

fn check(gate: &Gate, words: &[&str]) -> Result<Tally> {
    Ok(Tally::one(process::run(&mut cargo(gate, words), LIMIT)?.ok))
}

pub(super) fn format(gate: &mut Gate) -> Result<Tally> {
    check(gate, &["fmt", "--all", "--check"])
}

pub(super) fn clippy(gate: &mut Gate) -> Result<Tally> {
    check(gate, &["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"])
}

/// The program for the browser tests together with the tests: one resolution of features, so one build.
pub(super) fn build(gate: &mut Gate) -> Result<Tally> {
    check(gate, &["build", "--workspace", "--bins", "--tests", "--locked"])
}

/// All tests: by nextest where it is installed, by cargo otherwise.
pub(super) fn tests(gate: &mut Gate) -> Result<Tally> {
    let nextest = process::answer(Command::new("cargo").args(["nextest", "--version"])).is_some();
    let mut command = if nextest {
        cargo(gate, &["nextest", "run", "--workspace", "--locked", "--no-fail-fast", "--no-tests=pass"])
    } else {
        cargo(gate, &["test", "--workspace", "--bins", "--lib", "--tests", "--locked", "--no-fail-fast"])
    };
    command.args(gate.filter.as_ref());
    if gate.quick {
        command.env_remove("LIENTHONG_TEST_POSTGRES");
    } else {
        command.env("LIENTHONG_TEST_POSTGRES", gate.postgres_url()?);
        command.env("LIENTHONG_TEST_OIDC", gate.issuer()?);
        for name in ["LIENTHONG_TEST_POSTGRES_REQUIRED", "LIENTHONG_TEST_TOOLS_REQUIRED"] {
            command.env(name, "1");
        }
    }
    let ran = process::run(&mut command, LIMIT)?;
    let mut tally = if nextest { tally::of_nextest(&ran.lines) } else { tally::of_cargo_test(&ran.lines) };
    if gate.filter.is_some() {
        // Those the filter left out.
        tally.skipped = 0;
    }
    Ok(tally.judged(ran.ok))
}

/// Examples in doc comments; there may be none.
pub(super) fn doctests(gate: &mut Gate) -> Result<Tally> {
    let ran = process::run(&mut cargo(gate, &["test", "--workspace", "--doc", "--locked", "--no-fail-fast"]), LIMIT)?;
    let tally = tally::of_cargo_test(&ran.lines);
    Ok(if ran.ok { tally } else { tally.judged(false) })
}
