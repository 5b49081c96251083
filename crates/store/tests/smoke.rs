//! First light; grown into the storage contract.
use std::sync::Arc;
use lt_contracts::{Actor, Change};
use lt_kernel::{Clock, Instant, id::Uuid};
use lt_store::*;

struct Fixed;
impl Clock for Fixed { fn now(&self) -> Instant { Instant::from_micros(1_700_000_000_000_001) } }

#[tokio::test(flavor = "multi_thread")]
async fn works() {
    let path = std::env::temp_dir().join(format!("lt-smoke-{}.db", std::process::id()));
    let _ = std::fs::remove_file(&path);
    let db = Db::open(&format!("sqlite:{}", path.display()), Settings::new(Arc::new(Fixed))).await.unwrap();
    db.migrate(&[("t", &[Migration::both(1, "a", "CREATE TABLE t_a (id UUID PRIMARY KEY, n BIGINT NOT NULL);\n")])]).await.unwrap();
    let id = Uuid::from_u128(7);
    let mut unit = Unit::new();
    unit.run("INSERT INTO t_a (id, n) VALUES ($1, $2)", params![id, 5]).expect_rows(1);
    unit.emit(Change::new(Actor::Program, "t.a", id, "made"));
    db.commit(unit.clone()).await.unwrap();
    assert!(matches!(db.commit(unit).await, Err(StoreError::Constraint(name)) if name == "t_a.id"));
    let row = db.read_one("SELECT id, n FROM t_a", vec![]).await.unwrap().unwrap();
    assert_eq!(row.get::<Uuid>("id").unwrap(), id);
    let n = db.scan_fold("SELECT n, id FROM t_a", vec![], 0, |s, r| { *s += r.int(0)?; Ok(()) }).await.unwrap();
    assert_eq!(n, 5);
    let all = db.changes(&ChangeFilter { noun_prefix: Some("t.".into()), ..Default::default() }).await.unwrap();
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].at, Fixed.now());
    assert_eq!(db.changes_after(Place::START, 10).await.unwrap().len(), 1);
    drop(db);
    let db = Db::open(&format!("sqlite:{}", path.display()), Settings::new(Arc::new(Fixed))).await.unwrap();
    assert_eq!(db.changes_after(Place::START, 10).await.unwrap().len(), 1);
}
