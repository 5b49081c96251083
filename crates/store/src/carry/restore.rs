//! Out of a file, into an empty database.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use lt_kernel::id::Uuid;
use sha2::{Digest, Sha256};
use tokio::sync::mpsc::{self, Sender};
use zip::ZipArchive;

use super::Carried;
use super::backup::{FORMAT, Hashed, Manifest, TableNote, entry, io_error, zipped};
use super::load::{BATCH, begin, carried, compare, finish, load};
use super::moving::push;
use super::sum::Sum;
use crate::catalogue::Kind;
use crate::db::blocking;
use crate::{Blobs, Db, Migration, StoreError, Val};

/// Restores the file of [`super::backup()`] into the empty database `db` and the files below `blobs`, and compares
/// every table with the file. A backup of either engine goes into either engine; one of an earlier version is
/// brought up to date at the end. Until then `db` is marked as unfinished and opens nowhere.
///
/// # Errors
/// [`StoreError::Foreign`] with a sentence when the file is damaged or of a later version, or `db` is not empty.
pub async fn restore(
    file: &Path,
    db: &Db,
    blobs: &Blobs,
    modules: &[(&str, &[Migration])],
) -> Result<Carried, StoreError> {
    let path = file.to_owned();
    let manifest = blocking(move || manifest(&path)).await?;
    begin(db, &manifest.steps, modules).await?;
    let mut done = Carried::default();
    let tables = carried(db).await?;
    if tables.len() != manifest.tables.len() {
        return Err(damaged("its tables are not those of the program"));
    }
    for table in tables {
        let named = |note: &&TableNote| note.name == table.name;
        let note = manifest.tables.iter().find(named).ok_or_else(|| damaged(&format!("it lacks {}", table.name)))?;
        let columns: Vec<_> = table.columns.iter().map(|column| (column.name.clone(), column.kind)).collect();
        if columns != note.columns {
            return Err(damaged(&format!("the columns of {} are not those of the program", table.name)));
        }
        let (send, receive) = mpsc::channel(4);
        let (path, name, kinds) = (file.to_owned(), table.name.clone(), columns.into_iter().map(|column| column.1));
        let kinds: Vec<Kind> = kinds.collect();
        let reading = blocking(move || read_table(&path, &name, &kinds, &send));
        let (loaded, read) = tokio::join!(load(db, &table, receive), reading);
        let arrived = loaded?;
        let (sum, sha256) = read?;
        if sum.rows != note.rows || sum.text() != note.sum || sha256 != note.sha256 {
            return Err(damaged(&format!("{} is not as it was written", table.name)));
        }
        compare(db, &table, arrived).await?;
        done.tables += 1;
        done.rows += arrived.rows;
    }
    for hash in &manifest.blobs {
        done.blob_bytes += restore_blob(file, blobs, hash).await?;
        done.blobs += 1;
    }
    finish(db, modules).await?;
    Ok(done)
}

fn open(path: &Path) -> Result<ZipArchive<BufReader<File>>, StoreError> {
    ZipArchive::new(BufReader::new(File::open(path).map_err(io_error)?)).map_err(zipped)
}

fn manifest(path: &Path) -> Result<Manifest, StoreError> {
    let mut zip = open(path)?;
    let entry = zip.by_name("manifest.json").map_err(zipped)?;
    let manifest: Manifest = serde_json::from_reader(entry).map_err(|error| damaged(&error.to_string()))?;
    if manifest.application != "lienthong" {
        return Err(damaged("it is another program's"));
    }
    if manifest.format != FORMAT {
        return Err(damaged("it was written by a later version"));
    }
    Ok(manifest)
}

/// Sends the rows of a table in batches; the sum over them and the SHA-256 of the text.
fn read_table(
    path: &Path,
    name: &str,
    kinds: &[Kind],
    send: &Sender<Vec<Vec<Val>>>,
) -> Result<(Sum, String), StoreError> {
    let mut zip = open(path)?;
    let from = zip.by_name(&entry(name)).map_err(zipped)?;
    let mut lines = BufReader::new(Hashed { from, hash: Sha256::new() });
    let (mut sum, mut batch, mut line) = (Sum::default(), Vec::new(), String::new());
    loop {
        line.clear();
        if lines.read_line(&mut line).map_err(|error| damaged(&error.to_string()))? == 0 {
            break;
        }
        let row = row(&line, kinds).ok_or_else(|| damaged(&format!("{name} has a row that cannot be read")))?;
        sum.add(&row);
        batch.push(row);
        if batch.len() == BATCH {
            push(send, std::mem::take(&mut batch))?;
        }
    }
    if !batch.is_empty() {
        push(send, batch)?;
    }
    Ok((sum, hex::encode(lines.into_inner().hash.finalize())))
}

fn row(line: &str, kinds: &[Kind]) -> Option<Vec<Val>> {
    let cells: Vec<serde_json::Value> = serde_json::from_str(line).ok()?;
    if cells.len() != kinds.len() {
        return None;
    }
    cells.into_iter().zip(kinds).map(|(cell, kind)| val(cell, *kind)).collect()
}

fn val(cell: serde_json::Value, kind: Kind) -> Option<Val> {
    if cell.is_null() {
        return Some(Val::Null);
    }
    Some(match kind {
        Kind::Int => Val::Int(cell.as_i64()?),
        Kind::Text => match cell {
            serde_json::Value::String(text) => Val::Text(text),
            _ => return None,
        },
        Kind::Bytes => Val::Bytes(hex::decode(cell.as_str()?).ok()?),
        Kind::Id => Val::Id(Uuid::parse_str(cell.as_str()?).ok()?),
    })
}

/// Puts one stored file back; its size in bytes.
async fn restore_blob(path: &Path, blobs: &Blobs, hash: &str) -> Result<u64, StoreError> {
    let (path, name): (PathBuf, String) = (path.to_owned(), format!("blobs/{hash}"));
    let wanted = hash.to_owned();
    let blobs = blobs.clone();
    blocking(move || {
        let mut zip = open(&path)?;
        let mut entry = zip.by_name(&name).map_err(zipped)?;
        let kept = blobs.put_reader(&mut entry as &mut dyn Read)?;
        if kept.hash == wanted { Ok(kept.size) } else { Err(damaged(&format!("the stored file {wanted} is damaged"))) }
    })
    .await
}

fn damaged(why: &str) -> StoreError {
    StoreError::Foreign(format!("the backup file cannot be used: {why}"))
}
