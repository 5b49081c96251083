//! From one database to another, of whatever engine.

use tokio::sync::mpsc;

use super::Carried;
use super::load::{BATCH, applied, begin, carried, compare, finish, load, select, values};
use crate::{Db, Migration, StoreError, Val};

/// Carries every row of `from` into the empty database `to`, and compares both sides table by table. What is written
/// to `from` meanwhile is not carried: stop the program first. Until the end `to` is marked as unfinished and opens
/// nowhere.
///
/// # Errors
/// [`StoreError::Foreign`] with a sentence when `to` is not empty, the modules do not match, or the sides differ.
pub async fn move_database(from: &Db, to: &Db, modules: &[(&str, &[Migration])]) -> Result<Carried, StoreError> {
    begin(to, &applied(from).await?, modules).await?;
    let mut done = Carried::default();
    let mut moment = from.moment().await?;
    for table in carried(from).await? {
        let (send, receive) = mpsc::channel::<Vec<Vec<Val>>>(4);
        let reading = tokio::spawn(moment.fold(select(&table), (Vec::new(), send), |(batch, send), row| {
            batch.push(values(row)?);
            if batch.len() == BATCH {
                push(send, std::mem::take(batch))?;
            }
            Ok(())
        }));
        let (loaded, read) = tokio::join!(load(to, &table, receive), async {
            let (moment, (rest, send)) = reading.await.map_err(|error| StoreError::Engine(Box::new(error)))??;
            if !rest.is_empty() {
                send.send(rest).await.map_err(|_| gone())?;
            }
            Ok::<_, StoreError>(moment)
        });
        // What the loader met is the cause; the reader then only finds its channel closed.
        let arrived = loaded?;
        moment = read?;
        compare(to, &table, arrived).await?;
        done.tables += 1;
        done.rows += arrived.rows;
    }
    finish(to, modules).await?;
    Ok(done)
}

/// Hands a batch to the loader from the blocking pool.
pub(super) fn push(send: &mpsc::Sender<Vec<Vec<Val>>>, batch: Vec<Vec<Val>>) -> Result<(), StoreError> {
    // Not `blocking_send`: the PostgreSQL side reads inside `block_on`, where it would panic.
    let mut batch = batch;
    loop {
        match send.try_send(batch) {
            Ok(()) => return Ok(()),
            Err(mpsc::error::TrySendError::Full(back)) => batch = back,
            Err(mpsc::error::TrySendError::Closed(_)) => return Err(gone()),
        }
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
}

/// The loader ended; its own error says why.
pub(super) fn gone() -> StoreError {
    StoreError::Engine("the other side ended".into())
}
