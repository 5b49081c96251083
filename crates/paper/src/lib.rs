//! Papers and tables: one document model rendered as PDF and DOCX, tables read from CSV and XLSX and written
//! to both.
//!
//! Nothing here knows what a report is about, reads a clock or opens a file: bytes in, bytes out.

pub mod docx;
mod faces;
mod fault;
pub mod head;
mod lines;
pub mod model;
pub mod pdf;
pub mod sheet;

pub use faces::FONT_LICENCE;
pub use fault::PaperFault;
pub use head::{Head, Letterhead, Signature};
pub use model::{Align, Block, Cell, Column, Indent, Inline, PageSize, Paper, Row, Table, Target};

/// The words of this crate, in both languages.
pub const WORDS: &[(lt_kernel::Lang, &str)] =
    &[(lt_kernel::Lang::Vi, include_str!("../i18n/vi.ftl")), (lt_kernel::Lang::En, include_str!("../i18n/en.ftl"))];
