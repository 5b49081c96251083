//! Short marks: states, and verdicts that differ in sign, word and colour.

use askama::Template;

use super::safe;
use crate::words::Talk;

/// A verdict as it is shown. What leads to it is the business of the module that judges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Đạt.
    Met,
    /// Vượt.
    Exceeded,
    /// Đang thực hiện: not yet met, and nothing says it will be missed.
    OnTheWay,
    /// Có nguy cơ không đạt.
    AtRisk,
    /// Chưa đạt.
    NotMet,
    /// Chưa xác định: there are figures, but they do not decide.
    Undetermined,
    /// Chưa có số liệu.
    Unknown,
    /// Không áp dụng.
    NotApplicable,
}

impl Verdict {
    /// All, best first.
    pub const ALL: [Self; 8] = [
        Self::Exceeded,
        Self::Met,
        Self::OnTheWay,
        Self::AtRisk,
        Self::NotMet,
        Self::Undetermined,
        Self::Unknown,
        Self::NotApplicable,
    ];

    /// Class of its colour in tags.
    pub fn class(self) -> &'static str {
        match self {
            Self::Exceeded => "v-exceeded",
            Self::Met => "v-met",
            Self::OnTheWay => "v-way",
            Self::AtRisk => "v-risk",
            Self::NotMet => "v-not-met",
            Self::Undetermined => "v-undetermined",
            Self::Unknown => "v-unknown",
            Self::NotApplicable => "v-none",
        }
    }

    /// Class of its colour as the fill of a chart.
    pub fn fill(self) -> &'static str {
        match self {
            Self::Exceeded => "f-exceeded",
            Self::Met => "f-met",
            Self::OnTheWay => "f-way",
            Self::AtRisk => "f-risk",
            Self::NotMet => "f-not-met",
            Self::Undetermined => "f-undetermined",
            Self::Unknown => "f-unknown",
            Self::NotApplicable => "f-none",
        }
    }

    /// Key of its word.
    pub fn key(self) -> &'static str {
        match self {
            Self::Exceeded => "web-verdict-exceeded",
            Self::Met => "web-verdict-met",
            Self::OnTheWay => "web-verdict-on-the-way",
            Self::AtRisk => "web-verdict-at-risk",
            Self::NotMet => "web-verdict-not-met",
            Self::Undetermined => "web-verdict-undetermined",
            Self::Unknown => "web-verdict-unknown",
            Self::NotApplicable => "web-verdict-not-applicable",
        }
    }

    /// Its sign: another shape for each.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Exceeded => "▲",
            Self::Met => "●",
            Self::OnTheWay => "▷",
            Self::AtRisk => "◆",
            Self::NotMet => "■",
            Self::Undetermined => "◐",
            Self::Unknown => "○",
            Self::NotApplicable => "–",
        }
    }
}

/// A short mark.
#[derive(Debug, Clone, Template)]
#[template(
    ext = "html",
    source = r#"<span class="tag {{ class }}">{% if !sign.is_empty() %}<span class="sign" aria-hidden="true">{{ sign }}</span> {% endif %}{{ text }}</span>"#
)]
#[must_use]
pub struct Tag {
    text: String,
    class: &'static str,
    sign: &'static str,
}

impl Tag {
    /// A neutral mark.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), class: "", sign: "" }
    }

    /// Something good or finished.
    pub fn good(text: impl Into<String>) -> Self {
        Self { class: "good", sign: "✓", ..Self::new(text) }
    }

    /// Something to look at.
    pub fn warn(text: impl Into<String>) -> Self {
        Self { class: "warn", sign: "!", ..Self::new(text) }
    }

    /// Something wrong.
    pub fn bad(text: impl Into<String>) -> Self {
        Self { class: "bad", sign: "✕", ..Self::new(text) }
    }

    /// A verdict.
    pub fn verdict(t: Talk<'_>, verdict: Verdict) -> Self {
        Self { text: t.s(verdict.key()).to_owned(), class: verdict.class(), sign: verdict.sign() }
    }
}

safe!(Tag);
