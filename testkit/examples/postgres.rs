//! Starts a throwaway PostgreSQL cluster, prints its address, and stops it when standard input ends.

use std::io::Read as _;

fn main() -> anyhow::Result<()> {
    let cluster = lt_testkit::postgres::start()?;
    println!("{}", cluster.url());
    std::io::stdin().read_to_end(&mut Vec::new())?;
    Ok(())
}
