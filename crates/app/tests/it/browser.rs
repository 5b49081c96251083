//! A browser without a screen: keeps cookies, sends forms with the token of the last page.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::net::SocketAddr;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use tower::ServiceExt as _;

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn head(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    pub(crate) fn location(&self) -> &str {
        self.head("location")
    }

    /// Fails unless the body holds this text.
    #[track_caller]
    pub(crate) fn says(&self, part: &str) -> &Self {
        assert!(self.body.contains(part), "“{part}” is missing ({}) in:\n{}", self.status, self.body);
        self
    }

    /// Fails if the body holds this text.
    #[track_caller]
    pub(crate) fn hides(&self, part: &str) -> &Self {
        assert!(!self.body.contains(part), "“{part}” must not be in ({}):\n{}", self.status, self.body);
        self
    }

    /// Fails unless the status is this one.
    #[track_caller]
    pub(crate) fn is(&self, status: u16) -> &Self {
        assert_eq!(self.status.as_u16(), status, "{} {}", self.location(), self.body);
        self
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|why| panic!("{why}: {}", self.body))
    }
}

/// A file to send.
pub(crate) struct File<'a> {
    pub(crate) field: &'a str,
    pub(crate) name: &'a str,
    pub(crate) bytes: &'a [u8],
}

/// A browser: keeps cookies, remembers the token of the last page with a form.
#[derive(Clone)]
pub(crate) struct Browser {
    router: Router,
    pub(crate) jar: BTreeMap<String, String>,
    pub(crate) bearer: Option<String>,
    address: SocketAddr,
    last: String,
    writes_api: bool,
}

impl Browser {
    pub(crate) fn new(router: Router, address: SocketAddr) -> Self {
        Self { router, jar: BTreeMap::new(), bearer: None, address, last: String::new(), writes_api: false }
    }

    /// The same, with a token for the interface.
    pub(crate) fn with_token(mut self, token: &str) -> Self {
        self.bearer = Some(token.to_owned());
        self
    }

    /// Sends any request.
    pub(crate) async fn send(&mut self, method: Method, path: &str, kind: &str, body: Vec<u8>) -> Answer {
        let jar: Vec<String> = self.jar.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, "lienthong.test");
        if !jar.is_empty() {
            request = request.header(header::COOKIE, jar.join("; "));
        }
        if !kind.is_empty() {
            request = request.header(header::CONTENT_TYPE, kind);
        }
        if let Some(token) = &self.bearer {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        if self.writes_api {
            request = request.header("x-csrf-token", self.csrf());
        }
        let mut request = request.body(Body::from(body)).unwrap();
        request.extensions_mut().insert(ConnectInfo(self.address));
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = answer.into_parts();
        let bytes = to_bytes(body, 64 << 20).await.unwrap().to_vec();
        let body = String::from_utf8_lossy(&bytes).into_owned();
        for line in parts.headers.get_all(header::SET_COOKIE) {
            let (name, value) = line.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            if value.is_empty() {
                self.jar.remove(name);
            } else {
                self.jar.insert(name.into(), value.into());
            }
        }
        if body.contains("name=\"_csrf\"") {
            self.last.clone_from(&body);
        }
        Answer { status: parts.status, headers: parts.headers, bytes, body }
    }

    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, "", Vec::new()).await
    }

    /// Sends a form with the token of the last page.
    pub(crate) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let csrf = self.csrf();
        self.post_with(path, fields, &csrf).await
    }

    /// Sends a form with this token.
    pub(crate) async fn post_with(&mut self, path: &str, fields: &[(&str, &str)], csrf: &str) -> Answer {
        let form =
            form_urlencoded::Serializer::new(String::new()).append_pair("_csrf", csrf).extend_pairs(fields).finish();
        self.send(Method::POST, path, "application/x-www-form-urlencoded", form.into_bytes()).await
    }

    /// Sends JSON to the interface, with the token of the last page in the header no other site can set.
    pub(crate) async fn post_json(&mut self, path: &str, body: &serde_json::Value) -> Answer {
        self.writes_api = true;
        let answer = self.send(Method::POST, path, "application/json", body.to_string().into_bytes()).await;
        self.writes_api = false;
        answer
    }

    /// Sends a form with files.
    pub(crate) async fn post_files(&mut self, path: &str, fields: &[(&str, &str)], files: &[File<'_>]) -> Answer {
        const EDGE: &str = "----edge7d1c";
        let csrf = self.csrf();
        let mut body = Vec::new();
        for (name, value) in std::iter::once(("_csrf", csrf.as_str())).chain(fields.iter().copied()) {
            let mut part = String::new();
            write!(part, "--{EDGE}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").unwrap();
            body.extend(part.into_bytes());
        }
        for file in files {
            let mut part = String::new();
            write!(
                part,
                "--{EDGE}\r\nContent-Disposition: form-data; name=\"{}\"; filename=\"{}\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n",
                file.field, file.name
            )
            .unwrap();
            body.extend(part.into_bytes());
            body.extend(file.bytes);
            body.extend(b"\r\n");
        }
        body.extend(format!("--{EDGE}--\r\n").into_bytes());
        self.send(Method::POST, path, &format!("multipart/form-data; boundary={EDGE}"), body).await
    }

    /// The token of the page's last form; the one in the head signs out.
    pub(crate) fn csrf(&self) -> String {
        let value = self.last.rsplit("name=\"_csrf\" value=\"").next().unwrap_or_default();
        value.split('"').next().unwrap_or_default().to_owned()
    }

    /// Reads the last page with a form; for hidden fields such as versions.
    pub(crate) fn hidden(&self, name: &str) -> String {
        let sign = format!("name=\"{name}\" value=\"");
        self.last.split(&sign).nth(1).unwrap_or_default().split('"').next().unwrap_or_default().to_owned()
    }

    /// Makes a token for the interface through the page, for so many days; it is shown once.
    pub(crate) async fn token(&mut self, permissions: &[&str], days: &str) -> String {
        self.get("/account/tokens/new").await.is(200);
        let mut fields = vec![("name", "Kho dữ liệu"), ("days", days)];
        fields.extend(permissions.iter().map(|name| ("permissions", *name)));
        let page = self.post("/account/tokens/new", &fields).await;
        let shown = page.is(200).body.split("<pre>").nth(1).unwrap().split("</pre>").next().unwrap().trim();
        assert!(shown.starts_with("ltk_"), "{shown}");
        shown.to_owned()
    }

    /// Signs in through the page.
    pub(crate) async fn sign_in(&mut self, login: &str, password: &str) -> Answer {
        self.get("/sign-in").await.is(200);
        self.post("/sign-in", &[("login", login), ("password", password), ("next", "/")]).await
    }
}
