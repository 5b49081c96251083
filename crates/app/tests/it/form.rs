//! A form as a browser would send it untouched, read out of its page.

/// The fields of a form.
#[derive(Debug, Clone)]
pub(crate) struct Filled(Vec<(String, String)>);

/// The value of an attribute of a tag.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let sign = format!(" {name}=\"");
    Some(plain(tag.split_once(&sign)?.1.split('"').next()?))
}

/// Whether a tag has an attribute without a value.
fn has(tag: &str, name: &str) -> bool {
    tag.split(' ').any(|part| part.trim_end_matches('/') == name)
}

/// Text without the escapes of a page.
fn plain(text: &str) -> String {
    let escapes = [("&#60;", "<"), ("&#62;", ">"), ("&#34;", "\""), ("&#39;", "'"), ("&quot;", "\""), ("&lt;", "<")];
    let text = escapes.iter().fold(text.to_owned(), |text, (code, sign)| text.replace(code, sign));
    text.replace("&gt;", ">").replace("&#38;", "&").replace("&amp;", "&")
}

impl Filled {
    /// A form without fields.
    pub(crate) const fn empty() -> Self {
        Self(Vec::new())
    }

    /// The form of a page that is sent to `action`.
    #[track_caller]
    pub(crate) fn of(page: &str, action: &str) -> Self {
        let sign = format!("action=\"{action}\"");
        let (_, form) = page.split_once(&sign).unwrap_or_else(|| panic!("no form for {action} in:\n{page}"));
        let form = form.split("</form>").next().unwrap();
        let (mut fields, mut select) = (Vec::new(), None);
        for piece in form.split('<').skip(1) {
            let (tag, text) = piece.split_once('>').unwrap_or((piece, ""));
            let named = attribute(tag, "name");
            match (tag.split(' ').next().unwrap(), named) {
                ("input", Some(name)) => {
                    let kind = attribute(tag, "type").unwrap_or_default();
                    let chosen = !matches!(kind.as_str(), "radio" | "checkbox") || has(tag, "checked");
                    if chosen && kind != "file" && name != "_csrf" {
                        fields.push((name, attribute(tag, "value").unwrap_or_default()));
                    }
                }
                ("textarea", Some(name)) => fields.push((name, plain(text.trim_start_matches('\n')))),
                ("select", Some(name)) => select = Some((name, None)),
                ("option", _) => {
                    if let Some((_, chosen)) = &mut select {
                        let value = attribute(tag, "value").unwrap_or_default();
                        if chosen.is_none() || has(tag, "selected") {
                            *chosen = Some(value);
                        }
                    }
                }
                ("/select", _) => fields.extend(select.take().map(|(name, chosen)| (name, chosen.unwrap_or_default()))),
                _ => {}
            }
        }
        Self(fields)
    }

    /// The same with another value; the field must be on the form.
    #[track_caller]
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.0.retain(|(known, _)| known != name);
        self.0.push((name.to_owned(), value.to_owned()));
        self
    }

    /// What is sent.
    pub(crate) fn fields(&self) -> Vec<(&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
    }
}
