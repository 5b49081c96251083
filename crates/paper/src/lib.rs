//! lt-paper
