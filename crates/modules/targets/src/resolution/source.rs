//! Source files of a resolution: kept as they are, and sentences anchored to places in them.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use lt_kernel::Said;
use lt_module::Host;
use lt_store::{BlobError, Blobs, StoreError, Unit, params};
use lt_web::ui::{Button, Choice, Field, Fields, FormOpen};
use lt_web::{Access, Faults, Form, Html, Problem, Routes, Talk, Values, View, download};
use serde_json::json;

use super::define::{Desk, code_fault};
use super::door;
use super::model::ResolutionId;
use super::place::{self, Found};
use super::store::Whole;
use super::write;
use crate::file::format::{Anchor, Sentence};
use crate::observation::store::by;

/// Largest text shown on a page, in bytes.
const MOST_SHOWN: usize = 400_000;
/// Letters told on either side of a place.
const AROUND: usize = 60;

/// The routes.
pub fn routes() -> Routes<Host> {
    let (read, define) = (Access::Holds("targets.read"), Access::Holds("targets.define"));
    Routes::new()
        .get("/resolutions/{code}/source", define, ask)
        .post("/resolutions/{code}/source", define, attach)
        .get("/resolutions/{code}/source/{sha}", read, show)
        .post("/resolutions/{code}/source/{sha}", define, anchor)
        .get("/resolutions/{code}/source/{sha}/file", read, file)
}

/// A source file as lists show it.
#[derive(Debug, Clone)]
pub struct SourceLine {
    /// SHA-256 of its content.
    pub sha256: String,
    /// Its name.
    pub name: String,
    /// Its size in bytes.
    pub size: i64,
    /// Its kind, as the browser said.
    pub mime: String,
}

/// The source files of a resolution, oldest first.
///
/// # Errors
/// As [`lt_store::Db::read`].
pub async fn list(host: &Host, id: ResolutionId) -> Result<Vec<SourceLine>, StoreError> {
    let sql = "SELECT sha256, name, size, mime FROM targets_source WHERE resolution = $1 ORDER BY added_at, sha256";
    let line = |row: &lt_store::Row| {
        Ok(SourceLine {
            sha256: row.get("sha256")?,
            name: row.get("name")?,
            size: row.get("size")?,
            mime: row.get("mime")?,
        })
    };
    host.db.read(sql, params![id]).await?.iter().map(line).collect()
}

#[derive(Template)]
#[template(path = "resolution/attach.html")]
struct AttachHtml<'a> {
    t: Talk<'a>,
    form: FormOpen,
    file: Field,
    save: Button,
    summary: Html,
    back: String,
}

fn show_attach(view: &View, desk: &Desk, faults: &Faults) -> Result<Response, Problem> {
    let t = view.t();
    let values = Values::default();
    let fields = Fields::new(t, &values, faults);
    let html = AttachHtml {
        t,
        form: FormOpen::new(view, format!("{}/source", door::address(&desk.listed.code))).files(),
        file: fields.file("file", t.s("targets-source-file"), "").hint(t.s("targets-source-file-hint")),
        save: Button::new(t.s("targets-source-add")),
        summary: fields.summary(),
        back: desk.edit(),
    };
    let page = view.page(t.s("targets-source-add")).crumbs(door::crumbs(view, &desk.listed));
    if faults.is_empty() { page.show(&html) } else { page.faulty().show(&html) }
}

async fn ask(State(host): State<Host>, view: View, Path(code): Path<String>) -> Result<Response, Problem> {
    let desk = Desk::open(&host, &view, &code).await?;
    show_attach(&view, &desk, &Faults::new())
}

fn blobs(host: &Host) -> Result<&Blobs, Problem> {
    host.part::<Blobs>().map_err(Problem::trouble)
}

async fn attach(
    State(host): State<Host>,
    view: View,
    Path(code): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let desk = Desk::open(&host, &view, &code).await?;
    let Some(file) = form.file("file").filter(|file| !file.bytes.is_empty()) else {
        let mut faults = Faults::new();
        faults.add("file", Said::new("web-fault-empty"));
        return show_attach(&view, &desk, &faults);
    };
    let kept = blobs(&host)?.put(file.bytes.to_vec()).await.map_err(StoreError::from)?;
    let hand = desk.hand(&host, &view);
    let size = i64::try_from(kept.size).unwrap_or(i64::MAX);
    let mut unit = Unit::new();
    unit.run(
        "INSERT INTO targets_source (resolution, sha256, name, size, mime, added_at, added_by) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (resolution, sha256) DO NOTHING",
        params![desk.listed.id, &kept.hash, &file.name, size, &file.mime, hand.now, by(hand.actor)],
    );
    let change = hand.change("targets.resolution", desk.listed.id, "source-attached");
    unit.emit(change.after(&json!({ "file": file.name, "sha256": kept.hash, "size": kept.size })));
    host.db.commit(unit).await?;
    Ok(Redirect::to(&format!("{}/source/{}", door::address(&code), kept.hash)).into_response())
}

