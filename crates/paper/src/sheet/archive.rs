//! The outside of an XLSX file, looked at before anything is built from it.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::sheet::{Limits, SheetFault};

/// Parts smaller than this may have any ratio: a short run of blanks packs a thousandfold.
const SMALL: u64 = 1024 * 1024;

/// An archive whose parts are known to unpack within the limits.
pub(super) type Checked<'a> = ZipArchive<Cursor<&'a [u8]>>;

fn damaged(error: &dyn std::fmt::Display) -> SheetFault {
    SheetFault::Damaged { detail: error.to_string() }
}

/// Checks what the archive says of its parts, then what they really unpack to: what it says may be a lie.
pub(super) fn check<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Checked<'a>, SheetFault> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    if archive.len() > limits.parts {
        return Err(SheetFault::Bomb { entry: format!("{} × *", archive.len()) });
    }
    let mut declared: u64 = 0;
    for index in 0..archive.len() {
        let part = archive.by_index_raw(index).map_err(|error| damaged(&error))?;
        if part.encrypted() {
            return Err(SheetFault::OldOrLocked);
        }
        declared = declared.saturating_add(part.size());
        let too_dense = part.size() > SMALL && part.size() / part.compressed_size().max(1) > limits.ratio;
        if too_dense || declared > limits.unpacked {
            return Err(SheetFault::Bomb { entry: name_of(part.name()) });
        }
    }
    let mut actual: u64 = 0;
    let mut buffer = vec![0; 64 * 1024];
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|error| damaged(&error))?;
        let (name, packed) = (name_of(part.name()), part.compressed_size().max(1));
        actual = actual.saturating_add(unpacked(part, &name, packed, limits, actual, &mut buffer)?);
    }
    Ok(archive)
}

fn name_of(name: zip::result::ZipResult<std::borrow::Cow<'_, str>>) -> String {
    name.map_or_else(|_| "?".to_owned(), std::borrow::Cow::into_owned)
}

/// Unpacks a part into nothing, stopping as soon as a limit is passed.
fn unpacked(
    mut part: impl Read,
    name: &str,
    packed: u64,
    limits: &Limits,
    before: u64,
    buffer: &mut [u8],
) -> Result<u64, SheetFault> {
    let mut size: u64 = 0;
    loop {
        let got = part.read(buffer).map_err(|error| damaged(&error))?;
        if got == 0 {
            return Ok(size);
        }
        size += got as u64;
        if before.saturating_add(size) > limits.unpacked || (size > SMALL && size / packed > limits.ratio) {
            return Err(SheetFault::Bomb { entry: name.to_owned() });
        }
    }
}
