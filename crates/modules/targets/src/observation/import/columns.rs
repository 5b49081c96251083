//! The columns of an import: their names in both languages, and what a head row makes of them.

use lt_kernel::text::fold;
use lt_kernel::{Lang, Said};
use lt_paper::sheet::At;

use super::fault::Fault;
use super::table::Row;

/// A column of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// Code of the measure.
    Measure,
    /// Its name, for people; not read.
    Name,
    /// The day the value speaks of.
    AsOf,
    /// Word and number.
    Value,
    /// Above the line.
    Numerator,
    /// Below the line.
    Denominator,
    /// What is missing to the whole.
    Rest,
    /// A grade.
    Grade,
    /// A published place.
    Rank,
    /// A stage.
    Stage,
    /// Words.
    Narrative,
    /// What a person makes of the words.
    Chosen,
    /// Why the value is not known.
    Unknown,
    /// Why there was nothing to measure.
    NotApplicable,
    /// Code of the period.
    Period,
    /// The unit.
    Unit,
    /// The kind of event.
    Event,
    /// Code of the sentence that tells it.
    Sentence,
    /// Anything to know.
    Note,
    /// What shows it.
    Evidence,
}

impl Column {
    /// All of them, in the order of the template.
    pub const ALL: [Self; 20] = [
        Self::Measure,
        Self::Name,
        Self::AsOf,
        Self::Value,
        Self::Numerator,
        Self::Denominator,
        Self::Rest,
        Self::Grade,
        Self::Rank,
        Self::Stage,
        Self::Narrative,
        Self::Chosen,
        Self::Unknown,
        Self::NotApplicable,
        Self::Period,
        Self::Unit,
        Self::Event,
        Self::Sentence,
        Self::Note,
        Self::Evidence,
    ];

    /// Columns that hold numbers as people write them.
    pub const NUMBERS: [Self; 4] = [Self::Value, Self::Numerator, Self::Denominator, Self::Rest];

    /// Columns one of which must hold something in every row.
    pub const VALUES: [Self; 8] = [
        Self::Value,
        Self::Numerator,
        Self::Grade,
        Self::Rank,
        Self::Stage,
        Self::Narrative,
        Self::Unknown,
        Self::NotApplicable,
    ];

    /// Its head in Vietnamese, in English, and as programs write it.
    const fn names(self) -> [&'static str; 3] {
        match self {
            Self::Measure => ["Mã thước đo", "Measure code", "measure"],
            Self::Name => ["Tên thước đo", "Measure name", "name"],
            Self::AsOf => ["Tính đến ngày", "As of", "as_of"],
            Self::Value => ["Giá trị", "Value", "value"],
            Self::Numerator => ["Tử số", "Numerator", "numerator"],
            Self::Denominator => ["Mẫu số", "Denominator", "denominator"],
            Self::Rest => ["Phần còn lại", "Remainder", "rest"],
            Self::Grade => ["Xếp loại", "Grade", "grade"],
            Self::Rank => ["Thứ hạng", "Rank", "rank"],
            Self::Stage => ["Mức hoàn thành", "Stage", "stage"],
            Self::Narrative => ["Nhận định", "Narrative", "narrative"],
            Self::Chosen => ["Kết luận của nhận định", "Judgement", "chosen"],
            Self::Unknown => ["Chưa rõ vì", "Unknown because", "unknown"],
            Self::NotApplicable => ["Không áp dụng vì", "Not applicable because", "not_applicable"],
            Self::Period => ["Kỳ", "Period", "period"],
            Self::Unit => ["Đơn vị", "Unit", "unit"],
            Self::Event => ["Loại sự việc", "Kind of event", "event"],
            Self::Sentence => ["Câu nêu số liệu", "Told by sentence", "sentence"],
            Self::Note => ["Ghi chú", "Note", "note"],
            Self::Evidence => ["Minh chứng", "Evidence", "evidence"],
        }
    }

    /// Its head for readers of `lang`.
    #[must_use]
    pub const fn name(self, lang: Lang) -> &'static str {
        let [vi, en, _] = self.names();
        match lang {
            Lang::Vi => vi,
            Lang::En => en,
        }
    }

    /// Its name for programs; also how a message names it in both languages.
    #[must_use]
    pub const fn code(self) -> &'static str {
        let [_, _, code] = self.names();
        code
    }

    const fn place(self) -> usize {
        self as usize
    }
}

