//! lt-identity
