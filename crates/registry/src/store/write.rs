//! Writes an edit: the rows that differ, under the versions and the revision it was decided on.

use std::sync::Arc;

use lt_contracts::{Actor, Change};
use lt_kernel::id::OrgId;
use lt_store::{Unit, Val, params};

use super::{act_values, basis_values};
use crate::directory::Edit;
use crate::orgs::contact::Contact;
use crate::orgs::model::{Code, Org, Share, Succession, Territory};
use crate::timeline::{Spanned, Timeline};

/// Adds an edit to a unit, with its changes. Several edits may follow each other in one unit when each was
/// decided on the directory the one before leads to.
///
/// The commit is [`lt_store::StoreError::Stale`] when anybody wrote to the registry since the edit was decided.
pub fn write(edit: &Edit, actor: Actor, unit: &mut Unit) {
    unit.run("UPDATE registry_meta SET revision = revision + 1 WHERE id = 1 AND revision = $1", params![edit.seen])
        .expect_rows(1);
    let mut rows = Rows::default();
    for (before, after) in &edit.touched {
        rows.org(before.as_deref(), after);
    }
    rows.put(unit);
    let successions: Vec<_> = edit.successions.iter().map(succession_values).collect();
    many(
        unit,
        "INSERT INTO registry_succession (from_org, to_org, effective, share, functions, territory, is_default, \
         act, act_date, trust) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        successions,
    );
    emit(edit, actor, unit);
}

/// Everything to do, statement by statement: closing stretches first, so that no two run at once.
#[derive(Default)]
struct Rows {
    founded: Vec<Vec<Val>>,
    changed: Vec<Vec<Val>>,
    name: Table,
    parent: Table,
    abbrev: Table,
    territory: Table,
    contact: Table,
    code: Table,
}

#[derive(Default)]
struct Table {
    ended: Vec<Vec<Val>>,
    new: Vec<Vec<Val>>,
}

impl Rows {
    fn org(&mut self, before: Option<&Org>, after: &Org) {
        let [ending_act, ending_date] = act_values(after.ending.as_ref());
        if let Some(before) = before {
            let id = after.id;
            self.changed.push(params![after.span.to, ending_act, ending_date, after.version, id, before.version]);
        } else {
            let [founding_act, founding_date] = act_values(after.founding.as_ref());
            self.founded.push(params![
                after.id,
                after.kind.word(),
                after.level,
                after.span.from,
                after.span.to,
                founding_act,
                founding_date,
                ending_act,
                ending_date,
                after.version,
            ]);
        }
        let id = after.id;
        self.name.timeline(id, before.map(|org| &org.names), &after.names, name_values);
        self.parent.timeline(id, before.map(|org| &org.parents), &after.parents, |parent| params![*parent]);
        self.abbrev.timeline(id, before.map(|org| &org.abbrevs), &after.abbrevs, |abbrev| params![abbrev]);
        let areas = before.map(|org| &org.territories);
        self.territory.timeline(id, areas, &after.territories, |area: &Territory| params![&area.class, &area.name]);
        self.contact.timeline(id, before.map(|org| &org.contacts), &after.contacts, contact_values);
        self.codes(id, before.map_or(&[], |org| &org.codes), &after.codes);
    }

    fn codes(&mut self, id: OrgId, before: &[Code], after: &[Code]) {
        for code in after {
            let same = |old: &&Code| old.scheme == code.scheme && old.span.from == code.span.from;
            match before.iter().find(same) {
                Some(old) if old == code => {}
                Some(_) => {
                    let (to, status) = (code.span.to, code.status.word());
                    self.code.ended.push(params![to, status, id, &code.scheme, code.span.from]);
                }
                None => {
                    let (_, key) = Code::key(&code.scheme, &code.value);
                    let mut values =
                        params![id, &code.scheme, code.span.from, code.span.to, &code.value, key, code.status.word(),];
                    values.extend(basis_values(&code.basis));
                    self.code.new.push(values);
                }
            }
        }
    }

