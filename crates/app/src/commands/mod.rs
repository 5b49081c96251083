//! What the command line can ask for.

mod carry;
mod content;
mod doctor;
mod serve;

pub use carry::{backup, migrate, move_database, restore};
pub use content::{administrator, export, import, text_of};
pub use doctor::doctor;
pub use serve::serve;

use std::sync::Arc;

use anyhow::{Context, Result};

use crate::config::Config;
use crate::machine::{MachineClock, MachineIds};
use crate::program::Ground;

/// Opens what the configuration names, making the data directory where there is none.
///
/// # Errors
/// When the directory, the database or the files cannot be opened.
pub async fn ground(config: &Config) -> Result<Ground> {
    std::fs::create_dir_all(&config.data)
        .with_context(|| format!("cannot make the data directory {}", config.data.display()))?;
    let url = config.database_url()?;
    let (clock, ids) = (Arc::new(MachineClock), Arc::new(MachineIds::default()));
    Ground::open(&url, &config.files_dir(), config.database.connections, clock, ids).await
}

/// How identity is set up by the configuration; `listening` is the address really listened on.
#[must_use]
pub fn identity(config: &Config, listening: std::net::SocketAddr, sample: bool) -> lt_identity::Config {
    let address = if config.server.public_address.is_empty() {
        format!("http://{listening}")
    } else {
        config.server.public_address.clone()
    };
    let mut identity = lt_identity::Config::new(address);
    identity.trust_forwarded = config.server.trust_forwarded;
    identity.sample = sample;
    identity.oidc.clone_from(&config.oidc);
    identity
}
