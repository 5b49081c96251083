//! Time-based codes: RFC 6238 with SHA-1, 30 seconds and 6 digits, as every authenticator reads them.

use std::fmt::Write;

use lt_kernel::Instant;
use ring::hmac;

use crate::secret::{NoRandomness, Secrets};

/// Seconds a code is valid (RFC 6238 §5.2).
pub const STEP_SECONDS: i64 = 30;
/// Steps before and after the present one that are taken too: clocks of phones differ.
pub const WINDOW: i64 = 1;
/// Digits of a code.
pub const DIGITS: u32 = 6;
/// Bytes of a secret: as long as the digest (RFC 4226 §4 R6).
pub const SECRET_BYTES: usize = 20;

/// A new secret.
///
/// # Errors
/// [`NoRandomness`] as [`Secrets::fill`].
pub fn new_secret(secrets: &dyn Secrets) -> Result<Vec<u8>, NoRandomness> {
    let mut bytes = vec![0; SECRET_BYTES];
    secrets.fill(&mut bytes)?;
    Ok(bytes)
}

/// The counter of the step that holds `at`.
#[must_use]
pub const fn counter(at: Instant) -> i64 {
    at.micros().div_euclid(STEP_SECONDS * 1_000_000)
}

/// The code of `digits` digits (6 to 8) for a counter (RFC 4226 §5.3).
#[must_use]
pub fn code(secret: &[u8], counter: i64, digits: u32) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret);
    let tag = hmac::sign(&key, &counter.to_be_bytes());
    let bytes = tag.as_ref();
    let offset = usize::from(bytes.last().copied().unwrap_or(0) & 0x0f);
    let number = bytes
        .get(offset..offset + 4)
        .and_then(|four| <[u8; 4]>::try_from(four).ok())
        .map_or(0, |four| u32::from_be_bytes(four) & 0x7fff_ffff);
    let width = usize::try_from(digits).unwrap_or(6);
    format!("{:0width$}", number % 10_u32.pow(digits.min(9)))
}

/// The counter whose code was typed, when it is in the window and later than the last one used.
///
/// The caller stores it as the new `last_used`, so that a code read over a shoulder is worth nothing.
#[must_use]
pub fn check(secret: &[u8], typed: &str, now: Instant, last_used: Option<i64>) -> Option<i64> {
    let typed: String = typed.chars().filter(|letter| !letter.is_whitespace()).collect();
    let present = counter(now);
    let mut found = None;
    // All steps of the window are always computed: the time taken does not tell which one matched.
    for step in (present - WINDOW)..=(present + WINDOW) {
        let fits = crate::secret::same(&code(secret, step, DIGITS), &typed);
        if fits && last_used.is_none_or(|used| step > used) && found.is_none() {
            found = Some(step);
        }
    }
    found
}

/// The secret in base 32 without padding, in groups of four for reading aloud.
#[must_use]
pub fn spelled(secret: &[u8]) -> String {
    let text = base32(secret);
    let groups: Vec<&str> = text.as_bytes().chunks(4).filter_map(|group| std::str::from_utf8(group).ok()).collect();
    groups.join(" ")
}

/// What the picture holds: `otpauth://totp/…` for `login` at `issuer`.
#[must_use]
pub fn address(secret: &[u8], issuer: &str, login: &str) -> String {
    let quoted = |text: &str| {
        text.bytes().fold(String::new(), |mut out, byte| {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                out.push(char::from(byte));
            } else {
                let _ = write!(out, "%{byte:02X}");
            }
            out
        })
    };
    let (issuer, login) = (quoted(issuer), quoted(login));
    format!("otpauth://totp/{issuer}:{login}?secret={}&issuer={issuer}", base32(secret))
}

