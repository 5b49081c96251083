//! [`Reported`]: a number with the word that stood beside it.

use super::exact::{Exact, TooLarge};
use super::near::{NearPolicy, Scale};
use super::numbers::{self, Convention, NumberFault};
use super::qualifier::{Qualifier, UnknownQualifier, normal};
use super::span::Span;
use crate::lang::{Lang, Said};
use crate::text::clean_line;

/// A value as it was reported: the number, what the word beside it claims, and the word itself. Two are equal when
/// they mean the same: how the number was written does not count.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reported {
    /// What the word claims.
    pub qualifier: Qualifier,
    /// The word as written ("Gần", "trên"); `None` when the number stood alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub word: Option<String>,
    /// The number; points for a percentage.
    pub number: Exact,
    /// The phrase as it was written ("05", "gần 90%", "4600"), kept when [`Self::write`] in Vietnamese would
    /// not give it back and Vietnamese marks read it alike: what came in goes out again without loss.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written: Option<Box<str>>,
}

impl PartialEq for Reported {
    fn eq(&self, other: &Self) -> bool {
        (self.qualifier, self.number, &self.word) == (other.qualifier, other.number, &other.word)
    }
}

impl Eq for Reported {}

impl std::hash::Hash for Reported {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (self.qualifier, self.number, &self.word).hash(state);
    }
}

/// Longest phrase that is kept as written, in bytes; longer ones are mostly blanks.
const LONGEST: usize = 80;

/// Why a reported value has no span under a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SpanFault {
    /// "gần 0": a share of nothing is nothing, so a relative policy cannot say how near is near.
    #[error("a relative policy gives no width around zero")]
    NoWidth,
    /// The ends do not fit.
    #[error(transparent)]
    TooLarge(#[from] TooLarge),
}

impl SpanFault {
    /// The refusal for a reader.
    #[must_use]
    pub fn said(&self) -> Said {
        match self {
            Self::NoWidth => Said::new("kernel-near-no-width"),
            Self::TooLarge(fault) => fault.said(),
        }
    }
}

