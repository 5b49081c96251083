//! Reads a snapshot: CSV with a head line, in UTF-8, columns in any order.

use std::collections::HashMap;

use lt_kernel::Said;

use crate::orgs::model::Kind;

/// Most lines taken at once; the largest directory seen has 123 thousand.
const MOST_LINES: usize = 500_000;

/// What is wrong with which cell. Nothing is imported while there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Line of the file, the head being 1.
    pub row: usize,
    /// Name of the column; empty: the whole line.
    pub column: &'static str,
    /// What is wrong.
    pub said: Said,
}

/// One organisation of the snapshot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Line of the file, the head being 1.
    pub row: usize,
    /// Code, unique in the snapshot.
    pub code: String,
    /// Name.
    pub name: String,
    /// Code of the parent in the same scheme.
    pub parent: Option<String>,
    /// What it is.
    pub kind: Kind,
    /// Level, when given.
    pub level: Option<u32>,
    /// Abbreviation, when given.
    pub abbrev: Option<String>,
}

/// All organisations of one scheme, as its keeper lists them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// The scheme of all codes.
    pub scheme: String,
    /// The lines that are not marked deleted.
    pub lines: Vec<Line>,
}

impl Snapshot {
    /// Reads the file. Columns `scheme`, `code`, `name`, `kind`; optional `parent_code`, `level`, `abbrev`, `deleted`.
    ///
    /// # Errors
    /// Every fault found, by line and column.
    pub fn parse(bytes: &[u8]) -> Result<Self, Vec<Fault>> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(bytes);
        let head = reader.headers().cloned().map_err(|_| vec![fault(1, "", "unreadable")])?;
        let places = Places::of(&head)?;
        let mut reading = Reading { places, snapshot: Self::default(), faults: Vec::new(), rows: HashMap::new() };
        for record in reader.records() {
            match record {
                Ok(record) => reading.line(&record),
                Err(error) => {
                    let row = error.position().map_or(1, row_of);
                    reading.faults.push(fault(row, "", "unreadable"));
                }
            }
            if reading.snapshot.lines.len() > MOST_LINES {
                reading.faults.push(fault(MOST_LINES + 1, "", "too-long"));
                break;
            }
        }
        reading.finish()
    }
}

/// Where each column stands.
struct Places(HashMap<&'static str, usize>);

impl Places {
    const NEEDED: [&'static str; 4] = ["scheme", "code", "name", "kind"];
    const OPTIONAL: [&'static str; 4] = ["parent_code", "level", "abbrev", "deleted"];

    fn of(head: &csv::StringRecord) -> Result<Self, Vec<Fault>> {
        let find = |name: &str| head.iter().position(|cell| cell.trim().eq_ignore_ascii_case(name));
        let all = Self::NEEDED.into_iter().chain(Self::OPTIONAL);
        let places: HashMap<_, _> = all.filter_map(|name| Some((name, find(name)?))).collect();
        let missing = Self::NEEDED.into_iter().filter(|name| !places.contains_key(name));
        let faults: Vec<_> = missing.map(|name| fault(1, name, "no-column")).collect();
        if faults.is_empty() { Ok(Self(places)) } else { Err(faults) }
    }
}

struct Reading {
    places: Places,
    snapshot: Snapshot,
    faults: Vec<Fault>,
    /// In which line each code stands.
    rows: HashMap<String, usize>,
}

impl Reading {
    fn line(&mut self, record: &csv::StringRecord) {
        let row = record.position().map_or(0, row_of);
        let cell = |name: &str| {
            let text = self.places.0.get(name).and_then(|place| record.get(*place)).unwrap_or_default();
            lt_kernel::text::clean_line(text)
        };
        let (scheme, code, name) = (cell("scheme").to_lowercase(), cell("code"), cell("name"));
        let mut faults = Vec::new();
        for (column, text) in [("scheme", &scheme), ("code", &code), ("name", &name)] {
            if text.is_empty() {
                faults.push(fault(row, column, "empty"));
            }
        }
        if code.chars().count() > 64 {
            faults.push(fault(row, "code", "code-too-long"));
        }
        let word = cell("kind");
        let kind = Kind::from_word(&word);
        if kind.is_none() {
            faults.push(said(row, "kind", Said::new("registry-import-fault-kind").with("value", &word)));
        }
        let level = Some(cell("level")).filter(|text| !text.is_empty());
        let number = level.as_ref().and_then(|text| text.parse().ok()).filter(|level| *level <= 9);
        if level.is_some() && number.is_none() {
            faults.push(fault(row, "level", "level"));
        }
        let is_deleted = matches!(cell("deleted").to_lowercase().as_str(), "1" | "true" | "yes" | "x" | "có");
        let other = |text: String| Some(text).filter(|text| !text.is_empty());
        let (parent, abbrev) = (other(cell("parent_code")), other(cell("abbrev")));
        if self.snapshot.scheme.is_empty() {
            self.snapshot.scheme.clone_from(&scheme);
        } else if !scheme.is_empty() && self.snapshot.scheme != scheme {
            faults.push(said(row, "scheme", Said::new("registry-import-fault-scheme").with("value", &scheme)));
        }
        if let Some(first) = self.rows.insert(code.to_uppercase(), row).filter(|_| !code.is_empty()) {
            faults.push(said(row, "code", Said::new("registry-import-fault-twice").with("row", first)));
        }
        match kind {
            Some(kind) if faults.is_empty() => {
                if !is_deleted {
                    self.snapshot.lines.push(Line { row, code, name, parent, kind, level: number, abbrev });
                }
            }
            _ => self.faults.extend(faults),
        }
    }

    fn finish(mut self) -> Result<Snapshot, Vec<Fault>> {
        if self.rows.is_empty() && self.faults.is_empty() {
            self.faults.push(fault(1, "", "no-lines"));
        }
        if self.faults.is_empty() { Ok(self.snapshot) } else { Err(self.faults) }
    }
}

fn row_of(position: &csv::Position) -> usize {
    usize::try_from(position.line()).unwrap_or(usize::MAX)
}

fn fault(row: usize, column: &'static str, what: &str) -> Fault {
    said(row, column, Said::new(format!("registry-import-fault-{what}")))
}

fn said(row: usize, column: &'static str, said: Said) -> Fault {
    Fault { row, column, said }
}
