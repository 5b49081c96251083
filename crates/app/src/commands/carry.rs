//! Backup, restore, moving to another engine.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use lt_store::{Blobs, Carried, Db, Settings};

use super::ground;
use crate::config::{self, Config};
use crate::machine::MachineClock;
use crate::program::{modules, schemas};

/// Brings the database up to date.
///
/// # Errors
/// When it cannot be opened or is of a later version.
pub async fn migrate(config: &Config) -> Result<()> {
    ground(config).await?;
    println!("Cơ sở dữ liệu đã ở phiên bản mới nhất. / The database is up to date.");
    Ok(())
}

/// Copies database and files into one file.
///
/// # Errors
/// When the file is there already, or anything cannot be read or written.
pub async fn backup(config: &Config, file: &Path) -> Result<()> {
    if file.exists() {
        bail!("{}: tệp đã có, chọn tên khác / the file is there already, choose another name", file.display());
    }
    let ground = ground(config).await?;
    let done = lt_store::backup(&ground.db, &ground.blobs, file).await?;
    told("Đã sao lưu / Backed up", &done);
    println!("Khôi phục bằng / Restore with: lienthong restore {}", file.display());
    Ok(())
}

/// Puts a backup into an empty database and an empty directory of files.
///
/// # Errors
/// When the target is not empty or the backup is damaged; then nothing is kept.
pub async fn restore(config: &Config, file: &Path) -> Result<()> {
    std::fs::create_dir_all(&config.data).context("cannot make the data directory")?;
    let blobs = Blobs::open(&config.files_dir())?;
    let db = bare(&config.database_url()?).await?;
    let done = lt_store::restore(file, &db, &blobs, &schemas(&modules())).await?;
    told("Đã khôi phục / Restored", &done);
    println!("Kiểm tra bằng / Check with: lienthong doctor");
    Ok(())
}

/// Carries everything into another database.
///
/// # Errors
/// When the other one is not empty, or a row differs afterwards.
pub async fn move_database(config: &Config, to: &str) -> Result<()> {
    let from = ground(config).await?;
    let url = config::place(to, &config.data)?;
    let other = bare(&url).await.context("the other database")?;
    let done = lt_store::move_database(&from.db, &other, &schemas(&modules())).await?;
    told("Đã chuyển và đối chiếu từng dòng / Moved and compared row by row", &done);
    println!(
        "Đổi database.url trong lienthong.toml rồi khởi động lại. / Set database.url in lienthong.toml, then restart."
    );
    Ok(())
}

/// A database as it is, without the modules' tables.
async fn bare(url: &str) -> Result<Db> {
    Db::open(url, Settings::new(Arc::new(MachineClock))).await.context("the database cannot be opened")
}

fn told(what: &str, done: &Carried) {
    println!(
        "{what}: {} bảng/tables, {} dòng/rows, {} tệp/files, {} byte.",
        done.tables, done.rows, done.blobs, done.blob_bytes
    );
}

/// Checks the files once for `doctor`.
pub(super) async fn damaged(blobs: &Blobs) -> Result<lt_store::Verified> {
    Ok(blobs.verify_all().await?)
}
