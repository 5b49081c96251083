//! lt-targets
