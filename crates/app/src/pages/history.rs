//! What happened: every change with who, when, before and after.

use std::collections::HashMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Extension, State};
use axum::response::Response;
use lt_contracts::Actor;
use lt_identity::Identity;
use lt_identity::sights::{self, Shown};
use lt_identity::sign_in::layer::Who;
use lt_kernel::id::{AccountId, OrgId, PersonId, Uuid};
use lt_kernel::{Date, Instant};
use lt_module::Host;
use lt_registry::{Directory, Registry};
use lt_store::{ChangeFilter, Db, StoreError, StoredChange, params};
use lt_web::ui::{Diff, More, Pager};
use lt_web::{Html, Problem, Scope, Talk, View};
use serde_json::Value;

use super::HISTORY;

/// Changes on one page.
const PAGE: u32 = 30;
/// Signing in and out: a record of its own kind, and so many that nothing else would be seen among them.
const SESSION: &str = "identity.session";
/// What the filter calls everything, sessions too.
const EVERYTHING: &str = "all";

/// Kinds of things that have a history, as they stand in the filter.
const NOUNS: &[&str] = &[
    "targets.resolution",
    "targets.target",
    "targets.measure",
    "targets.observation",
    "targets.crosswalk",
    "targets.review",
    "targets.cause",
    "targets.report",
    "registry.org",
    "identity.person",
    "identity.account",
    "identity.membership",
    SESSION,
    "identity.token",
    "identity.link",
    "identity.sight",
];

struct Line {
    at: String,
    who: String,
    noun: String,
    verb: String,
    thing: Uuid,
    more: Option<More>,
}

#[derive(Template)]
#[template(path = "pages/history.html")]
struct HistoryHtml<'a> {
    t: Talk<'a>,
    lines: Vec<Line>,
    nouns: Vec<(&'static str, String)>,
    noun: String,
    thing: String,
    from: String,
    until: String,
    fault: Option<&'a str>,
    pager: Pager<'a>,
}

/// Shows a page of changes, newest first, of the organisations the reader may see.
pub(super) async fn show(
    State(host): State<Host>,
    Extension(identity): Extension<Identity>,
    Extension(who): Extension<Who>,
    view: View,
) -> Result<Response, Problem> {
    let (filter, fault) = filter(&view);
    let found = if fault.is_some() { Vec::new() } else { host.db.changes(&filter).await? };
    let shown = people(&identity, &found).await?;
    identity.saw((&view.viewer, &who), sights::HISTORY, Shown::List(&shown)).await?;
    let directory = host.part::<Registry>().map_err(Problem::trouble)?.directory().await?;
    let names = Names { accounts: names(&host.db, &found).await?, directory, today: host.clock.today() };
    let t = view.t();
    let next = (found.len() == PAGE as usize)
        .then(|| found.last().map(|last| view.with_query("before", Some(&last.place.seq.to_string()))))
        .flatten();
    let first = view.asked("before").map(|_| view.with_query("before", None));
    let html = HistoryHtml {
        t,
        lines: found.iter().map(|one| line(t, one, &names)).collect(),
        nouns: nouns(t),
        noun: view.asked("noun").unwrap_or_default(),
        thing: view.asked("thing").unwrap_or_default(),
        from: view.asked("from").unwrap_or_default(),
        until: view.asked("until").unwrap_or_default(),
        fault: fault.map(|key| t.s(key)),
        pager: Pager::new(t, first, next),
    };
    view.page(t.s("app-history-title")).wide().show(&html)
}

/// The choices of the filter: without a choice, all but sessions.
fn nouns(t: Talk<'_>) -> Vec<(&'static str, String)> {
    let whole = [("", t.s("app-history-without-sessions")), (EVERYTHING, t.s("app-history-any"))];
    let whole = whole.map(|(code, name)| (code, name.to_owned()));
    whole.into_iter().chain(NOUNS.iter().map(|noun| (*noun, word(t, "app-noun-", noun)))).collect()
}

/// What the address asks for, and what is wrong with it.
fn filter(view: &View) -> (ChangeFilter, Option<&'static str>) {
    let mut fault = None;
    let mut day = |name: &str, end: bool| {
        let text = view.asked(name)?;
        let Ok(date) = lt_kernel::text::dates::parse(&text) else {
            fault = Some("app-history-bad-date");
            return None;
        };
        Some(if end { Instant::end_of(date).plus_seconds(1) } else { Instant::start_of(date) })
    };
    let (from, until) = (day("from", false), day("until", true));
    let thing = view.asked("thing").map(|text| Uuid::parse_str(&text));
    if matches!(thing, Some(Err(_))) {
        fault = Some("app-history-bad-thing");
    }
    let orgs = reach(view);
    let (thing, noun) = (thing.and_then(Result::ok), view.asked("noun"));
    let filter = ChangeFilter {
        thing,
        orgs,
        // Whoever asks about one thing wants all of it.
        noun_other_than: (thing.is_none() && noun.is_none()).then(|| SESSION.to_owned()),
        noun_prefix: noun.filter(|noun| noun != EVERYTHING),
        actor: None,
        before_seq: view.asked("before").and_then(|text| text.parse().ok()),
        from,
        until,
        limit: PAGE,
    };
    (filter, fault)
}

