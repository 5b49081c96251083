//! The words of the kernel's own refusals, in both languages (Fluent).

use crate::lang::Lang;

/// The kernel's texts, Vietnamese first; keys begin with `kernel-`.
pub const WORDS: &[(Lang, &str)] =
    &[(Lang::Vi, include_str!("../i18n/vi.ftl")), (Lang::En, include_str!("../i18n/en.ftl"))];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
    use jiff::civil::date;

    use super::*;
    use crate::lang::Said;
    use crate::quantity::relative::ExcessFault;
    use crate::quantity::{BadPolicy, Exact, NumberFault, Qualifier, SpanFault, TooLarge, Undivided};
    use crate::rules::{RuleFault, Trust};
    use crate::text::dates::DateFault;

    fn bundle(lang: Lang) -> FluentBundle<FluentResource> {
        let text = WORDS.iter().find(|(of, _)| *of == lang).unwrap().1;
        let mut bundle = FluentBundle::new(vec![lang.code().parse::<unic_langid::LanguageIdentifier>().unwrap()]);
        bundle.add_resource(FluentResource::try_new(text.to_owned()).unwrap()).unwrap();
        bundle
    }

    fn keys(lang: Lang) -> BTreeSet<String> {
        let text = WORDS.iter().find(|(of, _)| *of == lang).unwrap().1;
        text.lines().filter_map(|line| line.split_once(" = ")).map(|(key, _)| key.to_owned()).collect()
    }

    fn number_faults() -> Vec<Said> {
        let text = || "1.234".to_owned();
        [
            NumberFault::Empty,
            NumberFault::Unexpected { text: text(), found: 'x' },
            NumberFault::InnerSpace { text: text() },
            NumberFault::WrongGroups { text: text(), mark: '.' },
            NumberFault::WrongGroups { text: text(), mark: ' ' },
            NumberFault::TwoDecimals { text: text(), mark: ',' },
            NumberFault::BareMark { text: text() },
            NumberFault::Ambiguous { text: text(), as_vi: Exact::whole(1234), as_en: Exact::ONE },
            NumberFault::TooLong { text: text() },
        ]
        .iter()
        .map(NumberFault::said)
        .chain([
            TooLarge.said(),
            Undivided::ByZero.said(),
            Exact::parse_canonical("x").unwrap_err().said(),
            ExcessFault::TargetNotPositive.said(),
            Qualifier::parse("x").unwrap_err().said(),
            BadPolicy.said(),
            SpanFault::NoWidth.said(),
        ])
        .collect()
    }

    fn other_faults() -> Vec<Said> {
        let (name, value) = (|| "r".to_owned(), || "v".to_owned());
        let day = date(2020, 1, 1);
        let rules = [
            RuleFault::Syntax { detail: value() },
            RuleFault::Empty { name: name(), field: "source" },
            RuleFault::BadValue { name: name(), value: value() },
            RuleFault::BadDate { name: name(), value: value() },
            RuleFault::BadTrust { name: name(), letter: value() },
            RuleFault::Overlap { name: name(), first_from: day, second_from: day },
        ];
        let dates = [
            DateFault::Empty,
            DateFault::YearMissing(value()),
            DateFault::YearShort(value()),
            DateFault::NoSuchDay(value()),
            DateFault::Unreadable(value()),
        ];
        let trust = Trust::ALL.into_iter().map(Trust::said);
        rules.iter().map(RuleFault::said).chain(dates.iter().map(DateFault::said)).chain(trust).collect()
    }

    #[test]
    fn both_languages_have_the_same_keys() {
        assert_eq!(keys(Lang::Vi), keys(Lang::En));
    }

    #[test]
    fn every_refusal_has_words_and_every_value_in_them_is_given() {
        let said: Vec<Said> = number_faults().into_iter().chain(other_faults()).collect();
        for lang in Lang::ALL {
            let bundle = bundle(lang);
            for said in &said {
                let message = bundle.get_message(&said.key).unwrap_or_else(|| panic!("{lang}: no {}", said.key));
                let mut args = FluentArgs::new();
                for (name, value) in &said.args {
                    args.set(name.as_str(), value.write(lang, &|said| said.key.clone()));
                }
                let mut errors = Vec::new();
                let text = bundle.format_pattern(message.value().unwrap(), Some(&args), &mut errors);
                assert!(errors.is_empty() && !text.is_empty(), "{lang} {}: {errors:?}", said.key);
            }
        }
        let used: BTreeSet<String> = said.into_iter().map(|said| said.key).collect();
        // Names of days are no refusals; `registry` and later modules show them.
        let name = |key: &String| key.starts_with("kernel-day-") || key.starts_with("kernel-off-");
        let unused: Vec<String> = keys(Lang::Vi).difference(&used).filter(|key| !name(key)).cloned().collect();
        assert!(unused.is_empty(), "keys without a refusal: {unused:?}");
    }
}
