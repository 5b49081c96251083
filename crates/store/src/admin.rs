//! Databases of a PostgreSQL cluster, made and dropped by name. For tests, measurements and setting up.

use tokio_postgres::NoTls;

use crate::{StoreError, postgres};

/// Makes the empty database `name` on the cluster at `url`; the address of the new database.
/// It sorts by code points, like SQLite.
///
/// # Errors
/// [`StoreError::Foreign`] for a name with other characters than `a-z`, `0-9`, `_`;
/// [`StoreError::Engine`] when the cluster refuses.
pub async fn create_database(url: &str, name: &str) -> Result<String, StoreError> {
    let name = plain(name)?;
    run(url, &format!("CREATE DATABASE {name} ENCODING 'UTF8' LOCALE 'C' TEMPLATE template0")).await?;
    let (front, query) = url.split_once('?').map_or((url, None), |(front, query)| (front, Some(query)));
    let server = front.rsplit_once('/').map_or(front, |(server, _)| server);
    Ok(query.map_or_else(|| format!("{server}/{name}"), |query| format!("{server}/{name}?{query}")))
}

/// Drops the database `name`, closing whatever connections it still has.
///
/// # Errors
/// As [`create_database`].
pub async fn drop_database(url: &str, name: &str) -> Result<(), StoreError> {
    let name = plain(name)?;
    run(url, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await
}

fn plain(name: &str) -> Result<&str, StoreError> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    if !name.is_empty() && name.bytes().all(plain) {
        Ok(name)
    } else {
        Err(StoreError::Foreign(format!("\"{name}\" is no plain name for a database")))
    }
}

/// Runs statements outside the store's rules on the database at `url`.
///
/// # Errors
/// [`StoreError::Engine`] and the like when the server refuses.
pub async fn run(url: &str, sql: &str) -> Result<(), StoreError> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.map_err(postgres::engine)?;
    let driver = tokio::spawn(connection);
    let result = client.batch_execute(sql).await.map_err(postgres::engine);
    drop(client);
    drop(driver.await);
    result
}
