//! Into a file, while the program runs.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tokio::io::AsyncReadExt;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::Carried;
use super::load::{applied, carried, select, values};
use super::sum::Sum;
use crate::catalogue::{Kind, Table};
use crate::db::blocking;
use crate::{Blobs, Db, StoreError, Val};

/// The format of the file.
pub(super) const FORMAT: u32 = 1;

/// What is in the file; written last, so that a file without it is no backup.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Manifest {
    pub(super) application: String,
    pub(super) format: u32,
    /// The engine it was taken from.
    pub(super) engine: String,
    /// When it was taken, in microseconds.
    pub(super) at: i64,
    /// The last step of each module.
    pub(super) steps: BTreeMap<String, u32>,
    pub(super) tables: Vec<TableNote>,
    /// Hashes of the stored files.
    pub(super) blobs: Vec<String>,
}

/// What the manifest says of a table.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct TableNote {
    pub(super) name: String,
    pub(super) columns: Vec<(String, Kind)>,
    pub(super) rows: u64,
    /// Sum over the rows, whatever their order.
    pub(super) sum: String,
    /// SHA-256 of the text.
    pub(super) sha256: String,
}

type Zip = Box<ZipWriter<BufWriter<File>>>;

/// What is written while a table is read.
struct Writing {
    zip: Zip,
    kinds: Vec<Kind>,
    hash: Sha256,
    sum: Sum,
}

/// Writes one file with every row of one moment of `db`, and every stored file they name. The program may go on
/// writing meanwhile. The file holds everything the program knows: keep it as safe as the database.
///
/// # Errors
/// [`StoreError::Full`]; [`StoreError::Engine`] when a stored file is damaged or `out` cannot be written;
/// then no file stays at `out`.
pub async fn backup(db: &Db, blobs: &Blobs, out: &Path) -> Result<Carried, StoreError> {
    let part = PathBuf::from(format!("{}.part", out.display()));
    let result = write(db, blobs, &part, out).await;
    if result.is_err() {
        drop(std::fs::remove_file(&part));
    }
    result
}

async fn write(db: &Db, blobs: &Blobs, part: &Path, out: &Path) -> Result<Carried, StoreError> {
    let mut zip = Box::new(ZipWriter::new(BufWriter::new(create(part)?)));
    let mut manifest = Manifest {
        application: "lienthong".to_owned(),
        format: FORMAT,
        engine: db.engine_name().to_owned(),
        at: db.settings().clock.now().micros(),
        steps: applied(db).await?,
        tables: Vec::new(),
        blobs: Vec::new(),
    };
    let mut done = Carried::default();
    let mut moment = db.moment().await?;
    for table in carried(db).await? {
        zip.start_file(entry(&table.name), options()).map_err(zipped)?;
        let kinds: Vec<Kind> = table.columns.iter().map(|column| column.kind).collect();
        let writing = Writing { zip, kinds, hash: Sha256::new(), sum: Sum::default() };
        let (same, written) = moment.fold(select(&table), writing, |to, row| to.row(&values(row)?)).await?;
        moment = same;
        zip = written.zip;
        done.tables += 1;
        done.rows += written.sum.rows;
        manifest.tables.push(note(&table, &written.sum, written.hash));
    }
    drop(moment);
    // After the rows: a stored file is kept before the row that names it, and never removed.
    for hash in blobs.list().await? {
        let mut file = blobs.open_checked(&hash).await?;
        zip.start_file(format!("blobs/{hash}"), options()).map_err(zipped)?;
        let mut piece = vec![0; 64 * 1024];
        loop {
            let read = file.read(&mut piece).await.map_err(io_error)?;
            let Some(bytes) = piece.get(..read).filter(|bytes| !bytes.is_empty()) else { break };
            zip.write_all(bytes).map_err(io_error)?;
            done.blob_bytes += read as u64;
        }
        done.blobs += 1;
        manifest.blobs.push(hash);
    }
    let (part, out) = (part.to_owned(), out.to_owned());
    blocking(move || seal(zip, &manifest, &part, &out)).await?;
    Ok(done)
}

/// Writes the manifest and makes the file durable under its name.
fn seal(mut zip: Zip, manifest: &Manifest, part: &Path, out: &Path) -> Result<(), StoreError> {
    zip.start_file("manifest.json", options()).map_err(zipped)?;
    serde_json::to_writer_pretty(&mut zip, manifest).map_err(|error| StoreError::Engine(Box::new(error)))?;
    let file = zip.finish().map_err(zipped)?.into_inner().map_err(|error| io_error(error.into_error()))?;
    file.sync_all().map_err(io_error)?;
    std::fs::rename(part, out).map_err(io_error)?;
    let dir = out.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(dir).and_then(|dir| dir.sync_all()).map_err(io_error)
}

impl Writing {
    fn row(&mut self, row: &[Val]) -> Result<(), StoreError> {
        self.sum.add(row);
        let cells = row.iter().zip(&self.kinds).map(|(value, kind)| cell(value, *kind)).collect::<Result<_, _>>()?;
        let mut line = serde_json::Value::Array(cells).to_string();
        line.push('\n');
        self.hash.update(&line);
        self.zip.write_all(line.as_bytes()).map_err(io_error)
    }
}

/// A value as JSON; its kind stands in the manifest.
fn cell(value: &Val, kind: Kind) -> Result<serde_json::Value, StoreError> {
    Ok(match (value, kind) {
        (Val::Null, _) => serde_json::Value::Null,
        (Val::Int(number), Kind::Int) => (*number).into(),
        (Val::Text(text), Kind::Text) => text.as_str().into(),
        (Val::Bytes(bytes), Kind::Bytes) => hex::encode(bytes).into(),
        (Val::Id(id), Kind::Id) => id.to_string().into(),
        _ => return Err(StoreError::Foreign(format!("a value is not of its column's kind {kind:?}"))),
    })
}

fn note(table: &Table, sum: &Sum, hash: Sha256) -> TableNote {
    TableNote {
        name: table.name.clone(),
        columns: table.columns.iter().map(|column| (column.name.clone(), column.kind)).collect(),
        rows: sum.rows,
        sum: sum.text(),
        sha256: hex::encode(hash.finalize()),
    }
}

pub(super) fn entry(table: &str) -> String {
    format!("tables/{table}.jsonl")
}

fn options() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .large_file(true)
        .unix_permissions(0o600)
}

fn create(path: &Path) -> Result<File, StoreError> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(io_error)
}

pub(super) fn io_error(error: io::Error) -> StoreError {
    crate::BlobError::from(error).into()
}

pub(super) fn zipped(error: zip::result::ZipError) -> StoreError {
    match error {
        zip::result::ZipError::Io(error) => io_error(error),
        other => StoreError::Foreign(format!("the backup file cannot be used: {other}")),
    }
}

/// Reads all of `from` through a hash.
pub(super) struct Hashed<R> {
    pub(super) from: R,
    pub(super) hash: Sha256,
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(into)?;
        self.hash.update(into.get(..read).unwrap_or_default());
        Ok(read)
    }
}
