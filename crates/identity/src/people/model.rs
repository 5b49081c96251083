//! A person. Pure.

use lt_kernel::Said;
use lt_kernel::id::PersonId;
use lt_kernel::text::{clean_line, fold, sort_key_given_name};

/// Most characters of a name.
pub const NAME_CHARS: usize = 200;
/// Most characters of an address or number.
pub const CONTACT_CHARS: usize = 254;

/// Somebody who works with the program.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Person {
    /// Who.
    #[serde(skip)]
    pub id: PersonId,
    /// Display name.
    pub name: String,
    /// Address for mail.
    pub email: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
    /// Made by the sample.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub sample: bool,
    /// Raised by every change.
    #[serde(skip)]
    pub version: i64,
}

/// Why a person cannot be entered so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadPerson {
    /// No name.
    NoName,
    /// Longer than [`NAME_CHARS`].
    LongName,
    /// Not an address for mail.
    Email,
    /// Not a telephone number.
    Phone,
}

impl BadPerson {
    /// The field it concerns.
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            Self::NoName | Self::LongName => "name",
            Self::Email => "email",
            Self::Phone => "phone",
        }
    }

    /// The refusal in words.
    #[must_use]
    pub fn said(self) -> Said {
        match self {
            Self::NoName => Said::new("identity-person-no-name"),
            Self::LongName => Said::new("identity-person-long-name").with("max", NAME_CHARS),
            Self::Email => Said::new("identity-person-bad-email"),
            Self::Phone => Said::new("identity-person-bad-phone"),
        }
    }
}

impl Person {
    /// A person, with texts cleaned.
    ///
    /// # Errors
    /// [`BadPerson`] with the first thing wrong.
    pub fn new(id: PersonId, name: &str, email: Option<&str>, phone: Option<&str>) -> Result<Self, BadPerson> {
        let name = clean_line(name);
        if name.is_empty() {
            return Err(BadPerson::NoName);
        }
        if name.chars().count() > NAME_CHARS {
            return Err(BadPerson::LongName);
        }
        let given = |text: Option<&str>| text.map(clean_line).filter(|text| !text.is_empty());
        let (email, phone) = (given(email), given(phone));
        if email.as_deref().is_some_and(|email| !looks_like_email(email)) {
            return Err(BadPerson::Email);
        }
        if phone.as_deref().is_some_and(|phone| !looks_like_phone(phone)) {
            return Err(BadPerson::Phone);
        }
        Ok(Self { id, name, email, phone, sample: false, version: 1 })
    }

    /// Bytes to sort by: given name first.
    #[must_use]
    pub fn name_key(&self) -> Vec<u8> {
        sort_key_given_name(&self.name)
    }

    /// What a search looks through: name without marks, and login name.
    #[must_use]
    pub fn search_key(&self, login: &str) -> String {
        format!("{} {}", fold(&self.name), fold(login))
    }
}

/// One `@` with something before it and a name with a dot behind it. Only mail sent there proves more.
fn looks_like_email(text: &str) -> bool {
    let Some((before, after)) = text.split_once('@') else { return false };
    let domain = after.contains('.') && !after.starts_with('.') && !after.ends_with('.') && !after.contains('@');
    !before.is_empty() && domain && !text.contains(char::is_whitespace) && text.len() <= CONTACT_CHARS
}

/// Six to fifteen digits (ITU-T E.164), with the signs people put between them.
fn looks_like_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let others = text.chars().all(|letter| letter.is_ascii_digit() || " +-.()".contains(letter));
    (6..=15).contains(&digits) && others && text.len() <= 40
}

#[cfg(test)]
mod tests {
    use super::*;
    use lt_kernel::id::Uuid;

    fn person(name: &str, email: Option<&str>, phone: Option<&str>) -> Result<Person, BadPerson> {
        Person::new(PersonId(Uuid::nil()), name, email, phone)
    }

    #[test]
    fn texts_are_cleaned_and_judged() {
        let taken = person("  Cán bộ   nhập liệu ", Some(" a@b.vn "), Some("")).unwrap();
        assert_eq!(
            (taken.name.as_str(), taken.email.as_deref(), taken.phone),
            ("Cán bộ nhập liệu", Some("a@b.vn"), None)
        );
        assert_eq!(person(" \u{200b} ", None, None), Err(BadPerson::NoName));
        assert_eq!(person(&"a".repeat(201), None, None), Err(BadPerson::LongName));
        for email in ["a", "a@b", "@b.vn", "a@.vn", "a@b.", "a@b@c.vn", "a b@c.vn"] {
            assert_eq!(person("A", Some(email), None), Err(BadPerson::Email), "{email}");
        }
        for phone in ["12345", "0912 345 678 x", "1234567890123456"] {
            assert_eq!(person("A", None, Some(phone)), Err(BadPerson::Phone), "{phone}");
        }
        assert!(person("A", None, Some("+84 (24) 3825-5678")).is_ok());
    }

    #[test]
    fn lists_go_by_the_given_name() {
        let (one, two) = (person("Vũ Văn An", None, None).unwrap(), person("An Thị Bình", None, None).unwrap());
        assert!(one.name_key() < two.name_key());
        assert_eq!(one.search_key("ThamDinh"), "vu van an thamdinh");
    }
}
