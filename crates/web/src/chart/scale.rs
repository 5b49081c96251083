//! From figures to places: round steps on an axis, and numbers written in the reader's form.

use lt_kernel::Lang;

/// An axis with round steps.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Scale {
    /// Figure at the lower end.
    pub(super) low: f64,
    /// Figure at the upper end.
    pub(super) high: f64,
    /// Figures of the lines between, both ends among them.
    pub(super) ticks: Vec<f64>,
    decimals: usize,
}

impl Scale {
    /// An axis over all `values`, with about four steps; holds zero when that costs little room.
    pub(super) fn over(values: impl Iterator<Item = f64>) -> Self {
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for value in values.filter(|value| value.is_finite()) {
            low = low.min(value);
            high = high.max(value);
        }
        if low > high {
            (low, high) = (0.0, 1.0);
        }
        let is_flat = (high - low).abs() < f64::EPSILON;
        if low > 0.0 && (is_flat || low < high * 0.6) {
            low = 0.0;
        }
        if high <= low {
            high = low + 1.0;
        }
        let step = round_step((high - low) / 4.0);
        let (low, high) = ((low / step).floor() * step, (high / step).ceil() * step);
        let mut ticks = Vec::new();
        let mut tick = low;
        while tick <= high + step / 2.0 && ticks.len() < 12 {
            ticks.push(tick);
            tick += step;
        }
        let decimals = if step >= 1.0 {
            0
        } else if step >= 0.1 {
            1
        } else {
            2
        };
        Self { low, high, ticks, decimals }
    }

    /// Where between 0 (lower end) and 1 (upper end) a figure lies.
    pub(super) fn place(&self, value: f64) -> f64 {
        ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }

    /// A figure of the axis in the reader's form.
    pub(super) fn write(&self, value: f64, lang: Lang) -> String {
        write(value, self.decimals, lang)
    }
}

/// A number with so many decimals: `4.600,5`, in English `4,600.5`.
pub(super) fn write(value: f64, decimals: usize, lang: Lang) -> String {
    let text = format!("{:.decimals$}", value.abs());
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    let (group, point) = if lang == Lang::Vi { ('.', ',') } else { (',', '.') };
    let mut out = String::new();
    if value < 0.0 && text.bytes().any(|byte| matches!(byte, b'1'..=b'9')) {
        out.push('−');
    }
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            out.push(group);
        }
        out.push(digit);
    }
    if !rest.is_empty() {
        out.push(point);
        out.push_str(rest);
    }
    out
}

/// 1, 2 or 5 times a power of ten, not below `rough`.
fn round_step(rough: f64) -> f64 {
    let power = 10_f64.powf(rough.log10().floor());
    let factor = [1.0, 2.0, 5.0].into_iter().find(|factor| factor * power >= rough * 0.999);
    factor.unwrap_or(10.0) * power
}

/// A place in the drawing, to a tenth.
pub(super) fn at(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round_and_hold_the_figures() {
        let scale = Scale::over([12.0, 87.0].into_iter());
        assert_eq!(scale.ticks, [0.0, 50.0, 100.0]);
        let scale = Scale::over([96.1, 99.4].into_iter());
        assert_eq!((scale.low, scale.high), (96.0, 100.0));
        assert_eq!(Scale::over(std::iter::empty()).ticks.first(), Some(&0.0));
        assert!(Scale::over([7.0, 7.0].into_iter()).place(7.0) > 0.5);
        assert!(Scale::over([0.0].into_iter()).high > 0.0);
    }

    #[test]
    fn numbers_take_the_readers_form() {
        assert_eq!(write(4600.5, 1, Lang::Vi), "4.600,5");
        assert_eq!(write(4600.5, 1, Lang::En), "4,600.5");
        assert_eq!(write(-0.01, 0, Lang::Vi), "0");
        assert_eq!(write(-1234.0, 0, Lang::Vi), "−1.234");
    }
}
