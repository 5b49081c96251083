//! What comes in: JSON with its texts cleaned at the door, days, and who may ask.

use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, header};
use lt_kernel::{Date, Said};
use lt_web::form::{MAX_FORM, clean};
use lt_web::{Problem, codes};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A JSON body. Only `application/json` is taken: a form of another site cannot send that.
pub struct Body<T>(pub T);

/// The media type a request names.
fn media(headers: &HeaderMap) -> &str {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.split(';').next().unwrap_or_default().trim()
}

/// The bytes of a request of this media type.
///
/// # Errors
/// Bad request for another type, too large above [`MAX_FORM`] bytes.
pub async fn bytes(request: Request, wanted: &str) -> Result<Bytes, Problem> {
    if media(request.headers()) != wanted {
        return Err(Problem::bad_request(Said::new("targets-rest-media").with("wanted", wanted)));
    }
    to_bytes(request.into_body(), MAX_FORM).await.map_err(|_| Problem::too_large(MAX_FORM))
}

/// Every text in NFC, without what nobody sees.
fn cleaned(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(clean(&text)),
        Value::Array(list) => Value::Array(list.into_iter().map(cleaned).collect()),
        Value::Object(map) => Value::Object(map.into_iter().map(|(name, value)| (name, cleaned(value))).collect()),
        other => other,
    }
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    let value: Value = serde_json::from_slice(bytes).map_err(|why| unread(&why))?;
    serde_json::from_value(cleaned(value)).map_err(|why| unread(&why))
}

fn unread(why: &serde_json::Error) -> Problem {
    Problem::of(codes::INVALID).saying(Said::new("targets-rest-not-read").with("why", why))
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        read(&bytes(request, "application/json").await?).map(Self)
    }
}

/// A day of the query.
///
/// # Errors
/// Bad request for what is none.
pub fn day(text: Option<&str>) -> Result<Option<Date>, Problem> {
    let read = |text: &str| {
        text.parse().map_err(|_| Problem::bad_request(Said::new("targets-rest-date").with("text", clean(text))))
    };
    text.filter(|text| !text.is_empty()).map(read).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_nfc_before_anything_looks_at_it() {
        let found: Vec<String> = read("[\" ga\u{302}\u{300}n\\u0000 90 \"]".as_bytes()).unwrap();
        assert_eq!(found, ["gần 90"]);
    }

    #[test]
    fn days_are_iso_only() {
        assert_eq!(day(Some("2021-06-30")).unwrap(), Some("2021-06-30".parse().unwrap()));
        assert_eq!(day(None).unwrap(), None);
        assert!(day(Some("30/06/2021")).is_err());
    }
}