/// Why a phrase such as "gần 90%" could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReportedFault {
    /// The number is not one.
    #[error(transparent)]
    Number(#[from] NumberFault),
    /// The word beside it is not known.
    #[error(transparent)]
    Qualifier(#[from] UnknownQualifier),
}

impl ReportedFault {
    /// The refusal for a reader.
    #[must_use]
    pub fn said(&self) -> Said {
        match self {
            Self::Number(fault) => fault.said(),
            Self::Qualifier(fault) => fault.said(),
        }
    }
}

impl Reported {
    /// The number alone, taken as it stands.
    #[must_use]
    pub const fn exact(number: Exact) -> Self {
        Self { qualifier: Qualifier::Exact, word: None, number, written: None }
    }

    /// The number with a qualifying word of either language.
    ///
    /// # Errors
    /// [`UnknownQualifier`] when the word is not known.
    pub fn with_word(word: &str, number: Exact) -> Result<Self, UnknownQualifier> {
        Ok(Self { qualifier: Qualifier::parse(word)?, word: Some(clean_line(word)), number, written: None })
    }

    /// Reads a phrase of one qualifier (before or after) and one number: "gần 90%", "95% trở lên", "5".
    /// Returns also whether a per cent sign stood there.
    ///
    /// # Errors
    /// [`ReportedFault`]: the number or the word is not understood. Two words ("gần khoảng 5") are not.
    pub fn parse(phrase: &str, convention: Convention) -> Result<(Self, bool), ReportedFault> {
        // Only the edges are cleaned: inside, a non-breaking space groups thousands.
        let phrase = phrase.trim();
        let is_number = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '−');
        let Some(start) = phrase.find(is_number) else {
            return Err(NumberFault::Empty.into());
        };
        let (before, rest) = phrase.split_at(start);
        let end = rest.find(char::is_alphabetic).unwrap_or(rest.len());
        let (number, after) = rest.split_at(end);
        let in_vi = numbers::parse_percent(number, Convention::Vi).ok();
        let (number, percent) = numbers::parse_percent(number, convention)?;
        let mut reported = match (before.trim(), after.trim()) {
            ("", "") => Self::exact(number),
            ("", word) | (word, "") => Self::with_word(word, number)?,
            (before, after) => return Err(UnknownQualifier { word: normal(&format!("{before} … {after}")) }.into()),
        };
        if in_vi == Some((number, percent)) {
            reported.keep(phrase);
        }
        Ok((reported, percent))
    }

    fn keep(&mut self, phrase: &str) {
        let is_usual = phrase == self.write(Exact::CANONICAL_PLACES, Lang::Vi);
        self.written = (!is_usual && phrase.len() <= LONGEST).then(|| phrase.into());
    }

    /// Without how it was written: for numbers that a program spelled, not a person.
    pub fn forget_writing(&mut self) {
        self.written = None;
    }

    /// The phrase as it was written, else its usual Vietnamese writing with every decimal. Reading it under
    /// [`Convention::Vi`] gives the same value.
    #[must_use]
    pub fn as_written(&self) -> String {
        match &self.written {
            Some(written) => written.to_string(),
            None => self.write(Exact::CANONICAL_PLACES, Lang::Vi),
        }
    }

    /// Every number that may be meant, under `policy`.
    ///
    /// With X the number and δ the policy's width (points for [`Scale::Percent`], a share of X for
    /// [`Scale::Amount`]): exact \[X, X\] · over (X, ∞) · at least \[X, ∞) · under \[X−δ, X) ·
    /// below (−∞, X) · about \[X−δ, X+δ\] · at most (−∞, X\]. Nothing is cut at 0 or 100: see [`Span::clamp`].
    ///
    /// # Errors
    /// [`SpanFault::NoWidth`] for "gần 0" and "khoảng 0" as amounts, [`SpanFault::TooLarge`].
    pub fn span(&self, scale: Scale, policy: &NearPolicy) -> Result<Span, SpanFault> {
        let x = self.number;
        match self.qualifier {
            Qualifier::Exact => Ok(Span::point(x)),
            Qualifier::Over => Ok(Span::above(x)),
            Qualifier::AtLeast => Ok(Span::starting_at(x)),
            Qualifier::Below => Ok(Span::below(x)),
            Qualifier::AtMost => Ok(Span::ending_at(x)),
            Qualifier::Under => {
                let low = x.checked_sub(&self.width(scale, policy, policy.near())?)?;
                Span::half_open(low, x).ok_or(SpanFault::NoWidth)
            }
            Qualifier::About => {
                let width = self.width(scale, policy, policy.about())?;
                Span::closed(x.checked_sub(&width)?, x.checked_add(&width)?).ok_or(SpanFault::NoWidth)
            }
        }
    }

    fn width(&self, scale: Scale, policy: &NearPolicy, points: Exact) -> Result<Exact, SpanFault> {
        let width = match scale {
            Scale::Percent => points,
            Scale::Amount => self.number.abs().checked_mul(&policy.relative())?,
        };
        if width.is_positive() { Ok(width) } else { Err(SpanFault::NoWidth) }
    }

    /// Word and number for a reader of `lang`: the literal word when it belongs to that language, else
    /// the usual one for the qualifier, nothing for a bare exact number. Up to `places_max` decimals.
    #[must_use]
    pub fn write(&self, places_max: u32, lang: Lang) -> String {
        let number = numbers::write(&self.number, places_max, lang);
        let literal = self.word.as_deref().filter(|word| self.qualifier.words(lang).contains(&normal(word).as_str()));
        match (literal, self.qualifier) {
            (Some(word), _) if is_trailing(word) => format!("{number} {word}"),
            (Some(word), _) => format!("{word} {number}"),
            (None, Qualifier::Exact) => number,
            (None, qualifier) => format!("{} {number}", qualifier.word(lang)),
        }
    }
}

