//! Every route with who may use it.

use super::scene::TABLE;
use super::{Entry, Reach, TITLE, Wrong, entry};

fn own_pages() -> Vec<Entry> {
    [
        "GET /account",
        "GET /account/password",
        "POST /account/sessions/end-all",
        "GET /account/second-factor",
        "GET /account/tokens/new",
        "GET /roles",
    ]
    .into_iter()
    .map(|route| entry(route, "reader", Wrong::Own))
    .chain([entry("POST /account/tokens/new", "reader", Wrong::Own).with(&[
        ("name", "Kho"),
        ("days", "30"),
        ("permissions", "targets.read"),
    ])])
    // They want the password of now, which the walk goes on needing, and codes of a telephone.
    .chain(
        [
            "POST /account/password",
            "POST /account/second-factor",
            "POST /account/second-factor/codes",
            "POST /account/second-factor/remove",
        ]
        .map(|route| entry(route, "reader", Wrong::Own).faulty()),
    )
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
        entry("GET /people/{id}", "auditor", Wrong::Hidden),
        // A new person belongs nowhere yet: every manager may enter one.
        entry("GET /people/new", "administrator", Wrong::Own),
        entry("POST /people/new", "administrator", Wrong::Own).with(&[("name", "Người mới"), ("login", "{new}")]),
        manage("GET /people/{id}/edit"),
        manage("POST /people/{id}/edit").with(&[("name", "Tên mới"), ("version", "1")]),
        // A manager elsewhere may give the person a role there, and there only.
        entry("GET /people/{id}/memberships/new", "administrator", Wrong::Own),
        entry("POST /people/{id}/memberships/new", "administrator", Wrong::AskedAgain).with(&[
            ("role", "administrator"),
            ("org", "{org}"),
            ("from", "02/03/2026"),
        ]),
        entry("GET /people/{id}/memberships/{membership}/end", "administrator", Wrong::Refused),
        entry("POST /people/{id}/memberships/{membership}/end", "administrator", Wrong::Refused)
            .with(&[("day", "02/03/2026")]),
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
        entry("GET /operate", "administrator", Wrong::Refused).over(Reach::Everywhere),
        entry("POST /operate/retry", "administrator", Wrong::Refused)
            .over(Reach::Everywhere)
            .with(&[("listener", "thu"), ("seq", "1")]),
        entry("GET /search", "reader", Wrong::Without(TITLE)),
    ]
}

/// A directory with one organisation.
const SNAPSHOT: &str = "scheme,code,name,kind,parent_code,level\nhub-system,H99,Cơ quan thử,committee,,1\n";

fn registry() -> Vec<Entry> {
    let manage = |route| entry(route, "registrar", Wrong::Refused).over(Reach::Everywhere);
    vec![
        // The tree of organisations is public knowledge inside the installation.
        entry("GET /organisations", "reader", Wrong::Own),
        entry("GET /organisations.csv", "reader", Wrong::Own),
        entry("GET /organisations/{id}", "reader", Wrong::Own),
        // A registrar of one unit founds below it; where, is checked when the form is sent.
        entry("GET /organisations/new", "registrar", Wrong::Own),
        manage("POST /organisations/new").with(&[
            ("name", "Cơ quan thử"),
            ("kind", "department"),
            ("level", "2"),
            ("date", "01/08/2025"),
            ("act", "01/QĐ"),
        ]),
        manage("GET /organisations/import"),
        manage("POST /organisations/import").with(&[("date", "01/08/2025"), ("act", "02/QĐ")]).file("file", SNAPSHOT),
        manage("GET /organisations/{id}/{verb}"),
        manage("POST /organisations/{id}/{verb}").with(&[
            ("name", "Tên mới của chi bộ"),
            ("date", "02/08/2025"),
            ("act", "03/QĐ"),
        ]),
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
        entry("POST /schemes", "secretary", Wrong::Refused).over(Reach::Issuers).with(&[
            ("from", "org-2018/hoan-thanh"),
            ("to", "org-2014/trong-sach-vung-manh"),
            ("ground", "Thử quyền, không ký thật"),
        ]),
    ]
}

/// At least one admission.
const NEW_TARGET: &[(&str, &str)] = &[
    ("do", "save"),
    ("code", "CT1"),
    ("title", "Chỉ tiêu thử"),
    ("sentence", "P12"),
    ("readings", "1"),
    ("r0-conditions", "1"),
    ("r0c0-measure", "admissions"),
    ("r0c0-test", "floor"),
    ("r0c0-at", "1"),
    ("r0c0-overs", "1"),
    ("r0c0o0-kind", "sum"),
];

