//! The papers: decisions numbered without gaps, and the glossary.

use super::{Finding, Tree};

const FOLDER: &str = "docs/adr/";
const GLOSSARY: &str = "docs/glossary.md";

/// Decisions are `docs/adr/NNNN-words.md`, numbered from 0001 without gap or double, each with a heading.
pub(crate) fn check(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    if tree.text(GLOSSARY).is_none() {
        found.push(Finding::new(GLOSSARY, 0, "is missing: it maps each Vietnamese term to its English name"));
    }
    let mut expected = 1;
    for (file, text) in tree.texts().filter(|(file, _)| file.path.starts_with(FOLDER)) {
        let name = file.path.trim_start_matches(FOLDER);
        let number: Option<u32> =
            name.split_once('-').filter(|(digits, _)| digits.len() == 4).and_then(|(n, _)| n.parse().ok());
        match number {
            Some(n) if n == expected && file.is("md") => expected += 1,
            _ => found.push(Finding::new(&file.path, 0, format!("should be `{expected:04}-….md`"))),
        }
        if !text.starts_with("# ") {
            found.push(Finding::new(&file.path, 1, "begins without a heading"));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(adrs: &[&str]) -> usize {
        let mut files = vec![(GLOSSARY, "# Glossary\n")];
        files.extend(adrs.iter().map(|path| (*path, "# A decision\n")));
        check(&Tree::of(&files)).len()
    }

    #[test]
    fn numbers_run_from_one() {
        assert_eq!(count(&["docs/adr/0001-a.md", "docs/adr/0002-b.md"]), 0);
        assert_eq!(count(&["docs/adr/0001-a.md", "docs/adr/0003-b.md"]), 1);
        assert_eq!(count(&["docs/adr/0001-a.md", "docs/adr/0001-b.md"]), 1);
        assert_eq!(count(&["docs/adr/first.md"]), 1);
    }

    #[test]
    fn a_heading_and_the_glossary_are_asked_for() {
        assert_eq!(check(&Tree::of(&[(GLOSSARY, ""), ("docs/adr/0001-a.md", "words")])).len(), 1);
        assert_eq!(check(&Tree::of(&[])).len(), 1);
    }
}
