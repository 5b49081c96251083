//! Runs, hyperlinks and bookmarks.

use std::collections::HashMap;
use std::fmt::Write as _;

use unicode_normalization::UnicodeNormalization;

use crate::fault::PaperFault;
use crate::model::{Inline, Target};

/// Text as it may stand in XML 1.0: composed, without control characters, escaped.
pub(super) fn escaped(text: &str) -> String {
    let clean: String = text
        .nfc()
        .filter(|letter| {
            matches!(letter, '\t' | '\n') || !(letter.is_control() || matches!(letter, '\u{FFFE}' | '\u{FFFF}'))
        })
        .collect();
    quick_xml::escape::escape(clean.as_str()).into_owned()
}

/// The look of a run.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct RunLook {
    pub(super) bold: bool,
    pub(super) italic: bool,
    /// In points.
    pub(super) size: Option<u8>,
    pub(super) link: bool,
}

/// Appends a run; line feeds become breaks.
pub(super) fn run(out: &mut String, text: &str, look: RunLook) {
    let mut properties = String::new();
    if look.link {
        properties.push_str(r#"<w:rStyle w:val="Hyperlink"/>"#);
    }
    if look.bold {
        properties.push_str("<w:b/><w:bCs/>");
    }
    if look.italic {
        properties.push_str("<w:i/><w:iCs/>");
    }
    if let Some(size) = look.size {
        let half = u16::from(size) * 2;
        let _ = write!(properties, r#"<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>"#);
    }
    out.push_str("<w:r>");
    if !properties.is_empty() {
        let _ = write!(out, "<w:rPr>{properties}</w:rPr>");
    }
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            out.push_str("<w:br/>");
        }
        if !line.is_empty() {
            let _ = write!(out, r#"<w:t xml:space="preserve">{}</w:t>"#, escaped(line));
        }
    }
    out.push_str("</w:r>");
}

/// Bookmarks and addresses of one paper. Word allows 40 plain letters for a bookmark's name, so anchors are numbered.
#[derive(Debug, Default)]
pub(super) struct Links {
    bookmarks: HashMap<String, (usize, bool)>,
    pub(super) urls: Vec<String>,
}

impl Links {
    fn number(&mut self, name: &str) -> usize {
        let next = self.bookmarks.len();
        self.bookmarks.entry(name.to_owned()).or_insert((next, false)).0
    }

    /// The relation of `url`, numbered after the fixed ones.
    fn relation(&mut self, url: &str) -> usize {
        if let Some(found) = self.urls.iter().position(|known| known == url) {
            return found;
        }
        self.urls.push(url.to_owned());
        self.urls.len() - 1
    }

    /// Appends the runs of a block.
    pub(super) fn inlines(&mut self, out: &mut String, text: &[Inline], base: RunLook) -> Result<(), PaperFault> {
        for inline in text {
            match inline {
                Inline::Text { text, bold, italic, size } => {
                    let look = RunLook {
                        bold: *bold || base.bold,
                        italic: *italic || base.italic,
                        size: size.or(base.size),
                        link: false,
                    };
                    run(out, text, look);
                }
                Inline::Link { text, to, bold } => {
                    match to {
                        Target::Anchor(name) => {
                            let number = self.number(name);
                            let _ = write!(out, r#"<w:hyperlink w:anchor="place_{number}" w:history="1">"#);
                        }
                        Target::Url(url) => {
                            let number = self.relation(url);
                            let _ = write!(out, r#"<w:hyperlink r:id="rUrl{number}" w:history="1">"#);
                        }
                    }
                    run(out, text, RunLook { bold: *bold || base.bold, link: true, ..base });
                    out.push_str("</w:hyperlink>");
                }
                Inline::Anchor(name) => self.bookmark(out, name)?,
            }
        }
        Ok(())
    }

    fn bookmark(&mut self, out: &mut String, name: &str) -> Result<(), PaperFault> {
        let number = self.number(name);
        let placed_before = self.bookmarks.get_mut(name).is_some_and(|(_, placed)| std::mem::replace(placed, true));
        if placed_before {
            return Err(PaperFault::TwoAnchors { name: name.to_owned() });
        }
        let _ = write!(
            out,
            r#"<w:bookmarkStart w:id="{number}" w:name="place_{number}"/><w:bookmarkEnd w:id="{number}"/>"#
        );
        Ok(())
    }

    /// Refuses links that lead nowhere.
    pub(super) fn check(&self) -> Result<(), PaperFault> {
        let mut lost: Vec<&String> =
            self.bookmarks.iter().filter(|(_, (_, placed))| !placed).map(|(name, _)| name).collect();
        lost.sort();
        lost.first().map_or(Ok(()), |name| Err(PaperFault::NoAnchor { name: (*name).clone() }))
    }
}
