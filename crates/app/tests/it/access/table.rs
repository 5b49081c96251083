//! Every route with who may use it.

use super::{Entry, TITLE, Wrong, entry};

fn own_pages() -> Vec<Entry> {
    [
        "GET /account",
        "GET /account/password",
        "POST /account/password",
        "POST /account/sessions/end-all",
        "GET /account/second-factor",
        "POST /account/second-factor",
        "POST /account/second-factor/codes",
        "POST /account/second-factor/remove",
        "GET /account/tokens/new",
        "POST /account/tokens/new",
        "GET /roles",
    ]
    .into_iter()
    .map(|route| entry(route, "reader", Wrong::Own))
    // The scene's provider does not answer.
    .chain([entry("POST /account/links/new", "reader", Wrong::Own).refused()])
    .chain(
        ["POST /account/sessions/{id}/end", "POST /account/tokens/{id}/revoke", "POST /account/links/{id}/remove"]
            .map(|route| entry(route, "reader", Wrong::NotTheirs)),
    )
    .collect()
}

fn people() -> Vec<Entry> {
    let manage = |route| entry(route, "administrator", Wrong::OutOfReach);
    vec![
        entry("GET /people", "auditor", Wrong::Without("Cán bộ chu-nhan")),
        entry("GET /people/{id}", "auditor", Wrong::Refused),
        // A new person belongs nowhere yet: every manager may enter one.
        entry("GET /people/new", "administrator", Wrong::Own),
        entry("POST /people/new", "administrator", Wrong::Own),
        manage("GET /people/{id}/edit"),
        manage("POST /people/{id}/edit").with(&[("name", "Tên mới"), ("version", "1")]),
        // A manager elsewhere may give the person a role there, and there only: shown by identity's own tests.
        entry("GET /people/{id}/memberships/new", "administrator", Wrong::Own),
        entry("POST /people/{id}/memberships/new", "administrator", Wrong::Own),
        manage("GET /people/{id}/memberships/{membership}/end"),
        manage("POST /people/{id}/memberships/{membership}/end").with(&[("day", "02/03/2026")]),
        manage("POST /people/{id}/account/unlock"),
        manage("POST /people/{id}/account/disable"),
        manage("POST /people/{id}/account/enable"),
        manage("POST /people/{id}/account/reset-password"),
        manage("POST /people/{id}/account/remove-second-factor"),
    ]
}

fn program() -> Vec<Entry> {
    vec![
        entry("GET /history", "auditor", Wrong::Without("s3-2017-2020")),
        entry("GET /operate", "administrator", Wrong::Refused).everywhere(),
        entry("POST /operate/retry", "administrator", Wrong::Refused).everywhere(),
        entry("GET /search", "reader", Wrong::Without(TITLE)),
    ]
}

fn registry() -> Vec<Entry> {
    let manage = |route| entry(route, "registrar", Wrong::Refused).everywhere();
    vec![
        // The tree of organisations is public knowledge inside the installation.
        entry("GET /organisations", "reader", Wrong::Own),
        entry("GET /organisations.csv", "reader", Wrong::Own),
        entry("GET /organisations/{id}", "reader", Wrong::Own),
        // A registrar of one unit founds below it; where, is checked when the form is sent.
        entry("GET /organisations/new", "registrar", Wrong::Own),
        manage("POST /organisations/new"),
        manage("GET /organisations/import"),
        manage("POST /organisations/import"),
        manage("GET /organisations/{id}/{verb}"),
        manage("POST /organisations/{id}/{verb}"),
    ]
}

fn targets() -> Vec<Entry> {
    let read = |route| entry(route, "reader", Wrong::Refused);
    vec![
        entry("GET /targets", "reader", Wrong::Without(TITLE)),
        read("GET /resolutions/{code}"),
        read("GET /resolutions/{code}/told"),
        read("GET /resolutions/{code}/board.csv"),
        read("GET /resolutions/{code}/board.xlsx"),
        read("GET /resolutions/{code}/targets/{target}"),
        read("GET /resolutions/{code}/export.toml"),
        read("GET /resolutions/{code}/source/{sha}"),
        read("GET /resolutions/{code}/source/{sha}/file"),
        // Schemes of grades are rules of the country; a crosswalk counts for all, so all must be in reach.
        entry("GET /schemes", "reader", Wrong::Own),
        entry("POST /schemes", "secretary", Wrong::Refused).nowhere(),
    ]
}

fn define() -> Vec<Entry> {
    let define = |route| entry(route, "secretary", Wrong::Refused);
    vec![
        // Forms for a resolution of one's own unit; whose it is, is checked when it is sent.
        entry("GET /resolutions/new", "secretary", Wrong::Own),
        entry("POST /resolutions/new", "secretary", Wrong::Own),
        entry("GET /resolutions/import", "secretary", Wrong::Own),
        entry("POST /resolutions/import", "secretary", Wrong::Own),
        define("GET /resolutions/{code}/edit"),
        define("GET /resolutions/{code}/head"),
        define("POST /resolutions/{code}/head"),
        define("POST /resolutions/{code}/adopt"),
        define("GET /resolutions/{code}/close"),
        define("POST /resolutions/{code}/close"),
        define("GET /resolutions/{code}/sentences/new"),
        define("POST /resolutions/{code}/sentences/new"),
        define("GET /resolutions/{code}/sentences/{sentence}"),
        define("POST /resolutions/{code}/sentences/{sentence}"),
        define("POST /resolutions/{code}/sentences/{sentence}/move"),
        define("POST /resolutions/{code}/sentences/{sentence}/remove"),
        define("GET /resolutions/{code}/measures/new"),
        define("POST /resolutions/{code}/measures/new"),
        define("GET /resolutions/{code}/measures/{measure}"),
        define("POST /resolutions/{code}/measures/{measure}"),
        define("GET /resolutions/{code}/targets/new"),
        define("POST /resolutions/{code}/targets/new"),
        define("GET /resolutions/{code}/targets/{target}/define"),
        define("POST /resolutions/{code}/targets/{target}/define"),
        define("GET /resolutions/{code}/targets/{target}/drop"),
        define("POST /resolutions/{code}/targets/{target}/drop").with(&[("why", "trùng"), ("version", "1")]),
        define("POST /resolutions/{code}/targets/{target}/restore"),
        define("GET /resolutions/{code}/source"),
        define("POST /resolutions/{code}/source"),
        define("POST /resolutions/{code}/source/{sha}"),
    ]
}

