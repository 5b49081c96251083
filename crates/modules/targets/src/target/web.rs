//! The page of a target: its sentence, its rule in words, what was observed, the verdict and how it came about.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use lt_kernel::quantity::numbers;
use lt_module::Host;
use lt_web::ui::{FormOpen, Summary, Tag, Timeline};
use lt_web::{Access, Html, Problem, Routes, Talk, View};

use super::model::Target;
use super::said::rule_in_words;
use super::seen::{self, Numbers, Seen};
use super::{chart, history};
use crate::board::ask::Days;
use crate::board::shown;
use crate::book::Board;
use crate::file::format::Sentence;
use crate::measure::Measure;
use crate::resolution::door::{self, Names, pick};
use crate::resolution::model::MeasureId;
use crate::resolution::store::{Held, Whole};
use crate::verdict::Verdict;

/// Most observations named beside one line of the arithmetic.
const MOST_USED: usize = 12;

/// The routes.
pub fn routes() -> Routes<Host> {
    Routes::new().get("/resolutions/{code}/targets/{target}", Access::Holds("targets.read"), show)
}

/// A line of the arithmetic.
struct Step {
    depth: u8,
    text: String,
    used: Vec<usize>,
    more: usize,
}

#[derive(Template)]
#[template(path = "target/page.html")]
struct TargetHtml<'a> {
    t: Talk<'a>,
    target: &'a Target,
    title: &'a str,
    verdict: Tag,
    settled: Option<&'static str>,
    dropped: Option<&'a str>,
    read: Vec<Html>,
    asof: String,
    is_past: bool,
    before: Option<&'a Sentence>,
    sentence: Option<&'a Sentence>,
    after: Option<&'a Sentence>,
    is_english: bool,
    base: String,
    rules: Vec<(Option<String>, Vec<String>)>,
    facts: Summary,
    statuses: Summary,
    missing: Vec<String>,
    findings: Vec<String>,
    implied: Option<String>,
    steps: Vec<Step>,
    charts: Vec<Html>,
    seen: Vec<(String, String, Seen<'a>)>,
    history: Timeline,
    define: Option<String>,
    restore: Option<FormOpen>,
    observe: bool,
    days: String,
    rules_version: &'a str,
}

/// The measures a target uses, each once, in the order of its conditions.
fn measures_of<'a>(target: &Target, whole: &'a Whole) -> Vec<(MeasureId, &'a Measure)> {
    let mut found: Vec<(MeasureId, &Measure)> = Vec::new();
    for condition in target.readings.iter().flat_map(|reading| &reading.conditions) {
        let known = whole.measures.iter().find(|(_, measure)| measure.code == condition.measure);
        if let Some((id, measure)) = known
            && !found.iter().any(|(seen, _)| seen == id)
        {
            found.push((*id, measure));
        }
    }
    found
}

/// The sentence of a target with its neighbours of the same standing.
fn around<'a>(target: &Target, whole: &'a Whole) -> [Option<&'a Sentence>; 3] {
    let own = whole.sentences.iter().find(|sentence| sentence.code == target.sentence);
    let alike: Vec<&Sentence> =
        whole.sentences.iter().filter(|one| own.is_some_and(|own| own.standing == one.standing)).collect();
    let place = alike.iter().position(|one| one.code == target.sentence);
    let at = |place: Option<usize>| place.and_then(|place| alike.get(place).copied());
    [at(place.and_then(|place| place.checked_sub(1))), own, at(place.map(|place| place + 1))]
}

