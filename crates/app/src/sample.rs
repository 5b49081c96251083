//! The sample: five reports in the import format, packed into the program, loaded as a user would.

use std::collections::HashMap;

use anyhow::{Context, Result, bail};
use lt_contracts::Actor;
use lt_kernel::id::OrgId;
use lt_kernel::{Date, Lang, Said};
use lt_module::Host;
use lt_registry::Registry;
use lt_registry::directory::{Draft, NewCode, NewOrg};
use lt_registry::orgs::model::Kind;
use lt_registry::orgs::refused::Refused;
use lt_registry::seed::shipped_id;
use lt_store::Unit;
use lt_targets::file::import::{Surroundings, import};
use lt_targets::file::recorded::Recorded;
use lt_targets::file::{FileFault, ResolutionFile};
use lt_targets::resolution::model::ResolutionId;
use lt_targets::resolution::store;
use lt_targets::scheme::Schemes;
use lt_targets::scheme::store as schemes;
use serde::Deserialize;

/// The organisations of the sample.
pub const ORGANISATIONS: &str = include_str!("../../../samples/organisations.toml");
/// Schemes of grades.
pub const SCHEMES: &str = include_str!("../../../samples/schemes.toml");
/// The resolutions and reports, by file name.
pub const RESOLUTIONS: &[(&str, &str)] = &[
    ("s0-2015-2020.toml", include_str!("../../../samples/s0-2015-2020.toml")),
    ("s0-2020-2025.toml", include_str!("../../../samples/s0-2020-2025.toml")),
    ("s1-2020-2025.toml", include_str!("../../../samples/s1-2020-2025.toml")),
    ("s2-2015-2020.toml", include_str!("../../../samples/s2-2015-2020.toml")),
    ("s2-2020-2025.toml", include_str!("../../../samples/s2-2020-2025.toml")),
    ("s3-2017-2020.toml", include_str!("../../../samples/s3-2017-2020.toml")),
    ("s3-2020-2022.toml", include_str!("../../../samples/s3-2020-2022.toml")),
    ("s4-2023-h1.toml", include_str!("../../../samples/s4-2023-h1.toml")),
];

/// An organisation as the file of organisations writes it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct OrgLine {
    key: String,
    name: String,
    #[serde(default, rename = "name_en")]
    _name_en: String,
    kind: Kind,
    level: u32,
    #[serde(default)]
    parent: String,
    from: Date,
    #[serde(default)]
    to: Option<Date>,
    #[serde(default, rename = "province")]
    _province: String,
    #[serde(default, rename = "note")]
    _note: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OrgFile {
    format: String,
    organisation: Vec<OrgLine>,
}

/// What the loading of the sample came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loaded {
    /// Resolutions stored.
    pub resolutions: Vec<ResolutionId>,
    /// The organisations that resolved them.
    pub issuers: Vec<OrgId>,
}

/// Loads organisations, schemes and resolutions into a new installation. What an earlier start that was cut
/// off has loaded already is left as it is.
///
/// # Errors
/// When a packed file is wrong or the database fails.
pub async fn load(host: &Host) -> Result<Loaded> {
    surroundings(host).await?;
    let mut resolutions = Vec::new();
    for (name, text) in RESOLUTIONS {
        let code = name.trim_end_matches(".toml");
        resolutions.push(match store::by_code(&host.db, code).await? {
            Some(there) => there.id,
            None => resolution(host, text, true).await.with_context(|| format!("samples/{name}"))?,
        });
    }
    host.shell.mark_sample(true);
    let mut issuers: Vec<OrgId> = store::list(&host.db).await?.iter().map(|listed| listed.org).collect();
    issuers.sort_unstable();
    issuers.dedup();
    Ok(Loaded { resolutions, issuers })
}

/// Loads what the resolutions stand on: organisations, and schemes of grades where there are none.
///
/// # Errors
/// As [`load`].
pub async fn surroundings(host: &Host) -> Result<()> {
    organisations(host.part::<Registry>()?).await?;
    if !schemes::load(&host.db).await?.schemes.is_empty() {
        return Ok(());
    }
    let known: Schemes = toml::from_str(SCHEMES).context("samples/schemes.toml")?;
    let mut unit = Unit::new();
    schemes::put(&mut unit, &known.schemes);
    host.db.commit(unit).await.context("the schemes of grades")?;
    Ok(())
}

/// Founds the organisations of the sample; those that are there already are left alone.
async fn organisations(registry: &Registry) -> Result<()> {
    let file: OrgFile = toml::from_str(ORGANISATIONS).context("samples/organisations.toml")?;
    if file.format != "lienthong-organisations/1" {
        bail!("samples/organisations.toml is of another format: {}", file.format);
    }
    registry.change(Actor::Program, |draft| found(draft, &file.organisation)).await?;
    Ok(())
}

fn found(draft: &mut Draft, lines: &[OrgLine]) -> Result<(), Refused> {
    for line in lines {
        let id = shipped_id(&line.key);
        if draft.directory().org(id).is_some() {
            continue;
        }
        let mut new = NewOrg::new(id, line.kind, line.level, &line.name).code(NewCode::new("local", &line.key));
        if !line.parent.is_empty() {
            new = new.under(shipped_id(&line.parent));
        }
        draft.found(new, line.from)?;
        if let Some(to) = line.to {
            draft.close(id, to, &lt_registry::timeline::Basis::default())?;
        }
    }
    Ok(())
}

/// Imports one resolution from the text of its file, through the same code as the page.
///
/// # Errors
/// Every fault of the file with its place, in Vietnamese; or the database's.
pub async fn resolution(host: &Host, text: &str, is_sample: bool) -> Result<ResolutionId> {
    let file = ResolutionFile::read(text).map_err(|fault| in_words(host, &[fault]))?;
    if store::by_code(&host.db, &file.resolution.code).await?.is_some() {
        let said = Said::new("targets-file-code-exists").with("code", &file.resolution.code);
        bail!("{}", host.shell.words().said(Lang::Vi, &said));
    }
    let directory = host.part::<Registry>()?.directory().await?;
    let org = |key: &str| -> Option<OrgId> {
        let holders = directory.holders("local", key);
        holders.last().map(|(_, id)| *id)
    };
    let issuer = org(&file.resolution.issuer);
    let mut measures = HashMap::new();
    if let Some(issuer) = issuer {
        for (id, measure) in store::measures_of(&host.db, issuer).await? {
            measures.insert(measure.code.clone(), (id, measure));
        }
    }
    let known = schemes::load(&host.db).await?;
    let book = host.part::<lt_targets::book::Book>()?;
    let recorded = match issuer {
        Some(issuer) => Recorded::load(&host.db, &file, issuer, &measures).await?,
        None => Recorded::default(),
    };
    let around = Surroundings {
        org: &org,
        lane: &|org| directory.org(org).map(|known| known.kind.lane()),
        measures: &measures,
        recorded: &recorded,
        schemes: &known,
        policy: book.policy(),
        actor: Actor::Program,
        now: host.clock.now(),
        ids: host.ids.as_ref(),
        is_sample,
    };
    let import = import(&file, &around).map_err(|faults| in_words(host, &faults))?;
    host.db.commit(import.unit).await?;
    Ok(import.id)
}

/// The faults of a file, one a line.
fn in_words(host: &Host, faults: &[FileFault]) -> anyhow::Error {
    let words = host.shell.words();
    let lines = faults
        .iter()
        .map(|fault| format!("{}: {}", words.said(Lang::Vi, &fault.place), words.said(Lang::Vi, &fault.said)));
    anyhow::anyhow!(lines.collect::<Vec<_>>().join("\n"))
}