/// A piece of a source text: plain, or the place of a sentence.
struct Piece<'a> {
    text: &'a str,
    sentence: Option<(&'a str, u64)>,
}

/// The text cut at the sentences anchored in it; places that overlap or lie outside are left out.
fn pieces<'a>(text: &'a str, sha: &str, whole: &'a Whole) -> Vec<Piece<'a>> {
    let anchored = whole.sentences.iter().filter_map(|one| Some((one, one.anchor.as_ref()?)));
    let mut places: Vec<(usize, usize, &str)> = anchored
        .filter(|(_, anchor)| anchor.sha256 == sha)
        .filter_map(|(one, anchor)| {
            Some((usize::try_from(anchor.from).ok()?, usize::try_from(anchor.to).ok()?, one.code.as_str()))
        })
        .collect();
    places.sort_unstable();
    let (mut pieces, mut done) = (Vec::new(), 0);
    for (from, to, code) in places {
        let (Some(before), Some(own)) = (text.get(done..from), text.get(from..to)) else { continue };
        pieces.push(Piece { text: before, sentence: None });
        pieces.push(Piece { text: own, sentence: Some((code, u64::try_from(from).unwrap_or(0))) });
        done = to;
    }
    pieces.push(Piece { text: text.get(done..).unwrap_or_default(), sentence: None });
    pieces
}

#[derive(Template)]
#[template(path = "resolution/source.html")]
struct SourceHtml<'a> {
    t: Talk<'a>,
    line: &'a SourceLine,
    base: String,
    is_text: bool,
    is_cut: bool,
    pieces: Vec<Piece<'a>>,
    form: Option<FormOpen>,
    fields: Vec<Field>,
    save: Button,
    summary: Html,
    /// The places a sentence was found in, when there are several: before, itself, after.
    several: Vec<(String, String, String)>,
}

/// A source file with its bytes.
struct Kept {
    line: SourceLine,
    bytes: Vec<u8>,
}

async fn kept(host: &Host, id: ResolutionId, sha: &str) -> Result<Kept, Problem> {
    let lines = list(host, id).await?;
    let line = lines.into_iter().find(|line| line.sha256 == sha).ok_or_else(Problem::not_found)?;
    match blobs(host)?.read(sha).await {
        Ok(bytes) => Ok(Kept { line, bytes }),
        Err(BlobError::Missing(_)) => Err(Problem::not_found()),
        Err(other) => Err(Problem::trouble(other)),
    }
}

/// The text of a file, when it is one; the mark at its beginning stays, so that places are bytes of the file.
fn text_of(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok().filter(|text| !text.contains('\0'))
}

fn fields(view: &View, made: &Fields<'_>, whole: &Whole) -> Vec<Field> {
    let t = view.t();
    let mut known = vec![Choice::new("", t.s("targets-source-new"))];
    known.extend(whole.sentences.iter().filter(|one| one.anchor.is_none()).map(|one| {
        let text: String = one.text.chars().take(80).collect();
        Choice::new(one.code.clone(), format!("{} – {text}", one.code))
    }));
    vec![
        made.select("sentence", t.s("targets-source-for"), known),
        made.area("text", t.s("targets-source-paste"), 4).hint(t.s("targets-source-paste-hint")).optional(),
        made.text("code", t.s("targets-source-code")).hint(t.s("targets-source-code-hint")).short().optional(),
    ]
}

/// What the page is shown with.
struct Shown<'a> {
    values: &'a Values,
    faults: &'a Faults,
    several: Vec<(String, String, String)>,
}

fn page(
    view: &View,
    listed: &super::store::Listed,
    whole: &Whole,
    kept: &Kept,
    shown: Shown<'_>,
) -> Result<Response, Problem> {
    let t = view.t();
    let text = text_of(&kept.bytes);
    let cut = text.map(|text| text.floor_char_boundary(MOST_SHOWN.min(text.len())));
    let base = door::address(&listed.code);
    let made = Fields::new(t, shown.values, shown.faults);
    let may = view.viewer.may("targets.define", listed.org) && listed.state.writable().is_ok() && text.is_some();
    let html = SourceHtml {
        t,
        line: &kept.line,
        is_text: text.is_some(),
        is_cut: text.is_some_and(|text| text.len() > MOST_SHOWN),
        pieces: text
            .zip(cut)
            .and_then(|(text, cut)| text.get(..cut))
            .map(|text| pieces(text, &kept.line.sha256, whole))
            .unwrap_or_default(),
        form: may.then(|| FormOpen::new(view, format!("{base}/source/{}", kept.line.sha256))),
        fields: fields(view, &made, whole),
        save: Button::new(t.s("targets-source-anchor")),
        summary: made.summary(),
        several: shown.several,
        base,
    };
    let page = view.page(kept.line.name.clone()).crumbs(door::crumbs(view, listed));
    if shown.faults.is_empty() { page.show(&html) } else { page.faulty().show(&html) }
}

