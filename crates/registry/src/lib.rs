//! Organisations through time: names, parents, codes, territories, and who follows whom.
//!
//! See `docs/model/registry.md`. Everything reads a [`Directory`]; whatever changes it goes through a [`Draft`].

pub mod directory;
mod handle;
pub mod import;
pub mod levels;
pub mod orgs;
pub mod seed;
pub mod store;
pub mod timeline;

pub use directory::{
    Addressed, Addressee, Directory, Draft, Edit, NewCode, NewOrg, NotTaken, Part, Receiver, Step, Successors, Taker,
};
pub use handle::{ChangeError, Registry};
pub use orgs::contact::Contact;
pub use orgs::model::{Code, CodeStatus, Kind, Org, Share, Succession, Territory};
pub use orgs::refused::Refused;
pub use seed::{seed, seed_if_new, shipped_id};
pub use timeline::{Act, Basis, Spanned, Timeline};

use lt_kernel::Lang;
use lt_module::{MenuItem, Module, Permission};
use lt_store::Migration;

/// The schema, in steps.
pub const MIGRATIONS: &[Migration] = &[
    Migration::both(1, "registry", include_str!("../migrations/0001_registry.sql")),
    Migration::both(2, "contact", include_str!("../migrations/0002_contact.sql")),
];

/// The words, per language.
pub const WORDS: &[(Lang, &str)] =
    &[(Lang::Vi, include_str!("../i18n/vi.ftl")), (Lang::En, include_str!("../i18n/en.ftl"))];

/// The module. Its pages need a [`Registry`] among the host's parts.
#[must_use]
pub fn module() -> Module {
    Module {
        name: "registry",
        migrations: MIGRATIONS,
        words: WORDS,
        files: &[],
        routes: orgs::web::routes(),
        permissions: &[
            Permission { name: "registry.read", words_key: "registry-permission-read" },
            Permission { name: "registry.manage", words_key: "registry-permission-manage" },
        ],
        menu: &[MenuItem { words_key: "registry-menu", href: "/organisations", permission: Some("registry.read") }],
        jobs: Vec::new(),
        listeners: Vec::new(),
        indicators: None,
    }
}
