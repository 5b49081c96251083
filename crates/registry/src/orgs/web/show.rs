//! One organisation: what it is on the day asked about, and all that happened to it.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use lt_kernel::Date;
use lt_kernel::id::OrgId;
use lt_module::Host;
use lt_web::ui::{Cell, Column, Empty, Hits, Link, Notice, Row, Summary, Table, Tag, Timeline, Tone};
use lt_web::{Crumb, Html, Problem, Talk, View};

use super::wish::{Verb, scheme_name};
use super::{MANAGE, day_asked, directory};
use crate::directory::{Directory, Successors};
use crate::levels;
use crate::orgs::contact::Contact;
use crate::orgs::model::{Org, Succession};
use crate::timeline::{Act, Basis};

#[derive(Template)]
#[template(path = "orgs/web/show.html")]
struct OrgHtml<'a> {
    t: Talk<'a>,
    name: &'a str,
    ended: Option<Tag>,
    facts: Summary,
    receives: Option<Html>,
    codes: Html,
    units: Html,
    story: Timeline,
    verbs: Vec<Link>,
}

pub(super) async fn page(State(host): State<Host>, view: View, Path(id): Path<OrgId>) -> Result<Response, Problem> {
    let directory = directory(&host).await?;
    let at = day_asked(&host, &view)?;
    let org = directory.org(id).ok_or_else(Problem::not_found)?;
    let t = view.t();
    let may = view.viewer.may(MANAGE, id) && org.span.to.is_none();
    let html = OrgHtml {
        t,
        name: org.name(at),
        ended: end(org).filter(|to| *to <= at).map(|to| Tag::warn(t.a("registry-org-ended", "date", t.date(&to)))),
        facts: facts(&directory, org, at, t),
        receives: receives(&directory, org, at, t),
        codes: codes(org, t).into(),
        units: units(&directory, id, at, t),
        story: story(&directory, org, t),
        verbs: if may { verbs(id, t) } else { Vec::new() },
    };
    let up = directory.ancestors(id, at);
    let mut crumbs = vec![Crumb::new(t.s("registry-tree-title"), format!("/organisations?at={at}"))];
    crumbs.extend(
        up.into_iter()
            .rev()
            .map(|up| Crumb::new(directory.name(up, at).unwrap_or_default(), format!("/organisations/{up}?at={at}"))),
    );
    view.page(org.name(at)).crumbs(crumbs).show(&html)
}

fn facts(directory: &Directory, org: &Org, at: Date, t: Talk<'_>) -> Summary {
    let kind = org.kind.words_key();
    // Without a founding act the first day is only the first the directory knows.
    let since = if org.founding.is_some() { "registry-org-founded" } else { "registry-org-known" };
    let mut facts = Summary::new()
        .row(t.s("registry-org-at"), t.date(&at))
        .row(t.s("registry-org-kind"), t.s(&kind))
        .row(t.s("registry-org-level"), org.level.to_string())
        .row(t.s(since), dated(org.span.from, org.founding.as_ref(), t));
    if org.span.to.is_none()
        && let Some(day) = levels::abolished(org.kind).filter(|day| *day <= at)
    {
        let act = levels::act(org.kind.word(), day).map(Act::numbered);
        facts = facts.row(t.s("registry-org-end"), dated(day, act.as_ref(), t));
    }
    if let Some(to) = org.span.to {
        facts = facts.row(t.s("registry-org-end"), dated(to, org.ending.as_ref(), t));
    }
    if let Some(abbrev) = org.abbrevs.at(at) {
        facts = facts.row(t.s("registry-org-abbrev"), abbrev.as_str());
    }
    if let Some(area) = org.territories.at(at) {
        let class = format!("registry-class-{}", area.class.replace('_', "-"));
        facts = facts.row(t.s("registry-org-territory"), format!("{} ({})", area.name, t.s(&class)));
    }
    for (what, text) in org.contacts.at(at).map(Contact::parts).into_iter().flatten() {
        if !text.is_empty() {
            let key = format!("registry-contact-{what}");
            facts = facts.row(t.s(&key), text);
        }
    }
    let parent = directory.parent(org.id, at);
    let parent = parent.map(|parent| hit(directory, Hits::new(), parent, at, t));
    facts.row(t.s("registry-org-parent"), parent.map_or_else(|| "–".into(), Html::from))
}

/// The day from which it is no more: as recorded, else the day its level was abolished.
fn end(org: &Org) -> Option<Date> {
    org.span.to.or_else(|| levels::abolished(org.kind))
}

/// Who takes its letters on that day; nothing to say while it is there itself.
fn receives(directory: &Directory, org: &Org, at: Date, t: Talk<'_>) -> Option<Html> {
    let list = |ids: &[OrgId]| ids.iter().fold(Hits::new(), |hits, id| hit(directory, hits, *id, at, t));
    match directory.successor(org.id, at, None) {
        Successors::Same => None,
        Successors::One(end, _) => Some(list(&[end]).into()),
        Successors::Several(ends) => {
            let notice = Notice::new(Tone::Warn, t.s("registry-org-several"));
            Some(notice.body(Html::from(list(&ends))).into())
        }
        Successors::None_ => Some(Notice::new(Tone::Warn, t.s("registry-org-nobody")).into()),
    }
}

