//! Configuration: defaults from the packed file, then `lienthong.toml`, then the command line.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use lt_identity::oidc::OidcConfig;
use serde::Deserialize;

/// The commented reference of every setting.
pub const DEFAULTS: &str = include_str!("../config.default.toml");

/// Where the program listens and how people reach it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    /// Address and port.
    pub listen: SocketAddr,
    /// The address people type; empty: derived from `listen`.
    pub public_address: String,
    /// Whether a proxy tells the visitor's address.
    pub trust_forwarded: bool,
}

/// Which database.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    /// `sqlite:PATH` or `postgres://…`.
    pub url: String,
    /// Connections kept at most.
    pub connections: usize,
}

impl std::fmt::Debug for Database {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The address may hold a password.
        f.debug_struct("Database").field("connections", &self.connections).finish_non_exhaustive()
    }
}

/// Where files are kept.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Files {
    /// The directory.
    pub dir: PathBuf,
}

/// Sample content.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SampleChoice {
    /// Load it into an empty database.
    pub load: bool,
}

/// Logging.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    /// Filter.
    pub level: String,
    /// `text` or `json`.
    pub format: String,
}

/// Everything that can be set.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where the program listens.
    pub server: Server,
    /// Which database.
    pub database: Database,
    /// Where files are kept.
    pub files: Files,
    /// Sample content.
    pub sample: SampleChoice,
    /// Logging.
    pub log: Log,
    /// A provider to sign in through.
    #[serde(default)]
    pub oidc: Option<OidcConfig>,
    /// The data directory; not a setting of the file.
    #[serde(skip)]
    pub data: PathBuf,
}

impl Config {
    /// Reads the defaults and, over them, `lienthong.toml` in `data` (or the file named).
    ///
    /// # Errors
    /// A sentence naming the file and the key when it cannot be read or holds a key that is not known.
    pub fn read(data: &Path, file: Option<&Path>) -> Result<Self> {
        let mut whole: toml::Table = toml::from_str(DEFAULTS).context("the packed defaults cannot be read")?;
        let own = data.join("lienthong.toml");
        let chosen = file.map_or_else(|| own.exists().then_some(own.as_path()), Some);
        if let Some(path) = chosen {
            let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
            let over: toml::Table = toml::from_str(&text).with_context(|| format!("{} is not TOML", path.display()))?;
            merge(&mut whole, over);
        }
        let mut config: Self = toml::Value::Table(whole)
            .try_into()
            .with_context(|| format!("{}: a setting is wrong or not known", chosen.unwrap_or(&own).display()))?;
        data.clone_into(&mut config.data);
        Ok(config)
    }

    /// The address of the database, with a relative path placed into the data directory.
    ///
    /// # Errors
    /// When the kind of database is not known.
    pub fn database_url(&self) -> Result<String> {
        place(&self.database.url, &self.data)
    }

    /// The directory of files.
    #[must_use]
    pub fn files_dir(&self) -> PathBuf {
        self.data.join(&self.files.dir)
    }
}

/// Puts a relative `sqlite:` path into the data directory.
///
/// # Errors
/// When the kind of database is not known.
pub fn place(url: &str, data: &Path) -> Result<String> {
    if let Some(path) = url.strip_prefix("sqlite:") {
        return Ok(format!("sqlite:{}", data.join(path).display()));
    }
    if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        return Ok(url.to_owned());
    }
    bail!("database.url must start with sqlite: or postgres://")
}

/// Puts the values of `over` over those of `base`, table by table.
fn merge(base: &mut toml::Table, over: toml::Table) {
    for (key, value) in over {
        match (base.get_mut(&key), value) {
            (Some(toml::Value::Table(inner)), toml::Value::Table(value)) => merge(inner, value),
            (_, value) => {
                base.insert(key, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_complete() {
        let config = Config::read(Path::new("nowhere"), None).unwrap();
        assert_eq!(config.database_url().unwrap(), "sqlite:nowhere/lienthong.db");
        assert!(config.sample.load && config.oidc.is_none());
    }

    #[test]
    fn an_unknown_key_is_refused_by_name() {
        let dir = std::env::temp_dir().join(format!("lienthong-config-{}", std::process::id()));
        std::fs::create_dir_all(&dir).unwrap();
        let file = dir.join("lienthong.toml");
        std::fs::write(&file, "[server]\nlisen = \"127.0.0.1:1\"\n").unwrap();
        let fault = format!("{:#}", Config::read(&dir, None).err().unwrap());
        std::fs::remove_dir_all(&dir).unwrap();
        assert!(fault.contains("lisen") && fault.contains("lienthong.toml"), "{fault}");
    }

    #[test]
    fn an_unknown_database_is_refused() {
        assert!(place("mysql://host/name", Path::new("data")).is_err());
    }
}
