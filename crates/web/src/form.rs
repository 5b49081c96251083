//! What people send: texts in NFC, files within limits, and the proof that the form came from our page.

use std::fmt;
use std::str::FromStr;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::multipart::{Field as Part, MultipartError};
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request};
use axum::http::{HeaderMap, StatusCode, header};
use lt_kernel::text::{dates, nfc};
use lt_kernel::{Date, Said};

use crate::Viewer;
use crate::codes;
use crate::problem::Problem;

/// Most bytes of a form without files.
pub const MAX_FORM: usize = 2_000_000;
/// Most bytes of one file.
pub const MAX_FILE: usize = 50_000_000;
/// Most bytes of a form with all its files.
pub const MAX_UPLOAD: usize = 64_000_000;
/// Name of the hidden field that proves where a form came from.
pub const CSRF_FIELD: &str = "_csrf";

/// Text as it is kept: NFC, lines ended by `\n`, without characters nobody sees: control characters (the
/// database takes no NUL), marks that turn the direction of reading, spaces without width.
pub fn normal(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    let is_seen = |letter: &char| match letter {
        '\n' | '\t' => true,
        '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => false,
        other => !other.is_control(),
    };
    nfc(&lines).chars().filter(is_seen).collect()
}

/// The same without blanks at both ends.
pub fn clean(text: &str) -> String {
    normal(text).trim().to_owned()
}

/// A file somebody sent.
#[derive(Clone)]
pub struct Upload {
    /// Name of the form's field.
    pub field: String,
    /// Name of the file without its folders, in NFC.
    pub name: String,
    /// Kind the browser claims; not to be trusted.
    pub mime: String,
    /// Its bytes, at most [`MAX_FILE`].
    pub bytes: Bytes,
}

impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Upload({}: {:?}, {} bytes)", self.field, self.name, self.bytes.len())
    }
}

/// The texts of a form, kept to show it again as it was filled in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Values(Vec<(String, String)>);

impl Values {
    /// Values to fill a form with.
    pub fn new<N: Into<String>, V: Into<String>>(values: impl IntoIterator<Item = (N, V)>) -> Self {
        Self(values.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }

    /// The text of a field without blanks at its ends; empty when it was not sent.
    pub fn text(&self, name: &str) -> &str {
        self.raw(name).trim()
    }

    /// The text of a field as typed (passwords).
    pub fn raw(&self, name: &str) -> &str {
        self.0.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value)
    }

    /// Every value of a field that may be sent several times (checkboxes).
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// Whether the field was sent at all (a single checkbox).
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(field, _)| field == name)
    }

    /// Sets a value, in place of those of that name.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.0.retain(|(field, _)| field != name);
        self.0.push((name.to_owned(), value.into()));
    }
}

/// What is wrong with which field, in the order of finding.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Faults(Vec<(String, Said)>);

impl Faults {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a fault of a field.
    pub fn add(&mut self, field: &str, said: Said) {
        self.0.push((field.to_owned(), said));
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first fault of a field.
    pub fn of(&self, field: &str) -> Option<&Said> {
        self.0.iter().find(|(name, _)| name == field).map(|(_, said)| said)
    }

    /// All, as (field, fault).
    pub fn list(&self) -> &[(String, Said)] {
        &self.0
    }
}

/// A form that was sent by a page of this session.
#[derive(Debug, Clone, Default)]
pub struct Form {
    /// Its texts.
    pub values: Values,
    /// Its files.
    pub files: Vec<Upload>,
}

impl Form {
    /// The text of a field without blanks at its ends; empty when it was not sent.
    pub fn text(&self, name: &str) -> &str {
        self.values.text(name)
    }

    /// The text of a field, unless empty.
    pub fn opt(&self, name: &str) -> Option<&str> {
        Some(self.text(name)).filter(|text| !text.is_empty())
    }

    /// The text of a field that must not be empty.
    pub fn required(&self, name: &str, faults: &mut Faults) -> String {
        if self.text(name).is_empty() {
            faults.add(name, Said::new("web-fault-empty"));
        }
        self.text(name).to_owned()
    }

    /// A date written `dd/mm/yyyy` (or `yyyy-mm-dd`); a fault when there is text but no date in it.
    pub fn date(&self, name: &str, faults: &mut Faults) -> Option<Date> {
        match read_date(self.opt(name)?) {
            Ok(date) => Some(date),
            Err(fault) => {
                faults.add(name, fault.said());
                None
            }
        }
    }

    /// A date that must be there.
    pub fn required_date(&self, name: &str, faults: &mut Faults) -> Option<Date> {
        self.required(name, faults);
        self.date(name, faults)
    }

    /// A whole number without marks between its digits; a fault when there is text but no number in it.
    pub fn int(&self, name: &str, faults: &mut Faults) -> Option<i64> {
        let number = self.opt(name)?.parse().ok();
        if number.is_none() {
            faults.add(name, Said::new("web-fault-int").with("text", self.text(name)));
        }
        number
    }

    /// An identifier or another value chosen from a list; none when absent or not of that kind.
    pub fn id<T: FromStr>(&self, name: &str) -> Option<T> {
        self.opt(name)?.parse().ok()
    }

    /// The files of a field; an empty file input sends none.
    pub fn files<'a>(&'a self, field: &'a str) -> impl Iterator<Item = &'a Upload> {
        self.files.iter().filter(move |file| file.field == field)
    }

