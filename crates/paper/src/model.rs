//! The one document model that every renderer reads: what a paper says, never how a page is drawn.

use lt_kernel::{Instant, Lang};

use crate::head::{Head, Signature};

/// A paper: one report, minutes, resolution or list, ready to be rendered.
#[derive(Debug, Clone, PartialEq)]
pub struct Paper {
    /// Title of the file as readers' programs show it, in plain words.
    pub title: String,
    /// Language of the body.
    pub lang: Lang,
    /// Sheet and margins.
    pub page: PageSize,
    /// Issuer, motto, number, place and date, kind and summary.
    pub head: Head,
    /// The body, in reading order.
    pub blocks: Vec<Block>,
    /// Who signs, and who receives a copy.
    pub signature: Option<Signature>,
    /// What follows the signature, from a new page on: the evidence behind the numbers.
    pub annex: Vec<Block>,
    /// The moment written into the file as its creation; the same paper and moment give the same bytes.
    pub created: Instant,
}

/// The sheet, in millimetres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PageSize {
    /// Width of the sheet.
    pub width: f32,
    /// Height of the sheet.
    pub height: f32,
    /// Blank strip above the text; the page number stands in it.
    pub top: f32,
    /// Blank strip below the text.
    pub bottom: f32,
    /// Blank strip on the binding side.
    pub left: f32,
    /// Blank strip on the outer side.
    pub right: f32,
}

impl PageSize {
    /// A4 upright, within the ranges Decree 30/2020/NĐ-CP, Annex I asks for (top and bottom 20–25 mm,
    /// left 30–35 mm, right 15–20 mm); the Party's guidance HD 36-HD/VPTW 2018 asks the same.
    pub const A4: Self = Self { width: 210.0, height: 297.0, top: 20.0, bottom: 20.0, left: 30.0, right: 15.0 };

    /// A4 lying on its side, for wide tables.
    pub const A4_LANDSCAPE: Self =
        Self { width: 297.0, height: 210.0, top: 30.0, bottom: 15.0, left: 20.0, right: 20.0 };
}

impl Default for PageSize {
    fn default() -> Self {
        Self::A4
    }
}

/// One piece of the body.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A heading; level 1 is the highest below the title of the paper, 4 the lowest.
    Heading {
        /// 1 to 4; anything else is drawn as the nearest of them.
        level: u8,
        /// What it says.
        text: Vec<Inline>,
    },
    /// A paragraph.
    Para {
        /// What it says.
        text: Vec<Inline>,
        /// How its lines stand between the margins.
        align: Align,
        /// How it is indented.
        indent: Indent,
    },
    /// A list; one paragraph an item.
    List {
        /// Numbered, or marked with a dash as official papers do.
        ordered: bool,
        /// The items.
        items: Vec<Vec<Inline>>,
    },
    /// A table.
    Table(Table),
    /// What follows starts on a new page.
    PageBreak,
    /// A remark in small print, under the thing it belongs to.
    Note(Vec<Inline>),
}

/// How lines stand between the margins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    /// Even on the left.
    #[default]
    Left,
    /// Even on both sides; the last line on the left.
    Justify,
    /// In the middle.
    Center,
    /// Even on the right.
    Right,
}

/// How a paragraph is indented.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Indent {
    /// Not at all.
    None,
    /// The first line by 1.27 cm, as official papers set their body.
    #[default]
    FirstLine,
    /// Every line by 1.27 cm.
    Whole,
}

/// A table. Heads are repeated on every page the table reaches.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// What the table shows, printed above it.
    pub caption: Vec<Inline>,
    /// The columns, left to right.
    pub columns: Vec<Column>,
    /// Head rows.
    pub head: Vec<Row>,
    /// Body rows.
    pub rows: Vec<Row>,
    /// Size of the type, in points; none for 12.
    pub size: Option<u8>,
}

/// A column of a table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Column {
    /// Share of the width, against the sum of all weights; above zero.
    pub weight: f32,
    /// How body cells stand in it.
    pub align: Align,
}

