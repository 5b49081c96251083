//! The page of a review: where it stands, what comes next, what is missing, what keeps the report back.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use lt_kernel::id::AccountId;
use lt_module::Host;
use lt_web::ui::{Button, FormOpen, Summary, Tag};
use lt_web::{Problem, Talk, View};

use super::desk::Desk;
use super::frozen::Frozen;
use super::missing::missing;
use super::model::{Signed, State as Stand};
use super::{cause, list, store};
use crate::board::shown;
use crate::report::changes::changes;
use crate::report::compose::Blocker;
use crate::report::paper::change_line;
use crate::report::web::draft;
use crate::resolution::door::{pick, target_address};
use crate::target::said::value_said;
use crate::target::who::Who;

/// A target that lacks something.
struct Lack {
    code: String,
    href: String,
    title: String,
    verdict: Tag,
    what: Vec<String>,
    owner: String,
}

/// A target that needs a cause.
struct Why {
    code: String,
    title: String,
    href: String,
    verdict: Tag,
    stated: Option<(&'static str, String)>,
}

/// A verb as a form of one button.
struct Verb {
    form: FormOpen,
    version: i64,
    button: Button,
    hint: &'static str,
}

/// What keeps a report back.
struct Block {
    text: String,
    href: String,
}

/// A version of the report.
struct Version {
    href: String,
    text: String,
}

/// A frozen figure that may be corrected.
struct Figure {
    href: String,
    measure: String,
    value: String,
    as_of: String,
}

#[derive(Template)]
#[template(path = "review/show.html")]
struct ShowHtml<'a> {
    t: Talk<'a>,
    title: String,
    resolution: String,
    state: Tag,
    cutoff: String,
    facts: Summary,
    verbs: Vec<Verb>,
    met: String,
    lacks: Vec<Lack>,
    whys: Vec<Why>,
    may_write: bool,
    base: String,
    blocks: Vec<Block>,
    issue: Option<FormOpen>,
    is_frozen: bool,
    versions: Vec<Version>,
    figures: Vec<Figure>,
    pending: Vec<String>,
    refreeze: Option<Verb>,
}

fn verb(view: &View, desk: &Desk, what: &str, button: Button, hint: &'static str) -> Verb {
    Verb { form: FormOpen::new(view, format!("{}/{what}", desk.base)), version: desk.review.version, button, hint }
}

/// What this reader may do next, the main thing first.
fn verbs(view: &View, desk: &Desk) -> Vec<Verb> {
    let (t, org) = (view.t(), desk.listed.org);
    let may = |permission: &str| view.viewer.may(permission, org);
    let mut found = Vec::new();
    let reopen =
        || verb(view, desk, "reopen", Button::second(t.s("targets-review-reopen")), "targets-review-reopen-hint");
    match desk.review.state {
        Stand::Open if may("targets.review") => {
            found.push(verb(
                view,
                desk,
                "collect",
                Button::new(t.s("targets-review-collect")),
                "targets-review-collect-hint",
            ));
        }
        Stand::Collected(collected) => {
            if may("targets.approve") && view.viewer.account != Some(collected.by) {
                let button = Button::new(t.s("targets-review-approve"));
                found.push(verb(view, desk, "approve", button, "targets-review-approve-hint"));
            }
            if may("targets.review") {
                found.push(reopen());
            }
        }
        Stand::Approved { .. } => {
            if may("targets.approve") {
                let button = Button::new(t.s("targets-review-freeze"));
                found.push(verb(view, desk, "freeze", button, "targets-review-freeze-hint"));
            }
            if may("targets.review") {
                found.push(reopen());
            }
        }
        Stand::Open | Stand::Frozen { .. } => {}
    }
    found
}

async fn facts(host: &Host, view: &View, desk: &Desk, hash: &str) -> Result<Summary, Problem> {
    let (t, state) = (view.t(), &desk.review.state);
    let frozen = state.frozen();
    let signed: Vec<(&str, Signed)> = [
        ("targets-review-collected-by", state.collected()),
        ("targets-review-approved-by", state.approved()),
        ("targets-review-frozen-by", frozen.map(|(_, signed)| signed)),
    ]
    .into_iter()
    .filter_map(|(key, signed)| Some((key, signed?)))
    .collect();
    let who = Who::load(host, signed.iter().map(|(_, one)| one.by).collect::<Vec<AccountId>>()).await?;
    let mut facts = Summary::new();
    for (key, one) in signed {
        let text = t.with("targets-by-at", &[("who", &who.name(t, Some(one.by))), ("at", &t.instant(&one.at))]);
        facts = facts.row(t.s(key), text);
    }
    if let Some((number, _)) = frozen {
        let text = t.with("targets-review-set", &[("number", &number.to_string()), ("sha256", hash)]);
        facts = facts.row(t.s("targets-review-set-name"), text);
    }
    Ok(facts)
}

fn lacks(view: &View, desk: &Desk, frozen: &Frozen) -> Vec<Lack> {
    let t = view.t();
    missing(frozen)
        .into_iter()
        .map(|lack| Lack {
            code: lack.held.target.code.clone(),
            href: target_address(&desk.listed.code, &lack.held.target.code),
            title: pick(&lack.held.target.title, &lack.held.target.title_en, view.lang).to_owned(),
            verdict: Tag::verdict(t, shown::mark(lack.verdict)),
            what: lack.what.iter().map(|said| t.said(said)).collect(),
            owner: lack.held.owner_name.clone(),
        })
        .collect()
}

