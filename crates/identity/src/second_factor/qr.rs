//! The picture an authenticator scans, as SVG inside the page: no file, no script, no style.

use std::fmt::Write;

use qrcode::{Color, EcLevel, QrCode};

/// Modules of white around the code (ISO/IEC 18004 asks for four).
const QUIET: usize = 4;

/// `text` as an SVG element, or nothing when it is too long for a code.
///
/// Drawn as one path in black on white whatever the page's scheme, because scanners want it so.
#[must_use]
pub fn svg(text: &str, title: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let width = code.width();
    let side = width + 2 * QUIET;
    let mut path = String::new();
    for (place, module) in code.to_colors().into_iter().enumerate() {
        if module == Color::Dark {
            let (x, y) = (place % width + QUIET, place / width + QUIET);
            let _ = write!(path, "M{x} {y}h1v1h-1z");
        }
    }
    let title = title.replace('&', "&amp;").replace('<', "&lt;");
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" width=\"220\" height=\"220\" role=\"img\" \
         shape-rendering=\"crispEdges\"><title>{title}</title>\
         <path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path fill=\"#000\" d=\"{path}\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_the_three_corners() {
        let svg = svg("otpauth://totp/x", "Mã <quét>").unwrap();
        assert!(svg.contains("&lt;quét>"), "titles are escaped");
        // The top row of a finder pattern is seven dark modules.
        assert!((4..11).all(|x| svg.contains(&format!("M{x} 4h1"))));
    }

    #[test]
    fn refuses_what_is_too_long() {
        assert!(svg(&"a".repeat(10_000), "x").is_none());
    }
}
