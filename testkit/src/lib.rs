//! lt-testkit
