//! Sort keys by the Unicode collation of Vietnamese: a < ă < â, d < đ, tones ngang, huyền, hỏi, ngã, sắc, nặng.

use std::sync::LazyLock;

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::locale;

use super::clean_line;

/// Name of the order in stored keys. It changes when the collation data do (a test notices): stored
/// keys are then computed again, because keys of two orders must not meet in one column.
pub const SORT_KEY_VERSION: &str = "vi-1";

#[expect(clippy::expect_used, reason = "the collation data are compiled in; every test of this file would fail")]
static VIETNAMESE: LazyLock<CollatorBorrowed<'static>> = LazyLock::new(|| {
    Collator::try_new(locale!("vi").into(), CollatorOptions::default()).expect("compiled collation data for Vietnamese")
});

/// Bytes that sort as `text` does in a Vietnamese dictionary. Equal for NFC and NFD.
#[must_use]
pub fn sort_key(text: &str) -> Vec<u8> {
    let mut key = Vec::new();
    let Ok(()) = VIETNAMESE.write_sort_key_to(&clean_line(text), &mut key);
    key
}

/// Bytes that sort persons as Vietnamese lists do: by given name (the last word), then by the names before it.
#[must_use]
pub fn sort_key_given_name(full_name: &str) -> Vec<u8> {
    let name = clean_line(full_name);
    let (before, given) = name.rsplit_once(' ').unwrap_or(("", &name));
    let mut key = sort_key(given);
    // 0 is lower than every byte of a key: the shorter given name comes first.
    key.push(0);
    key.extend(sort_key(before));
    key
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    fn ascending(words: &[&str], key: fn(&str) -> Vec<u8>) {
        for pair in words.windows(2) {
            assert!(key(pair[0]) < key(pair[1]), "{} is not before {}", pair[0], pair[1]);
        }
    }

    #[test]
    fn letters_and_tones_in_dictionary_order() {
        ascending(&["An", "Ăn", "Ân", "Ba"], sort_key);
        ascending(&["Dũng", "Dương", "Đào", "Đỗ", "Em"], sort_key);
        ascending(&["ma", "mà", "mả", "mã", "má", "mạ"], sort_key);
        ascending(&["co", "cô", "cơ", "cu", "cư"], sort_key);
        ascending(&["Hoà", "Hoàn"], sort_key);
    }

    #[test]
    fn both_normal_forms_give_one_key() {
        let text = "Ằ Ẵ Ỗ Ữ ỵ đ — Nguyễn Thị Ánh Nguyệt";
        let decomposed: String = text.nfd().collect();
        assert_eq!(sort_key(text), sort_key(&decomposed));
        assert_eq!(sort_key_given_name(text), sort_key_given_name(&decomposed));
    }

    #[test]
    fn persons_sort_by_given_name_first() {
        ascending(
            &["Vũ Văn An", "Lê Thị Ánh", "Trần Bình", "Lê Văn Dũng", "Trần Văn Dũng", "Bùi Đào"],
            sort_key_given_name,
        );
        ascending(&["An", "Lê An", "Lê Văn An", "An Anh"], sort_key_given_name);
    }

    #[test]
    fn given_and_other_names_are_kept_apart_in_the_key() {
        assert_eq!(sort_key_given_name("Lê An"), [sort_key("An"), vec![0], sort_key("Lê")].concat());
        assert_eq!(sort_key_given_name(" Lê\u{a0} An "), sort_key_given_name("Lê An"));
        assert_eq!(sort_key("Lê  An "), sort_key("Lê An"));
    }

    #[test]
    fn no_key_holds_the_separator() {
        for text in ["", "An", "Ằ Ẵ Ỗ Ữ ỵ đ — Nguyễn", "12/6", "a\u{1}b"] {
            assert!(!sort_key(text).contains(&0), "{text:?}");
        }
    }

    #[test]
    fn the_order_is_the_stored_one() {
        // When this fails the collation data changed: raise SORT_KEY_VERSION and plan to recompute stored keys.
        assert_eq!(SORT_KEY_VERSION, "vi-1");
        let stored = [50, 2, 72, 2, 4, 43, 69, 57, 1, 68, 139, 3, 68, 139, 4, 6, 1, 198, 195, 220, 7];
        assert_eq!(sort_key("Đỗ Ánh"), stored);
    }
}