impl Column {
    /// A column of `weight`, even on the left.
    #[must_use]
    pub const fn new(weight: f32, align: Align) -> Self {
        Self { weight, align }
    }
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Row {
    /// Its cells; missing ones at the end are drawn empty.
    pub cells: Vec<Cell>,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// What it says.
    pub text: Vec<Inline>,
    /// How many columns it covers, at least 1.
    pub span: u16,
    /// Instead of the column's alignment.
    pub align: Option<Align>,
}

impl Cell {
    /// A cell of one column.
    #[must_use]
    pub const fn new(text: Vec<Inline>) -> Self {
        Self { text, span: 1, align: None }
    }

    /// The same over `span` columns.
    #[must_use]
    pub const fn over(mut self, span: u16) -> Self {
        self.span = span;
        self
    }

    /// The same with its own alignment.
    #[must_use]
    pub const fn aligned(mut self, align: Align) -> Self {
        self.align = Some(align);
        self
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::new(vec![Inline::plain(text)])
    }
}

impl Row {
    /// A row of these cells.
    pub fn of(cells: impl IntoIterator<Item = Cell>) -> Self {
        Self { cells: cells.into_iter().collect() }
    }

    /// Whether one cell covers all `columns`: a heading of the rows below it, which must not stand alone at the
    /// foot of a page.
    pub(crate) fn is_heading(&self, columns: usize) -> bool {
        columns > 1 && matches!(self.cells.as_slice(), [only] if usize::from(only.span) >= columns)
    }
}

/// A run of text within a block. A line feed in a text starts a new line.
#[derive(Debug, Clone, PartialEq)]
pub enum Inline {
    /// Words.
    Text {
        /// The words; brought to NFC by the renderers.
        text: String,
        /// Heavy.
        bold: bool,
        /// Slanted.
        italic: bool,
        /// Size in points, if not the block's.
        size: Option<u8>,
    },
    /// Words that lead somewhere.
    Link {
        /// The words.
        text: String,
        /// Where to.
        to: Target,
        /// Heavy.
        bold: bool,
    },
    /// A place in this paper that links can lead to.
    Anchor(String),
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Target {
    /// To the [`Inline::Anchor`] of this name in the same paper.
    Anchor(String),
    /// To an address outside, `https://…` or `mailto:…`.
    Url(String),
}

impl Inline {
    /// Plain words.
    pub fn plain(text: impl Into<String>) -> Self {
        Self::Text { text: text.into(), bold: false, italic: false, size: None }
    }

    /// Heavy words.
    pub fn bold(text: impl Into<String>) -> Self {
        Self::Text { text: text.into(), bold: true, italic: false, size: None }
    }

    /// Slanted words.
    pub fn italic(text: impl Into<String>) -> Self {
        Self::Text { text: text.into(), bold: false, italic: true, size: None }
    }

    /// Words leading to the anchor `name` of the same paper.
    pub fn to_anchor(text: impl Into<String>, name: impl Into<String>) -> Self {
        Self::Link { text: text.into(), to: Target::Anchor(name.into()), bold: false }
    }

    /// Words leading to an address.
    pub fn to_url(text: impl Into<String>, url: impl Into<String>) -> Self {
        Self::Link { text: text.into(), to: Target::Url(url.into()), bold: false }
    }

    /// The words alone.
    pub(crate) fn words(&self) -> &str {
        match self {
            Self::Text { text, .. } | Self::Link { text, .. } => text,
            Self::Anchor(_) => "",
        }
    }
}

/// The words of several runs, joined.
pub(crate) fn plain_words(text: &[Inline]) -> String {
    text.iter().map(Inline::words).collect()
}

impl Block {
    /// A heading.
    pub fn heading(level: u8, text: impl Into<String>) -> Self {
        Self::Heading { level, text: vec![Inline::plain(text)] }
    }

    /// A body paragraph: justified, first line indented.
    #[must_use]
    pub const fn para(text: Vec<Inline>) -> Self {
        Self::Para { text, align: Align::Justify, indent: Indent::FirstLine }
    }

    /// A body paragraph of plain words.
    pub fn text(text: impl Into<String>) -> Self {
        Self::para(vec![Inline::plain(text)])
    }
}
