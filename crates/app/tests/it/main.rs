//! Tests over the whole program: its real router and its real binary, on both engines, with a clock that
//! stands. Every page is reached as a person reaches it; only accounts are made by hand.
#![cfg(test)]

mod acceptance;
mod access;
mod bad_input;
mod browser;
mod carry;
mod figures;
mod form;
mod http;
mod indicator;
mod listen;
mod photographed;
mod process;
mod refusals;
mod scoreboard;
mod world;