fn facts(view: &View, held: &Held, whole: &Whole, names: &Names) -> Summary {
    let (t, target) = (view.t(), &held.target);
    let mut facts = Summary::new().row(t.s("targets-target-owner"), names.of(held.owner));
    let others: Vec<&str> =
        target.collaborators.iter().map(|key| names.find(key).map_or(key.as_str(), |org| names.of(org))).collect();
    for (key, value) in [
        ("targets-target-collaborators", others.join(", ")),
        ("targets-target-base", target.base.clone()),
        ("targets-target-open", target.open.clone()),
    ] {
        if !value.is_empty() {
            facts = facts.row(t.s(key), value);
        }
    }
    if !target.of_which.is_empty() {
        let link = Link { href: door::target_address(&whole.listed.code, &target.of_which), text: &target.of_which };
        facts = facts.row(t.s("targets-target-of-which"), Html::of(&link));
    }
    for (_, measure) in measures_of(target, whole) {
        if let Some(parts) = &measure.parts {
            let said = [("numerator", parts.numerator.as_str()), ("denominator", parts.denominator.as_str())];
            facts = facts.row(seen::name(measure, view), t.with("targets-target-parts", &said));
        }
        if !measure.note.is_empty() {
            facts = facts.row(t.a("targets-target-note", "measure", seen::name(measure, view)), measure.note.clone());
        }
    }
    facts
}

#[derive(Template)]
#[template(ext = "html", source = r#"<a href="{{ href }}">{{ text }}</a>"#)]
struct Link<'a> {
    href: String,
    text: &'a str,
}

/// The four statuses, kept apart.
fn statuses(view: &View, verdict: &Verdict) -> Summary {
    let t = view.t();
    let mut value = t.s(shown::mark(verdict).key()).to_owned();
    if let Some(said) = &verdict.value {
        value = format!("{value}: {}", t.said(said));
    }
    if let Some(excess) = &verdict.excess {
        let key = if excess.points { "targets-excess-points" } else { "targets-excess-percent" };
        let by = numbers::write(&excess.by, 2, t.lang);
        let by = if excess.at_least { t.a("targets-excess-at-least", "by", by) } else { by };
        value = format!("{value} ({})", t.a(key, "by", by));
    }
    let share = |share: &lt_kernel::quantity::Exact| numbers::write_percent(share, 0, t.lang);
    let elapsed = share(&verdict.elapsed);
    let schedule = match &verdict.progress {
        Some(progress) => t.with("targets-status-progress", &[("progress", &share(progress)), ("elapsed", &elapsed)]),
        None => t.a("targets-board-elapsed", "share", elapsed),
    };
    Summary::new()
        .row(t.s("targets-status-value"), value)
        .row(t.s("targets-status-evidence"), t.s(shown::evidence_key(verdict.evidence)))
        .row(t.s("targets-status-schedule"), format!("{}. {schedule}", t.s(shown::schedule_key(verdict.schedule))))
        .row(t.s("targets-status-approval"), t.s(shown::approval_key(verdict.approval)))
}

fn steps(t: Talk<'_>, verdict: &Verdict, numbers: &Numbers) -> Vec<Step> {
    let step = |step: &crate::verdict::Step| {
        let mut used: Vec<usize> = step.used.iter().filter_map(|id| numbers.get(id).copied()).collect();
        used.sort_unstable();
        used.dedup();
        let more = used.len().saturating_sub(MOST_USED);
        used.truncate(MOST_USED);
        Step { depth: step.depth.min(4), text: t.said(&step.said), used, more }
    };
    verdict.steps.iter().map(step).collect()
}

fn charts(
    view: &View,
    held: &Held,
    board: &Board,
    verdict: &Verdict,
    seen: &[Seen<'_>],
    schemes: &crate::scheme::Schemes,
) -> Vec<Html> {
    let conditions = held.target.readings.iter().flat_map(|reading| &reading.conditions);
    let mut drawn: Vec<&str> = Vec::new();
    let mut charts = Vec::new();
    for condition in conditions {
        let found = seen.iter().find(|one| one.measure.code == condition.measure);
        if let Some(found) = found.filter(|_| !drawn.contains(&condition.measure.as_str())) {
            drawn.push(&condition.measure);
            charts.extend(chart::draw(view, condition, found, board.whole.listed.term, schemes, verdict.implied));
        }
    }
    charts
}

/// What was seen of each measure, with its name and kind.
fn named<'a>(view: &View, seen: Vec<Seen<'a>>) -> Vec<(String, String, Seen<'a>)> {
    let kind = |one: &Seen<'_>| view.t().s(one.measure.unit.key()).to_owned();
    seen.into_iter().map(|one| (seen::name(one.measure, view).to_owned(), kind(&one), one)).collect()
}

