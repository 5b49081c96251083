//! Targets with evidence: from a resolution's sentence to an evidenced verdict.

pub mod board;
pub mod book;
pub mod file;
pub mod indicators;
pub mod measure;
pub mod observation;
pub mod report;
pub mod resolution;
pub mod rest;
pub mod review;
pub mod scheme;
pub mod target;
pub mod verdict;

use lt_module::{FileColumn, Host, MenuItem, Module, Permission};
use lt_store::Migration;
use lt_web::Routes;

/// The schema, in steps.
pub const MIGRATIONS: &[Migration] = &[
    Migration::both(1, "targets", include_str!("../migrations/0001_targets.sql")),
    Migration::both(2, "sources", include_str!("../migrations/0002_sources.sql")),
    Migration::both(3, "origin", include_str!("../migrations/0003_origin.sql")),
];

/// Where it keeps content hashes of files. The hashes of frozen sets and of reports are of texts in their own rows.
pub const FILES: &[FileColumn] = &[
    FileColumn { table: "targets_evidence", column: "blob" },
    FileColumn { table: "targets_source", column: "sha256" },
];

/// What roles may be allowed.
pub const PERMISSIONS: &[Permission] = &[
    Permission { name: "targets.read", words_key: "targets-permission-read" },
    Permission { name: "targets.define", words_key: "targets-permission-define" },
    Permission { name: "targets.observe", words_key: "targets-permission-observe" },
    Permission { name: "targets.approve", words_key: "targets-permission-approve" },
    Permission { name: "targets.review", words_key: "targets-permission-review" },
    Permission { name: "targets.issue", words_key: "targets-permission-issue" },
];

/// The module.
#[must_use]
pub fn module() -> Module {
    Module {
        name: "targets",
        migrations: MIGRATIONS,
        words: WORDS,
        files: FILES,
        routes: routes(),
        permissions: PERMISSIONS,
        menu: &[MenuItem { words_key: "targets-menu", href: "/targets", permission: Some("targets.read") }],
        jobs: Vec::new(),
        listeners: Vec::new(),
        indicators: Some(indicators::source),
    }
}

/// Its words.
pub const WORDS: &[(lt_kernel::Lang, &str)] = &[
    (lt_kernel::Lang::Vi, include_str!("../i18n/vi.ftl")),
    (lt_kernel::Lang::En, include_str!("../i18n/en.ftl")),
    (lt_kernel::Lang::Vi, include_str!("../i18n/pages.vi.ftl")),
    (lt_kernel::Lang::En, include_str!("../i18n/pages.en.ftl")),
    (lt_kernel::Lang::Vi, include_str!("../i18n/review.vi.ftl")),
    (lt_kernel::Lang::En, include_str!("../i18n/review.en.ftl")),
    (lt_kernel::Lang::Vi, include_str!("../i18n/entry.vi.ftl")),
    (lt_kernel::Lang::En, include_str!("../i18n/entry.en.ftl")),
    (lt_kernel::Lang::Vi, include_str!("../i18n/api.vi.ftl")),
    (lt_kernel::Lang::En, include_str!("../i18n/api.en.ftl")),
];

/// Its routes.
fn routes() -> Routes<Host> {
    board::routes()
        .and(target::web::routes())
        .and(review::routes())
        .and(target::define::routes())
        .and(resolution::define::routes())
        .and(resolution::sentence::routes())
        .and(resolution::transfer::routes())
        .and(resolution::source::routes())
        .and(measure::web::routes())
        .and(scheme::web::routes())
        .and(observation::routes())
        .and(rest::routes())
}