/// Words that stand behind their number.
fn is_trailing(word: &str) -> bool {
    matches!(normal(word).as_str(), "trở lên" | "trở xuống" | "or more" | "or less")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(phrase: &str) -> (Reported, bool) {
        Reported::parse(phrase, Convention::Vi).unwrap()
    }

    #[test]
    fn phrases_of_the_seed_reports() {
        for (phrase, qualifier, number, percent) in [
            ("hơn 4.600", Qualifier::Over, 4600, false),
            ("gần 6.000", Qualifier::Under, 6000, false),
            ("gần 90%", Qualifier::Under, 90, true),
            ("Trên 90 %", Qualifier::Over, 90, true),
            ("95% trở lên", Qualifier::AtLeast, 95, true),
            ("ít nhất 02", Qualifier::AtLeast, 2, false),
            ("05", Qualifier::Exact, 5, false),
        ] {
            let (reported, sign) = read(phrase);
            assert_eq!(
                (reported.qualifier, reported.number, sign),
                (qualifier, Exact::whole(number), percent),
                "{phrase}"
            );
        }
        assert_eq!(read("Trên 90%").0.word.as_deref(), Some("Trên"));
        assert_eq!(read("95% trở lên").0.write(2, Lang::Vi), "95 trở lên");
        assert_eq!(read("gần 6.000").0.write(2, Lang::En), "nearly 6,000");
        assert_eq!(read("gần 6.000").0.write(2, Lang::Vi), "gần 6.000");
        assert_eq!(read("almost 6.000").0.write(2, Lang::En), "almost 6,000");
        assert_eq!(read("almost 6.000").0.write(2, Lang::Vi), "gần 6.000");
        assert_eq!(read("95% or more").0.write(2, Lang::En), "95 or more");
        assert_eq!(read("đúng 5").0.write(2, Lang::En), "5");
    }

    #[test]
    fn what_was_written_is_kept_where_vietnamese_marks_read_it_alike() {
        for phrase in
            ["05", "gần 90%", "Trên 90 %", "4600", "66,670", "95% trở lên", "almost 6.000", "+7", "5", "đúng 5"]
        {
            let reported = read(phrase).0;
            assert_eq!(reported.as_written(), phrase);
            assert_eq!(read(&reported.as_written()).0, reported, "{phrase}");
        }
        for (phrase, written) in [("1,234.5", "1.234,5"), ("1,234", "1.234"), ("66.67%", "66,67"), ("05", "05")] {
            let reported = Reported::parse(phrase, Convention::En).unwrap().0;
            assert_eq!(reported.as_written(), written, "{phrase}");
            assert_eq!(read(written).0.number, reported.number, "{phrase}");
        }
        let long = format!("gần{}90", " ".repeat(200));
        assert_eq!(read(&long).0.as_written(), "gần 90");
        let mut spelled = read("05").0;
        spelled.forget_writing();
        assert_eq!(
            (spelled.as_written().as_str(), spelled),
            ("5", read("05").0),
            "the writing is no part of the value"
        );
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for phrase in ["", "gần", "cỡ 5", "gần 5 trở lên", "60-70%", "gần gần 5", "5 người"] {
            assert!(Reported::parse(phrase, Convention::Vi).is_err(), "{phrase:?} was taken");
        }
    }

    #[test]
    fn nearness_is_in_points_for_percentages_and_relative_for_amounts() {
        let policy = NearPolicy::default();
        let near = read("gần 90").0;
        let span = |low, high| Span::half_open(Exact::parse_canonical(low).unwrap(), Exact::whole(high));
        assert_eq!(near.span(Scale::Percent, &policy).ok(), span("85", 90));
        assert_eq!(near.span(Scale::Amount, &policy).ok(), span("85.5", 90));
        assert_eq!(read("gần 6.000").0.span(Scale::Amount, &policy).ok(), span("5700", 6000));
        let about = read("khoảng 200").0.span(Scale::Amount, &policy).ok();
        assert_eq!(about, Span::closed(Exact::whole(190), Exact::whole(210)));
        assert_eq!(read("gần 0").0.span(Scale::Amount, &policy), Err(SpanFault::NoWidth));
        assert!(read("gần 0").0.span(Scale::Percent, &policy).is_ok());
        assert_eq!(read("dưới 5").0.span(Scale::Amount, &policy), Ok(Span::below(Exact::whole(5))));
    }
}
