//! Each crate's README is its map: it names the folders that are there, and none that is not.

use super::{Finding, Tree};

/// Every crate has a `README.md`; the paths it puts in backticks exist; each folder of `src` is named in it.
pub(crate) fn check(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for folder in tree.crates() {
        let path = format!("{folder}/README.md");
        let Some(text) = tree.text(&path) else {
            found.push(Finding::new(&path, 0, "is missing: what the crate is for, and its map"));
            continue;
        };
        let below = [format!("{folder}/"), format!("{folder}/src/"), String::new()];
        for (n, line) in text.lines().enumerate() {
            for named in line.split('`').skip(1).step_by(2).filter(|named| looks_like_path(named)) {
                if !below.iter().any(|below| tree.holds(&format!("{below}{named}"))) {
                    found.push(Finding::new(&path, n + 1, format!("names `{named}`, which is not there")));
                }
            }
        }
        for noun in nouns(tree, folder) {
            if !text.contains(&format!("{noun}/")) {
                found.push(Finding::new(&path, 0, format!("does not name the folder `src/{noun}/`")));
            }
        }
    }
    found
}

/// Names of the folders right below `src`, other than `bin`.
fn nouns(tree: &Tree, folder: &str) -> Vec<String> {
    let src = format!("{folder}/src/");
    let mut nouns: Vec<String> = tree
        .files
        .iter()
        .filter_map(|file| file.path.strip_prefix(&src)?.split_once('/'))
        .map(|(noun, _)| noun.to_owned())
        .filter(|noun| noun != "bin")
        .collect();
    nouns.dedup();
    nouns
}

/// A path of the repository, as against a route, a pattern or an expression.
fn looks_like_path(text: &str) -> bool {
    const ENDINGS: [&str; 9] = ["/", ".rs", ".ftl", ".sql", ".toml", ".html", ".md", ".mjs", ".css"];
    text.contains('/')
        && !text.starts_with(['/', '.'])
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '_' | '-'))
        && ENDINGS.iter().any(|ending| text.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(readme: Option<&str>) -> usize {
        let mut files = vec![("crates/a/Cargo.toml", "[package]\n"), ("crates/a/src/cases/model.rs", "")];
        files.extend(readme.map(|text| ("crates/a/README.md", text)));
        check(&Tree::of(&files)).len()
    }

    #[test]
    fn a_true_map_passes() {
        assert_eq!(count(Some("`src/cases/model.rs`, and `crates/a/`; routes `/cases/`, files `src/*/web.rs`.")), 0);
    }

    #[test]
    fn a_missing_or_false_map_does_not() {
        assert_eq!(count(None), 1);
        assert_eq!(count(Some("`src/cases/` and `src/gone/`")), 1);
        assert_eq!(count(Some("Nothing about folders.")), 1);
    }
}