fn whys(view: &View, desk: &Desk, frozen: &Frozen, causes: &[cause::Cause]) -> Vec<Why> {
    let t = view.t();
    let wanted = frozen.rows().filter(|(held, verdict)| frozen.needs_cause(held, verdict));
    wanted
        .map(|(held, verdict)| {
            let stated = causes.iter().find(|one| one.target == held.id && !one.text.trim().is_empty());
            Why {
                code: held.target.code.clone(),
                title: pick(&held.target.title, &held.target.title_en, view.lang).to_owned(),
                href: format!("{}/causes/{}", desk.base, crate::resolution::door::part(&held.target.code)),
                verdict: Tag::verdict(t, shown::mark(verdict)),
                stated: stated.map(|one| (one.kind.key(), one.text.clone())),
            }
        })
        .collect()
}

/// Where a blocker is mended.
fn mend(desk: &Desk, blocker: &Blocker) -> String {
    match blocker {
        Blocker::Text { section, target, .. } if target.is_empty() => format!("{}/texts#f-{section}", desk.base),
        Blocker::NoCause { target } | Blocker::Text { target, .. } => {
            format!("{}/causes/{}", desk.base, crate::resolution::door::part(target))
        }
    }
}

fn blocks(t: Talk<'_>, desk: &Desk, blockers: &[Blocker]) -> Vec<Block> {
    blockers.iter().map(|one| Block { text: t.said(&one.said()), href: mend(desk, one) }).collect()
}

fn versions(t: Talk<'_>, desk: &Desk, issued: &[crate::report::store::Issued]) -> Vec<Version> {
    let text = |one: &crate::report::store::Issued| {
        let said = [("version", one.version.to_string()), ("at", t.instant(&one.issued_at))];
        t.with("targets-review-report-at", &said.each_ref().map(|(name, value)| (*name, value.as_str())))
    };
    issued
        .iter()
        .map(|one| Version { href: format!("{}/reports/{}", desk.base, one.version), text: text(one) })
        .collect()
}

fn figures(view: &View, desk: &Desk, frozen: &Frozen) -> Vec<Figure> {
    let t = view.t();
    let known = frozen.observations.iter().filter_map(|one| Some((one, frozen.measure(&one.measure)?)));
    known
        .map(|(one, measure)| Figure {
            href: format!("{}/correct/{}", desk.base, one.seen.id),
            measure: pick(&measure.name, &measure.name_en, view.lang).to_owned(),
            value: t.said(&value_said(&one.seen.value, measure.unit, &frozen.schemes)),
            as_of: t.date(&one.seen.as_of),
        })
        .collect()
}

/// Shows the page.
pub(super) async fn show(
    State(host): State<Host>,
    view: View,
    Path((code, period)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let desk = Desk::open(&host, &view, &code, &period, None).await?;
    let (t, org) = (view.t(), desk.listed.org);
    let (frozen, number, hash) = desk.set(&host).await?;
    let drafted = draft(&host, &desk, &frozen, (number, &hash)).await?;
    let causes = cause::of(&host.db, desk.review.id).await?;
    let is_frozen = desk.review.state.frozen().is_some();
    let pending = if is_frozen {
        let gone = crate::observation::store::gone(&host.db, desk.listed.id).await?;
        changes(&frozen, &desk.gathered(&host).await?, &gone)
    } else {
        Vec::new()
    };
    let may = |permission: &str| view.viewer.may(permission, org);
    let refreeze = (!pending.is_empty() && may("targets.approve")).then(|| {
        verb(&view, &desk, "freeze", Button::new(t.s("targets-review-refreeze")), "targets-review-refreeze-hint")
    });
    let (met, all) = drafted.content.met();
    let may_issue = is_frozen && may("targets.issue") && drafted.blockers.is_empty();
    let html = ShowHtml {
        t,
        title: t.a("targets-review-title", "period", desk.review.period.name(view.lang)),
        resolution: crate::resolution::door::title(&desk.listed, view.lang).to_owned(),
        state: list::mark(t, &desk.review.state),
        cutoff: t.a("targets-review-cutoff-is", "cutoff", t.date(&desk.review.cutoff)),
        facts: facts(&host, &view, &desk, &hash).await?,
        verbs: verbs(&view, &desk),
        met: t.with("targets-board-told", &[("met", &met.to_string()), ("all", &all.to_string())]),
        lacks: lacks(&view, &desk, &frozen),
        whys: whys(&view, &desk, &frozen, &causes),
        may_write: may("targets.review"),
        blocks: blocks(t, &desk, &drafted.blockers),
        issue: may_issue.then(|| FormOpen::new(&view, format!("{}/reports", desk.base))),
        is_frozen,
        versions: versions(t, &desk, &drafted.versions),
        figures: if is_frozen && may("targets.observe") { figures(&view, &desk, &frozen) } else { Vec::new() },
        pending: pending.iter().map(|change| change_line(t, change)).collect(),
        refreeze,
        base: desk.base.clone(),
    };
    let mut crumbs = desk.crumbs(&view);
    crumbs.pop();
    view.page(html.title.clone()).wide().crumbs(crumbs).show(&html)
}

/// Kept close to the page that names it: texts of a review, read by other pages.
pub(super) async fn texts_of(host: &Host, desk: &Desk) -> Result<Vec<(String, String)>, Problem> {
    Ok(store::passages(&host.db, desk.review.id).await?)
}
