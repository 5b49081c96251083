//! A timeline: values over half-open stretches of days that never overlap.

use lt_kernel::rules::Trust;
use lt_kernel::{Date, Interval};
use serde::{Deserialize, Serialize};

/// The decision behind a change.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Act {
    /// Its number and symbol, such as `202/2025/QH15`.
    pub number: String,
    /// Its date, when known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
}

impl Act {
    /// An act of which only the number is known.
    pub fn numbered(number: impl Into<String>) -> Self {
        Self { number: number.into(), date: None }
    }
}

/// What a fact rests on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Basis {
    /// The act, when known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub act: Option<Act>,
    /// How well a shipped fact was checked; none: entered here, under its act.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trust: Option<Trust>,
}

impl Basis {
    /// Entered here under `act`.
    #[must_use]
    pub const fn act(act: Act) -> Self {
        Self { act: Some(act), trust: None }
    }
}

/// A value over a stretch of days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// From when to when.
    pub span: Interval,
    /// What it rests on.
    #[serde(default)]
    pub basis: Basis,
}

/// Why a timeline does not take a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clash {
    /// The value already holds on that day.
    Same,
    /// Another change was made on that very day.
    SameDay,
    /// Something begins on or after the day on which all was to end.
    LaterHistory,
}

/// Values over stretches that never overlap, in order of time. Days between two stretches have no value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timeline<T>(Vec<Spanned<T>>);

impl<T> Default for Timeline<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: PartialEq> Timeline<T> {
    /// The stretches, in order.
    #[must_use]
    pub fn stretches(&self) -> &[Spanned<T>] {
        &self.0
    }

    /// Takes stretches as they were stored; none when two overlap or one is empty.
    #[must_use]
    pub fn from_stored(mut stretches: Vec<Spanned<T>>) -> Option<Self> {
        stretches.sort_by_key(|stretch| stretch.span.from);
        let timeline = Self(stretches);
        timeline.is_sound().then_some(timeline)
    }

    /// The value on a day.
    #[must_use]
    pub fn at(&self, date: Date) -> Option<&T> {
        self.stretch_at(date).map(|stretch| &stretch.value)
    }

    /// The stretch that holds a day.
    #[must_use]
    pub fn stretch_at(&self, date: Date) -> Option<&Spanned<T>> {
        self.0.iter().find(|stretch| stretch.span.holds(date))
    }

    /// The stretch that ended last before `date` when nothing holds on it.
    #[must_use]
    pub fn last_before(&self, date: Date) -> Option<&Spanned<T>> {
        self.0.iter().rev().find(|stretch| stretch.span.from <= date)
    }

    /// Lets `value` hold from `date` until the next change, or until `end` when nothing follows.
    ///
    /// # Errors
    /// [`Clash::Same`] when it holds already, [`Clash::SameDay`] when a stretch begins that very day.
    pub fn set_from(&mut self, value: T, date: Date, end: Option<Date>, basis: Basis) -> Result<(), Clash> {
        if self.0.iter().any(|stretch| stretch.span.from == date) {
            return Err(Clash::SameDay);
        }
        let next = self.0.iter().map(|stretch| stretch.span.from).find(|from| *from > date);
        let mut to = next.or(end);
        if let Some(current) = self.0.iter_mut().find(|stretch| stretch.span.holds(date)) {
            if current.value == value {
                return Err(Clash::Same);
            }
            to = current.span.to.or(to);
            current.span.to = Some(date);
        }
        self.0.push(Spanned { value, span: Interval { from: date, to }, basis });
        self.0.sort_by_key(|stretch| stretch.span.from);
        Ok(())
    }

    /// Leaves the days from `date` to the next change without a value.
    ///
    /// # Errors
    /// [`Clash::Same`] when there is none already, [`Clash::SameDay`] when a stretch begins that very day.
    pub fn clear_from(&mut self, date: Date) -> Result<(), Clash> {
        let Some(current) = self.0.iter_mut().find(|stretch| stretch.span.holds(date)) else {
            return Err(Clash::Same);
        };
        if current.span.from == date {
            return Err(Clash::SameDay);
        }
        current.span.to = Some(date);
        Ok(())
    }

    /// Whether everything can end on `date`: nothing begins on it or later.
    ///
    /// # Errors
    /// [`Clash::LaterHistory`] when something does.
    pub fn can_end(&self, date: Date) -> Result<(), Clash> {
        let later = self.0.last().is_some_and(|last| last.span.from >= date);
        if later { Err(Clash::LaterHistory) } else { Ok(()) }
    }

    /// Ends everything on `date`; what ended before stays. Call after [`Self::can_end`].
    pub fn end(&mut self, date: Date) {
        for stretch in &mut self.0 {
            if stretch.span.to.is_none_or(|to| to > date) {
                stretch.span.to = Some(date);
            }
        }
    }

    /// Whether stretches are in order, none empty, none overlapping.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let each = self.0.iter().all(|stretch| stretch.span.is_valid());
        let pairs = self.0.iter().zip(self.0.iter().skip(1));
        each && pairs.into_iter().all(|(one, next)| one.span.to.is_some_and(|to| to <= next.span.from))
    }
}

impl<T: PartialEq> Timeline<T> {
    /// A timeline of one value.
    #[must_use]
    pub fn of(value: T, span: Interval, basis: Basis) -> Self {
        Self(vec![Spanned { value, span, basis }])
    }
}
