//! Roles: what an account may be given, as data.

pub(crate) mod web;

use std::collections::BTreeSet;
use std::sync::OnceLock;

/// A role: a code and what it allows.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// Code, such as `recorder`; its words are `identity-role-<code>`.
    pub code: String,
    /// Permissions it carries.
    pub permissions: BTreeSet<String>,
    /// Whether its holders must prove it with a second factor.
    pub second_factor: bool,
    /// Whether it may be given for the whole installation instead of one organisation.
    pub whole_installation: bool,
}

impl Role {
    /// Key of its name.
    #[must_use]
    pub fn words_key(&self) -> String {
        format!("identity-role-{}", self.code)
    }

    /// Key of what it is for.
    #[must_use]
    pub fn does_key(&self) -> String {
        format!("identity-role-{}-does", self.code)
    }
}

/// The role that can give every other.
pub const ADMINISTRATOR: &str = "administrator";

/// The shape of `data/roles.toml`.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    role: Vec<Role>,
}

/// Reads roles from TOML.
///
/// # Errors
/// What is wrong with the text, with its line.
pub fn parse(text: &str) -> Result<Vec<Role>, toml::de::Error> {
    toml::from_str::<File>(text).map(|file| file.role)
}

/// The built-in roles, in the order shown.
///
/// The file is part of the program and read by a test; were it broken all the same, nobody would have a role.
#[must_use]
pub fn all() -> &'static [Role] {
    static ROLES: OnceLock<Vec<Role>> = OnceLock::new();
    ROLES.get_or_init(|| parse(include_str!("../../data/roles.toml")).unwrap_or_default())
}

/// The role of that code.
#[must_use]
pub fn find(code: &str) -> Option<&'static Role> {
    all().iter().find(|role| role.code == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_roles_are_read() {
        let codes: Vec<&str> = all().iter().map(|role| role.code.as_str()).collect();
        assert_eq!(
            codes,
            ["administrator", "registrar", "secretary", "recorder", "reviewer", "approver", "reader", "auditor"]
        );
        assert!(find(ADMINISTRATOR).unwrap().second_factor);
        assert!(find("nobody").is_none());
    }

    #[test]
    fn nobody_collects_and_approves_by_one_role() {
        for role in all() {
            let both = role.permissions.contains("targets.review") && role.permissions.contains("targets.approve");
            assert!(!both, "{} would be its own second person", role.code);
        }
    }

    #[test]
    fn an_unknown_key_is_refused() {
        let text = "[[role]]\ncode='x'\npermissions=[]\nsecond_factor=false\nwhole_installation=false\nwho=1";
        assert!(parse(text).is_err());
    }

    #[test]
    fn every_role_has_words_in_both_languages() {
        for text in [include_str!("../../i18n/vi.ftl"), include_str!("../../i18n/en.ftl")] {
            for role in all() {
                let may = role.permissions.iter().map(|name| format!("identity-may-{}", name.replace('.', "-")));
                for key in [role.words_key(), role.does_key()].into_iter().chain(may) {
                    assert!(text.lines().any(|line| line.starts_with(&format!("{key} ="))), "{key}");
                }
            }
        }
    }
}
