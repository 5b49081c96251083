//! Pages of reports: a preview, issuing, each version on the screen, as PDF and as DOCX.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};
use lt_module::Host;
use lt_web::ui::Tag;
use lt_web::{Access, Form, Html, Problem, Routes, Talk, View, download};

use super::compose::{Sources, compose};
use super::content::{Content, Shown};
use super::number::{day_in_words, symbol, written};
use super::paper::{about, paper};
use super::screen::{Rows, Screen, Section, Seen, Why};
use super::store::{self, Issue, Issued};
use crate::observation::store as observations;
use crate::resolution::door::{address, pick};
use crate::review::desk::Desk;
use crate::review::frozen::Frozen;
use crate::review::{cause, store as reviews};

/// Kind of a DOCX file.
const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// The routes.
pub fn routes() -> Routes<Host> {
    let issue = Access::Holds("targets.issue");
    let read = Access::Holds("targets.read");
    Routes::new()
        .get("/resolutions/{code}/reviews/{period}/preview", Access::Holds("targets.review"), preview)
        .post("/resolutions/{code}/reviews/{period}/reports", issue, issue_report)
        .get("/resolutions/{code}/reviews/{period}/reports/{number}", read, show)
}

#[derive(Template)]
#[template(path = "report/page.html")]
struct ReportHtml<'a> {
    t: Talk<'a>,
    draft: Option<Tag>,
    kind: &'a str,
    about: String,
    issuer: &'a str,
    number: String,
    dated: String,
    cutoff: String,
    version: String,
    since: Since,
    papers: Option<String>,
    sections: Vec<Section>,
    met: String,
    table: Vec<Rows>,
    causes: Vec<Why>,
    risks: Vec<String>,
    frozen: String,
    shown: Vec<Seen>,
    changed: Vec<String>,
    unchanged: &'static str,
    comments: Vec<Html>,
}

/// What happened since a version was issued. The version itself stays what it was on its day.
#[derive(Default)]
struct Since {
    /// Figures it rests on that were withdrawn: where they are, and what is said of them.
    gone: Vec<(String, String)>,
    /// The newest version, when it is another one.
    newer: Option<(String, String)>,
}

async fn since(host: &Host, view: &View, desk: &Desk, issued: &Issued) -> Result<Since, Problem> {
    let t = view.t();
    let gone = observations::gone(&host.db, desk.listed.id).await?;
    let line = |one: &Shown| {
        let gone = gone.get(&one.id)?;
        let said = [
            ("measure", pick(&one.measure.0, &one.measure.1, t.lang)),
            ("value", &t.said(&one.value)),
            ("as-of", &t.date(&one.as_of)),
            ("at", &t.instant(&gone.at)),
            ("why", &gone.why),
        ];
        let base = address(&desk.listed.code);
        Some((format!("{base}/observations/{}", one.id), t.with("targets-report-gone-line", &said)))
    };
    let last = store::versions(&host.db, desk.review.id).await?.pop();
    let newer = last.filter(|last| last.version > issued.version).map(|last| {
        let text = t.a("targets-report-newer", "version", last.version);
        (format!("{}/reports/{}", desk.base, last.version), text)
    });
    Ok(Since { gone: issued.content.shown.iter().filter_map(line).collect(), newer })
}

/// What a report of a review would say, made from `frozen`; its blockers; the versions issued so far.
pub(crate) struct Drafted {
    pub(crate) content: Content,
    pub(crate) blockers: Vec<super::compose::Blocker>,
    pub(crate) versions: Vec<Issued>,
}

/// Makes the content of the next version.
pub(crate) async fn draft(host: &Host, desk: &Desk, frozen: &Frozen, set: (u32, &str)) -> Result<Drafted, Problem> {
    let review = &desk.review;
    let causes = cause::of(&host.db, review.id).await?;
    let passages: BTreeMap<String, String> = reviews::passages(&host.db, review.id).await?.into_iter().collect();
    let versions = store::versions(&host.db, review.id).await?;
    let before = match versions.last() {
        Some(last) => reviews::frozen(&host.db, review.id, last.frozen).await?,
        None => None,
    };
    let gone = observations::gone(&host.db, desk.listed.id).await?;
    let symbol = symbol(frozen.header.lane, &frozen.issuer, desk.abbrev.as_deref());
    let (content, blockers) = compose(&Sources {
        frozen,
        set,
        causes: &causes,
        passages: &passages,
        symbol: &symbol,
        before: before.as_ref(),
        gone: &gone,
    });
    Ok(Drafted { content, blockers, versions })
}

