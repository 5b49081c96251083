//! The words of the program: Fluent texts of all modules, in both languages, loaded once.
//!
//! Most texts need no values. They are resolved when the program starts, so that a table of 500 rows
//! costs look-ups in a map and no evaluation of Fluent.

use std::collections::HashSet;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast;
use lt_kernel::{Date, Instant, Lang, Said};
use rustc_hash::FxHashMap;
use unic_langid::LanguageIdentifier;

/// The words of a crate: its name and its Fluent text in each language.
pub type Texts<'a> = (&'a str, &'a [(Lang, &'a str)]);

/// Why the words cannot be used; the program does not start.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WordsFault {
    /// The text is not Fluent.
    #[error("{module} ({lang}): broken near: {near}")]
    Syntax {
        /// Whose words.
        module: String,
        /// In which language.
        lang: Lang,
        /// The first characters of the place.
        near: String,
    },
    /// Two texts under one key in one language.
    #[error("{module} ({lang}): the key {key} is taken already")]
    Duplicate {
        /// Whose words.
        module: String,
        /// In which language.
        lang: Lang,
        /// The key.
        key: String,
    },
    /// A key that one language has and this one lacks.
    #[error("{module} ({lang}): the key {key} is missing")]
    Missing {
        /// Whose words.
        module: String,
        /// The language without it.
        lang: Lang,
        /// The key.
        key: String,
    },
}

/// The words of one language.
struct Tongue {
    /// Texts without values, ready to print.
    plain: FxHashMap<Box<str>, Box<str>>,
    /// Everything, for texts with values.
    bundle: FluentBundle<FluentResource>,
}

/// The words of all modules in both languages.
pub struct Words {
    vi: Tongue,
    en: Tongue,
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Words({} plain texts)", self.vi.plain.len())
    }
}

/// Keys of the messages of a text, in order.
fn keys(resource: &FluentResource) -> Vec<String> {
    let message = |entry: &ast::Entry<&str>| match entry {
        ast::Entry::Message(message) if message.value.is_some() => Some(message.id.name.to_owned()),
        _ => None,
    };
    resource.entries().filter_map(message).collect()
}

/// Reads a text and says where it is broken.
fn parse(module: &str, lang: Lang, text: &str) -> Result<FluentResource, WordsFault> {
    FluentResource::try_new(text.to_owned()).map_err(|(_, errors)| {
        let start = errors.first().map_or(0, |error| error.pos.start);
        let near = text.get(start..).unwrap_or(text).chars().take(60).collect();
        WordsFault::Syntax { module: module.to_owned(), lang, near }
    })
}

impl Default for Words {
    /// No words at all: every key shows itself.
    fn default() -> Self {
        let none = || Tongue { plain: FxHashMap::default(), bundle: FluentBundle::new_concurrent(Vec::new()) };
        Self { vi: none(), en: none() }
    }
}

impl Tongue {
    /// All texts of one language, with (module, key) of each.
    fn load(lang: Lang, all: &[Texts<'_>]) -> Result<(Self, Vec<(String, String)>), WordsFault> {
        let language: Option<LanguageIdentifier> = lang.code().parse().ok();
        let mut bundle = FluentBundle::new_concurrent(language.into_iter().collect());
        bundle.set_use_isolating(false);
        let mut owned: Vec<(String, String)> = Vec::new();
        let mut known = HashSet::new();
        for (module, texts) in all {
            for (_, text) in texts.iter().filter(|(of, _)| *of == lang) {
                let resource = parse(module, lang, text)?;
                for key in keys(&resource) {
                    if !known.insert(key.clone()) {
                        return Err(WordsFault::Duplicate { module: (*module).to_owned(), lang, key });
                    }
                    owned.push(((*module).to_owned(), key));
                }
                bundle.add_resource_overriding(resource);
            }
        }
        let mut plain = FxHashMap::default();
        for (_, key) in &owned {
            let mut errors = Vec::new();
            if let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) {
                let text = bundle.format_pattern(pattern, None, &mut errors);
                if errors.is_empty() {
                    plain.insert(key.as_str().into(), text.as_ref().into());
                }
            }
        }
        Ok((Self { plain, bundle }, owned))
    }

    /// The text of a key with values.
    fn with<'v>(&self, key: &str, values: impl Iterator<Item = (&'v str, &'v str)>) -> Option<String> {
        let pattern = self.bundle.get_message(key)?.value()?;
        let args: FluentArgs<'_> = values.map(|(name, value)| (name, fluent_value(value))).collect();
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(&args), &mut errors);
        // A reader gets what can be said; a test ends here.
        debug_assert!(errors.is_empty(), "{key} was said with wrong values: {errors:?}");
        if !errors.is_empty() {
            tracing::warn!(key, ?errors, "a text was said with wrong values");
        }
        Some(text.into_owned())
    }
}

/// Whole numbers become numbers, so that a text may choose by count; everything else stays as written.
/// Vietnamese `4.600` is not a whole number here and is left alone.
fn fluent_value(value: &str) -> FluentValue<'_> {
    let digits = value.len() <= 15 && !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    if digits && (value == "0" || !value.starts_with('0')) {
        FluentValue::try_number(value)
    } else {
        FluentValue::from(value)
    }
}

