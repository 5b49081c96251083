//! The one mapping from the content of a report to a paper: PDF and DOCX are drawn from it. Papers are Vietnamese.

use lt_kernel::Lang;
use lt_kernel::calendar::{Period, PeriodKind};
use lt_kernel::quantity::numbers;
use lt_paper::{Align, Block, Cell, Column, Head, Indent, Inline, Letterhead, PageSize, Paper, Row, Signature, Table};
use lt_web::Talk;

use super::changes::Changed;
use super::content::{Content, Figure, Line, Paragraph, Run};
use super::number::{day_in_words, written};
use super::store::Issued;
use crate::board::shown::evidence_key;
use crate::file::format::Lane;
use crate::resolution::door::target_address;

/// Most observations named beside one figure.
const MOST: usize = 6;
/// Size of the type in wide tables, in points.
const SMALL: u8 = 10;

/// Draws papers of one report.
struct Drawer<'a> {
    t: Talk<'a>,
    content: &'a Content,
    /// Where the program is reached, without a slash at the end.
    base: &'a str,
}

/// What the report is about: as a person wrote it, else from period and resolution.
#[must_use]
pub fn about(t: Talk<'_>, content: &Content) -> String {
    if !content.head.about.is_empty() {
        return content.head.about.clone();
    }
    let period = content.period.parse::<Period>();
    let is_year = period.as_ref().is_ok_and(|period| period.kind() == PeriodKind::Year);
    let name = period.map_or_else(|_| content.period.clone(), |period| period.name(t.lang));
    let title = crate::resolution::door::pick(&content.title.0, &content.title.1, t.lang);
    let key = if is_year { "targets-report-about-year" } else { "targets-report-about" };
    t.with(key, &[("period", &name), ("title", title)])
}

/// The paper of an issued version. `base` is where the program is reached (`https://…`).
#[must_use]
pub fn paper(t: Talk<'_>, issued: &Issued, base: &str) -> Paper {
    let content = &issued.content;
    let head = &content.head;
    let letter = Letterhead {
        superior: (!head.superior.is_empty()).then(|| head.superior.to_uppercase()),
        issuer: head.issuer.to_uppercase(),
        number: written(head.lane, issued.drawn, &head.symbol),
        place: head.place.clone(),
        date: day_in_words(issued.day()),
        kind: t.s("targets-report-kind").to_owned(),
        summary: about(t, content),
    };
    let drawer = Drawer { t, content, base };
    Paper {
        title: format!("{} {}", t.s("targets-report-kind"), about(t, content)),
        lang: Lang::Vi,
        page: PageSize::A4,
        head: if head.lane == Lane::Party { Head::Party(letter) } else { Head::State(letter) },
        blocks: drawer.body(),
        signature: Some(Signature {
            authority: head.authority.clone(),
            office: head.office.clone(),
            name: None,
            recipients: head.recipients.clone(),
        }),
        annex: drawer.annex(issued),
        created: issued.issued_at,
    }
}

