//! Evidence files: what they really are is seen from their first bytes, never from what the browser claims.

use lt_kernel::Said;

/// Most bytes of one evidence file.
pub const MAX_BYTES: usize = 50_000_000;

/// A kind of file that is taken.
struct Kind {
    /// Endings of its name.
    endings: &'static [&'static str],
    /// What is sent to browsers.
    mime: &'static str,
    /// How its content is known.
    known: Content,
    /// Whether browsers may show it in place.
    inline: bool,
}

enum Content {
    /// It begins with one of these.
    Begins(&'static [&'static [u8]]),
    /// Four bytes, a size, then these: the RIFF family.
    Riff(&'static [u8]),
    /// An archive with this part in it.
    Archive(&'static [u8]),
    /// UTF-8 without control characters.
    Text,
    /// A size, then `ftyp`.
    Movie,
}

const OLE: &[&[u8]] = &[&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]];

const KINDS: &[Kind] = &[
    Kind { endings: &["pdf"], mime: "application/pdf", known: Content::Begins(&[b"%PDF-"]), inline: true },
    Kind { endings: &["png"], mime: "image/png", known: Content::Begins(&[b"\x89PNG\r\n\x1a\n"]), inline: true },
    Kind {
        endings: &["jpg", "jpeg"],
        mime: "image/jpeg",
        known: Content::Begins(&[&[0xFF, 0xD8, 0xFF]]),
        inline: true,
    },
    Kind { endings: &["gif"], mime: "image/gif", known: Content::Begins(&[b"GIF87a", b"GIF89a"]), inline: true },
    Kind { endings: &["webp"], mime: "image/webp", known: Content::Riff(b"WEBP"), inline: true },
    Kind {
        endings: &["tif", "tiff"],
        mime: "image/tiff",
        known: Content::Begins(&[b"II*\0", b"MM\0*"]),
        inline: false,
    },
    Kind {
        endings: &["docx"],
        mime: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        known: Content::Archive(b"word/document.xml"),
        inline: false,
    },
    Kind {
        endings: &["xlsx"],
        mime: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        known: Content::Archive(b"xl/workbook.xml"),
        inline: false,
    },
    Kind {
        endings: &["pptx"],
        mime: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        known: Content::Archive(b"ppt/presentation.xml"),
        inline: false,
    },
    Kind {
        endings: &["odt", "ods", "odp"],
        mime: "application/octet-stream",
        known: Content::Archive(b"mimetypeapplication/vnd.oasis.opendocument."),
        inline: false,
    },
    Kind { endings: &["doc"], mime: "application/msword", known: Content::Begins(OLE), inline: false },
    Kind { endings: &["xls"], mime: "application/vnd.ms-excel", known: Content::Begins(OLE), inline: false },
    Kind { endings: &["txt", "csv"], mime: "text/plain; charset=utf-8", known: Content::Text, inline: true },
    Kind { endings: &["mp4", "m4a"], mime: "video/mp4", known: Content::Movie, inline: false },
    Kind {
        endings: &["mp3"],
        mime: "audio/mpeg",
        known: Content::Begins(&[b"ID3", &[0xFF, 0xFB], &[0xFF, 0xF3]]),
        inline: false,
    },
];

/// Endings for the file field of a form.
pub const ACCEPT: &str =
    ".pdf,.png,.jpg,.jpeg,.gif,.webp,.tif,.tiff,.docx,.xlsx,.pptx,.odt,.ods,.odp,.doc,.xls,.txt,.csv,.mp4,.m4a,.mp3";

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

impl Content {
    fn fits(&self, bytes: &[u8]) -> bool {
        match self {
            Self::Begins(with) => with.iter().any(|begin| bytes.starts_with(begin)),
            Self::Riff(kind) => bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(*kind),
            // Names of parts stand in the archive as they are. Macros make a program of a document.
            Self::Archive(part) => {
                bytes.starts_with(b"PK\x03\x04") && holds(bytes, part) && !holds(bytes, b"vbaProject.bin")
            }
            Self::Text => {
                let plain = |text: &str| !text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'));
                std::str::from_utf8(bytes).is_ok_and(plain) && !bytes.starts_with(b"#!")
            }
            Self::Movie => bytes.get(4..8) == Some(b"ftyp"),
        }
    }
}

/// The kind of a file by its name and its content, as sent to browsers.
///
/// # Errors
/// What is wrong with it, for a person: empty, too large, a kind that is not taken (programs among them), or a
/// content that is not what the name says.
pub fn kind(name: &str, bytes: &[u8]) -> Result<&'static str, Said> {
    let said = |key: &str| Err(Said::new(key).with("name", name).with("limit", MAX_BYTES / 1_000_000));
    if bytes.is_empty() {
        return said("targets-evidence-empty");
    }
    if bytes.len() > MAX_BYTES {
        return said("targets-evidence-too-large");
    }
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    let Some(kind) = KINDS.iter().find(|kind| kind.endings.contains(&ending.as_str())) else {
        return said("targets-evidence-not-taken");
    };
    if kind.known.fits(bytes) { Ok(kind.mime) } else { said("targets-evidence-not-what-it-says") }
}

/// Whether browsers may show a file of this kind in place.
#[must_use]
pub fn is_inline(mime: &str) -> bool {
    KINDS.iter().any(|kind| kind.inline && kind.mime == mime)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_content_decides_not_the_name() {
        assert_eq!(kind("Báo cáo.PDF", b"%PDF-1.7 ..."), Ok("application/pdf"));
        assert_eq!(kind("a.txt", "số liệu".as_bytes()), Ok("text/plain; charset=utf-8"));
        assert_eq!(kind("a.docx", b"PK\x03\x04..word/document.xml.."), Ok(KINDS[6].mime));
        for (name, bytes) in [
            ("a.pdf", &b"MZ\x90\0"[..]),
            ("a.png", b"\x7fELF"),
            ("a.txt", b"#!/bin/sh\nrm -rf x"),
            ("a.txt", b"MZ\0\0"),
            ("a.docx", b"PK\x03\x04..word/document.xml..word/vbaProject.bin"),
            ("a.docx", b"PK\x03\x04..xl/workbook.xml"),
        ] {
            let key = kind(name, bytes).unwrap_err().key;
            assert_eq!(key, "targets-evidence-not-what-it-says", "{name}");
        }
        for name in ["a.exe", "a.html", "a.svg", "a.zip", "a", "a.pdf.js", "a.docm"] {
            assert_eq!(kind(name, b"x").unwrap_err().key, "targets-evidence-not-taken", "{name}");
        }
        assert_eq!(kind("a.pdf", b"").unwrap_err().key, "targets-evidence-empty");
        assert_eq!(kind("a.pdf", &vec![b'%'; MAX_BYTES + 1]).unwrap_err().key, "targets-evidence-too-large");
    }

    #[test]
    fn nothing_that_runs_is_shown_in_place() {
        assert!(is_inline("application/pdf") && is_inline("image/png") && is_inline("text/plain; charset=utf-8"));
        assert!(!is_inline("text/html") && !is_inline("image/svg+xml") && !is_inline(KINDS[6].mime));
    }
}
