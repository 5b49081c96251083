use jiff::civil::date;

use super::*;

const FILE: &str = r#"
[[rule]]
name = "answer-within"
value = 15
unit = "working days"
valid_from = 2018-06-21
valid_to = 2025-07-01
source = "Decree X Art. 1"
trust = "A"

[[rule]]
name = "answer-within"
value = 10
unit = "working days"
valid_from = "2025-07-01"
source = "Decree Y Art. 1"
trust = "N"

[[rule]]
name = "fee-share"
value = { exact = "1/3" }
valid_from = 2011-04-01
source = "Decision Z"
trust = "V"

[[rule]]
name = "title"
value = "trong sạch vững mạnh"
valid_from = 2008-01-01
source = "recalled"
trust = "U"
"#;

#[test]
fn the_rule_of_the_day_is_found() {
    let rules = Rules::parse(FILE).unwrap();
    let days = |on| rules.at("answer-within", on).and_then(Rule::integer);
    assert_eq!(days(date(2018, 6, 20)), None, "no rule is known for the day before");
    assert_eq!(days(date(2018, 6, 21)), Some(15));
    assert_eq!(days(date(2025, 6, 30)), Some(15));
    assert_eq!(days(date(2025, 7, 1)), Some(10));
    assert_eq!(days(date(2099, 1, 1)), Some(10));
    assert!(rules.at("answer", date(2020, 1, 1)).is_none());
    assert_eq!(rules.versions("answer-within").count(), 2);
    assert_eq!(rules.iter().count(), 4);
}

#[test]
fn values_are_typed() {
    let rules = Rules::parse(FILE).unwrap();
    let on = date(2020, 1, 1);
    let share = rules.at("fee-share", on).unwrap();
    assert_eq!(share.exact(), Exact::from_parts(1, 3));
    assert_eq!((share.integer(), share.text()), (None, None));
    assert_eq!(rules.at("title", on).unwrap().text(), Some("trong sạch vững mạnh"));
    assert_eq!(rules.at("answer-within", on).unwrap().exact(), Some(Exact::whole(15)));
    assert_eq!(rules.at("answer-within", on).unwrap().unit.as_deref(), Some("working days"));
}

#[test]
fn unverified_rules_carry_a_mark_and_versions_are_stable() {
    let rules = Rules::parse(FILE).unwrap();
    let on = date(2026, 1, 1);
    let marks: Vec<_> = rules.iter().filter(|rule| rule.valid.holds(on)).map(Rule::needs_mark).collect();
    assert_eq!(marks, [true, false, true]);
    assert_eq!(rules.version_at(on), "answer-within@2025-07-01\nfee-share@2011-04-01\ntitle@2008-01-01");
    let verified: String = Trust::ALL.into_iter().filter(|trust| trust.is_verified()).map(Trust::letter).collect();
    assert_eq!(verified, "ABV");
}

#[test]
fn a_day_with_two_versions_refuses_the_file() {
    let overlap = FILE.replace("valid_to = 2025-07-01", "valid_to = 2025-07-02");
    let fault = RuleFault::Overlap {
        name: "answer-within".to_owned(),
        first_from: date(2018, 6, 21),
        second_from: date(2025, 7, 1),
    };
    assert_eq!(Rules::parse(&overlap), Err(fault.clone()));
    assert_eq!(Rules::parse(&FILE.replace("valid_to = 2025-07-01", "")), Err(fault));
    let rules = Rules::parse(FILE).unwrap();
    assert!(Rules::merged([rules.clone(), rules.clone()]).is_err());
    assert_eq!(Rules::merged([rules.clone(), Rules::default()]), Ok(rules));
}

#[test]
fn what_is_not_a_rule_is_refused() {
    for (from, to, key) in [
        ("value = 15", "value = 1.5", "kernel-rule-bad-value"),
        ("value = 15", "value = true", "kernel-rule-bad-value"),
        ("value = 15", "value = ' '", "kernel-rule-bad-value"),
        ("\"1/3\"", "\"2/6\"", "kernel-rule-bad-value"),
        ("exact =", "about =", "kernel-rule-bad-value"),
        ("2018-06-21", "2018-06-21T10:00:00", "kernel-rule-bad-date"),
        ("2018-06-21", "2018", "kernel-rule-bad-date"),
        ("\"2025-07-01\"", "\"1/7/2025\"", "kernel-rule-bad-date"),
        ("valid_to = 2025-07-01", "valid_to = 2018-06-21", "kernel-rule-bad-date"),
        ("\"A\"", "\"a\"", "kernel-rule-bad-trust"),
        ("\"A\"", "\"AA\"", "kernel-rule-bad-trust"),
        ("\"recalled\"", "\" \"", "kernel-rule-empty"),
        ("name = \"title\"", "name = \"\"", "kernel-rule-empty"),
        ("unit =", "units =", "kernel-rule-syntax"),
        ("source = \"recalled\"", "", "kernel-rule-syntax"),
        ("[[rule]]", "[[rules]]", "kernel-rule-syntax"),
        ("[[rule]]", "[[rule", "kernel-rule-syntax"),
    ] {
        let broken = FILE.replacen(from, to, 1);
        assert_ne!(broken, FILE, "{from}");
        assert_eq!(Rules::parse(&broken).unwrap_err().said().key, key, "{from} → {to}");
    }
    assert_eq!(Rules::parse(""), Ok(Rules::default()));
}
