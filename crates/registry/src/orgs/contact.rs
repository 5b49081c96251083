//! How an organisation is reached over a stretch of days.

use lt_kernel::text::clean_line;
use serde::{Deserialize, Serialize};

use super::refused::Refused;

/// Most characters of an address; the other parts take at most [`MOST_PART`].
const MOST_ADDRESS: usize = 300;
const MOST_PART: usize = 200;

/// How an office is reached: the office's own address and numbers, never a person's. An empty text: not known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Contact {
    /// Postal address.
    #[serde(default)]
    pub address: String,
    /// Telephone number.
    #[serde(default)]
    pub phone: String,
    /// Mail address.
    #[serde(default)]
    pub email: String,
    /// Address of its site, with `http://` or `https://`.
    #[serde(default)]
    pub website: String,
}

impl Contact {
    /// Whether nothing is known.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.address.is_empty() && self.phone.is_empty() && self.email.is_empty() && self.website.is_empty()
    }

    /// The parts with the words they are kept under, in the order of lists.
    #[must_use]
    pub fn parts(&self) -> [(&'static str, &str); 4] {
        [("address", &self.address), ("phone", &self.phone), ("email", &self.email), ("website", &self.website)]
    }

    /// The contact as it is kept: clean lines that look like what they are.
    ///
    /// # Errors
    /// [`Refused::BadContact`] with the first part that does not.
    pub fn written(&self) -> Result<Self, Refused> {
        let kept = Self {
            address: clean_line(&self.address),
            phone: clean_line(&self.phone),
            email: clean_line(&self.email),
            website: clean_line(&self.website),
        };
        let looks_right = |what: &str, text: &str| match what {
            "phone" => is_phone(text),
            "email" => is_email(text),
            "website" => is_website(text),
            _ => true,
        };
        let most = |what: &str| if what == "address" { MOST_ADDRESS } else { MOST_PART };
        let bad = |(what, text): &(&'static str, &str)| {
            !text.is_empty() && (text.chars().count() > most(what) || !looks_right(what, text))
        };
        let wrong = kept.parts().into_iter().find(bad).map(|(what, value)| (what, value.to_owned()));
        match wrong {
            Some((what, value)) => Err(Refused::BadContact { what, value }),
            None => Ok(kept),
        }
    }
}

/// Digits in any grouping people write, at least three of them (113 is a number too).
fn is_phone(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit() || "+() .-/".contains(c))
        && text.chars().filter(char::is_ascii_digit).count() >= 3
}

fn is_email(text: &str) -> bool {
    let parts = text.split_once('@');
    !text.contains(' ')
        && parts.is_some_and(|(who, host)| {
            !who.is_empty() && !host.contains('@') && host.split('.').count() > 1 && !host.split('.').any(str::is_empty)
        })
}

/// Only what a browser may safely follow becomes a link.
fn is_website(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    !text.contains(' ') && rest.is_some_and(|host| !host.is_empty() && !host.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_is_cleaned_and_what_is_no_contact_is_named() {
        let good = Contact {
            address: " 12  đường Hùng Vương ".into(),
            phone: "(0207) 382 1234".into(),
            email: "vanthu@example.gov.vn".into(),
            website: "https://example.gov.vn".into(),
        };
        assert_eq!(good.written().unwrap().address, "12 đường Hùng Vương");
        assert!(Contact::default().is_empty() && Contact::default().written().is_ok());
        let bad = |contact: Contact| match contact.written() {
            Err(Refused::BadContact { what, .. }) => what,
            other => panic!("{other:?}"),
        };
        for phone in ["không", "12", "0207;382"] {
            assert_eq!(bad(Contact { phone: phone.into(), ..good.clone() }), "phone");
        }
        for email in ["vanthu", "@x.vn", "a@vn", "a@x..vn", "a b@x.vn", "a@b@x.vn"] {
            assert_eq!(bad(Contact { email: email.into(), ..good.clone() }), "email");
        }
        for website in ["javascript:alert(1)", "example.gov.vn", "https://", "https:///x"] {
            assert_eq!(bad(Contact { website: website.into(), ..good.clone() }), "website");
        }
        assert_eq!(bad(Contact { address: "a".repeat(301), ..good }), "address");
    }
}