impl Drawer<'_> {
    fn body(&self) -> Vec<Block> {
        let (t, content) = (self.t, self.content);
        let mut blocks = vec![Block::Para {
            text: vec![Inline::italic(t.a("targets-report-cutoff", "cutoff", t.date(&content.cutoff)))],
            align: Align::Center,
            indent: Indent::None,
        }];
        for section in 1..=9 {
            let name = section.to_string();
            let key = section_key(content.head.lane, &name);
            blocks.push(Block::heading(1, format!("{section}. {}", t.s(&key))));
            let before = blocks.len();
            for paragraph in content.passages.get(&name).into_iter().flatten() {
                blocks.push(Block::para(self.paragraph(paragraph)));
            }
            match section {
                6 => self.table(&mut blocks),
                7 => self.causes(&mut blocks),
                8 => self.risks(&mut blocks),
                _ => {}
            }
            if blocks.len() == before {
                blocks.push(Block::text(t.s("targets-report-nothing")));
            }
        }
        blocks
    }

    fn paragraph(&self, paragraph: &Paragraph) -> Vec<Inline> {
        paragraph
            .iter()
            .flat_map(|run| match run {
                Run::Words { text } => vec![Inline::plain(text.clone())],
                Run::Figure(figure) => self.figure(figure),
            })
            .collect()
    }

    /// The value leads to the annex; the numbers behind it to every observation it rests on.
    fn figure(&self, figure: &Figure) -> Vec<Inline> {
        let said = self.t.said(&figure.said);
        let known: Vec<(usize, String)> =
            figure.rests.iter().filter_map(|id| Some((self.content.number(*id)?, format!("o-{id}")))).collect();
        let Some((_, anchor)) = known.first() else { return vec![Inline::plain(said)] };
        let mut runs = vec![Inline::to_anchor(said, anchor.clone()), Inline::plain(" [")];
        for (place, (number, anchor)) in known.iter().take(MOST).enumerate() {
            if place > 0 {
                runs.push(Inline::plain(", "));
            }
            runs.push(Inline::to_anchor(number.to_string(), anchor.clone()));
        }
        runs.push(Inline::plain(if known.len() > MOST { ", …]" } else { "]" }));
        runs
    }

    fn table(&self, blocks: &mut Vec<Block>) {
        let t = self.t;
        let (met, all) = self.content.met();
        blocks.push(Block::text(t.with("targets-report-met", &[("met", &met.to_string()), ("all", &all.to_string())])));
        let heads = ["target", "value", "as-of", "elapsed", "verdict", "evidence", "owner"];
        let mut rows = Vec::new();
        for group in &self.content.table {
            let text = vec![Inline::bold(format!("{}. ", group.code)), Inline::plain(group.text.0.clone())];
            rows.push(Row::of([Cell::new(text).over(7)]));
            rows.extend(group.lines.iter().map(|line| self.line(line)));
        }
        let weights = [4.4, 1.9, 2.1, 1.2, 1.7, 1.8, 3.5];
        blocks.push(Block::Table(Table {
            caption: vec![Inline::bold(t.s("targets-report-table"))],
            columns: weights.into_iter().map(|weight| Column::new(weight, Align::Left)).collect(),
            head: vec![Row::of(heads.map(|part| Cell::from(t.s(&format!("targets-report-col-{part}")))))],
            rows,
            size: Some(SMALL),
        }));
    }

    fn line(&self, line: &Line) -> Row {
        let t = self.t;
        let rule: Vec<String> = line.rule.iter().map(|said| t.said(said)).collect();
        let mut verdict = t.s(&line.verdict).to_owned();
        if line.unapproved {
            verdict = format!("{verdict} ({})", t.s("targets-report-unapproved"));
        }
        let directive = if line.directive { format!("\n{}", t.s("targets-standing-directive")) } else { String::new() };
        let owner = if line.note.is_empty() { line.owner.clone() } else { format!("{}\n{}", line.owner, line.note) };
        Row::of([
            Cell::new(vec![
                Inline::bold(format!("{} ", line.code)),
                Inline::plain(format!("{}{directive}\n", line.title.0)),
                Inline::italic(rule.join("\n")),
            ]),
            Cell::new(match &line.value {
                Some(figure) => self.figure(figure),
                None => vec![Inline::plain(t.s("targets-report-no-value"))],
            }),
            Cell::from(t.date_or_dash(&line.as_of).as_str()),
            Cell::from(numbers::write_percent(&line.elapsed, 0, t.lang).as_str()),
            Cell::from(verdict.as_str()),
            Cell::from(t.s(evidence_key(line.evidence))),
            Cell::from(owner.as_str()),
        ])
    }

    fn causes(&self, blocks: &mut Vec<Block>) {
        let t = self.t;
        for why in &self.content.causes {
            let kind = why.kind.map(|kind| t.s(kind.key())).unwrap_or_default();
            let mut text = vec![
                Inline::bold(format!("{} – {}", why.code, why.title.0)),
                Inline::plain(format!(" ({}). {} ({kind}): ", t.s(&why.verdict), t.s("targets-report-cause"))),
            ];
            text.extend(self.paragraph(&why.text));
            if !why.remedy.is_empty() {
                text.push(Inline::plain(format!(" {}: ", t.s("targets-report-remedy"))));
                text.extend(self.paragraph(&why.remedy));
            }
            blocks.push(Block::para(text));
        }
    }

    fn risks(&self, blocks: &mut Vec<Block>) {
        let t = self.t;
        if self.content.risks.is_empty() {
            return;
        }
        blocks.push(Block::text(t.s("targets-report-risks")));
        let items = self.content.risks.iter().map(|risk| vec![Inline::plain(risk_line(t, risk))]).collect();
        blocks.push(Block::List { ordered: false, items });
    }

    fn annex(&self, issued: &Issued) -> Vec<Block> {
        let (t, content) = (self.t, self.content);
        let mut blocks = vec![Block::heading(1, t.s("targets-report-annex-evidence"))];
        blocks.push(Block::Note(vec![Inline::plain(t.with(
            "targets-report-frozen",
            &[
                ("number", &content.frozen.0.to_string()),
                ("sha256", &grouped(&content.frozen.1)),
                ("rules", &content.rules),
            ],
        ))]));
        if content.shown.is_empty() {
            blocks.push(Block::text(t.s("targets-report-nothing")));
        } else {
            blocks.push(self.evidence());
        }
        blocks.push(Block::heading(1, t.s("targets-report-annex-changed")));
        if content.changed.is_empty() {
            let key = if issued.version > 1 { "targets-report-changed-none" } else { "targets-report-changed-first" };
            blocks.push(Block::text(t.s(key)));
        } else {
            let items = content.changed.iter().map(|change| vec![Inline::plain(change_line(t, change))]).collect();
            blocks.push(Block::List { ordered: true, items });
        }
        if let Some(comments) = content.passages.get("comments") {
            blocks.push(Block::heading(1, t.s("targets-report-section-comments")));
            blocks.extend(comments.iter().map(|paragraph| Block::para(self.paragraph(paragraph))));
        }
        blocks
    }

    fn evidence(&self) -> Block {
        let t = self.t;
        let rows = self.content.shown.iter().zip(1_usize..).map(|(one, number)| {
            let mut proofs = Vec::new();
            for proof in &one.evidence {
                proofs.push(Inline::plain(format!("{} ({})", proof.title, t.s(evidence_key(proof.kind)))));
                if let Some(hash) = &proof.sha256 {
                    proofs.push(Inline::plain(format!("\nSHA-256 {}", grouped(hash))));
                }
                proofs.push(Inline::plain("\n"));
            }
            let page = if one.target.is_empty() {
                vec![Inline::plain("–")]
            } else {
                let address =
                    format!("{}{}#o-{}", self.base, target_address(&self.content.resolution, &one.target), one.id);
                vec![Inline::to_url(one.target.clone(), address)]
            };
            let approval = if one.approved { "targets-approval-approved" } else { "targets-approval-recorded" };
            Row::of([
                Cell::new(vec![Inline::Anchor(format!("o-{}", one.id)), Inline::plain(format!("[{number}]"))]),
                Cell::new(vec![
                    Inline::plain(format!("{}: ", one.measure.0)),
                    Inline::bold(t.said(&one.value)),
                    Inline::plain(format!(" ({})", t.s(approval))),
                ]),
                Cell::from(t.date(&one.as_of).as_str()),
                Cell::new(page),
                Cell::new(proofs),
            ])
        });
        let heads = ["number", "observation", "as-of", "page", "evidence"];
        let weights = [1.0, 5.0, 2.0, 1.8, 5.2];
        Block::Table(Table {
            caption: vec![Inline::bold(t.s("targets-report-annex-table"))],
            columns: weights.into_iter().map(|weight| Column::new(weight, Align::Left)).collect(),
            head: vec![Row::of(heads.map(|part| Cell::from(t.s(&format!("targets-report-col-{part}")))))],
            rows: rows.collect(),
            size: Some(SMALL),
        })
    }
}

