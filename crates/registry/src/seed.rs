//! What ships: provinces of before and after 1 July 2025, ministries after Decision 09/2025/QĐ-TTg.

use lt_contracts::Actor;
use lt_kernel::Date;
use lt_kernel::id::{OrgId, Uuid};
use lt_kernel::rules::Trust;
use lt_store::{Db, StoreError, Unit};
use serde::Deserialize;

use crate::directory::{Directory, Draft, Edit, NewCode, NewOrg, Part, Receiver};
use crate::orgs::model::{Kind, Territory};
use crate::orgs::refused::Refused;
use crate::store;
use crate::timeline::{Act, Basis};

/// Namespace of the identifiers derived from keys; never changes, or installations would disagree.
const NAMESPACE: Uuid = Uuid::from_u128(0x6c69_656e_7468_6f6e_672d_7265_6769_7374);

/// The identifier of a shipped organisation by its key: `long-an`, `tay-ninh-2025`, `g06`. The same everywhere.
#[must_use]
pub fn shipped_id(key: &str) -> OrgId {
    OrgId(Uuid::new_v5(&NAMESPACE, key.as_bytes()))
}

/// Why the shipped files cannot be used; a test reads them, so never in a program that passed.
#[derive(Debug, thiserror::Error)]
pub enum SeedFault {
    /// A file is not what it should be.
    #[error("a shipped file cannot be read")]
    File(#[from] toml::de::Error),
    /// A verb refused.
    #[error(transparent)]
    Refused(#[from] Refused),
}

/// Adds what ships to the unit of the first start. The registry must be empty: else the commit is stale.
/// The directory it leads to is returned, so that more can be founded in the same unit.
///
/// # Errors
/// [`SeedFault`] when the shipped files are damaged.
pub fn seed(unit: &mut Unit) -> Result<Directory, SeedFault> {
    let edit = shipped(&Directory::default())?;
    store::write(&edit, Actor::Program, unit);
    Ok(edit.after)
}

/// Seeds a registry nothing was written to yet; says whether it did.
///
/// # Errors
/// [`StoreError`] when the database fails; a damaged file as [`StoreError::Foreign`].
pub async fn seed_if_new(db: &Db) -> Result<bool, StoreError> {
    if store::revision(db).await? > 0 {
        return Ok(false);
    }
    let mut unit = Unit::new();
    seed(&mut unit).map_err(|fault| StoreError::Foreign(fault.to_string()))?;
    match db.commit(unit).await {
        Ok(_) => Ok(true),
        // Another node was first: whichever of its rows was met, the revision tells.
        Err(StoreError::Stale | StoreError::Constraint(_)) if store::revision(db).await? > 0 => Ok(false),
        Err(other) => Err(other),
    }
}

/// What ships, as an edit of `directory`.
///
/// # Errors
/// As [`seed`].
pub fn shipped(directory: &Directory) -> Result<Edit, SeedFault> {
    let provinces: Provinces = toml::from_str(include_str!("../data/provinces.toml"))?;
    let ministries: Ministries = toml::from_str(include_str!("../data/ministries.toml"))?;
    let mut draft = Draft::of(directory);
    ministries.found(&mut draft)?;
    provinces.found(&mut draft)?;
    Ok(draft.finish())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Provinces {
    known_from: Date,
    code_from: Date,
    province: Vec<Province>,
    merged: Vec<Merged>,
    change: Vec<ClassChange>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Province {
    key: String,
    area: String,
    class: String,
    h: String,
    h_trust: Trust,
    gso: String,
    gso2025: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Merged {
    key: String,
    area: String,
    class: String,
    from: Vec<String>,
    h: String,
    h_trust: Trust,
    gso2025: String,
    /// Kept in the file for readers: which number system follows which predecessor.
    #[serde(default, rename = "other_seat")]
    _other_seat: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClassChange {
    key: String,
    date: Date,
    area: String,
    class: String,
    act: String,
    trust: Trust,
}

/// The day of the mergers (Resolution 202/2025/QH15; Decision 19/2025/QĐ-TTg).
const MERGERS: Date = jiff::civil::date(2025, 7, 1);

fn basis(act: Option<(&str, Option<Date>)>, trust: Trust) -> Basis {
    Basis { act: act.map(|(number, date)| Act { number: number.to_owned(), date }), trust: Some(trust) }
}

fn committee(key: &str, area: &str, class: &str, basis: Basis) -> NewOrg {
    let mut org = NewOrg::new(shipped_id(key), Kind::Committee, 1, format!("Ủy ban nhân dân {area}"));
    org.territory = Some(Territory { class: class.to_owned(), name: area.to_owned() });
    org.basis = basis;
    org
}

impl Provinces {
    fn found(self, draft: &mut Draft) -> Result<(), SeedFault> {
        let gso = |value: &str| {
            let act = Some(("19/2025/QĐ-TTg", None));
            NewCode::new("gso2025", value).based(basis(act, Trust::D))
        };
        for old in &self.province {
            let id = shipped_id(&old.key);
            let mut org = committee(&old.key, &old.area, &old.class, basis(None, Trust::C));
            let act = Some(("124/2004/QĐ-TTg", None));
            org.codes = vec![NewCode::new("gso2004", &old.gso).based(basis(act, Trust::E))];
            draft.found(org, self.known_from)?;
            let code = NewCode::new("qd20", &old.h).based(basis(Some(("20/2020/QĐ-TTg", None)), old.h_trust));
            draft.recode(id, code, self.code_from)?;
            if let Some(value) = &old.gso2025 {
                draft.retire_code(id, "gso2004", MERGERS)?;
                draft.recode(id, gso(value), MERGERS)?;
            }
        }
        let act = Act { number: "202/2025/QH15".to_owned(), date: Some(jiff::civil::date(2025, 6, 12)) };
        let merger = Basis { act: Some(act.clone()), trust: Some(Trust::C) };
        for new in &self.merged {
            let code = NewCode::new("qd20", &new.h).based(basis(Some(("09/2025/QĐ-TTg", None)), new.h_trust));
            let mut org = committee(&new.key, &new.area, &new.class, merger.clone()).code(code).code(gso(&new.gso2025));
            org.act = Some(act.clone());
            let givers: Vec<_> = new.from.iter().map(|key| shipped_id(key)).collect();
            draft.merge(&givers, Receiver::New(Box::new(org)), MERGERS, &merger, true)?;
        }
        for change in &self.change {
            let id = shipped_id(&change.key);
            let basis = basis(Some((&change.act, None)), change.trust);
            draft.rename(id, &format!("Ủy ban nhân dân {}", change.area), change.date, basis.clone())?;
            let area = Territory { class: change.class.clone(), name: change.area.clone() };
            draft.reclassify(id, area, change.date, basis)?;
        }
        Ok(())
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ministries {
    known_from: Date,
    code_from: Date,
    code_act: String,
    code_trust: Trust,
    ministry: Vec<Ministry>,
    closed: Vec<ClosedMinistry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ministry {
    key: String,
    name: String,
    code: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClosedMinistry {
    key: String,
    name: String,
    code: String,
    known_from: Date,
    code_from: Date,
    closed: Date,
    trust: Trust,
    to: Vec<Taker>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Taker {
    key: String,
    functions: Vec<String>,
    default: bool,
}

impl Ministries {
    fn found(self, draft: &mut Draft) -> Result<(), SeedFault> {
        for ministry in &self.ministry {
            let id = shipped_id(&ministry.key);
            let mut org = NewOrg::new(id, Kind::Ministry, 1, &ministry.name);
            org.basis = basis(None, self.code_trust);
            draft.found(org, self.known_from)?;
            let code = NewCode::new("qd20", &ministry.code);
            let code = code.based(basis(Some((&self.code_act, Some(self.code_from))), self.code_trust));
            draft.recode(id, code, self.code_from)?;
        }
        for old in &self.closed {
            let id = shipped_id(&old.key);
            let mut org = NewOrg::new(id, Kind::Ministry, 1, &old.name);
            org.basis = basis(None, old.trust);
            draft.found(org, old.known_from)?;
            draft.recode(id, NewCode::new("qd20", &old.code).based(basis(None, old.trust)), old.code_from)?;
            let part = |taker: &Taker| Part {
                to: Receiver::Existing(shipped_id(&taker.key)),
                functions: taker.functions.clone(),
                territory: Vec::new(),
                is_default: taker.default,
            };
            draft.split(id, old.to.iter().map(part).collect(), old.closed, &basis(None, old.trust))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::directory::Successors;

    fn directory() -> Directory {
        shipped(&Directory::default()).unwrap().after
    }

    #[test]
    fn there_were_63_provinces_and_there_are_34() {
        let directory = directory();
        let alive = |day| directory.all().filter(|org| org.kind == Kind::Committee && org.is_alive(day)).count();
        assert_eq!((alive(date(2025, 6, 30)), alive(date(2025, 7, 1))), (63, 34));
        let cities = |day| {
            let class = |org: &&std::sync::Arc<crate::Org>| {
                org.territories.at(day).is_some_and(|area| area.class == "central_city")
            };
            directory.all().filter(class).count()
        };
        assert_eq!((cities(date(2024, 12, 31)), cities(date(2025, 7, 1)), cities(date(2026, 4, 30))), (5, 6, 7));
        assert!(directory.all().all(|org| org.is_sound()));
    }

    #[test]
    fn dong_nai_becomes_a_city_and_keeps_its_number() {
        let directory = directory();
        let id = shipped_id("dong-nai-2025");
        for day in [date(2026, 4, 29), date(2026, 4, 30)] {
            assert_eq!(directory.by_code("gso2025", "75", day), Some(id));
            assert_eq!(directory.by_code("qd20", "H19", day), Some(id));
        }
        assert_eq!(directory.name(id, date(2026, 4, 29)), Some("Ủy ban nhân dân tỉnh Đồng Nai"));
        assert_eq!(directory.name(id, date(2026, 4, 30)), Some("Ủy ban nhân dân thành phố Đồng Nai"));
    }

    #[test]
    fn in_seven_provinces_the_two_code_systems_follow_different_predecessors() {
        let directory = directory();
        let (before, after) = (date(2025, 6, 30), date(2025, 7, 1));
        let merged = directory.all().filter(|org| org.span.from == after);
        let differ = merged.filter(|org| {
            let h = org.code("qd20", after).and_then(|code| directory.by_code("qd20", &code.value, before));
            let gso = org.code("gso2025", after).and_then(|code| directory.by_code("gso2004", &code.value, before));
            h.unwrap() != gso.unwrap()
        });
        assert_eq!(differ.count(), 7);
    }

    #[test]
    fn h53_is_two_legal_persons_and_long_an_is_followed() {
        let directory = directory();
        let day = date(2025, 7, 1);
        assert_eq!(directory.by_code("qd20", "H53", date(2025, 6, 30)), Some(shipped_id("tay-ninh")));
        assert_eq!(directory.by_code("qd20", "H53", day), Some(shipped_id("tay-ninh-2025")));
        assert!(matches!(
            directory.successor(shipped_id("long-an"), day, None),
            Successors::One(end, _) if end == shipped_id("tay-ninh-2025")
        ));
    }

    #[test]
    fn the_old_ministry_is_followed_by_function() {
        let directory = directory();
        let to = |function| directory.successor(shipped_id("g14"), date(2026, 1, 1), function);
        assert!(matches!(to(None), Successors::One(end, _) if end == shipped_id("g06")));
        assert!(matches!(to(Some("press")), Successors::One(end, _) if end == shipped_id("g16")));
    }

    #[test]
    fn every_shipped_code_carries_its_trust() {
        let directory = directory();
        assert!(directory.all().flat_map(|org| &org.codes).all(|code| code.basis.trust.is_some()));
        let confirmed = directory
            .all()
            .flat_map(|org| &org.codes)
            .filter(|code| code.scheme == "qd20" && code.value.starts_with('H') && code.basis.trust == Some(Trust::C));
        let mut values: Vec<_> = confirmed.map(|code| code.value.as_str()).collect();
        values.sort_unstable();
        values.dedup();
        assert_eq!(values, ["H03", "H14", "H17", "H22", "H37", "H41", "H42", "H56", "H57"]);
    }
}
