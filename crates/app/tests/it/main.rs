//! The program as a whole.
#![cfg(test)]
