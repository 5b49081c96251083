//! Words in cells that stand for something of ours: stages, judgements, grades; in either language or as codes.

use std::collections::HashMap;

use lt_kernel::text::fold;
use lt_kernel::{Date, Lang, Said};
use lt_web::Words;

use crate::observation::{Judgement, Stage};
use crate::scheme::Schemes;

/// What words stand for.
#[derive(Debug, Clone, Default)]
pub struct Spellings {
    stages: HashMap<String, Stage>,
    judgements: HashMap<String, Judgement>,
}

fn code<T: serde::Serialize>(value: T) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

impl Spellings {
    /// The words of both languages.
    #[must_use]
    pub fn of(words: &Words) -> Self {
        let mut own = Self::default();
        for stage in Stage::ALL {
            own.stages.insert(code(stage), stage);
            for lang in Lang::ALL {
                own.stages.insert(fold(words.say(lang, stage.key())), stage);
            }
        }
        for judgement in [Judgement::Done, Judgement::NotDone, Judgement::InPart] {
            own.judgements.insert(code(judgement), judgement);
            for lang in Lang::ALL {
                own.judgements.insert(fold(words.say(lang, judgement.key())), judgement);
            }
        }
        own
    }

    /// The stage of a word.
    ///
    /// # Errors
    /// The word is none; the codes are named.
    pub fn stage(&self, word: &str) -> Result<Stage, Said> {
        let known = || Stage::ALL.map(code).join(", ");
        let found = self.stages.get(word).or_else(|| self.stages.get(&fold(word))).copied();
        found.ok_or_else(|| Said::new("targets-import-stage").with("word", word).with("known", known()))
    }

    /// The judgement of a word.
    ///
    /// # Errors
    /// The word is none; the codes are named.
    pub fn judgement(&self, word: &str) -> Result<Judgement, Said> {
        let known = || [Judgement::Done, Judgement::NotDone, Judgement::InPart].map(code).join(", ");
        let found = self.judgements.get(word).or_else(|| self.judgements.get(&fold(word))).copied();
        found.ok_or_else(|| Said::new("targets-import-judgement").with("word", word).with("known", known()))
    }
}

/// A grade as `scheme/grade`: a text of that form stays as it is; a name or code alone is looked up among the
/// schemes in force on the day.
///
/// # Errors
/// No scheme in force has it, or several have: then the forms to choose from are named.
pub fn grade(text: &str, as_of: Option<Date>, schemes: &Schemes) -> Result<String, Said> {
    if text.contains('/') {
        return Ok(text.to_owned());
    }
    let wanted = fold(text);
    let in_force = schemes.schemes.iter().filter(|scheme| as_of.is_none_or(|day| scheme.valid.holds(day)));
    let found: Vec<String> = in_force
        .flat_map(|scheme| scheme.grades.iter().map(move |grade| (scheme, grade)))
        .filter(|(_, grade)| [&grade.code, &grade.name, &grade.name_en].into_iter().any(|name| fold(name) == wanted))
        .map(|(scheme, grade)| format!("{}/{}", scheme.code, grade.code))
        .collect();
    match found.as_slice() {
        [one] => Ok(one.clone()),
        [] => Err(Said::new("targets-import-grade-none").with("grade", text)),
        several => Err(Said::new("targets-import-grade-several").with("grade", text).with("known", several.join(", "))),
    }
}
