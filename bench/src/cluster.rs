//! A PostgreSQL cluster for measuring: its own directory and socket, and durable, unlike the tests'.

use std::fs;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};

/// How the server runs. Everything not named is the server's default.
pub(crate) const SETTINGS: &[&str] = &[
    "fsync=on",
    "synchronous_commit=on",
    "full_page_writes=on",
    "listen_addresses=",
    "max_connections=200",
    "shared_buffers=1GB",
    "max_wal_size=4GB",
    "timezone=UTC",
];

/// Starts the server and stops it at the end of standard input, so that it never outlives the measurement.
const KEEPER: &str = r#"
bin=$1; dir=$2; shift 2
"$bin/postgres" -D "$dir/data" -k "$dir" "$@" >"$dir/log" 2>&1 </dev/null &
server=$!
echo "$server" >"$dir/pid"
read -r _
kill -INT "$server" 2>/dev/null
wait "$server" 2>/dev/null
"#;

/// A cluster; dropping it stops the server and removes its files.
pub(crate) struct Cluster {
    dir: PathBuf,
    bin: PathBuf,
    user: Option<(u32, u32)>,
    keeper: Option<Child>,
}

impl Cluster {
    /// Makes and starts one below `above`.
    ///
    /// # Errors
    /// When no server is installed or it does not come up; its log is in the message.
    pub(crate) fn start(above: &Path) -> Result<Self> {
        let bin = lt_testkit::postgres::server_bin().context("no PostgreSQL server under /usr/lib/postgresql")?;
        let dir = above.join("pg");
        let user = unprivileged()?;
        fs::DirBuilder::new().mode(0o700).create(&dir).context("the cluster's directory")?;
        if let Some((user, group)) = user {
            chown(&dir, Some(user), Some(group))?;
        }
        let mut cluster = Self { dir, bin, user, keeper: None };
        let made = cluster
            .command("initdb")
            .args(["--username=lienthong", "--auth=trust", "--encoding=UTF8", "--locale=C", "--pgdata"])
            .arg(cluster.dir.join("data"))
            .stdin(Stdio::null())
            .output()
            .context("initdb does not start")?;
        if !made.status.success() {
            bail!("initdb failed: {}", String::from_utf8_lossy(&made.stderr));
        }
        cluster.up()?;
        Ok(cluster)
    }

    /// Starts the server and waits until it answers.
    fn up(&mut self) -> Result<()> {
        let _ = fs::remove_file(self.dir.join("pid"));
        let mut keeper = Command::new("sh");
        self.dressed(&mut keeper);
        keeper.args(["-c", KEEPER, "keeper"]).args([&self.bin, &self.dir]);
        for setting in SETTINGS {
            keeper.args(["-c", setting]);
        }
        keeper.process_group(0).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        self.keeper = Some(keeper.spawn().context("the keeper of the server does not start")?);
        for _ in 0..1200 {
            let mut ready = self.command("pg_isready");
            ready.args(["--quiet", "--username=lienthong", "--dbname=postgres", "--host"]).arg(&self.dir);
            if ready.status().context("pg_isready does not start")?.success() {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        bail!("the server is not ready after a minute:\n{}", fs::read_to_string(self.dir.join("log"))?)
    }

    fn down(&mut self) {
        if let Some(mut keeper) = self.keeper.take() {
            // Waiting closes the pipe first, which is what the keeper waits for.
            let _ = keeper.wait();
        }
    }

    /// Stops the server, lets the operating system forget its files, starts it again: nothing is in memory.
    ///
    /// # Errors
    /// As [`Self::start`].
    pub(crate) fn chill(&mut self) -> Result<()> {
        self.down();
        forget(&self.dir.join("data/base"));
        self.up()
    }

    /// Address of its database `postgres`, whose user may create others.
    pub(crate) fn url(&self) -> String {
        let host = self.dir.to_string_lossy().replace('%', "%25").replace('/', "%2F");
        format!("postgresql://lienthong@{host}/postgres")
    }

    /// Number of the server's first process.
    pub(crate) fn process(&self) -> Option<u32> {
        fs::read_to_string(self.dir.join("pid")).ok()?.trim().parse().ok()
    }

    fn command(&self, name: &str) -> Command {
        let mut command = Command::new(self.bin.join(name));
        self.dressed(&mut command);
        command
    }

    fn dressed(&self, command: &mut Command) {
        if let Some((user, group)) = self.user {
            command.uid(user).gid(group);
        }
        command.current_dir(&self.dir);
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.down();
        let _ = fs::remove_dir_all(&self.dir);
    }
}

/// Asks the operating system to drop what it keeps in memory of the files below `place`. It may refuse; then the
/// figures are only warmer.
pub(crate) fn forget(place: &Path) {
    let Ok(entries) = fs::read_dir(place) else {
        let file = format!("if={}", place.display());
        let forgetting = Command::new("dd").args([&file, "iflag=nocache", "count=0", "status=none"]).status();
        drop(forgetting);
        return;
    };
    for entry in entries.flatten() {
        forget(&entry.path());
    }
}

/// User and group the server runs as; none: whoever we are, for we are not root, which the server refuses.
fn unprivileged() -> Result<Option<(u32, u32)>> {
    if fs::metadata("/proc/self")?.uid() != 0 {
        return Ok(None);
    }
    let users = fs::read_to_string("/etc/passwd")?;
    let ids = |name: &str| {
        let mut fields = users.lines().find(|line| line.split(':').next() == Some(name))?.split(':').skip(2);
        Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
    };
    ids("postgres").or_else(|| ids("nobody")).map(Some).context("no user `postgres` or `nobody` to run the server as")
}
