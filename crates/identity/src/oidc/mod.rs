//! Signing in through an OpenID Connect provider: code flow with PKCE, state and nonce.
//!
//! Written on `ring` and `hyper`, which the program has anyway; ADR 0005 says why.

pub mod client;
pub mod flow;
pub mod http;
pub mod jwt;
pub(crate) mod verbs;
pub(crate) mod web;

use lt_kernel::Lang;

use crate::secret::SecretString;

/// Where browsers come back to; registered with the provider.
pub const BACK: &str = "/sign-in/provider/back";

/// A provider, as the operator configures it.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OidcConfig {
    /// Its issuer, such as `https://login.example.vn`; discovery must name exactly this one.
    pub issuer: String,
    /// What it calls this program.
    pub client_id: String,
    /// The secret it shares with this program.
    pub client_secret: SecretString,
    /// Text of the button, Vietnamese.
    pub label_vi: String,
    /// Text of the button, English.
    pub label_en: String,
    /// Whether a sign-in there counts as a second factor here.
    #[serde(default)]
    pub trusts_second_factor: bool,
    /// Whether a subject without a link gets a person and an account without any role.
    #[serde(default)]
    pub provision: bool,
}

impl OidcConfig {
    /// The text of the button.
    #[must_use]
    pub fn label(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.label_vi,
            Lang::En => &self.label_en,
        }
    }
}
