//! Organisations through time: names, parents, codes, territories, and who follows whom.
//!
//! See `docs/model/registry.md`. Everything reads a [`Directory`]; whatever changes it goes through a [`Draft`].

pub mod directory;
mod handle;
pub mod import;
pub mod orgs;
pub mod seed;
pub mod store;
pub mod timeline;

pub use directory::{Directory, Draft, Edit, NewCode, NewOrg, Part, Receiver, Step, Successors};
pub use handle::{ChangeError, Registry};
pub use orgs::model::{Code, CodeStatus, Kind, Org, Share, Succession, Territory};
pub use orgs::refused::Refused;
pub use seed::{seed, seed_if_new, shipped_id};
pub use timeline::{Act, Basis, Spanned, Timeline};

use lt_store::Migration;

/// The schema, in steps.
pub const MIGRATIONS: &[Migration] = &[Migration::both(1, "registry", include_str!("../migrations/0001_registry.sql"))];