/// RFC 4648 base 32 without padding.
fn base32(bytes: &[u8]) -> String {
    const LETTERS: [u8; 32] = *b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let mut out = String::new();
    for group in bytes.chunks(5) {
        let mut held = [0_u8; 8];
        for (place, byte) in held.iter_mut().skip(3).zip(group) {
            *place = *byte;
        }
        let number = u64::from_be_bytes(held);
        let letters = (group.len() * 8).div_ceil(5);
        for place in 0..letters {
            let index = usize::try_from((number >> (35 - 5 * place)) & 31).unwrap_or(0);
            out.push(LETTERS.get(index).map_or('A', |letter| char::from(*letter)));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SECRET: &[u8] = b"12345678901234567890";

    /// RFC 6238, appendix B, the rows of SHA-1.
    #[test]
    fn vectors_of_rfc_6238() {
        for (seconds, expected) in [
            (59_i64, "94287082"),
            (1_111_111_109, "07081804"),
            (1_111_111_111, "14050471"),
            (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"),
            (20_000_000_000, "65353130"),
        ] {
            let at = Instant::from_micros(seconds * 1_000_000);
            assert_eq!(code(SECRET, counter(at), 8), expected, "{seconds}");
        }
    }

    /// RFC 4226, appendix D.
    #[test]
    fn vectors_of_rfc_4226() {
        let expected =
            ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"];
        for (counter, expected) in (0_i64..).zip(expected) {
            assert_eq!(code(SECRET, counter, 6), expected);
        }
    }

    fn at_step(step: i64) -> Instant {
        Instant::from_micros(step * STEP_SECONDS * 1_000_000 + 7)
    }

    #[test]
    fn the_window_is_one_step_each_way() {
        let typed = code(SECRET, 1000, DIGITS);
        for (step, taken) in [(998, false), (999, true), (1000, true), (1001, true), (1002, false)] {
            assert_eq!(check(SECRET, &typed, at_step(step), None).is_some(), taken, "{step}");
        }
    }

    #[test]
    fn a_code_is_worth_nothing_a_second_time() {
        let typed = code(SECRET, 1000, DIGITS);
        let used = check(SECRET, &typed, at_step(1000), None);
        assert_eq!(used, Some(1000));
        assert_eq!(check(SECRET, &typed, at_step(1000), used), None);
        assert_eq!(check(SECRET, &typed, at_step(1001), used), None);
        let before = code(SECRET, 999, DIGITS);
        assert_eq!(check(SECRET, &before, at_step(1000), used), None, "an older code neither");
        let next = code(SECRET, 1001, DIGITS);
        assert_eq!(check(SECRET, &next, at_step(1001), used), Some(1001));
    }

    #[test]
    fn spaces_in_a_code_do_no_harm() {
        let typed = code(SECRET, 1000, DIGITS);
        let spaced = format!(" {} {} ", &typed[..3], &typed[3..]);
        assert!(check(SECRET, &spaced, at_step(1000), None).is_some());
        assert!(check(SECRET, "", at_step(1000), None).is_none());
    }

    /// RFC 4648, section 10.
    #[test]
    fn base32_vectors_of_rfc_4648() {
        for (plain, coded) in [
            ("", ""),
            ("f", "MY"),
            ("fo", "MZXQ"),
            ("foo", "MZXW6"),
            ("foob", "MZXW6YQ"),
            ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ] {
            assert_eq!(base32(plain.as_bytes()), coded);
        }
    }

    #[test]
    fn the_address_quotes_what_it_must() {
        assert_eq!(
            address(SECRET, "Liên Thông", "bithu"),
            "otpauth://totp/Li%C3%AAn%20Th%C3%B4ng:bithu?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Li%C3%AAn%20Th%C3%B4ng"
        );
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_check(typed in ".{0,40}", step in 0_i64..1_000_000_000) {
            let found = check(SECRET, &typed, at_step(step), Some(step + 1));
            prop_assert!(found.is_none(), "everything in the window was used already");
        }

        #[test]
        fn codes_have_six_digits(step in any::<i64>()) {
            let text = code(SECRET, step, DIGITS);
            prop_assert!(text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit()));
        }
    }
}
