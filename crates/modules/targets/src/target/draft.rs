//! A target as a form holds it: texts, so that nothing typed is lost, turned into a target when it is complete.

use lt_kernel::calendar::PeriodKind;
use lt_kernel::quantity::{Exact, numbers};
use lt_kernel::{Lang, Said};
use lt_web::{Faults, Values};

use super::model::{Condition, Over, Reading, Target, Test};
use crate::observation::Stage;

/// Most readings, conditions and quantifiers a form holds each.
pub const MOST: usize = 12;

/// Kinds of tests, in the order they are offered; keys of texts are `targets-test-…`.
pub const TESTS: [&str; 11] =
    ["floor", "bare", "ceiling", "exact", "band", "grade", "rank", "stage", "judged", "implied", "met-share"];
/// Kinds of quantifiers; keys of texts are `targets-over-…`.
pub const OVERS: [&str; 5] = ["sum", "every-period", "at-least-periods", "every-unit", "at-least-units"];
/// Kinds of periods with their words.
pub const KINDS: [(PeriodKind, &str); 5] = [
    (PeriodKind::Year, "year"),
    (PeriodKind::HalfYear, "half-year"),
    (PeriodKind::Quarter, "quarter"),
    (PeriodKind::Month, "month"),
    (PeriodKind::NineMonths, "nine-months"),
];

/// Fields of a condition, in the order of the form.
pub const CONDITION: [&str; 13] = [
    "measure",
    "test",
    "at",
    "strict",
    "low",
    "high",
    "grade",
    "place",
    "peers",
    "stage",
    "resolution",
    "share",
    "round",
];
/// Fields of a quantifier.
pub const OVER: [&str; 5] = ["kind", "of", "k", "periods", "units"];

/// How many of a part there are: a number in a hidden field, within bounds.
fn count(values: &Values, name: &str) -> usize {
    values.text(name).parse().unwrap_or(0).min(MOST)
}

/// Name of a part: `r0`, `r0c1`, `r0c1o2`.
#[must_use]
pub fn reading(r: usize) -> String {
    format!("r{r}")
}

/// Name of a condition.
#[must_use]
pub fn condition(r: usize, c: usize) -> String {
    format!("r{r}c{c}")
}

/// Name of a quantifier.
#[must_use]
pub fn over(r: usize, c: usize, o: usize) -> String {
    format!("r{r}c{c}o{o}")
}

/// How many readings, conditions of a reading, quantifiers of a condition the form holds.
#[must_use]
pub fn readings(values: &Values) -> usize {
    count(values, "readings").max(1)
}

/// How many conditions a reading has.
#[must_use]
pub fn conditions(values: &Values, r: usize) -> usize {
    count(values, &format!("{}-conditions", reading(r))).max(1)
}

/// How many quantifiers a condition has.
#[must_use]
pub fn overs(values: &Values, r: usize, c: usize) -> usize {
    count(values, &format!("{}-overs", condition(r, c)))
}

/// Does what a button of the form asks: adds or removes a part. Unknown words do nothing.
pub fn act(values: &mut Values, what: &str) {
    if what == "reading+" {
        values.set("readings", (readings(values) + 1).to_string());
        return;
    }
    let Some((part, verb)) = what.split_once(':') else { return };
    let Some((r, c, o)) = places(part) else { return };
    match (verb, c, o) {
        ("condition+", None, None) => {
            let next = conditions(values, r) + 1;
            values.set(&format!("{}-conditions", reading(r)), next.to_string());
        }
        ("over+", Some(c), None) => {
            let next = overs(values, r, c) + 1;
            values.set(&format!("{}-overs", condition(r, c)), next.to_string());
        }
        ("remove", Some(c), Some(o)) => remove_over(values, r, c, o),
        ("remove", Some(c), None) => remove_condition(values, r, c),
        ("remove", None, None) => remove_reading(values, r),
        _ => {}
    }
}

