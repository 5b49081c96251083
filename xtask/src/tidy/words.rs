//! Words in both languages: the same keys, the same values, every key used, every used key there.

use std::collections::{BTreeMap, BTreeSet};

use super::ftl::Ftl;
use super::{File, Finding, Tree};

/// The words of one crate.
struct Words {
    vi_path: String,
    en_path: String,
    vi: Ftl,
    en: Ftl,
}

/// A text in the program that may be a key.
struct Mention {
    path: String,
    line: usize,
    text: String,
    /// It is given to `Said::new`, so it can be nothing but a key.
    said: bool,
}

/// Checks the words of all crates. The prefix of a crate's keys is the name of its folder.
pub(crate) fn check(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    let words = read_words(tree, &mut found);
    for (prefix, all) in &words {
        for words in all {
            one_pair(prefix, words, &mut found);
        }
    }
    let mentions = mentions(tree);
    for mention in &mentions {
        missing(mention, &words, &mut found);
    }
    let used: BTreeSet<&str> = mentions.iter().map(|mention| base(&mention.text)).collect();
    let mentioned: BTreeSet<&String> =
        words.values().flatten().flat_map(|w| w.vi.mentioned.iter().chain(&w.en.mentioned)).collect();
    for all in words.values() {
        for (words, key, message) in all.iter().flat_map(|w| w.vi.messages.iter().map(move |(key, one)| (w, key, one)))
        {
            let dynamic = all.iter().flat_map(|w| &w.vi.dynamic).any(|(_, prefix)| key.starts_with(prefix));
            if !dynamic && !used.contains(key.as_str()) && !mentioned.contains(key) {
                found.push(Finding::new(&words.vi_path, message.line, format!("nothing uses `{key}`")));
            }
        }
    }
    found
}

/// The pairs of files of each crate: `vi.ftl` with `en.ftl`, and `noun.vi.ftl` with `noun.en.ftl`.
fn read_words(tree: &Tree, found: &mut Vec<Finding>) -> BTreeMap<String, Vec<Words>> {
    let mut all = BTreeMap::<String, Vec<Words>>::new();
    let stems: BTreeSet<(&str, &str)> = tree
        .texts()
        .filter_map(|(file, _)| {
            let (folder, name) = file.path.split_once("/i18n/")?;
            Some((folder, name.strip_suffix("vi.ftl").or_else(|| name.strip_suffix("en.ftl"))?))
        })
        .collect();
    for (folder, stem) in stems {
        let prefix = folder.rsplit('/').next().unwrap_or(folder).to_owned();
        let (vi_path, en_path) = (format!("{folder}/i18n/{stem}vi.ftl"), format!("{folder}/i18n/{stem}en.ftl"));
        let (Some(vi), Some(en)) = (tree.text(&vi_path), tree.text(&en_path)) else {
            found.push(Finding::new(folder, 0, format!("needs both i18n/{stem}vi.ftl and i18n/{stem}en.ftl")));
            continue;
        };
        all.entry(prefix).or_default().push(Words { vi: Ftl::read(vi), en: Ftl::read(en), vi_path, en_path });
    }
    all
}

