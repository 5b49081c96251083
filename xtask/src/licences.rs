//! Licences of everything that is linked in: each must be satisfied by the list in `deny.toml`.
//!
//! Works without network on what cargo has already fetched. Known vulnerabilities need a database that is
//! fetched from outside; they are looked up only where cargo-deny and its database are installed.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;
use toml::Table;

use crate::process;
use crate::tally::Tally;

/// Checks licences, and advisories where that is possible.
pub(crate) fn run(root: &Path) -> Result<Tally> {
    let mut tally = Tally::one(licences(root)?);
    if !process::on_path("cargo-deny") {
        println!("advisories: skipped, cargo-deny is not installed");
        tally += Tally::SKIPPED;
        return Ok(tally);
    }
    let deny = |what: &[&str]| {
        let mut command = Command::new("cargo");
        command.args(["deny", "--offline", "--all-features", "check"]).args(what).current_dir(root);
        process::run(&mut command, Duration::from_mins(5))
    };
    tally += Tally::one(deny(&["licenses", "bans", "sources"])?.ok);
    if advisory_database() {
        tally += Tally::one(deny(&["advisories", "--disable-fetch"])?.ok);
    } else {
        println!("advisories: skipped, cargo-deny has no database here (`cargo deny fetch` gets it)");
        tally += Tally::SKIPPED;
    }
    Ok(tally)
}

fn advisory_database() -> bool {
    let home = std::env::var_os("CARGO_HOME").map(std::path::PathBuf::from).or_else(|| {
        let home = std::env::home_dir()?;
        Some(home.join(".cargo"))
    });
    home.is_some_and(|home| {
        ["advisory-db", "advisory-dbs"]
            .iter()
            .any(|name| fs::read_dir(home.join(name)).is_ok_and(|mut dir| dir.next().is_some()))
    })
}

fn licences(root: &Path) -> Result<bool> {
    let list: Table = fs::read_to_string(root.join("deny.toml")).context("deny.toml")?.parse().context("deny.toml")?;
    let allowed: BTreeSet<&str> = list
        .get("licenses")
        .and_then(|licenses| licenses.get("allow"))
        .and_then(toml::Value::as_array)
        .context("deny.toml has no list `licenses.allow`")?
        .iter()
        .filter_map(toml::Value::as_str)
        .collect();
    let packages = linked_packages(root)?;
    let mut wrong = 0;
    for (name, licence) in &packages {
        match licence {
            Some(expression) if satisfied(expression, &allowed) => {}
            Some(expression) => {
                println!("{name}: `{expression}` is not covered by deny.toml");
                wrong += 1;
            }
            None => {
                println!("{name}: names no licence");
                wrong += 1;
            }
        }
    }
    println!("licences: {} packages, {wrong} not covered", packages.len());
    Ok(wrong == 0 && !packages.is_empty())
}

/// Name with version, and licence expression, of every package the lock file brings for this machine's kind.
fn linked_packages(root: &Path) -> Result<Vec<(String, Option<String>)>> {
    let version = process::answer(Command::new("rustc").arg("-vV")).context("rustc does not answer")?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).context("rustc names no host")?;
    let metadata = Command::new("cargo")
        .args(["metadata", "--format-version", "1", "--locked", "--filter-platform", host])
        .current_dir(root)
        .output()
        .context("cargo does not start")?;
    ensure!(metadata.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&metadata.stderr));
    let metadata: Value = serde_json::from_slice(&metadata.stdout)?;
    let packages = metadata.get("packages").and_then(Value::as_array).context("no packages in cargo's metadata")?;
    let text = |package: &Value, key: &str| package.get(key).and_then(Value::as_str).map(str::to_owned);
    Ok(packages
        .iter()
        .map(|package| {
            let name = text(package, "name").unwrap_or_default();
            (format!("{name} {}", text(package, "version").unwrap_or_default()), text(package, "license"))
        })
        .collect())
}

/// Whether the allowed licences satisfy an SPDX expression (`/` means OR, as in old manifests).
fn satisfied(expression: &str, allowed: &BTreeSet<&str>) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut reader = Expression { words: &words, at: 0, allowed };
    reader.either() == Some(true) && reader.at == words.len()
}

struct Expression<'a> {
    words: &'a [&'a str],
    at: usize,
    allowed: &'a BTreeSet<&'a str>,
}

impl Expression<'_> {
    fn next_is(&mut self, word: &str) -> bool {
        let is = self.words.get(self.at) == Some(&word);
        self.at += usize::from(is);
        is
    }

    fn either(&mut self) -> Option<bool> {
        let mut value = self.both()?;
        while self.next_is("OR") {
            value |= self.both()?;
        }
        Some(value)
    }

    fn both(&mut self) -> Option<bool> {
        let mut value = self.one()?;
        while self.next_is("AND") {
            value &= self.one()?;
        }
        Some(value)
    }

    fn one(&mut self) -> Option<bool> {
        if self.next_is("(") {
            let value = self.either()?;
            return self.next_is(")").then_some(value);
        }
        let licence = *self.words.get(self.at)?;
        self.at += 1;
        if matches!(licence, "OR" | "AND" | "WITH" | ")") {
            return None;
        }
        // An exception only ever adds permissions: the bare licence on the list is enough.
        if self.next_is("WITH") {
            let exception = *self.words.get(self.at)?;
            self.at += 1;
            let whole = format!("{licence} WITH {exception}");
            return Some(self.allowed.contains(licence) || self.allowed.contains(whole.as_str()));
        }
        Some(self.allowed.contains(licence))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fine(expression: &str) -> bool {
        satisfied(expression, &["MIT", "Apache-2.0", "Unicode-3.0", "OFL-1.1"].into())
    }

    #[test]
    fn what_is_on_the_list_passes() {
        for expression in [
            "MIT",
            "MIT OR GPL-3.0",
            "GPL-3.0 OR MIT",
            "MIT/Apache-2.0",
            "(MIT OR Apache-2.0) AND Unicode-3.0",
            "Apache-2.0 WITH LLVM-exception OR GPL-2.0",
        ] {
            assert!(fine(expression), "{expression}");
        }
    }

    #[test]
    fn what_is_not_does_not() {
        for expression in [
            "GPL-3.0",
            "AGPL-3.0-only",
            "MIT AND GPL-3.0",
            "(MIT OR Apache-2.0) AND CC-BY-NC-4.0",
            "LGPL-3.0 WITH x",
            "",
            "MIT OR",
            "(MIT",
            "MIT Apache-2.0",
            "mit",
        ] {
            assert!(!fine(expression), "{expression}");
        }
    }
}
