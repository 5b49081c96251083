//! The board as a table for a spreadsheet: the same targets as on the page, with the same filters.

use axum::extract::{Path, State};
use axum::response::Response;
use lt_kernel::quantity::Exact;
use lt_module::Host;
use lt_paper::sheet::{CsvForm, Grid, Out, write_csv, write_xlsx};
use lt_web::{Problem, View, download};

use super::ask::{Days, Wanted};
use super::{lines, shown};
use crate::book::{Board, Row};
use crate::resolution::door::{self, Names, pick};

/// Columns, by the key of their head.
const HEADS: [&str; 15] = [
    "targets-export-sentence",
    "targets-export-text",
    "targets-export-target",
    "targets-export-title",
    "targets-export-outcome",
    "targets-export-settled",
    "targets-export-value",
    "targets-export-low",
    "targets-export-high",
    "targets-export-progress",
    "targets-export-missing",
    "targets-export-evidence",
    "targets-export-schedule",
    "targets-export-approval",
    "targets-export-owner",
];

/// Decimals of exported numbers.
const PLACES: u32 = 6;

fn number(value: Option<&Exact>) -> Out {
    value.map_or(Out::Empty, |value| {
        let text = value.to_decimal(PLACES);
        Out::Number(if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text })
    })
}

fn cells(view: &View, names: &Names, row: &Row<'_>) -> Vec<Out> {
    let (t, verdict, target) = (view.t(), row.verdict, &row.held.target);
    let text = |key: &str| Out::from(t.s(key));
    let outcome = match &row.held.dropped {
        Some(why) => Out::Text(format!("{}: {why}", t.s("targets-dropped"))),
        None => text(shown::mark(verdict).key()),
    };
    let missing: Vec<String> = verdict.missing.iter().map(|said| t.said(said)).collect();
    vec![
        Out::from(target.sentence.as_str()),
        Out::from(row.sentence.map_or("", |sentence| pick(&sentence.text, &sentence.text_en, view.lang))),
        Out::from(target.code.as_str()),
        Out::from(pick(&target.title, &target.title_en, view.lang)),
        outcome,
        lines::settled(verdict).map_or(Out::Empty, text),
        verdict.value.as_ref().map_or(Out::Empty, |said| Out::Text(t.said(said))),
        number(verdict.low.as_ref()),
        number(verdict.high.as_ref()),
        number(verdict.progress.as_ref()),
        Out::Text(missing.join("; ")),
        text(shown::evidence_key(verdict.evidence)),
        text(shown::schedule_key(verdict.schedule)),
        text(shown::approval_key(verdict.approval)),
        Out::from(names.of(row.held.owner)),
    ]
}

fn grid(view: &View, board: &Board, names: &Names, wanted: &Wanted) -> Grid {
    let t = view.t();
    Grid {
        name: board.whole.listed.code.clone(),
        head: HEADS.iter().map(|key| t.s(key).to_owned()).collect(),
        rows: board.rows().filter(|row| wanted.takes(row)).map(|row| cells(view, names, &row)).collect(),
    }
}

async fn asked(host: &Host, view: &View, code: &str) -> Result<Grid, Problem> {
    let listed = door::open(host, view, code).await?;
    let days = Days::of(view, host.clock.today());
    let board = door::book(host)?.board(listed.id, days.at, days.known_at()).await?.ok_or_else(Problem::not_found)?;
    let names = Names::on(host, days.at).await?;
    Ok(grid(view, &board, &names, &Wanted::of(view)))
}

/// As CSV.
pub(super) async fn csv(State(host): State<Host>, view: View, Path(code): Path<String>) -> Result<Response, Problem> {
    let grid = asked(&host, &view, &code).await?;
    let bytes = write_csv(&grid, CsvForm::default()).map_err(Problem::trouble)?;
    Ok(download(&format!("{code}.csv"), "text/csv; charset=utf-8", bytes))
}

/// As XLSX.
pub(super) async fn xlsx(State(host): State<Host>, view: View, Path(code): Path<String>) -> Result<Response, Problem> {
    let grid = asked(&host, &view, &code).await?;
    let bytes = write_xlsx(&grid, host.clock.now()).map_err(Problem::trouble)?;
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ok(download(&format!("{code}.xlsx"), kind, bytes))
}
