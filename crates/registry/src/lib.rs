//! lt-registry
