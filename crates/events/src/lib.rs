//! lt-events
