//! Questions modules may ask without knowing who answers. Implementations are injected by the program.
