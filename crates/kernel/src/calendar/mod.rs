//! Working days, lunar dates, reporting periods.
