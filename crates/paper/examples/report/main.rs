//! Writes the sample reports as PDF and DOCX into the folder named first, and says how long 40 pages take.
//!
//! `cargo run --release -p lt-paper --example report -- DIR`

#[path = "sample.rs"]
mod sample;

use std::error::Error;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("name the folder to write into")?);
    std::fs::create_dir_all(&folder)?;
    for (name, paper) in [("party", sample::party()), ("state", sample::state())] {
        let pdf = lt_paper::pdf::render(&paper)?;
        std::fs::write(folder.join(format!("{name}.pdf")), &pdf.bytes)?;
        std::fs::write(folder.join(format!("{name}.docx")), lt_paper::docx::render(&paper)?)?;
        println!("{name}: {} pages, {} bytes", pdf.pages, pdf.bytes.len());
    }
    let long = sample::long(21);
    for _ in 0..5 {
        let (pdf, took) = timed(|| lt_paper::pdf::render(&long));
        let pdf = pdf?;
        println!("{} pages, {} bytes: PDF {took:.1} ms", pdf.pages, pdf.bytes.len());
        std::fs::write(folder.join("long.pdf"), &pdf.bytes)?;
        let (docx, took) = timed(|| lt_paper::docx::render(&long));
        println!("    DOCX {took:.1} ms, {} bytes", docx?.len());
    }
    Ok(())
}

/// The result of `work` and the milliseconds it took.
fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    #[expect(clippy::disallowed_methods, reason = "an example that measures")]
    let begun = std::time::Instant::now();
    let result = work();
    (result, begun.elapsed().as_secs_f64() * 1e3)
}
