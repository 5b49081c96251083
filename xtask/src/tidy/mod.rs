//! The house rules that a program can check. Each rule is a function from the tree to findings.

use std::cell::OnceCell;
use std::fmt;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};

use scan::Source;

mod ftl;
mod layers;
mod papers;
mod readme;
mod scan;
mod size;
mod text;
mod words;

/// A file of the repository.
#[derive(Debug, Default)]
pub(crate) struct File {
    /// Path from the root, with `/`.
    pub(crate) path: String,
    /// Its text; none when it isn't text.
    pub(crate) text: Option<String>,
    /// Taken apart at first need.
    source: OnceCell<Source>,
}

impl File {
    /// Its text taken apart as Rust.
    pub(crate) fn source(&self) -> &Source {
        self.source.get_or_init(|| Source::read(self.text.as_deref().unwrap_or_default()))
    }

    /// Whether its name ends in `.<extension>`.
    pub(crate) fn is(&self, extension: &str) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, end)| end == extension)
    }
}

/// All files of the repository: those committed and those about to be.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    pub(crate) files: Vec<File>,
}

/// A breach of a rule.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Finding {
    pub(crate) path: String,
    /// From 1; 0 when it concerns the whole file.
    pub(crate) line: usize,
    pub(crate) says: String,
}

impl Finding {
    pub(crate) fn new(path: &str, line: usize, says: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, says: says.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.path, self.says),
            line => write!(f, "{}:{line}: {}", self.path, self.says),
        }
    }
}

impl Tree {
    /// Reads the files git knows or would take in.
    pub(crate) fn read(root: &Path) -> Result<Self> {
        let listed = Command::new("git")
            .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .current_dir(root)
            .output()
            .context("git does not start")?;
        anyhow::ensure!(listed.status.success(), "git ls-files: {}", String::from_utf8_lossy(&listed.stderr));
        let mut files = Vec::new();
        for path in String::from_utf8_lossy(&listed.stdout).split('\0').filter(|path| !path.is_empty()) {
            // Listed but gone: about to be removed.
            let Ok(bytes) = fs::read(root.join(path)) else { continue };
            let text = String::from_utf8(bytes).ok().filter(|text| !text.contains('\0'));
            files.push(File { path: path.to_owned(), text, ..File::default() });
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Self { files })
    }

    /// The text of one file.
    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        self.files.iter().find(|file| file.path == path)?.text.as_deref()
    }

    /// Every file that is text.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (&File, &str)> {
        self.files.iter().filter_map(|file| Some((file, file.text.as_deref()?)))
    }

    /// Every Rust file.
    pub(crate) fn rust(&self) -> impl Iterator<Item = (&File, &str)> {
        self.texts().filter(|(file, _)| file.is("rs"))
    }

    /// Whether a file has this path or lies below it.
    pub(crate) fn holds(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        self.files
            .iter()
            .any(|file| file.path.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
    }

    /// Folders that hold a package's `Cargo.toml`.
    pub(crate) fn crates(&self) -> impl Iterator<Item = &str> {
        self.texts()
            .filter(|(_, text)| text.contains("[package]"))
            .filter_map(|(file, _)| file.path.strip_suffix("/Cargo.toml"))
    }

    /// A tree of these files, for trying the rules.
    #[cfg(test)]
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        let files = files
            .iter()
            .map(|(path, text)| File { path: (*path).to_owned(), text: Some((*text).to_owned()), ..File::default() })
            .collect();
        Self { files }
    }
}

type Rule = fn(&Tree) -> Vec<Finding>;

const RULES: [(&str, Rule); 7] = [
    ("layers", layers::check),
    ("size", size::check),
    ("words", words::check),
    ("readme", readme::check),
    ("text", text::check),
    ("unfinished", size::unfinished),
    ("papers", papers::check),
];

/// Checks the repository at `root` and prints what it finds. True when that is nothing.
pub(crate) fn run(root: &Path) -> Result<bool> {
    let tree = Tree::read(root)?;
    let mut count = 0;
    for (name, rule) in RULES {
        let mut findings = rule(&tree);
        findings.sort();
        count += findings.len();
        for finding in findings {
            println!("{name}: {finding}");
        }
    }
    println!("tidy: {} files, {count} findings", tree.files.len());
    Ok(count == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_held_by_its_files_only() {
        let tree = Tree::of(&[("crates/web/src/lib.rs", "")]);
        assert!(tree.holds("crates/web/src/"));
        assert!(tree.holds("crates/web"));
        assert!(!tree.holds("crates/we"));
    }

    #[test]
    fn the_house_is_in_order() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        assert!(run(root).unwrap(), "run `cargo xtask tidy` to see what is not");
    }
}