/// Capital letters, marks and doubled blanks do not matter in a head.
fn plain(text: &str) -> String {
    fold(text).split([' ', '_', '-']).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// How many letters must be changed, added or left out to make one text of the other.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, a) in one.chars().enumerate() {
        let mut before = at;
        let mut left = at + 1;
        let mut next = vec![left];
        for (b, above) in other.iter().zip(row.iter().skip(1)) {
            left = (above + 1).min(left + 1).min(before + usize::from(a != *b));
            next.push(left);
            before = *above;
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

/// The column whose name is nearest to a head that is none, when it is near enough to be meant.
fn nearest(head: &str) -> Option<Column> {
    let head = plain(head);
    let length = head.chars().count();
    let far =
        |column: &Column| column.names().into_iter().map(|name| distance(&head, &plain(name))).min().unwrap_or(99);
    let best = Column::ALL.into_iter().min_by_key(far)?;
    (far(&best) * 4 <= length.max(4)).then_some(best)
}

/// Which column of the file holds what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Head {
    places: [Option<u16>; Column::ALL.len()],
}

impl Head {
    /// Reads the head row.
    ///
    /// # Errors
    /// Every head that is unknown (with the nearest known one) or stands twice, and every missing one.
    pub fn read(row: &Row<'_>) -> Result<Self, Vec<Fault>> {
        let (mut head, mut faults) = (Self::default(), Vec::new());
        for place in 0..row.width() {
            let text = row.text(place);
            if text.is_empty() {
                continue;
            }
            let known = plain(&text);
            let found = Column::ALL.into_iter().find(|column| column.names().iter().any(|name| plain(name) == known));
            let at = At { row: row.number(), column: place };
            match found.and_then(|column| head.places.get_mut(column.place())) {
                Some(free @ None) => *free = Some(place),
                Some(Some(first)) => {
                    let first = At { row: row.number(), column: *first };
                    let said = Said::new("targets-import-head-twice").with("head", &text).with("first", first);
                    faults.push(Fault::at(at, said));
                }
                None => faults.push(Fault::at(at, unknown(&text))),
            }
        }
        for column in [Column::Measure, Column::AsOf] {
            if head.place(column).is_none() {
                faults.push(Fault::of_row(row.number(), missing(column)));
            }
        }
        if Column::VALUES.iter().all(|column| head.place(*column).is_none()) {
            faults.push(Fault::of_row(row.number(), missing(Column::Value)));
        }
        if faults.is_empty() { Ok(head) } else { Err(faults) }
    }

    /// Where a column stands (0 is A); none when the file does not have it.
    #[must_use]
    pub fn place(&self, column: Column) -> Option<u16> {
        self.places.get(column.place()).copied().flatten()
    }
}

fn unknown(head: &str) -> Said {
    match nearest(head) {
        Some(column) => Said::new("targets-import-head-unknown-near").with("head", head).both(
            "near",
            column.name(Lang::Vi),
            column.name(Lang::En),
        ),
        None => Said::new("targets-import-head-unknown").with("head", head),
    }
}

fn missing(column: Column) -> Said {
    Said::new("targets-import-head-missing").both("head", column.name(Lang::Vi), column.name(Lang::En))
}

#[cfg(test)]
mod tests {
    use super::super::table::tests::rows;
    use super::*;

    fn read(line: &str) -> Result<Head, Vec<Fault>> {
        rows(line, Head::read).remove(0)
    }

    #[test]
    fn heads_of_either_language_or_code_in_any_order() {
        let head = read("Giá trị;MÃ THƯỚC ĐO;as of;ky\n").unwrap();
        assert_eq!(head.place(Column::Value), Some(0));
        assert_eq!(head.place(Column::Measure), Some(1));
        assert_eq!(head.place(Column::AsOf), Some(2));
        assert_eq!(head.place(Column::Period), Some(3));
        assert_eq!(head.place(Column::Note), None);
    }

    #[test]
    fn wrong_heads_are_named_with_the_nearest_and_the_missing() {
        let faults = read("Mã thước đo;Gía trịi;Người phụ trách;Mã thước đo\n").unwrap_err();
        let keys: Vec<&str> = faults.iter().map(|fault| fault.said.key.as_str()).collect();
        assert_eq!(
            keys,
            [
                "targets-import-head-unknown-near",
                "targets-import-head-unknown",
                "targets-import-head-twice",
                "targets-import-head-missing",
                "targets-import-head-missing"
            ]
        );
        assert_eq!(faults[0].at.map(|at| at.to_string()).as_deref(), Some("B1"));
    }

    #[test]
    fn distances() {
        assert_eq!(distance("gia tri", "gia trii"), 1);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("kitten", "sitting"), 3);
    }

    #[test]
    fn no_two_columns_share_a_name() {
        let mut names: Vec<String> = Column::ALL
            .into_iter()
            .flat_map(|column| {
                let mut own: Vec<String> = column.names().into_iter().map(plain).collect();
                own.sort();
                own.dedup();
                own
            })
            .collect();
        let count = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
