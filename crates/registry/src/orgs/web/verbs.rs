//! Forms for the verbs on an organisation: shown, sent, and answered.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use lt_kernel::Date;
use lt_kernel::id::OrgId;
use lt_module::Host;
use lt_web::ui::{Button, Field, Fields, FormOpen, Link};
use lt_web::{Crumb, Faults, Form, Html, Problem, Talk, Values, View};

use super::wish::{Reading, Verb};
use super::{MANAGE, directory, registry};
use crate::directory::Directory;
use crate::handle::ChangeError;
use crate::timeline::{Act, Basis};

#[derive(Template)]
#[template(path = "orgs/web/verb.html")]
pub(super) struct VerbHtml<'a> {
    pub(super) title: &'a str,
    pub(super) lead: String,
    pub(super) summary: Html,
    pub(super) form: FormOpen,
    pub(super) fields: Vec<Field>,
    pub(super) save: Button,
    pub(super) back: Link,
}

pub(super) async fn ask(
    State(host): State<Host>,
    view: View,
    Path((id, verb)): Path<(OrgId, String)>,
) -> Result<Response, Problem> {
    let verb = Verb::from_word(&verb).ok_or_else(Problem::not_found)?;
    let (directory, today) = (directory(&host).await?, host.clock.today());
    let values = directory.org(id).map(|org| verb.values_of(org, today)).unwrap_or_default();
    show(&view, &directory, id, verb, today, &values, &Faults::new())
}

fn show(
    view: &View,
    directory: &Directory,
    id: OrgId,
    verb: Verb,
    today: Date,
    values: &Values,
    faults: &Faults,
) -> Result<Response, Problem> {
    let org = directory.org(id).ok_or_else(Problem::not_found)?;
    if !view.viewer.may(MANAGE, id) {
        return Err(Problem::forbidden());
    }
    let t = view.t();
    let key = format!("registry-verb-{}", verb.word());
    let lead = format!("registry-verb-{}-lead", verb.word());
    let fields = Fields::new(t, values, faults);
    let mut asked = verb.fields(&fields, t);
    asked.extend(basis_fields(&fields, t, verb.needs_act()));
    let html = VerbHtml {
        title: t.s(&key),
        lead: t.a(&lead, "name", org.name(today)),
        summary: fields.summary(),
        form: FormOpen::new(view, format!("/organisations/{id}/{}", verb.word())).draft(&key),
        fields: asked,
        save: if verb.ends() { Button::danger(t.s(&key)) } else { Button::new(t.s(&key)) },
        back: Link::second(t.s("registry-back"), format!("/organisations/{id}")),
    };
    let crumbs = [
        Crumb::new(t.s("registry-tree-title"), "/organisations"),
        Crumb::new(org.name(today), format!("/organisations/{id}")),
    ];
    let page = view.page(t.s(&key)).crumbs(crumbs).address(format!("/organisations/{id}/{}", verb.word()));
    if faults.is_empty() { page.show(&html) } else { page.faulty().show(&html) }
}

/// Day, number and date of the act: asked for every verb, where not every verb needs an act.
pub(super) fn basis_fields(fields: &Fields<'_>, t: Talk<'_>, needs_act: bool) -> Vec<Field> {
    let act = fields.text("act", t.s("registry-field-act")).hint(t.s("registry-field-act-hint"));
    vec![
        fields.date("date", t.s("registry-field-date")).short(),
        if needs_act { act } else { act.optional() },
        fields.date("act_date", t.s("registry-field-act-date")).short().optional(),
    ]
}

pub(super) fn basis_of(form: &Form, faults: &mut Faults) -> (Option<Date>, Basis) {
    let date = form.required_date("date", faults);
    let number = form.required("act", faults);
    let act = Act { number, date: form.date("act_date", faults) };
    (date, Basis::act(act))
}

pub(super) async fn send(
    State(host): State<Host>,
    view: View,
    Path((id, verb)): Path<(OrgId, String)>,
    form: Form,
) -> Result<Response, Problem> {
    let verb = Verb::from_word(&verb).ok_or_else(Problem::not_found)?;
    let directory = directory(&host).await?;
    if !view.viewer.may(MANAGE, id) {
        return Err(Problem::forbidden());
    }
    let mut faults = Faults::new();
    let (date, basis) = if verb.needs_act() || form.opt("act").is_some() {
        basis_of(&form, &mut faults)
    } else {
        (form.required_date("date", &mut faults), Basis::default())
    };
    let day = date.unwrap_or_else(|| host.clock.today());
    let mut reading = Reading { form: &form, directory: &directory, date: day, faults: &mut faults };
    let wish = reading.wish(verb, &basis);
    if let Some(wish) = wish.filter(|_| faults.is_empty()) {
        if wish.others().iter().any(|other| !view.viewer.may(MANAGE, *other)) {
            return Err(Problem::forbidden());
        }
        let done = registry(&host)?.change(view.viewer.actor(), |draft| wish.grant(draft, id, day, &basis)).await;
        match done {
            Ok(()) => return Ok(Redirect::to(&format!("/organisations/{id}?at={day}")).into_response()),
            Err(ChangeError::Refused(refused)) => faults.add("date", refused.said()),
            Err(ChangeError::Store(error)) => return Err(error.into()),
        }
    }
    show(&view, &directory, id, verb, host.clock.today(), &form.values, &faults)
}
