//! One statement for many rows: a plain INSERT is widened to many rows of VALUES.

use std::borrow::Cow;

use crate::Val;
use crate::unit::Stmt;

/// Rows of one widened statement: enough to make the round trips cheap, few enough to keep the text short.
const WIDE: usize = 250;

/// Places a statement may have in PostgreSQL's protocol.
const PLACES: usize = 65_535;

/// The statements to send for `stmt`, with their values.
pub(super) fn spread(stmt: &Stmt) -> Vec<(Cow<'_, str>, Cow<'_, [Val]>)> {
    let runs = stmt.runs();
    let one_by_one = || runs.iter().map(|values| (Cow::Borrowed(&*stmt.sql), Cow::Borrowed(values.as_slice())));
    let Some(first) = runs.first() else { return Vec::new() };
    let width = first.len();
    let rows = WIDE.min(PLACES / width.max(1));
    if stmt.many.is_none() || runs.len() < rows || runs.iter().any(|values| values.len() != width) {
        return one_by_one().collect();
    }
    let Some(wide) = widen(&stmt.sql, width, rows) else { return one_by_one().collect() };
    let mut sent = Vec::with_capacity(runs.len() / rows + rows);
    let whole = runs.chunks_exact(rows);
    let rest = whole.remainder();
    for chunk in whole {
        sent.push((Cow::Owned(wide.clone()), Cow::Owned(chunk.concat())));
    }
    sent.extend(rest.iter().map(|values| (Cow::Borrowed(&*stmt.sql), Cow::Borrowed(values.as_slice()))));
    sent
}

/// `sql` for `rows` rows, when it is an INSERT whose places all stand, one each, in its only `VALUES (…)`, and
/// which changes no row twice. Anything else is none, and runs row by row.
fn widen(sql: &str, width: usize, rows: usize) -> Option<String> {
    let upper = sql.to_ascii_uppercase();
    if !upper.trim_start().starts_with("INSERT INTO ") || upper.contains("DO UPDATE") || width == 0 {
        return None;
    }
    let mut places = upper.match_indices("VALUES");
    let (at, word) = places.next()?;
    if places.next().is_some() {
        return None;
    }
    let (head, tail) = sql.split_at_checked(at + word.len())?;
    let (inside, behind) = tail.trim_start().strip_prefix('(')?.split_once(')')?;
    let plain = inside.split(',').enumerate().all(|(index, place)| place.trim() == format!("${}", index + 1));
    if !plain || inside.split(',').count() != width || behind.contains('$') || head.contains('$') {
        return None;
    }
    let row = |row: usize| {
        let places: Vec<_> = (1..=width).map(|place| format!("${}", row * width + place)).collect();
        format!("({})", places.join(","))
    };
    let all: Vec<_> = (0..rows).map(row).collect();
    Some(format!("{head} {}{behind}", all.join(",")))
}

#[cfg(test)]
mod tests {
    use super::widen;

    #[test]
    fn widens_only_plain_inserts() {
        assert_eq!(
            widen("INSERT INTO t (a, b) VALUES ($1, $2) ON CONFLICT DO NOTHING", 2, 2).unwrap(),
            "INSERT INTO t (a, b) VALUES ($1,$2),($3,$4) ON CONFLICT DO NOTHING"
        );
        for other in [
            "UPDATE t SET a = $1 WHERE b = $2",
            "INSERT INTO t (a, b) VALUES ($1, COALESCE($2, 0))",
            "INSERT INTO t (a, b) VALUES ($1, $2) ON CONFLICT (a) DO UPDATE SET b = 1",
            "INSERT INTO t (a, b) SELECT $1, $2",
            "INSERT INTO t (a) VALUES ($1) RETURNING $2",
            "INSERT INTO t (a, b, c) VALUES ($1, $2, 7)",
        ] {
            assert_eq!(widen(other, 2, 2), None, "{other}");
        }
    }
}
