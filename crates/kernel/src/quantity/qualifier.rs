//! The words people put before a number, and what each of them claims.

use crate::lang::{Lang, Said};
use crate::text::{clean_line, nfc};

/// What a word before (or after) a number claims about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Qualifier {
    /// "đúng": the number itself.
    Exact,
    /// "hơn", "trên", "vượt": more than the number.
    Over,
    /// "gần": a little less than the number, how little is a matter of [`super::NearPolicy`].
    Under,
    /// "dưới": less than the number, by any amount.
    Below,
    /// "khoảng": around the number, by [`super::NearPolicy`].
    About,
    /// "tối thiểu", "ít nhất", "trở lên": the number or more.
    AtLeast,
    /// "tối đa", "không quá", "trở xuống": the number or less.
    AtMost,
}

/// A word that is not known to qualify a number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown qualifier {word:?}")]
pub struct UnknownQualifier {
    /// The word as it came, at most 80 characters.
    pub word: String,
}

impl UnknownQualifier {
    /// The refusal for a reader, naming the words that are known, Vietnamese and English.
    #[must_use]
    pub fn said(&self) -> Said {
        let known = |lang| {
            let words: Vec<&str> = Qualifier::ALL.iter().flat_map(|it| it.words(lang)).copied().collect();
            words.join(", ")
        };
        Said::new("kernel-number-unknown-qualifier")
            .with("word", &self.word)
            .with("known_vi", known(Lang::Vi))
            .with("known_en", known(Lang::En))
    }
}

impl Qualifier {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Exact, Self::Over, Self::Under, Self::Below, Self::About, Self::AtLeast, Self::AtMost];

    /// The stable code stored in columns and files; the same as in serde.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Over => "over",
            Self::Under => "under",
            Self::Below => "below",
            Self::About => "about",
            Self::AtLeast => "at_least",
            Self::AtMost => "at_most",
        }
    }

    /// The qualifier of a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// The words that mean it, the usual one first, in NFC and lower case.
    ///
    /// The English "under" is missing on purpose: as a word it means "below", as a code "gần".
    #[must_use]
    pub const fn words(self, lang: Lang) -> &'static [&'static str] {
        match (lang, self) {
            (Lang::Vi, Self::Exact) => &["đúng", "bằng", "chính xác"],
            (Lang::Vi, Self::Over) => &["hơn", "trên", "vượt", "nhiều hơn", "lớn hơn", "cao hơn"],
            (Lang::Vi, Self::Under) => &["gần", "ngót"],
            (Lang::Vi, Self::Below) => &["dưới", "chưa đến", "chưa tới", "chưa đạt", "ít hơn", "nhỏ hơn", "thấp hơn"],
            (Lang::Vi, Self::About) => &["khoảng", "xấp xỉ", "chừng"],
            (Lang::Vi, Self::AtLeast) => &["tối thiểu", "ít nhất", "trở lên", "không dưới", "không ít hơn"],
            (Lang::Vi, Self::AtMost) => &["tối đa", "không quá", "nhiều nhất", "trở xuống", "không vượt quá"],
            (Lang::En, Self::Exact) => &["exactly", "exact"],
            (Lang::En, Self::Over) => &["over", "more than", "above"],
            (Lang::En, Self::Under) => &["nearly", "almost", "just under"],
            (Lang::En, Self::Below) => &["below", "less than", "fewer than"],
            (Lang::En, Self::About) => &["about", "around", "approximately"],
            (Lang::En, Self::AtLeast) => &["at least", "minimum", "or more", "not less than"],
            (Lang::En, Self::AtMost) => &["at most", "maximum", "or less", "no more than", "up to"],
        }
    }

    /// The usual word: "gần", "nearly".
    #[must_use]
    pub fn word(self, lang: Lang) -> &'static str {
        self.words(lang).first().copied().unwrap_or_default()
    }

    /// The qualifier of a Vietnamese or English word; upper case, NFD and extra spaces do not matter.
    ///
    /// # Errors
    /// [`UnknownQualifier`], also for an empty text: that no word means "exactly" is for the caller to decide.
    pub fn parse(text: &str) -> Result<Self, UnknownQualifier> {
        let word = normal(text);
        Self::known()
            .find(|(_, known)| *known == word)
            .map(|(it, _)| it)
            .ok_or_else(|| UnknownQualifier { word: clean_line(text).chars().take(80).collect() })
    }

    /// Every known word with its meaning.
    pub(super) fn known() -> impl Iterator<Item = (Self, &'static str)> {
        Lang::ALL.into_iter().flat_map(|lang| {
            Self::ALL.into_iter().flat_map(move |it| it.words(lang).iter().map(move |word| (it, *word)))
        })
    }
}

/// One line, lower case, NFC: how words are compared.
pub(super) fn normal(text: &str) -> String {
    nfc(&clean_line(text).to_lowercase()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_means_one_thing_only() {
        let all: Vec<_> = Qualifier::known().collect();
        for (at, (meaning, word)) in all.iter().enumerate() {
            assert_eq!(Qualifier::parse(word), Ok(*meaning));
            assert_eq!(normal(word), *word, "not in normal form");
            assert!(all[at + 1..].iter().all(|(_, other)| other != word), "{word} twice");
        }
    }

    #[test]
    fn case_form_and_spaces_do_not_matter() {
        assert_eq!(Qualifier::parse("  GẦN "), Ok(Qualifier::Under));
        assert_eq!(Qualifier::parse("ga\u{302}\u{300}n"), Ok(Qualifier::Under));
        assert_eq!(Qualifier::parse("Tối  thiểu"), Ok(Qualifier::AtLeast));
        assert_eq!(Qualifier::parse("dưới"), Ok(Qualifier::Below));
    }

    #[test]
    fn an_unknown_word_is_refused_with_the_known_ones() {
        for word in ["cỡ", "", "gan", "under"] {
            let said = Qualifier::parse(word).unwrap_err().said();
            assert!(said.args.iter().any(|(name, value)| name == "known_vi"
                && matches!(value, crate::lang::Arg::Text(text) if text.contains("gần, ngót"))));
        }
    }

    #[test]
    fn codes_are_stable_and_the_same_in_serde() {
        for it in Qualifier::ALL {
            assert_eq!(Qualifier::from_code(it.code()), Some(it));
            assert_eq!(serde_json::to_string(&it).unwrap(), format!("\"{}\"", it.code()));
        }
    }
}
