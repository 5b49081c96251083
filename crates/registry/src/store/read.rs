//! Reads the whole registry, as it was at one revision.

use std::collections::HashMap;

use lt_kernel::Interval;
use lt_kernel::id::OrgId;
use lt_store::{Db, Row, StoreError};

use super::{act_of, basis_of};
use crate::directory::Directory;
use crate::orgs::contact::Contact;
use crate::orgs::model::{Code, CodeStatus, Kind, Org, Share, Succession, Territory};
use crate::timeline::{Spanned, Timeline};

/// Which state the tables are in; one indexed row.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn revision(db: &Db) -> Result<i64, StoreError> {
    let row = db.read_one("SELECT revision FROM registry_meta WHERE id = 1", vec![]).await?;
    row.ok_or_else(|| StoreError::Foreign("the registry has no revision".into()))?.get("revision")
}

/// Reads everything. When somebody writes meanwhile it reads again, so that the parts belong together.
///
/// # Errors
/// [`StoreError`] when the engine fails, or when the tables break their own rules.
pub async fn load(db: &Db) -> Result<Directory, StoreError> {
    for _ in 0..10 {
        let before = revision(db).await?;
        let orgs = orgs(db).await?;
        let successions = successions(db).await?;
        if revision(db).await? == before {
            return Ok(Directory::new(before, orgs, successions));
        }
    }
    Err(StoreError::Stale)
}

async fn orgs(db: &Db) -> Result<Vec<Org>, StoreError> {
    let scan = |sql: &'static str| async move { db.scan(sql, vec![]).await };
    let mut names = Stretches::of(scan("SELECT * FROM registry_name").await?, |row| row.get("name"))?;
    let mut parents = Stretches::of(scan("SELECT * FROM registry_parent").await?, |row| row.get("parent"))?;
    let mut abbrevs = Stretches::of(scan("SELECT * FROM registry_abbrev").await?, |row| row.get("abbrev"))?;
    let mut areas = Stretches::of(scan("SELECT * FROM registry_territory").await?, |row| {
        Ok(Territory { class: row.get("class")?, name: row.get("name")? })
    })?;
    let mut contacts = Stretches::of(scan("SELECT * FROM registry_contact").await?, contact)?;
    let mut codes: HashMap<OrgId, Vec<Code>> = HashMap::new();
    for row in scan("SELECT * FROM registry_code ORDER BY org, scheme, valid_from").await? {
        codes.entry(row.get("org")?).or_default().push(code(&row)?);
    }
    let mut orgs = Vec::new();
    for row in scan("SELECT * FROM registry_org").await? {
        let id: OrgId = row.get("id")?;
        let kind: String = row.get("kind")?;
        let org = Org {
            id,
            kind: Kind::from_word(&kind).ok_or_else(|| StoreError::Column("kind".into()))?,
            level: row.get("level")?,
            span: span(&row)?,
            founding: act_of(&row, "founding_act", "founding_date")?,
            ending: act_of(&row, "ending_act", "ending_date")?,
            names: names.take(id)?,
            parents: parents.take(id)?,
            abbrevs: abbrevs.take(id)?,
            territories: areas.take(id)?,
            contacts: contacts.take(id)?,
            codes: codes.remove(&id).unwrap_or_default(),
            version: row.get("version")?,
        };
        orgs.push(org);
    }
    Ok(orgs)
}

async fn successions(db: &Db) -> Result<Vec<Succession>, StoreError> {
    let rows = db.scan("SELECT * FROM registry_succession", vec![]).await?;
    rows.iter().map(succession).collect()
}

fn succession(row: &Row) -> Result<Succession, StoreError> {
    let share: String = row.get("share")?;
    let list = |column: &str| -> Result<Vec<String>, StoreError> {
        let text: String = row.get(column)?;
        serde_json::from_str(&text).map_err(|_| StoreError::Column(column.to_owned()))
    };
    Ok(Succession {
        from: row.get("from_org")?,
        to: row.get("to_org")?,
        effective: row.get("effective")?,
        share: if share == "all" { Share::All } else { Share::Part },
        functions: list("functions")?,
        territory: list("territory")?,
        is_default: row.get("is_default")?,
        basis: basis_of(row)?,
    })
}

fn contact(row: &Row) -> Result<Contact, StoreError> {
    Ok(Contact {
        address: row.get("address")?,
        phone: row.get("phone")?,
        email: row.get("email")?,
        website: row.get("website")?,
    })
}

fn code(row: &Row) -> Result<Code, StoreError> {
    let status: String = row.get("status")?;
    Ok(Code {
        scheme: row.get("scheme")?,
        value: row.get("value")?,
        span: span(row)?,
        status: CodeStatus::from_word(&status).ok_or_else(|| StoreError::Column("status".into()))?,
        basis: basis_of(row)?,
    })
}

fn span(row: &Row) -> Result<Interval, StoreError> {
    Ok(Interval { from: row.get("valid_from")?, to: row.get("valid_to")? })
}

/// The stretches of one table, by organisation.
struct Stretches<T>(HashMap<OrgId, Vec<Spanned<T>>>);

impl<T: PartialEq> Stretches<T> {
    fn of(rows: Vec<Row>, value: impl Fn(&Row) -> Result<T, StoreError>) -> Result<Self, StoreError> {
        let mut all: HashMap<OrgId, Vec<Spanned<T>>> = HashMap::new();
        for row in rows {
            let stretch = Spanned { value: value(&row)?, span: span(&row)?, basis: basis_of(&row)? };
            all.entry(row.get("org")?).or_default().push(stretch);
        }
        Ok(Self(all))
    }

    /// Those of one organisation; overlapping ones mean a damaged table, and the program says so.
    fn take(&mut self, id: OrgId) -> Result<Timeline<T>, StoreError> {
        let stretches = self.0.remove(&id).unwrap_or_default();
        Timeline::from_stored(stretches)
            .ok_or_else(|| StoreError::Foreign(format!("overlapping stretches of the organisation {id}")))
    }
}
