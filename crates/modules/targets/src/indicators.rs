//! What this module offers to be judged by: the share of targets that are met.

use std::collections::HashSet;
use std::sync::Arc;

use lt_contracts::indicator::{Answer, Ask, Figure, Indicator, IndicatorSource, Record, Records, Unanswered};
use lt_kernel::Date;
use lt_kernel::id::OrgId;
use lt_module::Host;
use lt_registry::Registry;

use crate::book::{Board, Book};
use crate::resolution::State;
use crate::resolution::door;
use crate::resolution::store::{self, Listed};

/// Targets that are met, among those that count.
pub const MET_SHARE: &str = "targets.met-share";

const OFFERED: &[Indicator] = &[Indicator {
    code: MET_SHARE,
    name_key: "targets-indicator-met-share",
    unit: "percent",
    dimensions: &["resolution"],
    is_ratio: true,
}];

/// Answers for the resolutions whose term meets the period, as they stand on its last day.
pub struct TargetsIndicators(Host);

/// Makes the source once the host stands.
#[must_use]
pub fn source(host: Host) -> Arc<dyn IndicatorSource> {
    Arc::new(TargetsIndicators(host))
}

fn failed(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Unanswered {
    Unanswered::Failed(error.into())
}

/// The last day of the period; of one that still runs, the day that is known.
fn last_day(ask: &Ask) -> Date {
    ask.period.to.and_then(|to| to.yesterday().ok()).unwrap_or_else(|| ask.known_at.date())
}

impl TargetsIndicators {
    /// The organisation asked about and all below it on the day; none: everybody.
    async fn scope(&self, ask: &Ask, at: Date) -> Result<Option<HashSet<OrgId>>, Unanswered> {
        let Some(org) = ask.org else { return Ok(None) };
        let registry = self.0.part::<Registry>().map_err(failed)?;
        let directory = registry.directory().await.map_err(failed)?;
        if directory.org(org).is_none() {
            return Err(Unanswered::Unknown(format!("{} {org}", ask.code)));
        }
        let mut scope = directory.descendants(org, at);
        scope.insert(org);
        Ok(Some(scope))
    }

    fn wants(ask: &Ask, scope: Option<&HashSet<OrgId>>, listed: &Listed) -> bool {
        let mut narrowed = ask.dimensions.iter().filter(|(name, _)| name == "resolution");
        listed.state != State::Draft
            && listed.term.meets(&ask.period)
            && scope.is_none_or(|scope| scope.contains(&listed.org))
            && narrowed.all(|(_, code)| *code == listed.code)
    }

    async fn boards(&self, ask: &Ask) -> Result<Vec<Arc<Board>>, Unanswered> {
        if ask.code != MET_SHARE {
            return Err(Unanswered::Unknown(ask.code.clone()));
        }
        if let Some((name, _)) = ask.dimensions.iter().find(|(name, _)| name != "resolution") {
            return Err(Unanswered::Unknown(format!("{} {name}", ask.code)));
        }
        let at = last_day(ask);
        let scope = self.scope(ask, at).await?;
        let book = self.0.part::<Book>().map_err(failed)?;
        // What is known now is kept in memory; the past is judged from the database.
        let known = (ask.known_at < self.0.clock.now()).then_some(ask.known_at);
        let mut boards = Vec::new();
        for listed in store::list(&self.0.db).await.map_err(failed)? {
            if Self::wants(ask, scope.as_ref(), &listed) {
                boards.extend(book.board(listed.id, at, known).await.map_err(failed)?);
            }
        }
        boards.sort_by(|one, other| one.whole.listed.code.cmp(&other.whole.listed.code));
        Ok(boards)
    }

    async fn figure_of(&self, ask: &Ask) -> Result<Figure, Unanswered> {
        let boards = self.boards(ask).await?;
        let (mut met, mut all) = (0, 0);
        for board in boards {
            met += i64::from(board.tally.met());
            all += i64::from(board.tally.all);
        }
        Ok(Figure { numerator: met, denominator: Some(all) })
    }

    async fn records_of(&self, ask: &Ask, cursor: Option<&str>, limit: usize) -> Result<Records, Unanswered> {
        let boards = self.boards(ask).await?;
        let at = last_day(ask);
        let mut rows = boards.iter().flat_map(|board| records(board, at));
        if let Some(cursor) = cursor {
            // The page goes on behind the record the last one ended with, whatever changed before it.
            let _ = rows.by_ref().find(|record| record.id.to_string() == cursor);
        }
        let mut page: Vec<Record> = rows.by_ref().take(limit.max(1)).collect();
        let more = rows.next().is_some();
        let next = page.last().filter(|_| more).map(|last| last.id.to_string());
        page.shrink_to_fit();
        Ok(Records { rows: page, next })
    }
}

/// The targets of a board that count, in order.
fn records(board: &Board, at: Date) -> impl Iterator<Item = Record> {
    let code = board.whole.listed.code.as_str();
    board.rows().filter(crate::book::Row::counts).map(move |row| {
        let target = &row.held.target;
        Record {
            id: row.held.id.0,
            title: format!("{code} {}: {}", target.code, target.title),
            href: format!("{}?at={at}", door::target_address(code, &target.code)),
            in_numerator: row.verdict.outcome.is_met(),
        }
    })
}

impl IndicatorSource for TargetsIndicators {
    fn indicators(&self) -> &[Indicator] {
        OFFERED
    }

    fn figure<'a>(&'a self, ask: &'a Ask) -> Answer<'a, Figure> {
        Box::pin(self.figure_of(ask))
    }

    fn records<'a>(&'a self, ask: &'a Ask, cursor: Option<&'a str>, limit: usize) -> Answer<'a, Records> {
        Box::pin(self.records_of(ask, cursor, limit))
    }
}
