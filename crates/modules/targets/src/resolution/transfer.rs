//! A whole resolution from one file, and back into one: first a look at what would happen, then all or nothing.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use lt_kernel::Said;
use lt_module::Host;
use lt_store::StoreError;
use lt_web::ui::{Button, Field, Fields, FormOpen, Summary};
use lt_web::{Access, Crumb, Faults, Form, Html, Problem, Routes, Talk, Values, View, download};

use super::door::{self, Names};
use super::model::MeasureId;
use super::store;
use crate::file::export::export;
use crate::file::import::{Import, Surroundings, import};
use crate::file::recorded::Recorded;
use crate::file::{FileFault, ResolutionFile};
use crate::measure::Measure;
use crate::observation::store as observations;

/// Most bytes of a file: more than any resolution has, less than a form may carry.
const MAX: usize = 1_500_000;

/// The routes.
pub fn routes() -> Routes<Host> {
    let define = Access::Holds("targets.define");
    Routes::new().get("/resolutions/import", define, ask).post("/resolutions/import", define, take).get(
        "/resolutions/{code}/export.toml",
        Access::Holds("targets.read"),
        give,
    )
}

#[derive(Template)]
#[template(path = "resolution/import.html")]
struct ImportHtml<'a> {
    t: Talk<'a>,
    form: FormOpen,
    file: Field,
    look: Button,
    summary: Html,
    faults: Vec<(String, String)>,
    /// What would be stored, and the text to send again.
    found: Option<(Summary, String, FormOpen)>,
}

/// What a file came to.
pub(crate) enum Looked {
    Faulty(Vec<FileFault>),
    Good(Box<ResolutionFile>, Box<Import>),
}

/// Reads and checks a file against the installation; stores nothing.
pub(crate) async fn look(host: &Host, view: &View, text: &str) -> Result<Looked, Problem> {
    let file = match ResolutionFile::read(text) {
        Ok(file) => file,
        Err(fault) => return Ok(Looked::Faulty(vec![fault])),
    };
    let head = &file.resolution;
    let at_head = |said: Said| FileFault::at("resolution", &head.code, said);
    let names = Names::on(host, host.clock.today()).await?;
    let issuer = names.find(&head.issuer);
    if issuer.is_some_and(|org| !view.viewer.may("targets.define", org)) {
        return Ok(Looked::Faulty(vec![at_head(Said::new("targets-transfer-not-yours"))]));
    }
    let mut measures: HashMap<String, (MeasureId, Measure)> = HashMap::new();
    if let Some(org) = issuer {
        let known = store::measures_of(&host.db, org).await?;
        measures.extend(known.into_iter().map(|(id, measure)| (measure.code.clone(), (id, measure))));
    }
    let schemes = crate::scheme::store::load(&host.db).await?;
    let mut bad_code = Faults::new();
    super::define::code_fault(&head.code, &mut bad_code);
    let mut faults: Vec<FileFault> = bad_code.list().iter().map(|(_, said)| at_head(said.clone())).collect();
    if store::by_code(&host.db, &head.code).await?.is_some() {
        faults.push(at_head(Said::new("targets-file-code-exists").with("code", &head.code)));
    }
    let recorded = match issuer {
        Some(org) => Recorded::load(&host.db, &file, org, &measures).await?,
        None => Recorded::default(),
    };
    let around = Surroundings {
        org: &|key| names.find(key),
        lane: &|org| names.lane(org),
        measures: &measures,
        recorded: &recorded,
        schemes: &schemes,
        policy: door::book(host)?.policy(),
        actor: view.viewer.actor(),
        now: host.clock.now(),
        ids: &*host.ids,
        is_sample: false,
    };
    match import(&file, &around) {
        Ok(import) if faults.is_empty() => Ok(Looked::Good(Box::new(file), Box::new(import))),
        Ok(_) => Ok(Looked::Faulty(faults)),
        Err(found) => {
            faults.extend(found);
            Ok(Looked::Faulty(faults))
        }
    }
}

fn told(view: &View, file: &ResolutionFile) -> Summary {
    let t = view.t();
    let head = &file.resolution;
    Summary::new()
        .row(t.s("targets-head-title"), head.title.clone())
        .row(t.s("targets-form-code"), head.code.clone())
        .row(t.s("targets-head-issuer"), head.issuer.clone())
        .row(t.s("targets-head-from"), t.date(&head.term.from))
        .row(t.s("targets-head-last"), t.date(&head.term.last))
        .row(t.s("targets-edit-sentences"), t.int(file.sentences.len()))
        .row(t.s("targets-edit-measures"), t.int(file.measures.len()))
        .row(t.s("targets-edit-targets"), t.int(file.targets.len()))
        .row(t.s("targets-target-observations"), t.int(file.observations.len()))
}