/// Lines that say the same become one, with how often it is said.
fn counted(lines: Vec<String>) -> Vec<String> {
    let mut counts: Vec<(String, usize)> = Vec::new();
    for line in lines {
        match counts.iter_mut().find(|(known, _)| *known == line) {
            Some((_, count)) => *count += 1,
            None => counts.push((line, 1)),
        }
    }
    counts.into_iter().map(|(line, count)| if count == 1 { line } else { format!("{line} (×{count})") }).collect()
}

/// Shows the page.
async fn show(
    State(host): State<Host>,
    view: View,
    Path((code, target)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let listed = door::open(&host, &view, &code).await?;
    let today = host.clock.today();
    let days = Days::of(&view, today);
    let board = door::book(&host)?.board(listed.id, days.at, days.known_at()).await?.ok_or_else(Problem::not_found)?;
    let whole = &*board.whole;
    let place = whole.targets.iter().position(|held| held.target.code == target).ok_or_else(Problem::not_found)?;
    let (Some(held), Some(verdict)) = (whole.targets.get(place), board.verdicts.get(place)) else {
        return Err(Problem::not_found());
    };
    let (t, names) = (view.t(), Names::on(&host, days.at).await?);
    let schemes = crate::scheme::store::load(&host.db).await?;
    let measures: HashMap<String, Measure> =
        whole.measures.iter().map(|(_, measure)| (measure.code.clone(), measure.clone())).collect();
    let used = measures_of(&held.target, whole);
    let (seen, numbered) = seen::load(&host, &view, &used, &schemes, days.known_at()).await?;
    let [before, sentence, after] = around(&held.target, whole);
    let said = |list: &[lt_kernel::Said]| list.iter().map(|said| t.said(said)).collect::<Vec<_>>();
    let title = pick(&held.target.title, &held.target.title_en, view.lang);
    let may_define = view.viewer.may("targets.define", listed.org);
    let html = TargetHtml {
        t,
        target: &held.target,
        title,
        verdict: Tag::verdict(t, shown::mark(verdict)),
        settled: crate::board::settled(verdict),
        dropped: held.dropped.as_deref(),
        read: crate::observation::writing::stored(&host, &view, used.iter().map(|(id, _)| *id)).await?,
        asof: crate::board::as_of(t, &days),
        is_past: days.known.is_some(),
        before,
        sentence,
        after,
        is_english: view.lang == lt_kernel::Lang::En,
        base: door::address(&code),
        rules: by_reading(t, &rule_in_words(&held.target, &measures, &schemes)),
        facts: facts(&view, held, whole, &names),
        statuses: statuses(&view, verdict),
        missing: counted(said(&verdict.missing)),
        findings: said(&verdict.findings),
        implied: verdict.implied.as_ref().map(|number| numbers::write(number, 2, t.lang)),
        steps: steps(t, verdict, &numbered),
        charts: charts(&view, held, &board, verdict, &seen, &schemes),
        seen: named(&view, seen),
        history: history::load(&host, &view, held.id).await?,
        restore: may_define.then(|| FormOpen::new(&view, format!("{}/restore", door::target_address(&code, &target)))),
        define: (may_define && held.dropped.is_none())
            .then(|| format!("{}/define", door::target_address(&code, &target))),
        observe: view.viewer.may("targets.observe", listed.org) || view.viewer.may("targets.observe", held.owner),
        days: days.query(today),
        rules_version: &verdict.rules,
    };
    view.page(title).crumbs(door::crumbs(&view, &listed)).show(&html)
}

/// The lines of a rule under the reading they belong to; no reading where there is but one.
fn by_reading(t: Talk<'_>, rule: &[lt_kernel::Said]) -> Vec<(Option<String>, Vec<String>)> {
    let mut groups: Vec<(Option<String>, Vec<String>)> = Vec::new();
    for said in rule {
        let text = t.said(said);
        match groups.last_mut() {
            _ if said.key == "targets-rule-reading" => groups.push((Some(text), Vec::new())),
            Some((_, lines)) => lines.push(text),
            None => groups.push((None, vec![text])),
        }
    }
    groups
}
