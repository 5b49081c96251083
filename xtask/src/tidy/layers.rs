//! Who depends on whom: only downward, by the ranks in `xtask/layers.toml`.

use std::collections::{BTreeMap, BTreeSet};

use toml::{Table, Value};

use super::{Finding, Tree};

const LAYERS: &str = "xtask/layers.toml";
const EDGES: &str = "xtask/edges.toml";
const MODULES: &str = "crates/modules/";

/// What a crate may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In the house, at this rank.
    Rank(i64),
    /// Beside it: may use ranks under `below`; others may use it in their tests if `dev`.
    Tool { below: i64, dev: bool },
}

/// A crate and the crates of this workspace it names, with the kind of dependency.
struct Package {
    folder: String,
    place: Place,
    uses: Vec<(String, bool)>,
}

/// An allowed edge between modules.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Edge {
    from: String,
    to: String,
    adr: String,
}

/// Checks every crate's dependencies.
pub(crate) fn check(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    let packages = packages(tree, &mut found);
    let edges = edges(tree, &mut found);
    let mut used_edges = BTreeSet::new();
    for (name, package) in &packages {
        for (target, for_tests) in &package.uses {
            let Some(other) = packages.get(target) else { continue };
            if let Some(edge) = edge(&edges, package, other) {
                used_edges.insert(edge);
                continue;
            }
            if let Some(why) = forbidden(package.place, other.place, *for_tests) {
                let path = format!("{}/Cargo.toml", package.folder);
                found.push(Finding::new(&path, 0, format!("`{name}` may not use `{target}`: {why}")));
            }
        }
    }
    for edge in edges.iter().filter(|edge| !used_edges.contains(edge)) {
        found.push(Finding::new(EDGES, 0, format!("no `{}` uses `{}`: take the edge out", edge.from, edge.to)));
    }
    found
}

fn forbidden(from: Place, to: Place, for_tests: bool) -> Option<String> {
    match (from, to) {
        (Place::Rank(from), Place::Rank(to)) if to < from => None,
        (Place::Rank(from), Place::Rank(to)) if from == to => Some(format!("both have rank {from}")),
        (Place::Rank(from), Place::Rank(to)) => Some(format!("rank {from} stands below rank {to}")),
        (Place::Tool { below, .. }, Place::Rank(to)) if to < below => None,
        (Place::Tool { below, .. }, Place::Rank(to)) => Some(format!("rank {to} is not below {below}")),
        (_, Place::Tool { dev: true, .. }) if for_tests || matches!(from, Place::Tool { dev: false, .. }) => None,
        (_, Place::Tool { .. }) => Some("it is a tool".to_owned()),
    }
}

fn edge<'a>(edges: &'a [Edge], from: &Package, to: &Package) -> Option<&'a Edge> {
    let (from, to) = (from.folder.strip_prefix(MODULES)?, to.folder.strip_prefix(MODULES)?);
    edges.iter().find(|edge| edge.from == from && edge.to == to)
}

fn edges(tree: &Tree, found: &mut Vec<Finding>) -> Vec<Edge> {
    let table = table(tree, EDGES, found);
    let mut edges = Vec::new();
    for entry in table.get("edge").and_then(Value::as_array).into_iter().flatten() {
        let text = |key: &str| entry.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let edge = Edge { from: text("from"), to: text("to"), adr: text("adr") };
        if !edge.adr.starts_with("docs/adr/") || tree.text(&edge.adr).is_none() {
            let says = format!("{} → {}: the decision `{}` is not there", edge.from, edge.to, edge.adr);
            found.push(Finding::new(EDGES, 0, says));
        }
        edges.push(edge);
    }
    edges
}

fn packages(tree: &Tree, found: &mut Vec<Finding>) -> BTreeMap<String, Package> {
    let layers = table(tree, LAYERS, found);
    let folders: Vec<String> = tree.crates().map(str::to_owned).collect();
    let mut packages = BTreeMap::new();
    for folder in folders {
        let path = format!("{folder}/Cargo.toml");
        let manifest = table(tree, &path, found);
        let name = manifest.get("package").and_then(|package| package.get("name")).and_then(Value::as_str);
        let Some(name) = name else {
            found.push(Finding::new(&path, 0, "has no package name"));
            continue;
        };
        let Some(place) = place(&layers, &folder) else {
            found.push(Finding::new(&path, 0, format!("has no rank in {LAYERS}")));
            continue;
        };
        packages.insert(name.to_owned(), Package { place, uses: uses(&manifest), folder });
    }
    packages
}

fn place(layers: &Table, folder: &str) -> Option<Place> {
    let ranks = layers.get("ranks").and_then(Value::as_table);
    let name = if folder.starts_with(MODULES) { "crates/modules/*" } else { folder };
    if let Some(rank) = ranks.and_then(|ranks| ranks.get(name)).and_then(Value::as_integer) {
        return Some(Place::Rank(rank));
    }
    let tool = layers.get("tools").and_then(|tools| tools.get(folder))?;
    let below = tool.get("below").and_then(Value::as_integer)?;
    Some(Place::Tool { below, dev: tool.get("dev").and_then(Value::as_bool)? })
}