/// What the page shows besides its form.
#[derive(Default)]
struct Shown {
    faults: Faults,
    found: Vec<FileFault>,
    good: Option<(Summary, String)>,
}

fn show(view: &View, shown: Shown) -> Result<Response, Problem> {
    let t = view.t();
    let values = Values::default();
    let fields = Fields::new(t, &values, &shown.faults);
    let is_bad = !shown.found.is_empty();
    let html = ImportHtml {
        t,
        form: FormOpen::new(view, "/resolutions/import").files(),
        file: fields.file("file", t.s("targets-transfer-file"), ".toml").hint(t.s("targets-transfer-file-hint")),
        look: Button::new(t.s("targets-transfer-look")),
        summary: fields.summary(),
        faults: shown.found.iter().map(|fault| (t.said(&fault.place), t.said(&fault.said))).collect(),
        found: shown.good.map(|(summary, text)| (summary, text, FormOpen::new(view, "/resolutions/import").files())),
    };
    let page = view.page(t.s("targets-transfer-title")).address("/resolutions/import");
    let page = page.crumbs([Crumb::new(t.s("targets-list-title"), "/targets")]);
    if !shown.faults.is_empty() {
        page.faulty().show(&html)
    } else if is_bad {
        page.status(StatusCode::UNPROCESSABLE_ENTITY).show(&html)
    } else {
        page.show(&html)
    }
}

async fn ask(view: View) -> Result<Response, Problem> {
    show(&view, Shown::default())
}

/// The text of the file, or of the page that showed what it holds.
fn text_of(form: &Form, faults: &mut Faults) -> Option<String> {
    if let Some(text) = form.opt("text") {
        return Some(text.to_owned());
    }
    let Some(file) = form.file("file") else {
        faults.add("file", Said::new("web-fault-empty"));
        return None;
    };
    if file.bytes.len() > MAX {
        faults.add("file", Said::new("targets-transfer-too-large"));
        return None;
    }
    let bytes = file.bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&file.bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text.to_owned()),
        Err(broken) => {
            let before = bytes.get(..broken.valid_up_to()).unwrap_or_default();
            let line = before.split(|byte| *byte == b'\n').count();
            faults.add("file", Said::new("targets-transfer-not-utf8").with("line", line));
            None
        }
    }
}

async fn take(State(host): State<Host>, view: View, form: Form) -> Result<Response, Problem> {
    let mut faults = Faults::new();
    let Some(text) = text_of(&form, &mut faults) else {
        return show(&view, Shown { faults, ..Shown::default() });
    };
    match look(&host, &view, &text).await? {
        Looked::Faulty(found) => show(&view, Shown { found, ..Shown::default() }),
        Looked::Good(file, found) if form.text("do") == "store" => match host.db.commit(found.unit).await {
            Ok(_) => Ok(Redirect::to(&door::address(&file.resolution.code)).into_response()),
            Err(StoreError::Constraint(_)) => {
                let code = &file.resolution.code;
                // Somebody took the code, or recorded one of these observations, since we looked.
                let said = match store::by_code(&host.db, code).await? {
                    Some(_) => Said::new("targets-file-code-exists").with("code", code),
                    None => Said::new("targets-transfer-observed"),
                };
                let found = vec![FileFault::at("resolution", code, said)];
                show(&view, Shown { found, ..Shown::default() })
            }
            Err(other) => Err(other.into()),
        },
        Looked::Good(file, _) => show(&view, Shown { good: Some((told(&view, &file), text)), ..Shown::default() }),
    }
}

/// The file of a resolution, as it stands.
async fn give(State(host): State<Host>, view: View, Path(code): Path<String>) -> Result<Response, Problem> {
    let listed = door::open(&host, &view, &code).await?;
    let whole = store::whole(&host.db, listed.id).await?.ok_or_else(Problem::not_found)?;
    let mut seen = Vec::new();
    for (id, _) in &whole.measures {
        seen.extend(observations::of_measure(&host.db, *id).await?);
    }
    seen.sort_by_key(|one| (one.seen.recorded_at, one.seen.id));
    let text = export(&whole, &seen).write().map_err(|fault| Problem::refused(fault.said))?;
    Ok(download(&format!("{code}.toml"), "application/toml; charset=utf-8", text))
}
