//! The pages of an import: upload, look, confirm; and the table to download.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use lt_kernel::Said;
use lt_kernel::quantity::numbers::Convention;
use lt_module::Host;
use lt_paper::sheet::{CsvForm, Grid, Limits, write_csv, write_xlsx};
use lt_store::{Blobs, StoreError};
use lt_web::ui::{Button, Choice, Fields, FormOpen};
use lt_web::{Faults, Form, Html, Problem, Talk, Values, View, download};

use super::check::{Around, Ready};
use super::fault::Fault;
use super::{Outcome, Whose, look, out, unit};
use crate::observation::desk::Desk;
use crate::observation::store;
use crate::resolution::door::{self, pick};
use crate::target::said::value_said;

/// Rows of the preview that are shown; all are checked.
const SHOWN: usize = 200;
/// XLSX as programs name it.
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

#[derive(Template)]
#[template(path = "observation/import/upload.html")]
struct UploadHtml<'a> {
    t: Talk<'a>,
    base: String,
    summary: Html,
    form: FormOpen,
    file: Html,
    convention: Html,
    look: Button,
}

#[derive(Template)]
#[template(path = "observation/import/preview.html")]
struct PreviewHtml<'a> {
    t: Talk<'a>,
    base: String,
    name: &'a str,
    hash: &'a str,
    convention: &'a str,
    faults: Vec<FaultLine>,
    count: usize,
    hidden: usize,
    rows: Vec<RowLine<'a>>,
    ready: usize,
    skipped: usize,
    asks: bool,
    read: Option<&'static str>,
    again: FormOpen,
    choose: Html,
    retry: Button,
    confirm: FormOpen,
    store: Button,
}

struct FaultLine {
    row: String,
    cell: String,
    text: String,
}

struct RowLine<'a> {
    row: u32,
    measure: &'a str,
    value: String,
    as_of: String,
    scope: String,
    note: &'a str,
}

/// Opens the resolution for an import: only for the organisation that resolved it.
async fn open(host: &Host, view: &View, code: &str) -> Result<Desk, Problem> {
    let desk = Desk::open_to_write(host, view, code).await?;
    if view.viewer.may("targets.observe", desk.org()) { Ok(desk) } else { Err(Problem::forbidden()) }
}

fn conventions(t: Talk<'_>) -> Vec<Choice> {
    vec![
        Choice::new("", t.s("targets-import-convention-find")),
        Choice::new("vi", t.s("targets-entry-convention-vi")),
        Choice::new("en", t.s("targets-entry-convention-en")),
    ]
}

fn chosen(form: &Form) -> Option<Convention> {
    match form.text("convention") {
        "vi" => Some(Convention::Vi),
        "en" => Some(Convention::En),
        _ => None,
    }
}

/// Asks for a file.
pub(in crate::observation) async fn ask(
    State(host): State<Host>,
    view: View,
    Path(code): Path<String>,
) -> Result<Response, Problem> {
    let desk = open(&host, &view, &code).await?;
    upload(&view, &desk, &Faults::new())
}

fn upload(view: &View, desk: &Desk, faults: &Faults) -> Result<Response, Problem> {
    let (t, base) = (view.t(), door::address(&desk.whole.listed.code));
    let values = Values::default();
    let fields = Fields::new(t, &values, faults);
    let file =
        fields.file("file", t.s("targets-import-file"), ".csv,.xlsx").hint(t.s("targets-import-file-hint")).into();
    let convention = fields.select("convention", t.s("targets-entry-convention"), conventions(t)).into();
    let html = UploadHtml {
        t,
        form: FormOpen::new(view, format!("{base}/import")).files(),
        file,
        convention,
        summary: fields.summary(),
        look: Button::new(t.s("targets-import-look")),
        base,
    };
    let page = view.page(t.s("targets-import-title")).crumbs(door::crumbs(view, &desk.whole.listed));
    if faults.is_empty() { page.show(&html) } else { page.faulty().show(&html) }
}

/// The file of a form: sent now, or kept from the look before under its hash.
struct Sent {
    name: String,
    hash: String,
    bytes: Vec<u8>,
}

