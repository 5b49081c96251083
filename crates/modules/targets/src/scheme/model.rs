//! A scheme lists grades, best first. A grade of one scheme says nothing in another unless a person signed so.

use lt_kernel::Interval;
use serde::{Deserialize, Serialize};

/// One grade.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grade {
    /// Its code within the scheme.
    pub code: String,
    /// Its name in Vietnamese.
    pub name: String,
    /// Its name in English.
    pub name_en: String,
}

/// A list of grades with the days it was in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scheme {
    /// Its code, such as `org-2018`.
    pub code: String,
    /// Its name in Vietnamese.
    pub name: String,
    /// Its name in English.
    pub name_en: String,
    /// When it was in force.
    pub valid: Interval,
    /// The text it comes from.
    pub source: String,
    /// How far the source was checked (mark of the reference).
    pub trust: String,
    /// Grades, best first.
    #[serde(rename = "grade")]
    pub grades: Vec<Grade>,
}

/// A grade of one scheme taken for a grade of another, signed by a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Crosswalk {
    /// Scheme and grade that was given.
    pub from: (String, String),
    /// Scheme and grade it is taken for.
    pub to: (String, String),
    /// Who signed, and on what ground.
    pub signed: String,
}

/// All schemes and crosswalks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schemes {
    /// The schemes.
    #[serde(default, rename = "scheme")]
    pub schemes: Vec<Scheme>,
    /// The crosswalks that were signed.
    #[serde(default, rename = "crosswalk", skip_serializing_if = "Vec::is_empty")]
    pub crosswalks: Vec<Crosswalk>,
}

/// How two grades compare.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Compared {
    /// The given grade is the asked one or better; the crosswalk used, if any.
    Reaches(Option<Crosswalk>),
    /// It is worse.
    Falls(Option<Crosswalk>),
    /// They belong to different schemes, and nobody signed a crosswalk.
    NoCrosswalk,
    /// The scheme or the grade is not known.
    NoSuchGrade,
}

impl Schemes {
    /// The scheme of a code.
    #[must_use]
    pub fn scheme(&self, code: &str) -> Option<&Scheme> {
        self.schemes.iter().find(|scheme| scheme.code == code)
    }

    /// The grade of a code within a scheme.
    #[must_use]
    pub fn grade(&self, scheme: &str, grade: &str) -> Option<&Grade> {
        self.scheme(scheme)?.grades.iter().find(|known| known.code == grade)
    }

    /// Place of a grade in its scheme; 0 is best.
    fn place(&self, scheme: &str, grade: &str) -> Option<usize> {
        self.scheme(scheme)?.grades.iter().position(|known| known.code == grade)
    }

    /// Whether the grade `given` reaches the grade `asked`, each as (scheme, grade).
    #[must_use]
    pub fn compare(&self, given: (&str, &str), asked: (&str, &str)) -> Compared {
        let Some(goal) = self.place(asked.0, asked.1) else { return Compared::NoSuchGrade };
        let Some(had) = self.place(given.0, given.1) else { return Compared::NoSuchGrade };
        if given.0 == asked.0 {
            return if had <= goal { Compared::Reaches(None) } else { Compared::Falls(None) };
        }
        let walk = self
            .crosswalks
            .iter()
            .find(|walk| (walk.from.0.as_str(), walk.from.1.as_str()) == given && walk.to.0 == asked.0);
        match walk.and_then(|walk| Some((walk, self.place(&walk.to.0, &walk.to.1)?))) {
            Some((walk, had)) if had <= goal => Compared::Reaches(Some(walk.clone())),
            Some((walk, _)) => Compared::Falls(Some(walk.clone())),
            None => Compared::NoCrosswalk,
        }
    }
}
