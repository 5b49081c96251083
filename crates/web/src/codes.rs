//! The one table of problem codes: name, status, and the words they are told in.
//!
//! The words of a code are `web-problem-<name>-title`, `-text` (what happened) and `-next` (what to do).

use axum::http::StatusCode;

/// A kind of problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// Name in the API and in the words: `not-found`.
    pub name: &'static str,
    /// HTTP status.
    pub status: StatusCode,
    /// Key of its title.
    pub title: &'static str,
    /// Key of what happened.
    pub text: &'static str,
    /// Key of what to do.
    pub next: &'static str,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $constant:ident = $name:literal, $status:ident;)*) => {
        $($(#[$doc])* pub const $constant: Code = Code {
            name: $name,
            status: StatusCode::$status,
            title: concat!("web-problem-", $name, "-title"),
            text: concat!("web-problem-", $name, "-text"),
            next: concat!("web-problem-", $name, "-next"),
        };)*
        /// All codes, for the API's documentation and the tests.
        pub const ALL: &[Code] = &[$($constant),*];
    };
}

codes! {
    /// The request cannot be understood.
    BAD_REQUEST = "bad-request", BAD_REQUEST;
    /// Nobody is signed in.
    SIGN_IN = "sign-in", UNAUTHORIZED;
    /// Signed in, but the place does not allow it.
    FORBIDDEN = "forbidden", FORBIDDEN;
    /// The form did not come from a page of this session.
    FORM_EXPIRED = "form-expired", FORBIDDEN;
    /// Nothing is at this address, or nothing this reader may know of.
    NOT_FOUND = "not-found", NOT_FOUND;
    /// The address exists, but not for this method.
    METHOD = "method", METHOD_NOT_ALLOWED;
    /// The rules of the matter refuse it.
    REFUSED = "refused", CONFLICT;
    /// Somebody else changed it in the meantime.
    STALE = "stale", CONFLICT;
    /// More bytes than are taken.
    TOO_LARGE = "too-large", PAYLOAD_TOO_LARGE;
    /// Fields with faults.
    INVALID = "invalid", UNPROCESSABLE_ENTITY;
    /// Asked too often.
    TOO_OFTEN = "too-often", TOO_MANY_REQUESTS;
    /// The program failed.
    TROUBLE = "trouble", INTERNAL_SERVER_ERROR;
    /// It is not known whether the change was stored.
    UNKNOWN = "unknown", INTERNAL_SERVER_ERROR;
    /// The disk is full: reading goes on, nothing is taken.
    FULL = "full", INSUFFICIENT_STORAGE;
}
