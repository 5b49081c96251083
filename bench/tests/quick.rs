//! Every measurement runs with tiny sizes, so that its code and its comparisons stay alive. No clock is judged.
#![cfg(test)]

use std::process::Command;

/// Runs one measurement; what it wrote.
fn run(name: &str) -> String {
    let out = std::env::temp_dir().join(format!("lt-bench-quick-{}-{name}", std::process::id()));
    let ran = Command::new(env!("CARGO_BIN_EXE_lt-bench")).args(["--quick", "--out"]).arg(&out).arg(name).output();
    let ran = ran.unwrap();
    let (told, said) = (String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    assert!(ran.status.success(), "{told}\n{said}");
    let text = std::fs::read_to_string(out.join(format!("{name}.json"))).unwrap();
    std::fs::remove_dir_all(&out).unwrap();
    let report: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert!(report["quick"].as_bool().unwrap() && !report["lines"].as_array().unwrap().is_empty());
    text
}

/// PostgreSQL and nginx may be missing on a developer's machine; the gate installs both.
fn is_here(paths: &[&str]) -> bool {
    let here = paths.iter().any(|path| std::path::Path::new(path).exists());
    if !here {
        eprintln!("\n*** SKIPPED: none of {paths:?} is installed ***\n");
    }
    here
}

const POSTGRES: &[&str] = &["/usr/lib/postgresql"];
const NGINX: &[&str] = &["/usr/sbin/nginx", "/usr/bin/nginx"];

#[test]
fn commit() {
    if is_here(POSTGRES) {
        assert!(run("commit").contains("PostgreSQL plain driver"));
    }
}

#[test]
fn board() {
    if is_here(NGINX) {
        assert!(run("board").contains("nginx"));
    }
}

#[test]
fn judge() {
    if is_here(POSTGRES) {
        run("judge");
    }
}

#[test]
fn import() {
    if is_here(POSTGRES) {
        run("import");
    }
}

#[test]
fn report() {
    run("report");
}

#[test]
fn program() {
    run("program");
}

#[test]
fn kill() {
    if is_here(POSTGRES) {
        assert!(run("kill").contains("units acknowledged over 3 kills"));
    }
}

#[test]
fn an_unknown_name_is_refused() {
    let ran = Command::new(env!("CARGO_BIN_EXE_lt-bench")).args(["--quick", "speed"]).output().unwrap();
    assert!(!ran.status.success() && String::from_utf8_lossy(&ran.stderr).contains("`speed`"));
}