fn define() -> Vec<Entry> {
    let define = |route| entry(route, "secretary", Wrong::Refused);
    vec![
        // Forms for a resolution of one's own unit; whose it is, is checked when it is sent.
        entry("GET /resolutions/new", "secretary", Wrong::Own),
        entry("POST /resolutions/new", "secretary", Wrong::AskedAgain).with(&[
            ("code", "ban-thu"),
            ("issuer", "{org}"),
            ("title", "Nghị quyết thử"),
            ("lane", "party"),
            ("from", "01/01/2026"),
            ("last", "31/12/2030"),
        ]),
        entry("GET /resolutions/import", "secretary", Wrong::Own),
        entry("POST /resolutions/import", "secretary", Wrong::AskedAgain).with(&[("do", "store"), ("text", "{file}")]),
        define("GET /resolutions/{code}/edit"),
        define("GET /resolutions/{code}/head"),
        define("POST /resolutions/{code}/head").filled(),
        define("GET /resolutions/{code}/sentences/new"),
        define("POST /resolutions/{code}/sentences/new").filled().with(&[("code", "C1"), ("text", "Câu thử")]),
        define("GET /resolutions/{code}/sentences/{sentence}"),
        define("POST /resolutions/{code}/sentences/{sentence}").filled().with(&[("text", "Câu sửa")]),
        define("POST /resolutions/{code}/sentences/{sentence}/move").with(&[("to", "up")]),
        define("POST /resolutions/{code}/sentences/{sentence}/remove"),
        define("POST /resolutions/{code}/adopt"),
        define("GET /resolutions/{code}/close"),
        define("POST /resolutions/{code}/close"),
        define("GET /resolutions/{code}/measures/new"),
        define("POST /resolutions/{code}/measures/new").with(&[
            ("code", "do-thu"),
            ("name", "Đo thử"),
            ("unit", "count"),
        ]),
        define("GET /resolutions/{code}/measures/{measure}"),
        define("POST /resolutions/{code}/measures/{measure}").filled().with(&[("note", "ghi chú thử")]),
        define("GET /resolutions/{code}/targets/new"),
        define("POST /resolutions/{code}/targets/new").with(NEW_TARGET),
        define("GET /resolutions/{code}/targets/{target}/define"),
        define("POST /resolutions/{code}/targets/{target}/define").filled().with(&[
            ("do", "save"),
            ("title", "Tên mới"),
            ("why", "thử"),
        ]),
        define("GET /resolutions/{code}/targets/{target}/drop"),
        define("POST /resolutions/{code}/targets/{target}/drop").with(&[("why", "trùng"), ("version", "1")]),
        define("POST /resolutions/{code}/targets/{target}/restore"),
        define("GET /resolutions/{code}/source"),
        define("POST /resolutions/{code}/source").file("file", "Một tệp nguồn khác"),
        define("POST /resolutions/{code}/source/{sha}").with(&[("code", "C2"), ("text", "Nghị quyết chi bộ")]),
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
        observe("POST /resolutions/{code}/import").file("file", TABLE),
        observe("POST /resolutions/{code}/import/confirm").with(&[("name", "so-lieu.csv"), ("hash", "{hash}")]),
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
        entry("POST /api/v1/resolutions", "secretary", Wrong::AskedAgain),
        read("GET /api/v1/resolutions/{code}"),
        read("GET /api/v1/resolutions/{code}/export"),
        read("GET /api/v1/resolutions/{code}/board"),
        read("GET /api/v1/resolutions/{code}/targets/{target}"),
        read("GET /api/v1/resolutions/{code}/observations"),
        entry("POST /api/v1/resolutions/{code}/observations", "recorder", Wrong::Refused),
        entry("POST /api/v1/resolutions/{code}/observations/{id}/withdraw", "recorder", Wrong::Refused),
        entry("POST /api/v1/resolutions/{code}/observations/{id}/approve", "approver", Wrong::Refused),
        entry("GET /api/v1/schemes", "reader", Wrong::Own),
        entry("POST /api/v1/crosswalks", "secretary", Wrong::Refused).over(Reach::Issuers),
        entry("GET /api/v1/indicators", "reader", Wrong::Own),
        read("GET /api/v1/indicators/{code}/figure"),
        read("GET /api/v1/indicators/{code}/records"),
    ]
}

fn review() -> Vec<Entry> {
    let review = |route| entry(route, "reviewer", Wrong::Refused);
    vec![
        entry("GET /resolutions/{code}/reviews", "reader", Wrong::Refused),
        review("POST /resolutions/{code}/reviews").with(&[("period", "2021"), ("cutoff", "14/12/2021")]),
        entry("GET /resolutions/{code}/reviews/{period}", "reader", Wrong::Refused),
        review("POST /resolutions/{code}/reviews/{period}/collect"),
        review("POST /resolutions/{code}/reviews/{period}/reopen"),
        entry("POST /resolutions/{code}/reviews/{period}/approve", "approver", Wrong::Refused),
        entry("POST /resolutions/{code}/reviews/{period}/freeze", "approver", Wrong::Refused),
        review("GET /resolutions/{code}/reviews/{period}/texts"),
        review("POST /resolutions/{code}/reviews/{period}/texts").filled().with(&[("place", "Nơi thử")]),
        review("GET /resolutions/{code}/reviews/{period}/causes/{target}"),
        review("POST /resolutions/{code}/reviews/{period}/causes/{target}")
            .filled()
            .with(&[("kind", "objective"), ("cause", "Dịch bệnh")]),
        entry("GET /resolutions/{code}/reviews/{period}/correct/{observation}", "recorder", Wrong::Refused),
        entry("POST /resolutions/{code}/reviews/{period}/correct/{observation}", "recorder", Wrong::Refused)
            .filled()
            .with(&[("value", "91"), ("why", "ghi nhầm"), ("evidence", "Sổ theo dõi")]),
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
