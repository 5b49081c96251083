//! The cookies of identity.

use axum::http::{HeaderMap, HeaderValue, header};

/// Which cookie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The session's token.
    Session,
    /// The token before there is a session: ties the sign-in form to the browser that asked for it.
    Before,
    /// A flow through a provider.
    Flow,
}

impl Kind {
    /// Its name. `__Host-` makes browsers refuse it unless it is secure, of this very host, and for all paths,
    /// so that a neighbouring host cannot plant one.
    #[must_use]
    pub const fn name(self, secure: bool) -> &'static str {
        match (self, secure) {
            (Self::Session, true) => "__Host-lienthong_session",
            (Self::Session, false) => "lienthong_session",
            (Self::Before, true) => "__Host-lienthong_before",
            (Self::Before, false) => "lienthong_before",
            (Self::Flow, true) => "__Host-lienthong_flow",
            (Self::Flow, false) => "lienthong_flow",
        }
    }
}

/// The value of a cookie in these headers. Two of one name are none: nobody can say which is ours.
#[must_use]
pub fn read(headers: &HeaderMap, kind: Kind, secure: bool) -> Option<String> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut found = lines
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(|(name, _)| *name == kind.name(secure))
        .map(|(_, value)| value.to_owned());
    let first = found.next().filter(|value| !value.is_empty() && value.len() <= 4096)?;
    if found.next().is_some() { None } else { Some(first) }
}

/// The header that sets a cookie for so many seconds; none: until the browser is closed.
#[must_use]
pub fn set(kind: Kind, value: &str, seconds: Option<i64>, secure: bool) -> Option<HeaderValue> {
    let age = seconds.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
    let bound = if secure { "; Secure" } else { "" };
    HeaderValue::from_str(&format!("{}={value}; Path=/; HttpOnly; SameSite=Lax{age}{bound}", kind.name(secure))).ok()
}

/// The header that removes it.
#[must_use]
pub fn clear(kind: Kind, secure: bool) -> Option<HeaderValue> {
    set(kind, "", Some(0), secure)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(line: &str) -> HeaderMap {
        HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_str(line).unwrap())])
    }

    #[test]
    fn cookies_are_bound_to_the_host_over_https() {
        let set_to = |secure| set(Kind::Session, "t", None, secure).unwrap().to_str().unwrap().to_owned();
        assert_eq!(set_to(true), "__Host-lienthong_session=t; Path=/; HttpOnly; SameSite=Lax; Secure");
        assert_eq!(set_to(false), "lienthong_session=t; Path=/; HttpOnly; SameSite=Lax");
        assert!(clear(Kind::Flow, true).unwrap().to_str().unwrap().contains("Max-Age=0"));
    }

    #[test]
    fn a_cookie_is_read_by_its_exact_name() {
        assert_eq!(read(&headers("a=1; lienthong_session=t"), Kind::Session, false).as_deref(), Some("t"));
        assert_eq!(read(&headers("lienthong_session=t"), Kind::Session, true), None, "not the unbound one over https");
        assert_eq!(read(&headers("xlienthong_session=t"), Kind::Session, false), None);
        assert_eq!(read(&headers("lienthong_session=t; lienthong_session=u"), Kind::Session, false), None);
        assert_eq!(read(&headers("lienthong_session="), Kind::Session, false), None);
    }
}
