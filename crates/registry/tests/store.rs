//! What is stored comes back, and two writers cannot break what spans organisations.
#![expect(clippy::unwrap_used, reason = "a test that meets the unexpected should end")]

use jiff::civil::{Date, date};
use lt_contracts::Actor;
use lt_kernel::id::{OrgId, Uuid};
use lt_registry::store::{load, revision, write};
use lt_registry::{
    Act, Basis, ChangeError, Contact, Directory, Draft, Kind, MIGRATIONS, NewCode, NewOrg, Receiver, Refused, Registry,
    seed_if_new, shipped_id,
};
use lt_store::{ChangeFilter, Db, StoreError, Unit, params};
use lt_testkit::both_engines;
use lt_testkit::db::Base;

const DAY: Date = date(2020, 1, 1);

async fn ready(base: &Base) -> Db {
    let db = base.open().await;
    db.migrate(&[("registry", MIGRATIONS)]).await.unwrap();
    db
}

fn id(number: u128) -> OrgId {
    OrgId(Uuid::from_u128(number))
}

fn centre(number: u128, code: &str) -> NewOrg {
    let name = format!("Trung tâm Đổi mới {number}");
    NewOrg::new(id(number), Kind::Centre, 2, name).code(NewCode::new("local", code)).by(Act::numbered("12/QĐ-UBND"))
}

fn reached(phone: &str) -> Contact {
    Contact { address: "12 Hùng Vương".into(), phone: phone.into(), ..Contact::default() }
}

fn unit_of(draft: Draft) -> Unit {
    let mut unit = Unit::new();
    write(&draft.finish(), Actor::Program, &mut unit);
    unit
}

/// The same organisations and successions, whatever the order of the maps.
fn same(one: &Directory, other: &Directory) {
    assert_eq!((one.len(), one.revision()), (other.len(), other.revision()));
    for org in one.all() {
        let mut left = lt_registry::Org::clone(org);
        let mut right = lt_registry::Org::clone(other.org(org.id).unwrap());
        for org in [&mut left, &mut right] {
            org.codes.sort_by_key(|code| (code.scheme.clone(), code.span.from));
        }
        assert_eq!(left, right);
        assert_eq!(one.given(org.id), other.given(org.id));
    }
}

