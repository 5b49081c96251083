//! Numbers typed on a page. They are read by the marks of the page's language, and the page says back how; what is
//! not written that way, or would rather be a thousand in the other language, is asked about.
//!
//! | typed | on a Vietnamese page | on an English page |
//! |---|---|---|
//! | `4.600` | 4600, said back | asked |
//! | `4,600` | asked | 4600, said back |
//! | `66,67` | 66.67 | asked |
//! | `1,234.5` | asked | 1234.5 |

use lt_kernel::quantity::Reported;
use lt_kernel::quantity::numbers::{self, Convention};
use lt_kernel::{Lang, Said};
use lt_module::Host;
use lt_web::ui::{Choice, Field, Fields, Notice, Tone};
use lt_web::{Faults, Form, Html, Problem, Talk, Values, View};

use super::model::Value;
use super::store;
use crate::file::value::reported;
use crate::resolution::model::MeasureId;

/// Fields that hold numbers.
const NUMBERS: [&str; 4] = ["value", "numerator", "denominator", "rest"];

/// How numbers of a form are written: as its reader chose, else as the page's language does.
#[must_use]
pub fn convention(form: &Form, lang: Lang) -> Convention {
    chosen(form).unwrap_or_else(|| lang.into())
}

fn chosen(form: &Form) -> Option<Convention> {
    match form.text("convention") {
        "vi" => Some(Convention::Vi),
        "en" => Some(Convention::En),
        _ => None,
    }
}

/// Asks about every number that needs it, each at its field, unless the reader has chosen; whether any does.
pub fn ask(form: &Form, lang: Lang, faults: &mut Faults) -> bool {
    if chosen(form).is_some() {
        return false;
    }
    let mut asks = false;
    for name in NUMBERS {
        if let Some(said) = form.opt(name).and_then(|text| question(text, lang)) {
            faults.add(name, said);
            asks = true;
        }
    }
    asks
}

/// What must be asked about a number on a page of `lang`; none where it is plain, or no number at all.
#[must_use]
pub fn question(text: &str, lang: Lang) -> Option<Said> {
    let (other, key) = match lang {
        Lang::Vi => (Convention::En, "targets-entry-not-vi"),
        Lang::En => (Convention::Vi, "targets-entry-not-en"),
    };
    match (reported(text, lang.into()), reported(text, other)) {
        (Err(_), Ok(other)) => Some(Said::new(key).with("text", text).number(
            "value",
            other.number,
            lt_kernel::quantity::Exact::CANONICAL_PLACES,
        )),
        // The greater reading takes the mark for thousands. Three decimals are rare, so that is what people mean
        // who use the mark of the page's language; with the other mark nobody can tell.
        (Ok(own), Ok(other)) if own.number.abs() < other.number.abs() => reported(text, Convention::Unknown).err(),
        _ => None,
    }
}

/// How the numbers of a value were read that the other language would read otherwise.
#[must_use]
pub fn read_back(value: &Value, lang: Lang) -> Vec<Said> {
    let all: Vec<&Reported> = match value {
        Value::Number { value } => vec![value],
        Value::Parts { numerator, denominator, told, .. } => {
            [numerator, denominator].into_iter().chain(told.as_ref()).collect()
        }
        _ => Vec::new(),
    };
    let one = |number: &Reported| {
        let text = numbers::write_all(&number.number, lang);
        let is_plain = numbers::parse_in(&text, Convention::Unknown).is_ok();
        let spaced = numbers::write_spaced(&number.number, lang);
        (!is_plain).then(|| Said::new("targets-entry-read-back").with("text", text).with("value", spaced))
    };
    all.into_iter().filter_map(one).collect()
}

/// Whether the form asks how its numbers are written, or was told.
#[must_use]
pub fn is_asked(values: &Values, faults: &Faults) -> bool {
    let asks = ["targets-entry-not-vi", "targets-entry-not-en", "kernel-number-ambiguous"];
    !values.text("convention").is_empty() || faults.list().iter().any(|(_, said)| asks.contains(&said.key.as_str()))
}

/// What [`read_back`] says, for a page.
#[must_use]
pub fn notices(view: &View, value: &Value) -> Vec<Html> {
    let t = view.t();
    read_back(value, view.lang).iter().map(|said| Notice::new(Tone::Info, t.said(said)).into()).collect()
}

/// As [`notices`], of the observation a page was asked to say back after it was stored, when it is one of `measures`.
///
/// # Errors
/// When the database fails.
pub async fn stored(
    host: &Host,
    view: &View,
    mut measures: impl Iterator<Item = MeasureId>,
) -> Result<Vec<Html>, Problem> {
    let Some(id) = view.asked("read").and_then(|id| id.parse().ok()) else { return Ok(Vec::new()) };
    let found = store::by_id(&host.db, id).await?;
    let found = found.filter(|one| measures.any(|measure| measure == one.measure));
    Ok(found.map(|one| notices(view, &one.seen.value)).unwrap_or_default())
}

/// Asks which writing is meant, with the same example both ways.
pub fn choice(fields: &Fields<'_>, t: Talk<'_>) -> Field {
    let choices = vec![
        Choice::new("vi", t.s("targets-entry-convention-vi")),
        Choice::new("en", t.s("targets-entry-convention-en")),
    ];
    fields.radios("convention", t.s("targets-entry-convention"), choices)
}

#[cfg(test)]
mod tests {
    use lt_kernel::quantity::Exact;

    use super::*;

    #[test]
    fn a_page_reads_its_own_writing_and_asks_about_the_other() {
        let asked = |text: &str, lang| question(text, lang).map(|said| said.key).unwrap_or_default();
        for (text, vi, en) in [
            ("4.600", "", "kernel-number-ambiguous"),
            ("4,600", "kernel-number-ambiguous", ""),
            ("hơn 4.600", "", "kernel-number-ambiguous"),
            ("-1.234", "", "kernel-number-ambiguous"),
            ("1,000", "kernel-number-ambiguous", ""),
            ("66,67%", "", "targets-entry-not-en"),
            ("66.67", "targets-entry-not-vi", ""),
            ("1.234,5", "", "targets-entry-not-en"),
            ("1,234.5", "targets-entry-not-vi", ""),
            ("1.234.567", "", "targets-entry-not-en"),
            ("0,123", "", "targets-entry-not-en"),
            ("5", "", ""),
            ("05", "", ""),
            ("hai", "", ""),
            ("1.23.4", "", ""),
        ] {
            assert_eq!((asked(text, Lang::Vi).as_str(), asked(text, Lang::En).as_str()), (vi, en), "{text}");
        }
    }

    #[test]
    fn what_could_be_read_otherwise_is_said_back() {
        let said = |number: &str, lang| {
            let value = Value::Number { value: Reported::exact(Exact::parse_canonical(number).unwrap()) };
            read_back(&value, lang).len()
        };
        for lang in Lang::ALL {
            assert_eq!((said("4600", lang), said("1234567", lang), said("66.67", lang), said("5", lang)), (1, 0, 0, 0));
        }
    }
}
