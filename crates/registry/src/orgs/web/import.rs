//! A directory snapshot: first shown step by step, then, when the same file is sent again to be written, written.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use lt_kernel::Date;
use lt_module::Host;
use lt_store::Unit;
use lt_web::ui::{Button, Cell, Column, Field, Fields, FormOpen, Notice, Row, Table, Tone};
use lt_web::{Crumb, Faults, Form, Html, Problem, Talk, Values, View};

use super::verbs::basis_of;
use super::{directory, manages_all};
use crate::import::{Fault, Plan, Snapshot, StepKind, plan};
use crate::store;

/// Most lines of faults or steps shown on the page.
const MOST_SHOWN: usize = 500;

#[derive(Template)]
#[template(path = "orgs/web/import.html")]
struct ImportHtml<'a> {
    t: Talk<'a>,
    summary: Html,
    faults: Html,
    preview: Html,
    form: FormOpen,
    fields: Vec<Field>,
    look: Button,
    write: Button,
}

pub(super) async fn ask(view: View) -> Result<Response, Problem> {
    if !manages_all(&view.viewer) {
        return Err(Problem::forbidden());
    }
    show(&view, &Values::default(), &Faults::new(), Html::default(), Html::default())
}

fn show(view: &View, values: &Values, faults: &Faults, told: Html, preview: Html) -> Result<Response, Problem> {
    let t = view.t();
    let fields = Fields::new(t, values, faults);
    let asked = vec![
        fields.file("file", t.s("registry-import-file"), ".csv").hint(t.s("registry-import-file-hint")),
        fields.date("date", t.s("registry-field-date")).short(),
        fields.text("act", t.s("registry-field-act")).hint(t.s("registry-field-act-hint")),
        fields.date("act_date", t.s("registry-field-act-date")).short().optional(),
    ];
    let is_faulty = !faults.is_empty() || !told.is_empty();
    let html = ImportHtml {
        t,
        summary: fields.summary(),
        faults: told,
        preview,
        form: FormOpen::new(view, "/organisations/import").files(),
        fields: asked,
        look: Button::new(t.s("registry-import-look")).sends("do", "look"),
        write: Button::second(t.s("registry-import-write")).sends("do", "write"),
    };
    let page = view.page(t.s("registry-import-title")).address("/organisations/import").wide();
    let page = page.crumbs([Crumb::new(t.s("registry-tree-title"), "/organisations")]);
    if is_faulty { page.faulty().show(&html) } else { page.show(&html) }
}

pub(super) async fn send(State(host): State<Host>, view: View, form: Form) -> Result<Response, Problem> {
    if !manages_all(&view.viewer) {
        return Err(Problem::forbidden());
    }
    let t = view.t();
    let mut faults = Faults::new();
    let (date, basis) = basis_of(&form, &mut faults);
    let Some(file) = form.file("file") else {
        faults.add("file", lt_kernel::Said::new("registry-import-no-file"));
        return show(&view, &form.values, &faults, Html::default(), Html::default());
    };
    let Some(date) = date.filter(|_| faults.is_empty()) else {
        return show(&view, &form.values, &faults, Html::default(), Html::default());
    };
    let snapshot = match Snapshot::parse(&file.bytes) {
        Ok(snapshot) => snapshot,
        Err(found) => return show(&view, &form.values, &faults, told(&found, t), Html::default()),
    };
    let directory = directory(&host).await?;
    let plan = plan(&snapshot, &directory, date, &basis);
    if !plan.faults.is_empty() {
        return show(&view, &form.values, &faults, told(&plan.faults, t), Html::default());
    }
    let preview = preview(&plan, date, t);
    if let Some(edit) = plan.edit.filter(|_| form.text("do") == "write") {
        let mut unit = Unit::new();
        store::write(&edit, view.viewer.actor(), &mut unit);
        // Stale: somebody changed the registry since; the reader looks at the plan again.
        host.db.commit(unit).await?;
        return Ok(Redirect::to(&format!("/organisations?at={date}")).into_response());
    }
    show(&view, &form.values, &faults, Html::default(), preview)
}

/// The faults, by line and column.
fn told(faults: &[Fault], t: Talk<'_>) -> Html {
    let columns = ["row", "column", "fault"].map(|column| format!("registry-import-{column}"));
    let columns: Vec<_> = columns.iter().map(|key| Column::text(t.s(key))).collect();
    let rows = faults.iter().take(MOST_SHOWN).map(|fault| {
        let row = if fault.row == 0 { "–".to_owned() } else { fault.row.to_string() };
        Row::new([Cell::from(row), Cell::from(fault.column), Cell::from(t.said(&fault.said))])
    });
    let table = Table::new(t.s("registry-import-faults"), columns).rows(rows.collect::<Vec<_>>());
    let notice = Notice::new(Tone::Bad, t.a("registry-import-nothing", "count", faults.len()));
    Html::join([notice.into(), table.into()])
}

/// Every step, before anything is written.
fn preview(plan: &Plan, date: Date, t: Talk<'_>) -> Html {
    let (steps, same) = (t.int(plan.steps.len()), t.int(plan.unchanged));
    let values = [("steps", steps.as_str()), ("same", same.as_str()), ("date", &t.date(&date))];
    let notice = Notice::new(Tone::Info, t.with("registry-import-planned", &values));
    let columns = ["row", "code", "name", "step"].map(|column| format!("registry-import-{column}"));
    let columns: Vec<_> = columns.iter().map(|key| Column::text(t.s(key))).collect();
    let rows = plan.steps.iter().take(MOST_SHOWN).map(|step| {
        let old = |old: &Option<String>| old.clone().unwrap_or_else(|| "–".to_owned());
        let what = match &step.kind {
            StepKind::Found => t.s("registry-import-step-found").to_owned(),
            StepKind::Rename(old) => t.a("registry-import-step-rename", "old", old),
            StepKind::Move(from) => t.a("registry-import-step-move", "old", old(from)),
            StepKind::Abbreviate(from) => t.a("registry-import-step-abbreviate", "old", old(from)),
            StepKind::Close => t.s("registry-import-step-close").to_owned(),
        };
        let row = step.row.map_or_else(|| "–".to_owned(), |row| row.to_string());
        Row::new([Cell::from(row), Cell::from(step.code.as_str()), Cell::from(step.name.as_str()), Cell::from(what)])
    });
    let table = Table::new(t.s("registry-import-steps"), columns).rows(rows.collect::<Vec<_>>());
    Html::join([notice.into(), table.into()])
}