/// The organisations whose changes the reader may see; none when all.
fn reach(view: &View) -> Option<Vec<OrgId>> {
    let mut orgs = Vec::new();
    for grant in view.viewer.grants.iter().filter(|grant| grant.permission == HISTORY) {
        match &grant.scope {
            Scope::All => return None,
            Scope::Lane(_, some) | Scope::Orgs(some) => orgs.extend(some.iter().copied()),
        }
    }
    Some(orgs)
}

/// The people whose own data stands in these changes: who they are, what they may do, when they signed in. Who did
/// something is told of every change, and is no sight of its own.
async fn people(identity: &Identity, found: &[StoredChange]) -> Result<Vec<PersonId>, Problem> {
    let (mut people, mut accounts) = (Vec::new(), Vec::new());
    for change in found.iter().map(|one| &one.change) {
        let told = |part: &str| [&change.after, &change.before].into_iter().find_map(|state| id_in(state, part));
        match change.noun.as_str() {
            "identity.person" => people.push(PersonId(change.id)),
            "identity.membership" => people.extend(told("person").map(PersonId)),
            "identity.account" | "identity.session" => accounts.push(AccountId(change.id)),
            "identity.token" | "identity.link" => match (told("account"), change.actor) {
                (Some(account), _) => accounts.push(AccountId(account)),
                // Given back by its owner.
                (None, Actor::Account(owner)) => accounts.push(owner),
                (None, Actor::Program) => {}
            },
            _ => {}
        }
    }
    accounts.sort_unstable();
    accounts.dedup();
    people.extend(identity.people_of(&accounts).await?);
    Ok(people)
}

/// An identifier in a part of a state.
fn id_in(state: &Value, part: &str) -> Option<Uuid> {
    state.get(part)?.as_str()?.parse().ok()
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

/// What identifiers stand for.
struct Names {
    accounts: HashMap<AccountId, String>,
    directory: Arc<Directory>,
    today: Date,
}

impl Names {
    /// The name of an identifier, when it is an account's or an organisation's.
    fn of(&self, id: Uuid) -> Option<&str> {
        let account = self.accounts.get(&AccountId(id)).map(String::as_str);
        account.or_else(|| self.directory.name(OrgId(id), self.today))
    }

    /// The state with names in place of identifiers, and words in place of keys of purposes.
    fn named(&self, t: Talk<'_>, state: &Value) -> Value {
        match state {
            Value::String(key) if key.contains("-purpose-") && t.words.has(key) => Value::String(t.s(key).to_owned()),
            Value::String(text) => {
                let name = Uuid::parse_str(text).ok().and_then(|id| self.of(id));
                Value::String(name.unwrap_or(text).to_owned())
            }
            Value::Array(all) => all.iter().map(|one| self.named(t, one)).collect(),
            Value::Object(all) => all.iter().map(|(key, one)| (key.clone(), self.named(t, one))).collect(),
            other => other.clone(),
        }
    }
}

/// The word of a kind, a verb or a part; what has none shows itself.
fn word(t: Talk<'_>, prefix: &str, raw: &str) -> String {
    let key = format!("{prefix}{}", raw.replace(['.', '_'], "-"));
    if t.words.has(&key) { t.s(&key).to_owned() } else { raw.to_owned() }
}

fn line(t: Talk<'_>, one: &StoredChange, names: &Names) -> Line {
    let change = &one.change;
    let who = match change.actor {
        Actor::Account(account) => names.of(account.0).map_or_else(|| account.to_string(), str::to_owned),
        Actor::Program => t.s("app-history-program").to_owned(),
    };
    let (before, after) = (names.named(t, &change.before), names.named(t, &change.after));
    let more = (before != after).then(|| {
        let diff = Diff::new(t, &before, &after, |place| word(t, "app-part-", place));
        More::new(t.s("app-history-diff"), Html::of(&diff))
    });
    Line {
        at: t.instant(&one.at),
        who,
        noun: word(t, "app-noun-", &change.noun),
        verb: word(t, "app-verb-", &change.verb),
        thing: change.id,
        more,
    }
}
