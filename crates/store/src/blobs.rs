//! Files kept by their content: what has the same bytes is kept once, and is checked whenever it is read.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sha2::{Digest, Sha256};
use tokio::io::{AsyncRead, AsyncReadExt};

use crate::StoreError;

/// Bytes read at a time.
const PIECE: usize = 64 * 1024;

/// What stands for a stored file in the tables.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct BlobRef {
    /// SHA-256 of the content, 64 lower-case hexadecimal digits.
    pub hash: String,
    /// Size in bytes.
    pub size: u64,
}

/// What can go wrong with a stored file.
#[derive(Debug, thiserror::Error)]
pub enum BlobError {
    /// The content is larger than allowed; nothing was kept.
    #[error("larger than {limit} bytes")]
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// There is no such file.
    #[error("there is no stored file {0}")]
    Missing(String),
    /// Its bytes are not the ones that were stored.
    #[error("the stored file {0} is damaged")]
    Damaged(String),
    /// The disk is full.
    #[error("the disk is full")]
    Full,
    /// Anything else.
    #[error("the file store failed")]
    Io(#[source] io::Error),
}

impl From<io::Error> for BlobError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full,
            _ => Self::Io(error),
        }
    }
}

impl From<BlobError> for StoreError {
    fn from(error: BlobError) -> Self {
        match error {
            BlobError::Full => Self::Full,
            other => Self::Engine(Box::new(other)),
        }
    }
}

/// The stored files below one directory: `ab/cdef…`, named by the SHA-256 of their content. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Blobs {
    dir: Arc<PathBuf>,
    count: Arc<AtomicU64>,
}

/// What [`Blobs::verify_all`] found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verified {
    /// Files whose bytes are the ones that were stored.
    pub sound: u64,
    /// Their bytes together.
    pub bytes: u64,
    /// Hashes of those that are damaged.
    pub damaged: Vec<String>,
}

impl Blobs {
    /// The files below `dir`, which is made when it is missing.
    ///
    /// # Errors
    /// [`BlobError::Io`] when it cannot be made.
    pub fn open(dir: &Path) -> Result<Self, BlobError> {
        fs::create_dir_all(dir.join("new"))?;
        Ok(Self { dir: Arc::new(dir.to_owned()), count: Arc::default() })
    }

    /// Removes what a crash left unfinished, none of it ever acknowledged. Only the program that owns the
    /// directory does this, at its start: another one may be writing.
    ///
    /// # Errors
    /// [`BlobError::Io`].
    pub fn clear_unfinished(&self) -> Result<(), BlobError> {
        for entry in fs::read_dir(self.dir.join("new"))? {
            fs::remove_file(entry?.path())?;
        }
        Ok(())
    }

    /// Keeps `bytes`; durable when this returns.
    ///
    /// # Errors
    /// [`BlobError::Full`], [`BlobError::Io`].
    pub async fn put(&self, bytes: Vec<u8>) -> Result<BlobRef, BlobError> {
        let blobs = self.clone();
        blocking(move || {
            let mut new = blobs.begin()?;
            new.write(&bytes)?;
            new.finish(&blobs.dir)
        })
        .await
    }

    /// Keeps all of `content`; blocks.
    pub(crate) fn put_reader(&self, content: &mut dyn Read) -> Result<BlobRef, BlobError> {
        let mut new = self.begin()?;
        let mut piece = vec![0; PIECE];
        loop {
            let read = content.read(&mut piece)?;
            let Some(bytes) = piece.get(..read).filter(|bytes| !bytes.is_empty()) else { break };
            new.write(bytes)?;
        }
        new.finish(&self.dir)
    }

    /// Keeps what `content` yields, at most `limit` bytes; durable when this returns.
    ///
    /// # Errors
    /// [`BlobError::TooLarge`], and as [`Self::put`].
    pub async fn put_stream(&self, mut content: impl AsyncRead + Unpin, limit: u64) -> Result<BlobRef, BlobError> {
        let blobs = self.clone();
        let mut new = blocking(move || blobs.begin()).await?;
        loop {
            let mut piece = Vec::with_capacity(PIECE);
            while piece.len() < PIECE && content.read_buf(&mut piece).await? > 0 {}
            if piece.is_empty() {
                break;
            }
            if new.size + piece.len() as u64 > limit {
                return Err(BlobError::TooLarge { limit });
            }
            new = blocking(move || new.write(&piece).map(|()| new)).await?;
        }
        let dir = Arc::clone(&self.dir);
        blocking(move || new.finish(&dir)).await
    }

