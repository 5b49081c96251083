//! Vietnamese text: NFC, folding, sort and search keys.
