//! Bytes to UTF-8, with the place of the first fault.

use std::io::{self, Read};

use crate::sheet::SheetFault;

/// How the bytes are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Writing {
    /// Not yet seen.
    Unknown,
    Utf8,
    Utf16 {
        big: bool,
    },
}

/// Hands on UTF-8 without byte order mark, checked as it passes, counted, and stopped at the limit.
pub(crate) struct Decoded<R> {
    inner: R,
    writing: Writing,
    /// Bytes read and not yet handed on.
    raw: Vec<u8>,
    /// Checked UTF-8 not yet handed on, from `given` on.
    ready: Vec<u8>,
    given: usize,
    /// Bytes of the source taken into `ready`.
    taken: u64,
    read: u64,
    limit: u64,
    line: u64,
    ended: bool,
}

/// How many line feeds there are.
pub(crate) fn line_feeds(bytes: &[u8]) -> u64 {
    bytes.iter().map(|byte| u64::from(*byte == b'\n')).sum()
}

/// A fault on its way through the reader that cannot carry it.
fn wrapped(fault: SheetFault) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, fault)
}

/// The fault in a reader's error.
pub(crate) fn fault_of(error: io::Error) -> SheetFault {
    let detail = error.to_string();
    error
        .into_inner()
        .and_then(|inner| inner.downcast::<SheetFault>().ok())
        .map_or(SheetFault::Unreadable { detail }, |fault| *fault)
}

impl<R: Read> Decoded<R> {
    pub(crate) const fn new(inner: R, limit: u64) -> Self {
        Self {
            inner,
            writing: Writing::Unknown,
            raw: Vec::new(),
            ready: Vec::new(),
            given: 0,
            taken: 0,
            read: 0,
            limit,
            line: 1,
            ended: false,
        }
    }

    /// Reads a stretch of the source and moves what is whole into `ready`.
    fn fill(&mut self) -> io::Result<()> {
        let before = self.raw.len();
        self.raw.resize(before + 64 * 1024, 0);
        let got = match self.inner.read(self.raw.get_mut(before..).unwrap_or_default()) {
            Ok(got) => got,
            Err(error) => {
                self.raw.truncate(before);
                return if error.kind() == io::ErrorKind::Interrupted { Ok(()) } else { Err(error) };
            }
        };
        self.raw.truncate(before + got);
        self.read = self.read.saturating_add(got as u64);
        if self.read > self.limit {
            return Err(wrapped(SheetFault::TooLarge { limit: self.limit }));
        }
        self.ended = got == 0;
        if self.writing == Writing::Unknown {
            if self.raw.len() < 3 && !self.ended {
                return Ok(());
            }
            self.begin();
        }
        match self.writing {
            Writing::Utf16 { big } => self.take_utf16(big),
            Writing::Utf8 | Writing::Unknown => self.take_utf8(),
        }
    }

    fn begin(&mut self) {
        let (writing, mark) = match self.raw.as_slice() {
            [0xEF, 0xBB, 0xBF, ..] => (Writing::Utf8, 3),
            [0xFF, 0xFE, ..] => (Writing::Utf16 { big: false }, 2),
            [0xFE, 0xFF, ..] => (Writing::Utf16 { big: true }, 2),
            _ => (Writing::Utf8, 0),
        };
        self.writing = writing;
        self.raw.drain(..mark);
        self.taken = mark as u64;
    }

    fn accept(&mut self, length: usize) {
        let good = self.raw.get(..length).unwrap_or_default();
        self.line += line_feeds(good);
        self.ready.extend_from_slice(good);
        self.raw.drain(..length);
        self.taken += length as u64;
    }

    fn take_utf8(&mut self) -> io::Result<()> {
        let (good, broken) = match std::str::from_utf8(&self.raw) {
            Ok(text) => (text.len(), false),
            Err(error) => (error.valid_up_to(), error.error_len().is_some() || self.ended),
        };
        self.accept(good);
        // What came before the fault is handed on first; the fault comes back at the next call.
        if broken && self.ready.is_empty() {
            return Err(wrapped(SheetFault::NotUtf8 { line: self.line, byte: self.taken + 1 }));
        }
        if broken {
            self.ended = false;
        }
        Ok(())
    }

    fn take_utf16(&mut self, big: bool) -> io::Result<()> {
        let units: Vec<u16> = self
            .raw
            .chunks_exact(2)
            .map(|pair| {
                let pair = [pair.first().copied().unwrap_or(0), pair.last().copied().unwrap_or(0)];
                if big { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) }
            })
            .collect();
        // The first half of a pair at the end waits for the second.
        let waits = !self.ended && units.last().is_some_and(|unit| (0xD800..0xDC00).contains(unit));
        let whole = units.len() - usize::from(waits);
        let mut used = 0;
        for letter in char::decode_utf16(units.into_iter().take(whole)) {
            let Ok(letter) = letter else {
                return Err(wrapped(SheetFault::NotUtf16 { line: self.line }));
            };
            used += letter.len_utf16() * 2;
            self.line += u64::from(letter == '\n');
            let mut bytes = [0; 4];
            self.ready.extend_from_slice(letter.encode_utf8(&mut bytes).as_bytes());
        }
        self.raw.drain(..used);
        self.taken += used as u64;
        if self.ended && !self.raw.is_empty() {
            return Err(wrapped(SheetFault::NotUtf16 { line: self.line }));
        }
        Ok(())
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.given >= self.ready.len() {
            self.ready.clear();
            self.given = 0;
            if self.ended {
                return Ok(0);
            }
            self.fill()?;
        }
        let rest = self.ready.get(self.given..).unwrap_or_default();
        let length = rest.len().min(into.len());
        if let (Some(to), Some(from)) = (into.get_mut(..length), rest.get(..length)) {
            to.copy_from_slice(from);
        }
        self.given += length;
        Ok(length)
    }
}