async fn show(
    State(host): State<Host>,
    view: View,
    Path((code, sha)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let listed = door::open(&host, &view, &code).await?;
    let whole = super::store::whole(&host.db, listed.id).await?.ok_or_else(Problem::not_found)?;
    let kept = kept(&host, listed.id, &sha).await?;
    let shown = Shown { values: &Values::default(), faults: &Faults::new(), several: Vec::new() };
    page(&view, &listed, &whole, &kept, shown)
}

async fn file(
    State(host): State<Host>,
    view: View,
    Path((code, sha)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let listed = door::open(&host, &view, &code).await?;
    let kept = kept(&host, listed.id, &sha).await?;
    Ok(download(&kept.line.name, "application/octet-stream", kept.bytes))
}

/// What stands around a place, for people to tell places apart.
fn around(text: &str, place: &std::ops::Range<usize>) -> (String, String, String) {
    let tail = |part: &str| part.chars().rev().take(AROUND).collect::<Vec<_>>().into_iter().rev().collect();
    let before: String = tail(text.get(..place.start).unwrap_or_default());
    let after = text.get(place.end..).unwrap_or_default().chars().take(AROUND).collect();
    (before, text.get(place.clone()).unwrap_or_default().to_owned(), after)
}

/// Anchors a sentence: one that is there already, or a new one made of the very words of the file.
async fn anchor(
    State(host): State<Host>,
    view: View,
    Path((code, sha)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Problem> {
    let desk = Desk::open(&host, &view, &code).await?;
    let kept = kept(&host, desk.listed.id, &sha).await?;
    let Some(text) = text_of(&kept.bytes) else {
        return Err(Problem::refused(Said::new("targets-source-not-text")));
    };
    let mut faults = Faults::new();
    let known = form.opt("sentence").and_then(|own| desk.whole.sentences.iter().find(|one| one.code == own));
    let wanted = known.map(|one| one.text.as_str()).or(form.opt("text"));
    let mut several = Vec::new();
    let place = match wanted.map(|wanted| place::find(text, wanted)) {
        Some(Found::Once(place)) => Some(place),
        Some(Found::Several(places)) => {
            let count = places.len();
            faults.add("text", Said::new("targets-source-several").with("count", count));
            several = places.iter().map(|place| around(text, place)).collect();
            None
        }
        Some(Found::Nowhere) => {
            faults.add("text", Said::new("targets-source-nowhere"));
            None
        }
        None => {
            faults.add("text", Said::new("web-fault-empty"));
            None
        }
    };
    if known.is_none() {
        let own = form.required("code", &mut faults);
        code_fault(&own, &mut faults);
        if desk.whole.sentences.iter().any(|one| one.code == own) {
            faults.add("code", Said::new("targets-file-code-twice"));
        }
    }
    let (Some(place), true) = (place, faults.is_empty()) else {
        let shown = Shown { values: &form.values, faults: &faults, several };
        return page(&view, &desk.listed, &desk.whole, &kept, shown);
    };
    let bytes = |at: usize| u64::try_from(at).unwrap_or(u64::MAX);
    let from = bytes(place.start);
    let spot = Anchor { file: kept.line.name.clone(), sha256: sha.clone(), from, to: bytes(place.end) };
    store_anchor(&host, &view, &desk, known, form.text("code"), text.get(place).unwrap_or_default(), spot).await?;
    Ok(Redirect::to(&format!("{}/source/{sha}#b{from}", door::address(&code))).into_response())
}

async fn store_anchor(
    host: &Host,
    view: &View,
    desk: &Desk,
    known: Option<&Sentence>,
    code: &str,
    words: &str,
    spot: Anchor,
) -> Result<(), Problem> {
    let hand = desk.hand(host, view);
    let mut unit = Unit::new();
    if let Some(old) = known {
        let new = Sentence { anchor: Some(spot), ..old.clone() };
        write::change_sentence(&mut unit, &hand, desk.listed.id, old, &new);
    } else {
        let sentence = Sentence {
            code: code.to_owned(),
            standing: crate::file::format::Standing::Resolved,
            text: lt_web::form::clean(words),
            text_en: String::new(),
            parent: String::new(),
            speaker: String::new(),
            anchor: Some(spot),
        };
        let last = desk.whole.sentences.last().map_or("", |one| one.code.as_str());
        write::add_sentence(&mut unit, &hand, &desk.whole, host.ids.next(hand.now), &sentence, last);
    }
    host.db.commit(unit).await?;
    Ok(())
}
