//! The main part: blocks and tables.

use std::fmt::Write as _;

use crate::docx::letter::{self, justification, twips};
use crate::docx::text::{Links, RunLook};
use crate::fault::PaperFault;
use crate::head::{self, Head};
use crate::model::{Align, Block, Column, Indent, Inline, Paper, Row, Table};

const MM: f32 = 72.0 / 25.4;
/// 1.27 cm in twips.
const INDENT: i64 = 720;

/// The written body with what other parts need from it.
pub(super) struct Body {
    xml: String,
    /// How many numbered lists there are; each counts from 1.
    pub(super) numbered: usize,
    /// Addresses outside, in the order of their relations.
    pub(super) urls: Vec<String>,
}

struct Writer {
    out: String,
    links: Links,
    numbered: usize,
    /// Width of the text, in points.
    width: f32,
}

impl Body {
    pub(super) fn of(paper: &Paper) -> Result<Self, PaperFault> {
        let width = (paper.page.width - paper.page.left - paper.page.right) * MM;
        if width < 50.0 * MM || !width.is_finite() {
            return Err(PaperFault::Page);
        }
        let mut writer = Writer { out: String::new(), links: Links::default(), numbered: 0, width };
        if let Some(columns) = head::top(&paper.head) {
            letter::columns(&mut writer.out, &columns, width);
        }
        letter::lines(&mut writer.out, &head::title(&paper.head, &paper.title), width, Some("Title"));
        if !matches!(paper.head, Head::Plain) || !paper.blocks.is_empty() {
            writer.out.push_str(r#"<w:p><w:pPr><w:pStyle w:val="Letter"/></w:pPr></w:p>"#);
        }
        for block in &paper.blocks {
            writer.block(block)?;
        }
        if let Some(signature) = &paper.signature {
            writer.out.push_str(r#"<w:p><w:pPr><w:pStyle w:val="Letter"/></w:pPr></w:p>"#);
            letter::columns(&mut writer.out, &head::foot(&paper.head, signature), width);
            writer.out.push_str(r#"<w:p><w:pPr><w:pStyle w:val="Letter"/></w:pPr></w:p>"#);
        }
        if !paper.annex.is_empty() {
            writer.block(&Block::PageBreak)?;
        }
        for block in &paper.annex {
            writer.block(block)?;
        }
        writer.links.check()?;
        Ok(Self { xml: writer.out, numbered: writer.numbered, urls: writer.links.urls })
    }

    pub(super) fn document(&self, paper: &Paper) -> String {
        let page = paper.page;
        let mm = |length: f32| twips(length * MM);
        let lying = if page.width > page.height { r#" w:orient="landscape""# } else { "" };
        format!(
            r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>{}<w:sectPr><w:headerReference w:type="default" r:id="rHeader"/><w:pgSz w:w="{}" w:h="{}"{lying}/><w:pgMar w:top="{}" w:right="{}" w:bottom="{}" w:left="{}" w:header="{}" w:footer="567" w:gutter="0"/><w:titlePg/></w:sectPr></w:body></w:document>"#,
            self.xml,
            mm(page.width),
            mm(page.height),
            mm(page.top),
            mm(page.right),
            mm(page.bottom),
            mm(page.left),
            mm(page.top / 2.0),
        )
    }
}

impl Writer {
    fn block(&mut self, block: &Block) -> Result<(), PaperFault> {
        match block {
            Block::Heading { level, text } => {
                let properties = format!(r#"<w:pStyle w:val="Heading{}"/>"#, (*level).clamp(1, 4));
                self.para(&properties, text, RunLook::default())
            }
            Block::Para { text, align, indent } => {
                let indent = match indent {
                    Indent::None => r#"<w:ind w:firstLine="0"/>"#.to_owned(),
                    Indent::FirstLine => String::new(),
                    Indent::Whole => format!(r#"<w:ind w:left="{INDENT}" w:firstLine="0"/>"#),
                };
                let properties = format!(r#"{indent}<w:jc w:val="{}"/>"#, justification(*align));
                self.para(&properties, text, RunLook::default())
            }
            Block::List { ordered, items } => {
                let number = if *ordered {
                    self.numbered += 1;
                    self.numbered + 1
                } else {
                    1
                };
                let properties = format!(
                    r#"<w:pStyle w:val="ListParagraph"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>"#
                );
                items.iter().try_for_each(|item| self.para(&properties, item, RunLook::default()))
            }
            Block::Table(table) => self.table(table),
            Block::PageBreak => {
                self.out.push_str(
                    r#"<w:p><w:pPr><w:pStyle w:val="Letter"/></w:pPr><w:r><w:br w:type="page"/></w:r></w:p>"#,
                );
                Ok(())
            }
            Block::Note(text) => self.para(r#"<w:pStyle w:val="Note"/>"#, text, RunLook::default()),
        }
    }

    fn para(&mut self, properties: &str, text: &[Inline], look: RunLook) -> Result<(), PaperFault> {
        let _ = write!(self.out, "<w:p><w:pPr>{properties}</w:pPr>");
        self.links.inlines(&mut self.out, text, look)?;
        self.out.push_str("</w:p>");
        Ok(())
    }

    fn table(&mut self, table: &Table) -> Result<(), PaperFault> {
        if table.columns.is_empty() {
            return Ok(());
        }
        if !table.caption.is_empty() {
            self.para(r#"<w:pStyle w:val="Caption"/>"#, &table.caption, RunLook::default())?;
        }
        let sum: f32 = table.columns.iter().map(|column| column.weight.max(0.01)).sum();
        let widths: Vec<i64> =
            table.columns.iter().map(|column| twips(self.width * column.weight.max(0.01) / sum)).collect();
        self.out.push_str(r#"<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="5000" w:type="pct"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1"/></w:tblPr><w:tblGrid>"#);
        for width in &widths {
            let _ = write!(self.out, r#"<w:gridCol w:w="{width}"/>"#);
        }
        self.out.push_str("</w:tblGrid>");
        for row in &table.head {
            self.row(table, row, &widths, true)?;
        }
        for row in &table.rows {
            self.row(table, row, &widths, false)?;
        }
        self.out.push_str(r#"</w:tbl><w:p><w:pPr><w:pStyle w:val="Letter"/></w:pPr></w:p>"#);
        Ok(())
    }

    fn row(&mut self, table: &Table, row: &Row, widths: &[i64], head: bool) -> Result<(), PaperFault> {
        let repeat = if head { "<w:tblHeader/>" } else { "" };
        let keep = if head || row.is_heading(widths.len()) { "<w:keepNext/>" } else { "" };
        let _ = write!(self.out, "<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>");
        let mut cells = row.cells.iter();
        let mut at = 0;
        while at < widths.len() {
            let cell = cells.next();
            let span = usize::from(cell.map_or(1, |cell| cell.span.max(1))).min(widths.len() - at);
            let width: i64 = widths.get(at..at + span).unwrap_or_default().iter().sum();
            let usual = if head {
                Align::Center
            } else {
                table.columns.get(at).map_or(Align::Left, |column: &Column| column.align)
            };
            let align = cell.and_then(|cell| cell.align).unwrap_or(usual);
            let _ = write!(self.out, r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>"#);
            if span > 1 {
                let _ = write!(self.out, r#"<w:gridSpan w:val="{span}"/>"#);
            }
            self.out.push_str(r#"<w:vAlign w:val="center"/></w:tcPr>"#);
            let properties = format!(r#"<w:pStyle w:val="TableText"/>{keep}<w:jc w:val="{}"/>"#, justification(align));
            let look = RunLook { bold: head, size: table.size, ..RunLook::default() };
            self.para(&properties, cell.map_or(&[][..], |cell| cell.text.as_slice()), look)?;
            self.out.push_str("</w:tc>");
            at += span;
        }
        self.out.push_str("</w:tr>");
        Ok(())
    }
}