    /// The content of `hash`, checked.
    ///
    /// # Errors
    /// [`BlobError::Missing`], [`BlobError::Damaged`], [`BlobError::Io`].
    pub async fn read(&self, hash: &str) -> Result<Vec<u8>, BlobError> {
        let (path, hash) = (self.path(hash)?, hash.to_owned());
        blocking(move || {
            let mut bytes = Vec::new();
            open(&path, &hash)?.read_to_end(&mut bytes)?;
            if hex::encode(Sha256::digest(&bytes)) == hash { Ok(bytes) } else { Err(BlobError::Damaged(hash)) }
        })
        .await
    }

    /// The file of `hash`, checked as a whole before it is handed out.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub async fn open_checked(&self, hash: &str) -> Result<tokio::fs::File, BlobError> {
        let (path, hash) = (self.path(hash)?, hash.to_owned());
        blocking(move || {
            check(&path, &hash)?;
            Ok(tokio::fs::File::from_std(open(&path, &hash)?))
        })
        .await
    }

    /// Whether `hash` is kept.
    pub fn has(&self, hash: &str) -> bool {
        self.path(hash).is_ok_and(|path| path.is_file())
    }

    /// The hashes of everything kept, in order.
    ///
    /// # Errors
    /// [`BlobError::Io`].
    pub async fn list(&self) -> Result<Vec<String>, BlobError> {
        let dir = Arc::clone(&self.dir);
        blocking(move || {
            let mut found = Vec::new();
            for drawer in fs::read_dir(&*dir)? {
                let drawer = drawer?;
                let front = drawer.file_name().to_string_lossy().into_owned();
                if front.len() != 2 {
                    continue;
                }
                for file in fs::read_dir(drawer.path())? {
                    found.push(format!("{front}{}", file?.file_name().to_string_lossy()));
                }
            }
            found.sort();
            Ok(found)
        })
        .await
    }

    /// Reads everything once and compares it with its name.
    ///
    /// # Errors
    /// [`BlobError::Io`].
    pub async fn verify_all(&self) -> Result<Verified, BlobError> {
        let mut verified = Verified::default();
        for hash in self.list().await? {
            let path = self.dir.join(hash.get(..2).unwrap_or_default()).join(hash.get(2..).unwrap_or_default());
            let name = hash.clone();
            match blocking(move || check(&path, &name)).await {
                Ok(size) => {
                    verified.sound += 1;
                    verified.bytes += size;
                }
                Err(BlobError::Damaged(_)) => verified.damaged.push(hash),
                Err(other) => return Err(other),
            }
        }
        Ok(verified)
    }

    /// Where `hash` lies.
    fn path(&self, hash: &str) -> Result<PathBuf, BlobError> {
        let missing = || BlobError::Missing(hash.to_owned());
        // Nothing but a hash may become part of a path.
        if hash.len() != 64 || !hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')) {
            return Err(missing());
        }
        let (front, rest) = hash.split_at_checked(2).ok_or_else(missing)?;
        Ok(self.dir.join(front).join(rest))
    }

    fn begin(&self) -> Result<New, BlobError> {
        let number = self.count.fetch_add(1, Ordering::Relaxed);
        let path = self.dir.join("new").join(format!("{}-{number}", std::process::id()));
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        Ok(New { file: options.open(&path)?, path, hash: Sha256::new(), size: 0 })
    }
}

/// A file still being written; removed when it is given up.
struct New {
    path: PathBuf,
    file: File,
    hash: Sha256,
    size: u64,
}

impl New {
    fn write(&mut self, piece: &[u8]) -> Result<(), BlobError> {
        self.file.write_all(piece)?;
        self.hash.update(piece);
        self.size += piece.len() as u64;
        Ok(())
    }

    /// Makes it durable under its name: file first, then its name, then the name's directory.
    fn finish(self, dir: &Path) -> Result<BlobRef, BlobError> {
        self.file.sync_all()?;
        let hash = hex::encode(self.hash.clone().finalize());
        let (front, rest) = hash.split_at_checked(2).unwrap_or_default();
        let drawer = dir.join(front);
        if !drawer.is_dir() {
            fs::create_dir_all(&drawer)?;
            File::open(dir)?.sync_all()?;
        }
        fs::rename(&self.path, drawer.join(rest))?;
        File::open(&drawer)?.sync_all()?;
        Ok(BlobRef { size: self.size, hash })
    }
}

