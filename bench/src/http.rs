//! A small client: one request at a time over a kept connection, and load from many of them.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail, ensure};

use crate::measure::{Stopwatch, len, percentile};

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    /// Status code.
    pub(crate) status: u16,
    /// Header lines, as they came.
    pub(crate) head: Vec<String>,
    /// Body.
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// Value of the cookie `name` that it sets.
    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        self.values("set-cookie").find_map(|value| {
            let (found, value) = value.split(';').next()?.trim().split_once('=')?;
            (found == name).then(|| value.to_owned())
        })
    }

    fn values<'a>(&'a self, header: &'a str) -> impl Iterator<Item = &'a str> {
        let pairs = self.head.iter().filter_map(|line| line.split_once(':'));
        pairs.filter(move |(name, _)| name.eq_ignore_ascii_case(header)).map(|(_, value)| value.trim())
    }
}

/// A connection that is kept.
pub(crate) struct Caller {
    address: String,
    stream: BufReader<TcpStream>,
}

impl Caller {
    /// Connects to `host:port`.
    ///
    /// # Errors
    /// When nobody listens.
    pub(crate) fn connect(address: &str) -> Result<Self> {
        let stream = TcpStream::connect(address).with_context(|| format!("cannot reach {address}"))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_mins(1)))?;
        Ok(Self { address: address.to_owned(), stream: BufReader::new(stream) })
    }

    /// Asks for a page.
    ///
    /// # Errors
    /// When the connection breaks or the answer is none.
    pub(crate) fn get(&mut self, path: &str, cookie: &str) -> Result<Answer> {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: {}\r\nCookie: {cookie}\r\n\r\n", self.address), b"")
    }

    /// Sends a form.
    ///
    /// # Errors
    /// As [`Self::get`].
    pub(crate) fn post(&mut self, path: &str, cookie: &str, form: &str) -> Result<Answer> {
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {0}\r\nOrigin: http://{0}\r\nCookie: {cookie}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {1}\r\n\r\n",
            self.address,
            form.len()
        );
        self.ask(&head, form.as_bytes())
    }

    fn ask(&mut self, head: &str, body: &[u8]) -> Result<Answer> {
        self.stream.get_mut().write_all(&[head.as_bytes(), body].concat())?;
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            ensure!(self.stream.read_line(&mut line)? > 0, "the connection was closed");
            let line = line.trim_end().to_owned();
            if line.is_empty() {
                break;
            }
            lines.push(line);
        }
        let status = lines.first().and_then(|line| line.split(' ').nth(1)).and_then(|code| code.parse().ok());
        let mut answer = Answer { status: status.context("no status")?, head: lines, body: Vec::new() };
        let length = answer.values("content-length").next().and_then(|value| value.parse().ok()).unwrap_or(0);
        answer.body = vec![0; length];
        self.stream.read_exact(&mut answer.body)?;
        Ok(answer)
    }
}

/// What load came to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Load {
    /// Requests per second.
    pub(crate) rate: f64,
    /// 99 of 100 answers came within so many milliseconds.
    pub(crate) p99_ms: f64,
    /// Requests answered.
    pub(crate) requests: f64,
}

/// Whether wrk is installed; otherwise the client above is used, which takes more of the processor itself.
pub(crate) fn has_wrk() -> bool {
    Command::new("wrk").arg("--version").output().is_ok()
}

/// Asks for a page from 32 connections for so many seconds.
///
/// # Errors
/// When any answer is not 200.
pub(crate) fn load(address: &str, path: &str, cookie: &str, seconds: u64, wrk: bool) -> Result<Load> {
    if wrk { by_wrk(address, path, cookie, seconds) } else { by_threads(address, path, cookie, seconds) }
}

/// Connections of the load.
pub(crate) const CONNECTIONS: usize = 32;

fn by_wrk(address: &str, path: &str, cookie: &str, seconds: u64) -> Result<Load> {
    let out = Command::new("wrk")
        .args(["--threads=1", &format!("--connections={CONNECTIONS}"), &format!("--duration={seconds}s"), "--latency"])
        .args(["--timeout=30s", "--header", &format!("Cookie: {cookie}"), &format!("http://{address}{path}")])
        .output()
        .context("wrk does not start")?;
    let text = String::from_utf8_lossy(&out.stdout);
    ensure!(!text.contains("Non-2xx") && !text.contains("Socket errors"), "wrk met errors:\n{text}");
    let after = |name: &str| {
        let line = text.lines().find_map(|line| line.trim().strip_prefix(name));
        line.map(|rest| rest.trim().to_owned()).with_context(|| format!("wrk did not tell {name}:\n{text}"))
    };
    let requests = text.lines().find_map(|line| line.trim().split_once(" requests in ")).map(|(count, _)| count);
    Ok(Load {
        rate: after("Requests/sec:")?.parse()?,
        p99_ms: millis(&after("99%")?)?,
        requests: requests.context("wrk counted nothing")?.parse()?,
    })
}

/// Milliseconds of `12.3ms`, `850.00us`, `1.20s`.
fn millis(text: &str) -> Result<f64> {
    for (unit, factor) in [("us", 0.001), ("ms", 1.0), ("s", 1000.0), ("m", 60_000.0)] {
        if let Some(number) = text.strip_suffix(unit)
            && let Ok(number) = number.parse::<f64>()
        {
            return Ok(number * factor);
        }
    }
    bail!("`{text}` is no time")
}

fn by_threads(address: &str, path: &str, cookie: &str, seconds: u64) -> Result<Load> {
    let watch = Stopwatch::start();
    let span = Duration::from_secs(seconds);
    let mut times = Vec::new();
    std::thread::scope(|scope| {
        let work = || -> Result<Vec<f64>> {
            let (mut caller, mut times) = (Caller::connect(address)?, Vec::new());
            while !watch.is_past(span) {
                let asked = Stopwatch::start();
                let answer = caller.get(path, cookie)?;
                ensure!(answer.status == 200, "answered {}", answer.status);
                times.push(asked.seconds() * 1e3);
            }
            Ok(times)
        };
        let threads: Vec<_> = (0..CONNECTIONS).map(|_| scope.spawn(work)).collect();
        for thread in threads {
            times.extend(thread.join().map_err(|_| anyhow!("a caller ended in a panic"))??);
        }
        Ok::<_, anyhow::Error>(())
    })?;
    let requests = len(times.len());
    Ok(Load { rate: requests / watch.seconds(), p99_ms: percentile(&mut times, 99), requests })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_as_wrk_writes_them() {
        let told = ["850.00us", "12.30ms", "1.20s", "1.00m"].map(|text| format!("{:.2}", millis(text).unwrap()));
        assert_eq!(told, ["0.85", "12.30", "1200.00", "60000.00"]);
        assert!(millis("12").is_err() && millis("fast ms").is_err());
    }
}
