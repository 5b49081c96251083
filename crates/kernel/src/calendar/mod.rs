//! Working days, lunar dates, public holidays, reporting periods (operations-law §7.4 and §9).
//!
//! [`Calendar`] answers "is this a working day, why, and when does a period end";
//! [`lunar`] converts to the Vietnamese lunar calendar; [`Period`] is a reporting period with its own days.

pub mod holidays;
pub mod lunar;
pub mod periods;
pub mod table;

mod rules;

pub use holidays::{DayOff, OffKind, holidays};
pub use periods::{Period, PeriodError, PeriodKind, Regime};
pub use rules::Swap;
pub use table::{Calendar, DayKind, OutsideTable, Row, RowKind};
