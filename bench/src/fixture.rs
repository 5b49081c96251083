//! A made-up resolution of any size, its observations, and what must come out, worked out apart from the judge.

use anyhow::{Context, Result};
use lt_contracts::Actor;
use lt_kernel::id::{Ids, OrgId};
use lt_kernel::quantity::{Exact, Qualifier, Reported};
use lt_kernel::{Clock as _, Date, Instant};
use lt_module::Host;
use lt_store::{Db, Unit, params};
use lt_targets::file::ResolutionFile;
use lt_targets::file::format::{FORMAT, Header, Lane, ObservationLine, Sentence, Standing, Term};
use lt_targets::measure::Measure;
use lt_targets::measure::model::{Bare, Feed, Parts, Unit as Of};
use lt_targets::observation::store::{self as observations, New};
use lt_targets::observation::{Evidence, Observation, ObservationId, Value};
use lt_targets::resolution::model::{MeasureId, ResolutionId};
use lt_targets::target::{Condition, Over, Reading, Target, Test};

use crate::bench::Standing as Clock;

/// The organisation of the sample that resolves it.
pub(crate) const ISSUER: &str = "dang-bo-so-tttt-long-an";

/// Days over which observations spread.
const DAYS: i64 = 1_641;

/// A resolution of `targets` targets with one measure each and `each` observations of every measure.
#[derive(Debug, Clone)]
pub(crate) struct Fixture {
    /// Its code.
    pub(crate) code: String,
    /// How many targets.
    pub(crate) targets: usize,
    /// How many observations of each measure.
    pub(crate) each: usize,
}

/// A day of the term.
fn day(number: i64) -> Result<Date> {
    let first: Date = "2021-01-01".parse().context("a day")?;
    Ok(Instant::start_of(first).plus_seconds(number * 86_400).date())
}

/// The day verdicts are drawn for.
///
/// # Errors
/// Never: the text is a day.
pub(crate) fn at() -> Result<Date> {
    "2025-07-01".parse().context("a day")
}

