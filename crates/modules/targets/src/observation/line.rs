//! An observation as people write it: the same shape in files, forms, exports and history.

use lt_kernel::{Date, Said};

use super::model::{Evidence, Observation};
use super::store::Detail;
use crate::file::format::{EvidenceLine, ObservationLine};
use crate::file::value;

/// Where files of the program are shown; a link there is a file, never a record of a system.
const OWN_FILES: &str = "/evidence/";

/// The observation as a line of the measure `code`, in Vietnamese writing.
#[must_use]
pub fn write(
    code: &str,
    seen: &Observation,
    sentence: &str,
    note: &str,
    evidence: Vec<EvidenceLine>,
) -> ObservationLine {
    let mut line = ObservationLine {
        measure: code.to_owned(),
        as_of: Some(seen.as_of),
        period: seen.period.as_ref().map(ToString::to_string).unwrap_or_default(),
        unit: seen.unit.clone().unwrap_or_default(),
        event: seen.event.clone().unwrap_or_default(),
        sentence: sentence.to_owned(),
        note: note.to_owned(),
        evidence,
        ..ObservationLine::default()
    };
    value::write(&seen.value, &mut line);
    line
}

/// A stored observation as a line; a stored file is named by its address.
#[must_use]
pub fn of_detail(code: &str, one: &Detail) -> ObservationLine {
    let evidence = one.evidence.iter().map(|shown| match &shown.file {
        Some(_) => EvidenceLine { href: format!("{OWN_FILES}{}", shown.id), ..shown.line.clone() },
        None => shown.line.clone(),
    });
    write(code, &one.seen, &one.sentence, &one.note, evidence.collect())
}

/// What a person writes of the evidence: one piece a line, `title` or `title | address`. Without an address
/// somebody only says so; an address within the program is a record, any other one a file to look at.
///
/// # Errors
/// A line without a title, or whose address is neither on the web nor within the program.
pub fn read_evidence(text: &str) -> Result<Vec<EvidenceLine>, Said> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(one_evidence).collect()
}

fn one_evidence(line: &str) -> Result<EvidenceLine, Said> {
    let (title, href) = line.rsplit_once('|').map_or((line, ""), |(title, href)| (title.trim(), href.trim()));
    let is_web = href.starts_with("https://") || href.starts_with("http://");
    // A backslash is read as a slash by browsers, so that `/\host` leads away.
    let is_own = href.starts_with('/') && !href.starts_with("//") && !href.contains('\\');
    let bad = |key: &str| Said::new(key).with("text", line);
    let kind = match href {
        "" => Evidence::Told,
        _ if is_own && !href.starts_with(OWN_FILES) => Evidence::Record,
        _ if is_web || is_own => Evidence::File,
        _ => return Err(bad("targets-entry-link-form")),
    };
    if title.is_empty() || href.contains(char::is_whitespace) {
        return Err(bad("targets-entry-link-form"));
    }
    Ok(EvidenceLine { kind, title: title.to_owned(), href: href.to_owned() })
}

/// The evidence in the writing of [`read_evidence`].
#[must_use]
pub fn write_evidence(evidence: &[EvidenceLine]) -> String {
    let one = |shown: &EvidenceLine| {
        let title = shown.title.replace(['\n', '|'], " ");
        if shown.href.is_empty() { title } else { format!("{title} | {}", shown.href) }
    };
    evidence.iter().map(one).collect::<Vec<_>>().join("\n")
}

/// What makes two observations the same: the database refuses a second one that is not withdrawn.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Key {
    /// The day.
    pub as_of: Date,
    /// Code of the period; empty without.
    pub period: String,
    /// The unit; empty without.
    pub unit: String,
    /// The kind of event; empty without.
    pub event: String,
    /// Code of the sentence; empty without.
    pub sentence: String,
}

impl Key {
    /// The key of an observation told by `sentence`.
    #[must_use]
    pub fn of(seen: &Observation, sentence: &str) -> Self {
        Self {
            as_of: seen.as_of,
            period: seen.period.as_ref().map(ToString::to_string).unwrap_or_default(),
            unit: seen.unit.clone().unwrap_or_default(),
            event: seen.event.clone().unwrap_or_default(),
            sentence: sentence.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_is_as_strong_as_what_can_be_looked_at() {
        let kind = |text: &str| read_evidence(text).map(|found| found[0].kind);
        assert_eq!(kind("Báo cáo miệng"), Ok(Evidence::Told));
        assert_eq!(kind("Quyết định 12 | https://example.vn/12.pdf"), Ok(Evidence::File));
        assert_eq!(kind("Tin bài | /portal/articles?year=2020"), Ok(Evidence::Record));
        assert_eq!(kind("Tệp | /evidence/1"), Ok(Evidence::File));
        for bad in ["a | javascript:alert(1)", " | https://example.vn", "a | //evil.example", "a | /\\evil.example"] {
            assert!(read_evidence(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn evidence_comes_back_as_it_was_written() {
        let text = "Báo cáo miệng\nQuyết định 12 | https://example.vn/12.pdf";
        assert_eq!(write_evidence(&read_evidence(text).unwrap()), text);
    }
}
