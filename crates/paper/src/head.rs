//! The head and foot of an official paper: who issues it, under which motto, its number, place and date,
//! its kind and summary; who signs and who receives it. State and Party papers differ, so they are two layouts.
//!
//! Sources: State papers: Decree 30/2020/NĐ-CP, Annex I. Party papers: HD 36-HD/VPTW of 3 April 2018.

use crate::model::Align;

/// The layout of the first page's head.
#[derive(Debug, Clone, PartialEq)]
pub enum Head {
    /// No official head; the title of the paper alone, in the middle.
    Plain,
    /// A paper of a State body.
    State(Letterhead),
    /// A paper of a Party body.
    Party(Letterhead),
}

/// What the head of an official paper says.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Letterhead {
    /// The body above the issuer, such as "ỦY BAN NHÂN DÂN TỈNH …" or "ĐẢNG ỦY …".
    pub superior: Option<String>,
    /// The issuer, such as "SỞ …" or "CHI BỘ …".
    pub issuer: String,
    /// The whole number, such as "Số: 12/BC-SVHTTDL" or "Số 01-BC/CB".
    pub number: String,
    /// The place, such as "Hà Nội".
    pub place: String,
    /// The date in words, such as "ngày 30 tháng 6 năm 2026".
    pub date: String,
    /// The kind of paper, such as "BÁO CÁO".
    pub kind: String,
    /// What it is about, without the kind.
    pub summary: String,
}

/// The block under the body: signer on the right, recipients on the left. No name is ever filled in by itself.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Signature {
    /// On whose behalf, such as "T/M CHI BỘ" or "TM. ỦY BAN NHÂN DÂN"; may be empty.
    pub authority: String,
    /// The signer's office, such as "BÍ THƯ".
    pub office: String,
    /// The signer's name where the caller knows it; otherwise room is left to write it.
    pub name: Option<String>,
    /// Those who receive a copy, one line each, without the leading dash.
    pub recipients: Vec<String>,
}

/// One line of a head or foot, with the look both renderers give it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Line {
    pub(crate) text: String,
    /// In points.
    pub(crate) size: u8,
    pub(crate) bold: bool,
    pub(crate) italic: bool,
    pub(crate) align: Align,
    /// A rule under the line, as a share of its width.
    pub(crate) rule: Option<f32>,
    /// Blank space above, in points.
    pub(crate) above: f32,
}

impl Line {
    fn new(text: impl Into<String>, size: u8) -> Self {
        Self { text: text.into(), size, bold: false, italic: false, align: Align::Center, rule: None, above: 0.0 }
    }

    fn bold(mut self) -> Self {
        self.bold = true;
        self
    }

    fn italic(mut self) -> Self {
        self.italic = true;
        self
    }

    fn left(mut self) -> Self {
        self.align = Align::Left;
        self
    }

    fn ruled(mut self, share: f32) -> Self {
        self.rule = Some(share);
        self
    }

    fn below(mut self, points: f32) -> Self {
        self.above = points;
        self
    }
}

/// Two columns of lines side by side; the left one's share of the width first.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Columns {
    pub(crate) share: f32,
    pub(crate) left: Vec<Line>,
    pub(crate) right: Vec<Line>,
}

/// The two columns on top of the first page, when the head is official.
pub(crate) fn top(head: &Head) -> Option<Columns> {
    match head {
        Head::Plain => None,
        Head::State(letter) => Some(state_top(letter)),
        Head::Party(letter) => Some(party_top(letter)),
    }
}

fn state_top(letter: &Letterhead) -> Columns {
    let mut left: Vec<Line> = letter.superior.iter().map(|name| Line::new(name, 12)).collect();
    left.push(Line::new(&letter.issuer, 12).bold().ruled(0.4));
    left.push(Line::new(&letter.number, 13).below(6.0));
    let right = vec![
        Line::new("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12).bold(),
        Line::new("Độc lập - Tự do - Hạnh phúc", 13).bold().ruled(1.0),
        Line::new(place_and_date(letter), 13).italic().below(6.0),
    ];
    Columns { share: 0.42, left, right }
}

fn party_top(letter: &Letterhead) -> Columns {
    let mut left: Vec<Line> = letter.superior.iter().map(|name| Line::new(name, 13)).collect();
    left.push(Line::new(&letter.issuer, 13).bold());
    left.push(Line::new("*", 13).bold());
    left.push(Line::new(&letter.number, 13));
    let right = vec![
        Line::new("ĐẢNG CỘNG SẢN VIỆT NAM", 15).bold().ruled(1.0),
        Line::new(place_and_date(letter), 14).italic().below(10.0),
    ];
    Columns { share: 0.42, left, right }
}

fn place_and_date(letter: &Letterhead) -> String {
    if letter.place.is_empty() { letter.date.clone() } else { format!("{}, {}", letter.place, letter.date) }
}

/// The kind and summary in the middle of the page.
pub(crate) fn title(head: &Head, title: &str) -> Vec<Line> {
    match head {
        Head::Plain => vec![Line::new(title, 16).bold()],
        Head::State(letter) => {
            vec![
                Line::new(&letter.kind, 14).bold().below(18.0),
                Line::new(&letter.summary, 14).bold().ruled(0.3).below(2.0),
            ]
        }
        Head::Party(letter) => vec![
            Line::new(&letter.kind, 16).bold().below(18.0),
            Line::new(&letter.summary, 14).bold().below(2.0),
            Line::new("-----", 14),
        ],
    }
}

/// Recipients and signer.
pub(crate) fn foot(head: &Head, signature: &Signature) -> Columns {
    let party = matches!(head, Head::Party(_));
    let mut left = Vec::new();
    if !signature.recipients.is_empty() {
        let title = Line::new("Nơi nhận:", if party { 14 } else { 12 }).left();
        left.push(if party { title } else { title.bold().italic() });
        let last = signature.recipients.len().saturating_sub(1);
        for (index, name) in signature.recipients.iter().enumerate() {
            let stop = if index == last { "." } else { ";" };
            left.push(Line::new(format!("- {name}{stop}"), if party { 12 } else { 11 }).left());
        }
    }
    let mut right = Vec::new();
    if !signature.authority.is_empty() {
        right.push(Line::new(&signature.authority, 14).bold());
    }
    let office = Line::new(&signature.office, 14);
    right.push(if party { office } else { office.bold() });
    // Room for the signature and the seal, also where the name is written by hand.
    right.push(Line::new(signature.name.as_deref().unwrap_or("\u{a0}"), 14).bold().below(64.0));
    Columns { share: 0.5, left, right }
}
