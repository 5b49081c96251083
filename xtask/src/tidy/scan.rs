//! Reading Rust text just well enough: what is code, what is a string, what is a comment, where functions end.

/// A string literal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Literal {
    /// Line it begins on, from 1.
    pub(crate) line: usize,
    /// Offset of its opening quote in the masked text.
    pub(crate) at: usize,
    /// What is between the quotes, escapes as written.
    pub(crate) text: String,
}

/// A source file taken apart.
#[derive(Debug)]
pub(crate) struct Source {
    /// The text with everything inside comments, strings and characters blanked; same offsets in characters.
    pub(crate) code: Vec<char>,
    /// Its string literals in order.
    pub(crate) literals: Vec<Literal>,
}

/// A function with a body.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Function {
    pub(crate) name: String,
    /// Line of its `fn`, from 1.
    pub(crate) line: usize,
    /// Lines of its body that hold code; blank ones and comments don't count, as for clippy.
    pub(crate) code_lines: usize,
}

struct Reader {
    chars: Vec<char>,
    at: usize,
    line: usize,
    code: Vec<char>,
    literals: Vec<Literal>,
}

impl Source {
    /// Takes `text` apart.
    pub(crate) fn read(text: &str) -> Self {
        let chars: Vec<char> = text.chars().collect();
        let mut reader = Reader { code: Vec::with_capacity(chars.len()), chars, at: 0, line: 1, literals: Vec::new() };
        while reader.at < reader.chars.len() {
            reader.step();
        }
        Self { code: reader.code, literals: reader.literals }
    }

    /// The masked text's lines.
    pub(crate) fn code_text(&self) -> String {
        self.code.iter().collect()
    }

    /// Its functions, inner ones too.
    pub(crate) fn functions(&self) -> Vec<Function> {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(start) = self.word(at, "fn") {
            at = start + 2;
            let name: String = self.rest(at).skip_while(|c| c.is_whitespace()).take_while(|c| is_ident(*c)).collect();
            let Some(open) = self.body(at) else { continue };
            if name.is_empty() {
                continue;
            }
            let close = self.closing(open);
            let body: String = self.code.iter().skip(open + 1).take(close.saturating_sub(open + 1)).collect();
            let code_lines = body.lines().filter(|line| !line.trim().is_empty()).count();
            found.push(Function { name, line: self.line_of(start), code_lines });
        }
        found
    }

    /// First and last line of each `#[cfg(test)]` item.
    pub(crate) fn test_lines(&self) -> Vec<(usize, usize)> {
        let text = self.code_text();
        let mut found = Vec::new();
        let mut from = 0;
        while let Some(bytes) = text.get(from..).and_then(|rest| rest.find("#[cfg(test)]")) {
            let start = text.get(..from + bytes).map_or(0, |before| before.chars().count());
            from += bytes + 1;
            let end = self.body(start + "#[cfg(test)]".len()).map_or(start, |open| self.closing(open));
            found.push((self.line_of(start), self.line_of(end)));
        }
        found
    }

    fn rest(&self, at: usize) -> impl Iterator<Item = char> {
        self.code.iter().skip(at).copied()
    }

    /// Line, from 1, of the character at `at`.
    pub(crate) fn line_of(&self, at: usize) -> usize {
        1 + self.code.iter().take(at).filter(|c| **c == '\n').count()
    }

    /// Where `word` next stands alone.
    fn word(&self, from: usize, word: &str) -> Option<usize> {
        let len = word.chars().count();
        let first = word.chars().next()?;
        (from..self.code.len()).find(|at| {
            self.code.get(*at) == Some(&first)
                && self.rest(*at).take(len).eq(word.chars())
                && !at.checked_sub(1).and_then(|before| self.code.get(before)).is_some_and(|c| is_ident(*c))
                && !self.code.get(at + len).is_some_and(|c| is_ident(*c))
        })
    }

    /// The `{` that opens the item beginning at `at`; none when a `;` ends it first.
    fn body(&self, at: usize) -> Option<usize> {
        let mut depth = 0_i32;
        for (n, c) in self.rest(at).enumerate() {
            match c {
                '(' | '[' => depth += 1,
                ')' | ']' => depth -= 1,
                '{' if depth == 0 => return Some(at + n),
                ';' if depth == 0 => return None,
                _ => {}
            }
            if depth < 0 {
                return None;
            }
        }
        None
    }

    /// The `}` that answers the `{` at `open`.
    fn closing(&self, open: usize) -> usize {
        let mut depth = 0_i32;
        for (n, c) in self.rest(open).enumerate() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return open + n;
            }
        }
        self.code.len()
    }
}

impl Reader {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    /// Moves on by one; blanked unless `keep`. Line ends are always kept.
    fn take(&mut self, keep: bool) -> Option<char> {
        let c = self.peek(0)?;
        self.at += 1;
        self.line += usize::from(c == '\n');
        self.code.push(if keep || c == '\n' { c } else { ' ' });
        Some(c)
    }

