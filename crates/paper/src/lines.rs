//! Breaking runs of text into lines, and placing the glyphs of a line.
//!
//! Vietnamese is written in syllables with spaces between, so a line may end at any space and nowhere else.
//! Only a word wider than the whole line (a hash, an address) is cut, between letters.

use std::rc::Rc;

use krilla::text::KrillaGlyph;
use unicode_normalization::UnicodeNormalization;

use crate::faces::{Faces, Glyph, Shaped, Style};
use crate::model::{Align, Inline};

/// A shaped stretch of one look. Widths are in points.
#[derive(Debug, Clone)]
pub(crate) struct Run {
    shaped: Rc<Shaped>,
    style: Style,
    size: f32,
    /// Index of the [`Inline::Link`] it belongs to.
    link: Option<usize>,
}

impl Run {
    fn width(&self) -> f32 {
        self.shaped.width * self.size
    }
}

enum Token {
    /// Runs without a space between them, and the anchors standing before them.
    Word {
        runs: Vec<Run>,
        width: f32,
        anchors: Vec<String>,
    },
    Space(Run),
    Break,
}

/// One line, not yet placed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Line {
    parts: Vec<(Run, bool)>,
    /// Width of the words and the spaces between them, in points; never more than the line's limit.
    pub(crate) width: f32,
    spaces: u16,
    /// Whether the paragraph, or a forced line, ends here: such a line is not stretched.
    ends: bool,
    /// Names of the anchors on it.
    pub(crate) anchors: Vec<String>,
}

/// Glyphs of one look on one line.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    /// From the left end of the line's box, in points.
    pub(crate) x: f32,
    /// Without the blank at the end of the line.
    pub(crate) width: f32,
    pub(crate) style: Style,
    pub(crate) size: f32,
    pub(crate) text: String,
    pub(crate) glyphs: Vec<KrillaGlyph>,
    pub(crate) link: Option<usize>,
}

/// The look of a block's text where a run does not say otherwise.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Look {
    pub(crate) size: f32,
    pub(crate) bold: bool,
    pub(crate) italic: bool,
}

/// A run before shaping.
struct Source<'a> {
    text: &'a str,
    style: Style,
    size: f32,
    link: Option<usize>,
}

fn source(inline: &Inline, index: usize, look: Look) -> Option<Source<'_>> {
    match inline {
        Inline::Text { text, bold, italic, size } => Some(Source {
            text,
            style: Style { bold: *bold || look.bold, italic: *italic || look.italic },
            size: size.map_or(look.size, f32::from),
            link: None,
        }),
        Inline::Link { text, bold, .. } => Some(Source {
            text,
            style: Style { bold: *bold || look.bold, italic: look.italic },
            size: look.size,
            link: Some(index),
        }),
        Inline::Anchor(_) => None,
    }
}

struct Tokens {
    done: Vec<Token>,
    word: Vec<Run>,
    anchors: Vec<String>,
}

impl Tokens {
    fn close_word(&mut self) {
        if self.word.is_empty() {
            return;
        }
        let runs = std::mem::take(&mut self.word);
        let width = runs.iter().map(Run::width).sum();
        self.done.push(Token::Word { runs, width, anchors: std::mem::take(&mut self.anchors) });
    }
}

fn tokens(faces: &mut Faces, text: &[Inline], look: Look) -> Tokens {
    let mut out = Tokens { done: Vec::new(), word: Vec::new(), anchors: Vec::new() };
    for (index, inline) in text.iter().enumerate() {
        if let Inline::Anchor(name) = inline {
            out.anchors.push(name.clone());
        }
        let Some(from) = source(inline, index, look) else { continue };
        let composed: String = from.text.nfc().collect();
        let mut run = |word: &str| Run {
            shaped: faces.shape(word, from.style),
            style: from.style,
            size: from.size,
            link: from.link,
        };
        for stretch in composed.split_inclusive([' ', '\n', '\t', '\r']) {
            let word = stretch.trim_end_matches([' ', '\n', '\t', '\r']);
            let printable: String = word.chars().filter(|letter| !letter.is_control()).collect();
            if !printable.is_empty() {
                out.word.push(run(&printable));
            }
            if stretch.ends_with([' ', '\t', '\n']) {
                out.close_word();
                if matches!(out.done.last(), Some(Token::Word { .. })) {
                    let blank = run(" ");
                    out.done.push(Token::Space(blank));
                }
            }
            if stretch.ends_with('\n') {
                out.done.push(Token::Break);
            }
        }
    }
    out.close_word();
    out
}

