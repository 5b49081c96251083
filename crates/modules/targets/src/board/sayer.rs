//! Says many things of few kinds quickly: each text is worked out once per page, then only filled in.
//!
//! A board of 500 rows says "{value} {unit}" 500 times. Fluent would work each out anew; here the text is asked
//! for once with marks in place of its values, and cut at the marks. Only for texts that do not choose by their
//! values: those of values and of what is missing (a test compares both ways).

use lt_kernel::lang::Arg;
use lt_kernel::quantity::numbers;
use lt_kernel::{Lang, Said};
use lt_web::Talk;
use rustc_hash::FxHashMap;

/// A piece of a text: words, then the value of this place (none at the end).
struct Piece {
    words: String,
    value: Option<usize>,
}

/// A text cut at its values.
struct Cut {
    names: Vec<String>,
    pieces: Vec<Piece>,
}

/// Says things in the reader's language.
pub(crate) struct Sayer<'a> {
    t: Talk<'a>,
    cut: FxHashMap<String, Cut>,
}

/// Begins a mark; a private character no text of ours holds.
const OPEN: char = '\u{E000}';
/// Ends a mark.
const CLOSE: char = '\u{E001}';

/// Whether texts of this key never choose by their values.
fn is_plain(key: &str) -> bool {
    key.starts_with("targets-value-") || key.starts_with("targets-missing-")
}

impl<'a> Sayer<'a> {
    pub(crate) fn new(t: Talk<'a>) -> Self {
        Self { t, cut: FxHashMap::default() }
    }

    /// What was said, behind what `out` holds already.
    pub(crate) fn say(&mut self, said: &Said, out: &mut String) {
        if said.args.is_empty() {
            out.push_str(self.t.s(&said.key));
            return;
        }
        if !is_plain(&said.key) {
            out.push_str(&self.t.said(said));
            return;
        }
        if !self.cut.contains_key(&said.key) {
            let cut = self.cut_of(said);
            self.cut.insert(said.key.clone(), cut);
        }
        let values: Vec<String> = said.args.iter().map(|(_, arg)| self.write(arg)).collect();
        let same = |cut: &&Cut| cut.names.iter().eq(said.args.iter().map(|(name, _)| name));
        match self.cut.get(&said.key).filter(same) {
            Some(cut) => {
                for piece in &cut.pieces {
                    out.push_str(&piece.words);
                    out.push_str(piece.value.and_then(|at| values.get(at)).map_or("", String::as_str));
                }
            }
            None => out.push_str(&self.t.said(said)),
        }
    }

    fn write(&mut self, arg: &Arg) -> String {
        match arg {
            Arg::Text(text) => text.clone(),
            Arg::Number(number, places) => numbers::write(number, *places, self.t.lang),
            Arg::Date(date) => lt_kernel::text::dates::write(*date, self.t.lang),
            Arg::Key(key) => self.t.s(key).to_owned(),
            Arg::Both(vi, en) => (if self.t.lang == Lang::En && !en.is_empty() { en } else { vi }).clone(),
            Arg::Said(said) => {
                let mut text = String::new();
                self.say(said, &mut text);
                text
            }
        }
    }

    fn cut_of(&self, said: &Said) -> Cut {
        let marks: Vec<String> = (0..said.args.len()).map(|at| format!("{OPEN}{at}{CLOSE}")).collect();
        let values: Vec<(&str, &str)> =
            said.args.iter().zip(&marks).map(|((name, _), mark)| (name.as_str(), mark.as_str())).collect();
        let text = self.t.with(&said.key, &values);
        let mut pieces = Vec::new();
        let mut rest = text.as_str();
        while let Some((words, after)) = rest.split_once(OPEN) {
            let (at, behind) = after.split_once(CLOSE).unwrap_or(("", ""));
            pieces.push(Piece { words: words.to_owned(), value: at.parse().ok() });
            rest = behind;
        }
        pieces.push(Piece { words: rest.to_owned(), value: None });
        Cut { names: said.args.iter().map(|(name, _)| name.clone()).collect(), pieces }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use lt_kernel::quantity::Exact;
    use lt_web::Words;

    use super::*;

    #[test]
    fn both_ways_of_saying_agree() {
        let words = Words::load(&[("targets", crate::WORDS)]).unwrap();
        let half = Exact::from_parts(133, 2).unwrap();
        let said = [
            Said::new("targets-value-exact").number("value", half, 2).key("unit", "targets-unit-percent"),
            Said::new("targets-value-exact").number("value", Exact::whole(5), 2).key("unit", "targets-unit-count"),
            Said::new("targets-value-told").both("text", "hơn 4.600", "more than 4,600"),
            Said::new("targets-value-of-slots").with("yes", 3).with("all", 5),
            Said::new("targets-missing-not-a-number").date("as-of", date(2020, 3, 5)),
            Said::new("targets-missing-crosswalk")
                .said("from", Said::new("targets-value-grade").both("grade", "Tốt", "Good").with("scheme", "x"))
                .said("to", Said::new("targets-value-grade").both("grade", "Khá", "").with("scheme", "y")),
            Said::new("targets-missing-judgement"),
        ];
        for lang in Lang::ALL {
            let t = words.talk(lang);
            let mut sayer = Sayer::new(t);
            for said in said.iter().chain(&said) {
                let mut text = String::new();
                sayer.say(said, &mut text);
                assert_eq!(text, t.said(said));
            }
        }
    }

    #[test]
    fn no_text_that_is_cut_chooses_by_a_value() {
        for (_, text) in crate::WORDS {
            let mut key = "";
            for line in text.lines() {
                if let Some((name, _)) = line.split_once(" =").filter(|_| !line.starts_with([' ', '#'])) {
                    key = name;
                }
                assert!(!(is_plain(key) && line.contains("->")), "{key} chooses");
            }
        }
    }
}
