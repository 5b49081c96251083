//! Vietnamese text: one form at the door, keys to sort and search by, dates as people write them.
//!
//! * [`nfc`] and [`clean_line`] are for everything that comes in: one code sequence per letter, no
//!   invisible characters that turn a line around or make two equal names differ.
//! * [`fold`] is the search key without marks ("nguyen" finds "Nguyễn"), [`fold_marked`] the one with
//!   marks but without a view on where the tone stands ("hoà" finds "hòa").
//! * [`sort_key`] and [`sort_key_given_name`] are bytes for a `BYTEA` column: the database compares
//!   bytes, on both engines alike, and gets the order of a Vietnamese dictionary.
//! * [`dates`] writes and reads dd/mm/yyyy.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

pub mod dates;
mod fold;
mod sort;

pub use fold::{fold, fold_marked};
pub use sort::{SORT_KEY_VERSION, sort_key, sort_key_given_name};

/// `text` in Unicode normal form C; borrowed when it already is.
#[must_use]
pub fn nfc(text: &str) -> Cow<'_, str> {
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => Cow::Borrowed(text),
        IsNormalized::No | IsNormalized::Maybe => Cow::Owned(text.nfc().collect()),
    }
}

/// One clean line: NFC, no white space at the edges, one space for any run of it inside (line breaks,
/// tabs and non-breaking spaces too), no control, direction-changing or zero-width characters.
#[must_use]
pub fn clean_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        if c.is_whitespace() {
            gap = !line.is_empty();
        } else if !is_unseen(c) {
            if gap {
                line.push(' ');
                gap = false;
            }
            line.push(c);
        }
    }
    // Last, because taking a character out may bring a letter and its mark together.
    nfc(&line).into_owned()
}

/// Characters nobody sees: controls, bidirectional marks, overrides and isolates, zero-width spaces,
/// the soft hyphen, and characters that were never assigned a meaning (byte-order mark, U+FFFE).
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nfc_borrows_what_is_already_fine() {
        assert!(matches!(nfc("Nguyễn"), Cow::Borrowed(_)));
        assert_eq!(nfc("Nguye\u{302}\u{303}n"), "Nguyễn");
    }

    #[test]
    fn a_line_is_cleaned() {
        assert_eq!(clean_line("  Sở\u{a0}Thông \t\r\n tin  "), "Sở Thông tin");
        assert_eq!(clean_line("a\u{202e}fdp.exe"), "afdp.exe");
        assert_eq!(clean_line("A\u{200b}n\u{0}h\u{feff}"), "Anh");
        assert_eq!(clean_line("a\u{200b}\u{301}"), "á");
        assert_eq!(clean_line(" \u{200b} "), "");
    }

    proptest! {
        #[test]
        fn cleaning_twice_changes_nothing(text in "\\PC{0,20}|[a-đ\\s\u{300}-\u{323}\u{200b}\u{202e}]{0,20}") {
            let once = clean_line(&text);
            prop_assert_eq!(&clean_line(&once), &once);
            prop_assert!(!once.contains("  ") && once.trim() == once);
        }
    }
}
