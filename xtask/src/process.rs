//! Running other programs so that none outlives us.
//!
//! Each runs in a process group of its own. A guard (a shell of three lines) holds a pipe whose other end is
//! ours: when the work is done, or when we end in whatever way, it ends what is left of the group.

use std::io::{BufRead as _, BufReader, Read, Write as _};
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

const GUARD: &str = r#"
read -r _
kill -s TERM -- "-$1" 2>/dev/null || exit 0
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30; do
  sleep 0.1
  kill -s 0 -- "-$1" 2>/dev/null || exit 0
done
kill -s KILL -- "-$1" 2>/dev/null
"#;

/// What a finished program left.
#[derive(Debug)]
pub(crate) struct Ran {
    /// It ended with 0, in time.
    pub(crate) ok: bool,
    /// Every line it printed on either stream, without colours.
    pub(crate) lines: Vec<String>,
}

/// Now, for telling people how long a step took.
#[expect(clippy::disallowed_methods, reason = "no logic hangs on it: steps are timed for people, and cut off")]
pub(crate) fn now() -> Instant {
    Instant::now()
}

/// Whether `program` can be started by name.
pub(crate) fn on_path(program: &str) -> bool {
    std::env::var_os("PATH").is_some_and(|path| std::env::split_paths(&path).any(|dir| dir.join(program).is_file()))
}

/// What `command` prints, trimmed; none when it fails or is not there.
pub(crate) fn answer(command: &mut Command) -> Option<String> {
    let out = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    out.status.success().then(|| String::from_utf8_lossy(&out.stdout).trim().to_owned())
}

/// Runs `command` to its end, passing on what it prints line by line; stops it after `limit`.
pub(crate) fn run(command: &mut Command, limit: Duration) -> Result<Ran> {
    let began = now();
    let mut service = Service::start(command)?;
    let mut lines = Vec::new();
    let mut ended_at = None;
    loop {
        match service.lines.recv_timeout(Duration::from_millis(100)) {
            Ok(line) => {
                show(&line);
                lines.push(without_colours(&line));
                continue;
            }
            Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => {}
        }
        // A grandchild may hold the pipes open: what is left of the group gets three seconds to go.
        match ended_at {
            None if service.child.try_wait()?.is_some() => {
                service.dismiss();
                ended_at = Some(now());
            }
            None if began.elapsed() > limit => {
                show(&format!("xtask: stopped, it took longer than {} s", limit.as_secs()));
                service.dismiss();
                let _ = service.child.wait();
                return Ok(Ran { ok: false, lines });
            }
            Some(at) if at.elapsed() > Duration::from_secs(5) => break,
            _ => {}
        }
    }
    let status = service.child.wait()?;
    Ok(Ran { ok: status.success(), lines })
}

fn show(line: &str) {
    // A closed terminal is no reason to stop the checks.
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// A program that runs beside us until it is dropped.
#[derive(Debug)]
pub(crate) struct Service {
    child: Child,
    guard: Child,
    lines: Receiver<String>,
}

impl Service {
    /// Starts `command` in a group of its own, without standard input.
    pub(crate) fn start(command: &mut Command) -> Result<Self> {
        let name = command.get_program().to_string_lossy().into_owned();
        let mut child = command
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .with_context(|| format!("`{name}` does not start"))?;
        let guard = Command::new("sh")
            .args(["-c", GUARD, "guard", &child.id().to_string()])
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("`sh` does not start")?;
        let (sender, lines) = channel();
        if let Some(out) = child.stdout.take() {
            read_lines(out, sender.clone());
        }
        if let Some(err) = child.stderr.take() {
            read_lines(err, sender);
        }
        Ok(Self { child, guard, lines })
    }

    /// The rest of the first line that starts with `mark`, waited for at most `limit`.
    pub(crate) fn line_after(&self, mark: &str, limit: Duration) -> Result<String> {
        let began = now();
        let mut seen = Vec::new();
        while began.elapsed() < limit {
            match self.lines.recv_timeout(Duration::from_millis(100)) {
                Ok(line) => match line.strip_prefix(mark) {
                    Some(rest) => return Ok(rest.trim().to_owned()),
                    None => seen.push(line),
                },
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        bail!("no line `{mark}…` came; it printed:\n{}", seen.join("\n"))
    }

    /// Closes the guard's pipe and waits until the group is gone.
    fn dismiss(&mut self) {
        let _ = self.guard.wait();
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // An unreaped child keeps its group alive as seen by the guard; so reap while the guard works.
        drop(self.guard.stdin.take());
        let _ = self.child.wait();
        self.dismiss();
    }
}

fn read_lines(from: impl Read + Send + 'static, into: Sender<String>) {
    thread::spawn(move || {
        for line in BufReader::new(from).split(b'\n').map_while(Result::ok) {
            if into.send(String::from_utf8_lossy(&line).trim_end_matches('\r').to_owned()).is_err() {
                break;
            }
        }
    });
}

/// `line` without terminal escape sequences.
pub(crate) fn without_colours(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        if c == '\u{1b}' {
            // ESC [ parameters letter
            chars.find(char::is_ascii_alphabetic);
        } else {
            plain.push(c);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sh(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn passes_lines_of_both_streams_and_the_status() {
        let ran = run(&mut sh("echo out; echo err >&2; exit 3"), Duration::from_secs(20)).unwrap();
        assert!(!ran.ok);
        let mut lines = ran.lines;
        lines.sort();
        assert_eq!(lines, ["err", "out"]);
        assert!(run(&mut sh("true"), Duration::from_secs(20)).unwrap().ok);
    }

    #[test]
    fn a_leaked_grandchild_is_ended_and_not_waited_for() {
        let began = now();
        let ran = run(&mut sh("sleep 97 & echo $!"), Duration::from_mins(1)).unwrap();
        let pid = ran.lines.first().unwrap();
        assert!(ran.ok);
        assert!(began.elapsed() < Duration::from_secs(20));
        let state = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        assert!(state.is_empty() || state.contains(" Z "), "still there: {state}");
    }

    #[test]
    fn too_long_is_a_failure() {
        let ran = run(&mut sh("sleep 98"), Duration::from_millis(300)).unwrap();
        assert!(!ran.ok);
    }

    #[test]
    fn a_service_says_when_it_is_ready_and_goes_when_dropped() {
        let service = Service::start(&mut sh("echo pid $$; sleep 99")).unwrap();
        let pid = service.line_after("pid ", Duration::from_secs(20)).unwrap();
        assert!(std::path::Path::new("/proc").join(&pid).exists());
        drop(service);
        assert!(!std::path::Path::new("/proc").join(&pid).exists());
    }

    #[test]
    fn colours_are_taken_out() {
        assert_eq!(without_colours("\u{1b}[32;1mSummary\u{1b}[0m ok"), "Summary ok");
    }
}
