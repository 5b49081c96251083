//! Serving: opens everything, loads the sample at the first start, says where it listens.

use std::io::Write as _;
use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use lt_events::{Job, Listener, Runner, Running};
use lt_identity::Unshown;
use lt_kernel::Lang;
use lt_module::Host;
use lt_store::params;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

use super::{ground, identity};
use crate::config::{Config, Log};
use crate::listen::{PATIENCE, listen};
use crate::program::{Ground, Program, modules};
use crate::sample;

/// Serves until it is asked to end (Ctrl-C or TERM); running requests are finished.
///
/// # Errors
/// When something cannot be opened, or the address is taken.
pub async fn serve(config: Config) -> Result<()> {
    logging(&config.log)?;
    let ground = ground(&config).await?;
    ground.blobs.clear_unfinished()?;
    let first = first_start(&ground).await?;
    lt_registry::seed_if_new(&ground.db).await.context("the registry")?;
    let listener = TcpListener::bind(config.server.listen)
        .await
        .with_context(|| format!("cannot listen on {}", config.server.listen))?;
    let address = listener.local_addr()?;
    let with_sample = first && config.sample.load;
    let is_sample = with_sample || has_sample(&ground).await?;
    let program = Program::build(&ground, identity(&config, address, is_sample))?;
    program.host.shell.mark_sample(is_sample);
    if with_sample {
        println!("Lần chạy đầu: đang nạp dữ liệu mẫu… / First start: loading the sample…");
        let issuers = sample::load(&program.host).await.context("the sample")?.issuers;
        let made = lt_identity::bootstrap_sample(&program.identity, &issuers).await.context("sample accounts")?;
        show(&program, &made).await?;
    } else if first {
        println!("Tạo người quản trị đầu tiên bằng / Make the first administrator with: lienthong administrator TÊN");
    } else {
        let renewed = lt_identity::renew_sample(&program.identity).await.context("sample accounts")?;
        show(&program, &renewed).await?;
    }
    let running = background(&program.host);
    let end = asked_to_end()?;
    println!("listening on http://{address}");
    announce(&config, address);
    listen(listener, program.router, PATIENCE, end).await;
    running.stop().await;
    Ok(())
}

/// Prints the passwords of sample accounts that nobody has seen, and only then writes down that they were shown:
/// the next start after one that was cut off in between gives new ones.
async fn show(program: &Program, made: &Unshown) -> Result<()> {
    if made.accounts.is_empty() {
        return Ok(());
    }
    print(made).context("the passwords of the sample accounts could not be shown; start again for new ones")?;
    match lt_identity::sample_shown(&program.identity, made).await {
        Err(lt_identity::IdentityError::Refused(said)) => {
            let say = |lang| program.host.shell.words().said(lang, &said);
            bail!("{} / {}", say(Lang::Vi), say(Lang::En))
        }
        done => done.context("sample accounts"),
    }
}

/// Unlike `println!` it says when nobody can read.
fn print(made: &Unshown) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    for account in &made.accounts {
        writeln!(out, "account {} {} {}", account.login, account.password.expose(), account.role)?;
    }
    writeln!(
        out,
        "Ghi lại các mật khẩu trên: chúng chỉ hiện một lần. / Write these passwords down: they are shown once."
    )?;
    out.flush()
}

/// Where people open it, in a sentence.
fn announce(config: &Config, address: SocketAddr) {
    let public = &config.server.public_address;
    let shown = if public.is_empty() { format!("http://{address}") } else { public.clone() };
    println!("Mở trong trình duyệt / Open in a browser: {shown}");
}

/// Whether nobody has an account yet.
async fn first_start(ground: &Ground) -> Result<bool> {
    Ok(ground.db.read("SELECT id FROM identity_account LIMIT 1", params![]).await?.is_empty())
}

/// Whether the installation holds the sample.
async fn has_sample(ground: &Ground) -> Result<bool> {
    let sql = "SELECT id FROM targets_resolution WHERE is_sample = 1 LIMIT 1";
    Ok(!ground.db.read(sql, params![]).await?.is_empty())
}

/// Starts jobs and listeners of all modules.
fn background(host: &Host) -> Running {
    // Two containers may share a process number; the identifier tells them apart.
    let node = format!("node-{}-{}", std::process::id(), host.ids.next(host.clock.now()).simple());
    let mut runner = Runner::new(host.db.clone(), &node);
    for module in modules() {
        for job in module.jobs {
            let (host, run) = (host.clone(), job.run);
            let work = move || run(host.clone());
            runner = runner.job(Job { name: job.name, every_seconds: job.every_seconds, run: Box::new(work) });
        }
        for one in module.listeners {
            let (host, run) = (host.clone(), one.run);
            let work = move |change: Arc<lt_contracts::Change>| run(host.clone(), change);
            runner = runner.listener(Listener { name: one.name, topics: one.topics, run: Box::new(work) });
        }
    }
    runner.spawn()
}

/// Ends when the process is asked to. It listens for that from the call on, not from the first poll: whoever
/// reads that the program listens may end it at once.
fn asked_to_end() -> Result<impl Future<Output = ()>> {
    let mut interrupt = signal(SignalKind::interrupt()).context("cannot listen for Ctrl-C")?;
    let mut term = signal(SignalKind::terminate()).context("cannot listen for TERM")?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = term.recv() => {}
        }
    })
}

fn logging(log: &Log) -> Result<()> {
    let filter = EnvFilter::try_new(&log.level).context("log.level is not a filter")?;
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let started = if log.format == "json" { builder.json().try_init() } else { builder.try_init() };
    // A second start in one process (tests) keeps the first logger.
    drop(started);
    Ok(())
}
