//! The program itself as a process: started, signed in to, ended.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

use crate::bench::Bench;
use crate::http::Caller;
use crate::measure::Stopwatch;

/// The program's binary: the real one, beside this one; built when it is missing or older. A smoke run serves
/// with this binary, which contains the same code.
///
/// # Errors
/// When it cannot be built.
pub(crate) fn binary(bench: &Bench) -> Result<PathBuf> {
    let own = std::env::current_exe().context("where this program lies")?;
    if bench.quick {
        return Ok(own);
    }
    let folder = own.parent().context("a folder")?;
    let profile = match folder.file_name().and_then(|name| name.to_str()) {
        Some("debug") | None => "dev",
        Some(other) => other,
    };
    let built = Command::new("cargo")
        .args([
            "build",
            "--quiet",
            "--profile",
            profile,
            "--package",
            "lienthong",
            "--bin",
            "lienthong",
            "--target-dir",
        ])
        .arg(folder.parent().context("the target folder")?)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status()
        .context("cargo does not start")?;
    ensure!(built.success(), "the program cannot be built");
    Ok(folder.join("lienthong"))
}

/// A running server; dropping it ends the process.
pub(crate) struct Server {
    child: Child,
    /// `host:port`.
    pub(crate) address: String,
    /// Sample accounts it printed: login name and password.
    pub(crate) accounts: Vec<(String, String)>,
    /// Seconds from the start of the process to the line that says it listens.
    pub(crate) ready_after: f64,
}

impl Server {
    /// Starts `program` over the data directory and waits until it listens.
    ///
    /// # Errors
    /// When it ends before that.
    pub(crate) fn start(program: &Path, data: &Path, database: Option<&str>) -> Result<Self> {
        let watch = Stopwatch::start();
        let mut command = Command::new(program);
        command.arg("--data").arg(data).args(database.map(|url| format!("--database={url}")));
        command.args(["serve", "--listen", "127.0.0.1:0"]).stdin(Stdio::null()).stdout(Stdio::piped());
        let mut child = command.stderr(Stdio::null()).spawn().context("the program does not start")?;
        let mut lines = BufReader::new(child.stdout.take().context("its output")?).lines();
        let mut accounts = Vec::new();
        for line in lines.by_ref() {
            let line = line?;
            if let Some(address) = line.strip_prefix("listening on http://") {
                let (ready_after, address) = (watch.seconds(), address.to_owned());
                // Its output is read on, so that it never waits for us.
                std::thread::spawn(move || lines.for_each(drop));
                return Ok(Self { child, address, accounts, ready_after });
            }
            if let Some(account) = line.strip_prefix("account ") {
                let mut parts = account.split(' ').map(str::to_owned);
                accounts.extend(parts.next().zip(parts.next()));
            }
        }
        drop(child.wait());
        bail!("the program ended before it listened")
    }

    /// Number of its process.
    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }

    /// Signs in with the sample account `login`; the session's cookie, as a header carries it.
    ///
    /// # Errors
    /// When there is no such account or the program refuses.
    pub(crate) fn sign_in(&self, login: &str) -> Result<String> {
        let found = self.accounts.iter().find(|(name, _)| name == login);
        let (_, password) = found.with_context(|| format!("no account {login} was printed"))?;
        let mut caller = Caller::connect(&self.address)?;
        let form = caller.get("/sign-in", "")?;
        let before = form.cookie("lienthong_before").context("no cookie before the session")?;
        let page = String::from_utf8_lossy(&form.body).into_owned();
        let token = page.split("name=\"_csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
        let fields = form_urlencoded::Serializer::new(String::new())
            .append_pair("_csrf", token.context("the form has no token")?)
            .append_pair("login", login)
            .append_pair("password", password)
            .finish();
        let answer = caller.post("/sign-in", &format!("lienthong_before={before}"), &fields)?;
        let session = answer.cookie("lienthong_session").with_context(|| format!("refused: {}", answer.status))?;
        Ok(format!("lienthong_session={session}"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
