//! What is wrong with an installation, and what to do.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use lt_store::params;

use super::carry::damaged;
use super::ground;
use crate::config::Config;
use crate::program::{Ground, modules, words};

/// One thing looked at.
struct Finding {
    /// What was looked at.
    what: &'static str,
    /// What is wrong and what to do; none when it is well.
    trouble: Option<String>,
}

/// Looks at everything that can be looked at. Like every command it first brings the schema up to date; it
/// changes nothing else.
///
/// # Errors
/// Never for trouble found; that is told and the exit code is 1.
pub async fn doctor(config: &Config) -> Result<ExitCode> {
    let mut found = vec![
        Finding { what: "cấu hình / settings", trouble: None },
        space("thư mục dữ liệu / data directory", &config.data),
        // Where files stand until they are whole: nobody takes the probe for one of them.
        space("thư mục tệp / directory of files", &config.files_dir().join("new")),
    ];
    found.push(Finding {
        what: "từ ngữ / words",
        trouble: words(&modules())
            .err()
            .map(|error| format!("{error:#}: cài lại chương trình / reinstall the program")),
    });
    match ground(config).await {
        Ok(ground) => found.extend(inside(&ground).await),
        Err(error) => {
            found.push(Finding { what: "cơ sở dữ liệu / database", trouble: Some(format!("{error:#}")) });
        }
    }
    let mut code = ExitCode::SUCCESS;
    for one in found {
        match one.trouble {
            None => println!("tốt / well     {}", one.what),
            Some(trouble) => {
                println!("HỎNG / WRONG   {}: {trouble}", one.what);
                code = ExitCode::FAILURE;
            }
        }
    }
    Ok(code)
}

/// Whether a directory can be written.
fn space(what: &'static str, dir: &Path) -> Finding {
    let probe = dir.join(".doctor");
    let written = std::fs::create_dir_all(dir)
        .and_then(|()| std::fs::write(&probe, [0; 4096]))
        .and_then(|()| std::fs::remove_file(&probe));
    let trouble = written
        .err()
        .map(|error| format!("{}: {error}. Kiểm tra quyền và chỗ trống / check rights and free space", dir.display()));
    Finding { what, trouble }
}

async fn inside(ground: &Ground) -> Vec<Finding> {
    let mut found = vec![Finding { what: "cơ sở dữ liệu / database", trouble: None }];
    let administrators = "SELECT id FROM identity_membership WHERE role = 'administrator' LIMIT 1";
    found.push(match ground.db.read(administrators, params![]).await {
        Ok(rows) if rows.is_empty() => Finding {
            what: "người quản trị / administrator",
            trouble: Some("chưa có. Chạy / none yet. Run: lienthong administrator TÊN".into()),
        },
        Ok(_) => Finding { what: "người quản trị / administrator", trouble: None },
        Err(error) => Finding { what: "người quản trị / administrator", trouble: Some(error.to_string()) },
    });
    let parked = lt_events::parked(&ground.db).await.map(|all| all.len());
    found.push(Finding {
        what: "công việc nền / background work",
        trouble: match parked {
            Ok(0) => None,
            Ok(count) => Some(format!("{count} thay đổi bị gác lại, xem /operate / changes put aside, see /operate")),
            Err(error) => Some(error.to_string()),
        },
    });
    found.push(files(ground).await);
    found
}

/// The hashes of all files that rows of any module point at.
async fn wanted(ground: &Ground) -> Result<BTreeSet<String>> {
    let mut hashes = BTreeSet::new();
    for place in modules().iter().flat_map(|module| module.files) {
        let (table, column) = (place.table, place.column);
        let sql = format!("SELECT DISTINCT {column} AS hash FROM {table} WHERE {column} IS NOT NULL");
        for row in ground.db.scan(&sql, params![]).await? {
            hashes.insert(row.get("hash")?);
        }
    }
    Ok(hashes)
}

/// Whether every stored file is there and is what it was.
async fn files(ground: &Ground) -> Finding {
    let what = "tệp minh chứng, tệp nguồn / evidence and source files";
    let checked = match damaged(&ground.blobs).await {
        Ok(checked) => checked,
        Err(error) => return Finding { what, trouble: Some(format!("{error:#}")) },
    };
    let missing = match wanted(ground).await {
        Ok(hashes) => hashes.iter().filter(|hash| !ground.blobs.has(hash)).count(),
        Err(error) => return Finding { what, trouble: Some(format!("{error:#}")) },
    };
    let bad = checked.damaged.len();
    let trouble = (missing + bad > 0).then(|| {
        format!("{missing} tệp thiếu, {bad} tệp hỏng: khôi phục từ bản sao lưu / missing and damaged: restore a backup")
    });
    Finding { what, trouble }
}
