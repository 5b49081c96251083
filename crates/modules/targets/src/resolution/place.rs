//! Finding a sentence in a source file: the words must be the same, blanks and line ends may differ, and so may
//! the way the file writes its marks (NFD or NFC). Never a guess: several places are said, none is chosen.

use std::ops::Range;

use lt_kernel::text::nfc;

/// Where a sentence stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// In exactly one place, in bytes of the text.
    Once(Range<usize>),
    /// In several places.
    Several(Vec<Range<usize>>),
    /// Nowhere.
    Nowhere,
}

/// Most places told.
const MOST: usize = 20;

/// The text in NFC with single blanks, and for each of its bytes the bytes of the text it comes from.
struct Even {
    text: String,
    from: Vec<Range<usize>>,
}

/// Whether the letter belongs to the one before it.
fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{0300}'..='\u{036F}')
}

fn even(text: &str) -> Even {
    let (mut out, mut from) = (String::with_capacity(text.len()), Vec::with_capacity(text.len()));
    let mut letters = text.char_indices().peekable();
    while let Some((start, letter)) = letters.next() {
        let mut end = start + letter.len_utf8();
        while let Some((at, next)) = letters.peek().copied().filter(|(_, next)| is_mark(*next)) {
            end = at + next.len_utf8();
            letters.next();
        }
        if letter.is_whitespace() {
            if !out.ends_with(' ') && !out.is_empty() {
                out.push(' ');
                from.push(start..end);
            }
            continue;
        }
        let before = out.len();
        out.push_str(&nfc(text.get(start..end).unwrap_or_default()));
        from.extend(std::iter::repeat_n(start..end, out.len() - before));
    }
    Even { text: out, from }
}

/// Finds `sentence` in `text`.
#[must_use]
pub fn find(text: &str, sentence: &str) -> Found {
    let wanted = even(sentence.trim()).text;
    let wanted = wanted.trim();
    if wanted.is_empty() {
        return Found::Nowhere;
    }
    let even = even(text);
    let mut places: Vec<Range<usize>> = even
        .text
        .match_indices(wanted)
        .take(MOST)
        .filter_map(|(at, _)| Some(even.from.get(at)?.start..even.from.get(at + wanted.len() - 1)?.end))
        .collect();
    match places.len() {
        0 => Found::Nowhere,
        1 => places.pop().map_or(Found::Nowhere, Found::Once),
        _ => Found::Several(places),
    }
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    const TEXT: &str = "Điều 1.\n\nKết nạp ít nhất\n  5 đảng viên mới. Hết.";

    #[test]
    fn line_ends_and_blanks_do_not_matter_words_do() {
        let Found::Once(place) = find(TEXT, "Kết nạp ít nhất 5 đảng viên mới.") else {
            panic!("not found")
        };
        assert_eq!(&TEXT[place], "Kết nạp ít nhất\n  5 đảng viên mới.");
        assert_eq!(find(TEXT, "Kết nạp ít nhất 6 đảng viên"), Found::Nowhere);
        assert_eq!(find(TEXT, "  "), Found::Nowhere);
    }

    #[test]
    fn a_file_in_decomposed_letters_is_found_by_composed_ones() {
        let text: String = TEXT.nfd().collect();
        let Found::Once(place) = find(&text, "ít nhất 5 đảng viên") else { panic!("not found") };
        assert_eq!(nfc(&text[place]), "ít nhất\n  5 đảng viên");
    }

    #[test]
    fn two_places_are_told_not_chosen() {
        let Found::Several(places) = find("mới cũ mới", "mới") else { panic!("one") };
        assert_eq!(places, [0..5, 10..15]);
    }
}