fn codes(org: &Org, t: Talk<'_>) -> Table {
    let columns = ["scheme", "value", "from", "to", "basis"];
    let keys = columns.map(|column| format!("registry-code-{column}"));
    let columns: Vec<_> = keys.iter().map(|key| Column::text(t.s(key))).collect();
    let mut codes: Vec<_> = org.codes.iter().collect();
    codes.sort_by_key(|code| (std::cmp::Reverse(code.span.from), &code.scheme));
    let rows = codes.into_iter().map(|code| {
        Row::new([
            Cell::from(scheme_name(t, &code.scheme)),
            Cell::from(code.value.clone()),
            Cell::from(t.date(&code.span.from)),
            Cell::from(t.date_or_dash(&code.span.to)),
            Cell::from(basis(&code.basis, t)),
        ])
    });
    Table::new(t.s("registry-org-codes"), columns).rows(rows.collect::<Vec<_>>())
}

fn units(directory: &Directory, id: OrgId, at: Date, t: Talk<'_>) -> Html {
    let units = directory.children(id, at);
    if units.is_empty() {
        return Empty::new(t.s("registry-org-no-units"), String::new()).into();
    }
    units.into_iter().fold(Hits::new(), |hits, unit| hit(directory, hits, unit, at, t)).into()
}

/// Everything that happened, newest first.
fn story(directory: &Directory, org: &Org, t: Talk<'_>) -> Timeline {
    let called = |id: OrgId, date: Date| directory.name(id, date).unwrap_or_default().to_owned();
    let mut moments: Vec<(Date, String, &Basis)> = Vec::new();
    for name in org.names.stretches().iter().skip(1) {
        moments.push((name.span.from, t.a("registry-story-renamed", "value", &name.value), &name.basis));
    }
    for parent in org.parents.stretches() {
        let text = t.a("registry-story-moved", "value", called(parent.value, parent.span.from));
        moments.push((parent.span.from, text, &parent.basis));
    }
    for area in org.territories.stretches().iter().skip(1) {
        let class = format!("registry-class-{}", area.value.class.replace('_', "-"));
        let values = [("value", area.value.name.as_str()), ("class", t.s(&class))];
        moments.push((area.span.from, t.with("registry-story-reclassified", &values), &area.basis));
    }
    for contact in org.contacts.stretches() {
        let parts: Vec<_> =
            contact.value.parts().map(|(_, text)| text).into_iter().filter(|text| !text.is_empty()).collect();
        moments.push((contact.span.from, t.a("registry-story-contact", "value", parts.join(" · ")), &contact.basis));
    }
    for given in directory.given(org.id) {
        let text = passed("registry-story-gave", &called(given.to, given.effective), given, t);
        moments.push((given.effective, text, &given.basis));
    }
    for received in directory.received(org.id) {
        let eve = received.effective.yesterday().unwrap_or(received.effective);
        moments.push((
            received.effective,
            passed("registry-story-received", &called(received.from, eve), received, t),
            &received.basis,
        ));
    }
    moments.sort_by_key(|(date, _, _)| std::cmp::Reverse(*date));
    let mut story = Timeline::new();
    if let Some(to) = org.span.to {
        story = story.moment(t.date(&to), t.s("registry-story-ended"), act(org.ending.as_ref(), t));
    }
    for (date, what, rests) in moments {
        story = story.moment(t.date(&date), what, basis(rests, t));
    }
    let begun = if org.founding.is_some() { "registry-story-founded" } else { "registry-story-known" };
    let first = org.names.stretches().first();
    let name = first.map(|first| first.value.clone()).unwrap_or_default();
    story.moment(t.date(&org.span.from), t.a(begun, "value", name), act(org.founding.as_ref(), t))
}

/// `Gave everything to X`, or the functions and places that passed.
fn passed(key: &str, other: &str, passed: &Succession, t: Talk<'_>) -> String {
    let parts: Vec<_> = passed.functions.iter().chain(&passed.territory).map(String::as_str).collect();
    let what = match (passed.share, parts.is_empty()) {
        (crate::Share::All, _) => t.s("registry-share-all").to_owned(),
        (crate::Share::Part, true) => t.s("registry-share-part").to_owned(),
        (crate::Share::Part, false) => parts.join(", "),
    };
    t.with(key, &[("value", other), ("what", &what)])
}

fn hit(directory: &Directory, hits: Hits, id: OrgId, at: Date, t: Talk<'_>) -> Hits {
    let kind = directory.org(id).map(|org| org.kind.words_key()).unwrap_or_default();
    hits.hit(directory.name(id, at).unwrap_or_default(), format!("/organisations/{id}?at={at}"), t.s(&kind))
}

fn verbs(id: OrgId, t: Talk<'_>) -> Vec<Link> {
    let link = |verb: Verb| {
        let key = format!("registry-verb-{}", verb.word());
        Link::second(t.s(&key), format!("/organisations/{id}/{}", verb.word()))
    };
    let found = Link::second(t.s("registry-found-below"), format!("/organisations/new?parent={id}"));
    Verb::ALL.into_iter().map(link).chain([found]).collect()
}

fn dated(date: Date, by: Option<&Act>, t: Talk<'_>) -> String {
    let act = act(by, t);
    if act.is_empty() { t.date(&date) } else { format!("{} – {act}", t.date(&date)) }
}

fn act(act: Option<&Act>, t: Talk<'_>) -> String {
    act.map_or_else(String::new, |act| match &act.date {
        Some(date) => t.with("registry-act-dated", &[("number", &act.number), ("date", &t.date(date))]),
        None => t.a("registry-act", "number", &act.number),
    })
}

/// The act, and a mark where a shipped fact was not read in an official text.
fn basis(basis: &Basis, t: Talk<'_>) -> String {
    let mut text = act(basis.act.as_ref(), t);
    if let Some(trust) = basis.trust {
        if !text.is_empty() {
            text.push_str(" – ");
        }
        text.push_str(&t.said(&trust.said()));
    }
    text
}
