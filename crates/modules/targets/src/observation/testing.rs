//! What tests of this module stand on: a database with one resolution in it.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};

use lt_contracts::Actor;
use lt_kernel::Instant;
use lt_kernel::id::{AccountId, Ids, OrgId, Uuid};
use lt_store::{Db, Unit, params};
use lt_testkit::db::Base;

use crate::file::ResolutionFile;
use crate::file::import::{Surroundings, import};
use crate::file::recorded::Recorded;
use crate::resolution::store::{Whole, by_code, whole};
use crate::resolution::write::Hand;
use crate::scheme::Schemes;
use crate::verdict::Policy;

/// Identifiers that count.
#[derive(Debug, Default)]
pub(crate) struct Counting(AtomicU64);

impl Ids for Counting {
    fn random(&self) -> [u8; 10] {
        let mut bytes = [0; 10];
        bytes[2..].copy_from_slice(&self.0.fetch_add(1, Ordering::SeqCst).to_be_bytes());
        bytes
    }
}

/// The organisation of the resolution.
pub(crate) const ORG: OrgId = OrgId(Uuid::from_u128(0x0193_0000_0000_7000_8000_0000_0000_0001));

/// An account.
pub(crate) const fn account(number: u128) -> AccountId {
    AccountId(Uuid::from_u128(0x0193_0000_0000_7000_8000_0000_0001_0000 + number))
}

const FILE: &str = r#"
format = "lienthong-resolution/1"
[resolution]
code = "nq-1"
issuer = "chi-bo"
title = "Nghị quyết"
lane = "party"
term = { from = "2020-01-01", last = "2024-12-31" }
[[sentence]]
code = "S1"
text = "Ít nhất 90% đảng viên hoàn thành tốt nhiệm vụ; kết nạp 5 đảng viên; xây dựng trụ sở."
[[measure]]
code = "good-share"
name = "Tỷ lệ hoàn thành tốt"
unit = "percent"
parts = { numerator = "hoàn thành tốt", denominator = "được đánh giá" }
[[measure]]
code = "admitted"
name = "Số đảng viên kết nạp"
unit = "count"
[[measure]]
code = "building"
name = "Trụ sở"
unit = "stage"
[[measure]]
code = "unity"
name = "Đoàn kết"
unit = "narrative"
[[target]]
code = "T1"
sentence = "S1"
title = "Hoàn thành tốt"
[[target.reading]]
[[target.reading.condition]]
measure = "good-share"
test = { kind = "floor", at = "90" }
[[target]]
code = "T2"
sentence = "S1"
title = "Kết nạp"
[[target.reading]]
[[target.reading.condition]]
measure = "admitted"
test = { kind = "floor", at = "5" }
over = [{ kind = "sum" }]
"#;

/// A database with the resolution `nq-1` in it.
pub(crate) struct Ground {
    pub(crate) db: Db,
    pub(crate) ids: Counting,
    pub(crate) now: Instant,
    pub(crate) whole: Whole,
}

impl Ground {
    /// Opens it.
    pub(crate) async fn open(base: &Base) -> Self {
        let db = base.open().await;
        db.migrate(&[("registry", lt_registry::MIGRATIONS), ("targets", crate::MIGRATIONS)]).await.unwrap();
        let (ids, now) = (Counting::default(), lt_kernel::Clock::now(&*base.clock()));
        let mut unit = Unit::new();
        unit.run(
            "INSERT INTO registry_org (id, kind, level, valid_from, version) VALUES ($1, 'party_cell', 3, '2000-01-01', 1)",
            params![ORG],
        );
        db.commit(unit).await.unwrap();
        let file = ResolutionFile::read(FILE).unwrap();
        let around = Surroundings {
            org: &|_| Some(ORG),
            lane: &|_| Some(lt_kernel::Lane::Party),
            measures: &HashMap::new(),
            recorded: &Recorded::default(),
            schemes: &Schemes::default(),
            policy: &Policy::default(),
            actor: Actor::Program,
            now,
            ids: &ids,
            is_sample: false,
        };
        db.commit(import(&file, &around).unwrap().unit).await.unwrap();
        let listed = by_code(&db, "nq-1").await.unwrap().unwrap();
        let whole = whole(&db, listed.id).await.unwrap().unwrap();
        Self { db, ids, now, whole }
    }

    /// The hand of an account, so many seconds later.
    pub(crate) fn hand(&self, number: u128, seconds: i64) -> Hand {
        Hand { actor: Actor::Account(account(number)), now: self.now.plus_seconds(seconds), org: ORG }
    }

    /// How many observations there are that were not withdrawn.
    pub(crate) async fn count(&self) -> i64 {
        let sql = "SELECT COUNT(*) AS n FROM targets_observation WHERE withdrawn_at IS NULL";
        self.db.read_one(sql, params![]).await.unwrap().unwrap().get("n").unwrap()
    }
}