fn observe() -> Vec<Entry> {
    let read = |route| entry(route, "reader", Wrong::Refused);
    let observe = |route| entry(route, "recorder", Wrong::Refused);
    vec![
        observe("GET /resolutions/{code}/observe"),
        observe("POST /resolutions/{code}/observe").with(&[
            ("measure", "thematic-meetings"),
            ("value", "1"),
            ("as_of", "30/06/2021"),
        ]),
        read("GET /resolutions/{code}/observations/{id}"),
        entry("POST /resolutions/{code}/observations/{id}/approve", "approver", Wrong::Refused)
            .with(&[("version", "1")]),
        observe("POST /resolutions/{code}/observations/{id}/withdraw").with(&[("version", "1"), ("why", "thử quyền")]),
        observe("POST /resolutions/{code}/observations/{id}/judge").with(&[("version", "1"), ("chosen", "done")]),
        read("GET /resolutions/{code}/ask"),
        observe("POST /resolutions/{code}/ask").with(&[("measure", "ty-le-dat")]),
        observe("GET /resolutions/{code}/import"),
        observe("POST /resolutions/{code}/import"),
        observe("POST /resolutions/{code}/import/confirm"),
        observe("GET /resolutions/{code}/template.csv"),
        observe("GET /resolutions/{code}/template.xlsx"),
        read("GET /resolutions/{code}/observations.csv"),
        read("GET /resolutions/{code}/observations.xlsx"),
        read("GET /evidence/{id}"),
    ]
}

fn interface() -> Vec<Entry> {
    let read = |route| entry(route, "reader", Wrong::Refused);
    vec![
        entry("GET /api/v1/resolutions", "reader", Wrong::Without(TITLE)),
        entry("POST /api/v1/resolutions", "secretary", Wrong::Own),
        read("GET /api/v1/resolutions/{code}"),
        read("GET /api/v1/resolutions/{code}/export"),
        read("GET /api/v1/resolutions/{code}/board"),
        read("GET /api/v1/resolutions/{code}/targets/{target}"),
        read("GET /api/v1/resolutions/{code}/observations"),
        entry("POST /api/v1/resolutions/{code}/observations", "recorder", Wrong::Refused),
        entry("POST /api/v1/resolutions/{code}/observations/{id}/withdraw", "recorder", Wrong::Refused),
        entry("POST /api/v1/resolutions/{code}/observations/{id}/approve", "approver", Wrong::Refused),
        entry("GET /api/v1/schemes", "reader", Wrong::Own),
        entry("POST /api/v1/crosswalks", "secretary", Wrong::Refused).nowhere(),
        entry("GET /api/v1/indicators", "reader", Wrong::Own),
        read("GET /api/v1/indicators/{code}/figure"),
        read("GET /api/v1/indicators/{code}/records"),
    ]
}

fn review() -> Vec<Entry> {
    let review = |route| entry(route, "reviewer", Wrong::Refused);
    vec![
        entry("GET /resolutions/{code}/reviews", "reader", Wrong::Refused),
        review("POST /resolutions/{code}/reviews"),
        entry("GET /resolutions/{code}/reviews/{period}", "reader", Wrong::Refused),
        review("POST /resolutions/{code}/reviews/{period}/collect"),
        review("POST /resolutions/{code}/reviews/{period}/reopen"),
        entry("POST /resolutions/{code}/reviews/{period}/approve", "approver", Wrong::Refused),
        entry("POST /resolutions/{code}/reviews/{period}/freeze", "approver", Wrong::Refused),
        review("GET /resolutions/{code}/reviews/{period}/texts"),
        review("POST /resolutions/{code}/reviews/{period}/texts"),
        review("GET /resolutions/{code}/reviews/{period}/causes/{target}"),
        review("POST /resolutions/{code}/reviews/{period}/causes/{target}"),
        entry("GET /resolutions/{code}/reviews/{period}/correct/{observation}", "recorder", Wrong::Refused),
        entry("POST /resolutions/{code}/reviews/{period}/correct/{observation}", "recorder", Wrong::Refused),
        review("GET /resolutions/{code}/reviews/{period}/preview"),
        entry("POST /resolutions/{code}/reviews/{period}/reports", "approver", Wrong::Refused),
        entry("GET /resolutions/{code}/reviews/{period}/reports/{number}", "reader", Wrong::Refused),
    ]
}

/// Every route that is not open to everybody.
pub(super) fn table() -> Vec<Entry> {
    let all = [own_pages(), people(), program(), registry(), targets(), define(), observe(), review(), interface()];
    all.into_iter().flatten().collect()
}