both_engines! {
    async fn what_ships_comes_back_as_it_was(base) {
        let db = ready(&base).await;
        assert!(seed_if_new(&db).await.unwrap());
        assert!(!seed_if_new(&db).await.unwrap(), "only once");
        let mut unit = Unit::new();
        let directory = lt_registry::seed(&mut unit).unwrap();
        same(&directory, &load(&db).await.unwrap());
        let again = db.commit(unit).await;
        assert!(matches!(again, Err(StoreError::Stale | StoreError::Constraint(_))), "and never over what is there");
    }

    async fn every_verb_is_stored(base) {
        let db = ready(&base).await;
        let registry = Registry::new(db.clone());
        let basis = || Basis::act(Act { number: "1/NQ".into(), date: Some(DAY) });
        registry.change(Actor::Program, |draft| {
            draft.found(centre(1, "A1").abbrev("TTĐM"), DAY)?;
            draft.found(centre(2, "A2").under(id(1)), DAY)?;
            draft.found(centre(3, "A3"), DAY)
        }).await.unwrap();
        registry.change(Actor::Program, |draft| {
            draft.rename(id(1), "Trung tâm Chuyển đổi số", date(2021, 1, 1), basis())?;
            draft.recode(id(1), NewCode::new("local", "B1"), date(2021, 1, 1))?;
            draft.move_to(id(2), Some(id(3)), date(2022, 1, 1), basis())?;
            draft.contact(id(1), &reached("0207 1"), date(2021, 1, 1), Basis::default())?;
            draft.contact(id(3), &reached("0207 3"), date(2021, 1, 1), basis())
        }).await.unwrap();
        registry.change(Actor::Program, |draft| {
            draft.contact(id(1), &reached("0207 2"), date(2022, 1, 1), basis())
        }).await.unwrap();
        registry.change(Actor::Program, |draft| {
            draft.contact(id(1), &Contact::default(), date(2024, 1, 1), basis())
        }).await.unwrap();
        registry.change(Actor::Program, |draft| {
            draft.merge(&[id(3)], Receiver::Existing(id(1)), date(2023, 1, 1), &basis(), true)
        }).await.unwrap();
        let kept = registry.directory().await.unwrap();
        same(&kept, &load(&db).await.unwrap());
        assert_eq!(kept.parent(id(2), date(2023, 6, 1)), Some(id(1)));
        assert_eq!(kept.parent(id(2), date(2022, 6, 1)), Some(id(3)));
        // Contacts through time: known, another, not known any more; whoever ends keeps the last.
        let phone = |org, date| {
            kept.org(id(org)).unwrap().contacts.at(date).map(|contact| contact.phone.clone())
        };
        let days = [date(2020, 12, 31), date(2021, 6, 1), date(2022, 1, 1), date(2024, 1, 1)];
        let phones = days.map(|day| phone(1, day));
        assert_eq!(phones, [None, Some("0207 1".to_owned()), Some("0207 2".to_owned()), None]);
        assert_eq!((phone(3, date(2022, 12, 31)), phone(3, date(2023, 1, 1))), (Some("0207 3".to_owned()), None));
        let changes = db.changes(&ChangeFilter::default()).await.unwrap();
        let told = |org: u128, verb: &str| changes.iter().find(|change| {
            change.change.id == id(org).0 && change.change.verb == verb
        }).map(|change| change.change.clone());
        let renamed = told(1, "renamed").unwrap();
        assert_eq!(renamed.before.get("names").and_then(|names| names.as_array()).map(Vec::len), Some(1));
        assert_eq!(renamed.after.get("names").and_then(|names| names.as_array()).map(Vec::len), Some(2));
        let contact = told(1, "contact_changed").unwrap();
        assert!(contact.before.get("contacts").is_some() && contact.before != contact.after);
        assert!(told(3, "merged").is_some() && told(2, "moved").is_some());
    }

    async fn two_writers_cannot_give_one_code_to_two(base) {
        let db = ready(&base).await;
        // Two nodes decide on the same directory: for each alone all is well.
        let directory = load(&db).await.unwrap();
        let mut first = Draft::of(&directory);
        first.found(centre(1, "X"), DAY).unwrap();
        let mut second = Draft::of(&directory);
        second.found(centre(2, "x"), DAY).unwrap();
        db.commit(unit_of(first)).await.unwrap();
        // PostgreSQL meets the unique index on the running code before the count of rows is looked at.
        let late = db.commit(unit_of(second)).await;
        assert!(matches!(late, Err(StoreError::Stale | StoreError::Constraint(_))), "{late:?}");
        assert_eq!(load(&db).await.unwrap().len(), 1);
        // Tried again on what is there now, the model says why.
        let registry = Registry::new(db);
        let again = registry.change(Actor::Program, |draft| draft.found(centre(2, "x"), DAY)).await;
        assert!(matches!(again, Err(ChangeError::Refused(Refused::CodeTaken { .. }))), "{again:?}");
    }

    async fn two_writers_cannot_make_a_circle(base) {
        // No constraint sees this one: only the revision does.
        let db = ready(&base).await;
        let registry = Registry::new(db.clone());
        registry.change(Actor::Program, |draft| {
            draft.found(centre(1, "X"), DAY)?;
            draft.found(centre(2, "Y"), DAY)
        }).await.unwrap();
        let directory = registry.directory().await.unwrap();
        let under = |child, parent| {
            let mut draft = Draft::of(&directory);
            draft.move_to(id(child), Some(id(parent)), date(2021, 1, 1), Basis::default()).unwrap();
            unit_of(draft)
        };
        db.commit(under(1, 2)).await.unwrap();
        assert!(matches!(db.commit(under(2, 1)).await, Err(StoreError::Stale)));
        let now = registry.directory().await.unwrap();
        assert_eq!(now.ancestors(id(1), date(2022, 1, 1)), [id(2)]);
    }

    async fn the_database_keeps_two_running_names_apart_by_itself(base) {
        // Negative control of the guard: the statement without it still meets a constraint.
        let db = ready(&base).await;
        let mut draft = Draft::of(&load(&db).await.unwrap());
        draft.found(centre(1, "X"), DAY).unwrap();
        db.commit(unit_of(draft)).await.unwrap();
        let mut unit = Unit::new();
        unit.run(
            "INSERT INTO registry_name (org, valid_from, name, name_key, name_fold) VALUES ($1, $2, $3, $4, $5)",
            params![id(1), date(2021, 1, 1), "Tên khác", vec![0_u8], "ten khac"],
        );
        assert!(matches!(db.commit(unit).await, Err(StoreError::Constraint(_))));
    }

    async fn the_database_keeps_two_running_contacts_apart_and_takes_no_empty_one(base) {
        let db = ready(&base).await;
        let registry = Registry::new(db.clone());
        registry.change(Actor::Program, |draft| {
            draft.found(centre(1, "X"), DAY)?;
            draft.contact(id(1), &reached("0207 1"), DAY, Basis::default())
        }).await.unwrap();
        for phone in ["0207 2", ""] {
            let mut unit = Unit::new();
            unit.run(
                "INSERT INTO registry_contact (org, valid_from, valid_to, address, phone, email, website) \
                 VALUES ($1, $2, $3, '', $4, '', '')",
                params![id(1), date(2021, 1, 1), Some(date(2022, 1, 1)).filter(|_| phone.is_empty()), phone],
            );
            assert!(matches!(db.commit(unit).await, Err(StoreError::Constraint(_))), "{phone}");
        }
        let refused = registry.change(Actor::Program, |draft| {
            draft.contact(id(1), &reached("gọi cô Lan"), date(2021, 1, 1), Basis::default())
        }).await;
        assert!(matches!(refused, Err(ChangeError::Refused(Refused::BadContact { what: "phone", .. }))));
    }

    async fn a_change_on_another_node_is_seen(base) {
        let db = ready(&base).await;
        let (here, there) = (Registry::new(db.clone()), Registry::new(base.open().await));
        assert!(here.directory().await.unwrap().is_empty());
        there.change(Actor::Program, |draft| draft.found(centre(1, "X"), DAY)).await.unwrap();
        assert_eq!(here.directory().await.unwrap().name(id(1), DAY), Some("Trung tâm Đổi mới 1"));
        let before = here.directory().await.unwrap();
        let after = here.directory().await.unwrap();
        assert!(std::sync::Arc::ptr_eq(&before, &after), "nothing is read again without need");
    }

    async fn many_writers_at_once_all_get_through(base) {
        let db = ready(&base).await;
        let registry = Registry::new(db.clone());
        registry.change(Actor::Program, |draft| draft.found(centre(1, "X"), DAY)).await.unwrap();
        let tasks: Vec<_> = (2..6_u32).map(|number| {
            let registry = registry.clone();
            tokio::spawn(async move {
                let day = date(2020 + i16::try_from(number).unwrap(), 1, 1);
                registry.change(Actor::Program, |draft| {
                    draft.rename(id(1), &format!("Tên {number}"), day, Basis::default())
                }).await
            })
        }).collect();
        for task in tasks {
            task.await.unwrap().unwrap();
        }
        let directory = load(&db).await.unwrap();
        assert_eq!(directory.org(id(1)).unwrap().names.stretches().len(), 5);
        assert!(directory.org(id(1)).unwrap().is_sound());
        assert_eq!(revision(&db).await.unwrap(), 5);
    }

    async fn shipped_identifiers_never_change(base) {
        let db = ready(&base).await;
        seed_if_new(&db).await.unwrap();
        assert_eq!(shipped_id("long-an").to_string(), "430fc791-984a-5700-8937-ee0012924b5a");
        assert!(load(&db).await.unwrap().org(shipped_id("long-an")).is_some());
    }
}