/// Reading, condition and quantifier of a name such as `r0c1o2`.
fn places(part: &str) -> Option<(usize, Option<usize>, Option<usize>)> {
    let rest = part.strip_prefix('r')?;
    let (r, rest) = rest.split_once('c').map_or((rest, None), |(r, rest)| (r, Some(rest)));
    let Some(rest) = rest else { return Some((r.parse().ok()?, None, None)) };
    let (c, o) = rest.split_once('o').map_or((rest, None), |(c, o)| (c, Some(o)));
    let o = match o {
        Some(o) => Some(o.parse().ok()?),
        None => None,
    };
    Some((r.parse().ok()?, Some(c.parse().ok()?), o))
}

fn copy(values: &mut Values, from: &str, to: &str) {
    let value = values.raw(from).to_owned();
    values.set(to, value);
}

fn remove_over(values: &mut Values, r: usize, c: usize, o: usize) {
    let all = overs(values, r, c);
    for next in o + 1..all {
        for field in OVER {
            copy(values, &format!("{}-{field}", over(r, c, next)), &format!("{}-{field}", over(r, c, next - 1)));
        }
    }
    values.set(&format!("{}-overs", condition(r, c)), all.saturating_sub(1).to_string());
}

fn copy_condition(values: &mut Values, from: (usize, usize), to: (usize, usize)) {
    let (old, new) = (condition(from.0, from.1), condition(to.0, to.1));
    for field in CONDITION.into_iter().chain(["overs"]) {
        copy(values, &format!("{old}-{field}"), &format!("{new}-{field}"));
    }
    for o in 0..overs(values, from.0, from.1) {
        for field in OVER {
            copy(values, &format!("{}-{field}", over(from.0, from.1, o)), &format!("{}-{field}", over(to.0, to.1, o)));
        }
    }
}

fn remove_condition(values: &mut Values, r: usize, c: usize) {
    let all = conditions(values, r);
    if all <= 1 {
        return;
    }
    for next in c + 1..all {
        copy_condition(values, (r, next), (r, next - 1));
    }
    values.set(&format!("{}-conditions", reading(r)), (all - 1).to_string());
}

fn remove_reading(values: &mut Values, r: usize) {
    let all = readings(values);
    if all <= 1 {
        return;
    }
    for next in r + 1..all {
        let (old, new) = (reading(next), reading(next - 1));
        for field in ["label", "conditions"] {
            copy(values, &format!("{old}-{field}"), &format!("{new}-{field}"));
        }
        for c in 0..conditions(values, next) {
            copy_condition(values, (next, c), (next - 1, c));
        }
    }
    values.set("readings", (all - 1).to_string());
}

/// Fills a form with a target. Numbers are written the way `lang` writes them.
#[must_use]
pub fn fill(target: &Target, lang: Lang) -> Values {
    let mut values = Values::new([
        ("code", target.code.as_str()),
        ("sentence", &target.sentence),
        ("title", &target.title),
        ("title_en", &target.title_en),
        ("owner", &target.owner),
        ("base", &target.base),
        ("of_which", &target.of_which),
        ("open", &target.open),
    ]);
    values.set("collaborators", target.collaborators.join("\n"));
    values.set("readings", target.readings.len().to_string());
    for (r, one) in target.readings.iter().enumerate() {
        values.set(&format!("{}-label", reading(r)), &one.label);
        values.set(&format!("{}-conditions", reading(r)), one.conditions.len().to_string());
        for (c, asked) in one.conditions.iter().enumerate() {
            fill_condition(&mut values, &condition(r, c), asked, lang);
            values.set(&format!("{}-overs", condition(r, c)), asked.over.len().to_string());
            for (o, quantifier) in asked.over.iter().enumerate() {
                fill_over(&mut values, &over(r, c, o), quantifier);
            }
        }
    }
    values
}

