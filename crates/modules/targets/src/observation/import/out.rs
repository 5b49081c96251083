//! The same table out: a template to fill in, and what is stored, so that what was exported can be imported.

use std::collections::HashMap;

use lt_kernel::Lang;
use lt_kernel::quantity::numbers::{self, Convention};
use lt_kernel::quantity::{Exact, Reported};
use lt_paper::sheet::{Grid, Out};

use super::columns::Column;
use super::table::spelled;
use crate::observation::Value;
use crate::observation::line;
use crate::observation::store::Detail;
use crate::resolution::door::pick;
use crate::resolution::model::MeasureId;
use crate::resolution::store::Whole;

fn head(lang: Lang) -> Vec<String> {
    Column::ALL.into_iter().map(|column| column.name(lang).to_owned()).collect()
}

/// One row for each measure, to be filled in.
#[must_use]
pub fn template(whole: &Whole, lang: Lang) -> Grid {
    let row = |measure: &crate::measure::Measure| {
        Column::ALL
            .into_iter()
            .map(|column| match column {
                Column::Measure => Out::from(measure.code.as_str()),
                Column::Name => Out::from(pick(&measure.name, &measure.name_en, lang)),
                _ => Out::Empty,
            })
            .collect()
    };
    let rows = whole.measures.iter().map(|(_, measure)| row(measure)).collect();
    Grid { name: whole.listed.code.clone(), head: head(lang), rows }
}

/// Word and number in a writing that no convention misreads: no groups, decimals behind a comma.
fn told(value: &Reported) -> String {
    let usual = numbers::write(&value.number, Exact::CANONICAL_PLACES, Lang::Vi);
    let plain = spelled(&value.number.to_string(), Convention::Vi);
    value.write(Exact::CANONICAL_PLACES, Lang::Vi).replacen(&usual, &plain, 1)
}

/// What is stored and not withdrawn, oldest first.
#[must_use]
pub fn stored(whole: &Whole, details: &[Detail], lang: Lang) -> Grid {
    let measures: HashMap<MeasureId, _> = whole.measures.iter().map(|(id, measure)| (*id, measure)).collect();
    let rows = details
        .iter()
        .filter(|one| one.withdrawn.is_none() && whole.listed.term.holds(one.seen.as_of))
        .filter_map(|one| {
            let measure = measures.get(&one.measure)?;
            let mut line = line::of_detail(&measure.code, one);
            rewrite(&one.seen.value, &mut line);
            let name = pick(&measure.name, &measure.name_en, lang);
            Some(Column::ALL.into_iter().map(|column| cell(&line, name, column)).collect())
        })
        .collect();
    Grid { name: whole.listed.code.clone(), head: head(lang), rows }
}

fn rewrite(value: &Value, line: &mut crate::file::format::ObservationLine) {
    match value {
        Value::Number { value } => line.value = Some(told(value)),
        Value::Parts { numerator, denominator, rest, told: whole } => {
            line.numerator = Some(told(numerator));
            let other = if *rest { &mut line.rest } else { &mut line.denominator };
            *other = Some(told(denominator));
            line.value = whole.as_ref().map(told);
        }
        _ => {}
    }
}

fn code<T: serde::Serialize>(value: Option<T>) -> Out {
    let text = value.and_then(|value| serde_json::to_value(value).ok());
    text.and_then(|value| value.as_str().map(Out::from)).unwrap_or_default()
}

fn cell(line: &crate::file::format::ObservationLine, name: &str, column: Column) -> Out {
    let text = |text: &str| if text.is_empty() { Out::Empty } else { Out::from(text) };
    let some = |value: &Option<String>| value.as_deref().map(text).unwrap_or_default();
    match column {
        Column::Measure => text(&line.measure),
        Column::Name => text(name),
        Column::AsOf => line.as_of.map(Out::Date).unwrap_or_default(),
        Column::Value => some(&line.value),
        Column::Numerator => some(&line.numerator),
        Column::Denominator => some(&line.denominator),
        Column::Rest => some(&line.rest),
        Column::Grade => some(&line.grade),
        Column::Rank => some(&line.rank),
        Column::Stage => code(line.stage),
        Column::Narrative => some(&line.narrative),
        Column::Chosen => code(line.chosen),
        Column::Unknown => some(&line.unknown),
        Column::NotApplicable => some(&line.not_applicable),
        Column::Period => text(&line.period),
        Column::Unit => text(&line.unit),
        Column::Event => text(&line.event),
        Column::Sentence => text(&line.sentence),
        Column::Note => text(&line.note),
        Column::Evidence => text(&line::write_evidence(&line.evidence)),
    }
}