/// Names of the packages a manifest uses, and whether only for tests.
fn uses(manifest: &Table) -> Vec<(String, bool)> {
    let targets = manifest.get("target").and_then(Value::as_table).into_iter().flat_map(Table::values);
    let tables: Vec<&Table> = targets.filter_map(Value::as_table).chain([manifest]).collect();
    let mut uses = Vec::new();
    for (kind, for_tests) in [("dependencies", false), ("build-dependencies", false), ("dev-dependencies", true)] {
        for dependencies in tables.iter().filter_map(|table| table.get(kind)).filter_map(Value::as_table) {
            for (key, value) in dependencies {
                let package = value.get("package").and_then(Value::as_str).unwrap_or(key);
                uses.push((package.to_owned(), for_tests));
            }
        }
    }
    uses
}

fn table(tree: &Tree, path: &str, found: &mut Vec<Finding>) -> Table {
    let Some(text) = tree.text(path) else {
        found.push(Finding::new(path, 0, "is missing"));
        return Table::new();
    };
    text.parse().unwrap_or_else(|error: toml::de::Error| {
        found.push(Finding::new(path, 0, error.message()));
        Table::new()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const RANKS: &str = "[ranks]\n\"crates/kernel\" = 0\n\"crates/web\" = 4\n\"crates/modules/*\" = 8\n\
        [tools]\n\"testkit\" = { below = 8, dev = true }\n\"bench\" = { below = 10, dev = false }\n";

    fn says(edges: &str, crates: &[(&str, &str)]) -> Vec<String> {
        let manifests: Vec<(String, String)> = crates
            .iter()
            .map(|(folder, rest)| {
                let name = folder.rsplit('/').next().unwrap();
                (format!("{folder}/Cargo.toml"), format!("[package]\nname = \"lt-{name}\"\n{rest}"))
            })
            .collect();
        let mut files = vec![(LAYERS, RANKS), (EDGES, edges), ("docs/adr/0002-edge.md", "# Edge\n")];
        files.extend(manifests.iter().map(|(path, text)| (path.as_str(), text.as_str())));
        check(&Tree::of(&files)).into_iter().map(|finding| finding.says).collect()
    }

    const KERNEL: (&str, &str) = ("crates/kernel", "");
    const ON_WEB: &str = "[dependencies]\nlt-web.workspace = true\n";
    const ON_KERNEL: &str = "[dependencies]\nlt-kernel.workspace = true\n";
    const ON_A: &str = "[dependencies]\nlt-a = { path = \"../a\" }\n";

    #[test]
    fn downward_passes_upward_does_not() {
        assert_eq!(says("", &[KERNEL, ("crates/web", ON_KERNEL)]), [""; 0]);
        assert_eq!(says("", &[("crates/kernel", ON_WEB), ("crates/web", "")]).len(), 1);
        let renamed = "[target.'cfg(unix)'.dev-dependencies]\nx = { package = \"lt-web\", path = \"\" }\n";
        assert_eq!(says("", &[("crates/kernel", renamed), ("crates/web", "")]).len(), 1);
    }

    #[test]
    fn modules_meet_only_over_a_listed_edge_with_a_decision() {
        let both = [("crates/modules/a", ""), ("crates/modules/b", ON_A)];
        let edge = |adr: &str| format!("[[edge]]\nfrom = \"b\"\nto = \"a\"\nadr = \"{adr}\"\n");
        assert_eq!(says("", &both), ["`lt-b` may not use `lt-a`: both have rank 8"]);
        assert_eq!(says(&edge("docs/adr/0002-edge.md"), &both), [""; 0]);
        assert_eq!(says(&edge("docs/adr/0009-gone.md"), &both).len(), 1);
        assert_eq!(says(&edge("docs/adr/0002-edge.md"), &[KERNEL]).len(), 1, "an edge nobody uses");
    }

    #[test]
    fn tools_stay_out_of_the_program() {
        let tool = ("testkit", ON_KERNEL);
        let used = |kind: &str| format!("[{kind}]\nlt-testkit.workspace = true\n");
        assert_eq!(says("", &[KERNEL, tool, ("crates/web", &used("dev-dependencies"))]), [""; 0]);
        assert_eq!(says("", &[KERNEL, tool, ("crates/web", &used("dependencies"))]).len(), 1);
        assert_eq!(says("", &[KERNEL, tool, ("bench", &used("dependencies"))]), [""; 0]);
        assert_eq!(says("", &[("testkit", ON_A), ("crates/modules/a", "")]).len(), 1);
    }

    #[test]
    fn a_crate_without_a_rank_is_found() {
        assert_eq!(says("", &[("crates/helpers", "")]), [format!("has no rank in {LAYERS}")]);
    }
}