/// Key of a section's name; the Party's and the State's differ where the matter does.
#[must_use]
pub fn section_key(lane: Lane, section: &str) -> String {
    let state = lane == Lane::State && matches!(section, "1" | "2" | "3" | "5");
    format!("targets-report-section-{section}{}", if state { "-state" } else { "" })
}

/// A target behind time, in one line.
#[must_use]
pub fn risk_line(t: Talk<'_>, risk: &super::content::Risk) -> String {
    let elapsed = numbers::write_percent(&risk.elapsed, 0, t.lang);
    let title = crate::resolution::door::pick(&risk.title.0, &risk.title.1, t.lang);
    let done = risk.progress.as_ref().map(|done| numbers::write_percent(done, 0, t.lang));
    let key = if done.is_some() { "targets-report-risk" } else { "targets-report-risk-open" };
    t.with(
        key,
        &[
            ("code", &risk.code),
            ("title", title),
            ("done", done.as_deref().unwrap_or_default()),
            ("elapsed", &elapsed),
            ("owner", &risk.owner),
        ],
    )
}

/// A change, in one line: what it was, what it is.
#[must_use]
pub fn change_line(t: Talk<'_>, change: &Changed) -> String {
    let none = || t.s("targets-report-no-value").to_owned();
    match change {
        Changed::Figure { target, measure, as_of, old, new, why } => {
            let value = |side: &Option<(_, lt_kernel::Said)>| side.as_ref().map_or_else(none, |(_, said)| t.said(said));
            let line = t.with(
                "targets-report-changed-figure",
                &[
                    ("target", target),
                    ("measure", crate::resolution::door::pick(&measure.0, &measure.1, t.lang)),
                    ("as-of", &t.date(as_of)),
                    ("old", &value(old)),
                    ("new", &value(new)),
                ],
            );
            if why.is_empty() { line } else { t.with("targets-report-changed-why", &[("line", &line), ("why", why)]) }
        }
        Changed::Verdict { target, title, old, new } => {
            let side = |(key, said): &(String, Option<lt_kernel::Said>)| match said {
                Some(said) => format!("{} ({})", t.s(key), t.said(said)),
                None => t.s(key).to_owned(),
            };
            t.with(
                "targets-report-changed-verdict",
                &[
                    ("target", target),
                    ("title", crate::resolution::door::pick(&title.0, &title.1, t.lang)),
                    ("old", &side(old)),
                    ("new", &side(new)),
                ],
            )
        }
    }
}

/// A hash in groups of eight, so that it can break at a line's end and be compared by eye.
fn grouped(hash: &str) -> String {
    let letters: Vec<char> = hash.chars().collect();
    letters.chunks(8).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}
