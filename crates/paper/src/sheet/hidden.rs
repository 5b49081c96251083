//! Which rows and columns of a worksheet are hidden: the reader library does not say.

use std::collections::HashSet;
use std::io::{BufReader, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::sheet::archive::Checked;
use crate::sheet::{Limits, SheetFault};

/// Hidden rows (from 1) and columns (from 0).
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Hidden {
    pub(super) rows: HashSet<u32>,
    pub(super) columns: Vec<u16>,
}

fn damaged(error: &dyn std::fmt::Display) -> SheetFault {
    SheetFault::Damaged { detail: error.to_string() }
}

/// Walks over the start tags of a part.
fn tags(archive: &mut Checked, path: &str, mut see: impl FnMut(&BytesStart) -> bool) -> Result<(), SheetFault> {
    let part = archive.by_name(path).map_err(|error| damaged(&error))?;
    let mut reader = Reader::from_reader(BufReader::new(part));
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer).map_err(|error| damaged(&error))? {
            Event::Start(tag) | Event::Empty(tag) if !see(&tag) => return Ok(()),
            Event::Eof => return Ok(()),
            _ => {}
        }
        buffer.clear();
    }
}

fn attribute(tag: &BytesStart, name: &str) -> Option<String> {
    tag.attributes().flatten().find_map(|attribute| {
        let local = attribute.key.local_name();
        (AsRef::<str>::as_ref(&local) == name).then(|| attribute.value.into_owned())
    })
}

fn is_tag(tag: &BytesStart, name: &str) -> bool {
    AsRef::<str>::as_ref(&tag.local_name()) == name
}

/// The path of the worksheet `name` inside the archive.
fn path_of(archive: &mut Checked, name: &str) -> Result<Option<String>, SheetFault> {
    let mut relation = None;
    tags(archive, "xl/workbook.xml", |tag| {
        if is_tag(tag, "sheet") && attribute(tag, "name").is_some_and(|found| unescaped(&found) == name) {
            relation = tag.attributes().flatten().find_map(|attribute| {
                let key: &str = attribute.key.as_ref();
                key.ends_with(":id").then(|| attribute.value.into_owned())
            });
        }
        relation.is_none()
    })?;
    let Some(relation) = relation else { return Ok(None) };
    let mut path = None;
    tags(archive, "xl/_rels/workbook.xml.rels", |tag| {
        if is_tag(tag, "Relationship") && attribute(tag, "Id").as_deref() == Some(relation.as_str()) {
            path = attribute(tag, "Target");
        }
        path.is_none()
    })?;
    Ok(path.map(|path| path.strip_prefix('/').map_or_else(|| format!("xl/{path}"), ToOwned::to_owned)))
}

fn unescaped(text: &str) -> String {
    quick_xml::escape::unescape(text).map_or_else(|_| text.to_owned(), std::borrow::Cow::into_owned)
}

fn is_on(tag: &BytesStart, name: &str) -> bool {
    attribute(tag, name).is_some_and(|value| matches!(value.as_str(), "1" | "true"))
}

/// Finds what is hidden on the worksheet `name`. A workbook laid out so that its sheet's part cannot be found
/// is refused: better no import than one of rows nobody saw.
pub(super) fn find(archive: &mut Checked, name: &str, limits: &Limits) -> Result<Hidden, SheetFault> {
    let path = path_of(archive, name)?.ok_or_else(|| SheetFault::NoSheet { name: name.to_owned() })?;
    let mut hidden = Hidden::default();
    let mut number = 0_u32;
    tags(archive, &path, |tag| {
        if is_tag(tag, "row") {
            number = attribute(tag, "r").and_then(|row| row.parse().ok()).unwrap_or(number + 1);
            if is_on(tag, "hidden") || is_on(tag, "zeroHeight") {
                hidden.rows.insert(number);
            }
        } else if is_tag(tag, "col") && is_on(tag, "hidden") {
            let edge = |name| attribute(tag, name).and_then(|column| column.parse::<u16>().ok());
            if let (Some(first), Some(last)) = (edge("min"), edge("max")) {
                hidden.columns.extend((first.max(1)..=last.min(limits.columns)).map(|column| column - 1));
            }
        }
        true
    })?;
    Ok(hidden)
}

/// Whether the archive is a workbook at all.
pub(super) fn is_workbook(archive: &mut Checked) -> bool {
    archive.by_name("xl/workbook.xml").is_ok_and(|mut part| part.read(&mut [0; 1]).is_ok())
}
