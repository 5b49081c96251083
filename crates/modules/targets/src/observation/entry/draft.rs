//! What a person typed into the form, as a line; each fault at its field.

use lt_kernel::quantity::numbers::Convention;
use lt_kernel::{Lang, Said};
use lt_web::{Faults, Form};

use crate::file::check::{self, Checked};
use crate::file::format::ObservationLine;
use crate::measure::Measure;
use crate::observation::import::check::{Around, blame};
use crate::observation::import::columns::Column;
use crate::observation::{line, writing};

/// What came out of a form.
pub(super) struct Draft {
    /// The line.
    pub(super) line: ObservationLine,
    /// Its value and day, when nothing is wrong.
    pub(super) checked: Option<Checked>,
    /// A number is not plain on this page: the form asks how it is meant.
    pub(super) asks: bool,
}

/// Reads the form for a measure.
pub(super) fn read(form: &Form, measure: &Measure, around: &Around, lang: Lang, faults: &mut Faults) -> Draft {
    let before = faults.list().len();
    let convention = writing::convention(form, lang);
    let some = |name: &str| form.opt(name).map(str::to_owned);
    let mut line = ObservationLine {
        measure: measure.code.clone(),
        value: some("value"),
        numerator: some("numerator"),
        denominator: some("denominator"),
        rest: some("rest"),
        grade: some("grade"),
        rank: some("rank"),
        narrative: some("narrative"),
        unknown: some("unknown"),
        not_applicable: some("not_applicable"),
        as_of: form.required_date("as_of", faults),
        period: form.text("period").to_owned(),
        unit: form.text("unit").to_owned(),
        event: form.text("event").to_owned(),
        sentence: form.text("sentence").to_owned(),
        note: form.text("note").to_owned(),
        ..ObservationLine::default()
    };
    if let Some(word) = form.opt("stage") {
        around.spellings.stage(word).map_or_else(|said| faults.add("stage", said), |stage| line.stage = Some(stage));
    }
    if let Some(word) = form.opt("chosen").filter(|_| line.narrative.is_some()) {
        let found = around.spellings.judgement(word);
        found.map_or_else(|said| faults.add("chosen", said), |chosen| line.chosen = Some(chosen));
    }
    let links = line::read_evidence(form.text("links"));
    links.map_or_else(|said| faults.add("links", said), |links| line.evidence = links);
    if !line.sentence.is_empty() && !around.sentences.contains(&line.sentence) {
        faults.add("sentence", Said::new("targets-file-sentence-unknown").with("sentence", &line.sentence));
    }
    let asks = writing::ask(form, lang, faults);
    let mut checked = None;
    if faults.list().len() == before {
        match check::observation(&line, measure, around.term, &around.schemes, &around.policy, convention) {
            Ok(found) => checked = Some(found),
            Err(said) => faults.add(field(&line, &said, convention), said),
        }
    }
    Draft { line, checked, asks }
}

fn field(line: &ObservationLine, said: &Said, convention: Convention) -> &'static str {
    let column: Column = blame(line, said, convention);
    column.code()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use lt_kernel::Interval;
    use lt_kernel::quantity::Exact;
    use lt_web::Values;

    use super::*;
    use crate::observation::Value;

    fn around() -> Around {
        Around {
            measures: Vec::new(),
            sentences: HashSet::new(),
            term: Interval { from: "2020-01-01".parse().unwrap(), to: Some("2025-01-01".parse().unwrap()) },
            schemes: crate::scheme::Schemes::default(),
            policy: crate::verdict::Policy::default(),
            frozen: crate::observation::frozen::Frozen::default(),
            spellings: crate::observation::import::spell::Spellings::default(),
            known: HashSet::new(),
        }
    }

    fn read_form(values: &[(&str, &str)], lang: Lang) -> (Draft, Vec<String>) {
        let form = Form { values: Values::new(values.iter().copied()), files: Vec::new() };
        let mut faults = Faults::new();
        let draft = read(&form, &Measure::percent("m"), &around(), lang, &mut faults);
        let fields = faults.list().iter().map(|(field, said)| format!("{field}: {}", said.key)).collect();
        (draft, fields)
    }

    fn number(draft: &Draft) -> Option<Exact> {
        match &draft.checked.as_ref()?.value {
            Value::Number { value } => Some(value.number),
            _ => None,
        }
    }

    #[test]
    fn word_and_number_in_one_field() {
        let (draft, faults) = read_form(&[("value", "gần 90"), ("as_of", "31/12/2021")], Lang::Vi);
        assert!(faults.is_empty(), "{faults:?}");
        assert_eq!(number(&draft), Some(Exact::whole(90)));
    }

    #[test]
    fn a_number_with_two_meanings_is_asked_about_and_the_answer_is_taken() {
        for (value, lang, fault) in [
            ("1,234", Lang::Vi, "value: kernel-number-ambiguous"),
            ("1.234", Lang::En, "value: kernel-number-ambiguous"),
            ("1,234.5", Lang::Vi, "value: targets-entry-not-vi"),
            ("1.234,5", Lang::En, "value: targets-entry-not-en"),
        ] {
            let (draft, faults) = read_form(&[("value", value), ("as_of", "31/12/2021")], lang);
            assert!(draft.asks && draft.checked.is_none());
            assert_eq!(faults, [fault]);
        }
        let plain = |value, lang| number(&read_form(&[("value", value), ("as_of", "31/12/2021")], lang).0);
        assert_eq!(
            (plain("4.600", Lang::Vi), plain("4,600", Lang::En)),
            (Some(Exact::whole(4600)), Some(Exact::whole(4600)))
        );
        let answer = |convention: &'static str| {
            let values = [("value", "1.234"), ("as_of", "31/12/2021"), ("convention", convention)];
            number(&read_form(&values, Lang::Vi).0)
        };
        assert_eq!(answer("vi"), Some(Exact::whole(1234)));
        assert_eq!(answer("en"), Exact::from_parts(1234, 1000));
    }

    #[test]
    fn every_fault_stands_at_its_field() {
        for (values, expected) in [
            (&[("value", "5")][..], "as_of: web-fault-empty"),
            (&[("value", "66.67"), ("as_of", "31/12/2021")], "value: targets-entry-not-vi"),
            (&[("value", "cỡ 5"), ("as_of", "31/12/2021")], "value: kernel-number-unknown-qualifier"),
            (&[("value", "5"), ("as_of", "31/12/2026")], "as_of: targets-observation-outside-term"),
            (&[("value", "5"), ("as_of", "31/12/2021"), ("period", "Q9")], "period: targets-file-period-unknown"),
            (&[("as_of", "31/12/2021")], "value: targets-observation-no-value"),
            (&[("value", "5"), ("unknown", "x"), ("as_of", "31/12/2021")], "value: targets-observation-two-values"),
            (&[("value", "5"), ("as_of", "31/12/2021"), ("sentence", "S")], "sentence: targets-file-sentence-unknown"),
            (
                &[("value", "70"), ("numerator", "2"), ("denominator", "3"), ("as_of", "31/12/2021")],
                "value: targets-finding-parts-disagree",
            ),
        ] {
            let (draft, faults) = read_form(values, Lang::Vi);
            assert!(draft.checked.is_none(), "{values:?}");
            let shown = faults.join(", ");
            assert_eq!(shown, expected, "{values:?}");
        }
    }
}