/// Shows what would be issued.
async fn preview(
    State(host): State<Host>,
    view: View,
    Path((code, period)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let desk = Desk::open(&host, &view, &code, &period, Some("targets.review")).await?;
    let (frozen, number, hash) = desk.set(&host).await?;
    let drafted = draft(&host, &desk, &frozen, (number, &hash)).await?;
    page(&view, &desk, &drafted.content, None, (drafted.versions.is_empty(), Since::default()))
}

/// Issues the next version.
async fn issue_report(
    State(host): State<Host>,
    view: View,
    Path((code, period)): Path<(String, String)>,
    _form: Form,
) -> Result<Response, Problem> {
    let desk = Desk::open(&host, &view, &code, &period, Some("targets.issue")).await?;
    let number = desk.review.issue().map_err(|refused| Problem::refused(refused.said()))?;
    let (text, hash) = reviews::stored(&host.db, desk.review.id, number).await?.ok_or_else(Problem::not_found)?;
    let frozen = Frozen::read(&text, &hash).map_err(Problem::trouble)?;
    let drafted = draft(&host, &desk, &frozen, (number, &hash)).await?;
    if let Some(blocker) = drafted.blockers.first() {
        return Err(Problem::refused(blocker.said()));
    }
    let last = drafted.versions.last();
    let same = |last: &Issued| {
        Content { changed: Vec::new(), ..last.content.clone() }
            == Content { changed: Vec::new(), ..drafted.content.clone() }
    };
    if last.is_some_and(same) {
        return Err(Problem::refused(lt_kernel::Said::new("targets-report-same")));
    }
    let now = host.clock.now();
    let version = last.map_or(1, |last| last.version + 1);
    let issue = Issue {
        id: host.ids.next(now),
        review: desk.review.id,
        version,
        org: desk.listed.org,
        actor: view.viewer.actor(),
        now,
    };
    host.db.commit(store::issue(&issue, &drafted.content)).await?;
    Ok(Redirect::to(&format!("{}/reports/{version}", desk.base)).into_response())
}

/// Shows a version, or hands it out as `.pdf` or `.docx`.
async fn show(
    State(host): State<Host>,
    view: View,
    Path((code, period, number)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let desk = Desk::open(&host, &view, &code, &period, None).await?;
    let (number, kind) = number.split_once('.').unwrap_or((&number, ""));
    let number = number.parse().map_err(|_| Problem::not_found())?;
    let issued = store::version(&host.db, desk.review.id, number).await?.ok_or_else(Problem::not_found)?;
    if kind.is_empty() {
        let since = since(&host, &view, &desk, &issued).await?;
        return page(&view, &desk, &issued.content, Some(&issued), (issued.version == 1, since));
    }
    let words = view.t().words;
    let paper = paper(words.talk(lt_kernel::Lang::Vi), &issued, &origin(&headers));
    let name = format!("{}-{}-{}", desk.listed.code, desk.review.period, issued.version);
    let mime = match kind {
        "pdf" => "application/pdf",
        "docx" => DOCX,
        _ => return Err(Problem::not_found()),
    };
    let is_pdf = kind == "pdf";
    let drawing = tokio::task::spawn_blocking(move || {
        if is_pdf { lt_paper::pdf::render(&paper).map(|pdf| pdf.bytes) } else { lt_paper::docx::render(&paper) }
    });
    let bytes = drawing.await.map_err(Problem::trouble)?.map_err(Problem::trouble)?;
    Ok(download(&format!("{name}.{kind}"), mime, bytes))
}

fn page(
    view: &View,
    desk: &Desk,
    content: &Content,
    issued: Option<&Issued>,
    (is_first, since): (bool, Since),
) -> Result<Response, Problem> {
    let t = view.t();
    let screen = Screen::new(t, content);
    let (met, all) = content.met();
    let html = ReportHtml {
        t,
        draft: issued.is_none().then(|| screen.draft()),
        kind: t.s("targets-report-kind"),
        about: about(t, content),
        issuer: &content.head.issuer,
        number: issued.map(|one| written(content.head.lane, one.drawn, &content.head.symbol)).unwrap_or_default(),
        dated: dated(t, content, issued),
        cutoff: t.a("targets-report-cutoff", "cutoff", t.date(&content.cutoff)),
        version: issued
            .map(|one| {
                t.with("targets-report-version", &[("version", &one.version.to_string()), ("sha256", &one.sha256)])
            })
            .unwrap_or_default(),
        since,
        papers: issued.map(|one| format!("{}/reports/{}", desk.base, one.version)),
        sections: (1..=9).map(|number| screen.section(number)).collect(),
        met: t.with("targets-report-met", &[("met", &met.to_string()), ("all", &all.to_string())]),
        table: screen.table(),
        causes: screen.causes(),
        risks: screen.risks(),
        frozen: t.with(
            "targets-report-frozen",
            &[("number", &content.frozen.0.to_string()), ("sha256", &content.frozen.1), ("rules", &content.rules)],
        ),
        shown: screen.shown(),
        changed: screen.changed(),
        unchanged: if is_first { "targets-report-changed-first" } else { "targets-report-changed-none" },
        comments: screen.comments(),
    };
    view.page(format!("{} {}", html.kind, html.about)).wide().crumbs(desk.crumbs(view)).show(&html)
}

fn dated(t: Talk<'_>, content: &Content, issued: Option<&Issued>) -> String {
    let Some(issued) = issued else { return content.head.place.clone() };
    let day = match t.lang {
        lt_kernel::Lang::Vi => day_in_words(issued.day()),
        lt_kernel::Lang::En => t.date(&issued.day()),
    };
    if content.head.place.is_empty() { day } else { format!("{}, {day}", content.head.place) }
}

/// Where the reader reached the program, for links out of the paper.
fn origin(headers: &HeaderMap) -> String {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let host = text(header::HOST.as_str())
        .filter(|host| host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte)));
    let scheme = if text("x-forwarded-proto") == Some("https") { "https" } else { "http" };
    host.map(|host| format!("{scheme}://{host}")).unwrap_or_default()
}
