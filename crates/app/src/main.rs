//! `lienthong`: the program a province runs its digital government on.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use lienthong::commands;
use lienthong::config::Config;

/// Liên Thông: from a resolution's sentence to an evidenced verdict.
#[derive(Parser)]
#[command(name = "lienthong", version)]
struct Arguments {
    /// Directory of the database, the files and `lienthong.toml`.
    #[arg(long, global = true, env = "LIENTHONG_DATA", default_value = "data")]
    data: PathBuf,
    /// Another file of settings than `lienthong.toml` in the data directory.
    #[arg(long, global = true, env = "LIENTHONG_CONFIG")]
    config: Option<PathBuf>,
    /// Another database than the settings name: `sqlite:PATH` or `postgres://…`.
    #[arg(long, global = true, env = "LIENTHONG_DATABASE")]
    database: Option<String>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Serves pages and interface (what happens without a command).
    Serve {
        /// Address and port; port 0 takes a free one.
        #[arg(long, env = "LIENTHONG_LISTEN")]
        listen: Option<std::net::SocketAddr>,
        /// Do not load the sample into an empty database.
        #[arg(long)]
        no_sample: bool,
    },
    /// Brings the database up to date and ends.
    Migrate,
    /// Imports one resolution from a file; everything in it is stored, or nothing.
    Import {
        /// The file.
        file: PathBuf,
    },
    /// Writes a resolution back into a file.
    Export {
        /// Code of the resolution.
        code: String,
        /// Where to write; standard output when left out.
        file: Option<PathBuf>,
    },
    /// Makes an administrator and prints the first password.
    Administrator {
        /// Login name.
        login: String,
        /// Name shown to others.
        #[arg(long, default_value = "Quản trị hệ thống")]
        name: String,
    },
    /// Copies database and files into one file, while the program runs.
    Backup {
        /// The file to write; it must not be there yet.
        file: PathBuf,
    },
    /// Puts a backup into an empty database and an empty directory of files.
    Restore {
        /// The file to read.
        file: PathBuf,
    },
    /// Carries everything from this database into another, empty one and compares row by row.
    MoveDatabase {
        /// The other database: `sqlite:PATH` or `postgres://…`.
        to: String,
    },
    /// Says what is wrong with this installation and what to do.
    Doctor,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let done = runtime.map_err(anyhow::Error::from).and_then(|runtime| runtime.block_on(run(arguments)));
    match done {
        Ok(code) => code,
        Err(error) => {
            eprintln!("lienthong: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let mut config = Config::read(&arguments.data, arguments.config.as_deref())?;
    if let Some(url) = arguments.database {
        config.database.url = url;
    }
    match arguments.command.unwrap_or(Command::Serve { listen: None, no_sample: false }) {
        Command::Serve { listen, no_sample } => {
            config.server.listen = listen.unwrap_or(config.server.listen);
            config.sample.load &= !no_sample;
            commands::serve(config).await?;
        }
        Command::Migrate => commands::migrate(&config).await?,
        Command::Import { file } => commands::import(&config, &file).await?,
        Command::Export { code, file } => commands::export(&config, &code, file.as_deref()).await?,
        Command::Administrator { login, name } => commands::administrator(&config, &login, &name).await?,
        Command::Backup { file } => commands::backup(&config, &file).await?,
        Command::Restore { file } => commands::restore(&config, &file).await?,
        Command::MoveDatabase { to } => commands::move_database(&config, &to).await?,
        Command::Doctor => return commands::doctor(&config).await,
    }
    Ok(ExitCode::SUCCESS)
}
