#![doc = include_str!("../README.md")]

pub mod accounts;
pub mod error;
pub mod memberships;
pub mod oidc;
pub mod orgs;
pub mod password;
pub mod people;
pub mod roles;
mod sample;
pub mod second_factor;
pub mod secret;
mod service;
pub mod sessions;
pub mod sights;
pub mod sign_in;
pub mod tokens;

use lt_kernel::Lang;
use lt_module::{Host, Job, MenuItem, Module, Permission, Work};
use lt_store::{Migration, Unit};
use lt_web::Routes;

pub use accounts::verbs::NewAccount;
pub use error::IdentityError;
pub use sample::{SampleAccount, Unshown, bootstrap_sample, create_administrator, renew_sample, sample_shown};
pub use service::{Config, Identity, login_key};
pub use sign_in::layer::{Who, layer};

/// The schema, in steps.
pub const MIGRATIONS: &[Migration] = &[
    Migration::both(1, "identity", include_str!("../migrations/0001_identity.sql")),
    Migration::both(2, "lane", include_str!("../migrations/0002_lane.sql")),
    Migration::both(3, "sample_shown", include_str!("../migrations/0003_sample_shown.sql")),
    Migration::both(4, "sight", include_str!("../migrations/0004_sight.sql")),
];

/// The words.
pub const WORDS: &[(Lang, &str)] =
    &[(Lang::Vi, include_str!("../i18n/vi.ftl")), (Lang::En, include_str!("../i18n/en.ftl"))];

/// The module: what the program needs to know to run it.
#[must_use]
pub fn module() -> Module {
    Module {
        name: "identity",
        migrations: MIGRATIONS,
        words: WORDS,
        files: &[],
        routes: routes(),
        permissions: &[
            Permission { name: memberships::model::MANAGE, words_key: "identity-may-identity-manage" },
            Permission { name: memberships::model::READ, words_key: "identity-may-identity-read" },
        ],
        menu: &[MenuItem {
            words_key: "identity-people-title",
            href: "/people",
            permission: Some(memberships::model::READ),
        }],
        jobs: vec![Job { name: "identity.sweep", every_seconds: 3600, run: sweep }],
        listeners: Vec::new(),
        indicators: None,
    }
}

fn routes() -> Routes<Host> {
    sign_in::web::routes()
        .and(oidc::web::routes())
        .and(accounts::web::routes())
        .and(accounts::manage::routes())
        .and(second_factor::web::routes())
        .and(tokens::web::routes())
        .and(people::web::routes())
        .and(people::edit::routes())
        .and(memberships::web::routes())
        .and(roles::web::routes())
}

/// Removes sessions that are long over.
fn sweep(host: Host) -> Work {
    Box::pin(async move {
        let mut unit = Unit::new();
        sessions::store::sweep(&mut unit, host.clock.now());
        host.db.commit(unit).await?;
        Ok(())
    })
}
