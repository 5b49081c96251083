//! How long files and functions may be, and what must not be left in them.

use super::scan::Source;
use super::{Finding, Tree};

const FILE_LINES: usize = 500;
const FUNCTION_LINES: usize = 60;

/// Files of at most 500 lines, functions of at most 60 that hold code.
pub(crate) fn check(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for (file, text) in tree.rust() {
        let lines = text.lines().count();
        if lines > FILE_LINES {
            found.push(Finding::new(&file.path, 0, format!("{lines} lines; at most {FILE_LINES}")));
        }
        for function in file.source().functions() {
            if function.code_lines > FUNCTION_LINES {
                let says = format!("`{}` has {} lines; at most {FUNCTION_LINES}", function.name, function.code_lines);
                found.push(Finding::new(&file.path, function.line, says));
            }
        }
    }
    found
}

/// No `todo!`, `unimplemented!` or ignored test; a program that tests start may hide behind `#[ignore]`.
pub(crate) fn unfinished(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for (file, _) in tree.rust() {
        let source = file.source();
        for (n, line) in source.code_text().lines().enumerate() {
            for mark in ["todo!", "unimplemented!", "#[ignore"] {
                if line.contains(mark) && !started(source, n + 1) {
                    found.push(Finding::new(&file.path, n + 1, format!("`{mark}` is left")));
                }
            }
        }
    }
    found
}

/// `#[ignore = "started by …"]`: no test, but the program that a test starts and kills.
fn started(source: &Source, line: usize) -> bool {
    source.literals.iter().any(|literal| literal.line == line && literal.text.starts_with("started "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn function_of(lines: usize) -> String {
        format!("fn long() {{\n{}\n    // said\n}}\n", "    call();\n".repeat(lines))
    }

    #[test]
    fn a_long_file_is_found() {
        assert!(check(&Tree::of(&[("a.rs", &"//\n".repeat(500))])).is_empty());
        assert_eq!(check(&Tree::of(&[("a.rs", &"//\n".repeat(501))])).len(), 1);
        assert!(check(&Tree::of(&[("a.md", &"-\n".repeat(501))])).is_empty());
    }

    #[test]
    fn a_long_function_is_found() {
        assert!(check(&Tree::of(&[("a.rs", &function_of(60))])).is_empty());
        let found = check(&Tree::of(&[("a.rs", &function_of(61))]));
        assert_eq!(found.first().unwrap().to_string(), "a.rs:1: `long` has 61 lines; at most 60");
    }

    #[test]
    fn what_is_left_to_do_is_found_in_code_only() {
        assert!(unfinished(&Tree::of(&[("a.rs", "// todo! later\nlet s = \"todo!\";")])).is_empty());
        assert_eq!(unfinished(&Tree::of(&[("a.rs", "fn f() { todo!() }")])).len(), 1);
        assert_eq!(unfinished(&Tree::of(&[("a.rs", "fn f() { unimplemented!() }")])).len(), 1);
        assert_eq!(unfinished(&Tree::of(&[("a.rs", "#[test]\n#[ignore]\nfn f() {}")])).len(), 1);
        let child = "#[test]\n#[ignore = \"started and killed by a test\"]\nfn f() {}";
        assert!(unfinished(&Tree::of(&[("a.rs", child)])).is_empty());
    }
}
