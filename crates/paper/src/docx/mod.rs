//! The paper as a DOCX, for those who go on working with it in a word processor.
//!
//! Written by hand over `zip`: a paper needs two dozen elements of `WordprocessingML` (ECMA-376, part 1),
//! and this way each of them is visible here (ADR 0004).

mod body;
mod letter;
mod parts;
mod text;

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::fault::PaperFault;
use crate::model::Paper;

/// Renders `paper`. The same paper gives the same bytes.
///
/// # Errors
/// [`PaperFault::NoAnchor`] and [`PaperFault::TwoAnchors`] as for the PDF; [`PaperFault::Writer`] if the
/// archive could not be written.
pub fn render(paper: &Paper) -> Result<Vec<u8>, PaperFault> {
    let written = body::Body::of(paper)?;
    let parts: [(&str, String); 10] = [
        ("[Content_Types].xml", parts::CONTENT_TYPES.to_owned()),
        ("_rels/.rels", parts::RELATIONS.to_owned()),
        ("docProps/core.xml", parts::core(paper)),
        ("docProps/app.xml", parts::APP.to_owned()),
        ("word/document.xml", written.document(paper)),
        ("word/styles.xml", parts::styles(paper)),
        ("word/numbering.xml", parts::numbering(written.numbered)),
        ("word/settings.xml", parts::SETTINGS.to_owned()),
        ("word/header1.xml", parts::HEADER.to_owned()),
        ("word/_rels/document.xml.rels", parts::document_relations(&written.urls)),
    ];
    archive(&parts).map_err(|fault| PaperFault::Writer { detail: fault.to_string() })
}

/// Without dates: the archive's clock would be one more way for the same paper to differ.
fn archive(parts: &[(&str, String)]) -> zip::result::ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default());
    for (name, content) in parts {
        zip.start_file(*name, options)?;
        zip.write_all(content.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}
