//! Schemes of grades with their dates, sources and trust marks; crosswalks between them, signed by a person.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use lt_kernel::Said;
use lt_kernel::id::OrgId;
use lt_kernel::id::Uuid;
use lt_kernel::rules::Trust;
use lt_module::Host;
use lt_store::{StoreError, Unit, params};
use lt_web::ui::{Button, Choice, Field, Fields, FormOpen, Tag};
use lt_web::{Access, Crumb, Faults, Form, Html, Problem, Routes, Talk, Values, View};

use super::model::{Crosswalk, Scheme, Schemes};
use super::store;
use crate::observation::store::touch;
use crate::resolution::door::pick;
use crate::resolution::model::MeasureId;

/// The routes.
pub fn routes() -> Routes<Host> {
    Routes::new().get("/schemes", Access::Holds("targets.read"), list).post(
        "/schemes",
        Access::Holds("targets.define"),
        sign,
    )
}

/// A scheme as it is shown.
struct Line<'a> {
    scheme: &'a Scheme,
    name: &'a str,
    valid: String,
    trust: Tag,
    grades: Vec<&'a str>,
}

#[derive(Template)]
#[template(path = "scheme/list.html")]
struct SchemesHtml<'a> {
    t: Talk<'a>,
    lines: Vec<Line<'a>>,
    walks: Vec<(String, String, &'a str)>,
    form: Option<FormOpen>,
    fields: Vec<Field>,
    save: Button,
    summary: Html,
}

/// How far the source of a scheme was checked; what was not seen says so.
fn trust(t: Talk<'_>, mark: &str) -> Tag {
    let known = Trust::ALL.into_iter().find(|trust| mark.chars().eq([trust.letter()]));
    match known {
        Some(trust) if trust.is_verified() => Tag::good(t.said(&trust.said())),
        Some(trust) => Tag::warn(t.said(&trust.said())),
        None => Tag::warn(t.s("targets-verified-not")),
    }
}

fn valid(t: Talk<'_>, scheme: &Scheme) -> String {
    let from = t.date(&scheme.valid.from);
    match scheme.valid.to.and_then(|to| to.yesterday().ok()) {
        Some(last) => t.with("targets-scheme-from-to", &[("from", &from), ("last", &t.date(&last))]),
        None => t.a("targets-scheme-from", "from", from),
    }
}

/// Organisations that have resolutions: a crosswalk changes the verdicts of all of them.
pub(crate) async fn concerned(host: &Host) -> Result<Vec<OrgId>, StoreError> {
    let rows = host.db.read("SELECT DISTINCT org FROM targets_resolution", params![]).await?;
    rows.iter().map(|row| row.get("org")).collect()
}

pub(crate) fn may_sign(view: &View, orgs: &[OrgId]) -> bool {
    view.viewer.holds("targets.define") && orgs.iter().all(|org| view.viewer.may("targets.define", *org))
}

fn grade_name(view: &View, schemes: &Schemes, (scheme, grade): (&str, &str)) -> String {
    let of = schemes.scheme(scheme).map_or(scheme, |known| pick(&known.name, &known.name_en, view.lang));
    let name = schemes.grade(scheme, grade).map_or(grade, |known| pick(&known.name, &known.name_en, view.lang));
    format!("{name} ({of})")
}

