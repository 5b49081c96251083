//! Counting: what passed, what failed, what was left out, and reading that from the runners' closing lines.

use std::fmt;
use std::ops::AddAssign;

/// Counts of checks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u32,
    pub(crate) failed: u32,
    pub(crate) skipped: u32,
}

impl Tally {
    /// One check.
    pub(crate) const fn one(passed: bool) -> Self {
        if passed { Self { passed: 1, failed: 0, skipped: 0 } } else { Self { passed: 0, failed: 1, skipped: 0 } }
    }

    /// One check that was left out.
    pub(crate) const SKIPPED: Self = Self { passed: 0, failed: 0, skipped: 1 };

    /// The counts of a runner that ended with `ok`.
    ///
    /// A runner that failed without naming a failed test (it did not build, or a test took the whole process
    /// down) counts as one failure, and so does one that says all is well and ran nothing.
    pub(crate) const fn judged(mut self, ok: bool) -> Self {
        if self.failed == 0 && (!ok || self.passed == 0) {
            self.failed = 1;
        }
        self
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 {
            write!(f, ", {} skipped", self.skipped)?;
        }
        Ok(())
    }
}

/// The counts in what `cargo test` printed: the sum of its `test result:` lines.
pub(crate) fn of_cargo_test(lines: &[String]) -> Tally {
    let mut sum = Tally::default();
    for line in lines {
        let Some((_, counts)) = line.trim_start().strip_prefix("test result: ").and_then(|rest| rest.split_once(". "))
        else {
            continue;
        };
        for part in counts.split(';') {
            match counted(part) {
                Some((n, "passed")) => sum.passed += n,
                Some((n, "failed")) => sum.failed += n,
                Some((n, "ignored")) => sum.skipped += n,
                _ => {}
            }
        }
    }
    sum
}

/// The counts in what nextest printed: its `Summary` line. Tests it did not come to count as failed.
pub(crate) fn of_nextest(lines: &[String]) -> Tally {
    let mut sum = Tally::default();
    let Some(line) = lines.iter().rev().find(|line| line.trim_start().starts_with("Summary [")) else {
        return sum;
    };
    let Some((_, rest)) = line.split_once("] ") else { return sum };
    let Some((run, counts)) = rest.split_once(" run: ") else { return sum };
    if let Some((done, all)) = run.split_whitespace().next().and_then(|run| run.split_once('/'))
        && let (Ok(done), Ok(all)) = (done.parse::<u32>(), all.parse::<u32>())
    {
        sum.failed += all.saturating_sub(done);
    }
    // "14 passed (1 slow, 2 flaky), 1 failed (1 due to being leaky), 1 timed out, 2 skipped"
    for part in without_brackets(counts).split(',') {
        match counted(part) {
            Some((n, "passed")) => sum.passed += n,
            Some((n, "failed" | "timed out" | "exec failed")) => sum.failed += n,
            Some((n, "skipped")) => sum.skipped += n,
            _ => {}
        }
    }
    sum
}

/// The counts in the line `browser: N passed, N failed, N skipped` that `e2e/run.mjs` ends with.
pub(crate) fn of_browser(lines: &[String]) -> Tally {
    let mut sum = Tally::default();
    let Some(counts) = lines.iter().rev().find_map(|line| line.strip_prefix("browser: ")) else { return sum };
    for part in counts.split(',') {
        match counted(part) {
            Some((n, "passed")) => sum.passed += n,
            Some((n, "failed")) => sum.failed += n,
            Some((n, "skipped")) => sum.skipped += n,
            _ => {}
        }
    }
    sum
}

fn counted(part: &str) -> Option<(u32, &str)> {
    let (n, what) = part.trim().split_once(' ')?;
    Some((n.parse().ok()?, what.trim()))
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0_u32;
    text.chars()
        .filter(|c| {
            match c {
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                _ => return depth == 0,
            }
            false
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    const fn tally(passed: u32, failed: u32, skipped: u32) -> Tally {
        Tally { passed, failed, skipped }
    }

    #[test]
    fn cargo_test_is_summed_over_its_binaries() {
        let printed = "running 3 tests\ntest a ... ok\n\n\
            test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 7 filtered out; finished in 0.01s\n\n\
            test result: FAILED. 10 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.01s\n";
        assert_eq!(of_cargo_test(&lines(printed)), tally(13, 2, 1));
    }

    #[test]
    fn nextest_is_read_with_its_asides() {
        let plain = "     Summary [   0.003s] 2 tests run: 2 passed, 0 skipped";
        assert_eq!(of_nextest(&lines(plain)), tally(2, 0, 0));
        let full = "     Summary [  12.003s] 17 tests run: 14 passed (1 slow, 2 flaky), 1 failed, 1 timed out, \
            1 exec failed, 4 skipped";
        assert_eq!(of_nextest(&lines(full)), tally(14, 3, 4));
    }

    #[test]
    fn tests_nextest_did_not_come_to_are_failures() {
        let cut = "     Summary [  12.003s] 3/10 tests run: 2 passed, 1 failed, 0 skipped";
        assert_eq!(of_nextest(&lines(cut)), tally(2, 8, 0));
    }

    #[test]
    fn the_browser_line_is_read() {
        assert_eq!(of_browser(&lines("x\nbrowser: 40 passed, 2 failed, 1 skipped")), tally(40, 2, 1));
    }

    #[test]
    fn silence_is_not_success() {
        assert_eq!(of_nextest(&lines("error: could not compile")).judged(false), tally(0, 1, 0));
        assert_eq!(of_cargo_test(&[]).judged(true), tally(0, 1, 0));
        assert_eq!(of_cargo_test(&lines("test result: ok. 3 passed; 0 failed")).judged(false), tally(3, 1, 0));
        assert_eq!(tally(3, 0, 0).judged(true), tally(3, 0, 0));
    }

    #[test]
    fn the_last_line_names_skipped_ones_only_when_there_are_any() {
        assert_eq!(tally(3, 0, 0).to_string(), "3 passed, 0 failed");
        assert_eq!(tally(3, 0, 2).to_string(), "3 passed, 0 failed, 2 skipped");
    }
}
