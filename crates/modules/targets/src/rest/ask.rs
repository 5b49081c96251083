//! Indicators of every module: what there is, the figure, the records behind it.

use axum::Json;
use axum::extract::{Path, Query, State};
use lt_contracts::indicator::Ask;
use lt_kernel::Interval;
use lt_kernel::id::OrgId;
use lt_module::Host;
use lt_web::viewer::Scope;
use lt_web::{Problem, View};

use super::body::day;
use super::wire;
use crate::observation::ask::{source, unanswered};

/// Records of a page.
const PAGE: usize = 200;

/// Every indicator this installation offers.
#[utoipa::path(get, path = "/api/v1/indicators", tag = "indicators", responses((status = 200, body = Vec<wire::Indicator>)))]
pub(super) async fn indicators(State(host): State<Host>, view: View) -> Json<Vec<wire::Indicator>> {
    let t = view.t();
    let offered = host.indicators.iter().flat_map(|source| source.indicators());
    Json(
        offered
            .map(|one| wire::Indicator {
                code: one.code.to_owned(),
                name: t.s(one.name_key).to_owned(),
                unit: one.unit.to_owned(),
                dimensions: one.dimensions.iter().map(|&name| name.to_owned()).collect(),
                is_ratio: one.is_ratio,
            })
            .collect(),
    )
}

/// What is asked, by a reader whose place reaches the organisation; the whole installation only by those whose
/// place reaches everything.
fn ask(host: &Host, view: &View, code: String, asked: &wire::Asked) -> Result<Ask, Problem> {
    let org = asked.org.map(OrgId);
    let reads_all =
        || view.viewer.grants.iter().any(|grant| grant.permission == "targets.read" && grant.scope == Scope::All);
    let may = match org {
        Some(org) => view.viewer.may("targets.read", org),
        None => reads_all(),
    };
    if !may {
        return Err(Problem::forbidden());
    }
    let at = day(asked.at.as_deref())?.unwrap_or_else(|| host.clock.today());
    let from = day(asked.from.as_deref())?.unwrap_or(at).min(at);
    let period = Interval { from, to: at.tomorrow().ok() };
    Ok(Ask { code, org, period, known_at: host.clock.now(), dimensions: Vec::new() })
}

/// The figure of an indicator for an organisation with all below it.
#[utoipa::path(get, path = "/api/v1/indicators/{code}/figure", tag = "indicators",
    params(("code" = String, Path, description = "Code of the indicator"), wire::Asked),
    responses((status = 200, body = wire::Figure), (status = 403, body = wire::Problem), (status = 409, body = wire::Problem)))]
pub(super) async fn figure(
    State(host): State<Host>,
    view: View,
    Path(code): Path<String>,
    Query(asked): Query<wire::Asked>,
) -> Result<Json<wire::Figure>, Problem> {
    let ask = ask(&host, &view, code, &asked)?;
    let figure = source(&host, &ask.code)?.figure(&ask).await.map_err(unanswered)?;
    Ok(Json(wire::Figure { code: ask.code, numerator: figure.numerator, denominator: figure.denominator }))
}

/// The records that make up a figure, a page at a time.
#[utoipa::path(get, path = "/api/v1/indicators/{code}/records", tag = "indicators",
    params(("code" = String, Path, description = "Code of the indicator"), wire::Asked),
    responses((status = 200, body = wire::Records), (status = 403, body = wire::Problem), (status = 409, body = wire::Problem)))]
pub(super) async fn records(
    State(host): State<Host>,
    view: View,
    Path(code): Path<String>,
    Query(asked): Query<wire::Asked>,
) -> Result<Json<wire::Records>, Problem> {
    let ask = ask(&host, &view, code, &asked)?;
    let found = source(&host, &ask.code)?.records(&ask, asked.cursor.as_deref(), PAGE).await.map_err(unanswered)?;
    let rows = found.rows.into_iter().map(|one| wire::Record {
        id: one.id,
        title: one.title,
        href: one.href,
        in_numerator: one.in_numerator,
    });
    Ok(Json(wire::Records { rows: rows.collect(), next: found.next }))
}