fn fill_condition(values: &mut Values, name: &str, asked: &Condition, lang: Lang) {
    let number = |number: &Exact| numbers::write_all(number, lang);
    let mut set = |field: &str, value: String| values.set(&format!("{name}-{field}"), value);
    set("measure", asked.measure.clone());
    if let Some(places) = asked.round {
        set("round", places.to_string());
    }
    let test = match &asked.test {
        Test::Floor { at, strict } | Test::Ceiling { at, strict } => {
            set("at", number(at));
            if *strict {
                set("strict", "1".into());
            }
            if matches!(asked.test, Test::Floor { .. }) { "floor" } else { "ceiling" }
        }
        Test::Bare { at } => {
            set("at", number(at));
            "bare"
        }
        Test::Exact { at } => {
            set("at", number(at));
            "exact"
        }
        Test::Band { low, high } => {
            set("low", number(low));
            set("high", number(high));
            "band"
        }
        Test::Grade { scheme, at_least } => {
            set("grade", format!("{scheme}/{at_least}"));
            "grade"
        }
        Test::Rank { at_most, peers } => {
            set("place", at_most.to_string());
            set("peers", peers.clone());
            "rank"
        }
        Test::Stage { at_least } => {
            set("stage", stage_word(*at_least).into());
            "stage"
        }
        Test::Judged => "judged",
        Test::Implied => "implied",
        Test::MetShare { resolution, at_least } => {
            set("resolution", resolution.clone());
            set("share", number(at_least));
            "met-share"
        }
    };
    set("test", test.into());
}

fn fill_over(values: &mut Values, name: &str, over: &Over) {
    let mut set = |field: &str, value: String| values.set(&format!("{name}-{field}"), value);
    let kind = match over {
        Over::Sum => "sum",
        Over::EveryPeriod { .. } => "every-period",
        Over::AtLeastPeriods { .. } => "at-least-periods",
        Over::EveryUnit { .. } => "every-unit",
        Over::AtLeastUnits { .. } => "at-least-units",
    };
    set("kind", kind.into());
    if let Over::AtLeastPeriods { k, .. } | Over::AtLeastUnits { k, .. } = over {
        set("k", k.to_string());
    }
    if let Over::EveryPeriod { of, periods } | Over::AtLeastPeriods { of, periods, .. } = over {
        let word = KINDS.iter().find(|(kind, _)| kind == of).map_or("", |(_, word)| *word);
        set("of", word.into());
        set("periods", periods.join(", "));
    }
    if let Over::EveryUnit { units } | Over::AtLeastUnits { units, .. } = over {
        set("units", units.join("\n"));
    }
}

/// The word of a stage, as files write it.
#[must_use]
pub const fn stage_word(stage: Stage) -> &'static str {
    match stage {
        Stage::None => "none",
        Stage::Approved => "approved",
        Stage::Procured => "procured",
        Stage::Built => "built",
        Stage::Accepted => "accepted",
        Stage::InUse => "in-use",
    }
}

/// Parts of a text between commas and line ends, without empty ones.
#[must_use]
pub fn list(text: &str, between: &[char]) -> Vec<String> {
    text.split(between).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// Reads the target out of a form; what is missing or no number becomes a fault of its field.
#[must_use]
pub fn read(values: &Values, lang: Lang, faults: &mut Faults) -> Target {
    let text = |name: &str| values.text(name).to_owned();
    for name in ["code", "sentence", "title"] {
        if values.text(name).is_empty() {
            faults.add(name, Said::new("web-fault-empty"));
        }
    }
    let mut reader = Reader { values, lang, faults };
    Target {
        code: text("code"),
        sentence: text("sentence"),
        title: text("title"),
        title_en: text("title_en"),
        owner: text("owner"),
        collaborators: list(values.text("collaborators"), &['\n', ',']),
        base: text("base"),
        of_which: text("of_which"),
        open: text("open"),
        readings: (0..readings(values)).map(|r| reader.reading(r)).collect(),
    }
}

struct Reader<'a> {
    values: &'a Values,
    lang: Lang,
    faults: &'a mut Faults,
}

