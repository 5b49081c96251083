//! Exact numbers, qualifiers, intervals.
