//! Files of the shell, packed in the program: style, comfort script, fonts, icon.
//!
//! Their names carry a hash of their content, so that browsers may keep them for good.

use std::io::Write;
use std::sync::LazyLock;

use axum::Router;
use axum::body::Bytes;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

use crate::problem::Problem;

/// Colours, space, type: the only place where a value is written.
pub const TOKENS: &str = include_str!("../assets/tokens.css");
const STYLES: [&str; 7] = [
    include_str!("../assets/base.css"),
    include_str!("../assets/shell.css"),
    include_str!("../assets/forms.css"),
    include_str!("../assets/parts.css"),
    include_str!("../assets/charts.css"),
    include_str!("../assets/board.css"),
    include_str!("../assets/print.css"),
];
const SCRIPT: &str = include_str!("../assets/comfort.js");
const ICON: &str = include_str!("../assets/icon.svg");
const FONTS: [(&str, &[u8]); 4] = [
    ("latin-400", include_bytes!("../assets/fonts/be-vietnam-pro-latin-400-normal.woff2")),
    ("latin-600", include_bytes!("../assets/fonts/be-vietnam-pro-latin-600-normal.woff2")),
    ("vietnamese-400", include_bytes!("../assets/fonts/be-vietnam-pro-vietnamese-400-normal.woff2")),
    ("vietnamese-600", include_bytes!("../assets/fonts/be-vietnam-pro-vietnamese-600-normal.woff2")),
];

/// One file.
#[derive(Debug, Clone)]
pub struct Asset {
    /// Its address, such as `/assets/style-1f2e3d4c.css`.
    pub path: String,
    /// Its kind.
    pub mime: &'static str,
    /// Its bytes.
    pub raw: Bytes,
    /// Its bytes packed, where that helps.
    pub gzip: Option<Bytes>,
}

impl Asset {
    fn new(name: &str, ext: &str, mime: &'static str, raw: Bytes) -> Self {
        let hash = hex::encode(Sha256::digest(&raw));
        let hash = hash.get(..10).unwrap_or(&hash);
        let gzip = if ext == "woff2" { None } else { pack(&raw) };
        Self { path: format!("/assets/{name}-{hash}.{ext}"), mime, raw, gzip }
    }
}

fn pack(raw: &[u8]) -> Option<Bytes> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    packer.write_all(raw).ok()?;
    packer.finish().ok().map(Into::into)
}

/// All files.
#[derive(Debug)]
pub struct Assets {
    /// The style sheet.
    pub css: Asset,
    /// The comfort script.
    pub js: Asset,
    /// The icon.
    pub icon: Asset,
    /// The fonts, latin before vietnamese is not promised; see their names.
    pub fonts: Vec<Asset>,
}

/// All files, packed on first use.
pub fn all() -> &'static Assets {
    static ALL: LazyLock<Assets> = LazyLock::new(build);
    &ALL
}

fn build() -> Assets {
    let mut css = lean(TOKENS);
    for part in STYLES {
        css.push_str(&lean(part));
    }
    let mut fonts = Vec::new();
    for (name, bytes) in FONTS {
        let font = Asset::new(&format!("be-vietnam-pro-{name}"), "woff2", "font/woff2", Bytes::from_static(bytes));
        css = css.replace(&format!("font:{name}"), &font.path);
        fonts.push(font);
    }
    Assets {
        css: Asset::new("style", "css", "text/css; charset=utf-8", css.into()),
        js: Asset::new("comfort", "js", "text/javascript; charset=utf-8", Bytes::from_static(SCRIPT.as_bytes())),
        icon: Asset::new("icon", "svg", "image/svg+xml", Bytes::from_static(ICON.as_bytes())),
        fonts,
    }
}

/// A style sheet without comments and indentation.
fn lean(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out.lines().map(str::trim).filter(|line| !line.is_empty()).flat_map(|line| [line, "\n"]).collect()
}

/// Serves the files; kept by browsers for a year, for the name changes with the content.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
        .route("/assets/{name}", get(serve))
        .route("/favicon.ico", get(async |headers: HeaderMap| answer(&all().icon, &headers)))
}

async fn serve(Path(name): Path<String>, headers: HeaderMap) -> Result<Response, Problem> {
    let files = all();
    let mut list = [&files.css, &files.js, &files.icon].into_iter().chain(&files.fonts);
    let found = list.find(|file| file.path.strip_prefix("/assets/") == Some(&name));
    Ok(answer(found.ok_or_else(Problem::not_found)?, &headers))
}

fn answer(file: &Asset, headers: &HeaderMap) -> Response {
    let accepts = headers.get(header::ACCEPT_ENCODING).and_then(|list| list.to_str().ok()).unwrap_or_default();
    let packed = file.gzip.as_ref().filter(|_| accepts.contains("gzip"));
    let mut answer = packed.unwrap_or(&file.raw).clone().into_response();
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.mime));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if packed.is_some() {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    answer
}
