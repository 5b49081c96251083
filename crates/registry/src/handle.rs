//! The registry as the rest of the program holds it: a cheap handle that always answers with the latest directory.

use std::sync::{Arc, PoisonError, RwLock};

use lt_contracts::Actor;
use lt_store::{Db, StoreError, Unit};

use crate::directory::{Directory, Draft};
use crate::orgs::refused::Refused;
use crate::store;

/// Why a change of the registry did not happen.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// The model refuses it.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// The database failed, or others wrote at the same time again and again.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The registry. Cheap to clone; clones share what was read.
#[derive(Clone)]
pub struct Registry {
    db: Db,
    read: Arc<RwLock<Option<Arc<Directory>>>>,
    /// One reader at a time reads the tables again; the others wait for it.
    reading: Arc<tokio::sync::Mutex<()>>,
}

impl Registry {
    /// The registry in `db`.
    #[must_use]
    pub fn new(db: Db) -> Self {
        Self { db, read: Arc::default(), reading: Arc::default() }
    }

    /// All organisations as they are now. Costs one indexed row when nothing was written since the last time,
    /// on this node or on any other.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub async fn directory(&self) -> Result<Arc<Directory>, StoreError> {
        let revision = store::revision(&self.db).await?;
        if let Some(directory) = self.at(revision) {
            return Ok(directory);
        }
        let _reading = self.reading.lock().await;
        let revision = store::revision(&self.db).await?;
        if let Some(directory) = self.at(revision) {
            return Ok(directory);
        }
        let directory = Arc::new(store::load(&self.db).await?);
        self.keep(&directory);
        Ok(directory)
    }

    /// Tries `verbs` on a draft of the latest directory and stores what they did. When somebody else wrote in
    /// between, tries again on what is there then, at most five times.
    ///
    /// # Errors
    /// [`ChangeError::Refused`] when a verb refuses; [`ChangeError::Store`] when the database fails.
    pub async fn change<T>(
        &self,
        actor: Actor,
        verbs: impl Fn(&mut Draft) -> Result<T, Refused>,
    ) -> Result<T, ChangeError> {
        let mut last = StoreError::Stale;
        for _ in 0..5 {
            let directory = self.directory().await?;
            let mut draft = Draft::of(&directory);
            let answer = verbs(&mut draft)?;
            if draft.is_empty() {
                return Ok(answer);
            }
            let edit = draft.finish();
            let mut unit = Unit::new();
            store::write(&edit, actor, &mut unit);
            match self.db.commit(unit).await {
                Ok(_) => {
                    self.keep(&Arc::new(edit.after));
                    return Ok(answer);
                }
                // The constraints say the same as the versions where two founded or coded the same.
                Err(met @ (StoreError::Stale | StoreError::Constraint(_))) => last = met,
                Err(other) => return Err(other.into()),
            }
        }
        Err(last.into())
    }

    fn at(&self, revision: i64) -> Option<Arc<Directory>> {
        let read = self.read.read().unwrap_or_else(PoisonError::into_inner);
        read.clone().filter(|directory| directory.revision() == revision)
    }

    /// Keeps the newer of the two.
    fn keep(&self, directory: &Arc<Directory>) {
        let mut read = self.read.write().unwrap_or_else(PoisonError::into_inner);
        if read.as_ref().is_none_or(|kept| kept.revision() <= directory.revision()) {
            *read = Some(Arc::clone(directory));
        }
    }
}