async fn sent(host: &Host, form: &Form, faults: &mut Faults) -> Result<Option<Sent>, Problem> {
    let blobs = host.part::<Blobs>().map_err(Problem::trouble)?;
    if let Some(file) = form.file("file") {
        if u64::try_from(file.bytes.len()).unwrap_or(u64::MAX) > Limits::default().bytes {
            faults.add("file", lt_paper::sheet::SheetFault::TooLarge { limit: Limits::default().bytes }.said());
            return Ok(None);
        }
        let stored = blobs.put(file.bytes.to_vec()).await.map_err(StoreError::from)?;
        return Ok(Some(Sent { name: file.name.clone(), hash: stored.hash, bytes: file.bytes.to_vec() }));
    }
    let Some(hash) = form.opt("hash") else {
        faults.add("file", Said::new("targets-import-no-file"));
        return Ok(None);
    };
    let Ok(bytes) = blobs.read(hash).await else {
        faults.add("file", Said::new("targets-evidence-gone").with("name", form.text("name")));
        return Ok(None);
    };
    Ok(Some(Sent { name: form.text("name").to_owned(), hash: hash.to_owned(), bytes }))
}

/// Looks through the file away from the threads that answer requests.
async fn look_through(
    host: &Host,
    view: &View,
    desk: &Desk,
    bytes: Vec<u8>,
    convention: Option<Convention>,
) -> Result<Outcome, Problem> {
    let policy = door::book(host)?.policy();
    let around = Arc::new(Around::load(&host.db, &desk.whole, policy, view.shell.words()).await?);
    tokio::task::spawn_blocking(move || look(&bytes, &around, convention)).await.map_err(Problem::trouble)
}

/// Looks through a file and says what it found; nothing is stored but the file itself.
pub(in crate::observation) async fn preview(
    State(host): State<Host>,
    view: View,
    Path(code): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let desk = open(&host, &view, &code).await?;
    let mut faults = Faults::new();
    let Some(sent) = sent(&host, &form, &mut faults).await? else { return upload(&view, &desk, &faults) };
    let outcome = look_through(&host, &view, &desk, sent.bytes, chosen(&form)).await?;
    shown(&host, &view, &desk, &outcome, (&sent.name, &sent.hash, form.text("convention"))).await
}

async fn shown(
    host: &Host,
    view: &View,
    desk: &Desk,
    outcome: &Outcome,
    (name, hash, convention): (&str, &str, &str),
) -> Result<Response, Problem> {
    let (t, base) = (view.t(), door::address(&desk.whole.listed.code));
    let schemes = crate::scheme::store::load(&host.db).await?;
    let rows = outcome.ready.iter().take(SHOWN).filter_map(|one| row(view, desk, &schemes, one)).collect();
    let (values, none) = (Values::new([("convention", convention)]), Faults::new());
    let fields = Fields::new(t, &values, &none);
    let is_good = outcome.found.is_empty();
    let html = PreviewHtml {
        t,
        name,
        hash,
        convention,
        faults: outcome.found.list.iter().map(|fault| line(t, fault)).collect(),
        count: outcome.found.count,
        hidden: outcome.found.count - outcome.found.list.len(),
        rows,
        ready: outcome.ready.len(),
        skipped: outcome.skipped,
        asks: outcome.asks,
        read: outcome.convention.map(|convention| match convention {
            Convention::En => "targets-entry-convention-en",
            _ => "targets-entry-convention-vi",
        }),
        again: FormOpen::new(view, format!("{base}/import")),
        choose: fields.radios("convention", t.s("targets-entry-convention"), conventions(t)).into(),
        retry: Button::new(t.s("targets-import-look-again")),
        confirm: FormOpen::new(view, format!("{base}/import/confirm")),
        store: Button::new(t.a("targets-import-store", "count", outcome.ready.len())),
        base: base.clone(),
    };
    let page = view.page(t.s("targets-import-preview")).crumbs(door::crumbs(view, &desk.whole.listed));
    let page = page.address(format!("{base}/import")).wide();
    if is_good { page.show(&html) } else { page.faulty().show(&html) }
}

fn line(t: Talk<'_>, fault: &Fault) -> FaultLine {
    FaultLine {
        row: fault.row.map(|row| row.to_string()).unwrap_or_default(),
        cell: fault.at.map(|at| at.to_string()).unwrap_or_default(),
        text: t.said(&fault.said),
    }
}

