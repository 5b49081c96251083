//! What can be wrong with a paper.

use lt_kernel::Said;

/// Why a paper could not be rendered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PaperFault {
    /// A link leads to an anchor the paper does not have.
    #[error("no anchor named {name:?}")]
    NoAnchor {
        /// The name looked for.
        name: String,
    },
    /// One anchor name stands at two places.
    #[error("two anchors named {name:?}")]
    TwoAnchors {
        /// The name.
        name: String,
    },
    /// The sheet is smaller than 50 mm inside its margins, or larger than 2 m.
    #[error("the margins leave no room on the page")]
    Page,
    /// The writer refused the file; a defect of this crate, not of the caller's data.
    #[error("the file could not be written: {detail}")]
    Writer {
        /// What the writer said.
        detail: String,
    },
}

impl PaperFault {
    /// The fault in the reader's language.
    pub fn said(&self) -> Said {
        match self {
            Self::NoAnchor { name } => Said::new("paper-render-no-anchor").with("name", name),
            Self::TwoAnchors { name } => Said::new("paper-render-two-anchors").with("name", name),
            Self::Page => Said::new("paper-render-page"),
            Self::Writer { detail } => Said::new("paper-render-writer").with("detail", detail),
        }
    }
}