fn show(view: &View, schemes: &Schemes, may: bool, values: &Values, faults: &Faults) -> Result<Response, Problem> {
    let (t, lang) = (view.t(), view.lang);
    let made = Fields::new(t, values, faults);
    let grades = || {
        let mut all = vec![Choice::new("", t.s("targets-form-choose"))];
        for scheme in &schemes.schemes {
            let called = pick(&scheme.name, &scheme.name_en, lang);
            all.extend(scheme.grades.iter().map(|grade| {
                let text = format!("{} – {called}", pick(&grade.name, &grade.name_en, lang));
                Choice::new(format!("{}/{}", scheme.code, grade.code), text)
            }));
        }
        all
    };
    let html = SchemesHtml {
        t,
        lines: schemes
            .schemes
            .iter()
            .map(|scheme| Line {
                scheme,
                name: pick(&scheme.name, &scheme.name_en, lang),
                valid: valid(t, scheme),
                trust: trust(t, &scheme.trust),
                grades: scheme.grades.iter().map(|grade| pick(&grade.name, &grade.name_en, lang)).collect(),
            })
            .collect(),
        walks: schemes
            .crosswalks
            .iter()
            .map(|walk| {
                let from = grade_name(view, schemes, (&walk.from.0, &walk.from.1));
                (from, grade_name(view, schemes, (&walk.to.0, &walk.to.1)), walk.signed.as_str())
            })
            .collect(),
        form: may.then(|| FormOpen::new(view, "/schemes").draft("crosswalk")),
        fields: vec![
            made.select("from", t.s("targets-crosswalk-from"), grades()),
            made.select("to", t.s("targets-crosswalk-to"), grades()),
            made.area("ground", t.s("targets-crosswalk-ground"), 2).hint(t.s("targets-crosswalk-ground-hint")),
        ],
        save: Button::new(t.s("targets-crosswalk-sign")),
        summary: made.summary(),
    };
    let page = view.page(t.s("targets-schemes-title")).address("/schemes");
    let page = page.crumbs([Crumb::new(t.s("targets-list-title"), "/targets")]);
    if faults.is_empty() { page.show(&html) } else { page.faulty().show(&html) }
}

async fn list(State(host): State<Host>, view: View) -> Result<Response, Problem> {
    let schemes = store::load(&host.db).await?;
    let may = may_sign(&view, &concerned(&host).await?);
    show(&view, &schemes, may, &Values::default(), &Faults::new())
}

/// Reads the grade of a field, when it is one that exists.
fn grade(form: &Form, name: &str, schemes: &Schemes, faults: &mut Faults) -> Option<(String, String)> {
    let found = form
        .opt(name)
        .and_then(|text| text.split_once('/'))
        .filter(|(scheme, grade)| schemes.grade(scheme, grade).is_some());
    if found.is_none() {
        faults.add(name, Said::new("web-fault-empty"));
    }
    found.map(|(scheme, grade)| (scheme.to_owned(), grade.to_owned()))
}

async fn sign(State(host): State<Host>, view: View, form: Form) -> Result<Response, Problem> {
    let orgs = concerned(&host).await?;
    if !may_sign(&view, &orgs) {
        return Err(Problem::forbidden());
    }
    let schemes = store::load(&host.db).await?;
    let mut faults = Faults::new();
    let from = grade(&form, "from", &schemes, &mut faults);
    let to = grade(&form, "to", &schemes, &mut faults);
    let signed = form.required("ground", &mut faults);
    if let (Some(from), Some(to)) = (&from, &to) {
        if from.0 == to.0 {
            faults.add("to", Said::new("targets-crosswalk-same-scheme"));
        }
        let same = |walk: &Crosswalk| walk.from == *from && walk.to.0 == to.0;
        if schemes.crosswalks.iter().any(same) {
            faults.add("from", Said::new("targets-crosswalk-there"));
        }
    }
    let (Some(from), Some(to), true) = (from, to, faults.is_empty()) else {
        return show(&view, &schemes, true, &form.values, &faults);
    };
    let now = host.clock.now();
    let mut unit = Unit::new();
    store::sign(&mut unit, host.ids.next(now), &Crosswalk { from, to, signed }, view.viewer.actor(), now);
    for org in orgs {
        touch(&mut unit, org, &[MeasureId(Uuid::nil())]);
    }
    match host.db.commit(unit).await {
        Ok(_) => Ok(Redirect::to("/schemes").into_response()),
        Err(StoreError::Constraint(_)) => {
            faults.add("from", Said::new("targets-crosswalk-there"));
            show(&view, &schemes, true, &form.values, &faults)
        }
        Err(other) => Err(other.into()),
    }
}
