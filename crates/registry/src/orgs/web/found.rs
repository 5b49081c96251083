//! Founding an organisation.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use lt_kernel::id::OrgId;
use lt_module::Host;
use lt_web::ui::{Button, Choice, Fields, FormOpen, Link};
use lt_web::{Crumb, Faults, Form, Problem, Values, View};

use super::verbs::{VerbHtml, basis_fields, basis_of};
use super::wish::schemes;
use super::{MANAGE, directory, manages_all, meant, registry};
use crate::directory::{NewCode, NewOrg};
use crate::handle::ChangeError;
use crate::orgs::model::Kind;

pub(super) async fn ask(State(host): State<Host>, view: View) -> Result<Response, Problem> {
    let directory = directory(&host).await?;
    let today = host.clock.today();
    let parent = view.asked("parent").and_then(|id| id.parse::<OrgId>().ok());
    let org = parent.and_then(|id| directory.org_at(id, today));
    // A code names the parent without doubt; a name may stand for several.
    let text = org.map(|org| {
        let code = org.codes.iter().find(|code| code.span.holds(today)).map(|code| code.value.clone());
        code.unwrap_or_else(|| org.name(today).to_owned())
    });
    show(&view, &Values::new(text.map(|text| ("parent", text))), &Faults::new())
}

fn show(view: &View, values: &Values, faults: &Faults) -> Result<Response, Problem> {
    let t = view.t();
    let fields = Fields::new(t, values, faults);
    let kinds = Kind::ALL.into_iter().map(|kind| Choice::new(kind.word(), t.s(&kind.words_key()))).collect();
    let levels = ["1", "2", "3", "4"].map(|level| Choice::new(level, level)).to_vec();
    let mut asked = vec![
        fields.text("name", t.s("registry-field-name")).long(),
        fields.select("kind", t.s("registry-org-kind"), kinds),
        fields.select("level", t.s("registry-org-level"), levels),
        fields.text("parent", t.s("registry-field-parent")).optional().hint(t.s("registry-field-pick-hint")),
        fields.text("abbrev", t.s("registry-field-abbrev")).short().optional(),
        fields.select("scheme", t.s("registry-code-scheme"), schemes(t)),
        fields.text("value", t.s("registry-code-value")).short().optional(),
    ];
    asked.extend(basis_fields(&fields, t, true));
    let html = VerbHtml {
        title: t.s("registry-found-title"),
        lead: t.s("registry-found-lead").to_owned(),
        summary: fields.summary(),
        form: FormOpen::new(view, "/organisations/new").draft("registry-found"),
        fields: asked,
        save: Button::new(t.s("registry-found-title")),
        back: Link::second(t.s("registry-back"), "/organisations"),
    };
    let page = view.page(t.s("registry-found-title")).address("/organisations/new");
    let page = page.crumbs([Crumb::new(t.s("registry-tree-title"), "/organisations")]);
    if faults.is_empty() { page.show(&html) } else { page.faulty().show(&html) }
}

pub(super) async fn send(State(host): State<Host>, view: View, form: Form) -> Result<Response, Problem> {
    let directory = directory(&host).await?;
    let mut faults = Faults::new();
    let (date, basis) = basis_of(&form, &mut faults);
    let day = date.unwrap_or_else(|| host.clock.today());
    let name = form.required("name", &mut faults);
    let kind = Kind::from_word(form.text("kind")).ok_or_else(Problem::not_found)?;
    let level = form.text("level").parse().ok().filter(|level| (1..=4).contains(level)).unwrap_or(2);
    let mut new = NewOrg::new(OrgId(host.ids.next(host.clock.now())), kind, level, name);
    new.abbrev = form.opt("abbrev").map(str::to_owned);
    if let Some(value) = form.opt("value") {
        new.codes.push(NewCode::new(form.text("scheme"), value).based(basis.clone()));
    }
    new.act.clone_from(&basis.act);
    new.basis = basis;
    if let Some(text) = form.opt("parent") {
        match meant(&directory, text, day) {
            Ok(parent) => new.parent = Some(parent),
            Err(said) => faults.add("parent", said),
        }
    }
    let may = new.parent.map_or_else(|| manages_all(&view.viewer), |parent| view.viewer.may(MANAGE, parent));
    if !may && faults.is_empty() {
        return Err(Problem::forbidden());
    }
    if faults.is_empty() {
        match registry(&host)?.change(view.viewer.actor(), |draft| draft.found(new.clone(), day)).await {
            Ok(()) => return Ok(Redirect::to(&format!("/organisations/{}?at={day}", new.id)).into_response()),
            Err(ChangeError::Refused(refused)) => faults.add("date", refused.said()),
            Err(ChangeError::Store(error)) => return Err(error.into()),
        }
    }
    show(&view, &form.values, &faults)
}
