//! What people send: NFC, limits, and only from our own pages.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use lt_kernel::Date;
use lt_web::form::date_of;
use lt_web::{Access, Faults, Form, Problem, Routes, Viewer};

use crate::{Answer, send, signed_in};

async fn take(form: Form) -> Result<String, Problem> {
    let mut faults = Faults::new();
    let name = form.required("name", &mut faults);
    let files: Vec<String> = form.files.iter().map(|file| format!("{}:{}", file.name, file.bytes.len())).collect();
    Ok(format!("{name}|{}|{}", files.join(","), faults.list().len()))
}

fn routes() -> Routes<()> {
    Routes::new().post("/take", Access::Public, take)
}

async fn post(viewer: Viewer, headers: &[(&str, &str)], kind: &str, body: impl Into<Body>) -> Answer {
    let mut request = Request::post("/take").header("content-type", kind).header("host", "tinh.example");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    send(routes(), viewer, request.body(body.into()).unwrap()).await
}

const PLAIN: &str = "application/x-www-form-urlencoded";

#[tokio::test]
async fn text_is_composed_at_the_door() {
    // "Nguyễn" typed with loose marks, CR LF, a NUL and a mark that turns the direction.
    let body = "_csrf=right-token&name=%20Nguye%CC%82%CC%83n%0D%0AB%00%E2%80%AE%20";
    let answer = post(signed_in(&[]), &[], PLAIN, body).await;
    assert_eq!((answer.status, answer.body.as_str()), (StatusCode::OK, "Nguyễn\nB||0"));
}

#[tokio::test]
async fn a_form_without_the_sessions_token_is_refused() {
    for body in ["name=A", "_csrf=&name=A", "_csrf=wrong-token&name=A", "_csrf=right-tokem&name=A"] {
        let answer = post(signed_in(&[]), &[], PLAIN, body).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{body}");
        assert!(answer.body.contains("Biểu mẫu đã hết hiệu lực"));
    }
    let mut broken = signed_in(&[]);
    broken.csrf = String::new();
    assert_eq!(post(broken, &[], PLAIN, "_csrf=&name=A").await.status, StatusCode::FORBIDDEN);
    assert_eq!(post(signed_in(&[]), &[], PLAIN, "_csrf=right-token&name=A").await.body, "A||0");
}

#[tokio::test]
async fn a_form_from_another_site_is_refused_even_without_a_session() {
    let foreign: [&[(&str, &str)]; 3] = [
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[("origin", "https://other.example")],
    ];
    for headers in foreign {
        assert_eq!(post(Viewer::default(), headers, PLAIN, "name=A").await.status, StatusCode::FORBIDDEN);
        let answer = post(signed_in(&[]), headers, PLAIN, "_csrf=right-token&name=A").await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
    }
    let own: [&[(&str, &str)]; 3] = [&[], &[("sec-fetch-site", "same-origin")], &[("origin", "https://tinh.example")]];
    for headers in own {
        assert_eq!(post(Viewer::default(), headers, PLAIN, "name=A").await.body, "A||0");
    }
}

#[tokio::test]
async fn files_come_with_their_name_and_nothing_of_its_path() {
    let body = "--b\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\nright-token\r\n\
        --b\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nA\r\n\
        --b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"..\\secret/Ba\u{301}o ca\u{301}o.pdf\"\r\n\r\nabc\r\n\
        --b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"\"\r\n\r\n\r\n--b--\r\n";
    let answer = post(signed_in(&[]), &[], "multipart/form-data; boundary=b", body).await;
    assert_eq!(answer.body, "A|Báo cáo.pdf:3|0");
    let cut = "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n\r\nabc";
    let answer = post(signed_in(&[]), &[], "multipart/form-data; boundary=b", cut).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    let without = body.replace("right-token", "wrong");
    let answer = post(signed_in(&[]), &[], "multipart/form-data; boundary=b", without).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn too_much_is_refused_in_words() {
    let body = format!("_csrf=right-token&name={}", "a".repeat(lt_web::form::MAX_FORM));
    let answer = post(signed_in(&[]), &[], PLAIN, body).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.body.contains("vượt quá 2 MB"), "{}", answer.body);
    let head = "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n\r\n";
    let file = format!("{head}{}\r\n--b--\r\n", "a".repeat(lt_web::form::MAX_FILE + 1));
    let answer = post(signed_in(&[]), &[], "multipart/form-data; boundary=b", file).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.body.contains("vượt quá 50 MB"), "{}", answer.body);
    assert_eq!(post(signed_in(&[]), &[], "text/xml", "<a/>").await.status, StatusCode::BAD_REQUEST);
}

#[test]
fn dates_are_read_as_they_are_written_here() {
    let day = Date::constant(2026, 3, 5);
    for text in ["05/03/2026", "5/3/2026", " 05-03-2026 ", "5.3.2026", "2026-03-05"] {
        assert_eq!(date_of(text), Some(day), "{text}");
    }
    for text in ["", "05/03/26", "31/02/2026", "2026", "03/2026", "a/b/2026", "5/3/2026/1", "005/3/2026", "-5/3/2026"] {
        assert_eq!(date_of(text), None, "{text}");
    }
}
