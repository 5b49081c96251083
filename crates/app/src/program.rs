//! The program put together: modules in their order, one database, one router.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};
use axum::Router;
use axum::http::Extensions;
use lt_contracts::indicator::IndicatorSource;
use lt_identity::Identity;
use lt_kernel::Clock;
use lt_kernel::id::Ids;
use lt_module::{Host, Module};
use lt_registry::Registry;
use lt_store::{Blobs, Db, Migration, Settings};
use lt_targets::book::Book;
use lt_web::{MenuEntry, Route, Shell, Words, layers};

use crate::pages;
use crate::tree::RegistryTree;

/// The modules, in the order of their schemas: one that others refer to comes first.
#[must_use]
pub fn modules() -> Vec<Module> {
    vec![lt_registry::module(), lt_identity::module(), lt_targets::module(), pages::module()]
}

/// The schemas of all modules.
#[must_use]
pub fn schemas(modules: &[Module]) -> Vec<(&'static str, &'static [Migration])> {
    modules.iter().map(|module| (module.name, module.migrations)).collect()
}

/// The words of the program's own crates and of all modules.
///
/// # Errors
/// When a text is broken, missing in one language or defined twice.
pub fn words(modules: &[Module]) -> Result<Words> {
    let mut all: Vec<(&str, &[(lt_kernel::Lang, &str)])> =
        vec![("kernel", lt_kernel::words::WORDS), ("web", lt_web::WORDS), ("paper", lt_paper::WORDS)];
    all.extend(modules.iter().map(|module| (module.name, module.words)));
    Words::load(&all).context("the words of the program cannot be read")
}

/// What the program runs on.
pub struct Ground {
    /// The database, opened.
    pub db: Db,
    /// The files.
    pub blobs: Blobs,
    /// Where "now" comes from.
    pub clock: Arc<dyn Clock>,
    /// Where identifiers come from.
    pub ids: Arc<dyn Ids>,
}

impl Ground {
    /// Opens the database and the files; brings the schema up to date.
    ///
    /// # Errors
    /// When either cannot be opened, is not ours, or is of a later version.
    pub async fn open(
        url: &str,
        files: &Path,
        connections: usize,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn Ids>,
    ) -> Result<Self> {
        let mut settings = Settings::new(Arc::clone(&clock));
        settings.connections = connections.max(2);
        let db = Db::open(url, settings).await.context("the database cannot be opened")?;
        db.migrate(&schemas(&modules())).await.context("the database cannot be brought up to date")?;
        let blobs = Blobs::open(files).context("the directory of files cannot be opened")?;
        Ok(Self { db, blobs, clock, ids })
    }
}

/// The program, ready to answer.
pub struct Program {
    /// What handlers see.
    pub host: Host,
    /// Everything it answers.
    pub router: Router,
    /// Every route with who may use it.
    pub routes: Vec<Route>,
    /// Identity, for commands and tests.
    pub identity: Identity,
    /// Names of all permissions.
    pub permissions: Vec<&'static str>,
}

impl Program {
    /// Puts the program together on its ground.
    ///
    /// # Errors
    /// When words are broken or identity cannot be set up.
    pub fn build(ground: &Ground, config: lt_identity::Config) -> Result<Self> {
        let modules = modules();
        let menu = modules.iter().flat_map(|module| module.menu).map(|item| MenuEntry {
            words_key: item.words_key,
            href: item.href,
            permission: item.permission,
        });
        let shell = Shell::new(words(&modules)?, menu.collect());
        let host = host(ground, shell, &modules);
        let registry = host.part::<Registry>()?.clone();
        let identity = Identity::new(host.clone(), config, Arc::new(RegistryTree(registry)))
            .context("identity cannot be set up")?;
        let permissions = modules.iter().flat_map(|module| module.permissions).map(|one| one.name).collect();
        let mut all = lt_web::design::routes();
        for module in modules {
            all = all.and(module.routes);
        }
        let (handlers, routes) = all.split();
        let answering = layers::pages(handlers.with_state(host.clone()), host.shell.clone());
        let guard = axum::middleware::from_fn_with_state(identity.clone(), lt_identity::layer);
        let guarded = layers::refusals(answering.layer(guard), host.shell.clone());
        Ok(Self { host, router: layers::outer(guarded), routes, identity, permissions })
    }
}

/// The host with its shared parts and every module's indicators.
fn host(ground: &Ground, shell: Shell, modules: &[Module]) -> Host {
    let mut parts = Extensions::new();
    parts.insert(Registry::new(ground.db.clone()));
    parts.insert(Book::new(ground.db.clone(), lt_targets::verdict::Policy::default()));
    parts.insert(ground.blobs.clone());
    let mut host = Host {
        db: ground.db.clone(),
        clock: Arc::clone(&ground.clock),
        ids: Arc::clone(&ground.ids),
        indicators: Arc::default(),
        shell,
        parts: Arc::new(parts),
    };
    let sources: Vec<Arc<dyn IndicatorSource>> =
        modules.iter().filter_map(|module| module.indicators).map(|make| make(host.clone())).collect();
    host.indicators = Arc::new(sources);
    host
}
