//! What reports tell: sentences of results and facts, each with the observations taken from it.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use lt_kernel::Instant;
use lt_module::Host;
use lt_store::{Db, RowRef, StoreError, params};
use lt_web::ui::{Tabs, Tag};
use lt_web::{Crumb, Problem, Talk, View};

use super::ask::Days;
use crate::file::format::Standing;
use crate::measure::Measure;
use crate::observation::Observation;
use crate::observation::store::{SEEN, seen_ref};
use crate::resolution::door::{self, Tab, pick};
use crate::resolution::model::{MeasureId, ResolutionId};
use crate::resolution::store;
use crate::target::said::value_said;

struct Told {
    measure: String,
    value: String,
    as_of: String,
    approved: bool,
}

struct Group<'a> {
    code: &'a str,
    standing: &'static str,
    text: &'a str,
    told: Vec<Told>,
}

#[derive(Template)]
#[template(path = "board/told.html")]
struct ToldHtml<'a> {
    t: Talk<'a>,
    title: &'a str,
    marks: Vec<Tag>,
    tabs: Tabs,
    groups: Vec<Group<'a>>,
}

/// Observations that name the sentence that tells them, as they were known, with that sentence. Codes of sentences
/// are those of the resolution an observation came through: another one may use the same code for its own.
async fn told_of(
    db: &Db,
    id: ResolutionId,
    known: Instant,
) -> Result<HashMap<String, Vec<(MeasureId, Observation)>>, StoreError> {
    let sql = format!(
        "SELECT {SEEN}, o.sentence FROM targets_use u JOIN targets_observation o ON o.measure = u.measure \
         WHERE u.resolution = $1 AND o.sentence <> '' AND (o.resolution IS NULL OR o.resolution = u.resolution) \
         AND o.recorded_at <= $2 \
         AND (o.withdrawn_at IS NULL OR o.withdrawn_at > $3) ORDER BY o.recorded_at, o.id"
    );
    let mut found: HashMap<String, Vec<_>> = HashMap::new();
    for row in db.scan(&sql, params![id, known, known]).await? {
        let cells = RowRef::of(&row);
        let sentence = cells.text(16)?.to_owned();
        found.entry(sentence).or_default().push(seen_ref(&cells)?);
    }
    Ok(found)
}

/// Shows the page.
pub(super) async fn told(State(host): State<Host>, view: View, Path(code): Path<String>) -> Result<Response, Problem> {
    let listed = door::open(&host, &view, &code).await?;
    let whole = store::whole(&host.db, listed.id).await?.ok_or_else(Problem::not_found)?;
    let days = Days::of(&view, host.clock.today());
    let known = days.known_at().unwrap_or_else(|| host.clock.now());
    let mut told = told_of(&host.db, listed.id, known).await?;
    let schemes = crate::scheme::store::load(&host.db).await?;
    let measures: HashMap<MeasureId, &Measure> = whole.measures.iter().map(|(id, measure)| (*id, measure)).collect();
    let t = view.t();
    let sentences = whole.sentences.iter();
    let groups = sentences
        .filter(|sentence| matches!(sentence.standing, Standing::Reported | Standing::Stated))
        .map(|sentence| Group {
            code: &sentence.code,
            standing: if sentence.standing == Standing::Reported {
                "targets-standing-reported"
            } else {
                "targets-standing-stated"
            },
            text: pick(&sentence.text, &sentence.text_en, view.lang),
            told: told
                .remove(&sentence.code)
                .unwrap_or_default()
                .into_iter()
                .filter_map(|(id, seen)| {
                    let measure = measures.get(&id)?;
                    Some(Told {
                        measure: pick(&measure.name, &measure.name_en, view.lang).to_owned(),
                        value: t.said(&value_said(&seen.value, measure.unit, &schemes)),
                        as_of: t.date(&seen.as_of),
                        approved: seen.approved,
                    })
                })
                .collect(),
        })
        .collect();
    let html = ToldHtml {
        t,
        title: door::title(&listed, view.lang),
        marks: door::marks(&view, &listed),
        tabs: door::tabs(&view, &listed, Tab::Told),
        groups,
    };
    let crumbs = [Crumb::new(t.s("targets-list-title"), "/targets")];
    view.page(t.a("targets-told-title", "title", html.title)).crumbs(crumbs).show(&html)
}