/// Breaks `text` into lines at most `width` points wide, the first one `first` points narrower.
/// There is always at least one line.
pub(crate) fn break_lines(faces: &mut Faces, text: &[Inline], look: Look, width: f32, first: f32) -> Vec<Line> {
    let tokens = tokens(faces, text, look);
    let mut breaker = Breaker { lines: Vec::new(), line: Line::default(), space: None, width, first };
    for token in tokens.done {
        match token {
            Token::Word { runs, width, anchors } => breaker.word(runs, width, anchors),
            Token::Space(run) => breaker.space = Some(run),
            Token::Break => breaker.end_line(true),
        }
    }
    breaker.line.anchors.extend(tokens.anchors);
    let nothing = breaker.line.parts.is_empty() && breaker.line.anchors.is_empty();
    if !nothing || breaker.lines.is_empty() {
        breaker.end_line(true);
    }
    breaker.lines
}

struct Breaker {
    lines: Vec<Line>,
    line: Line,
    space: Option<Run>,
    width: f32,
    first: f32,
}

impl Breaker {
    fn limit(&self) -> f32 {
        if self.lines.is_empty() { self.width - self.first } else { self.width }
    }

    fn word(&mut self, runs: Vec<Run>, width: f32, anchors: Vec<String>) {
        let blank = self.space.as_ref().map_or(0.0, Run::width);
        if !self.line.parts.is_empty() && self.line.width + blank + width > self.limit() {
            self.end_line(false);
        }
        self.line.anchors.extend(anchors);
        if let Some(space) = self.space.take().filter(|_| !self.line.parts.is_empty()) {
            self.line.width += space.width();
            self.line.spaces = self.line.spaces.saturating_add(1);
            self.line.parts.push((space, true));
        }
        if self.line.width + width <= self.limit() {
            self.line.width += width;
            self.line.parts.extend(runs.into_iter().map(|run| (run, false)));
        } else {
            for run in &runs {
                self.cut(run);
            }
        }
    }

    /// Sets a run letter by letter, ending lines where they are full.
    fn cut(&mut self, run: &Run) {
        let mut from = 0;
        for (index, glyph) in run.shaped.glyphs.iter().enumerate() {
            let starts = index == 0 || run.shaped.glyphs.get(index - 1).is_some_and(|before| before.from != glyph.from);
            let advance = glyph.advance * run.size;
            if starts && self.line.width + advance > self.limit() && (index > from || !self.line.parts.is_empty()) {
                self.push_part(run, from, index);
                from = index;
                self.end_line(false);
            }
            self.line.width += advance;
        }
        self.push_part(run, from, run.shaped.glyphs.len());
    }

    fn push_part(&mut self, run: &Run, from: usize, to: usize) {
        let glyphs = run.shaped.glyphs.get(from..to).unwrap_or_default();
        let (Some(head), Some(tail)) = (glyphs.first(), glyphs.last()) else { return };
        let text = run.shaped.text.get(head.from..tail.to).unwrap_or_default().to_owned();
        let moved = |glyph: &Glyph| Glyph { from: glyph.from - head.from, to: glyph.to - head.from, ..*glyph };
        let glyphs: Vec<Glyph> = glyphs.iter().map(moved).collect();
        let width = glyphs.iter().map(|glyph| glyph.advance).sum();
        let part = Run { shaped: Rc::new(Shaped { text, glyphs, width }), ..run.clone() };
        self.line.parts.push((part, false));
    }

    /// Ends the line; a blank at its end stays in it, so that copied text keeps its words apart.
    fn end_line(&mut self, ends: bool) {
        let mut line = std::mem::take(&mut self.line);
        line.ends = ends;
        if let Some(space) = self.space.take().filter(|_| !line.parts.is_empty()) {
            line.parts.push((space, true));
        }
        self.lines.push(line);
    }
}

impl Line {
    /// Height of the tallest type on the line, in points; `least` for an empty one.
    pub(crate) fn size(&self, least: f32) -> f32 {
        self.parts.iter().map(|(run, _)| run.size).fold(least, f32::max)
    }

    /// Places the glyphs in a box `width` points wide.
    pub(crate) fn place(&self, width: f32, align: Align) -> Vec<Piece> {
        let free = (width - self.width).max(0.0);
        let (mut x, stretch) = match align {
            Align::Left => (0.0, 0.0),
            Align::Center => (free / 2.0, 0.0),
            Align::Right => (free, 0.0),
            Align::Justify if self.ends || self.spaces == 0 => (0.0, 0.0),
            Align::Justify => (0.0, free / f32::from(self.spaces)),
        };
        let mut pieces: Vec<Piece> = Vec::new();
        let last = self.parts.len().saturating_sub(1);
        for (index, (run, blank)) in self.parts.iter().enumerate() {
            let trailing = *blank && index == last;
            let extra = if *blank && !trailing { stretch } else { 0.0 };
            let same = |piece: &Piece| {
                piece.style == run.style && piece.size.to_bits() == run.size.to_bits() && piece.link == run.link
            };
            if !pieces.last().is_some_and(same) {
                pieces.push(Piece {
                    x,
                    width: 0.0,
                    style: run.style,
                    size: run.size,
                    text: String::new(),
                    glyphs: Vec::new(),
                    link: run.link,
                });
            }
            if let Some(piece) = pieces.last_mut() {
                piece.add(&run.shaped, extra / run.size);
                let advance = run.width() + extra;
                piece.width += if trailing { 0.0 } else { advance };
                x += advance;
            }
        }
        pieces
    }

