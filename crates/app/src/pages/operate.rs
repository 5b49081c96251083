//! For the operator: what runs behind the pages, and what was put aside.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use lt_events::{JobState, Parked};
use lt_module::Host;
use lt_web::ui::FormOpen;
use lt_web::{Form, Problem, Scope, Talk, View};

use super::OPERATE;

#[derive(Template)]
#[template(path = "pages/operate.html")]
struct OperateHtml<'a> {
    t: Talk<'a>,
    jobs: Vec<JobState>,
    parked: Vec<Parked>,
    form: FormOpen,
}

impl OperateHtml<'_> {
    /// A job in words; what has none shows its name.
    fn job(&self, name: &str) -> String {
        let (kind, rest) = name.split_once(' ').unwrap_or((name, ""));
        let key = format!("app-job-{}", kind.replace('.', "-"));
        if self.t.words.has(&key) {
            format!("{} {rest}", self.t.s(&key)).trim_end().to_owned()
        } else {
            name.to_owned()
        }
    }
}

/// What runs behind the pages belongs to the whole installation, not to one organisation.
fn must_operate_all(view: &View) -> Result<(), Problem> {
    let mut held = view.viewer.grants.iter().filter(|grant| grant.permission == OPERATE);
    if held.any(|grant| grant.scope == Scope::All) { Ok(()) } else { Err(Problem::forbidden()) }
}

/// Shows jobs and parked changes.
pub(super) async fn show(State(host): State<Host>, view: View) -> Result<Response, Problem> {
    must_operate_all(&view)?;
    let html = OperateHtml {
        t: view.t(),
        jobs: lt_events::jobs(&host.db).await?,
        parked: lt_events::parked(&host.db).await?,
        form: FormOpen::new(&view, "/operate/retry"),
    };
    view.page(view.t().s("app-operate-title")).show(&html)
}

/// Puts a parked change back in front of its listener.
pub(super) async fn retry(State(host): State<Host>, view: View, form: Form) -> Result<Response, Problem> {
    must_operate_all(&view)?;
    let (listener, seq) = (form.text("listener"), form.text("seq").parse::<i64>());
    let Ok(seq) = seq else { return Err(Problem::not_found()) };
    let runner = lt_events::Runner::new(host.db.clone(), "operator");
    if runner.retry_parked(listener, seq).await? {
        Ok(Redirect::to("/operate").into_response())
    } else {
        Err(Problem::not_found())
    }
}
