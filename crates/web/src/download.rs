//! Files handed out.

use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

/// Hands out a file under a name that may be Vietnamese (RFC 5987, RFC 6266): old programs see the name
/// with everything but plain letters replaced.
pub fn download(name: &str, mime: &str, bytes: impl Into<Body>) -> Response {
    let mut answer = bytes.into().into_response();
    let headers = answer.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_str(mime).unwrap_or(HeaderValue::from_static("application/octet-stream")),
    );
    if let Ok(value) = HeaderValue::from_str(&disposition(name)) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    answer
}

fn disposition(name: &str) -> String {
    let safe = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    let plain: String = name.chars().map(|c| if u8::try_from(c).is_ok_and(safe) { c } else { '_' }).collect();
    let full: String = name
        .bytes()
        .map(|byte| if safe(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{full}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vietnamese_name_is_kept_and_cannot_break_out() {
        let line = disposition("Báo cáo \"quý\"\r\n.pdf");
        assert_eq!(
            line,
            "attachment; filename=\"B_o_c_o__qu____.pdf\"; filename*=UTF-8''B%C3%A1o%20c%C3%A1o%20%22qu%C3%BD%22%0D%0A.pdf"
        );
        assert!(HeaderValue::from_str(&line).is_ok());
    }
}
