//! Writing numbers.

use super::decimal::Decimal;
use crate::lang::Lang;
use crate::quantity::exact::Exact;

/// `value` with at most `places_max` decimals, halves away from zero, without zeros at the end:
/// `66,67`, `4.600`, `−3` in Vietnamese; `66.67`, `4,600`, `−3` in English.
///
/// It may round: ask [`Exact::is_exact_at`], or use [`write_exact`], where the reader must know.
#[must_use]
pub fn write(value: &Exact, places_max: u32, lang: Lang) -> String {
    spell(&Decimal::of(value, places_max).trimmed(), lang)
}

/// As [`write`], with exactly `places` decimals, for columns: `86,50`.
#[must_use]
pub fn write_fixed(value: &Exact, places: u32, lang: Lang) -> String {
    spell(&Decimal::of(value, places), lang)
}

/// At most two decimals, with `≈` before it when the number shown is not the number: `≈ 66,67`.
#[must_use]
pub fn write_exact(value: &Exact, lang: Lang) -> String {
    let shown = write(value, 2, lang);
    if value.is_exact_at(2) { shown } else { format!("≈ {shown}") }
}

/// Every decimal there is, when they end within 18 places; else as [`write_exact`].
#[must_use]
pub fn write_all(value: &Exact, lang: Lang) -> String {
    match (0..=Exact::CANONICAL_PLACES).find(|places| value.is_exact_at(*places)) {
        Some(places) => write(value, places, lang),
        None => write_exact(value, lang),
    }
}

/// As [`write_all`], thousands parted by a narrow no-break space, which nobody takes for a decimal mark: `4 600`.
#[must_use]
pub fn write_spaced(value: &Exact, lang: Lang) -> String {
    let group = match lang {
        Lang::Vi => '.',
        Lang::En => ',',
    };
    write_all(value, lang).replace(group, "\u{202f}")
}

/// As [`write`], followed by the per cent sign without a space: `66,67%`.
#[must_use]
pub fn write_percent(value: &Exact, places_max: u32, lang: Lang) -> String {
    format!("{}%", write(value, places_max, lang))
}

fn spell(decimal: &Decimal, lang: Lang) -> String {
    let (group, mark) = match lang {
        Lang::Vi => ('.', ','),
        Lang::En => (',', '.'),
    };
    let mut text = String::new();
    if decimal.negative {
        text.push('−');
    }
    let digits = decimal.whole.to_string();
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(group);
        }
        text.push(digit);
    }
    if !decimal.fraction.is_empty() {
        text.push(mark);
        text.push_str(&decimal.fraction_text());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages() {
        let value = |text: &str| Exact::parse_canonical(text).unwrap();
        for (number, places, vi, en) in [
            ("200/3", 2, "66,67", "66.67"),
            ("4600", 2, "4.600", "4,600"),
            ("-3", 2, "−3", "−3"),
            ("1234567.5", 2, "1.234.567,5", "1,234,567.5"),
            ("999", 0, "999", "999"),
            ("-0.001", 2, "0", "0"),
        ] {
            assert_eq!(write(&value(number), places, Lang::Vi), vi);
            assert_eq!(write(&value(number), places, Lang::En), en);
        }
        assert_eq!(write_fixed(&value("86.5"), 2, Lang::Vi), "86,50");
        assert_eq!(write_exact(&value("200/3"), Lang::Vi), "≈ 66,67");
        assert_eq!(write_exact(&value("86.5"), Lang::Vi), "86,5");
        assert_eq!(write_all(&value("1.234"), Lang::Vi), "1,234");
        assert_eq!(write_spaced(&value("4600"), Lang::Vi), "4\u{202f}600");
        assert_eq!(write_spaced(&value("1234567.5"), Lang::En), "1\u{202f}234\u{202f}567.5");
        assert_eq!(write_percent(&value("200/3"), 2, Lang::Vi), "66,67%");
    }
}
