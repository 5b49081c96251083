//! The sum of a table's content, the same in whatever order its rows are read.

use sha2::{Digest, Sha256};

use crate::Val;

/// How many rows a table has, and the sum over them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Sum {
    pub(super) rows: u64,
    total: u128,
}

impl Sum {
    /// Takes a row in.
    pub(super) fn add(&mut self, row: &[Val]) {
        let mut hash = Sha256::new();
        for value in row {
            match value {
                Val::Null => hash.update([0]),
                Val::Int(number) => {
                    hash.update([1]);
                    hash.update(number.to_le_bytes());
                }
                Val::Text(text) => with_length(&mut hash, 2, text.as_bytes()),
                Val::Bytes(bytes) => with_length(&mut hash, 3, bytes),
                Val::Id(id) => with_length(&mut hash, 4, id.as_bytes()),
            }
        }
        let digest = hash.finalize();
        let mut half = [0; 16];
        for (to, from) in half.iter_mut().zip(digest.iter()) {
            *to = *from;
        }
        self.rows += 1;
        // Added, not xor-ed: two equal rows must not cancel out.
        self.total = self.total.wrapping_add(u128::from_le_bytes(half));
    }

    /// The sum as 32 hexadecimal digits.
    pub(super) fn text(&self) -> String {
        format!("{:032x}", self.total)
    }
}

fn with_length(hash: &mut Sha256, tag: u8, bytes: &[u8]) {
    hash.update([tag]);
    hash.update((bytes.len() as u64).to_le_bytes());
    hash.update(bytes);
}

#[cfg(test)]
mod tests {
    use super::Sum;
    use crate::{Val, params};

    fn sum(rows: &[Vec<Val>]) -> Sum {
        let mut sum = Sum::default();
        for row in rows {
            sum.add(row);
        }
        sum
    }

    #[test]
    fn order_does_not_matter_but_every_value_does() {
        let rows = [params![1, "a"], params![2, "b"], params![1, "a"]];
        let turned = [params![1, "a"], params![1, "a"], params![2, "b"]];
        assert_eq!(sum(&rows), sum(&turned));
        for other in [
            &[params![1, "a"], params![2, "b"]][..],
            &[params![1, "a"], params![2, "c"], params![1, "a"]],
            &[params![2, "b"], params![2, "b"], params![1, "a"]],
            &[params![1, "a"], params!["2", "b"], params![1, "a"]],
            &[params![1, "a"], params![None::<i64>, "b"], params![1, "a"]],
        ] {
            assert_ne!(sum(&rows), sum(other));
        }
        assert_ne!(sum(&[params!["ab", "c"]]), sum(&[params!["a", "bc"]]));
    }
}
