//! The handle everything goes through: configuration, and what is kept in memory.

use std::sync::Arc;

use lt_kernel::text::fold;
use lt_module::Host;

use crate::error::IdentityError;
use crate::oidc::OidcConfig;
use crate::oidc::client::Client;
use crate::orgs::Orgs;
use crate::password::{Cost, Hasher};
use crate::secret::{MachineSecrets, SharedSecrets};
use crate::sights::Sights;
use crate::sign_in::grants::GrantCache;
use crate::sign_in::throttle::Throttle;

/// How identity is set up.
#[derive(Clone)]
pub struct Config {
    /// The address people type, without a slash at the end: `https://lienthong.example.vn`.
    pub public_address: String,
    /// Whether a proxy in front tells the visitor's address in the last part of `X-Forwarded-For`.
    pub trust_forwarded: bool,
    /// Whether the program runs with the sample, whose accounts are free of the second factor.
    pub sample: bool,
    /// What one password hash costs.
    pub cost: Cost,
    /// A provider to sign in through.
    pub oidc: Option<OidcConfig>,
    /// Where secrets come from.
    pub secrets: SharedSecrets,
}

impl Config {
    /// The usual set-up for a program reached at `public_address`.
    #[must_use]
    pub fn new(public_address: impl Into<String>) -> Self {
        Self {
            public_address: public_address.into().trim_end_matches('/').to_owned(),
            trust_forwarded: false,
            sample: false,
            cost: Cost::default(),
            oidc: None,
            secrets: Arc::new(MachineSecrets),
        }
    }

    /// Whether browsers reach the program over HTTPS; then cookies are bound to it.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.public_address.starts_with("https://")
    }
}

/// What is shared by all requests.
pub(crate) struct Inner {
    pub(crate) host: Host,
    pub(crate) config: Config,
    pub(crate) orgs: Arc<dyn Orgs>,
    pub(crate) hasher: Hasher,
    pub(crate) throttle: Throttle,
    pub(crate) grants: GrantCache,
    pub(crate) oidc: Option<Client>,
    pub(crate) sights: Sights,
}

/// Identity at work. Cheap to clone.
#[derive(Clone)]
pub struct Identity(pub(crate) Arc<Inner>);

impl Identity {
    /// Sets identity up over a migrated database.
    ///
    /// # Errors
    /// [`IdentityError`] when there is no randomness, the cost is impossible, or TLS has no trusted roots.
    pub fn new(host: Host, config: Config, orgs: Arc<dyn Orgs>) -> Result<Self, IdentityError> {
        let hasher = Hasher::new(config.cost, Arc::clone(&config.secrets))?;
        let redirect = format!("{}{}", config.public_address, crate::oidc::BACK);
        let oidc = config.oidc.clone().map(|oidc| Client::new(oidc, redirect)).transpose();
        let oidc = oidc.map_err(|error| IdentityError::Orgs(Box::new(error)))?;
        let (throttle, grants, sights) = (Throttle::default(), GrantCache::default(), Sights::default());
        Ok(Self(Arc::new(Inner { host, config, orgs, hasher, throttle, grants, oidc, sights })))
    }

    /// How it is set up.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    pub(crate) fn host(&self) -> &Host {
        &self.0.host
    }

    /// The label of the provider to sign in through, when there is one.
    #[must_use]
    pub fn provider_label(&self, lang: lt_kernel::Lang) -> Option<&str> {
        self.0.oidc.as_ref().map(|client| client.config.label(lang))
    }
}

/// What a login name is compared by: case, marks and spaces do not count.
#[must_use]
pub fn login_key(typed: &str) -> String {
    fold(typed).replace(' ', "")
}
