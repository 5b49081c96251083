//! Evidence files: taken in with a form, and served so that nothing in them can run.

use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use lt_kernel::Said;
use lt_kernel::id::{OrgId, Uuid};
use lt_module::Host;
use lt_store::{Blobs, params};
use lt_web::{Faults, Form, Problem, View, download};

use super::files;

/// Files of one observation at most.
const MOST: usize = 20;
/// What a shown file may do: nothing.
const SEALED: &str = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'";
/// A sandbox keeps browsers from opening their reader for PDF; without one, still nothing of ours is reached.
const READER: &str = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; \
                      form-action 'none'; frame-ancestors 'none'";

/// A file that was taken in, on its way to an observation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// SHA-256 of its content.
    pub hash: String,
    /// Its name.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// Its kind, as seen from its content.
    pub mime: String,
}

impl Taken {
    /// How a form that is shown again remembers it.
    #[must_use]
    pub fn kept(&self) -> String {
        format!("{} {}", self.hash, self.name)
    }
}

/// Takes the files of a form in: those sent now, and those kept from the time before. A file with a fault is
/// left out and named.
///
/// # Errors
/// Trouble when the file store fails.
pub async fn take(host: &Host, form: &Form, faults: &mut Faults) -> Result<Vec<Taken>, Problem> {
    let blobs = host.part::<Blobs>().map_err(Problem::trouble)?;
    let mut taken: Vec<Taken> = Vec::new();
    for kept in form.values.all("kept") {
        let Some((hash, name)) = kept.split_once(' ') else { continue };
        let Ok(bytes) = blobs.read(hash).await else {
            faults.add("files", Said::new("targets-evidence-gone").with("name", name));
            continue;
        };
        add(&mut taken, hash.to_owned(), name, &bytes, faults);
    }
    for file in form.files("files") {
        let before = faults.list().len();
        let kind = files::kind(&file.name, &file.bytes);
        if let Err(said) = kind {
            faults.add("files", said);
        }
        if faults.list().len() == before {
            let stored = blobs.put(file.bytes.to_vec()).await.map_err(lt_store::StoreError::from)?;
            add(&mut taken, stored.hash, &file.name, &file.bytes, faults);
        }
    }
    if taken.len() > MOST {
        faults.add("files", Said::new("targets-evidence-too-many").with("limit", MOST));
    }
    Ok(taken)
}

fn add(taken: &mut Vec<Taken>, hash: String, name: &str, bytes: &[u8], faults: &mut Faults) {
    match files::kind(name, bytes) {
        Ok(mime) if taken.iter().all(|one| one.hash != hash) => {
            let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
            taken.push(Taken { hash, name: name.to_owned(), size, mime: mime.to_owned() });
        }
        Ok(_) => {}
        Err(said) => faults.add("files", said),
    }
}

/// Serves a stored file to those who may read the organisation's resolutions; its bytes are checked against the
/// hash they were stored under.
pub(super) async fn serve(State(host): State<Host>, view: View, Path(id): Path<String>) -> Result<Response, Problem> {
    let id: Uuid = id.parse().map_err(|_| Problem::not_found())?;
    let sql = "SELECT e.title, e.blob, e.mime, m.org FROM targets_evidence e \
               JOIN targets_observation o ON o.id = e.observation JOIN targets_measure m ON m.id = o.measure \
               WHERE e.id = $1";
    let row = host.db.read_one(sql, params![id]).await?.ok_or_else(Problem::not_found)?;
    let org: OrgId = row.get("org")?;
    if !view.viewer.may("targets.read", org) {
        return Err(Problem::forbidden());
    }
    let hash: Option<String> = row.get("blob")?;
    let (hash, title): (String, String) = (hash.ok_or_else(Problem::not_found)?, row.get("title")?);
    let mime: Option<String> = row.get("mime")?;
    let bytes = host.part::<Blobs>().map_err(Problem::trouble)?.read(&hash).await.map_err(Problem::trouble)?;
    Ok(sealed(&title, &mime.unwrap_or_default(), bytes))
}

fn sealed(name: &str, mime: &str, bytes: Vec<u8>) -> Response {
    if !files::is_inline(mime) {
        let mut answer = download(name, mime, bytes);
        seal(&mut answer, SEALED);
        return answer;
    }
    let mut answer = download(name, mime, bytes).into_response();
    let inline = answer.headers().get(header::CONTENT_DISPOSITION).and_then(|value| value.to_str().ok());
    let inline = inline.map(|value| value.replacen("attachment", "inline", 1));
    if let Some(value) = inline.and_then(|value| HeaderValue::from_str(&value).ok()) {
        answer.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
    seal(&mut answer, if mime == "application/pdf" { READER } else { SEALED });
    answer
}

fn seal(answer: &mut Response, policy: &'static str) {
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header<'a>(answer: &'a Response, name: &str) -> &'a str {
        answer.headers()[name].to_str().unwrap()
    }

    #[test]
    fn what_a_browser_may_show_is_shown_sealed_and_the_rest_is_handed_out() {
        let picture = sealed("ảnh.png", "image/png", vec![1]);
        assert!(header(&picture, "content-disposition").starts_with("inline;"));
        assert!(header(&picture, "content-security-policy").contains("sandbox"));
        assert_eq!(header(&picture, "x-content-type-options"), "nosniff");
        let paper = sealed("a.pdf", "application/pdf", vec![1]);
        assert!(header(&paper, "content-security-policy").starts_with("default-src 'none'"));
        for mime in ["text/html", "image/svg+xml", "application/msword", ""] {
            assert!(header(&sealed("a", mime, vec![1]), "content-disposition").starts_with("attachment;"), "{mime}");
        }
    }
}
