//! The gate: every check there is, each counted, none in the way of the next.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Result, bail};

mod browser;
mod rust;

use crate::postgres::{self, Cluster};
use crate::process::{self, Service};
use crate::tally::Tally;
use crate::{install, licences, tidy};

/// What a step may need from the others.
pub(crate) struct Gate {
    root: PathBuf,
    filter: Option<String>,
    quick: bool,
    cluster: Option<Cluster>,
    provider: Option<(Service, String)>,
}

struct Step {
    name: &'static str,
    heading: &'static str,
    /// Left out by `--quick`.
    slow: bool,
    /// Runs when only some tests are asked for.
    with_filter: bool,
    run: fn(&mut Gate) -> Result<Tally>,
}

const STEPS: [Step; 9] = [
    Step { name: "install", heading: "What the tests need", slow: true, with_filter: false, run: installed },
    Step { name: "fmt", heading: "Format", slow: false, with_filter: false, run: rust::format },
    Step { name: "tidy", heading: "House rules", slow: false, with_filter: false, run: tidied },
    Step { name: "licences", heading: "Licences and advisories", slow: true, with_filter: false, run: licensed },
    Step { name: "clippy", heading: "Clippy", slow: true, with_filter: false, run: rust::clippy },
    Step { name: "build", heading: "Build", slow: false, with_filter: false, run: rust::build },
    Step { name: "tests", heading: "Tests, both engines", slow: false, with_filter: true, run: rust::tests },
    Step {
        name: "doctests",
        heading: "Examples in the documentation",
        slow: true,
        with_filter: false,
        run: rust::doctests,
    },
    Step { name: "browser", heading: "Browser", slow: true, with_filter: false, run: browser::pages },
];

/// What was asked for on the command line.
#[derive(Debug, Default, PartialEq, Eq)]
struct Asked {
    quick: bool,
    only: BTreeSet<String>,
    filter: Option<String>,
}

/// Runs the gate. True when nothing failed.
pub(crate) fn run(root: &Path, args: &[String]) -> Result<bool> {
    let asked = parse(args)?;
    let began = process::now();
    let mut gate = Gate::new(root, asked.filter.clone(), asked.quick);
    let mut total = Tally::default();
    let mut report = Vec::new();
    for step in STEPS.iter().filter(|step| chosen(step, &asked)) {
        let since = process::now();
        println!("\n== {} ({})", step.heading, step.name);
        let tally = (step.run)(&mut gate).unwrap_or_else(|error| {
            println!("{}: {error:#}", step.name);
            Tally::one(false)
        });
        total += tally;
        let line = format!("{:<10} {tally}; {}", step.name, spoken(since.elapsed()));
        println!("-- {line}");
        report.push(line);
    }
    drop(gate);
    println!("\n== All steps, {}", spoken(began.elapsed()));
    for line in report {
        println!("   {line}");
    }
    println!("\n{total}");
    Ok(total.failed == 0)
}

/// Only the screenshots of the browser tests.
pub(crate) fn shots(root: &Path) -> Result<bool> {
    let mut gate = Gate::new(root, None, false);
    let mut total = rust::build(&mut gate)?;
    if total.failed == 0 {
        total += browser::shots(&mut gate)?;
    }
    println!("\n{total}");
    Ok(total.failed == 0)
}

impl Gate {
    fn new(root: &Path, filter: Option<String>, quick: bool) -> Self {
        Self { root: root.to_owned(), filter, quick, cluster: None, provider: None }
    }

    /// Address of the tests' own PostgreSQL, started at first need.
    fn postgres_url(&mut self) -> Result<String> {
        if let Some(cluster) = &self.cluster {
            return Ok(cluster.url().to_owned());
        }
        let cluster = postgres::start()?;
        println!("PostgreSQL of our own at {}", cluster.url());
        let url = cluster.url().to_owned();
        self.cluster = Some(cluster);
        Ok(url)
    }

    /// Issuer of the tests' own `OpenID` provider, started at first need.
    fn issuer(&mut self) -> Result<String> {
        if let Some((_, issuer)) = &self.provider {
            return Ok(issuer.clone());
        }
        let (service, issuer) = browser::provider(&self.root)?;
        println!("OpenID provider of our own at {issuer}");
        self.provider = Some((service, issuer.clone()));
        Ok(issuer)
    }
}

fn chosen(step: &Step, asked: &Asked) -> bool {
    if !asked.only.is_empty() {
        return asked.only.contains(step.name);
    }
    if asked.filter.is_some() { step.with_filter } else { !(asked.quick && step.slow) }
}

fn parse(args: &[String]) -> Result<Asked> {
    let mut asked = Asked::default();
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--quick" => asked.quick = true,
            "--only" => {
                let name = args.next().map_or("", String::as_str);
                if !STEPS.iter().any(|step| step.name == name) {
                    let names: Vec<_> = STEPS.iter().map(|step| step.name).collect();
                    bail!("no step is called `{name}`; there are: {}", names.join(", "));
                }
                asked.only.insert(name.to_owned());
            }
            option if option.starts_with('-') => bail!("`{option}` is unknown; see `cargo xtask help`"),
            filter if asked.filter.is_none() => asked.filter = Some(filter.to_owned()),
            filter => bail!("one filter is enough: `{filter}` is the second"),
        }
    }
    Ok(asked)
}

fn installed(_: &mut Gate) -> Result<Tally> {
    Ok(Tally::one(install::run()?))
}

fn tidied(gate: &mut Gate) -> Result<Tally> {
    Ok(Tally::one(tidy::run(&gate.root)?))
}

fn licensed(gate: &mut Gate) -> Result<Tally> {
    licences::run(&gate.root)
}

/// `1 min 05 s`.
fn spoken(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        0..60 => format!("{seconds} s"),
        _ => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

/// Folder cargo builds into.
fn target_dir(root: &Path) -> PathBuf {
    let asked = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    let dir = asked.unwrap_or_else(|| PathBuf::from("target"));
    fs::canonicalize(root.join(&dir)).unwrap_or_else(|_| root.join(dir))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(args: &[&str]) -> Vec<&'static str> {
        let args: Vec<String> = args.iter().map(|arg| (*arg).to_owned()).collect();
        let asked = parse(&args).unwrap();
        STEPS.iter().filter(|step| chosen(step, &asked)).map(|step| step.name).collect()
    }

    #[test]
    fn everything_unless_asked_otherwise() {
        assert_eq!(names(&[]).len(), STEPS.len());
        assert_eq!(names(&["--quick"]), ["fmt", "tidy", "build", "tests"]);
        assert_eq!(names(&["--only", "tidy", "--only", "fmt"]), ["fmt", "tidy"]);
        assert_eq!(names(&["some_test"]), ["tests"]);
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for args in [&["--only", "nothing"][..], &["--fast"], &["one", "two"], &["--only"]] {
            let args: Vec<String> = args.iter().map(|arg| (*arg).to_owned()).collect();
            assert!(parse(&args).is_err(), "{args:?}");
        }
    }

    #[test]
    fn time_is_told_in_minutes() {
        assert_eq!(spoken(Duration::from_secs(59)), "59 s");
        assert_eq!(spoken(Duration::from_secs(65)), "1 min 05 s");
    }
}
