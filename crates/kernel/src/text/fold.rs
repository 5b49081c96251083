//! Search keys: without marks, and with marks but without a view on where the tone stands.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::clean_line;

/// The key without marks: one clean line, lower case, no tone, hat, breve or horn, đ as d.
/// "Đỗ Thị Ánh" → "do thi anh".
#[must_use]
pub fn fold(text: &str) -> String {
    let lower = clean_line(text).to_lowercase();
    lower.nfd().filter(|c| !is_combining_mark(*c)).map(|c| if c == 'đ' { 'd' } else { c }).collect()
}

/// The key with marks: one clean line, lower case, each tone moved behind its word, so that
/// hoà = hòa, thuỷ = thủy, while hoa, hòa, hóa stay apart.
///
/// A key for comparing, not a text for reading. A Vietnamese syllable has one tone and its letters say
/// where it goes, so nothing is lost.
#[must_use]
pub fn fold_marked(text: &str) -> String {
    let lower = clean_line(text).to_lowercase();
    let mut key = String::with_capacity(lower.len());
    let mut tones = String::new();
    for c in lower.nfd() {
        if is_tone(c) {
            tones.push(c);
            continue;
        }
        if !c.is_alphabetic() && !is_combining_mark(c) {
            key.push_str(&tones);
            tones.clear();
        }
        key.push(c);
    }
    key.push_str(&tones);
    key
}

/// The combining marks of huyền, sắc, ngã, hỏi, nặng.
const fn is_tone(c: char) -> bool {
    matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}')
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL_KINDS: &str = "Ằ Ẵ Ỗ Ữ ỵ đ — Nguyễn Thị Ánh Nguyệt";

    #[test]
    fn marks_go_and_letters_stay() {
        assert_eq!(fold(ALL_KINDS), "a a o u y d — nguyen thi anh nguyet");
        assert_eq!(fold("  ĐƯỜNG  Trần\u{a0}Phú "), "duong tran phu");
    }

    #[test]
    fn both_normal_forms_give_one_key() {
        let decomposed: String = ALL_KINDS.nfd().collect();
        assert_ne!(decomposed, ALL_KINDS);
        assert_eq!(fold(&decomposed), fold(ALL_KINDS));
        assert_eq!(fold_marked(&decomposed), fold_marked(ALL_KINDS));
    }

    #[test]
    fn the_place_of_the_tone_does_not_matter_but_the_tone_does() {
        for (old, new) in [("hòa", "hoà"), ("thủy", "thuỷ"), ("Khỏe", "khoẻ"), ("xã Hòa An", "Xã Hoà An")]
        {
            assert_eq!(fold_marked(old), fold_marked(new));
        }
        let different = ["hoa", "hòa", "hóa", "hỏa", "họa", "hõa", "hoă", "hơa"];
        for (at, one) in different.iter().enumerate() {
            for other in &different[at + 1..] {
                assert_ne!(fold_marked(one), fold_marked(other));
            }
        }
        assert_ne!(fold_marked("hòa an"), fold_marked("hoa àn"), "a tone stays with its word");
        assert_ne!(fold_marked("đa"), fold_marked("da"));
    }
}
