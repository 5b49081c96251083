//! Words: complete, quick, and loud when they are not.

use std::path::Path;

use lt_kernel::{Date, Instant, Lang, Said};
use lt_web::words::Texts;
use lt_web::{Shell, WORDS, Words, WordsFault, codes};

fn load(vi: &str, en: &str) -> Result<Words, WordsFault> {
    let texts: &[(Lang, &str)] = &[(Lang::Vi, vi), (Lang::En, en)];
    Words::load(&[("web", WORDS), ("test", texts)] as &[Texts<'_>])
}

#[test]
fn faults_are_told_by_module_language_and_key() {
    let fault = load("test-a = A\n", "").unwrap_err();
    assert_eq!(fault, WordsFault::Missing { module: "test".into(), lang: Lang::En, key: "test-a".into() });
    let fault = load("", "test-a = A\n").unwrap_err();
    assert_eq!(fault, WordsFault::Missing { module: "test".into(), lang: Lang::Vi, key: "test-a".into() });
    let fault = load("test-a = A\ntest-a = B\n", "test-a = A\n").unwrap_err();
    assert_eq!(fault, WordsFault::Duplicate { module: "test".into(), lang: Lang::Vi, key: "test-a".into() });
    let fault = load("web-product = A\n", "web-product = A\n").unwrap_err();
    assert!(matches!(fault, WordsFault::Duplicate { module, .. } if module == "test"));
    let fault = load("test-a = { $n\n", "test-a = A\n").unwrap_err();
    assert!(matches!(fault, WordsFault::Syntax { lang: Lang::Vi, .. }), "{fault:?}");
}

#[test]
fn a_shell_without_modules_has_its_words() {
    assert!(Shell::bare().unwrap().words().has("kernel-date-empty"));
}

#[test]
fn texts_are_said_with_and_without_values() {
    let en =
        "test-plain = Plain { -name }\n-name = N\ntest-n = { $n ->\n    [one] one item\n   *[other] { $n } items\n}\n";
    let vi = "test-plain = Thường\ntest-n = { $n } mục\n";
    let words = load(vi, en).unwrap();
    assert_eq!(words.say(Lang::Vi, "test-plain"), "Thường");
    assert_eq!(words.say(Lang::En, "test-plain"), "Plain N");
    assert_eq!(words.with(Lang::En, "test-n", &[("n", "1")]), "one item");
    assert_eq!(words.with(Lang::En, "test-n", &[("n", "4600")]), "4600 items");
    assert_eq!(words.with(Lang::Vi, "test-n", &[("n", "4.600")]), "4.600 mục");
    assert_eq!(words.with(Lang::Vi, "test-n", &[("n", "007")]), "007 mục");
    assert_eq!(words.said(Lang::Vi, &Said::new("test-n").with("n", 3)), "3 mục");
    assert_eq!(words.said(Lang::Vi, &Said::new("test-n").key("n", "test-plain")), "Thường mục");
    assert_eq!(words.say(Lang::Vi, "test-none"), "test-none");
    assert_eq!(words.check_keys(&["test-n", "test-none"]), ["test-none"]);
}

#[test]
fn dates_and_numbers_take_the_readers_form() {
    let words = load("", "").unwrap();
    let (vi, en) = (words.talk(Lang::Vi), words.talk(Lang::En));
    let day = Date::constant(2026, 3, 5);
    assert_eq!((vi.date(&day), en.date(&day)), ("05/03/2026".into(), "5 Mar 2026".into()));
    assert_eq!(vi.date_or_dash(&None), "–");
    let at = Instant::start_of(day).plus_seconds(14 * 3600 + 300);
    assert_eq!((vi.instant(&at), en.instant(&at)), ("14:05 05/03/2026".into(), "5 Mar 2026, 14:05".into()));
    assert_eq!((vi.int(4600), en.int(-1_234_567), vi.int(0)), ("4.600".into(), "−1,234,567".into(), "0".into()));
}

/// Every `web-…` key that stands in the sources of this crate.
fn keys_in(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            keys_in(&path, found);
        } else {
            let text = std::fs::read_to_string(&path).unwrap();
            let parts = text.split("\"web-").skip(1).filter_map(|rest| rest.split('"').next());
            found.extend(parts.filter(|key| !key.ends_with('-')).map(|key| format!("web-{key}")));
        }
    }
}

#[test]
fn every_key_used_here_has_its_text() {
    let words = load("", "").unwrap();
    let mut found = Vec::new();
    keys_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    found.extend(codes::ALL.iter().flat_map(|code| [code.title, code.text, code.next].map(str::to_owned)));
    assert!(found.len() > 200, "only {} keys were found", found.len());
    let keys: Vec<&str> = found.iter().map(String::as_str).collect();
    assert_eq!(words.check_keys(&keys), [""; 0]);
}

#[test]
fn no_text_is_left_over() {
    let mut found = Vec::new();
    keys_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    found.extend(codes::ALL.iter().flat_map(|code| [code.title, code.text, code.next].map(str::to_owned)));
    let (_, vi) = WORDS[0];
    let keys = vi.lines().filter(|line| line.starts_with("web-")).filter_map(|line| line.split(" =").next());
    // Offered to modules that read a date themselves.
    let offered = |key: &str| key == "web-fault-date";
    let unused: Vec<&str> = keys.filter(|key| !offered(key) && !found.iter().any(|used| used == key)).collect();
    assert_eq!(unused, [""; 0]);
}
