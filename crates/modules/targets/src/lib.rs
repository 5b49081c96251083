//! Targets with evidence: from a resolution's sentence to an evidenced verdict.

pub mod file;
pub mod measure;
pub mod observation;
pub mod scheme;
pub mod target;
pub mod verdict;
