//! What every page about a resolution begins with: which one, whether the reader may see it, what the
//! organisations in it are called.

use std::borrow::Cow;
use std::sync::Arc;

use lt_kernel::id::OrgId;
use lt_kernel::{Date, Lane, Lang};
use lt_module::Host;
use lt_registry::{Directory, Registry};
use lt_web::ui::{Tabs, Tag};
use lt_web::{Crumb, Problem, View};

use super::model::State;
use super::store::{self, Listed};
use crate::book::Book;

/// The resolution of a code, for a reader who may see it. A draft is seen only by those who may define it.
///
/// # Errors
/// Not found when there is none (or only a draft the reader may not know of), forbidden when the reader's place
/// does not reach it.
pub async fn open(host: &Host, view: &View, code: &str) -> Result<Listed, Problem> {
    let listed = store::by_code(&host.db, code).await?.ok_or_else(Problem::not_found)?;
    if !view.viewer.may("targets.read", listed.org) {
        return Err(Problem::forbidden());
    }
    if listed.state == State::Draft && !view.viewer.may("targets.define", listed.org) {
        return Err(Problem::not_found());
    }
    Ok(listed)
}

/// As [`open`], for a reader who also holds `permission` for its organisation.
///
/// # Errors
/// As [`open`]; forbidden without the permission.
pub async fn open_for(host: &Host, view: &View, code: &str, permission: &str) -> Result<Listed, Problem> {
    let listed = open(host, view, code).await?;
    if view.viewer.may(permission, listed.org) { Ok(listed) } else { Err(Problem::forbidden()) }
}

/// The book of verdicts.
///
/// # Errors
/// Trouble when the program was put together without it.
pub fn book(host: &Host) -> Result<&Book, Problem> {
    host.part::<Book>().map_err(Problem::trouble)
}

/// What organisations are called on a day.
pub struct Names {
    directory: Arc<Directory>,
    day: Date,
}

impl Names {
    /// The names as they are on `day`.
    ///
    /// # Errors
    /// Trouble when the registry cannot be read.
    pub async fn on(host: &Host, day: Date) -> Result<Self, Problem> {
        let registry = host.part::<Registry>().map_err(Problem::trouble)?;
        Ok(Self { directory: registry.directory().await?, day })
    }

    /// The name of an organisation; empty when the registry does not know it.
    #[must_use]
    pub fn of(&self, org: OrgId) -> &str {
        self.directory.name(org, self.day).unwrap_or_default()
    }

    /// The organisation of a key as files write it: its `local` code, or its identifier.
    #[must_use]
    pub fn find(&self, key: &str) -> Option<OrgId> {
        let last = || self.directory.holders("local", key).last().map(|(_, org)| *org);
        let by_id = || key.parse().ok().filter(|org| self.directory.org(*org).is_some());
        self.directory.by_code("local", key, self.day).or_else(last).or_else(by_id)
    }

    /// The lane of an organisation, when the registry knows it.
    #[must_use]
    pub fn lane(&self, org: OrgId) -> Option<Lane> {
        self.directory.org(org).map(|known| known.kind.lane())
    }

    /// The key by which files name an organisation.
    #[must_use]
    pub fn key(&self, org: OrgId) -> String {
        let code = self.directory.org(org).and_then(|known| known.code("local", self.day));
        code.map_or_else(|| org.to_string(), |code| code.value.clone())
    }

    /// All organisations alive on the day, as (depth, organisation), parents before children.
    #[must_use]
    pub fn tree(&self) -> Vec<(usize, OrgId)> {
        self.directory.tree(self.day)
    }
}

/// Pages about a resolution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// The scoreboard.
    Board,
    /// What reports say.
    Told,
    /// Reviews and reports.
    Review,
    /// Definitions.
    Define,
    /// Entering figures.
    Entry,
    /// A page of its own below one of them.
    None,
}

/// The tabs of a resolution, as this reader may open them.
pub fn tabs(view: &View, listed: &Listed, here: Tab) -> Tabs {
    let t = view.t();
    let base = address(&listed.code);
    let mut tabs = Tabs::new(t.s("targets-tabs"))
        .tab(t.s("targets-tab-board"), base.clone(), here == Tab::Board)
        .tab(t.s("targets-tab-told"), format!("{base}/told"), here == Tab::Told)
        .tab(t.s("targets-review-list"), format!("{base}/reviews"), here == Tab::Review);
    if view.viewer.may("targets.observe", listed.org) && listed.state != State::Closed {
        tabs = tabs.tab(t.s("targets-entry-title"), format!("{base}/observe"), here == Tab::Entry);
    }
    if view.viewer.may("targets.define", listed.org) {
        tabs = tabs.tab(t.s("targets-tab-define"), format!("{base}/edit"), here == Tab::Define);
    }
    tabs
}

/// The places above a page of a resolution.
#[must_use]
pub fn crumbs(view: &View, listed: &Listed) -> [Crumb; 2] {
    let t = view.t();
    [Crumb::new(t.s("targets-list-title"), "/targets"), Crumb::new(title(listed, view.lang), address(&listed.code))]
}

/// The title in the reader's language, where there is one.
#[must_use]
pub fn title(listed: &Listed, lang: Lang) -> &str {
    pick(&listed.title.0, &listed.title.1, lang)
}

/// The English text for English readers when there is one.
#[must_use]
pub fn pick<'a>(vi: &'a str, en: &'a str, lang: Lang) -> &'a str {
    if lang == Lang::En && !en.is_empty() { en } else { vi }
}

/// The page of a resolution.
#[must_use]
pub fn address(code: &str) -> String {
    format!("/resolutions/{}", part(code))
}

/// The page of a target.
#[must_use]
pub fn target_address(resolution: &str, target: &str) -> String {
    format!("/resolutions/{}/targets/{}", part(resolution), part(target))
}

/// A code as a part of a path.
#[must_use]
pub fn part(code: &str) -> Cow<'_, str> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    if code.bytes().all(plain) && !code.starts_with('.') {
        return Cow::Borrowed(code);
    }
    let write =
        |byte: u8| if plain(byte) && byte != b'.' { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    Cow::Owned(code.bytes().map(write).collect())
}

/// Marks a resolution that is not simply in force, or came with the sample.
#[must_use]
pub fn marks(view: &View, listed: &Listed) -> Vec<Tag> {
    let t = view.t();
    let mut marks = Vec::new();
    match listed.state {
        State::Draft => marks.push(Tag::warn(t.s("targets-state-draft"))),
        State::Closed => marks.push(Tag::new(t.s("targets-state-closed"))),
        State::InForce => {}
    }
    if listed.is_sample {
        marks.push(Tag::new(t.s("targets-sample")));
    }
    marks
}

/// The term in words: both days inside, or only the years where the source names no days.
#[must_use]
pub fn term(view: &View, listed: &Listed) -> String {
    let t = view.t();
    let last = listed.term.to.and_then(|to| to.yesterday().ok()).unwrap_or(listed.term.from);
    t.with("targets-term", &[("from", &t.date(&listed.term.from)), ("last", &t.date(&last))])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_cannot_leave_its_part_of_the_path() {
        assert_eq!(part("s3-2017-2020"), "s3-2017-2020");
        assert_eq!(part("a/b"), "a%2Fb");
        assert_eq!(part(".."), "%2E%2E");
        assert_eq!(part("Đ 1?"), "%C4%90%201%3F");
    }
}
