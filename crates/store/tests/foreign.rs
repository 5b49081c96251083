//! A file or database of another program is refused and left as it was.
#![cfg(test)]

use lt_store::{Db, StoreError, admin};
use lt_testkit::db::Base;

async fn refused(base: &Base) -> bool {
    matches!(Db::open(base.url(), base.settings()).await, Err(StoreError::Foreign(_)))
}

#[tokio::test]
async fn a_file_that_is_no_database_is_left_alone() {
    let base = Base::sqlite();
    let path = base.url().strip_prefix("sqlite:").unwrap();
    let text = "Sổ tay của ai đó, không phải cơ sở dữ liệu.\n".repeat(100);
    std::fs::write(path, &text).unwrap();
    assert!(refused(&base).await);
    assert_eq!(std::fs::read_to_string(path).unwrap(), text);
}

#[tokio::test]
async fn another_programs_database_is_left_alone() {
    let base = Base::sqlite();
    let path = base.url().strip_prefix("sqlite:").unwrap();
    // Ours with another mark, as another program's would be: bytes 68–71 of the header.
    drop(base.open().await);
    let mut bytes = std::fs::read(path).unwrap();
    bytes[68..72].copy_from_slice(&[0, 0, 0, 9]);
    std::fs::write(path, &bytes).unwrap();
    assert!(refused(&base).await);
    assert_eq!(std::fs::read(path).unwrap(), bytes);
    assert!(Db::open("sqlite:/nowhere/at/all.db", base.settings()).await.is_err());
}

#[tokio::test]
async fn an_empty_file_is_taken() {
    let base = Base::sqlite();
    std::fs::write(base.url().strip_prefix("sqlite:").unwrap(), "").unwrap();
    drop(base.open().await);
    drop(base.open().await);
}

#[tokio::test]
async fn a_postgres_database_with_other_tables_is_left_alone() {
    let Some(base) = Base::postgres().await else { return };
    admin::run(base.url(), "CREATE TABLE theirs (id BIGINT)").await.unwrap();
    assert!(refused(&base).await);
    // Negative control: without the foreign table the same database is taken.
    admin::run(base.url(), "DROP TABLE theirs").await.unwrap();
    drop(base.open().await);
}

/// What was asked to be encrypted never goes unencrypted: the tests' server has no TLS.
#[tokio::test]
async fn a_server_without_tls_is_refused_when_tls_is_required() {
    let Some(base) = Base::postgres().await else { return };
    let tls = format!("{}?sslmode=require", base.url());
    assert!(Db::open(&tls, base.settings()).await.is_err());
    // Negative control: without the demand the same server is taken.
    drop(base.open().await);
}
