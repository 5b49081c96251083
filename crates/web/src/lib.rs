//! What every page shares: who looks, in which language, through which route, in which shell.

pub mod access;
pub mod assets;
pub mod chart;
pub mod codes;
pub mod design;
mod download;
pub mod form;
mod html;
pub mod layers;
pub mod openapi;
mod page;
mod problem;
mod shell;
pub mod ui;
mod view;
pub mod viewer;
pub mod words;

use lt_kernel::Lang;

pub use access::{Access, Route, Routes};
pub use download::download;
pub use form::{Faults, Form, Upload, Values};
pub use html::Html;
pub use page::{Crumb, Page};
pub use problem::{Problem, sign_in};
pub use shell::{MenuEntry, Shell};
pub use view::{LANG_COOKIE, View, cookie};
pub use viewer::{Grant, Scope, Viewer};
pub use words::{Talk, Words, WordsFault};

/// The words of this crate, to be loaded with those of the modules under the name `web`.
pub const WORDS: &[(Lang, &str)] =
    &[(Lang::Vi, include_str!("../i18n/vi.ftl")), (Lang::En, include_str!("../i18n/en.ftl"))];