fn row<'a>(view: &View, desk: &'a Desk, schemes: &crate::scheme::Schemes, one: &'a Ready) -> Option<RowLine<'a>> {
    let t = view.t();
    let (_, measure) = desk.whole.measures.get(one.measure)?;
    let period = one.period.as_ref().map(|period| period.name(t.lang)).unwrap_or_default();
    let scope = [period.as_str(), &one.unit, &one.event, &one.sentence];
    Some(RowLine {
        row: one.row,
        measure: pick(&measure.name, &measure.name_en, view.lang),
        value: t.said(&value_said(&one.value, measure.unit, schemes)),
        as_of: t.date(&one.as_of),
        scope: scope.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "),
        note: &one.note,
    })
}

/// Stores everything in the file, or nothing: it is looked through once more, since time has passed.
pub(in crate::observation) async fn confirm(
    State(host): State<Host>,
    view: View,
    Path(code): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let desk = open(&host, &view, &code).await?;
    let mut faults = Faults::new();
    let Some(sent) = sent(&host, &form, &mut faults).await? else { return upload(&view, &desk, &faults) };
    let outcome = look_through(&host, &view, &desk, sent.bytes, chosen(&form)).await?;
    if !outcome.found.is_empty() {
        return shown(&host, &view, &desk, &outcome, (&sent.name, &sent.hash, form.text("convention"))).await;
    }
    let whose = Whose { whole: &desk.whole, name: &sent.name, sha256: &sent.hash };
    let unit = unit(&outcome.ready, &desk.hand(&host, &view), &whose, &*host.ids);
    match host.db.commit(unit).await {
        // Somebody recorded one of them between the second look and now.
        Err(StoreError::Constraint(_)) => Err(Problem::stale()),
        done => {
            done?;
            Ok(Redirect::to(&door::address(&code)).into_response())
        }
    }
}

fn csv(code: &str, what: &str, grid: &Grid) -> Result<Response, Problem> {
    let form = CsvForm { delimiter: b';', ..CsvForm::default() };
    let bytes = write_csv(grid, form).map_err(Problem::trouble)?;
    Ok(download(&format!("{code}-{what}.csv"), "text/csv; charset=utf-8", bytes))
}

fn xlsx(host: &Host, code: &str, what: &str, grid: &Grid) -> Result<Response, Problem> {
    let bytes = write_xlsx(grid, host.clock.now()).map_err(Problem::trouble)?;
    Ok(download(&format!("{code}-{what}.xlsx"), XLSX, bytes))
}

/// The template as CSV.
pub(in crate::observation) async fn template_csv(
    State(host): State<Host>,
    view: View,
    Path(code): Path<String>,
) -> Result<Response, Problem> {
    let desk = Desk::open(&host, &view, &code).await?;
    csv(&code, view.t().s("targets-import-template-name"), &out::template(&desk.whole, view.lang))
}

/// The template as XLSX.
pub(in crate::observation) async fn template_xlsx(
    State(host): State<Host>,
    view: View,
    Path(code): Path<String>,
) -> Result<Response, Problem> {
    let desk = Desk::open(&host, &view, &code).await?;
    xlsx(&host, &code, view.t().s("targets-import-template-name"), &out::template(&desk.whole, view.lang))
}

async fn grid(host: &Host, view: &View, code: &str) -> Result<Grid, Problem> {
    let desk = Desk::open(host, view, code).await?;
    let mut details = Vec::new();
    for (id, _) in &desk.whole.measures {
        details.extend(store::of_measure(&host.db, *id).await?);
    }
    details.sort_by_key(|one| (one.seen.recorded_at, one.seen.id));
    Ok(out::stored(&desk.whole, &details, view.lang))
}

/// What is stored, as CSV.
pub(in crate::observation) async fn stored_csv(
    State(host): State<Host>,
    view: View,
    Path(code): Path<String>,
) -> Result<Response, Problem> {
    csv(&code, view.t().s("targets-import-stored-name"), &grid(&host, &view, &code).await?)
}

/// What is stored, as XLSX.
pub(in crate::observation) async fn stored_xlsx(
    State(host): State<Host>,
    view: View,
    Path(code): Path<String>,
) -> Result<Response, Problem> {
    xlsx(&host, &code, view.t().s("targets-import-stored-name"), &grid(&host, &view, &code).await?)
}
