//! A report on the screen: the same content, each number a link to its observation.

use askama::Template;
use lt_kernel::quantity::numbers;
use lt_web::ui::Tag;
use lt_web::{Html, Talk};

use super::content::{Content, Figure, Line, Paragraph, Run};
use super::paper::{change_line, risk_line, section_key};
use crate::board::shown::evidence_key;
use crate::resolution::door::{pick, target_address};

/// A run: its words, where they lead, and the numbers of its observations with their places.
type Shown = (String, Option<String>, Vec<(usize, String)>);

/// A paragraph of words and figures.
#[derive(Template)]
#[template(
    ext = "html",
    source = r##"{% for (text, href, notes) in runs %}{% if let Some(href) = href %}<a href="{{ href }}">{{ text }}</a>{% for (number, href) in notes %} <a class="soft small" href="{{ href }}">[{{ number }}]</a>{% endfor %}{% else %}{{ text }}{% endif %}{% endfor %}"##
)]
struct Runs {
    runs: Vec<Shown>,
}

/// Most observations named beside one figure.
const MOST: usize = 6;

/// A line of the table.
pub(super) struct Row {
    pub(super) code: String,
    pub(super) href: String,
    pub(super) title: String,
    pub(super) rule: Vec<String>,
    pub(super) value: Html,
    pub(super) as_of: String,
    pub(super) elapsed: String,
    pub(super) verdict: String,
    pub(super) unapproved: bool,
    pub(super) directive: bool,
    pub(super) evidence: &'static str,
    pub(super) owner: String,
    pub(super) note: String,
}

/// A sentence with its lines.
pub(super) struct Rows {
    pub(super) code: String,
    pub(super) text: String,
    pub(super) lines: Vec<Row>,
}

/// A stated cause.
pub(super) struct Why {
    pub(super) code: String,
    pub(super) title: String,
    pub(super) verdict: String,
    pub(super) kind: Option<&'static str>,
    pub(super) text: Html,
    pub(super) remedy: Option<Html>,
}

/// What shows an observation: title, strength, hash, address.
type Proof = (String, &'static str, Option<String>, Option<String>);

/// An observation of the annex.
pub(super) struct Seen {
    pub(super) number: usize,
    pub(super) id: String,
    pub(super) href: Option<String>,
    pub(super) target: String,
    pub(super) measure: String,
    pub(super) value: String,
    pub(super) as_of: String,
    pub(super) approval: &'static str,
    pub(super) proofs: Vec<Proof>,
}

/// A section.
pub(super) struct Section {
    pub(super) number: u8,
    pub(super) title: String,
    pub(super) paragraphs: Vec<Html>,
}

/// A report in the reader's language.
pub(super) struct Screen<'a> {
    t: Talk<'a>,
    content: &'a Content,
}

impl<'a> Screen<'a> {
    pub(super) const fn new(t: Talk<'a>, content: &'a Content) -> Self {
        Self { t, content }
    }

    fn pick<'b>(&self, both: &'b (String, String)) -> &'b str {
        pick(&both.0, &both.1, self.t.lang)
    }

    fn paragraph(&self, paragraph: &Paragraph) -> Html {
        let runs = paragraph
            .iter()
            .map(|run| match run {
                Run::Words { text } => (text.clone(), None, Vec::new()),
                Run::Figure(figure) => self.figure(figure),
            })
            .collect();
        Html::of(&Runs { runs })
    }

    /// The value leads to its observation on the target's page, the numbers behind it to the annex.
    fn figure(&self, figure: &Figure) -> Shown {
        let said = self.t.said(&figure.said);
        let notes: Vec<(usize, String)> = figure
            .rests
            .iter()
            .filter_map(|id| Some((self.content.number(*id)?, format!("#o-{id}"))))
            .take(MOST)
            .collect();
        let href = figure.rests.first().map(|id| {
            if figure.target.is_empty() {
                format!("#o-{id}")
            } else {
                format!("{}#o-{id}", target_address(&self.content.resolution, &figure.target))
            }
        });
        (said, href, notes)
    }

    pub(super) fn section(&self, number: u8) -> Section {
        let name = number.to_string();
        let written = self.content.passages.get(&name).into_iter().flatten();
        Section {
            number,
            title: self.t.s(&section_key(self.content.head.lane, &name)).to_owned(),
            paragraphs: written.map(|paragraph| self.paragraph(paragraph)).collect(),
        }
    }

    pub(super) fn comments(&self) -> Vec<Html> {
        let written = self.content.passages.get("comments").into_iter().flatten();
        written.map(|paragraph| self.paragraph(paragraph)).collect()
    }

    pub(super) fn table(&self) -> Vec<Rows> {
        let groups = self.content.table.iter();
        groups
            .map(|group| Rows {
                code: group.code.clone(),
                text: self.pick(&group.text).to_owned(),
                lines: group.lines.iter().map(|line| self.line(line)).collect(),
            })
            .collect()
    }

    fn line(&self, line: &Line) -> Row {
        let t = self.t;
        Row {
            code: line.code.clone(),
            href: target_address(&self.content.resolution, &line.code),
            title: self.pick(&line.title).to_owned(),
            rule: line.rule.iter().map(|said| t.said(said)).collect(),
            value: line.value.as_ref().map_or_else(
                || Html::text(t.s("targets-report-no-value")),
                |figure| Html::of(&Runs { runs: vec![self.figure(figure)] }),
            ),
            as_of: t.date_or_dash(&line.as_of),
            elapsed: numbers::write_percent(&line.elapsed, 0, t.lang),
            verdict: t.s(&line.verdict).to_owned(),
            unapproved: line.unapproved,
            directive: line.directive,
            evidence: evidence_key(line.evidence),
            owner: line.owner.clone(),
            note: line.note.clone(),
        }
    }

    pub(super) fn causes(&self) -> Vec<Why> {
        let all = self.content.causes.iter();
        all.map(|why| Why {
            code: why.code.clone(),
            title: self.pick(&why.title).to_owned(),
            verdict: self.t.s(&why.verdict).to_owned(),
            kind: why.kind.map(crate::review::cause::Kind::key),
            text: self.paragraph(&why.text),
            remedy: (!why.remedy.is_empty()).then(|| self.paragraph(&why.remedy)),
        })
        .collect()
    }

    pub(super) fn risks(&self) -> Vec<String> {
        self.content.risks.iter().map(|risk| risk_line(self.t, risk)).collect()
    }

    pub(super) fn changed(&self) -> Vec<String> {
        self.content.changed.iter().map(|change| change_line(self.t, change)).collect()
    }

    pub(super) fn shown(&self) -> Vec<Seen> {
        let all = self.content.shown.iter().zip(1_usize..);
        all.map(|(one, number)| Seen {
            number,
            id: one.id.to_string(),
            href: (!one.target.is_empty())
                .then(|| format!("{}#o-{}", target_address(&self.content.resolution, &one.target), one.id)),
            target: one.target.clone(),
            measure: self.pick(&one.measure).to_owned(),
            value: self.t.said(&one.value),
            as_of: self.t.date(&one.as_of),
            approval: if one.approved { "targets-approval-approved" } else { "targets-approval-recorded" },
            proofs: one
                .evidence
                .iter()
                .map(|proof| {
                    let href = proof.sha256.as_ref().map(|_| format!("/evidence/{}", proof.id));
                    (proof.title.clone(), evidence_key(proof.kind), proof.sha256.clone(), href)
                })
                .collect(),
        })
        .collect()
    }

    /// The mark of a preview.
    pub(super) fn draft(&self) -> Tag {
        Tag::warn(self.t.s("targets-report-draft"))
    }
}
