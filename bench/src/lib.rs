//! lt-bench
