//! Every verb in every state.

use jiff::civil::date;
use lt_kernel::Instant;
use lt_kernel::id::{AccountId, Uuid};

use super::model::*;
use crate::resolution::ResolutionId;

const CUTOFF: lt_kernel::Date = date(2023, 6, 7);

fn by(who: u128) -> Signed {
    Signed { by: AccountId(Uuid::from_u128(who)), at: Instant::end_of(CUTOFF) }
}

fn states() -> [State; 4] {
    let (collected, approved, frozen) = (by(1), by(2), by(3));
    [
        State::Open,
        State::Collected(collected),
        State::Approved { collected, approved },
        State::Frozen { collected, approved, frozen, number: 1 },
    ]
}

fn review(state: State) -> Review {
    Review {
        id: ReviewId(Uuid::from_u128(9)),
        resolution: ResolutionId(Uuid::from_u128(8)),
        period: "2023-H1".parse().unwrap(),
        cutoff: CUTOFF,
        state,
        version: 1,
    }
}

/// A verb as a table line: what it gives in the states open, collected, approved, frozen.
fn line(verb: impl Fn(Review) -> Result<&'static str, Refused>) -> [Result<&'static str, Refused>; 4] {
    states().map(|state| verb(review(state)))
}

#[test]
fn every_verb_in_every_state() {
    use Refused as R;
    let word = |state: State| state.word();
    assert_eq!(
        line(|one| one.collect(by(1)).map(word)),
        [Ok("collected"), Err(R::NotOpen), Err(R::NotOpen), Err(R::NotOpen)]
    );
    assert_eq!(
        line(|one| one.approve(by(2)).map(word)),
        [Err(R::NotCollected), Ok("approved"), Err(R::NotCollected), Err(R::NotCollected)]
    );
    assert_eq!(
        line(|one| one.freeze(by(3)).map(word)),
        [Err(R::NotApproved), Err(R::NotApproved), Ok("frozen"), Err(R::Frozen)]
    );
    assert_eq!(line(|one| one.reopen().map(word)), [Err(R::AlreadyOpen), Ok("open"), Ok("open"), Err(R::Frozen)]);
    assert_eq!(
        line(|one| one.correct(CUTOFF).map(|()| "ok")),
        [Err(R::NotFrozen), Err(R::NotFrozen), Err(R::NotFrozen), Ok("ok")]
    );
    assert_eq!(
        line(|one| one.refreeze(by(2), &[Some(by(1).by)]).map(word)),
        [Err(R::NotFrozen), Err(R::NotFrozen), Err(R::NotFrozen), Ok("frozen")]
    );
    assert_eq!(
        line(|one| one.issue().map(|_| "ok")),
        [Err(R::NotFrozen), Err(R::NotFrozen), Err(R::NotFrozen), Ok("ok")]
    );
}

#[test]
fn two_people_are_needed() {
    let collected = review(State::Collected(by(1)));
    assert_eq!(collected.approve(by(1)), Err(Refused::SamePerson));
    assert!(collected.approve(by(2)).is_ok());
    let frozen = review(states()[3]);
    assert_eq!(frozen.refreeze(by(2), &[Some(by(2).by), Some(by(1).by)]), Err(Refused::OwnCorrection));
    assert_eq!(frozen.refreeze(by(2), &[]), Err(Refused::NothingCorrected));
    assert_eq!(frozen.refreeze(by(2), &[None]).unwrap().frozen().unwrap().0, 2, "and it is the second set");
}

#[test]
fn nothing_is_collected_before_the_day_it_speaks_of() {
    let early = Signed { at: Instant::end_of(date(2023, 6, 6)), ..by(1) };
    assert_eq!(review(State::Open).collect(early), Err(Refused::TooEarly { cutoff: CUTOFF }));
}

/// G20: the half-year review of S4 was held on 7 June 2023; the regime would say 14 June, the calendar 30 June.
#[test]
fn g20_the_cutoff_is_the_day_a_person_sets() {
    let (period, cutoff) = open("2023-H1", Some(CUTOFF)).unwrap();
    assert_eq!((period.to_string().as_str(), cutoff), ("2023-H1", CUTOFF));
    assert_eq!(open("2023-H1", None).unwrap().1, date(2023, 6, 14), "Decree 09/2019: the regime's own day");
    assert_eq!(open("2023", None).unwrap().1, date(2023, 12, 14));
}

#[test]
fn the_cutoff_lies_within_its_period() {
    let outside = Err(Refused::CutoffOutside { from: date(2022, 12, 15), last: date(2023, 6, 30) });
    assert_eq!(open("2023-H1", Some(date(2023, 7, 1))), outside);
    assert_eq!(open("2023-H1", Some(date(2022, 12, 14))), outside);
    assert!(open("2023-H1", Some(date(2023, 6, 30))).is_ok() && open("2023-H1", Some(date(2022, 12, 15))).is_ok());
    assert_eq!(open("nửa đầu năm", None), Err(Refused::NoPeriod));
}

#[test]
fn only_figures_up_to_the_cutoff_are_corrected() {
    assert_eq!(review(states()[3]).correct(date(2023, 6, 8)), Err(Refused::NotInFrozen));
}