/// What can be told from two files alone.
fn one_pair(prefix: &str, words: &Words, found: &mut Vec<Finding>) {
    for (path, ftl, other) in [(&words.vi_path, &words.vi, &words.en), (&words.en_path, &words.en, &words.vi)] {
        found.extend(ftl.faults.iter().map(|(line, says)| Finding::new(path, *line, says)));
        for (key, message) in &ftl.messages {
            if !key.trim_start_matches('-').starts_with(&format!("{prefix}-")) {
                found.push(Finding::new(path, message.line, format!("`{key}` should begin with `{prefix}-`")));
            }
            if !other.messages.contains_key(key) {
                found.push(Finding::new(path, message.line, format!("`{key}` is missing in the other language")));
            }
        }
    }
    for (key, message) in &words.en.messages {
        let Some(source) = words.vi.messages.get(key) else { continue };
        if source.variables != message.variables {
            let says = format!("`{key}` has the values {:?}, in Vietnamese {:?}", message.variables, source.variables);
            found.push(Finding::new(&words.en_path, message.line, says));
        }
        if source.attributes != message.attributes {
            found.push(Finding::new(
                &words.en_path,
                message.line,
                format!("`{key}` has other attributes in Vietnamese"),
            ));
        }
    }
    for (line, dynamic) in &words.vi.dynamic {
        let narrow =
            dynamic.ends_with('-') && dynamic.starts_with(&format!("{prefix}-")) && dynamic.matches('-').count() > 1;
        if !narrow || !words.vi.messages.keys().any(|key| key.starts_with(dynamic)) {
            let says = format!("`{dynamic}` should be `{prefix}-noun-` and have keys");
            found.push(Finding::new(&words.vi_path, *line, says));
        }
    }
}

/// Texts of the program itself, not of its tests.
fn mentions(tree: &Tree) -> Vec<Mention> {
    let ours = |file: &File| file.path.starts_with("crates/") && !file.path.contains("/tests/");
    let mut all = Vec::new();
    for (file, text) in tree.texts().filter(|(file, _)| ours(file)) {
        if file.is("rs") {
            rust_mentions(file, &mut all);
        } else if file.is("html") || file.is("txt") || file.is("svg") {
            template_mentions(file, text, &mut all);
        }
    }
    all
}

fn rust_mentions(file: &File, all: &mut Vec<Mention>) {
    let source = file.source();
    let tests = source.test_lines();
    for literal in &source.literals {
        if tests.iter().any(|(first, last)| (*first..=*last).contains(&literal.line)) {
            continue;
        }
        if literal.text.contains("{{") || literal.text.contains("{%") {
            // A template written beside its struct.
            template_mentions(file, &literal.text, all);
            continue;
        }
        let before: String =
            source.code.get(literal.at.saturating_sub(40)..literal.at).unwrap_or_default().iter().collect();
        let said = before.trim_end().ends_with("Said::new(");
        all.push(Mention { path: file.path.clone(), line: literal.line, text: literal.text.clone(), said });
    }
}

/// Texts in quotes inside `{{ … }}` and `{% … %}`.
fn template_mentions(file: &File, text: &str, all: &mut Vec<Mention>) {
    for (open, close) in [("{{", "}}"), ("{%", "%}")] {
        let mut line = 1;
        for (n, part) in text.split(open).enumerate() {
            if n > 0 {
                let inside = part.split(close).next().unwrap_or_default();
                for quoted in inside.split('"').skip(1).step_by(2) {
                    all.push(Mention { path: file.path.clone(), line, text: quoted.to_owned(), said: false });
                }
            }
            line += part.matches('\n').count();
        }
    }
}

/// A key that is used and not there, or put together without being declared.
fn missing(mention: &Mention, words: &BTreeMap<String, Vec<Words>>, found: &mut Vec<Finding>) {
    let mut say = |says: String| found.push(Finding::new(&mention.path, mention.line, says));
    let text = mention.text.as_str();
    let Some(all) = text.split_once('-').and_then(|(prefix, _)| words.get(prefix)) else {
        if mention.said && is_key(text) {
            say(format!("`{text}` is said, but no crate has words for it"));
        }
        return;
    };
    let place = all.first().map_or("", |words| words.vi_path.as_str());
    let stem = text.split('{').next().unwrap_or_default();
    let put_together = stem.len() < text.len() || text.ends_with('-');
    if put_together {
        let declared = all.iter().flat_map(|words| &words.vi.dynamic).any(|(_, prefix)| stem.starts_with(prefix));
        if is_key(stem.trim_end_matches('-')) && !declared {
            say(format!("keys `{stem}…` are put together here: declare `# dynamic: {stem}` in {place}"));
        }
        return;
    }
    let known = |words: &Words| words.vi.messages.contains_key(text) || words.vi.not_words.contains(text);
    if is_key(text) && !all.iter().any(known) {
        say(format!("`{text}` has no words in {place} (if it is no key, name it there: `# not words: {text}`)"));
    }
}

