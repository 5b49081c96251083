//! Every page is photographed by the browser tests, or stands on a short list with the reason why not.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use axum::http::Method;
use lt_testkit::db::Base;

use crate::world::World;

/// Pages nobody photographs, and why. Take lines away; add one only for what is no page.
const NOT: &[(&str, &str)] = &[
    ("/sign-in/code", "shown for five minutes between password and code; checked over HTTP"),
    ("/sign-in/provider", "sends the browser on to the provider"),
    ("/sign-in/provider/back", "takes what the provider sends, then sends the browser on"),
    ("/evidence/{id}", "the file itself"),
    ("/resolutions/{code}/source/{sha}/file", "the file itself"),
    ("/resolutions/{code}/source/{sha}", "needs a source file attached, which the sample has not"),
    ("/resolutions/{code}/ask", "needs a measure fed by an indicator, which the sample has not"),
    ("/resolutions/{code}/reviews/{period}/causes/{target}", "needs a review with a missed target"),
    ("/resolutions/{code}/reviews/{period}/correct/{observation}", "needs a frozen review with a wrong figure"),
];

fn e2e() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../e2e")
}

/// Whether a route may serve this address, and how many of its places had to be filled for that.
fn fits(route: &str, address: &str) -> Option<usize> {
    let (route, address): (Vec<&str>, Vec<&str>) = (route.split('/').collect(), address.split('/').collect());
    let pairs = || route.iter().zip(&address);
    let fine = route.len() == address.len()
        && pairs().all(|(place, part)| (place.starts_with('{') && !part.is_empty()) || place == part);
    fine.then(|| pairs().filter(|(place, _)| place.starts_with('{')).count())
}

/// The route of an address: the one with the fewest places to fill.
fn route_of<'a>(routes: &BTreeSet<&'a str>, address: &str) -> Option<&'a str> {
    let address = address.split('?').next().unwrap();
    let fitting = routes.iter().filter_map(|route| Some((fits(route, address)?, *route)));
    fitting.min().map(|(_, route)| route)
}

/// The route a followed link leads to: `[href$="/edit"]` ends so, `[href*="/observations/"]` holds it; the rows of a
/// list lead to its things.
fn followed<'a>(routes: &BTreeSet<&'a str>, from: &str, selector: &str) -> Option<&'a str> {
    let part = |sign: &str| selector.split_once(sign).and_then(|(_, rest)| rest.split('"').next());
    let (end, middle) = (part("href$=\""), part("href*=\""));
    let found = routes.iter().copied().filter(|route| match (end, middle) {
        (Some(end), _) => route.starts_with(from) && route.ends_with(end),
        (None, Some(middle)) => route.contains(middle),
        (None, None) => *route == format!("{from}/{{id}}"),
    });
    // A page with the word in its address and nothing behind it, not one further down.
    found.min_by_key(|route| route.len())
}

/// The addresses a flow visits, its constants put in; what only a run knows counts as any one part.
fn visited(text: &str) -> Vec<String> {
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    let put_in = |known: &BTreeMap<String, String>, text: &str| {
        let mut text = text.to_owned();
        for (name, value) in known {
            text = text.replace(&format!("${{{name}}}"), value);
        }
        while let Some((front, rest)) = text.split_once("${") {
            text = format!("{front}x{}", rest.split_once('}').map_or("", |(_, behind)| behind));
        }
        text
    };
    let mut found = Vec::new();
    for line in text.lines() {
        if let Some((name, value)) = line.trim().strip_prefix("const ").and_then(|rest| rest.split_once(" = ")) {
            let quote = value.trim_end_matches(';');
            if let Some(inner) = quote.strip_prefix(['\'', '`']).and_then(|rest| rest.strip_suffix(['\'', '`'])) {
                let value = put_in(&known, inner);
                known.insert(name.to_owned(), value);
            }
        }
        let Some((_, arguments)) = line.split_once("await visit(") else { continue };
        let last = arguments.trim_end().trim_end_matches([')', ';']).rsplit(", ").next().unwrap();
        match last.strip_prefix('`') {
            Some(inner) => found.push(put_in(&known, inner.trim_end_matches('`'))),
            None => found.extend(known.get(last).cloned()),
        }
    }
    found
}

/// Every route a photograph is taken of.
fn photographed<'a>(routes: &BTreeSet<&'a str>) -> BTreeSet<&'a str> {
    let pages = fs::read_to_string(e2e().join("pages.json")).unwrap();
    let pages: Vec<serde_json::Value> = serde_json::from_str(&pages).unwrap();
    let mut taken = BTreeSet::new();
    for page in &pages {
        let path = page["path"].as_str().unwrap();
        let last = page["follow"].as_array().and_then(|links| links.last()).and_then(|link| link.as_str());
        taken.extend(match last {
            Some(selector) => followed(routes, path.split('?').next().unwrap(), selector),
            None => route_of(routes, path),
        });
    }
    for flow in fs::read_dir(e2e().join("flows")).unwrap() {
        let text = fs::read_to_string(flow.unwrap().path()).unwrap();
        taken.extend(visited(&text).iter().filter_map(|address| route_of(routes, address)));
    }
    taken
}

#[tokio::test]
async fn every_page_is_photographed_or_there_is_a_reason() {
    let world = World::empty(Base::sqlite()).await;
    // Answers for programs and tables to keep are no pages.
    let is_page = |path: &str| {
        !path.starts_with("/api/") && !["z", ".csv", ".xlsx", ".toml"].iter().any(|end| path.ends_with(end))
    };
    let all = world.program.routes.iter().filter(|route| route.method == Method::GET && is_page(route.path));
    let routes: BTreeSet<&str> = all.map(|route| route.path).collect();
    let taken = photographed(&routes);
    let excused: BTreeSet<&str> = NOT.iter().map(|(route, _)| *route).collect();
    let forgotten: Vec<&&str> =
        routes.iter().filter(|route| !taken.contains(*route) && !excused.contains(*route)).collect();
    assert!(forgotten.is_empty(), "add them to e2e/pages.json or to a flow: {forgotten:?}");
    let settled: Vec<&&str> =
        excused.iter().filter(|route| taken.contains(*route) || !routes.contains(*route)).collect();
    assert!(settled.is_empty(), "photographed by now, or gone: take them off the list: {settled:?}");
}

#[test]
fn an_address_finds_its_own_route_and_no_other() {
    let routes = BTreeSet::from(["/resolutions/new", "/resolutions/{code}", "/people/{id}/edit", "/people/{id}"]);
    assert_eq!(route_of(&routes, "/resolutions/new?x=1"), Some("/resolutions/new"));
    assert_eq!(route_of(&routes, "/resolutions/s1"), Some("/resolutions/{code}"));
    assert_eq!(route_of(&routes, "/resolutions/s1/edit"), None);
    assert_eq!(followed(&routes, "/people", "main tbody a"), Some("/people/{id}"));
    assert_eq!(followed(&routes, "/people", "main a[href$=\"/edit\"]"), Some("/people/{id}/edit"));
    let flow = "const A = '/resolutions/s1';\nconst B = `${A}/reviews`;\nawait visit(page, 'a', `${B}/${year}`);\n  await visit(page, 'b', B);";
    assert_eq!(visited(flow), ["/resolutions/s1/reviews/x", "/resolutions/s1/reviews"]);
}
