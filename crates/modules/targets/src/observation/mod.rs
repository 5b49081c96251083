//! Observations: one reported value of a measure, its qualifier, its day, its evidence.

pub mod ask;
pub mod desk;
mod entry;
pub mod evidence;
pub mod files;
pub mod frozen;
pub mod import;
pub mod line;
pub mod model;
mod show;
pub mod store;
#[cfg(test)]
pub(crate) mod testing;
pub mod verbs;
#[cfg(test)]
mod verbs_tests;
pub mod writing;

pub use model::{Evidence, Judgement, Observation, ObservationId, Stage, Value};

use lt_module::Host;
use lt_web::{Access, Routes};

/// The routes.
pub fn routes() -> Routes<Host> {
    let (read, observe) = (Access::Holds("targets.read"), Access::Holds("targets.observe"));
    Routes::new()
        .get("/resolutions/{code}/observe", observe, entry::show)
        .post("/resolutions/{code}/observe", observe, entry::save)
        .get("/resolutions/{code}/observations/{id}", read, show::show)
        .post("/resolutions/{code}/observations/{id}/approve", Access::Holds("targets.approve"), show::approve)
        .post("/resolutions/{code}/observations/{id}/withdraw", observe, show::withdraw)
        .post("/resolutions/{code}/observations/{id}/judge", observe, show::judge)
        .get("/resolutions/{code}/ask", read, ask::show)
        .post("/resolutions/{code}/ask", observe, ask::record)
        .get("/resolutions/{code}/import", observe, import::web::ask)
        .post("/resolutions/{code}/import", observe, import::web::preview)
        .post("/resolutions/{code}/import/confirm", observe, import::web::confirm)
        .get("/resolutions/{code}/template.csv", observe, import::web::template_csv)
        .get("/resolutions/{code}/template.xlsx", observe, import::web::template_xlsx)
        .get("/resolutions/{code}/observations.csv", read, import::web::stored_csv)
        .get("/resolutions/{code}/observations.xlsx", read, import::web::stored_xlsx)
        .get("/evidence/{id}", read, evidence::serve)
}
