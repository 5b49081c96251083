//! Signing in: throttle, verbs, cookies, the layer that tells every request who looks.

pub mod cookies;
pub(crate) mod desk;
pub mod grants;
pub mod layer;
pub mod throttle;
pub(crate) mod verbs;
pub(crate) mod web;

/// A path of this program to go on to; anything else leads home.
///
/// Taken: one slash, then neither a slash nor a backslash (browsers read `/\evil` as another host), and no
/// control characters (browsers drop tabs and line breaks before they read).
#[must_use]
pub fn local_path(wanted: Option<&str>) -> String {
    let local = |path: &&str| {
        let mut letters = path.chars();
        letters.next() == Some('/')
            && !matches!(letters.next(), Some('/' | '\\'))
            && !path.chars().any(|letter| letter.is_control() || letter == '\\')
            && path.len() <= 1024
            && !path.starts_with("/sign-in")
            && !path.starts_with("/sign-out")
    };
    wanted.filter(local).unwrap_or("/").to_owned()
}

#[cfg(test)]
mod tests {
    use super::local_path;
    use proptest::prelude::*;

    #[test]
    fn only_local_paths_are_followed() {
        for path in ["/", "/targets", "/targets?q=a&b=c", "/tìm?q=//x"] {
            assert_eq!(local_path(Some(path)), path);
        }
        for path in [
            "",
            "targets",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil",
            "https://evil.example",
            "/\t/evil",
            "/a\r\nX: y",
            "/sign-in?next=/x",
            "/sign-out",
            "javascript:alert(1)",
        ] {
            assert_eq!(local_path(Some(path)), "/", "{path}");
        }
        assert_eq!(local_path(None), "/");
    }

    proptest! {
        #[test]
        fn whatever_is_typed_stays_here(path in "[/\\\\a-z:.\\t]{0,12}") {
            let kept = local_path(Some(&path));
            prop_assert!(kept.starts_with('/') && !kept.starts_with("//") && !kept.contains('\\'));
        }
    }
}
