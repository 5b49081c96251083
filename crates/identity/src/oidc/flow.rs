//! What a browser must bring back: kept in a short-lived cookie of its own, so that any node can finish.

use lt_kernel::id::AccountId;

use crate::secret::{NoRandomness, Secrets, new_token, same};

/// Seconds a browser has to come back.
pub const SECONDS: i64 = 600;

/// What the sign-in is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Signing in.
    SignIn,
    /// Tying the provider's subject to this account, which must still be the one signed in.
    Link(AccountId),
}

/// A flow under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flow {
    /// Must come back in the address.
    pub state: String,
    /// Must come back in the id token.
    pub nonce: String,
    /// Proves to the provider that whoever redeems the code asked for it (RFC 7636).
    pub verifier: String,
    /// What for.
    pub purpose: Purpose,
    /// Local path to go on to.
    pub next: String,
}

impl Flow {
    /// A new flow.
    ///
    /// # Errors
    /// [`NoRandomness`] as [`Secrets::fill`].
    pub fn new(secrets: &dyn Secrets, purpose: Purpose, next: String) -> Result<Self, NoRandomness> {
        let token = || new_token(secrets).map(|token| token.expose().to_owned());
        Ok(Self { state: token()?, nonce: token()?, verifier: token()?, purpose, next })
    }

    /// The value of the cookie.
    #[must_use]
    pub fn cookie(&self) -> String {
        let purpose = match self.purpose {
            Purpose::SignIn => "in".to_owned(),
            Purpose::Link(account) => account.to_string(),
        };
        let next: String = form_urlencoded::byte_serialize(self.next.as_bytes()).collect();
        format!("{}.{}.{}.{purpose}.{next}", self.state, self.nonce, self.verifier)
    }

    /// The flow of a cookie, when `state` came back with it.
    #[must_use]
    pub fn back(cookie: &str, state: &str) -> Option<Self> {
        let mut parts = cookie.splitn(5, '.');
        let mut part = || parts.next().filter(|part| !part.is_empty() && part.len() <= 2048).map(str::to_owned);
        let (kept, nonce, verifier, purpose, next) = (part()?, part()?, part()?, part()?, part()?);
        if kept.len() < 43 || !same(&kept, state) {
            return None;
        }
        let purpose = match purpose.as_str() {
            "in" => Purpose::SignIn,
            account => Purpose::Link(account.parse().ok()?),
        };
        let next = form_urlencoded::parse(format!("n={next}").as_bytes()).next().map(|(_, next)| next.into_owned());
        let next = crate::sign_in::local_path(next.as_deref());
        Some(Self { state: kept, nonce, verifier, purpose, next })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::MachineSecrets;
    use proptest::prelude::*;

    #[test]
    fn a_flow_comes_back_with_its_state_only() {
        for purpose in [Purpose::SignIn, Purpose::Link(AccountId(lt_kernel::id::Uuid::from_u128(7)))] {
            let flow = Flow::new(&MachineSecrets, purpose, "/targets?đơn vị=1.2&x=y".into()).unwrap();
            assert_eq!(Flow::back(&flow.cookie(), &flow.state), Some(flow.clone()));
            assert_eq!(Flow::back(&flow.cookie(), &flow.nonce), None);
            assert_eq!(Flow::back(&flow.cookie(), ""), None);
        }
    }

    #[test]
    fn a_foreign_address_in_the_cookie_leads_home() {
        let mut flow = Flow::new(&MachineSecrets, Purpose::SignIn, "/x".into()).unwrap();
        flow.next = "https://evil.example".into();
        assert_eq!(Flow::back(&flow.cookie(), &flow.state).unwrap().next, "/");
    }

    proptest! {
        #[test]
        fn no_cookie_breaks_it(cookie in ".{0,300}", state in ".{0,60}") {
            prop_assert!(Flow::back(&cookie, &state).is_none());
        }
    }
}
