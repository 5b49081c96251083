//! What happened: every change with who, when, before and after.

use std::collections::HashMap;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use lt_contracts::Actor;
use lt_kernel::Instant;
use lt_kernel::id::{AccountId, Uuid};
use lt_module::Host;
use lt_store::{ChangeFilter, Db, StoreError, StoredChange, params};
use lt_web::ui::{Diff, Pager};
use lt_web::{Problem, Scope, Talk, View};

use super::HISTORY;

/// Changes on one page.
const PAGE: u32 = 30;

struct Line<'a> {
    at: String,
    who: String,
    noun: String,
    verb: String,
    thing: Uuid,
    diff: Diff<'a>,
}

#[derive(Template)]
#[template(path = "pages/history.html")]
struct HistoryHtml<'a> {
    t: Talk<'a>,
    lines: Vec<Line<'a>>,
    noun: String,
    thing: String,
    from: String,
    until: String,
    fault: Option<&'a str>,
    pager: Pager<'a>,
}

/// Shows a page of changes, newest first, of the organisations the reader may see.
pub(super) async fn show(State(host): State<Host>, view: View) -> Result<Response, Problem> {
    let (filter, fault) = filter(&view);
    let found = if fault.is_some() { Vec::new() } else { host.db.changes(&filter).await? };
    let names = names(&host.db, &found).await?;
    let t = view.t();
    let next = (found.len() == PAGE as usize)
        .then(|| found.last().map(|last| view.with_query("before", Some(&last.place.seq.to_string()))))
        .flatten();
    let first = view.asked("before").map(|_| view.with_query("before", None));
    let html = HistoryHtml {
        t,
        lines: found.iter().map(|one| line(t, one, &names)).collect(),
        noun: view.asked("noun").unwrap_or_default(),
        thing: view.asked("thing").unwrap_or_default(),
        from: view.asked("from").unwrap_or_default(),
        until: view.asked("until").unwrap_or_default(),
        fault: fault.map(|key| t.s(key)),
        pager: Pager::new(t, first, next),
    };
    view.page(t.s("app-history-title")).wide().show(&html)
}

/// What the address asks for, and what is wrong with it.
fn filter(view: &View) -> (ChangeFilter, Option<&'static str>) {
    let mut fault = None;
    let mut day = |name: &str, end: bool| {
        let text = view.asked(name)?;
        match lt_kernel::text::dates::parse(&text) {
            Ok(date) => Some(if end { Instant::end_of(date).plus_seconds(1) } else { Instant::start_of(date) }),
            Err(_) => {
                fault = Some("app-history-bad-date");
                None
            }
        }
    };
    let (from, until) = (day("from", false), day("until", true));
    let thing = view.asked("thing").map(|text| Uuid::parse_str(&text));
    if matches!(thing, Some(Err(_))) {
        fault = Some("app-history-bad-thing");
    }
    let orgs = reach(view);
    let filter = ChangeFilter {
        thing: thing.and_then(Result::ok),
        orgs,
        noun_prefix: view.asked("noun"),
        actor: None,
        before_seq: view.asked("before").and_then(|text| text.parse().ok()),
        from,
        until,
        limit: PAGE,
    };
    (filter, fault)
}

/// The organisations whose changes the reader may see; none when all.
fn reach(view: &View) -> Option<Vec<lt_kernel::id::OrgId>> {
    let mut orgs = Vec::new();
    for grant in view.viewer.grants.iter().filter(|grant| grant.permission == HISTORY) {
        match &grant.scope {
            Scope::All => return None,
            Scope::Orgs(some) => orgs.extend(some.iter().copied()),
        }
    }
    Some(orgs)
}

/// Display names of the accounts behind changes.
async fn names(db: &Db, found: &[StoredChange]) -> Result<HashMap<AccountId, String>, StoreError> {
    let mut names = HashMap::new();
    for one in found {
        let Actor::Account(account) = one.change.actor else { continue };
        if names.contains_key(&account) {
            continue;
        }
        let sql = "SELECT p.name FROM identity_account a JOIN identity_person p ON p.id = a.person WHERE a.id = $1";
        if let Some(row) = db.read_one(sql, params![account]).await? {
            names.insert(account, row.get("name")?);
        }
    }
    Ok(names)
}

fn line<'a>(t: Talk<'a>, one: &StoredChange, names: &HashMap<AccountId, String>) -> Line<'a> {
    let who = match one.change.actor {
        Actor::Account(account) => names.get(&account).cloned().unwrap_or_else(|| account.to_string()),
        Actor::Program => t.s("app-history-program").to_owned(),
    };
    Line {
        at: t.instant(&one.at),
        who,
        noun: one.change.noun.clone(),
        verb: one.change.verb.clone(),
        thing: one.change.id,
        diff: Diff::new(t, &one.change.before, &one.change.after, str::to_owned),
    }
}
