//! Dated rules.
