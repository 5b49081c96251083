//! What tests of reviews and reports stand on: a database with one resolution, and people.

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::civil::date;
use lt_contracts::Actor;
use lt_kernel::id::{AccountId, Ids, OrgId, Uuid};
use lt_kernel::{Clock, Instant};
use lt_store::{Db, Unit, params};
use lt_testkit::db::Base;

use super::frozen::Frozen;
use super::gather::{Called, gather};
use super::model::{Review, ReviewId, Signed, State, open};
use super::store;
use crate::file::ResolutionFile;
use crate::file::import::{Surroundings, import};
use crate::file::recorded::Recorded;
use crate::resolution::store::{Listed, by_code};
use crate::scheme::{Schemes, store as schemes};
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

/// The organisation that resolved.
pub(crate) const ORG: OrgId = OrgId(Uuid::from_u128(0x0193_0000_0000_7000_8000_0000_0000_0001));

/// The half-year review of S4 as it is shipped: a cut-off before the end of the period, and no figure at all.
pub(crate) const S4: &str = include_str!("../../../../../samples/s4-2023-h1.toml");

/// A resolution with a target of each fate: "gần 90" against 90, three of five on the way, and nothing known.
pub(crate) const FILE: &str = r#"
format = "lienthong-resolution/1"
[resolution]
code = "nq-1"
issuer = "chi-bo"
title = "Nghị quyết Đại hội Chi bộ nhiệm kỳ 2020–2025"
title_en = "Resolution of the cell congress 2020–2025"
lane = "party"
term = { from = "2020-01-01", last = "2025-12-31" }
[[sentence]]
code = "C1"
text = "Ít nhất 90% đảng viên hoàn thành tốt nhiệm vụ."
[[sentence]]
code = "C2"
text = "Kết nạp 5 đảng viên trong nhiệm kỳ; xây dựng trụ sở mới."
[[measure]]
code = "good-share"
name = "Tỷ lệ đảng viên hoàn thành tốt nhiệm vụ"
name_en = "Share of members doing well"
unit = "percent"
[[measure]]
code = "admitted"
name = "Số đảng viên kết nạp"
unit = "count"
[[measure]]
code = "building"
name = "Trụ sở mới"
unit = "stage"
[[measure]]
code = "members"
name = "Số đảng viên"
unit = "count"
[[target]]
code = "T1"
sentence = "C1"
title = "Đảng viên hoàn thành tốt nhiệm vụ"
title_en = "Members doing well"
reading = [{ condition = [{ measure = "good-share", test = { kind = "floor", at = "90" } }] }]
[[target]]
code = "T2"
sentence = "C2"
title = "Kết nạp đảng viên"
reading = [{ condition = [{ measure = "admitted", test = { kind = "floor", at = "5" }, over = [{ kind = "sum" }] }] }]
[[target]]
code = "T3"
sentence = "C2"
title = "Trụ sở mới"
reading = [{ condition = [{ measure = "building", test = { kind = "stage", at_least = "in-use" } }] }]
[[observation]]
measure = "good-share"
value = "gần 90"
as_of = "2023-06-01"
note = "Tổng hợp từ ba tổ đảng"
evidence = [{ kind = "told", title = "Báo cáo của các tổ đảng" }]
[[observation]]
measure = "admitted"
value = "3"
as_of = "2023-05-01"
evidence = [{ kind = "file", title = "Quyết định kết nạp", href = "https://example.vn/qd" }]
[[observation]]
measure = "members"
value = "47"
as_of = "2023-05-31"
"#;

/// An account at an instant.
pub(crate) fn signed(who: u128, at: Instant) -> Signed {
    Signed { by: AccountId(Uuid::from_u128(0x0193_0000_0000_7000_8000_0000_0001_0000 + who)), at }
}

/// A database with one resolution.
pub(crate) struct Ground {
    pub(crate) db: Db,
    pub(crate) ids: Counting,
    pub(crate) now: Instant,
    pub(crate) listed: Listed,
}