impl Words {
    /// Loads the words of all modules.
    ///
    /// # Errors
    /// [`WordsFault`]: a text that is not Fluent, a key used twice, a key that one language lacks.
    pub fn load(all: &[Texts<'_>]) -> Result<Self, WordsFault> {
        let (vi, vi_keys) = Tongue::load(Lang::Vi, all)?;
        let (en, en_keys) = Tongue::load(Lang::En, all)?;
        for (lang, tongue, keys) in [(Lang::En, &en, &vi_keys), (Lang::Vi, &vi, &en_keys)] {
            if let Some((module, key)) = keys.iter().find(|(_, key)| !tongue.bundle.has_message(key)) {
                return Err(WordsFault::Missing { module: module.clone(), lang, key: key.clone() });
            }
        }
        Ok(Self { vi, en })
    }

    fn tongue(&self, lang: Lang) -> &Tongue {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        }
    }

    /// The text of a key that needs no values; an unknown key shows itself.
    pub fn say<'k, 's: 'k>(&'s self, lang: Lang, key: &'k str) -> &'k str {
        self.tongue(lang).plain.get(key).map_or(key, AsRef::as_ref)
    }

    /// The text of a key with values; an unknown key shows itself.
    pub fn with(&self, lang: Lang, key: &str, values: &[(&str, &str)]) -> String {
        self.tongue(lang).with(key, values.iter().copied()).unwrap_or_else(|| key.to_owned())
    }

    /// What a model said, in words.
    pub fn said(&self, lang: Lang, said: &Said) -> String {
        if said.args.is_empty() {
            return self.say(lang, &said.key).to_owned();
        }
        let say = |inner: &Said| self.said(lang, inner);
        let written: Vec<_> = said.args.iter().map(|(name, arg)| (name.as_str(), arg.write(lang, &say))).collect();
        let values = written.iter().map(|(name, value)| (*name, value.as_str()));
        self.tongue(lang).with(&said.key, values).unwrap_or_else(|| said.key.clone())
    }

    /// Whether the key has a text.
    pub fn has(&self, key: &str) -> bool {
        self.vi.bundle.has_message(key)
    }

    /// Those of `keys` that have no text; for tests: `assert_eq!(words.check_keys(KEYS), [""; 0])`.
    pub fn check_keys<'k>(&self, keys: &[&'k str]) -> Vec<&'k str> {
        keys.iter().copied().filter(|key| !self.has(key)).collect()
    }

    /// The words spoken in one language.
    pub fn talk(&self, lang: Lang) -> Talk<'_> {
        Talk { words: self, lang }
    }
}

/// The words in the reader's language; templates call it `t`.
#[derive(Debug, Clone, Copy)]
pub struct Talk<'a> {
    /// All words.
    pub words: &'a Words,
    /// The reader's language.
    pub lang: Lang,
}

impl<'a> Talk<'a> {
    /// The text of a key that needs no values: `{{ t.s("targets-board-title") }}`.
    pub fn s<'k>(&self, key: &'k str) -> &'k str
    where
        'a: 'k,
    {
        self.words.say(self.lang, key)
    }

    /// The text of a key with one value: `{{ t.a("targets-owner", "name", target.owner) }}`.
    pub fn a(&self, key: &str, name: &str, value: impl std::fmt::Display) -> String {
        self.words.with(self.lang, key, &[(name, &value.to_string())])
    }

    /// The text of a key with several values.
    pub fn with(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.words.with(self.lang, key, values)
    }

    /// What a model said.
    pub fn said(&self, said: &Said) -> String {
        self.words.said(self.lang, said)
    }

    /// A date: `05/03/2026`, in English `5 Mar 2026`.
    pub fn date(&self, date: &Date) -> String {
        lt_kernel::text::dates::write(*date, self.lang)
    }

    /// A date that may be missing; then an en dash.
    pub fn date_or_dash(&self, date: &Option<Date>) -> String {
        date.as_ref().map_or_else(|| "–".to_owned(), |date| self.date(date))
    }

    /// An instant in Vietnam's time: `14:05 05/03/2026`, in English `5 Mar 2026, 14:05`.
    pub fn instant(&self, at: &Instant) -> String {
        let civil = at.civil();
        let (hour, minute) = (civil.hour(), civil.minute());
        match self.lang {
            Lang::Vi => format!("{hour:02}:{minute:02} {}", self.date(&civil.date())),
            Lang::En => format!("{}, {hour:02}:{minute:02}", self.date(&civil.date())),
        }
    }

    /// A whole number in groups of three: `4.600`, in English `4,600`.
    pub fn int(&self, number: impl std::fmt::Display) -> String {
        let text = number.to_string();
        let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("−", rest));
        let mark = if self.lang == Lang::Vi { '.' } else { ',' };
        let mut grouped = String::from(sign);
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place) % 3 == 0 {
                grouped.push(mark);
            }
            grouped.push(digit);
        }
        grouped
    }
}
