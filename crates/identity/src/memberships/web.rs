//! Giving a role, ending it.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use lt_kernel::id::{OrgId, PersonId};
use lt_kernel::{Date, Interval, Lane, Said};
use lt_module::Host;
use lt_web::ui::{Button, Choice, Field, Fields, FormOpen};
use lt_web::{Access, Crumb, Faults, Form, Html, Problem, Routes, Talk, Values, View};

use super::model::{MANAGE, MembershipId, Place, reaches};
use super::store;
use crate::error::IdentityError;
use crate::orgs::Tree;
use crate::people::model::Person;
use crate::sights::{ACCOUNTS, Shown};
use crate::sign_in::desk::Desk;
use crate::{people, roles};

pub(crate) fn routes() -> Routes<Host> {
    let manage = Access::Holds(MANAGE);
    Routes::new()
        .get("/people/{id}/memberships/new", manage, ask)
        .personal(ACCOUNTS)
        .post("/people/{id}/memberships/new", manage, give)
        .personal(ACCOUNTS)
        .get("/people/{id}/memberships/{membership}/end", manage, ask_end)
        .personal(ACCOUNTS)
        .post("/people/{id}/memberships/{membership}/end", manage, end)
        .personal(ACCOUNTS)
}

/// What stands for the whole installation in the list of organisations.
const EVERYWHERE: &str = "all";
/// What stands before the word of a whole lane there.
const LANE: &str = "lane:";

/// A place in words.
pub(crate) fn place(t: Talk<'_>, tree: &dyn Tree, place: Place, day: Date) -> String {
    match place {
        Place::Org(org) => tree.name(org, day).unwrap_or_else(|| t.s("identity-org-unknown").to_owned()),
        Place::Lane(Lane::Party) => t.s("identity-everywhere-party").to_owned(),
        Place::Lane(Lane::State) => t.s("identity-everywhere-state").to_owned(),
        Place::Everywhere => t.s("identity-everywhere").to_owned(),
    }
}

/// The place chosen in the list.
fn chosen(form: &Form) -> Option<Place> {
    let text = form.text("org");
    if text == EVERYWHERE {
        return Some(Place::Everywhere);
    }
    let lane = text.strip_prefix(LANE).and_then(Lane::from_word).map(Place::Lane);
    lane.or_else(|| form.id::<OrgId>("org").map(Place::Org))
}

/// The whole lanes and the whole installation, as far as the giver reaches them.
fn wholes(view: &View, tree: &dyn Tree, day: Date) -> Vec<Choice> {
    let lanes = Lane::ALL.map(|lane| (format!("{LANE}{}", lane.word()), Place::Lane(lane)));
    let all = lanes.into_iter().chain([(EVERYWHERE.to_owned(), Place::Everywhere)]);
    let reached = all.filter(|(_, whole)| reaches(&view.viewer, MANAGE, *whole));
    reached.map(|(code, whole)| Choice::new(code, place(view.t(), tree, whole, day))).collect()
}

#[derive(Template)]
#[template(path = "memberships/give.html")]
struct GiveHtml<'a> {
    t: Talk<'a>,
    person: &'a Person,
    summary: Html,
    form: FormOpen,
    role: Field,
    org: Field,
    from: Field,
    to: Field,
    give: Button,
}

async fn ask(desk: Desk, view: View, Path(id): Path<PersonId>) -> Result<Response, Problem> {
    show(&desk, &view, id, (&Values::default(), &Faults::new())).await
}

/// The person a form is about: their name is shown.
async fn person(desk: &Desk, view: &View, id: PersonId) -> Result<Person, Problem> {
    let person = people::store::by_id(&desk.identity.host().db, id).await?.ok_or_else(Problem::not_found)?;
    desk.saw(&view.viewer, Shown::Person(id)).await?;
    Ok(person)
}

async fn show(
    desk: &Desk,
    view: &View,
    id: PersonId,
    (values, faults): (&Values, &Faults),
) -> Result<Response, Problem> {
    let (person, t, today) = (person(desk, view, id).await?, view.t(), desk.identity.host().clock.today());
    let fields = Fields::new(t, values, faults);
    let role = |role: &roles::Role| Choice::new(&role.code, t.s(&role.words_key())).hint(t.s(&role.does_key()));
    let tree = desk.identity.tree().await?;
    let choose = [Choice::new("", t.s("identity-org-choose"))];
    let wholes = wholes(view, tree.as_ref(), today);
    let lines = tree.list(today).into_iter().filter(|line| view.viewer.may(MANAGE, line.id));
    let orgs =
        lines.map(|line| Choice::new(line.id.to_string(), format!("{}{}", "\u{2003}".repeat(line.depth), line.name)));
    let action = format!("/people/{id}/memberships/new");
    let html = GiveHtml {
        t,
        person: &person,
        summary: fields.summary(),
        form: FormOpen::new(view, action.as_str()),
        role: fields.radios("role", t.s("identity-role"), roles::all().iter().map(role).collect()),
        org: fields
            .select("org", t.s("identity-org"), choose.into_iter().chain(orgs).chain(wholes).collect())
            .hint(t.s("identity-org-hint")),
        from: fields.date("from", t.s("identity-from")).or(lt_kernel::text::dates::write(today, lt_kernel::Lang::Vi)),
        to: fields.date("to", t.s("identity-to")).hint(t.s("identity-to-hint")).optional(),
        give: Button::new(t.s("identity-membership-give")),
    };
    let crumbs =
        [Crumb::new(t.s("identity-people-title"), "/people"), Crumb::new(&person.name, format!("/people/{id}"))];
    let page = view.page(t.s("identity-membership-give")).crumbs(crumbs).address(action);
    if faults.is_empty() { page.show(&html) } else { page.faulty().show(&html) }
}

