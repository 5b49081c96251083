//! Head and foot as tables without borders, and the title under the head.

use std::fmt::Write as _;

use crate::docx::text::{RunLook, run};
use crate::faces::Faces;
use crate::head::{Columns, Line};
use crate::lines::{Look, break_lines};
use crate::model::{Align, Inline};

/// Twentieths of a point, the unit of `WordprocessingML`.
pub(super) fn twips(points: f32) -> i64 {
    let rounded = (points * 20.0).round();
    #[expect(clippy::cast_possible_truncation, reason = "pages are at most 2 m: 113,386 twips")]
    let whole = rounded as i64;
    whole
}

pub(super) const fn justification(align: Align) -> &'static str {
    match align {
        Align::Left => "left",
        Align::Justify => "both",
        Align::Center => "center",
        Align::Right => "right",
    }
}

/// Two columns over `width` points.
pub(super) fn columns(out: &mut String, columns: &Columns, width: f32) {
    let left = width * columns.share;
    let sides = [(&columns.left, left), (&columns.right, width - left)];
    out.push_str(r#"<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblLayout w:type="fixed"/>"#);
    out.push_str(r#"<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>"#);
    for (_, width) in sides {
        let _ = write!(out, r#"<w:gridCol w:w="{}"/>"#, twips(width));
    }
    out.push_str("</w:tblGrid><w:tr><w:trPr><w:cantSplit/></w:trPr>");
    for (lines, width) in sides {
        let _ = write!(out, r#"<w:tc><w:tcPr><w:tcW w:w="{}" w:type="dxa"/></w:tcPr>"#, twips(width));
        self::lines(out, lines, width, None);
        if lines.is_empty() {
            out.push_str("<w:p/>");
        }
        out.push_str("</w:tc>");
    }
    out.push_str("</w:tr></w:tbl>");
}

/// Paragraphs of a head, foot or title, with their rules, in a box of `width` points.
pub(super) fn lines(out: &mut String, lines: &[Line], width: f32, style: Option<&str>) {
    for line in lines {
        let style = style.map_or_else(|| "Letter".to_owned(), ToOwned::to_owned);
        let _ = write!(
            out,
            r#"<w:p><w:pPr><w:pStyle w:val="{style}"/><w:spacing w:before="{}" w:after="0"/><w:ind w:firstLine="0"/><w:jc w:val="{}"/></w:pPr>"#,
            twips(line.above),
            justification(line.align),
        );
        run(out, &line.text, RunLook { bold: line.bold, italic: line.italic, size: Some(line.size), link: false });
        out.push_str("</w:p>");
        if let Some(share) = line.rule {
            rule(out, line, width, share);
        }
    }
}

/// A rule is the upper border of a paragraph 2 points high, indented to the length asked for.
fn rule(out: &mut String, line: &Line, width: f32, share: f32) {
    let look = Look { size: f32::from(line.size), bold: line.bold, italic: line.italic };
    let broken = break_lines(&mut Faces::default(), &[Inline::plain(line.text.as_str())], look, width, 0.0);
    let long = broken.last().map_or(0.0, |last| last.width) * share;
    let side = twips((width - long) / 2.0).max(0);
    let _ = write!(
        out,
        r#"<w:p><w:pPr><w:pStyle w:val="Letter"/><w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr><w:spacing w:before="50" w:after="0" w:line="60" w:lineRule="exact"/><w:ind w:left="{side}" w:right="{side}" w:firstLine="0"/></w:pPr></w:p>"#
    );
}
