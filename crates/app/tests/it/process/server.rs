//! Starting the binary, talking to it over a socket, and ending it gently or not.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use lt_testkit::db::Base;

/// Longest wait for the program to listen: a loaded machine, a debug build.
const PATIENCE: Duration = Duration::from_mins(2);

/// The binary with a data directory of the test's own, and the database its settings name.
pub(super) fn plain(base: &Base) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lienthong"));
    command.env_clear().stdin(Stdio::null()).arg("--data").arg(base.dir().join("data"));
    command
}

/// The binary with this database.
pub(super) fn lienthong(base: &Base) -> Command {
    let mut command = plain(base);
    command.args(["--database", base.url()]);
    command
}

/// Runs a command to its end.
pub(super) fn run(base: &Base, arguments: &[&str]) -> Output {
    lienthong(base).args(arguments).output().unwrap()
}

/// What a command said, on both channels.
pub(super) fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// The program, serving.
pub(super) struct Server {
    child: Child,
    pub(super) address: SocketAddr,
    /// What it printed before it listened.
    pub(super) printed: Vec<String>,
}

impl Server {
    /// Starts it on a free port and waits until it listens.
    pub(super) fn start(base: &Base) -> Self {
        let mut child = Self::spawn(base);
        let (send, lines) = mpsc::channel();
        let out = child.stdout.take().unwrap();
        std::thread::spawn(move || {
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                if send.send(line).is_err() {
                    break;
                }
            }
        });
        let mut printed = Vec::new();
        loop {
            match lines.recv_timeout(PATIENCE) {
                Ok(line) => match line.strip_prefix("listening on http://") {
                    Some(address) => return Self { child, address: address.parse().unwrap(), printed },
                    None => printed.push(line),
                },
                Err(why) => {
                    let _ = child.kill();
                    let log = std::fs::read_to_string(base.dir().join("log")).unwrap_or_default();
                    panic!("it does not listen ({why}); it printed {printed:?} and logged:\n{log}");
                }
            }
        }
    }

    /// Starts it and does not wait.
    pub(super) fn spawn(base: &Base) -> Child {
        let log = std::fs::File::create(base.dir().join("log")).unwrap();
        let mut command = lienthong(base);
        command.args(["serve", "--listen", "127.0.0.1:0"]).stdout(Stdio::piped()).stderr(log);
        command.spawn().unwrap()
    }

    /// The lines `account LOGIN PASSWORD ROLE`, as (login, password, role).
    pub(super) fn accounts(&self) -> Vec<(String, String, String)> {
        let lines = self.printed.iter().filter_map(|line| line.strip_prefix("account "));
        lines
            .map(|line| {
                let (login, rest) = line.split_once(' ').unwrap();
                let (password, role) = rest.rsplit_once(' ').unwrap();
                (login.to_owned(), password.to_owned(), role.to_owned())
            })
            .collect()
    }

    /// Cuts it off as a power cut does: SIGKILL, nothing is finished.
    pub(super) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to end and waits.
    pub(super) fn stop(mut self) {
        let asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(asked.success());
        let status = self.child.wait().unwrap();
        assert!(status.success(), "it ended with {status}");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What came back over the wire.
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) head: String,
    pub(super) body: String,
}

/// A visitor over a real socket, one connection a request.
#[derive(Clone, Default)]
pub(super) struct Visitor {
    jar: BTreeMap<String, String>,
    last: String,
}

impl Visitor {
    /// Sends a request; none when the connection broke, and then nobody knows what came of it.
    pub(super) fn send(&mut self, to: SocketAddr, method: &str, path: &str, form: Option<String>) -> Option<Reply> {
        let mut stream = TcpStream::connect(to).ok()?;
        stream.set_read_timeout(Some(Duration::from_mins(1))).ok()?;
        let jar: Vec<String> = self.jar.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let body = form.unwrap_or_default();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {to}\r\nConnection: close\r\nCookie: {}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            jar.join("; "),
            body.len()
        );
        stream.write_all(request.as_bytes()).ok()?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).ok()?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n")?;
        let length = head
            .lines()
            .find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse::<usize>().ok());
        if length.is_some_and(|length| body.len() < length) {
            return None;
        }
        for line in head.lines().filter(|line| line.to_ascii_lowercase().starts_with("set-cookie: ")) {
            let (name, value) = line[12..].split(';').next()?.split_once('=')?;
            if value.is_empty() {
                self.jar.remove(name);
            } else {
                self.jar.insert(name.into(), value.into());
            }
        }
        if body.contains("name=\"_csrf\"") {
            body.clone_into(&mut self.last);
        }
        let status = head.split(' ').nth(1)?.parse().ok()?;
        Some(Reply { status, head: head.to_owned(), body: body.to_owned() })
    }

    pub(super) fn get(&mut self, to: SocketAddr, path: &str) -> Option<Reply> {
        self.send(to, "GET", path, None)
    }

    /// Posts a form with the token of the last page.
    pub(super) fn post(&mut self, to: SocketAddr, path: &str, fields: &[(&str, &str)]) -> Option<Reply> {
        let token = self.last.rsplit("name=\"_csrf\" value=\"").next().unwrap_or_default();
        let token = token.split('"').next().unwrap_or_default();
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("_csrf", token).extend_pairs(fields);
        self.send(to, "POST", path, Some(form.finish()))
    }

    /// Signs in through the page.
    pub(super) fn sign_in(&mut self, to: SocketAddr, login: &str, password: &str) {
        assert_eq!(self.get(to, "/sign-in").unwrap().status, 200);
        let reply = self.post(to, "/sign-in", &[("login", login), ("password", password)]).unwrap();
        assert_eq!(reply.status, 303, "{}", reply.body);
    }
}

/// Writes a file of settings into the data directory.
pub(super) fn settings(base: &Base, text: &str) -> std::path::PathBuf {
    let data = base.dir().join("data");
    std::fs::create_dir_all(&data).unwrap();
    let path = data.join("lienthong.toml");
    std::fs::write(&path, text).unwrap();
    path
}

/// Every file below a directory.
pub(super) fn files(dir: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).into_iter().flatten().flatten() {
        if entry.path().is_dir() { found.extend(files(&entry.path())) } else { found.push(entry.path()) }
    }
    found
}