/// Tenths from 0 to 999, scattered but always the same.
fn tenths(measure: usize, place: usize) -> i64 {
    let mut mixed =
        (measure as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (place as u64).wrapping_mul(0xd6e8_feb8_6659_fd93);
    mixed ^= mixed >> 32;
    mixed = mixed.wrapping_mul(0xd6e8_feb8_6659_fd93);
    i64::try_from((mixed >> 40) % 1_000).unwrap_or(0)
}

fn measure_code(prefix: &str, number: usize) -> String {
    format!("{prefix}-m-{number:05}")
}

/// One observation as numbers and words.
pub(crate) struct Seen {
    /// The measure's place.
    pub(crate) measure: usize,
    /// The day.
    pub(crate) as_of: Date,
    /// Number, or numerator of 100.
    pub(crate) tenths: i64,
    /// "hơn" stands before it.
    pub(crate) over: bool,
    /// Told as parts.
    pub(crate) parts: bool,
    /// The year it covers, where the measure has periods.
    pub(crate) period: String,
}

impl Fixture {
    /// The resolution's file, without observations.
    ///
    /// # Errors
    /// Never: its days are days.
    pub(crate) fn file(&self) -> Result<ResolutionFile> {
        let places = 0..self.targets;
        Ok(ResolutionFile {
            format: FORMAT.to_owned(),
            resolution: Header {
                code: self.code.clone(),
                issuer: ISSUER.to_owned(),
                title: format!("Nghị quyết đo hiệu năng với {} chỉ tiêu", self.targets),
                title_en: String::new(),
                lane: Lane::Party,
                adopted: None,
                term: Term { from: day(0)?, last: "2025-12-31".parse()?, years_only: false },
                congress: None,
                implements: Vec::new(),
                source: None,
            },
            sentences: (0..self.targets.div_ceil(5)).map(sentence).collect(),
            measures: places.clone().map(|place| self.measure(place)).collect(),
            targets: places.map(|place| self.target(place)).collect(),
            observations: Vec::new(),
            claims: Vec::new(),
        })
    }

    fn measure(&self, place: usize) -> Measure {
        let counted = matches!(place % 10, 4..=6);
        let parts = (place % 10 == 3).then(|| Parts {
            numerator: "việc đã xong".into(),
            denominator: "việc được giao".into(),
            factor: 100,
        });
        Measure {
            code: measure_code(&self.code, place),
            name: format!("Thước đo số {}", place + 1),
            name_en: String::new(),
            unit: if counted { Of::Count } else { Of::Percent },
            parts,
            bare: Bare::Floor,
            near: None,
            weights: Vec::new(),
            feed: Feed::Form,
            note: String::new(),
        }
    }

    fn target(&self, place: usize) -> Target {
        let own = |test, over| Condition { measure: measure_code(&self.code, place), test, over, round: None };
        let floor = |at| Test::Floor { at: Exact::whole(at), strict: false };
        let year = Over::EveryPeriod { of: lt_kernel::calendar::PeriodKind::Year, periods: Vec::new() };
        let conditions = match place % 10 {
            4 => vec![own(Test::Ceiling { at: Exact::whole(50), strict: false }, vec![])],
            5 | 6 => vec![own(floor(self.sum_wanted()), vec![Over::Sum])],
            7 => vec![own(floor(5), vec![year])],
            8 => vec![own(Test::Band { low: Exact::whole(30), high: Exact::whole(60) }, vec![])],
            9 => {
                let other = measure_code(&self.code, place - 9);
                let also = Condition { measure: other, test: floor(20), over: vec![], round: None };
                vec![own(floor(30), vec![]), also]
            }
            _ => vec![own(floor(50), vec![])],
        };
        Target {
            code: format!("C{:05}", place + 1),
            sentence: format!("N{:04}", place / 5 + 1),
            title: format!("Chỉ tiêu số {}: tỷ lệ hoàn thành nhiệm vụ được giao trong nhiệm kỳ", place + 1),
            title_en: String::new(),
            owner: String::new(),
            collaborators: Vec::new(),
            base: String::new(),
            of_which: String::new(),
            open: String::new(),
            readings: vec![Reading { label: String::new(), conditions }],
        }
    }

    fn sum_wanted(&self) -> i64 {
        50 * i64::try_from(self.each).unwrap_or(0)
    }

    /// One observation.
    ///
    /// # Errors
    /// Never: its day is one.
    pub(crate) fn seen(&self, measure: usize, place: usize) -> Result<Seen> {
        let each = i64::try_from(self.each.max(1))?;
        let as_of = day(i64::try_from(place)? * DAYS / each)?;
        let kind = measure % 10;
        let tenths = tenths(measure, place);
        Ok(Seen {
            measure,
            as_of,
            // Things counted are whole.
            tenths: if matches!(kind, 3..=6) { tenths / 10 * 10 } else { tenths },
            over: matches!(kind, 0..=2) && place % 7 == 3 && place + 1 != self.each,
            parts: kind == 3,
            period: if kind == 7 { as_of.year().to_string() } else { String::new() },
        })
    }

    /// Whether a target must be met; none where this is not worked out apart from the judge.
    pub(crate) fn expected(&self, place: usize) -> Option<bool> {
        let last = |measure: usize| self.seen(measure, self.each.checked_sub(1)?).ok().map(|seen| seen.tenths);
        match place % 10 {
            0..=3 => Some(last(place)? >= 500),
            4 => Some(last(place)? <= 500),
            5 | 6 => {
                let all = (0..self.each).map(|at| self.seen(place, at).map(|seen| seen.tenths));
                let sum: i64 = all.collect::<Result<Vec<_>>>().ok()?.iter().sum();
                Some(sum >= 10 * self.sum_wanted())
            }
            9 => Some(last(place)? >= 300 && last(place - 9)? >= 200),
            _ => None,
        }
    }

    /// Imports the definitions through the program's import.
    ///
    /// # Errors
    /// The import's faults, or the database's.
    pub(crate) async fn define(&self, host: &Host) -> Result<ResolutionId> {
        let text = self.file()?.write().map_err(|fault| anyhow::anyhow!("{fault:?}"))?;
        lienthong::sample::resolution(host, &text, false).await
    }

    /// Stores all observations with the statements the import uses, 20,000 in a unit.
    ///
    /// # Errors
    /// As [`Db::commit`].
    pub(crate) async fn observe(&self, db: &Db, ids: &dyn Ids, held: &Held) -> Result<()> {
        let mut new = Vec::with_capacity(20_000);
        for measure in 0..self.targets {
            for place in 0..self.each {
                new.push(held.ready(&self.seen(measure, place)?, ids)?);
            }
            if new.len() >= 20_000 || measure + 1 == self.targets {
                let mut unit = Unit::new();
                observations::insert(&mut unit, Actor::Program, &new);
                db.commit(unit).await?;
                new.clear();
            }
        }
        let mut unit = Unit::new();
        observations::touch(&mut unit, held.org, &held.measures);
        db.commit(unit).await?;
        Ok(())
    }
}

fn sentence(number: usize) -> Sentence {
    Sentence {
        code: format!("N{:04}", number + 1),
        standing: Standing::Resolved,
        text: format!(
            "Câu số {}: phấn đấu hoàn thành các chỉ tiêu sau đây trong nhiệm kỳ, có số liệu và minh chứng kèm theo.",
            number + 1
        ),
        text_en: String::new(),
        parent: String::new(),
        speaker: String::new(),
        anchor: None,
    }
}

/// A resolution as the database holds it.
pub(crate) struct Held {
    /// The organisation.
    pub(crate) org: OrgId,
    /// Its measures, in order.
    pub(crate) measures: Vec<MeasureId>,
}

impl Held {
    /// Reads it.
    ///
    /// # Errors
    /// As [`Db::read`].
    pub(crate) async fn read(db: &Db, id: ResolutionId) -> Result<Self> {
        let rows =
            db.read("SELECT measure FROM targets_use WHERE resolution = $1 ORDER BY position", params![id]).await?;
        let measures = rows.iter().map(|row| row.get("measure")).collect::<Result<_, _>>()?;
        let org = db.read_one("SELECT org FROM targets_resolution WHERE id = $1", params![id]).await?;
        Ok(Self { org: org.context("the resolution")?.get("org")?, measures })
    }

    /// An observation ready to be stored.
    ///
    /// # Errors
    /// When the measure is none of these.
    pub(crate) fn ready(&self, seen: &Seen, ids: &dyn Ids) -> Result<New> {
        let exact = |tenths, den| Exact::from_parts(tenths, den).context("a number");
        let number = Reported {
            qualifier: if seen.over { Qualifier::Over } else { Qualifier::Exact },
            word: seen.over.then(|| "hơn".to_owned()),
            number: exact(seen.tenths, 10)?,
            written: None,
        };
        let value = if seen.parts {
            let whole = Reported { qualifier: Qualifier::Exact, word: None, number: Exact::HUNDRED, written: None };
            Value::Parts { numerator: number, denominator: whole, rest: false, told: None }
        } else {
            Value::Number { value: number }
        };
        Ok(New {
            seen: Observation {
                id: ObservationId(ids.next(Clock.now())),
                value,
                as_of: seen.as_of,
                period: seen.period.parse().ok(),
                unit: None,
                event: None,
                recorded_at: Clock.now(),
                approved: false,
                evidence: Evidence::None,
            },
            measure: *self.measures.get(seen.measure).context("a measure")?,
            resolution: None,
            sentence: String::new(),
            note: String::new(),
            evidence: Vec::new(),
            replaces: None,
        })
    }
}

impl Seen {
    /// As a line of a file.
    pub(crate) fn line(&self, prefix: &str) -> ObservationLine {
        let number = self.text();
        let mut line = ObservationLine {
            measure: measure_code(prefix, self.measure),
            as_of: Some(self.as_of),
            period: self.period.clone(),
            ..ObservationLine::default()
        };
        if self.parts {
            (line.numerator, line.denominator) = (Some(number), Some("100".into()));
        } else {
            line.value = Some(number);
        }
        line
    }

    /// Word and number, in Vietnamese writing.
    pub(crate) fn text(&self) -> String {
        let word = if self.over { "hơn " } else { "" };
        match self.tenths % 10 {
            0 => format!("{word}{}", self.tenths / 10),
            part => format!("{word}{},{part}", self.tenths / 10),
        }
    }
}