    fn step(&mut self) {
        let after_ident = self.code.last().is_some_and(|c| is_ident(*c));
        match (self.peek(0), self.peek(1)) {
            (Some('/'), Some('/')) => {
                while self.peek(0).is_some_and(|c| c != '\n') {
                    self.take(false);
                }
            }
            (Some('/'), Some('*')) => self.block_comment(),
            (Some('"'), _) => self.string(),
            (Some('\''), _) => self.quote(),
            (Some('r' | 'b' | 'c'), _) if !after_ident && self.raw_hashes().is_some() => self.raw_string(),
            _ => {
                self.take(true);
            }
        }
    }

    fn block_comment(&mut self) {
        let mut depth = 0_u32;
        loop {
            match (self.peek(0), self.peek(1)) {
                (Some('/'), Some('*')) => depth += 1,
                (Some('*'), Some('/')) => depth -= 1,
                (None, _) => return,
                _ => {
                    self.take(false);
                    continue;
                }
            }
            self.take(false);
            self.take(false);
            if depth == 0 {
                return;
            }
        }
    }

    fn string(&mut self) {
        let (line, at) = (self.line, self.code.len());
        self.take(true);
        let mut text = String::new();
        while let Some(c) = self.peek(0) {
            if c == '"' {
                self.take(true);
                break;
            }
            if c == '\\' {
                text.extend(self.take(false));
            }
            text.extend(self.take(false));
        }
        self.literals.push(Literal { line, at, text });
    }

    /// Number of `#` when a raw string begins here (`r"`, `r#"`, `br##"`…).
    fn raw_hashes(&self) -> Option<(usize, usize)> {
        let prefix = match (self.peek(0), self.peek(1)) {
            (Some('r'), _) => 1,
            (Some('b' | 'c'), Some('r')) => 2,
            _ => return None,
        };
        let hashes = (0..self.chars.len()).take_while(|n| self.peek(prefix + n) == Some('#')).count();
        (self.peek(prefix + hashes) == Some('"')).then_some((prefix, hashes))
    }

    fn raw_string(&mut self) {
        let Some((prefix, hashes)) = self.raw_hashes() else { return };
        let line = self.line;
        for _ in 0..prefix + hashes {
            self.take(false);
        }
        let at = self.code.len();
        self.take(true);
        let mut text = String::new();
        while let Some(c) = self.peek(0) {
            if c == '"' && (1..=hashes).all(|n| self.peek(n) == Some('#')) {
                self.take(true);
                for _ in 0..hashes {
                    self.take(false);
                }
                break;
            }
            text.extend(self.take(false));
        }
        self.literals.push(Literal { line, at, text });
    }

    /// A character literal, or the tick of a lifetime.
    fn quote(&mut self) {
        match (self.peek(1), self.peek(2)) {
            (Some('\\'), _) => {
                self.take(true);
                self.take(false);
                self.take(false);
                while self.peek(0).is_some_and(|c| c != '\'') {
                    self.take(false);
                }
                self.take(true);
            }
            (Some(_), Some('\'')) => {
                self.take(true);
                self.take(false);
                self.take(true);
            }
            _ => {
                self.take(true);
            }
        }
    }
}

fn is_ident(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str) -> Vec<String> {
        Source::read(source).literals.into_iter().map(|literal| literal.text).collect()
    }

    #[test]
    fn strings_of_every_kind_are_found() {
        let source = r###"let a = "x\"y"; let b = r#"q"q"#; let c = b"bytes"; let d = br##"r"#r"##; let e = c"c";"###;
        assert_eq!(texts(source), [r#"x\"y"#, r#"q"q"#, "bytes", r##"r"#r"##, "c"]);
    }

    #[test]
    fn comments_characters_and_lifetimes_are_no_strings() {
        let source = "fn f<'a>(x: &'a str) { // \"no\"\n /* \"no\" /* \"nested\" */ \"no\" */ let q = '\"'; let e = '\\''; \"yes\" }";
        assert_eq!(texts(source), ["yes"]);
        assert_eq!(texts("let r#type = ptr; var(\"yes\")"), ["yes"]);
    }

    #[test]
    fn masking_keeps_every_offset() {
        let source = "let a = \"ằ{\"; // }\nlet b = 1;\n";
        let read = Source::read(source);
        assert_eq!(read.code.len(), source.chars().count());
        assert_eq!(read.code_text().lines().count(), source.lines().count());
        assert!(!read.code_text().contains('{'));
    }

    #[test]
    fn functions_end_where_they_end() {
        let source = "type F = fn(u8) -> u8;\ntrait T { fn declared(x: [u8; 3]); }\n\
            fn one() {\n    let s = \"}\";\n\n    // only words }\n    if s.is_empty() { return; }\n}\n\
            fn outer() {\n    fn inner() {\n        call();\n    }\n    inner();\n}\n";
        let found = Source::read(source).functions();
        let names: Vec<_> = found.iter().map(|f| (f.name.as_str(), f.line, f.code_lines)).collect();
        assert_eq!(names, [("one", 3, 2), ("outer", 9, 4), ("inner", 10, 1)]);
    }

    #[test]
    fn test_modules_are_known_by_their_lines() {
        let source = "fn a() {}\n#[cfg(test)]\nmod tests {\n    fn b() {}\n}\nfn c() {}\n";
        assert_eq!(Source::read(source).test_lines(), [(2, 5)]);
    }
}
