//! Reading numbers.

use super::NumberFault;
use crate::lang::Lang;
use crate::quantity::exact::Exact;

/// Which mark groups thousands and which one begins the decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Convention {
    /// `1.234,5`.
    Vi,
    /// `1,234.5`.
    En,
    /// Not known: only texts that can be read one way are taken.
    Unknown,
}

impl From<Lang> for Convention {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Vi => Self::Vi,
            Lang::En => Self::En,
        }
    }
}

#[derive(Clone, Copy)]
struct Marks {
    group: char,
    decimal: char,
}

const VI: Marks = Marks { group: '.', decimal: ',' };
const EN: Marks = Marks { group: ',', decimal: '.' };

/// Reads a number written in `lang`, strictly by that language's marks.
///
/// A leading `+`, `-` or `−`, leading zeros (`05`) and non-breaking or thin spaces as grouping are
/// fine; a per cent sign is not (see [`parse_percent`]).
///
/// # Errors
/// A [`NumberFault`] naming what is wrong.
pub fn parse(text: &str, lang: Lang) -> Result<Exact, NumberFault> {
    parse_in(text, lang.into())
}

/// Reads a number under `convention`.
///
/// # Errors
/// A [`NumberFault`]; under [`Convention::Unknown`] also [`NumberFault::Ambiguous`].
pub fn parse_in(text: &str, convention: Convention) -> Result<Exact, NumberFault> {
    match convention {
        Convention::Vi => read(text, VI),
        Convention::En => read(text, EN),
        Convention::Unknown => match (read(text, VI), read(text, EN)) {
            (Ok(as_vi), Ok(as_en)) if as_vi != as_en => {
                Err(NumberFault::Ambiguous { text: quoted(text), as_vi, as_en })
            }
            (Ok(value), _) | (_, Ok(value)) => Ok(value),
            (Err(fault), Err(_)) => Err(fault),
        },
    }
}

/// Reads a number that may carry a per cent sign: `66,67%` → (66.67, true), `5` → (5, false).
///
/// The value is the number before the sign, in points: 66.67, not 0.6667.
///
/// # Errors
/// As [`parse_in`].
pub fn parse_percent(text: &str, convention: Convention) -> Result<(Exact, bool), NumberFault> {
    let bare = text.trim();
    match bare.strip_suffix('%') {
        Some(number) => Ok((parse_in(number, convention)?, true)),
        None => Ok((parse_in(bare, convention)?, false)),
    }
}

/// The readings of `text` under Vietnamese and English marks, where there are any.
pub(super) fn readings(text: &str) -> (Option<Exact>, Option<Exact>) {
    (read(text, VI).ok(), read(text, EN).ok())
}

/// At most 80 characters of the text, for a message.
fn quoted(text: &str) -> String {
    text.trim().chars().take(80).collect()
}

/// Spaces that do not break a line and are used to group thousands (also the figure space).
const fn is_group_space(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{2007}' | '\u{2009}' | '\u{202f}')
}

fn read(text: &str, marks: Marks) -> Result<Exact, NumberFault> {
    let body = text.trim();
    let (negative, body) = match body.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, body.strip_prefix('+').unwrap_or(body).trim_start()),
    };
    if body.is_empty() {
        return Err(NumberFault::Empty);
    }
    check_characters(text, body)?;

    let (whole, fraction) = match body.split_once(marks.decimal) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (body, None),
    };
    if fraction.is_some_and(|fraction| fraction.contains(marks.decimal)) {
        return Err(NumberFault::TwoDecimals { text: quoted(text), mark: marks.decimal });
    }
    if whole.is_empty() || fraction == Some("") {
        return Err(NumberFault::BareMark { text: quoted(text) });
    }
    let whole = ungroup(whole, marks).ok_or_else(|| NumberFault::WrongGroups {
        text: quoted(text),
        mark: if whole.contains(marks.group) { marks.group } else { ' ' },
    })?;
    let fraction = fraction.unwrap_or("");
    if let Some(mark) = fraction.chars().find(|c| !c.is_ascii_digit()) {
        let mark = if is_group_space(mark) { ' ' } else { mark };
        return Err(NumberFault::WrongGroups { text: quoted(text), mark });
    }
    value(&whole, fraction, negative).ok_or_else(|| NumberFault::TooLong { text: quoted(text) })
}

fn check_characters(text: &str, body: &str) -> Result<(), NumberFault> {
    let known = |c: char| c.is_ascii_digit() || c == '.' || c == ',' || is_group_space(c);
    match body.chars().find(|c| !known(*c)) {
        None if body.contains(|c: char| c.is_ascii_digit()) => Ok(()),
        None => Err(NumberFault::BareMark { text: quoted(text) }),
        Some(' ') => Err(NumberFault::InnerSpace { text: quoted(text) }),
        Some(found) => Err(NumberFault::Unexpected { text: quoted(text), found }),
    }
}

