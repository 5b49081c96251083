//! Reviews: a period with a cut-off day in which observations are collected, approved by a second person and
//! frozen; what is frozen can be judged again by anybody and gives the same verdicts.

pub mod cause;
pub mod correct;
pub(crate) mod desk;
pub mod frozen;
pub mod gather;
mod list;
pub mod missing;
pub mod model;
mod show;
pub mod store;
mod texts;
mod verbs;

#[cfg(test)]
mod frozen_tests;
#[cfg(test)]
mod model_tests;
#[cfg(test)]
mod store_tests;
#[cfg(test)]
pub(crate) mod testing;

use lt_module::Host;
use lt_web::{Access, Routes};

pub use frozen::Frozen;
pub use model::{Refused, Review, ReviewId, Signed, State};

/// The routes, those of reports included.
pub fn routes() -> Routes<Host> {
    let holds = Access::Holds;
    Routes::new()
        .get("/resolutions/{code}/reviews", holds("targets.read"), list::list)
        .post("/resolutions/{code}/reviews", holds("targets.review"), list::open)
        .get("/resolutions/{code}/reviews/{period}", holds("targets.read"), show::show)
        .post("/resolutions/{code}/reviews/{period}/collect", holds("targets.review"), verbs::collect)
        .post("/resolutions/{code}/reviews/{period}/reopen", holds("targets.review"), verbs::reopen)
        .post("/resolutions/{code}/reviews/{period}/approve", holds("targets.approve"), verbs::approve)
        .post("/resolutions/{code}/reviews/{period}/freeze", holds("targets.approve"), verbs::freeze)
        .get("/resolutions/{code}/reviews/{period}/texts", holds("targets.review"), texts::ask)
        .post("/resolutions/{code}/reviews/{period}/texts", holds("targets.review"), texts::save)
        .get("/resolutions/{code}/reviews/{period}/causes/{target}", holds("targets.review"), texts::ask_cause)
        .post("/resolutions/{code}/reviews/{period}/causes/{target}", holds("targets.review"), texts::save_cause)
        .get("/resolutions/{code}/reviews/{period}/correct/{observation}", holds("targets.observe"), correct::ask)
        .post("/resolutions/{code}/reviews/{period}/correct/{observation}", holds("targets.observe"), correct::save)
        .and(crate::report::web::routes())
}