async fn give(desk: Desk, view: View, Path(id): Path<PersonId>, form: Form) -> Result<Response, Problem> {
    let mut faults = Faults::new();
    let role = form.required("role", &mut faults);
    let place = chosen(&form);
    if place.is_none() {
        faults.add("org", Said::new("web-fault-empty"));
    }
    let from = form.required_date("from", &mut faults);
    let to = form.date("to", &mut faults);
    let (Some(from), Some(place), true) = (from, place, faults.is_empty()) else {
        return show(&desk, &view, id, (&form.values, &faults)).await;
    };
    // An unknown organisation would give a role nowhere; the tree of today knows all that can be chosen.
    let known = match place.org() {
        Some(org) => desk.identity.tree().await?.name(org, from).is_some(),
        None => true,
    };
    if !known {
        return Err(Problem::not_found());
    }
    match desk.identity.give(&view.viewer, id, (place, &role), Interval { from, to }).await {
        Ok(_) => Ok(Redirect::to(&format!("/people/{id}")).into_response()),
        Err(IdentityError::Refused(said)) => {
            faults.add("role", said);
            show(&desk, &view, id, (&form.values, &faults)).await
        }
        Err(error) => Err(error.into()),
    }
}

#[derive(Template)]
#[template(path = "memberships/end.html")]
struct EndHtml<'a> {
    t: Talk<'a>,
    person: &'a Person,
    role: String,
    place: String,
    summary: Html,
    form: FormOpen,
    day: Field,
    end: Button,
}

async fn ask_end(
    desk: Desk,
    view: View,
    Path((id, membership)): Path<(PersonId, MembershipId)>,
) -> Result<Response, Problem> {
    show_end(&desk, &view, (id, membership), (&Values::default(), &Faults::new())).await
}

async fn show_end(
    desk: &Desk,
    view: &View,
    (id, membership): (PersonId, MembershipId),
    (values, faults): (&Values, &Faults),
) -> Result<Response, Problem> {
    let (t, today) = (view.t(), desk.identity.host().clock.today());
    let held = store::by_id(&desk.identity.host().db, membership).await?.filter(|held| held.person == id);
    let held = held.ok_or_else(Problem::not_found)?;
    if !reaches(&view.viewer, MANAGE, held.place) {
        return Err(Problem::forbidden());
    }
    let person = person(desk, view, id).await?;
    let tree = desk.identity.tree().await?;
    let fields = Fields::new(t, values, faults);
    let action = format!("/people/{id}/memberships/{membership}/end");
    let html = EndHtml {
        t,
        person: &person,
        role: t.s(&format!("identity-role-{}", held.role)).to_owned(),
        place: place(t, tree.as_ref(), held.place, today),
        summary: fields.summary(),
        form: FormOpen::new(view, action.as_str()),
        day: fields
            .date("day", t.s("identity-membership-end-day"))
            .hint(t.s("identity-membership-end-hint"))
            .or(lt_kernel::text::dates::write(today, lt_kernel::Lang::Vi)),
        end: Button::danger(t.s("identity-membership-end")),
    };
    let crumbs =
        [Crumb::new(t.s("identity-people-title"), "/people"), Crumb::new(&person.name, format!("/people/{id}"))];
    let page = view.page(t.s("identity-membership-end")).crumbs(crumbs).address(action);
    if faults.is_empty() { page.show(&html) } else { page.faulty().show(&html) }
}

async fn end(
    desk: Desk,
    view: View,
    Path((id, membership)): Path<(PersonId, MembershipId)>,
    form: Form,
) -> Result<Response, Problem> {
    let mut faults = Faults::new();
    let Some(day) = form.required_date("day", &mut faults) else {
        return show_end(&desk, &view, (id, membership), (&form.values, &faults)).await;
    };
    match desk.identity.end_membership(&view.viewer, membership, day).await {
        Ok(_) => Ok(Redirect::to(&format!("/people/{id}")).into_response()),
        Err(IdentityError::Refused(said)) => {
            faults.add("day", said);
            show_end(&desk, &view, (id, membership), (&form.values, &faults)).await
        }
        Err(error) => Err(error.into()),
    }
}
