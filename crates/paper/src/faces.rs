//! The four faces papers are set in, and the shaping of words with them.
//!
//! Liberation Serif 2.1.5 has the metrics of Times New Roman, which both official layouts ask for,
//! and every Vietnamese letter (tested below).

use std::collections::HashMap;
use std::rc::Rc;

use krilla::text::{Font, GlyphId};

/// One of the four faces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) struct Style {
    pub(crate) bold: bool,
    pub(crate) italic: bool,
}

static REGULAR: &[u8] = include_bytes!("../assets/fonts/LiberationSerif-Regular.ttf");
static BOLD: &[u8] = include_bytes!("../assets/fonts/LiberationSerif-Bold.ttf");
static ITALIC: &[u8] = include_bytes!("../assets/fonts/LiberationSerif-Italic.ttf");
static BOLD_ITALIC: &[u8] = include_bytes!("../assets/fonts/LiberationSerif-BoldItalic.ttf");

/// The licence of the faces, to be shown wherever the program lists what it carries.
pub const FONT_LICENCE: &str = include_str!("../assets/fonts/OFL.txt");

impl Style {
    fn bytes(self) -> &'static [u8] {
        match (self.bold, self.italic) {
            (false, false) => REGULAR,
            (true, false) => BOLD,
            (false, true) => ITALIC,
            (true, true) => BOLD_ITALIC,
        }
    }
}

/// A glyph, measured in ems.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Glyph {
    pub(crate) id: GlyphId,
    pub(crate) advance: f32,
    pub(crate) dx: f32,
    pub(crate) dy: f32,
    /// Byte offsets of its letters in the word.
    pub(crate) from: usize,
    pub(crate) to: usize,
}

/// A word that has been shaped; its width is in ems.
#[derive(Debug, PartialEq)]
pub(crate) struct Shaped {
    /// The letters as they are drawn.
    pub(crate) text: String,
    pub(crate) glyphs: Vec<Glyph>,
    pub(crate) width: f32,
}

struct Face {
    shaper: rustybuzz::Face<'static>,
    font: Font,
    words: HashMap<String, Rc<Shaped>>,
}

/// The faces with what they have shaped so far. Vietnamese has few distinct syllables, so most words
/// of a report are found here instead of being shaped again.
#[derive(Default)]
pub(crate) struct Faces {
    open: HashMap<Style, Face>,
    /// Letters no face has, in the order they were met.
    missing: Vec<char>,
}

impl Faces {
    fn face(&mut self, style: Style) -> Option<&mut Face> {
        match self.open.entry(style) {
            std::collections::hash_map::Entry::Occupied(found) => Some(found.into_mut()),
            std::collections::hash_map::Entry::Vacant(free) => {
                let shaper = rustybuzz::Face::from_slice(style.bytes(), 0)?;
                let font = Font::new(style.bytes().into(), 0)?;
                Some(free.insert(Face { shaper, font, words: HashMap::new() }))
            }
        }
    }

    /// The font the renderer draws with; none only if the embedded file were broken.
    pub(crate) fn font(&mut self, style: Style) -> Option<Font> {
        self.face(style).map(|face| face.font.clone())
    }

    /// The letters that could not be drawn.
    pub(crate) fn into_missing(self) -> Vec<char> {
        self.missing
    }

    /// Shapes `word` in `style`; a letter the face lacks is drawn as U+25A1 and remembered.
    pub(crate) fn shape(&mut self, word: &str, style: Style) -> Rc<Shaped> {
        let Some(face) = self.face(style) else {
            return Rc::new(Shaped { text: String::new(), glyphs: Vec::new(), width: 0.0 });
        };
        if let Some(found) = face.words.get(word) {
            return Rc::clone(found);
        }
        let mut missing = Vec::new();
        let drawn = word
            .chars()
            .map(|letter| {
                if face.shaper.glyph_index(letter).is_some() {
                    return letter;
                }
                missing.push(letter);
                INSTEAD
            })
            .collect();
        let shaped = Rc::new(shape_with(&face.shaper, drawn));
        face.words.insert(word.to_owned(), Rc::clone(&shaped));
        for letter in missing {
            if !self.missing.contains(&letter) {
                self.missing.push(letter);
            }
        }
        shaped
    }
}

/// Drawn where a letter is missing: an empty box, as readers know it.
const INSTEAD: char = '\u{25A1}';

/// Ligatures are off: a searched or copied word must stay letter by letter.
fn shape_with(face: &rustybuzz::Face<'static>, word: String) -> Shaped {
    let em = f32::from(u16::try_from(face.units_per_em()).unwrap_or(1000));
    let off = rustybuzz::Feature::new(rustybuzz::ttf_parser::Tag::from_bytes(b"liga"), 0, ..);
    let mut buffer = rustybuzz::UnicodeBuffer::new();
    buffer.push_str(&word);
    buffer.guess_segment_properties();
    buffer.set_direction(rustybuzz::Direction::LeftToRight);
    let shaped = rustybuzz::shape(face, &[off], buffer);
    let ems = |units: i32| f32::from(i16::try_from(units).unwrap_or(0)) / em;
    let starts: Vec<usize> = shaped.glyph_infos().iter().map(|info| info.cluster as usize).collect();
    let mut glyphs = Vec::with_capacity(starts.len());
    for (index, (info, at)) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()).enumerate() {
        let from = info.cluster as usize;
        let to = starts.iter().skip(index).copied().find(|next| *next > from).unwrap_or(word.len());
        glyphs.push(Glyph {
            id: GlyphId::new(info.glyph_id),
            advance: ems(at.x_advance),
            dx: ems(at.x_offset),
            dy: ems(at.y_offset),
            from,
            to,
        });
    }
    let width = glyphs.iter().map(|glyph| glyph.advance).sum();
    Shaped { text: word, glyphs, width }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every letter of Vietnamese in both cases, with every tone.
    fn letters() -> String {
        let lower = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵfjwz";
        format!("{lower}{}0123456789–—…“”‘’≥≤≠±×÷%‰₫•§°²³½ ()[]/-+=*,.;:!?«»→", lower.to_uppercase())
    }

    #[test]
    fn every_vietnamese_letter_is_in_every_face() {
        for (bold, italic) in [(false, false), (true, false), (false, true), (true, true)] {
            let mut faces = Faces::default();
            for letter in letters().chars() {
                faces.shape(&letter.to_string(), Style { bold, italic });
            }
            faces.shape("□", Style { bold, italic });
            let missing = faces.into_missing();
            assert!(missing.is_empty(), "bold {bold} italic {italic}: {missing:?}");
        }
    }

    #[test]
    fn a_letter_no_face_has_is_remembered() {
        let mut faces = Faces::default();
        faces.shape("a漢b", Style::default());
        assert_eq!(faces.into_missing(), ['漢']);
    }

    #[test]
    fn a_word_keeps_its_letters_apart() {
        let mut faces = Faces::default();
        let shaped = faces.shape("phiếu fi", Style::default());
        assert_eq!(shaped.glyphs.len(), "phiếu fi".chars().count());
        assert!(shaped.width > 3.0 && shaped.width < 4.0, "{}", shaped.width);
    }
}
