//! Verb by verb, as a browser meets them.

mod board;
mod guard;
mod history;
mod lanes;
mod language;
mod observe;
mod problem;
mod review;
mod sign_in;
mod together;
mod watch;
