//! The shell: what stands around every page, the same for all requests.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::words::{Words, WordsFault};

/// An entry of the main menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MenuEntry {
    /// Key of its text.
    pub words_key: &'static str,
    /// Where it leads.
    pub href: &'static str,
    /// The permission without which it is not shown; none: shown to everybody.
    pub permission: Option<&'static str>,
}

/// Words, menu and marks shared by all pages. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Shell(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    words: Words,
    menu: Vec<MenuEntry>,
    sample: AtomicBool,
}

impl Shell {
    /// A shell with these words and this menu.
    pub fn new(words: Words, menu: Vec<MenuEntry>) -> Self {
        Self(Arc::new(Parts { words, menu, sample: AtomicBool::new(false) }))
    }

    /// A shell with the words of this crate and the kernel only; for tests and the page of components.
    ///
    /// # Errors
    /// [`WordsFault`] when these words are broken.
    pub fn bare() -> Result<Self, WordsFault> {
        Ok(Self::new(Words::load(&[("kernel", lt_kernel::words::WORDS), ("web", crate::WORDS)])?, Vec::new()))
    }

    /// The words.
    pub fn words(&self) -> &Words {
        &self.0.words
    }

    /// The menu, in the order of the modules.
    pub fn menu(&self) -> &[MenuEntry] {
        &self.0.menu
    }

    /// Whether the installation holds sample data, which every page then says.
    pub fn is_sample(&self) -> bool {
        self.0.sample.load(Ordering::Relaxed)
    }

    /// Says whether the installation holds sample data.
    pub fn mark_sample(&self, sample: bool) {
        self.0.sample.store(sample, Ordering::Relaxed);
    }
}
