//! Says how many CSV rows a second are parsed into typed rows: `cargo run --release -p lt-paper --example rows`.

use std::fmt::Write as _;

use lt_paper::sheet::{Hint, Limits, SheetFault, csv_rows};

/// What an import makes of a row.
struct Observation {
    target: u32,
    value: String,
    unit_length: usize,
}

fn parse(bytes: &[u8]) -> Result<(usize, u64), SheetFault> {
    let mut rows = csv_rows(bytes, &Hint::default(), &Limits::default())?;
    let (mut count, mut sum) = (0, 0);
    while let Some(row) = rows.next_row()? {
        let text = |column| row.text(column).unwrap_or_default();
        let seen = Observation {
            target: text(0).trim_start_matches('T').parse().unwrap_or(0),
            value: text(3).replace(',', "."),
            unit_length: text(1).len(),
        };
        count += 1;
        sum += u64::from(seen.target) + (seen.value.len() + seen.unit_length) as u64;
    }
    Ok((count, sum))
}

fn main() -> Result<(), SheetFault> {
    let mut file = String::from("mã;đơn vị;ngày;giá trị;ghi chú\n");
    for row in 0..100_000_u32 {
        let _ = writeln!(
            file,
            "T{row};Ủy ban nhân dân xã số {};2026-06-{:02};{},{:02};\"đã duyệt; có minh chứng\"",
            row % 97,
            row % 28 + 1,
            row,
            row % 100
        );
    }
    for _ in 0..5 {
        #[expect(clippy::disallowed_methods, reason = "an example that measures")]
        let begun = std::time::Instant::now();
        let (count, sum) = parse(file.as_bytes())?;
        let took = begun.elapsed().as_secs_f64();
        println!("{count} rows ({sum}) in {:.1} ms", took * 1e3);
    }
    Ok(())
}
