//! The frozen set can be judged again by anybody, and nobody can change it unseen.

use lt_testkit::both_engines;

use super::frozen::{Broken, Frozen, sha256};
use super::store;
use super::testing::{FILE, Ground, S4};
use crate::book::Book;
use crate::verdict::{Outcome, Policy};

both_engines! {
    async fn verdicts_are_reproducible_from_the_text_alone(base) {
        let ground = Ground::open(&base, FILE).await;
        let (_, frozen) = ground.freeze().await;
        let text = frozen.text();
        let read = Frozen::read(&text, &sha256(&text)).unwrap();
        assert_eq!(read, frozen);
        assert_eq!(read.judge(), (frozen.verdicts.clone(), frozen.tally.clone()));
        // The board of the pages comes to the same, by its own way.
        let book = Book::new(ground.db.clone(), Policy::default());
        let board = book.board(ground.listed.id, frozen.cutoff, None).await.unwrap().unwrap();
        let outcomes: Vec<Outcome> = board.verdicts.iter().map(|one| one.outcome).collect();
        assert_eq!(outcomes, frozen.verdicts.iter().map(|one| one.outcome).collect::<Vec<_>>());
        assert_eq!(board.tally.all, frozen.tally["all"]);
        assert!(frozen.observations.iter().all(|one| one.seen.approved), "approved with the review");
    }

    async fn a_sample_without_figures_freezes_too(base) {
        let ground = Ground::open(&base, S4).await;
        let (review, frozen) = ground.freeze().await;
        assert_eq!(frozen.cutoff, jiff::civil::date(2023, 6, 7), "G20");
        assert_eq!(store::frozen(&ground.db, review.id, 1).await.unwrap().unwrap(), frozen);
    }
}

/// Negative control: each way of touching the stored text is noticed.
#[tokio::test]
async fn tampering_is_noticed() {
    let base = lt_testkit::db::Base::sqlite();
    let ground = Ground::open(&base, FILE).await;
    let (_, frozen) = ground.freeze().await;
    let (text, hash) = (frozen.text(), sha256(&frozen.text()));
    // Another figure under the old hash.
    let figure = text.replacen("\"90\"", "\"91\"", 1);
    assert_ne!(figure, text);
    assert_eq!(Frozen::read(&figure, &hash), Err(Broken::Hash));
    // A verdict made better, with a hash made to fit.
    let mut better = frozen.clone();
    let missed = better.verdicts.iter_mut().find(|one| !one.outcome.is_met()).unwrap();
    missed.outcome = Outcome::Met;
    let forged = better.text();
    assert_eq!(Frozen::read(&forged, &sha256(&forged)), Err(Broken::Verdicts));
    // A figure made better, with a hash made to fit: the verdicts no longer follow.
    let mut other = frozen.clone();
    for one in &mut other.observations {
        if let crate::observation::Value::Number { value } = &mut one.seen.value {
            value.number = lt_kernel::quantity::Exact::whole(99);
        }
    }
    let forged = other.text();
    assert_eq!(Frozen::read(&forged, &sha256(&forged)), Err(Broken::Verdicts));
    // The same things written another way.
    let spaced = text.replacen(",\"", ", \"", 1);
    assert_eq!(Frozen::read(&spaced, &sha256(&spaced)), Err(Broken::Text));
    assert!(Frozen::read(&text, &hash).is_ok());
}

/// What was frozen under older rules keeps its verdicts and its version, whatever these rules would say.
#[tokio::test]
async fn older_rules_are_not_judged_again() {
    let base = lt_testkit::db::Base::sqlite();
    let ground = Ground::open(&base, FILE).await;
    let (_, mut frozen) = ground.freeze().await;
    assert_eq!(frozen.rules, crate::verdict::RULES);
    let missed = frozen.verdicts.iter().position(|one| one.outcome == Outcome::NotMet && !one.settled).unwrap();
    // The first version called such a target lost for good.
    frozen.rules = "1".to_owned();
    frozen.verdicts[missed].settled = true;
    frozen.verdicts[missed].rules = "1/2026-1".to_owned();
    let text = frozen.text();
    let read = Frozen::read(&text, &sha256(&text)).unwrap();
    assert_eq!((read.rules.as_str(), read.verdicts[missed].settled), ("1", true));
    // Negative control: under the rules in force the same claim is found out.
    frozen.rules = crate::verdict::RULES.to_owned();
    let text = frozen.text();
    assert_eq!(Frozen::read(&text, &sha256(&text)), Err(Broken::Verdicts));
}
