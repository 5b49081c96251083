//! Contrast of every pair of colours that meets on a page, worked out from `tokens.css` (WCAG 2.2, 1.4.3
//! and 1.4.11).

use std::collections::HashMap;

use lt_web::assets::TOKENS;

type Colours = HashMap<String, [u8; 3]>;

/// Colours of a block of the style sheet.
fn colours(css: &str) -> Colours {
    let mut found = Colours::new();
    for line in css.lines() {
        if let Some((name, value)) = line.trim().trim_end_matches(';').split_once(": #") {
            let channel = |at: usize| u8::from_str_radix(&value[at..at + 2], 16).unwrap();
            found.insert(name.trim_start_matches("--").to_owned(), [channel(0), channel(2), channel(4)]);
        }
    }
    found
}

fn schemes() -> [(&'static str, Colours); 2] {
    let (light, dark) = TOKENS.split_once("@media (prefers-color-scheme: dark)").unwrap();
    let light = colours(light);
    let mut both = light.clone();
    let dark = colours(dark);
    assert!(light.len() >= 25 && dark.len() >= 25, "the tokens were not read");
    both.extend(dark);
    [("light", light), ("dark", both)]
}

fn luminance(colour: [u8; 3]) -> f64 {
    let linear = colour.map(|channel| {
        let share = f64::from(channel) / 255.0;
        if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let (a, b) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Pairs below the ratio, in words.
fn too_weak(pairs: &[(&str, &str)], ratio: f64) -> Vec<String> {
    let mut weak = Vec::new();
    for (scheme, colours) in schemes() {
        for (front, back) in pairs {
            let found = contrast(colours[*front], colours[*back]);
            if found < ratio {
                weak.push(format!("{scheme}: {front} on {back} is {found:.2}"));
            }
        }
    }
    weak
}

#[test]
fn text_can_be_read_in_both_schemes() {
    let mut pairs = Vec::new();
    for ground in ["ground", "surface", "sunken"] {
        for text in ["ink", "ink-soft", "link", "bad", "good", "warn", "exceeded", "undetermined", "unknown"] {
            pairs.push((text, ground));
        }
    }
    for tone in ["info", "good", "warn", "bad", "exceeded", "undetermined", "unknown"] {
        let ground: &'static str = match tone {
            "info" => "info-ground",
            "good" => "good-ground",
            "warn" => "warn-ground",
            "bad" => "bad-ground",
            "exceeded" => "exceeded-ground",
            "undetermined" => "undetermined-ground",
            _ => "unknown-ground",
        };
        pairs.extend([(tone, ground), ("ink", ground)]);
    }
    pairs.extend([("on-accent", "accent"), ("on-accent", "accent-deep")]);
    // Counts written on the parts of a chart.
    pairs.extend(["good", "warn", "bad", "exceeded", "undetermined", "info", "link"].map(|fill| ("surface", fill)));
    assert_eq!(too_weak(&pairs, 4.5), [""; 0]);
}

#[test]
fn edges_and_focus_can_be_seen_in_both_schemes() {
    let mut pairs = Vec::new();
    for ground in ["ground", "surface"] {
        pairs.extend([("line-strong", ground), ("focus", ground)]);
    }
    pairs.push(("surface", "line-strong"));
    assert_eq!(too_weak(&pairs, 3.0), [""; 0]);
}

#[test]
fn the_measure_itself_is_right() {
    assert!((contrast([0, 0, 0], [255, 255, 255]) - 21.0).abs() < 0.01);
    assert!((contrast([0x76, 0x76, 0x76], [255, 255, 255]) - 4.54).abs() < 0.01);
}
