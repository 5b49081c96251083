//! What only the machine has: its clock and its randomness. Everything else takes them as parameters.

use std::sync::Mutex;

use lt_kernel::id::Ids;
use lt_kernel::{Clock, Instant};

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct MachineClock;

impl Clock for MachineClock {
    fn now(&self) -> Instant {
        #[expect(clippy::disallowed_methods, reason = "the one place where the program's time comes from")]
        let now = std::time::SystemTime::now();
        let since = now.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        Instant::from_micros(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
    }
}

/// Identifiers from the machine's randomness, drawn in blocks because each draw is a system call.
#[derive(Debug, Default)]
pub struct MachineIds {
    block: Mutex<Vec<u8>>,
}

/// Bytes drawn at a time.
const BLOCK: usize = 4000;

impl Ids for MachineIds {
    fn random(&self) -> [u8; 10] {
        let mut block = self.block.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if block.len() < 10 {
            block.resize(BLOCK, 0);
            if getrandom::fill(&mut block).is_err() {
                // A machine without randomness cannot make identifiers that are safe to give out.
                std::process::abort();
            }
        }
        let mut drawn = [0; 10];
        for byte in &mut drawn {
            *byte = block.pop().unwrap_or_default();
        }
        drawn
    }
}