    fn put(self, unit: &mut Unit) {
        let changed = u64::try_from(self.changed.len()).unwrap_or(u64::MAX);
        if changed > 0 {
            unit.run_many(
                "UPDATE registry_org SET valid_to = $1, ending_act = $2, ending_date = $3, version = $4 \
                 WHERE id = $5 AND version = $6",
                self.changed,
            )
            .expect_rows(changed);
        }
        many(
            unit,
            "INSERT INTO registry_org (id, kind, level, valid_from, valid_to, founding_act, founding_date, \
             ending_act, ending_date, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            self.founded,
        );
        many(unit, "UPDATE registry_name SET valid_to = $1 WHERE org = $2 AND valid_from = $3", self.name.ended);
        many(unit, "UPDATE registry_parent SET valid_to = $1 WHERE org = $2 AND valid_from = $3", self.parent.ended);
        many(unit, "UPDATE registry_abbrev SET valid_to = $1 WHERE org = $2 AND valid_from = $3", self.abbrev.ended);
        let area = "UPDATE registry_territory SET valid_to = $1 WHERE org = $2 AND valid_from = $3";
        many(unit, area, self.territory.ended);
        let contact = "UPDATE registry_contact SET valid_to = $1 WHERE org = $2 AND valid_from = $3";
        many(unit, contact, self.contact.ended);
        let code =
            "UPDATE registry_code SET valid_to = $1, status = $2 WHERE org = $3 AND scheme = $4 AND valid_from = $5";
        many(unit, code, self.code.ended);
        Self::put_new([self.name.new, self.parent.new, self.abbrev.new, self.territory.new, self.contact.new], unit);
        many(
            unit,
            "INSERT INTO registry_code (org, scheme, valid_from, valid_to, value, value_key, status, act, act_date, \
             trust) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            self.code.new,
        );
    }

    /// New stretches, after those they follow were ended.
    fn put_new([name, parent, abbrev, territory, contact]: [Vec<Vec<Val>>; 5], unit: &mut Unit) {
        many(
            unit,
            "INSERT INTO registry_name (org, valid_from, valid_to, name, name_key, name_fold, act, act_date, trust) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            name,
        );
        many(
            unit,
            "INSERT INTO registry_parent (org, valid_from, valid_to, parent, act, act_date, trust) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            parent,
        );
        many(
            unit,
            "INSERT INTO registry_abbrev (org, valid_from, valid_to, abbrev, act, act_date, trust) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            abbrev,
        );
        many(
            unit,
            "INSERT INTO registry_territory (org, valid_from, valid_to, class, name, act, act_date, trust) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            territory,
        );
        many(
            unit,
            "INSERT INTO registry_contact (org, valid_from, valid_to, address, phone, email, website, act, act_date, \
             trust) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            contact,
        );
    }
}

impl Table {
    /// What changed in a timeline: stretches are only ever cut shorter or added.
    fn timeline<T: PartialEq>(
        &mut self,
        id: OrgId,
        before: Option<&Timeline<T>>,
        after: &Timeline<T>,
        value: impl Fn(&T) -> Vec<Val>,
    ) {
        let old = before.map(Timeline::stretches).unwrap_or_default();
        for stretch in after.stretches() {
            match old.iter().find(|old| old.span.from == stretch.span.from) {
                Some(old) if old.span == stretch.span => {}
                Some(_) => self.ended.push(params![stretch.span.to, id, stretch.span.from]),
                None => self.new.push(values(id, stretch, &value)),
            }
        }
    }
}

fn values<T>(id: OrgId, stretch: &Spanned<T>, value: impl Fn(&T) -> Vec<Val>) -> Vec<Val> {
    let mut values = params![id, stretch.span.from, stretch.span.to];
    values.extend(value(&stretch.value));
    values.extend(basis_values(&stretch.basis));
    values
}

fn name_values(name: &String) -> Vec<Val> {
    params![name, lt_kernel::text::sort_key(name), lt_kernel::text::fold(name)]
}

fn contact_values(contact: &Contact) -> Vec<Val> {
    params![&contact.address, &contact.phone, &contact.email, &contact.website]
}

fn succession_values(succession: &Arc<Succession>) -> Vec<Val> {
    let share = if succession.share == Share::All { "all" } else { "part" };
    let mut values = params![
        succession.from,
        succession.to,
        succession.effective,
        share,
        serde_json::json!(succession.functions),
        serde_json::json!(succession.territory),
        succession.is_default,
    ];
    values.extend(basis_values(&succession.basis));
    values
}

fn many(unit: &mut Unit, sql: &'static str, rows: Vec<Vec<Val>>) {
    if !rows.is_empty() {
        let expected = u64::try_from(rows.len()).unwrap_or(u64::MAX);
        unit.run_many(sql, rows).expect_rows(expected);
    }
}

/// One change for each thing that happened, with the organisation before and after the whole edit.
fn emit(edit: &Edit, actor: Actor, unit: &mut Unit) {
    let touched: std::collections::HashMap<OrgId, _> =
        edit.touched.iter().map(|(before, after)| (after.id, (before, after))).collect();
    for event in &edit.events {
        let Some((before, after)) = touched.get(&event.org) else { continue };
        let mut change = Change::new(actor, "registry.org", event.org, event.verb).of(event.org).after(after.as_ref());
        if let Some(before) = before {
            change = change.before(before.as_ref());
        }
        unit.emit(change);
    }
}