/// `a-b`, `a-b-c`…
fn is_key(text: &str) -> bool {
    text.contains('-')
        && text
            .split('-')
            .all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()))
}

/// A key without its attribute.
fn base(text: &str) -> &str {
    text.split('.').next().unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const VI: &str = "crates/modules/a/i18n/vi.ftl";
    const EN: &str = "crates/modules/a/i18n/en.ftl";
    const RS: &str = "crates/modules/a/src/lib.rs";

    fn says(vi: &str, en: &str, rust: &str) -> Vec<String> {
        check(&Tree::of(&[(VI, vi), (EN, en), (RS, rust)])).into_iter().map(|finding| finding.says).collect()
    }

    #[test]
    fn complete_words_pass() {
        let rust = "fn f() { say(\"a-title\"); say(\"a-field.label\"); }";
        assert_eq!(
            says(
                "a-title = T { $n }\na-field = F\n .label = L\n",
                "a-title = T { $n }\na-field = F\n .label = L\n",
                rust
            ),
            [""; 0]
        );
    }

    #[test]
    fn a_language_left_behind_is_found() {
        let rust = "fn f() { say(\"a-title\"); say(\"a-more\"); }";
        assert_eq!(says("a-title = T\na-more = M\n", "a-title = T\n", rust).len(), 1);
        assert_eq!(says("a-title = T\n", "a-title = T\na-more = M\n", "fn f() { say(\"a-title\") }").len(), 1);
        assert_eq!(says("a-title = { $n }\n", "a-title = T\n", "fn f() { say(\"a-title\") }").len(), 1);
        assert_eq!(check(&Tree::of(&[(VI, "")])).len(), 1);
    }

    #[test]
    fn a_foreign_prefix_is_found() {
        assert_eq!(says("b-title = T\n", "b-title = T\n", "fn f() { say(\"b-title\") }").len(), 2);
    }

    #[test]
    fn missing_and_unused_keys_are_found() {
        assert_eq!(says("", "", "fn f() { say(\"a-gone\") }").len(), 1);
        assert_eq!(says("a-idle = T\n", "a-idle = T\n", "").len(), 1);
        assert_eq!(says("", "", "fn f() { Said::new(\"nobody-knows\") }").len(), 1);
        assert!(says("# not words: a-css\n", "", "fn f() { class(\"a-css\") }").is_empty());
    }

    #[test]
    fn tests_may_say_what_they_like_but_do_not_count_as_use() {
        let tests = "#[cfg(test)]\nmod tests {\n fn f() { say(\"a-gone\"); say(\"a-idle\") }\n}\n";
        assert_eq!(says("a-idle = T\n", "a-idle = T\n", tests), ["nothing uses `a-idle`"]);
    }

    #[test]
    fn keys_put_together_are_declared() {
        let rust = "fn f() { say(&format!(\"a-state-{word}\")) }";
        assert!(says("# dynamic: a-state-\na-state-met = T\n", "a-state-met = T\n", rust).is_empty());
        assert_eq!(says("a-state-met = T\n", "a-state-met = T\n", rust).len(), 2);
        assert_eq!(says("# dynamic: a-\na-met = T\n", "a-met = T\n", "").len(), 1, "too wide a prefix");
        assert_eq!(says("# dynamic: a-state-\n", "", "").len(), 1, "a prefix without keys");
    }

    #[test]
    fn templates_are_read_between_their_braces() {
        let html = "<p class=\"a-css\">{{ w.say(\"a-title\") }}</p>\n{% if x %}{{ w.say(\"a-gone\") }}{% endif %}";
        let tree = Tree::of(&[(VI, "a-title = T\n"), (EN, "a-title = T\n"), ("crates/modules/a/src/x.html", html)]);
        let found = check(&tree);
        assert_eq!(found.len(), 1);
        assert_eq!(found.first().unwrap().line, 2);
    }
}
