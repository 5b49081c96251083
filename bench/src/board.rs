//! The scoreboard page, beside nginx sending the same bytes as a file.

use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, ensure};

use crate::bench::Bench;
use crate::fixture::Fixture;
use crate::http::{self, Caller, Load};
use crate::measure::{Whose, len};
use crate::report::Report;
use crate::server::{self, Server};

/// Observations of each measure.
const EACH: usize = 12;

/// A page, and the runs of both sides: rate, slowest of 99 in 100, processor seconds per 1,000.
struct Page {
    targets: usize,
    path: String,
    body: Vec<u8>,
    ours: [Vec<f64>; 3],
    nginx: [Vec<f64>; 3],
}

/// Measures.
///
/// # Errors
/// When a server fails, or a page differs between the two or changes between requests.
pub(crate) fn run(bench: &Bench) -> Result<Report> {
    let mut report = bench.report("board")?;
    let (program, data) = (server::binary(bench)?, bench.folder()?);
    let server = Server::start(&program, &data, None)?;
    let cookie = server.sign_in("docgia")?;
    let files = bench.folder()?;
    let mut pages = Vec::new();
    for targets in bench.size([50, 500, 5_000], [5, 10, 20]) {
        pages.push(page(&program, &data, &server, (&cookie, targets), &files)?);
    }
    let nginx = Nginx::start(bench, &files)?;
    let wrk = http::has_wrk() && !bench.quick;
    let seconds = bench.size(4, 1);
    for page in &mut pages {
        // Both sides once unmeasured.
        http::load(&server.address, &page.path, &cookie, 1, wrk)?;
        http::load(&nginx.address, &page.path, "", 1, wrk)?;
    }
    for _ in 0..bench.runs() {
        for page in &mut pages {
            let whose = Whose::other(server.process());
            add(&mut page.ours, &whose, || http::load(&server.address, &page.path, &cookie, seconds, wrk))?;
            let whose = Whose::other(nginx.child.id());
            add(&mut page.nginx, &whose, || http::load(&nginx.address, &page.path, "", seconds, wrk))?;
            same(page, &server.address, &cookie)?;
            same(page, &nginx.address, "")?;
        }
    }
    tell(&mut report, &pages, wrk);
    Ok(report)
}

/// Imports a resolution of so many targets while the program serves, and keeps its page as a file.
fn page(program: &Path, data: &Path, server: &Server, who: (&str, usize), files: &Path) -> Result<Page> {
    let (cookie, targets) = who;
    let fixture = Fixture { code: format!("nq-{targets}"), targets, each: EACH };
    let mut file = fixture.file()?;
    for measure in 0..targets {
        for place in 0..EACH {
            file.observations.push(fixture.seen(measure, place)?.line(&fixture.code));
        }
    }
    let path = data.join("resolution.toml");
    std::fs::write(&path, file.write().map_err(|fault| anyhow::anyhow!("{fault:?}"))?)?;
    let imported =
        Command::new(program).arg("--data").arg(data).arg("import").arg(&path).stdout(Stdio::null()).status();
    ensure!(imported.context("the import")?.success(), "the import failed");
    let path = format!("/resolutions/{}", fixture.code);
    let answer = Caller::connect(&server.address)?.get(&path, cookie)?;
    ensure!(answer.status == 200, "{path} answered {}", answer.status);
    let text = String::from_utf8(answer.body)?;
    let rows = text.matches("/targets/C").count();
    ensure!(rows == targets, "{path} shows {rows} targets of {targets}");
    let kept = files.join(path.trim_start_matches('/'));
    std::fs::create_dir_all(kept.parent().context("a folder")?)?;
    std::fs::write(&kept, &text)?;
    Ok(Page { targets, path, body: text.into_bytes(), ours: Default::default(), nginx: Default::default() })
}

fn add(runs: &mut [Vec<f64>; 3], whose: &Whose, load: impl FnOnce() -> Result<Load>) -> Result<()> {
    let before = whose.seconds();
    let load = load()?;
    let cpu = (whose.seconds() - before) * 1000.0 / load.requests;
    for (runs, value) in runs.iter_mut().zip([load.rate, load.p99_ms, cpu]) {
        runs.push(value);
    }
    Ok(())
}

/// The page is still the same, byte by byte.
fn same(page: &Page, address: &str, cookie: &str) -> Result<()> {
    let answer = Caller::connect(address)?.get(&page.path, cookie)?;
    ensure!(answer.status == 200 && answer.body == page.body, "{address} sends another {}", page.path);
    Ok(())
}

fn tell(report: &mut Report, pages: &[Page], wrk: bool) {
    for page in pages {
        let what = format!("{} targets, {:.0} kB", page.targets, len(page.body.len()) / 1000.0);
        let mut medians = Vec::new();
        for (side, [rates, p99, cpu]) in [("ours", page.ours.clone()), ("nginx", page.nginx.clone())] {
            medians.push(report.case(format!("{what}: {side}"), "/s", rates, cpu, &[]));
            medians.push(report.line(format!("{what}: {side}, p99"), "ms", p99));
        }
        let [ours, p99, nginx, _] = medians.as_slice() else { continue };
        if page.targets == 500 || report.quick {
            report.at_least(format!("{what}: ours / nginx"), 0.2, ours / nginx);
            report.at_most(format!("{what}: p99, ms"), 20.0, *p99);
        } else {
            report.note(format!("{what}: ours / nginx = {:.2}", ours / nginx));
        }
    }
    let client = if wrk { "wrk with one thread" } else { "this program's own client" };
    report.note(format!(
        "{} connections by {client}, on the same machine; nginx with as many workers as processors.",
        http::CONNECTIONS
    ));
    report.note(
        "Every request of ours is answered anew: the session is looked up, the resolution and the stamp of its \
         organisation are read from the database, and the page is rendered. Kept in memory between requests: the \
         judged board, used only while the stamp read is the one it was judged at, and the directory of organisations.",
    );
}

/// nginx over a folder of files.
struct Nginx {
    child: Child,
    address: String,
}

impl Nginx {
    fn start(bench: &Bench, files: &Path) -> Result<Self> {
        let dir = bench.folder()?;
        let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let place = dir.display();
        let temporary =
            ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(|one| format!("{one}_temp_path {place}/{one};"));
        let text = format!(
            "worker_processes auto; daemon off; pid {place}/pid; error_log {place}/log warn;\n\
             events {{ worker_connections 1024; }}\n\
             http {{ access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; types {{ }}\n\
             default_type \"text/html; charset=utf-8\"; {}\n\
             server {{ listen 127.0.0.1:{port}; root {}; }} }}\n",
            temporary.join(" "),
            files.display()
        );
        let settings = dir.join("nginx.conf");
        std::fs::write(&settings, text)?;
        let mut command = Command::new("nginx");
        command.arg("-p").arg(&dir).arg("-c").arg(&settings).stdin(Stdio::null()).stderr(Stdio::null());
        let nginx =
            Self { child: command.spawn().context("nginx does not start")?, address: format!("127.0.0.1:{port}") };
        for _ in 0..200 {
            if Caller::connect(&nginx.address).is_ok() {
                return Ok(nginx);
            }
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        anyhow::bail!("nginx does not listen: {}", std::fs::read_to_string(dir.join("log")).unwrap_or_default())
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // TERM, so that its workers end with it.
        drop(Command::new("kill").arg(self.child.id().to_string()).status());
        drop(self.child.wait());
    }
}
