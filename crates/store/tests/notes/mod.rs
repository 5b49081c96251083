//! A small schema of notes for the tests of the store.

use lt_contracts::{Actor, Change};
use lt_kernel::id::Uuid;
use lt_store::{Db, Migration, Unit, params};

pub(crate) const NOTES: &[Migration] = &[
    Migration::both(
        1,
        "notes",
        "-- A note.\nCREATE TABLE t_note (\n  id UUID PRIMARY KEY,\n  number BIGINT UNIQUE,\n  title TEXT,\n  body TEXT,\n  raw BYTEA,\n  at BIGINT,\n  version BIGINT NOT NULL DEFAULT 1\n);\nCREATE TABLE t_line (\n  note UUID NOT NULL REFERENCES t_note (id),\n  place BIGINT NOT NULL CHECK (place >= 0),\n  PRIMARY KEY (note, place)\n);\n",
    ),
    Migration::both(2, "index", "CREATE INDEX t_note_at ON t_note (at, id);\n"),
];

pub(crate) const INSERT: &str = "INSERT INTO t_note (id, number, title) VALUES ($1, $2, $3)";

pub(crate) async fn ready(base: &lt_testkit::db::Base) -> Db {
    let db = base.open().await;
    db.migrate(&[("t", NOTES)]).await.unwrap();
    db
}

pub(crate) fn id(number: i64) -> Uuid {
    Uuid::from_u128(u128::from(number.unsigned_abs()))
}

pub(crate) fn note(number: i64) -> Unit {
    let mut unit = Unit::new();
    let key = id(number);
    unit.run(INSERT, params![key, number, format!("ghi chú {number}")]).expect_rows(1);
    unit.emit(Change::new(Actor::Program, "t.note", key, "made"));
    unit
}

pub(crate) async fn count(db: &Db, table: &str) -> i64 {
    let row = db.read_one(&format!("SELECT COUNT(*) AS n FROM {table}"), vec![]).await.unwrap().unwrap();
    row.get("n").unwrap()
}