impl Ground {
    pub(crate) async fn open(base: &Base, text: &str) -> Self {
        let db = base.open().await;
        db.migrate(&[("registry", lt_registry::MIGRATIONS), ("targets", crate::MIGRATIONS)]).await.unwrap();
        let (ids, now) = (Counting::default(), base.clock().now());
        let mut unit = Unit::new();
        unit.run(
            "INSERT INTO registry_org (id, kind, level, valid_from, version) VALUES ($1, 'party_cell', 3, '2000-01-01', 1)",
            params![ORG],
        );
        let known: Schemes = toml::from_str(include_str!("../../../../../samples/schemes.toml")).unwrap();
        schemes::put(&mut unit, &known.schemes);
        db.commit(unit).await.unwrap();
        let listed = bring(&db, &ids, now, &known, text).await;
        Self { db, ids, now, listed }
    }

    /// Another resolution of the same organisation.
    pub(crate) async fn another(&self, text: &str) -> Listed {
        bring(&self.db, &self.ids, self.now, &schemes::load(&self.db).await.unwrap(), text).await
    }

    /// So many seconds later, one account.
    pub(crate) fn by(&self, who: u128, seconds: i64) -> Signed {
        signed(who, self.now.plus_seconds(seconds))
    }

    /// Opens the review of the first half of 2023 with the day of the meeting as its cut-off.
    pub(crate) async fn review(&self) -> Review {
        let (period, cutoff) = open("2023-H1", Some(date(2023, 6, 7))).unwrap();
        let id = ReviewId(self.ids.next(self.now));
        let review = Review { id, resolution: self.listed.id, period, cutoff, state: State::Open, version: 1 };
        self.db.commit(store::open(&review, ORG, Actor::Account(self.by(1, 0).by), self.now)).await.unwrap();
        self.again().await
    }

    /// The review as it stands in the database.
    pub(crate) async fn again(&self) -> Review {
        store::by_period(&self.db, self.listed.id, "2023-H1").await.unwrap().unwrap()
    }

    /// The set as it would be frozen so many seconds later.
    pub(crate) async fn set(&self, review: &Review, seconds: i64) -> Frozen {
        let called = Called { name: &|_, _| "Chi bộ Sở Thông tin".to_owned(), above: &|_, _| Some(ORG) };
        let now = self.now.plus_seconds(seconds);
        gather(&self.db, review, &Policy::default(), &called, now).await.unwrap().unwrap()
    }

    /// Collects, approves and freezes.
    pub(crate) async fn freeze(&self) -> (Review, Frozen) {
        let review = self.review().await;
        let collected = self.by(1, 10);
        let next = review.collect(collected).unwrap();
        self.db.commit(store::moved(&review, &next, "collected", ORG, Actor::Account(collected.by))).await.unwrap();
        let review = self.again().await;
        let approved = self.by(2, 20);
        let next = review.approve(approved).unwrap();
        let whole = crate::resolution::store::whole(&self.db, self.listed.id).await.unwrap().unwrap();
        let measures: Vec<_> = whole.measures.iter().map(|(id, _)| *id).collect();
        self.db.commit(store::approve(&review, &next, &measures, ORG, approved)).await.unwrap();
        let review = self.again().await;
        let stamp = store::stamp(&self.db, ORG).await.unwrap();
        let frozen = self.set(&review, 30).await;
        let freezing = store::Freezing { frozen: &frozen, stamp };
        let who = self.by(2, 30);
        let next = review.freeze(who).unwrap();
        self.db.commit(store::freeze(&review, &next, &freezing, ORG, who)).await.unwrap();
        (self.again().await, frozen)
    }
}

/// Imports a resolution.
async fn bring(db: &Db, ids: &Counting, now: Instant, known: &Schemes, text: &str) -> Listed {
    let file = ResolutionFile::read(text).unwrap();
    let around = Surroundings {
        org: &|_| Some(ORG),
        lane: &|_| Some(lt_kernel::Lane::Party),
        measures: &HashMap::new(),
        recorded: &Recorded::default(),
        schemes: known,
        policy: &Policy::default(),
        actor: Actor::Program,
        now,
        ids,
        is_sample: false,
    };
    let import = import(&file, &around).map_err(|faults| format!("{faults:?}")).unwrap();
    db.commit(import.unit).await.unwrap();
    by_code(db, &file.resolution.code).await.unwrap().unwrap()
}

/// Place, office and recipients.
pub(crate) fn head() -> BTreeMap<String, String> {
    [
        ("place", "Tuyên Quang"),
        ("office", "BÍ THƯ"),
        ("authority", "T/M CHI BỘ"),
        ("recipients", "Đảng ủy cấp trên\nLưu Chi bộ"),
    ]
    .into_iter()
    .map(|(part, text)| (part.to_owned(), text.to_owned()))
    .collect()
}
