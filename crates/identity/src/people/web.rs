//! The list of people, and one person's page.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use lt_kernel::id::PersonId;
use lt_kernel::text::fold;
use lt_kernel::{Date, Interval};
use lt_module::Host;
use lt_web::ui::{Button, Column, Empty, Field, Fields, FormOpen, Link, Pager, Row, Summary, Table, Tag};
use lt_web::{Access, Crumb, Faults, Html, Problem, Routes, Talk, Values, View, Viewer};

use super::model::Person;
use super::store::{self, Line, Wanted};
use crate::accounts::model::State;
use crate::accounts::store::Record;
use crate::memberships::model::{MANAGE, Place, READ, reaches};
use crate::memberships::web::place;
use crate::orgs::Tree;
use crate::sights::{ACCOUNTS, Shown};
use crate::sign_in::desk::Desk;

pub(crate) fn routes() -> Routes<Host> {
    Routes::new()
        .get("/people", Access::Holds(READ), list)
        .personal(ACCOUNTS)
        .get("/people/{id}", Access::Holds(READ), show)
        .personal(ACCOUNTS)
}

#[derive(Template)]
#[template(path = "people/list.html")]
struct ListHtml<'a> {
    t: Talk<'a>,
    search: Field,
    find: Button,
    people: Table,
    empty: Option<Empty>,
    pager: Pager<'a>,
    new: Option<Link>,
}

async fn list(desk: Desk, view: View) -> Result<Response, Problem> {
    let (db, today, t) = (&desk.identity.host().db, desk.identity.host().clock.today(), view.t());
    let wanted = Wanted { search: view.asked("q").map(|text| fold(&text)), after: after(&view) };
    let (lines, more) = store::list(db, &wanted, today).await?;
    let next = lines
        .last()
        .filter(|_| more)
        .map(|last| view.with_query("after", Some(&format!("{}.{}", hex::encode(&last.name_key), last.id))));
    let first = wanted.after.is_some().then(|| view.with_query("after", None));
    let tree = desk.identity.tree().await?;
    let seen: Vec<&Line> =
        lines.iter().filter(|line| may_see(&view.viewer, line.roles.iter().map(|(_, place)| *place))).collect();
    let ids: Vec<PersonId> = seen.iter().map(|line| line.id).collect();
    desk.saw(&view.viewer, Shown::List(&ids)).await?;
    let columns = [
        Column::text(t.s("identity-name")),
        Column::text(t.s("identity-login")),
        Column::text(t.s("identity-state")),
        Column::text(t.s("identity-roles")),
    ];
    let rows = seen.iter().map(|line| row(&view, line, tree.as_ref(), (today, desk.identity.host().clock.now())));
    let (values, faults) = (Values::new(view.asked("q").map(|text| ("q", text))), Faults::new());
    let manages = view.viewer.holds(MANAGE);
    let html = ListHtml {
        t,
        search: Fields::new(t, &values, &faults).search("q", t.s("identity-people-search")),
        find: Button::second(t.s("identity-people-find")),
        people: Table::new(t.s("identity-people-title"), columns).rows(rows),
        empty: seen.is_empty().then(|| Empty::new(t.s("identity-people-none"), t.s("identity-people-none-text"))),
        pager: Pager::new(t, first, next),
        new: manages.then(|| Link::main(t.s("identity-people-new"), "/people/new")),
    };
    view.page(t.s("identity-people-title")).wide().show(&html)
}

/// Where the list goes on, as the address says it.
fn after(view: &View) -> Option<(Vec<u8>, PersonId)> {
    let text = view.asked("after")?;
    let (key, id) = text.split_once('.')?;
    Some((hex::decode(key).ok()?, id.parse().ok()?))
}

/// Whether somebody in these places may be seen: one of them in reach, or no place at all yet.
fn may_see(viewer: &Viewer, places: impl Iterator<Item = Place>) -> bool {
    let mut places = places.peekable();
    reaches(viewer, READ, Place::Everywhere)
        || places.peek().is_none()
        || places.any(|place| reaches(viewer, READ, place))
}

fn row(view: &View, line: &Line, tree: &dyn Tree, (today, now): (Date, lt_kernel::Instant)) -> Row {
    let t = view.t();
    let mut held: std::collections::BTreeMap<&str, Vec<Place>> = std::collections::BTreeMap::new();
    for (role, place) in &line.roles {
        held.entry(role).or_default().push(*place);
    }
    let roles: Vec<String> = held
        .into_iter()
        .map(|(role, places)| {
            let place = match places.as_slice() {
                [one] => place(t, tree, *one, today),
                several => t.a("identity-places", "count", several.len()),
            };
            format!("{} – {place}", t.s(&format!("identity-role-{role}")))
        })
        .collect();
    let (login, state) = line
        .account
        .as_ref()
        .map_or((String::new(), Html::default()), |(login, state)| (login.clone(), state_tag(t, state.at(now))));
    let cells = [Html::text(&line.name), Html::text(&login), state, Html::text(&roles.join("; "))];
    Row::new(cells).href(format!("/people/{}", line.id))
}

/// A short text that is not broken into lines.
pub(crate) fn whole(text: &str) -> String {
    text.replace(' ', "\u{a0}")
}

