//! Files of the shell: small, kept for good, packed.

use axum::http::{Request, StatusCode};
use lt_web::{Routes, Viewer, assets};

use crate::{get, send};

#[test]
fn style_and_script_stay_within_their_budget() {
    let files = assets::all();
    let packed = |file: &assets::Asset| file.gzip.as_ref().unwrap().len();
    assert!(packed(&files.css) <= 20_000, "CSS: {} bytes packed", packed(&files.css));
    assert!(packed(&files.js) <= 15_000, "JS: {} bytes packed", packed(&files.js));
}

#[test]
fn the_style_names_the_fonts_it_is_served_with() {
    let files = assets::all();
    let css = String::from_utf8(files.css.raw.to_vec()).unwrap();
    assert_eq!(files.fonts.len(), 4);
    for font in &files.fonts {
        assert!(css.contains(&font.path), "{}", font.path);
    }
    assert!(!css.contains("url(\"font:"), "a face without its file");
    assert!(!css.contains("http"), "nothing is called from elsewhere");
    assert!(!css.contains("/*"), "comments are left out");
}

#[tokio::test]
async fn files_are_kept_for_good_and_packed_for_who_can_unpack() {
    let path = &assets::all().css.path;
    let plain = send(Routes::new(), Viewer::default(), get(path)).await;
    assert_eq!((plain.status, plain.header("content-encoding")), (StatusCode::OK, ""));
    assert_eq!(plain.header("cache-control"), "public, max-age=31536000, immutable");
    assert!(plain.body.contains("--ground"));
    let request = Request::get(path).header("accept-encoding", "gzip").body(axum::body::Body::empty()).unwrap();
    let packed = send(Routes::new(), Viewer::default(), request).await;
    assert_eq!(packed.header("content-encoding"), "gzip");
    let missing = send(Routes::new(), Viewer::default(), get("/assets/style-0000000000.css")).await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
}