impl Reader<'_> {
    fn reading(&mut self, r: usize) -> Reading {
        Reading {
            label: self.values.text(&format!("{}-label", reading(r))).to_owned(),
            conditions: (0..conditions(self.values, r)).map(|c| self.condition(r, c)).collect(),
        }
    }

    fn condition(&mut self, r: usize, c: usize) -> Condition {
        let name = condition(r, c);
        let test = self.test(&name);
        let measure = self.values.text(&format!("{name}-measure")).to_owned();
        let is_roll_up = matches!(test, Test::MetShare { .. });
        if measure.is_empty() && !is_roll_up {
            self.faults.add(&format!("{name}-measure"), Said::new("web-fault-empty"));
        }
        let over = (0..overs(self.values, r, c)).filter_map(|o| self.over(&over(r, c, o))).collect();
        let round = self.opt(&format!("{name}-round")).map(|field| self.whole(&field));
        Condition { measure: if is_roll_up { String::new() } else { measure }, test, over, round }
    }

    /// The name of a field, when something is in it.
    fn opt(&self, name: &str) -> Option<String> {
        Some(name.to_owned()).filter(|name| !self.values.text(name).is_empty())
    }

    fn number(&mut self, name: &str) -> Exact {
        let text = self.values.text(name).trim_end_matches('%').trim();
        match numbers::parse(text, self.lang) {
            Ok(number) => number,
            Err(fault) => {
                self.faults.add(name, fault.said());
                Exact::ZERO
            }
        }
    }

    fn whole(&mut self, name: &str) -> u32 {
        let text = self.values.text(name);
        text.parse().unwrap_or_else(|_| {
            let key = if text.is_empty() { "web-fault-empty" } else { "web-fault-int" };
            self.faults.add(name, Said::new(key).with("text", text));
            0
        })
    }

    fn test(&mut self, name: &str) -> Test {
        let field = |field: &str| format!("{name}-{field}");
        let text = |part: &str| self.values.text(&field(part)).to_owned();
        let strict = !text("strict").is_empty();
        match self.values.text(&field("test")) {
            "floor" => Test::Floor { at: self.number(&field("at")), strict },
            "bare" => Test::Bare { at: self.number(&field("at")) },
            "ceiling" => Test::Ceiling { at: self.number(&field("at")), strict },
            "exact" => Test::Exact { at: self.number(&field("at")) },
            "band" => Test::Band { low: self.number(&field("low")), high: self.number(&field("high")) },
            "grade" => {
                let grade = text("grade");
                let (scheme, at_least) = grade.split_once('/').unwrap_or_else(|| {
                    self.faults.add(&field("grade"), Said::new("web-fault-empty"));
                    ("", "")
                });
                Test::Grade { scheme: scheme.to_owned(), at_least: at_least.to_owned() }
            }
            "rank" => Test::Rank { peers: text("peers"), at_most: self.whole(&field("place")) },
            "stage" => {
                let word = text("stage");
                let found = Stage::ALL.into_iter().find(|stage| stage_word(*stage) == word);
                Test::Stage {
                    at_least: found.unwrap_or_else(|| {
                        self.faults.add(&field("stage"), Said::new("web-fault-empty"));
                        Stage::InUse
                    }),
                }
            }
            "judged" => Test::Judged,
            "implied" => Test::Implied,
            "met-share" => {
                let resolution = text("resolution");
                if resolution.is_empty() {
                    self.faults.add(&field("resolution"), Said::new("web-fault-empty"));
                }
                Test::MetShare { resolution, at_least: self.number(&field("share")) }
            }
            _ => {
                self.faults.add(&field("test"), Said::new("targets-form-no-test"));
                Test::Judged
            }
        }
    }

    fn over(&mut self, name: &str) -> Option<Over> {
        let field = |field: &str| format!("{name}-{field}");
        let kind = self.values.text(&field("kind")).to_owned();
        let word = self.values.text(&field("of"));
        let of = KINDS.iter().find(|(_, known)| *known == word).map_or(PeriodKind::Year, |(kind, _)| *kind);
        let periods = list(self.values.text(&field("periods")), &['\n', ',', ';', ' ']);
        let units = list(self.values.text(&field("units")), &['\n']);
        if matches!(kind.as_str(), "every-unit" | "at-least-units") && units.is_empty() {
            self.faults.add(&field("units"), Said::new("web-fault-empty"));
        }
        match kind.as_str() {
            "sum" => Some(Over::Sum),
            "every-period" => Some(Over::EveryPeriod { of, periods }),
            "at-least-periods" => Some(Over::AtLeastPeriods { k: self.whole(&field("k")), of, periods }),
            "every-unit" => Some(Over::EveryUnit { units }),
            "at-least-units" => Some(Over::AtLeastUnits { k: self.whole(&field("k")), units }),
            _ => None,
        }
    }
}

#[cfg(test)]
#[path = "draft_tests.rs"]
mod tests;
