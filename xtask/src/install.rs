//! What the tests need from the system, and getting what is missing from the system's own packages.

use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::Result;

use crate::{postgres, process};

/// Oldest Node that the browser tests run on: Debian 12's.
const NODE_AT_LEAST: u32 = 18;

const LIMIT: Duration = Duration::from_mins(20);

/// Keeps Debian from setting up and starting a database server of the system's when the package comes in.
const NO_CLUSTER: &str = "\
# Written by `cargo xtask test` of Lien Thong before it installed PostgreSQL: the tests run a cluster of their
# own, so the package shall not set up and start another. Remove this file to get Debian's usual behaviour.
create_main_cluster = false
";
const NO_CLUSTER_PATH: &str = "/etc/postgresql-common/createcluster.conf";

/// Something the tests need.
struct Need {
    packages: &'static [&'static str],
    why: &'static str,
    there: fn() -> bool,
}

const NEEDS: [Need; 5] = [
    Need {
        packages: &["postgresql"],
        why: "every test of the store runs on PostgreSQL as well",
        there: || postgres::server_bin().is_some(),
    },
    Need {
        packages: &["chromium"],
        why: "the browser tests drive it",
        there: || Path::new("/usr/bin/chromium").exists(),
    },
    Need { packages: &["fonts-liberation"], why: "the browser's fallback face in screenshots", there: liberation },
    Need {
        packages: &["poppler-utils"],
        why: "tests read the text of finished PDF files with pdftotext",
        there: || process::on_path("pdftotext"),
    },
    Need { packages: &["nodejs", "npm"], why: "the browser tests are written for Node", there: node_will_do },
];

fn liberation() -> bool {
    fs::read_dir("/usr/share/fonts/truetype").is_ok_and(|entries| {
        entries.flatten().any(|entry| entry.file_name().to_string_lossy().starts_with("liberation"))
    })
}

fn node_will_do() -> bool {
    process::on_path("npm")
        && process::answer(Command::new("node").arg("--version"))
            .is_some_and(|said| major(&said).is_some_and(|major| major >= NODE_AT_LEAST))
}

fn major(version: &str) -> Option<u32> {
    version.trim_start_matches('v').split('.').next()?.parse().ok()
}

/// Installs what is missing. True when everything is there afterwards.
pub(crate) fn run() -> Result<bool> {
    let missing: Vec<&Need> = NEEDS.iter().filter(|need| !(need.there)()).collect();
    if missing.is_empty() {
        println!("nothing is missing");
        return Ok(true);
    }
    for need in &missing {
        println!("missing: {} ({})", need.packages.join(" and "), need.why);
    }
    let packages: Vec<&str> = missing.iter().flat_map(|need| need.packages).copied().collect();
    let Some(sudo) = way_to_root() else {
        println!("not installed: neither root nor `sudo` without a password. Install by hand and start again:");
        println!("    apt-get install --no-install-recommends {}", packages.join(" "));
        return Ok(false);
    };
    println!("installing by apt-get: {}", packages.join(" "));
    if packages.contains(&"postgresql") && !Path::new(NO_CLUSTER_PATH).exists() {
        println!("and before that {NO_CLUSTER_PATH}, so that no database server of the system's is started");
        let script = r#"mkdir -p "$(dirname "$1")" && printf %s "$2" >"$1""#;
        root_command(sudo, &["sh", "-c", script, "sh", NO_CLUSTER_PATH, NO_CLUSTER])?;
    }
    let mut install =
        vec!["apt-get", "install", "--yes", "--no-install-recommends", "-o", "Dpkg::Options::=--force-confold"];
    install.extend(&packages);
    let done = root_command(sudo, &["apt-get", "update"])? && root_command(sudo, &install)?;
    let lacking: Vec<&str> =
        NEEDS.iter().filter(|need| !(need.there)()).flat_map(|need| need.packages).copied().collect();
    if !lacking.is_empty() {
        println!("still missing: {}", lacking.join(" "));
    }
    Ok(done && lacking.is_empty())
}

/// The words before a command that needs root: none for root, `sudo -n` where that works.
fn way_to_root() -> Option<&'static [&'static str]> {
    if fs::metadata("/proc/self").is_ok_and(|me| me.uid() == 0) {
        return Some(&[]);
    }
    process::answer(Command::new("sudo").args(["-n", "true"])).map(|_| ["sudo", "-n"].as_slice())
}

fn root_command(sudo: &[&str], words: &[&str]) -> Result<bool> {
    // `env` behind sudo, which drops the environment.
    let mut all = sudo.iter().chain(&["env", "DEBIAN_FRONTEND=noninteractive"]).chain(words);
    let Some(program) = all.next() else { return Ok(false) };
    Ok(process::run(Command::new(program).args(all), LIMIT)?.ok)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_of_node_are_read() {
        assert_eq!(major("v18.20.4"), Some(18));
        assert_eq!(major("what?"), None);
    }
}
