//! A full directory snapshot, compared with the registry on a day (documents §5.4 point 8).

mod plan;
mod snapshot;

pub use plan::{Plan, Step, StepKind, plan};
pub use snapshot::{Fault, Line, Snapshot};
