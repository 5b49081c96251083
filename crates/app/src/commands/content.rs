//! Resolutions in and out, and the first administrator.

use std::path::Path;

use anyhow::{Context, Result, bail};
use lt_targets::file::export::export as to_file;
use lt_targets::{observation, resolution};

use super::{ground, identity};
use crate::config::Config;
use crate::program::Program;
use crate::sample;

/// Imports one resolution.
///
/// # Errors
/// Every fault of the file with its place; or the database's.
pub async fn import(config: &Config, file: &Path) -> Result<()> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let program = Program::build(&ground(config).await?, identity(config, config.server.listen, false))?;
    let id = sample::resolution(&program.host, &text, false).await?;
    println!("Đã nhập nghị quyết {id}. / Imported.");
    Ok(())
}

/// Writes a resolution into a file.
///
/// # Errors
/// When there is none of that code, or the file cannot be written.
pub async fn export(config: &Config, code: &str, file: Option<&Path>) -> Result<()> {
    let ground = ground(config).await?;
    let Some(listed) = resolution::store::by_code(&ground.db, code).await? else {
        bail!("Không có nghị quyết mã {code}. / There is no resolution {code}.");
    };
    let text = text_of(&ground.db, listed.id).await?;
    if let Some(path) = file {
        return std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()));
    }
    print!("{text}");
    Ok(())
}

/// The file of a resolution.
///
/// # Errors
/// When the database fails.
pub async fn text_of(db: &lt_store::Db, id: resolution::ResolutionId) -> Result<String> {
    let whole = resolution::store::whole(db, id).await?.context("the resolution is gone")?;
    let mut all = Vec::new();
    for (measure, _) in &whole.measures {
        all.extend(observation::store::of_measure(db, *measure).await?);
    }
    all.sort_by_key(|one| (one.seen.recorded_at, one.seen.id));
    to_file(&whole, &all).write().map_err(|fault| anyhow::anyhow!("{fault:?}"))
}

/// Makes an administrator over the whole installation.
///
/// # Errors
/// When the login name is taken or cannot be one; or the database's.
pub async fn administrator(config: &Config, login: &str, name: &str) -> Result<()> {
    let program = Program::build(&ground(config).await?, identity(config, config.server.listen, false))?;
    let password = lt_identity::create_administrator(&program.identity, login, name).await?;
    println!("account {login} {} administrator", password.expose());
    println!(
        "Đăng nhập, đổi mật khẩu và bật xác thực hai lớp. / Sign in, change the password, set up the second factor."
    );
    Ok(())
}