impl Drop for New {
    fn drop(&mut self) {
        // Gone already when it was finished.
        drop(fs::remove_file(&self.path));
    }
}

fn open(path: &Path, hash: &str) -> Result<File, BlobError> {
    File::open(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => BlobError::Missing(hash.to_owned()),
        _ => error.into(),
    })
}

/// Reads the file once; its size when its bytes are the ones that were stored.
fn check(path: &Path, hash: &str) -> Result<u64, BlobError> {
    let mut file = open(path, hash)?;
    let mut sum = Sha256::new();
    let mut piece = vec![0; PIECE];
    let mut size = 0;
    loop {
        let read = file.read(&mut piece)?;
        let Some(bytes) = piece.get(..read).filter(|bytes| !bytes.is_empty()) else { break };
        sum.update(bytes);
        size += read as u64;
    }
    if hex::encode(sum.finalize()) == hash { Ok(size) } else { Err(BlobError::Damaged(hash.to_owned())) }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, BlobError> + Send + 'static,
) -> Result<T, BlobError> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| Err(BlobError::Io(io::Error::other(error))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fresh(name: &str) -> Blobs {
        let dir = std::env::temp_dir().join(format!("lt-blobs-{}-{name}", std::process::id()));
        drop(fs::remove_dir_all(&dir));
        Blobs::open(&dir).unwrap()
    }

    #[tokio::test]
    async fn same_content_is_kept_once_and_read_back() {
        let blobs = fresh("once");
        let kept = blobs.put(b"abc".to_vec()).await.unwrap();
        // FIPS 180-2, appendix B.1.
        assert_eq!(kept.hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(blobs.put_stream(&b"abc"[..], 3).await.unwrap(), kept);
        assert_eq!(blobs.list().await.unwrap(), [kept.hash.as_str()]);
        assert_eq!(blobs.read(&kept.hash).await.unwrap(), b"abc");
        assert!(blobs.has(&kept.hash));
        let mut text = String::new();
        blobs.open_checked(&kept.hash).await.unwrap().read_to_string(&mut text).await.unwrap();
        assert_eq!(text, "abc");
    }

    #[tokio::test]
    async fn what_is_too_large_leaves_nothing() {
        let blobs = fresh("large");
        let content = vec![7_u8; 200_000];
        let result = blobs.put_stream(&content[..], 199_999).await;
        assert!(matches!(result, Err(BlobError::TooLarge { limit: 199_999 })));
        assert_eq!(blobs.list().await.unwrap(), Vec::<String>::new());
        assert_eq!(fs::read_dir(blobs.dir.join("new")).unwrap().count(), 0);
        assert_eq!(blobs.put_stream(&content[..], 200_000).await.unwrap().size, 200_000);
    }

    #[tokio::test]
    async fn damage_is_an_error_never_other_content() {
        let blobs = fresh("damage");
        let kept = blobs.put(b"Nghi quyet".to_vec()).await.unwrap();
        let other = blobs.put(b"khac".to_vec()).await.unwrap();
        fs::write(blobs.path(&kept.hash).unwrap(), b"Nghi quyeT").unwrap();
        assert!(matches!(blobs.read(&kept.hash).await, Err(BlobError::Damaged(_))));
        assert!(blobs.open_checked(&kept.hash).await.is_err());
        let verified = blobs.verify_all().await.unwrap();
        assert_eq!((verified.sound, verified.bytes, verified.damaged), (1, other.size, vec![kept.hash.clone()]));
        // Kept again, it is sound again.
        blobs.put(b"Nghi quyet".to_vec()).await.unwrap();
        assert!(blobs.read(&kept.hash).await.is_ok());
    }

    #[tokio::test]
    async fn nothing_but_a_hash_becomes_a_path() {
        let blobs = fresh("path");
        for name in ["", "..", "../../etc/passwd", &"A".repeat(64), &format!("{}/", "a".repeat(63))] {
            assert!(matches!(blobs.read(name).await, Err(BlobError::Missing(_))), "{name}");
        }
    }
}