    /// The words on the line.
    #[cfg(test)]
    fn text(&self) -> String {
        self.parts.iter().map(|(run, _)| run.shaped.text.as_str()).collect()
    }
}

impl Piece {
    /// Appends a shaped stretch whose last glyph is widened by `extra` ems.
    fn add(&mut self, shaped: &Shaped, extra: f32) {
        let at = self.text.len();
        self.text.push_str(&shaped.text);
        for glyph in &shaped.glyphs {
            self.glyphs.push(KrillaGlyph::new(
                glyph.id,
                glyph.advance + extra,
                glyph.dx,
                glyph.dy,
                0.0,
                at + glyph.from..at + glyph.to,
                None,
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LOOK: Look = Look { size: 14.0, bold: false, italic: false };

    fn squeezed(text: &str) -> String {
        text.nfc().filter(|letter| !letter.is_whitespace()).collect()
    }

    fn mixed(words: &[(String, u8)]) -> Vec<Inline> {
        words
            .iter()
            .map(|(word, kind)| match kind % 4 {
                0 => Inline::plain(format!("{word} ")),
                1 => Inline::bold(word.clone()),
                2 => Inline::to_url(format!(" {word}"), "https://example.vn"),
                _ => Inline::italic(format!("{word} và ")),
            })
            .collect()
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_its_box_and_no_letter_is_lost(
            words in prop::collection::vec(("[a-zàáảãạăằẳẵắặâđêếệôốộơởợuưứựỵ0-9,.%]{1,40}", 0u8..4), 1..60),
            width in 60.0f32..500.0,
            first in 0.0f32..40.0,
        ) {
            let text = mixed(&words);
            let lines = break_lines(&mut Faces::default(), &text, LOOK, width, first);
            for (index, line) in lines.iter().enumerate() {
                let limit = if index == 0 { width - first } else { width };
                prop_assert!(line.width <= limit + 0.01, "{} > {limit}: {}", line.width, line.text());
                for align in [Align::Left, Align::Justify, Align::Center, Align::Right] {
                    for piece in line.place(limit, align) {
                        prop_assert!(piece.x >= -0.01 && piece.x + piece.width <= limit + 0.05, "{piece:?}");
                        let covered: usize = piece.glyphs.iter().map(|glyph| glyph.text_range.len()).sum();
                        prop_assert_eq!(covered, piece.text.len());
                    }
                }
            }
            let out: String = lines.iter().map(Line::text).collect();
            let given: String = text.iter().map(Inline::words).collect();
            prop_assert_eq!(squeezed(&out), squeezed(&given));
        }
    }

    #[test]
    fn a_justified_line_reaches_both_ends_and_the_last_does_not() {
        let text =
            [Inline::plain("Chi bộ lãnh đạo đơn vị hoàn thành nhiệm vụ chính trị được giao trong kỳ báo cáo này")];
        let lines = break_lines(&mut Faces::default(), &text, LOOK, 300.0, 0.0);
        assert!(lines.len() > 1);
        let end = |line: &Line| line.place(300.0, Align::Justify).last().map_or(0.0, |piece| piece.x + piece.width);
        assert!((end(&lines[0]) - 300.0).abs() < 0.05, "{}", end(&lines[0]));
        assert!(end(lines.last().unwrap()) < 299.0);
    }

    #[test]
    fn an_unbreakable_blank_and_a_forced_line() {
        let text = [Inline::plain("12\u{a0}000\u{a0}đồng\nhai")];
        let lines = break_lines(&mut Faces::default(), &text, LOOK, 30.0, 0.0);
        assert!(lines.len() > 2, "the first word is cut, never broken at its blank alone");
        assert_eq!(lines.last().unwrap().text(), "hai");
        assert!(lines[lines.len() - 2].text().ends_with(' '), "a forced line keeps its words apart too");
    }

    #[test]
    fn decomposed_letters_are_composed() {
        let lines =
            break_lines(&mut Faces::default(), &[Inline::plain("Ngu\u{79}\u{65}\u{302}\u{303}n")], LOOK, 300.0, 0.0);
        assert_eq!(lines[0].text(), "Nguyễn");
    }
}
