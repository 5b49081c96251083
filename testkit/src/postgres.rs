//! A PostgreSQL cluster of the tests' own: a private socket in a directory of its own, no port, no password.
//!
//! The server refuses to run as root, so under root it runs as `postgres` (or `nobody`). It lives as long
//! as its [`Cluster`]: a keeper process holds the other end of a pipe and stops the server when this program
//! ends in whatever way, also by a signal. Only `std` and `anyhow` here: `xtask` compiles this file too, and
//! everything waits for `xtask`.

use std::fs;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

/// Role of the cluster's owner, and the one the tests connect as.
const ROLE: &str = "lienthong";

/// Waits for the end of its standard input, then stops the server and removes the directory.
const KEEPER: &str = r#"
bin=$1; dir=$2
"$bin/postgres" -D "$dir/data" -k "$dir" -c listen_addresses= -c fsync=off -c synchronous_commit=off \
  -c full_page_writes=off -c max_connections=300 -c shared_buffers=64MB -c timezone=UTC \
  >"$dir/log" 2>&1 </dev/null &
server=$!
read -r _
kill -QUIT "$server" 2>/dev/null
wait "$server" 2>/dev/null
cd / && rm -rf "$dir"
"#;

/// A running cluster; dropping it stops the server and removes its files.
#[derive(Debug)]
pub struct Cluster {
    dir: PathBuf,
    url: String,
    keeper: Child,
}

impl Cluster {
    /// Address of its database `postgres`, whose user may create others:
    /// `postgresql://lienthong@%2Ftmp%2F…/postgres`.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // `wait` closes the pipe first, which is what the keeper waits for.
        let _ = self.keeper.wait();
        let _ = fs::remove_dir_all(&self.dir);
    }
}

/// Directory of the newest PostgreSQL server found, as Debian lays it out (`/usr/lib/postgresql/15/bin`).
#[must_use]
pub fn server_bin() -> Option<PathBuf> {
    let mut found: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .ok()?
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .filter(|(_, bin)| bin.join("postgres").exists() && bin.join("initdb").exists())
        .collect();
    found.sort();
    found.pop().map(|(_, bin)| bin)
}

/// Makes and starts a cluster; takes about two seconds.
///
/// Durability is switched off (`fsync=off`): tests kill this program's processes, never this server.
///
/// # Errors
/// When no server is installed, or it does not come up within 30 seconds; its log is in the message.
pub fn start() -> Result<Cluster> {
    let bin = server_bin().context("no PostgreSQL server under /usr/lib/postgresql")?;
    let runs_as = unprivileged()?;
    let dir = fresh_dir(runs_as)?;
    let made = as_user(Command::new(bin.join("initdb")), &dir, runs_as)
        .args(["--username", ROLE, "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--pgdata"])
        .arg(dir.join("data"))
        .stdin(Stdio::null())
        .output()
        .context("initdb does not start")?;
    if !made.status.success() {
        let _ = fs::remove_dir_all(&dir);
        bail!("initdb failed: {}", String::from_utf8_lossy(&made.stderr));
    }
    let keeper = as_user(Command::new("sh"), &dir, runs_as)
        .args(["-c", KEEPER, "keeper"])
        .args([&bin, &dir])
        .process_group(0)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .context("the keeper of the PostgreSQL server does not start")?;
    let host = dir.to_string_lossy().replace('%', "%25").replace('/', "%2F");
    let cluster = Cluster { url: format!("postgresql://{ROLE}@{host}/postgres"), dir, keeper };
    cluster.wait_until_ready(&bin)?;
    Ok(cluster)
}

impl Cluster {
    fn wait_until_ready(&self, bin: &Path) -> Result<()> {
        for _ in 0..600 {
            let ready = Command::new(bin.join("pg_isready"))
                .args(["--quiet", "--username", ROLE, "--dbname", "postgres", "--host"])
                .arg(&self.dir)
                .status()
                .context("pg_isready does not start")?;
            if ready.success() {
                return Ok(());
            }
            sleep(Duration::from_millis(50));
        }
        let log = fs::read_to_string(self.dir.join("log")).unwrap_or_default();
        bail!("the PostgreSQL server is not ready after 30 s; its log says:\n{log}")
    }
}

/// User and group the server runs as; none: whoever we are, for we are not root.
fn unprivileged() -> Result<Option<(u32, u32)>> {
    if fs::metadata("/proc/self")?.uid() != 0 {
        return Ok(None);
    }
    let users = fs::read_to_string("/etc/passwd")?;
    let ids = |name: &str| {
        let line = users.lines().find(|line| line.split(':').next() == Some(name))?;
        let mut fields = line.split(':').skip(2);
        Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
    };
    ids("postgres").or_else(|| ids("nobody")).map(Some).context("no user `postgres` or `nobody` to run the server as")
}

/// A directory only that user may enter. Its path stays short: a socket's is at most 107 bytes.
fn fresh_dir(owner: Option<(u32, u32)>) -> Result<PathBuf> {
    for n in 0..1000_u32 {
        let dir = std::env::temp_dir().join(format!("lt-pg-{}-{n}", std::process::id()));
        match fs::DirBuilder::new().mode(0o700).create(&dir) {
            Ok(()) => {
                if let Some((user, group)) = owner {
                    chown(&dir, Some(user), Some(group))?;
                }
                return Ok(dir);
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error).with_context(|| format!("cannot create {}", dir.display())),
        }
    }
    bail!("a thousand cluster directories of this process exist already")
}

fn as_user(mut command: Command, dir: &Path, user: Option<(u32, u32)>) -> Command {
    if let Some((user, group)) = user {
        command.uid(user).gid(group);
    }
    command.current_dir(dir);
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tools_missing() -> bool {
        server_bin().is_none() && std::env::vars().all(|(name, _)| name != "LIENTHONG_TEST_POSTGRES_REQUIRED")
    }

    #[test]
    fn comes_up_and_leaves_nothing_behind() {
        if tools_missing() {
            return;
        }
        let cluster = start().unwrap();
        let dir = cluster.dir.clone();
        assert!(cluster.url().starts_with("postgresql://lienthong@%2F"));
        let pid = fs::read_to_string(dir.join("data/postmaster.pid")).unwrap();
        let pid = pid.lines().next().unwrap().to_owned();
        assert!(Path::new("/proc").join(&pid).exists());
        drop(cluster);
        assert!(!dir.exists(), "directory left behind");
        assert!(!Path::new("/proc").join(&pid).exists(), "server left behind");
    }

    #[test]
    fn two_clusters_do_not_meet() {
        if tools_missing() {
            return;
        }
        let (one, other) = (start().unwrap(), start().unwrap());
        assert_ne!(one.url(), other.url());
    }
}
