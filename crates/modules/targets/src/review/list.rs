//! The reviews of a resolution, and the form that opens one.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use lt_kernel::Said;
use lt_module::Host;
use lt_store::StoreError;
use lt_web::ui::{Button, Empty, Field, Fields, FormOpen, Tabs, Tag};
use lt_web::{Faults, Form, Html, Problem, Talk, Values, View};

use super::model::{self, Refused, Review, ReviewId, State as Stand};
use super::{desk, store};
use crate::resolution::door;
use crate::resolution::store::Listed;

/// A review in the list.
struct Line {
    href: String,
    period: String,
    cutoff: String,
    state: Tag,
    reports: Vec<u32>,
}

#[derive(Template)]
#[template(path = "review/list.html")]
struct ListHtml<'a> {
    t: Talk<'a>,
    title: String,
    tabs: Tabs,
    lines: Vec<Line>,
    empty: Empty,
    form: Option<(FormOpen, Field, Field, Button)>,
    summary: Html,
}

/// The mark of a state.
pub(super) fn mark(t: Talk<'_>, state: &Stand) -> Tag {
    match state {
        Stand::Open => Tag::new(t.s(state.key())),
        Stand::Collected(_) => Tag::warn(t.s(state.key())),
        Stand::Approved { .. } | Stand::Frozen { .. } => Tag::good(t.s(state.key())),
    }
}

async fn page(
    host: &Host,
    view: &View,
    listed: &Listed,
    values: &Values,
    faults: &Faults,
) -> Result<Response, Problem> {
    let t = view.t();
    let mut lines = Vec::new();
    for review in store::list(&host.db, listed.id).await? {
        let versions = crate::report::store::versions(&host.db, review.id).await?;
        lines.push(Line {
            href: desk::address(&listed.code, &review),
            period: review.period.name(view.lang),
            cutoff: t.date(&review.cutoff),
            state: mark(t, &review.state),
            reports: versions.iter().map(|one| one.version).collect(),
        });
    }
    let fields = Fields::new(t, values, faults);
    let action = format!("{}/reviews", door::address(&listed.code));
    let form = view.viewer.may("targets.review", listed.org).then(|| {
        (
            FormOpen::new(view, action.clone()),
            fields.text("period", t.s("targets-review-period")).hint(t.s("targets-review-period-hint")).short(),
            fields.date("cutoff", t.s("targets-review-cutoff")).hint(t.s("targets-review-cutoff-hint")).optional(),
            Button::new(t.s("targets-review-open")),
        )
    });
    let title = t.a("targets-review-list-title", "title", door::title(listed, view.lang));
    let html = ListHtml {
        t,
        title: title.clone(),
        tabs: door::tabs(view, listed, door::Tab::Review),
        lines,
        empty: Empty::new(t.s("targets-review-list-empty"), t.s("targets-review-list-empty-text")),
        form,
        summary: fields.summary(),
    };
    let page = view.page(title).crumbs(door::crumbs(view, listed)).address(action);
    if faults.is_empty() { page.show(&html) } else { page.faulty().show(&html) }
}

/// Shows the list.
pub(super) async fn list(State(host): State<Host>, view: View, Path(code): Path<String>) -> Result<Response, Problem> {
    let listed = door::open(&host, &view, &code).await?;
    page(&host, &view, &listed, &Values::default(), &Faults::new()).await
}

/// Opens a review.
pub(super) async fn open(
    State(host): State<Host>,
    view: View,
    Path(code): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let listed = door::open_for(&host, &view, &code, "targets.review").await?;
    listed.state.writable().map_err(|refused| Problem::refused(refused.said()))?;
    let mut faults = Faults::new();
    let period = form.required("period", &mut faults);
    let cutoff = form.date("cutoff", &mut faults);
    let opened = model::open(&period, cutoff);
    if let Err(refused) = &opened
        && faults.is_empty()
    {
        let field = if *refused == Refused::NoPeriod { "period" } else { "cutoff" };
        faults.add(field, refused.said());
    }
    let Some((period, cutoff)) = opened.ok().filter(|_| faults.is_empty()) else {
        return page(&host, &view, &listed, &form.values, &faults).await;
    };
    let now = host.clock.now();
    let id = ReviewId(host.ids.next(now));
    let review = Review { id, resolution: listed.id, period, cutoff, state: Stand::Open, version: 1 };
    match host.db.commit(store::open(&review, listed.org, view.viewer.actor(), now)).await {
        Err(StoreError::Stale | StoreError::Constraint(_)) => {
            let said: Said = Refused::Exists.said();
            faults.add("period", said);
            page(&host, &view, &listed, &form.values, &faults).await
        }
        other => {
            other?;
            Ok(Redirect::to(&desk::address(&listed.code, &review)).into_response())
        }
    }
}
