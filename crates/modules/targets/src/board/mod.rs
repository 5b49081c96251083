//! Boards: the list of resolutions, the scoreboard of one, and what its reports tell.
//!
//! For the head of department with two minutes before a meeting.

pub mod ask;
mod export;
mod lines;
mod list;
pub(crate) mod sayer;
mod show;
pub mod shown;
mod told;

use lt_module::Host;
use lt_web::{Access, Routes};

#[cfg(test)]
pub(crate) use lines::add_excess;
pub(crate) use lines::settled;
pub(crate) use show::as_of;
#[cfg(test)]
pub(crate) use show::counts;

/// The routes.
pub fn routes() -> Routes<Host> {
    let read = Access::Holds("targets.read");
    Routes::new()
        .get("/targets", read, list::list)
        .get("/resolutions/{code}", read, show::show)
        .get("/resolutions/{code}/told", read, told::told)
        .get("/resolutions/{code}/board.csv", read, export::csv)
        .get("/resolutions/{code}/board.xlsx", read, export::xlsx)
}
