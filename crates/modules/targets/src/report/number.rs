//! Numbers of reports: the Party counts per term, the State per year (HD 36-HD/VPTW 2018; Decree 30/2020/NĐ-CP,
//! Annex I).

use lt_kernel::id::OrgId;
use lt_kernel::{Date, Interval};

use crate::file::format::Lane;

/// Name of the counter a number is drawn from.
#[must_use]
pub fn series(lane: Lane, org: OrgId, term: Interval, issued: Date) -> String {
    match lane {
        Lane::Party => format!("targets/report-party-{org}-{}", term.from),
        Lane::State => format!("targets/report-state-{org}-{}", issued.year()),
    }
}

/// The whole number as it stands on the paper: "Số 05-BC/CB", "Số: 05/BC-STTTT".
#[must_use]
pub fn written(lane: Lane, drawn: u32, symbol: &str) -> String {
    match lane {
        Lane::Party => format!("Số {drawn:02}-{symbol}"),
        Lane::State => format!("Số: {drawn:02}/{symbol}"),
    }
}

/// What usually stands behind the number of an issuer: `BC/CB` for a Party cell, `BC/ĐU` for a Party committee,
/// `BC-` and the abbreviation (else the first letters of its name) for a State body.
#[must_use]
pub fn symbol(lane: Lane, issuer: &str, abbrev: Option<&str>) -> String {
    let begins = |word: &str| issuer.to_lowercase().starts_with(word);
    match (lane, abbrev) {
        (Lane::Party, _) if begins("chi bộ") => "BC/CB".to_owned(),
        (Lane::Party, _) if begins("tỉnh ủy") => "BC/TU".to_owned(),
        (Lane::Party, _) => "BC/ĐU".to_owned(),
        (Lane::State, Some(abbrev)) => format!("BC-{abbrev}"),
        (Lane::State, None) => {
            let words = issuer.split([' ', ',', '-']).filter(|word| !word.is_empty() && word.to_lowercase() != "và");
            format!(
                "BC-{}",
                words.filter_map(|word| word.chars().next()).flat_map(char::to_uppercase).collect::<String>()
            )
        }
    }
}

/// A date as papers write it: a zero before days below 10 and before the months 1 and 2, so that no digit can be
/// put in front (Decree 30/2020/NĐ-CP, Annex I).
#[must_use]
pub fn day_in_words(day: Date) -> String {
    let month = if day.month() < 3 { format!("{:02}", day.month()) } else { day.month().to_string() };
    format!("ngày {:02} tháng {month} năm {}", day.day(), day.year())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use lt_kernel::id::Uuid;

    use super::*;

    #[test]
    fn the_party_counts_per_term_and_the_state_per_year() {
        let (org, term) = (OrgId(Uuid::nil()), Interval { from: date(2020, 6, 15), to: None });
        let named = |lane, day| series(lane, org, term, day);
        assert_eq!(named(Lane::Party, date(2021, 1, 5)), named(Lane::Party, date(2023, 6, 7)));
        assert_ne!(named(Lane::State, date(2021, 1, 5)), named(Lane::State, date(2023, 6, 7)));
        assert_eq!(written(Lane::Party, 5, "BC/CB"), "Số 05-BC/CB");
        assert_eq!(written(Lane::State, 12, "BC-STTTT"), "Số: 12/BC-STTTT");
    }

    #[test]
    fn symbols_and_dates_as_papers_write_them() {
        assert_eq!(symbol(Lane::Party, "Chi bộ Sở Thông tin và Truyền thông", None), "BC/CB");
        assert_eq!(symbol(Lane::Party, "Đảng bộ Sở Thông tin và Truyền thông", None), "BC/ĐU");
        assert_eq!(symbol(Lane::State, "Sở Thông tin và Truyền thông", None), "BC-STTTT");
        assert_eq!(symbol(Lane::State, "Ủy ban nhân dân tỉnh", Some("UBND")), "BC-UBND");
        assert_eq!(day_in_words(date(2023, 6, 7)), "ngày 07 tháng 6 năm 2023");
        assert_eq!(day_in_words(date(2023, 2, 12)), "ngày 12 tháng 02 năm 2023");
    }
}
