//! What can be wrong with a file that should hold a table.

use lt_kernel::Said;

use crate::sheet::At;

/// Why a file was refused. Nothing of it may be used then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SheetFault {
    /// The file has more bytes than allowed.
    #[error("more than {limit} bytes")]
    TooLarge {
        /// Bytes allowed.
        limit: u64,
    },
    /// More rows than allowed.
    #[error("more than {limit} rows")]
    TooManyRows {
        /// Rows allowed.
        limit: u32,
    },
    /// A cell stands further right than allowed.
    #[error("cell {at} lies beyond column {limit}")]
    TooWide {
        /// The cell.
        at: At,
        /// Columns allowed.
        limit: u16,
    },
    /// A cell holds more text than allowed; often a quotation mark that is never closed.
    #[error("cell {at} holds more than {limit} bytes")]
    CellTooLong {
        /// The cell.
        at: At,
        /// Bytes allowed.
        limit: usize,
    },
    /// A quotation mark is opened here and never closed; the rest of the file stands inside the cell.
    #[error("the quotation mark in cell {at} is never closed")]
    OpenQuote {
        /// The cell.
        at: At,
    },
    /// Nothing in it.
    #[error("the file holds no row")]
    Empty,
    /// Neither CSV nor XLSX.
    #[error("neither CSV nor XLSX")]
    NotASheet,
    /// The binary format of before 2007, or a workbook locked by a password: both look the same from outside.
    #[error("an XLS file of before 2007, or one locked by a password")]
    OldOrLocked,
    /// The archive unpacks to far more than its size allows; it is not opened any further.
    #[error("part {entry:?} unpacks beyond all measure")]
    Bomb {
        /// Name of the part.
        entry: String,
    },
    /// The archive or the tables in it cannot be read.
    #[error("damaged: {detail}")]
    Damaged {
        /// What the reader said.
        detail: String,
    },
    /// The text is not UTF-8.
    #[error("line {line}: byte {byte} of the file is not UTF-8")]
    NotUtf8 {
        /// Line of the file, from 1.
        line: u64,
        /// Byte of the file, from 1.
        byte: u64,
    },
    /// The text begins as UTF-16 and does not go on so.
    #[error("line {line}: not UTF-16")]
    NotUtf16 {
        /// Line of the file, from 1.
        line: u64,
    },
    /// The workbook has no sheet of this name.
    #[error("no sheet named {name:?}")]
    NoSheet {
        /// The name asked for.
        name: String,
    },
    /// Every sheet of the workbook is hidden.
    #[error("every sheet is hidden")]
    AllHidden,
    /// The source failed while being read.
    #[error("reading failed: {detail}")]
    Unreadable {
        /// What the system said.
        detail: String,
    },
}

impl SheetFault {
    /// The fault in the reader's language.
    pub fn said(&self) -> Said {
        match self {
            Self::TooLarge { limit } => Said::new("paper-sheet-too-large").with("limit", megabytes(*limit)),
            Self::TooManyRows { limit } => Said::new("paper-sheet-too-many-rows").with("limit", limit),
            Self::TooWide { at, limit } => Said::new("paper-sheet-too-wide").with("cell", at).with("limit", limit),
            Self::CellTooLong { at, limit } => {
                Said::new("paper-sheet-cell-too-long").with("cell", at).with("row", at.row).with("limit", limit)
            }
            Self::OpenQuote { at } => Said::new("paper-sheet-open-quote").with("cell", at).with("row", at.row),
            Self::Empty => Said::new("paper-sheet-empty"),
            Self::NotASheet => Said::new("paper-sheet-not-a-sheet"),
            Self::OldOrLocked => Said::new("paper-sheet-old-or-locked"),
            Self::Bomb { entry } => Said::new("paper-sheet-bomb").with("entry", entry),
            Self::Damaged { detail } => Said::new("paper-sheet-damaged").with("detail", detail),
            Self::NotUtf8 { line, byte } => Said::new("paper-sheet-not-utf8").with("line", line).with("byte", byte),
            Self::NotUtf16 { line } => Said::new("paper-sheet-not-utf16").with("line", line),
            Self::NoSheet { name } => Said::new("paper-sheet-no-sheet").with("name", name),
            Self::AllHidden => Said::new("paper-sheet-all-hidden"),
            Self::Unreadable { detail } => Said::new("paper-sheet-unreadable").with("detail", detail),
        }
    }
}

/// Bytes in words: whole megabytes where they are whole.
fn megabytes(bytes: u64) -> String {
    const MB: u64 = 1024 * 1024;
    if bytes >= MB && bytes.is_multiple_of(MB) { format!("{} MB", bytes / MB) } else { format!("{bytes} byte") }
}

/// Something in a cell that must not be used silently. An import refuses it and names the place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hazard {
    /// Where.
    pub at: At,
    /// What.
    pub kind: HazardKind,
}

/// What can be treacherous about a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HazardKind {
    /// Its value was computed; the file may carry a stale result.
    Formula,
    /// It is one of several merged into one.
    Merged,
    /// It holds an error value such as `#DIV/0!`.
    Error,
    /// Its row is hidden or filtered away.
    HiddenRow,
    /// Its column is hidden.
    HiddenColumn,
}

impl Hazard {
    /// The hazard in the reader's language, with the place.
    pub fn said(&self) -> Said {
        let key = match self.kind {
            HazardKind::Formula => "paper-sheet-formula",
            HazardKind::Merged => "paper-sheet-merged",
            HazardKind::Error => "paper-sheet-error-value",
            HazardKind::HiddenRow => "paper-sheet-hidden-row",
            HazardKind::HiddenColumn => "paper-sheet-hidden-column",
        };
        Said::new(key).with("cell", self.at).with("row", self.at.row).with("column", self.at.column_name())
    }
}
