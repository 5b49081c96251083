//! Components: what pages are made of. Each is a template that prints itself: `{{ c }}` in another
//! template puts its HTML in place, with every text in it escaped.
//!
//! Texts are handed over in words already (`t.s(…)`); the look of each is on the page `/design`.

mod actions;
mod field;
mod fields;
mod figure;
mod list;
mod nav;
mod notice;
mod story;
mod table;
mod tag;

pub use actions::{Button, Confirm, FormOpen, Link};
pub use field::{Choice, Field};
pub use fields::Fields;
pub use figure::{Figures, Progress, Skeleton};
pub use list::{Pager, Summary};
pub use nav::{Filter, Hits, Node, Stage, Steps, Tabs, Tree};
pub use notice::{Empty, Notice, Tone};
pub use story::{Diff, More, Papers, Quote, Timeline};
pub use table::{Cell, Column, Row, Sort, Table};
pub use tag::{Tag, Verdict};

/// Lets finished components stand in templates without being escaped again.
macro_rules! safe {
    ($($name:ty),* $(,)?) => { $(
        impl askama::filters::HtmlSafe for $name {}

        impl From<$name> for $crate::Html {
            fn from(component: $name) -> Self {
                Self::of(&component)
            }
        }
    )* };
}
pub(crate) use safe;