/// A state as a mark.
pub(crate) fn state_tag(t: Talk<'_>, state: State) -> Html {
    match state {
        State::Active => Tag::good(whole(t.s("identity-state-active"))).into(),
        State::MustChangePassword => Tag::warn(whole(t.s("identity-state-must-change"))).into(),
        State::Locked { until, .. } => Tag::bad(t.a("identity-state-locked", "until", t.instant(&until))).into(),
        State::Disabled => Tag::new(whole(t.s("identity-state-disabled"))).into(),
    }
}

struct Held {
    role: String,
    place: String,
    during: Interval,
    state: &'static str,
    end: Option<String>,
}

#[derive(Template)]
#[template(path = "people/person.html")]
struct PersonHtml<'a> {
    t: Talk<'a>,
    person: &'a Person,
    facts: Summary,
    held: Vec<Held>,
    give: Option<Link>,
    edit: Option<Link>,
    verbs: Vec<(FormOpen, Button, String)>,
}

async fn show(desk: Desk, view: View, Path(id): Path<PersonId>) -> Result<Response, Problem> {
    let (host, t) = (desk.identity.host(), view.t());
    let person = store::by_id(&host.db, id).await?.ok_or_else(Problem::not_found)?;
    let (today, tree) = (host.clock.today(), desk.identity.tree().await?);
    let all = crate::memberships::store::of_person(&host.db, id).await?;
    let live = |one: &&crate::memberships::model::Membership| one.during.to.is_none_or(|to| to > today);
    if !may_see(&view.viewer, all.iter().filter(live).map(|one| one.place)) {
        return Err(Problem::not_found());
    }
    desk.saw(&view.viewer, Shown::Person(id)).await?;
    let record = crate::accounts::store::by_person(&host.db, id).await?;
    let manages = desk.identity.reaches_person(&view.viewer, MANAGE, id).await?;
    let held = all.iter().map(|one| {
        let ended = one.during.to.is_some_and(|to| to <= today);
        let may_end = !ended && reaches(&view.viewer, MANAGE, one.place);
        Held {
            role: t.s(&format!("identity-role-{}", one.role)).to_owned(),
            place: place(t, tree.as_ref(), one.place, today),
            during: one.during,
            state: if ended {
                "identity-held-ended"
            } else if one.during.holds(today) {
                "identity-held-now"
            } else {
                "identity-held-later"
            },
            end: may_end.then(|| format!("/people/{id}/memberships/{}/end", one.id)),
        }
    });
    let verbs = record.as_ref().filter(|_| manages).map(|record| verbs(&desk, &view, record));
    let html = PersonHtml {
        t,
        person: &person,
        facts: facts(&desk, &view, &person, record.as_ref()),
        held: held.collect(),
        give: view
            .viewer
            .holds(MANAGE)
            .then(|| Link::main(t.s("identity-membership-give"), format!("/people/{id}/memberships/new"))),
        edit: manages.then(|| Link::second(t.s("identity-person-edit"), format!("/people/{id}/edit"))),
        verbs: verbs.unwrap_or_default(),
    };
    view.page(&person.name).crumbs([Crumb::new(t.s("identity-people-title"), "/people")]).show(&html)
}

fn facts(desk: &Desk, view: &View, person: &Person, record: Option<&Record>) -> Summary {
    let (t, now) = (view.t(), desk.identity.host().clock.now());
    let mut facts = Summary::new();
    if let Some(record) = record {
        let factor =
            if record.has_second_factor() { "identity-second-factor-on" } else { "identity-second-factor-off" };
        let last = record.last_sign_in.map_or_else(|| "–".to_owned(), |at| t.instant(&at));
        facts = facts
            .row(t.s("identity-login"), record.account.login.as_str())
            .row(t.s("identity-state"), state_tag(t, record.account.state.at(now)))
            .row(t.s("identity-second-factor"), t.s(factor))
            .row(t.s("identity-last-sign-in"), last);
    }
    facts
        .row(t.s("identity-email"), person.email.as_deref().unwrap_or("–"))
        .row(t.s("identity-phone"), person.phone.as_deref().unwrap_or("–"))
}

/// What a manager may do with the account as it stands.
fn verbs(desk: &Desk, view: &View, record: &Record) -> Vec<(FormOpen, Button, String)> {
    let t = view.t();
    let person = record.account.person;
    let verb = |name: &str, danger: bool| {
        let text = t.s(&format!("identity-verb-{name}")).to_owned();
        let button = if danger { Button::danger(text) } else { Button::second(text) };
        let form = FormOpen::new(view, format!("/people/{person}/account/{name}"));
        (form, button, t.s(&format!("identity-verb-{name}-text")).to_owned())
    };
    let own = view.viewer.account == Some(record.account.id);
    match record.account.state.at(desk.identity.host().clock.now()) {
        State::Disabled => vec![verb("enable", false)],
        _ if own => Vec::new(),
        state => {
            let lock = matches!(state, State::Locked { .. }).then(|| verb("unlock", false));
            let factor = record.has_second_factor().then(|| verb("remove-second-factor", true));
            let always = [Some(verb("reset-password", false)), factor, Some(verb("disable", true))];
            lock.into_iter().chain(always.into_iter().flatten()).collect()
        }
    }
}
