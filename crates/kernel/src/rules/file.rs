//! The TOML shape of a rule file.

use toml::Value;

use super::{Rule, RuleFault, RuleValue, Trust};
use crate::clock::{Date, Interval};
use crate::quantity::Exact;
use crate::text::nfc;

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    rule: Vec<Entry>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: String,
    value: Value,
    unit: Option<String>,
    valid_from: Value,
    valid_to: Option<Value>,
    source: String,
    trust: String,
}

/// The rules of a file, in its order.
pub(super) fn read(toml: &str) -> Result<Vec<Rule>, RuleFault> {
    let file: File = toml::from_str(&nfc(toml))
        .map_err(|fault| RuleFault::Syntax { detail: fault.to_string().trim().to_owned() })?;
    file.rule.into_iter().enumerate().map(|(at, entry)| rule(at + 1, entry)).collect()
}

fn rule(number: usize, entry: Entry) -> Result<Rule, RuleFault> {
    let name = entry.name.trim().to_owned();
    if name.is_empty() {
        return Err(RuleFault::Empty { name: format!("#{number}"), field: "name" });
    }
    if entry.source.trim().is_empty() {
        return Err(RuleFault::Empty { name, field: "source" });
    }
    let from = date(&name, &entry.valid_from)?;
    let to = entry.valid_to.as_ref().map(|to| date(&name, to)).transpose()?;
    let valid = Interval { from, to };
    if !valid.is_valid() {
        return Err(RuleFault::BadDate { value: to.map(|to| to.to_string()).unwrap_or_default(), name });
    }
    let Some(trust) = Trust::from_letter(&entry.trust) else {
        return Err(RuleFault::BadTrust { name, letter: entry.trust });
    };
    let value = value(&name, &entry.value)?;
    Ok(Rule { name, value, unit: entry.unit, valid, source: entry.source.trim().to_owned(), trust })
}

/// A date is written as TOML's own or as a text `"YYYY-MM-DD"`.
fn date(name: &str, value: &Value) -> Result<Date, RuleFault> {
    let text = match value {
        Value::Datetime(date) => date.to_string(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    // The length keeps out date-times, whose time of day would be lost silently.
    let date = (text.len() == 10).then(|| text.parse().ok()).flatten();
    date.ok_or_else(|| RuleFault::BadDate { name: name.to_owned(), value: text })
}

fn value(name: &str, value: &Value) -> Result<RuleValue, RuleFault> {
    let refuse = || RuleFault::BadValue { name: name.to_owned(), value: value.to_string().trim().to_owned() };
    match value {
        Value::Integer(number) => Ok(RuleValue::Integer(*number)),
        Value::String(text) if !text.trim().is_empty() => Ok(RuleValue::Text(text.clone())),
        Value::Table(table) if table.len() == 1 => {
            let text = table.get("exact").and_then(Value::as_str).ok_or_else(refuse)?;
            Exact::parse_canonical(text).map(RuleValue::Exact).map_err(|_| refuse())
        }
        _ => Err(refuse()),
    }
}
