//! Rules for every text: composed letters, no tabs, no trailing blanks, nothing about one machine.

use unicode_normalization::is_nfc;

use super::{File, Finding, Tree};

/// Folders of one machine; in pieces, so that this file keeps its own rule.
const MACHINE: [[&str; 2]; 3] = [["/wo", "rk/"], ["/ro", "ot/"], ["/ho", "me/"]];

/// Hosts that packages come from; in pieces for the same reason.
const HOSTS: [[&str; 2]; 7] = [
    ["crates", ".io"],
    ["npmjs", ".org"],
    ["npmjs", ".com"],
    ["py", "pi.org"],
    ["pythonhosted", ".org"],
    ["deb.debian", ".org"],
    ["proxy.golang", ".org"],
];

/// Checks every text of the tree.
pub(crate) fn check(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for (file, text) in tree.texts() {
        let strict = written_here(file);
        for (n, line) in text.split('\n').enumerate() {
            let mut say = |says: String| found.push(Finding::new(&file.path, n + 1, says));
            if !is_nfc(line) {
                say("letters and marks apart (not NFC)".to_owned());
            }
            if strict && line.contains('\t') {
                say("a tab".to_owned());
            }
            if strict && line.ends_with([' ', '\t', '\r']) {
                say("blanks at the end".to_owned());
            }
            for path in MACHINE.map(|pieces| pieces.concat()) {
                if names_path(line, &path) {
                    say(format!("a path of one machine ({path})"));
                }
            }
            let locked = file.path == "Cargo.lock" && line.starts_with("source = \"registry+");
            for host in HOSTS.map(|pieces| pieces.concat()) {
                if !locked && line.contains(&host) {
                    say(format!("a registry's host ({host})"));
                }
            }
        }
    }
    found
}

/// Whether its blanks are ours to choose: not in tables of data, lists a tool writes, or others' packed code.
fn written_here(file: &File) -> bool {
    let tool_made = ["Cargo.lock", "package-lock.json"].iter().any(|name| file.path.ends_with(name));
    !(tool_made || file.is("csv") || file.is("tsv") || file.is("snap") || file.path.contains(".min."))
}

/// Whether `path` begins in `line`: not as the middle of a longer path or address.
fn names_path(line: &str, path: &str) -> bool {
    line.match_indices(path).any(|(at, _)| {
        let before = line.get(..at).and_then(|before| before.chars().next_back());
        !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '/' | '}' | '*'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(path: &str, text: &str) -> Vec<String> {
        check(&Tree::of(&[(path, text)])).into_iter().map(|finding| finding.says).collect()
    }

    #[test]
    fn composed_letters_pass_and_others_do_not() {
        assert!(says("a.md", "Nguyễn\n").is_empty());
        assert_eq!(says("a.md", "Nguye\u{302}\u{303}n\n").len(), 1);
    }

    #[test]
    fn tabs_and_trailing_blanks_are_found_where_they_are_ours() {
        assert_eq!(says("a.rs", "\tx\n").len(), 1);
        assert_eq!(says("a.rs", "x \n").len(), 1);
        assert_eq!(says("a.rs", "x\r\n").len(), 1);
        assert!(says("a.csv", "a\tb \r\n").is_empty());
    }

    #[test]
    fn paths_of_one_machine_are_found() {
        for path in MACHINE.map(|pieces| pieces.concat()) {
            assert_eq!(says("a.md", &format!("in {path}x\n")).len(), 1);
            assert!(says("a.md", &format!("https://example.vn{path}x and crates{path}\n")).is_empty());
        }
    }

    #[test]
    fn registry_hosts_are_found_outside_the_lock() {
        for host in HOSTS.map(|pieces| pieces.concat()) {
            let line = format!("source = \"registry+https://github.com/rust-lang/{host}-index\"\n");
            assert_eq!(says("a.toml", &line).len(), 1);
            assert!(says("Cargo.lock", &line).is_empty());
            assert_eq!(says("Cargo.lock", &format!("resolved = \"{host}\"\n")).len(), 1);
        }
    }
}