/// The digits of the whole part; `None` when the groups are not of three digits after a first of one
/// to three, begin with 0 (nobody groups `0.123`), or mix marks.
fn ungroup(whole: &str, marks: Marks) -> Option<String> {
    let is_mark = |c: char| c == marks.group || is_group_space(c);
    let mut separators = whole.chars().filter(|c| is_mark(*c));
    let Some(separator) = separators.next() else {
        return Some(whole.to_owned());
    };
    if separators.any(|other| other != separator) {
        return None;
    }
    let mut groups = whole.split(separator);
    let first = groups.next()?;
    let good = (1..=3).contains(&first.len()) && !first.starts_with('0') && groups.all(|group| group.len() == 3);
    good.then(|| whole.chars().filter(char::is_ascii_digit).collect())
}

fn value(whole: &str, fraction: &str, negative: bool) -> Option<Exact> {
    let places = u32::try_from(fraction.len()).ok()?;
    let digits: i128 = [whole, fraction].concat().parse().ok()?;
    let den = 10_i128.checked_pow(places)?;
    Exact::from_wide(if negative { -digits } else { digits }, den).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(text: &str) -> Exact {
        Exact::parse_canonical(text).unwrap()
    }

    #[test]
    fn vietnamese_writing() {
        for (text, value) in [
            ("4.600", "4600"),
            ("66,67", "66.67"),
            ("1.234,5", "1234.5"),
            ("1.234", "1234"),
            ("05", "5"),
            ("4600", "4600"),
            ("−3", "-3"),
            ("-1.234,50", "-1234.5"),
            ("+7", "7"),
            (" 12\u{a0}345 ", "12345"),
            ("12\u{202f}345,5", "12345.5"),
            ("0,5", "0.5"),
        ] {
            assert_eq!(parse(text, Lang::Vi), Ok(exact(value)), "{text:?}");
        }
    }

    #[test]
    fn english_writing() {
        for (text, value) in [("4,600", "4600"), ("66.67", "66.67"), ("1,234.5", "1234.5"), ("1.234", "1.234")] {
            assert_eq!(parse(text, Lang::En), Ok(exact(value)), "{text:?}");
        }
    }

    #[test]
    fn wrong_shapes_are_named() {
        let fault = |text: &str| parse(text, Lang::Vi).unwrap_err().said().key;
        for (text, key) in [
            ("1.23.4", "kernel-number-wrong-groups"),
            ("12.34", "kernel-number-wrong-groups"),
            ("1234.567", "kernel-number-wrong-groups"),
            ("0.123", "kernel-number-wrong-groups"),
            ("1.234 567", "kernel-number-inner-space"),
            ("1.234\u{a0}567", "kernel-number-wrong-groups"),
            ("12\u{a0}34", "kernel-number-wrong-space-groups"),
            ("1.", "kernel-number-wrong-groups"),
            ("1,2.345", "kernel-number-wrong-groups"),
            ("1,2,3", "kernel-number-two-decimals"),
            (",5", "kernel-number-bare-mark"),
            ("5,", "kernel-number-bare-mark"),
            (".", "kernel-number-bare-mark"),
            ("", "kernel-number-empty"),
            ("−", "kernel-number-empty"),
            ("3 100", "kernel-number-inner-space"),
            ("5%", "kernel-number-unexpected"),
            ("N/A", "kernel-number-unexpected"),
            ("1e3", "kernel-number-unexpected"),
            ("٣", "kernel-number-unexpected"),
            ("--3", "kernel-number-unexpected"),
        ] {
            assert_eq!(fault(text), key, "{text:?}");
        }
        assert_eq!(fault(&"9".repeat(60)), "kernel-number-too-long");
        assert_eq!(fault(&format!("0,{}", "0".repeat(400))), "kernel-number-too-long");
    }

    #[test]
    fn an_unknown_convention_takes_only_what_has_one_reading() {
        let read = |text: &str| parse_in(text, Convention::Unknown);
        assert_eq!(read("1.234,5"), Ok(exact("1234.5")));
        assert_eq!(read("1,234.5"), Ok(exact("1234.5")));
        assert_eq!(read("66,67"), Ok(exact("66.67")));
        assert_eq!(read("66.67"), Ok(exact("66.67")));
        assert_eq!(read("1.234.567"), Ok(exact("1234567")));
        assert_eq!(read("0.123"), Ok(exact("0.123")));
        assert_eq!(read("1234"), Ok(exact("1234")));
        let ambiguous = |as_vi, as_en, text: &str| NumberFault::Ambiguous {
            text: text.to_owned(),
            as_vi: exact(as_vi),
            as_en: exact(as_en),
        };
        assert_eq!(read("1.234"), Err(ambiguous("1234", "1.234", "1.234")));
        assert_eq!(read("1,234"), Err(ambiguous("1.234", "1234", "1,234")));
        assert!(read("1.23.4").is_err());
    }

    #[test]
    fn the_percent_sign_is_reported() {
        assert_eq!(parse_percent("66,67%", Convention::Vi), Ok((exact("66.67"), true)));
        assert_eq!(parse_percent("90 %", Convention::Vi), Ok((exact("90"), true)));
        assert_eq!(parse_percent("90", Convention::Vi), Ok((exact("90"), false)));
        assert!(parse_percent("90%%", Convention::Vi).is_err());
        assert_eq!(parse_percent("%", Convention::Vi), Err(NumberFault::Empty));
    }
}
