//! What happened to a target: versions of its definition with what differs, and the changes written with them.

use lt_kernel::id::AccountId;
use lt_module::Host;
use lt_store::{ChangeFilter, Db, StoreError, params};
use lt_web::ui::{Diff, Timeline};
use lt_web::{Html, Problem, Talk, View};

use super::who::Who;
use crate::resolution::model::TargetId;

/// Changes shown at most.
const MOST: u32 = 50;

/// One version of a definition.
struct Version {
    number: i64,
    definition: serde_json::Value,
    at: lt_kernel::Instant,
    by: Option<AccountId>,
    why: String,
}

async fn versions(db: &Db, id: TargetId) -> Result<Vec<Version>, StoreError> {
    let sql = "SELECT version, definition, defined_at, defined_by, why FROM targets_definition \
               WHERE target = $1 ORDER BY version";
    let rows = db.read(sql, params![id]).await?;
    let version = |row: &lt_store::Row| {
        Ok(Version {
            number: row.get("version")?,
            definition: row.get("definition")?,
            at: row.get("defined_at")?,
            by: row.get("defined_by")?,
            why: row.get("why")?,
        })
    };
    rows.iter().map(version).collect()
}

/// A place in a definition, such as `reading.0.condition.1.test.at`, in words.
pub(crate) fn field_name(t: Talk<'_>, place: &str) -> String {
    let word = |part: &str| {
        let key = format!("targets-field-{}", part.replace('_', "-"));
        if t.words.has(&key) { t.s(&key).to_owned() } else { part.to_owned() }
    };
    place.split('.').map(word).collect::<Vec<_>>().join(" › ")
}

/// The history of a target, newest first.
pub(super) async fn load(host: &Host, view: &View, id: TargetId) -> Result<Timeline, Problem> {
    let t = view.t();
    let versions = versions(&host.db, id).await?;
    let filter = ChangeFilter { thing: Some(id.0), limit: MOST, ..ChangeFilter::default() };
    let changes = host.db.changes(&filter).await?;
    let accounts = versions.iter().filter_map(|version| version.by);
    let actors = changes.iter().filter_map(|one| crate::observation::store::by(one.change.actor));
    let who = Who::load(host, accounts.chain(actors).collect::<Vec<_>>()).await?;
    // Redefinitions are told by their versions; the other changes stand between them by their time.
    let mut moments: Vec<(lt_kernel::Instant, String, String, Html)> = Vec::new();
    let mut before = serde_json::Value::Null;
    for version in versions {
        let what = t.with(
            "targets-history-version",
            &[("number", &version.number.to_string()), ("who", &who.name(t, version.by))],
        );
        let body = if version.number == 1 {
            Html::default()
        } else {
            let diff = Diff::new(t, &before, &version.definition, |place| field_name(t, place));
            Html::join([why(&version.why), diff.into()])
        };
        moments.push((version.at, t.instant(&version.at), what, body));
        before = version.definition;
    }
    for one in changes.into_iter().filter(|one| !matches!(one.change.verb.as_str(), "defined" | "redefined")) {
        let key = format!("targets-verb-{}", one.change.verb);
        let verb = if t.words.has(&key) { t.s(&key) } else { one.change.verb.as_str() };
        let what = t.with("targets-history-change", &[("what", verb), ("who", &who.actor(t, one.change.actor))]);
        let diff = Diff::new(t, &one.change.before, &one.change.after, |place| field_name(t, place));
        moments.push((one.at, t.instant(&one.at), what, diff.into()));
    }
    moments.sort_by_key(|moment| std::cmp::Reverse(moment.0));
    Ok(moments.into_iter().fold(Timeline::new(), |line, (_, when, what, body)| line.moment(when, what, body)))
}

fn why(text: &str) -> Html {
    if text.is_empty() { Html::default() } else { Html::text(&format!("{text} ")) }
}
