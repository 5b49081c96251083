//! The paper as a PDF: tagged (PDF/UA-1), for keeping (PDF/A-2a), with outline and links.

mod blocks;
mod draw;
mod flow;
mod table;
mod tree;

pub(crate) use draw::language;

use crate::fault::PaperFault;
use crate::model::Paper;

/// A finished PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// Letters no face has; each was drawn as an empty box. Tell the reader where this is not empty.
    pub missing: Vec<char>,
}

/// Renders `paper`. The same paper gives the same bytes.
///
/// # Errors
/// [`PaperFault::NoAnchor`] when a link leads nowhere, [`PaperFault::TwoAnchors`] when one name stands at two
/// places, [`PaperFault::Page`] when the margins leave no room, [`PaperFault::Writer`] when the file would not
/// conform to PDF/A-2a and PDF/UA-1.
pub fn render(paper: &Paper) -> Result<Pdf, PaperFault> {
    let page = paper.page;
    let (wide, high) = (page.width - page.left - page.right, page.height - page.top - page.bottom);
    if !(wide >= 50.0 && high >= 50.0 && page.width <= 2000.0 && page.height <= 2000.0) {
        return Err(PaperFault::Page);
    }
    let mut flow = flow::Flow::new(page);
    blocks::lay_out(&mut flow, paper);
    if let Some(fault) = flow.fault.take() {
        return Err(fault);
    }
    draw::draw(flow, paper)
}
