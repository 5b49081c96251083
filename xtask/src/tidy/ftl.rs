//! Reading Fluent files: which messages there are, and which values each needs.

use std::collections::{BTreeMap, BTreeSet};

/// What a message needs and offers.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Message {
    /// Line it begins on, from 1.
    pub(crate) line: usize,
    /// Names of its values: `count` for `{ $count }`.
    pub(crate) variables: BTreeSet<String>,
    /// Names of its attributes.
    pub(crate) attributes: BTreeSet<String>,
}

/// A file of words.
#[derive(Debug, Default)]
pub(crate) struct Ftl {
    /// By key; terms with their leading `-`.
    pub(crate) messages: BTreeMap<String, Message>,
    /// Words inside braces: keys of other messages among them.
    pub(crate) mentioned: BTreeSet<String>,
    /// Prefixes from `# dynamic: a-b-`: their keys are put together while the program runs.
    pub(crate) dynamic: Vec<(usize, String)>,
    /// From `# not words: a-b`: look like keys in the code and are something else.
    pub(crate) not_words: BTreeSet<String>,
    /// Lines that are no Fluent, and keys that come twice.
    pub(crate) faults: Vec<(usize, String)>,
}

impl Ftl {
    /// Reads `text`.
    pub(crate) fn read(text: &str) -> Self {
        let mut ftl = Self::default();
        let mut current = None;
        let mut depth = 0_u32;
        for (n, line) in text.lines().enumerate().map(|(n, line)| (n + 1, line)) {
            if depth == 0 && line.starts_with('#') {
                ftl.comment(n, line.trim_start_matches('#').trim());
                continue;
            }
            if depth == 0 && !line.starts_with([' ', '}']) && !line.is_empty() {
                current = ftl.begin(n, line);
            }
            let Some(message) = current.as_ref().and_then(|key| ftl.messages.get_mut(key)) else { continue };
            if depth == 0
                && let Some((name, _)) = line.trim_start().strip_prefix('.').and_then(|rest| rest.split_once('='))
            {
                message.attributes.insert(name.trim().to_owned());
            }
            depth = placeables(line, depth, &mut message.variables, &mut ftl.mentioned);
        }
        ftl
    }

    fn comment(&mut self, line: usize, text: &str) {
        if let Some(prefixes) = text.strip_prefix("dynamic:") {
            self.dynamic.extend(prefixes.split_whitespace().map(|prefix| (line, prefix.to_owned())));
        } else if let Some(names) = text.strip_prefix("not words:") {
            self.not_words.extend(names.split_whitespace().map(str::to_owned));
        }
    }

    /// A line at the margin: the beginning of a message.
    fn begin(&mut self, line: usize, text: &str) -> Option<String> {
        let key = text.split_once('=').map(|(key, _)| key.trim_end()).filter(|key| {
            key.chars().any(char::is_alphabetic)
                && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
        });
        let Some(key) = key else {
            self.faults.push((line, "this line is no Fluent".to_owned()));
            return None;
        };
        if self.messages.insert(key.to_owned(), Message { line, ..Message::default() }).is_some() {
            self.faults.push((line, format!("`{key}` comes twice")));
        }
        Some(key.to_owned())
    }
}

/// Takes the `{ … }` of a line apart; returns how deep in braces it ends.
fn placeables(line: &str, mut depth: u32, variables: &mut BTreeSet<String>, mentioned: &mut BTreeSet<String>) -> u32 {
    let mut word = String::new();
    let mut put = |word: &mut String| {
        if let Some(name) = word.strip_prefix('$') {
            variables.insert(name.to_owned());
        } else if !word.is_empty() {
            mentioned.insert(word.split('.').next().unwrap_or_default().to_owned());
        }
        word.clear();
    };
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' if depth > 0 => quoted = !quoted,
            _ if quoted => {}
            '{' => depth += 1,
            '}' => {
                put(&mut word);
                depth = depth.saturating_sub(1);
            }
            _ if depth > 0 && (c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '$' | '.')) => word.push(c),
            _ => put(&mut word),
        }
    }
    put(&mut word);
    depth
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\
### Words
# dynamic: a-state- a-kind-
# not words: a-css
a-title = Tên { $name }
    .label = Nhãn { $kind }
a-count =
    { $count ->
        [one] một { a-title }
       *[other] { NUMBER($total) } { -brand }
    }
-brand = Liên Thông
";

    #[test]
    fn messages_attributes_and_values_are_found() {
        let ftl = Ftl::read(TEXT);
        assert_eq!(ftl.faults, []);
        assert_eq!(ftl.messages.keys().collect::<Vec<_>>(), ["-brand", "a-count", "a-title"]);
        let variables = |key: &str| ftl.messages.get(key).unwrap().variables.iter().cloned().collect::<Vec<_>>();
        assert_eq!(variables("a-title"), ["kind", "name"]);
        assert_eq!(variables("a-count"), ["count", "total"]);
        assert!(ftl.messages.get("a-title").unwrap().attributes.contains("label"));
        assert!(ftl.mentioned.contains("a-title") && ftl.mentioned.contains("-brand"));
    }

    #[test]
    fn comments_declare_what_cannot_be_seen() {
        let ftl = Ftl::read(TEXT);
        assert_eq!(ftl.dynamic.iter().map(|(_, prefix)| prefix.as_str()).collect::<Vec<_>>(), ["a-state-", "a-kind-"]);
        assert!(ftl.not_words.contains("a-css"));
    }

    #[test]
    fn junk_and_doubles_are_faults() {
        assert_eq!(Ftl::read("a-b = x\njunk\n").faults.len(), 1);
        assert_eq!(Ftl::read("a-b = x\na-b = y\n").faults.len(), 1);
    }
}