    /// The only file of a field.
    pub fn file(&self, field: &str) -> Option<&Upload> {
        self.files.iter().find(|file| file.field == field)
    }
}

/// The date in `dd/mm/yyyy` or `yyyy-mm-dd`; clerks also type `5.3.2026` and `5-3-2026`.
///
/// # Errors
/// [`dates::DateFault`]; a missing year or century is never filled in.
pub fn read_date(text: &str) -> Result<Date, dates::DateFault> {
    let text = text.trim();
    let starts_with_day = text.split(['-', '.']).next().is_some_and(|first| first.len() <= 2);
    if starts_with_day { dates::parse(&text.replace(['-', '.'], "/")) } else { dates::parse(text) }
}

/// The same where it does not matter why a text is no date.
pub fn date_of(text: &str) -> Option<Date> {
    read_date(text).ok()
}

/// Whether the browser says that the request comes from another site.
fn is_foreign(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text(header::HeaderName::from_static("sec-fetch-site")) {
        return !matches!(site, "same-origin" | "none");
    }
    let host = text(header::HOST);
    text(header::ORIGIN).is_some_and(|origin| origin.split_once("://").map(|(_, rest)| rest) != host)
}

/// Whether two tokens are the same, without telling by the time taken where they differ.
fn same(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.bytes().zip(other.bytes()).fold(0, |seen, (a, b)| seen | (a ^ b)) == 0
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let viewer = request.extensions().get::<Viewer>().cloned().unwrap_or_default();
        if is_foreign(request.headers()) {
            return Err(Problem::of(codes::FORM_EXPIRED));
        }
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        let form = match kind.unwrap_or_default().split(';').next().unwrap_or_default().trim() {
            "multipart/form-data" => upload(request, state).await?,
            "application/x-www-form-urlencoded" => texts(request.into_body()).await?,
            _ => return Err(Problem::bad_request(Said::new("web-problem-form-kind"))),
        };
        // Without a session there is no token yet: the sign-in form rests on the origin checked above.
        let has_session = viewer.account.is_some() || !viewer.csrf.is_empty();
        let token = form.values.raw(CSRF_FIELD);
        if has_session && (viewer.csrf.is_empty() || !same(token, &viewer.csrf)) {
            return Err(Problem::of(codes::FORM_EXPIRED));
        }
        Ok(form)
    }
}

/// A form without files.
async fn texts(body: Body) -> Result<Form, Problem> {
    let bytes = to_bytes(body, MAX_FORM).await.map_err(|_| Problem::too_large(MAX_FORM))?;
    // The parser would put U+FFFD in place of what is no UTF-8, and a name would be stored as nobody wrote it.
    if let Some(piece) = bytes.split(|byte| *byte == b'&').find(|piece| std::str::from_utf8(&decoded(piece)).is_err()) {
        let field = form_urlencoded::parse(piece).next().map(|(field, _)| field.into_owned()).unwrap_or_default();
        return Err(not_utf8(&field));
    }
    let pairs = form_urlencoded::parse(&bytes);
    Ok(Form { values: Values(pairs.map(|(name, value)| (name.into_owned(), normal(&value))).collect()), files: vec![] })
}

/// The bytes behind the `%XX` of a piece of a form.
fn decoded(piece: &[u8]) -> Vec<u8> {
    let hex = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let (mut found, mut rest) = (Vec::with_capacity(piece.len()), piece);
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if let (b'%', [high, low, after @ ..]) = (first, after)
            && let (Some(high), Some(low)) = (hex(*high), hex(*low))
        {
            found.push(high * 16 + low);
            rest = after;
        } else {
            found.push(*first);
        }
    }
    found
}

fn not_utf8(field: &str) -> Problem {
    Problem::bad_request(Said::new("web-problem-form-not-utf8").with("field", clean(field)))
}

/// A form with files.
async fn upload<S: Send + Sync>(mut request: Request, state: &S) -> Result<Form, Problem> {
    DefaultBodyLimit::max(MAX_UPLOAD).apply(&mut request);
    let broken = || Problem::bad_request(Said::new("web-problem-form-broken"));
    let mut parts = Multipart::from_request(request, state).await.map_err(|_| broken())?;
    let mut form = Form::default();
    while let Some(mut part) = parts.next_field().await.map_err(|error| fault(&error))? {
        let field = part.name().unwrap_or_default().to_owned();
        let Some(name) = part.file_name().map(file_name) else {
            let bytes = part_bytes(&mut part, MAX_FORM).await?;
            let text = std::str::from_utf8(&bytes).map_err(|_| not_utf8(&field))?;
            let text = normal(text);
            form.values.0.push((field, text));
            continue;
        };
        let mime = part.content_type().unwrap_or("application/octet-stream").to_owned();
        let bytes = part_bytes(&mut part, MAX_FILE).await?;
        if !name.is_empty() || !bytes.is_empty() {
            form.files.push(Upload { field, name, mime, bytes });
        }
    }
    Ok(form)
}

/// Reads one part, stopping as soon as it is too large.
async fn part_bytes(part: &mut Part<'_>, limit: usize) -> Result<Bytes, Problem> {
    let mut bytes = Vec::new();
    while let Some(chunk) = part.chunk().await.map_err(|error| fault(&error))? {
        if bytes.len() + chunk.len() > limit {
            return Err(Problem::too_large(limit));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes.into())
}

fn fault(error: &MultipartError) -> Problem {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        Problem::too_large(MAX_UPLOAD)
    } else {
        Problem::bad_request(Said::new("web-problem-form-broken"))
    }
}

/// The last part of a path, whichever system it comes from.
fn file_name(path: &str) -> String {
    clean(path.rsplit(['/', '\\']).next().unwrap_or_default())
}
