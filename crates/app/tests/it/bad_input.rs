//! What people and machines send that nobody wants: a clear word, and no change at all.

use axum::http::Method;
use lt_testkit::both_engines;
use lt_testkit::db::Base;
use lt_web::Access;

use crate::browser::{Browser, File};
use crate::world::World;

const HERE: &str = "chi-bo-cong-ttdt-s3";
/// Breaks out of text, of an attribute in double and in single quotes, and of a script.
const PAYLOAD: &str = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>&{{7*7}}";

/// Somebody who may do everything: every role here, and those for the whole installation everywhere.
async fn everybody(world: &World, login: &str) -> Browser {
    let known = world.account(login).await;
    for role in lt_identity::roles::all() {
        let place = if role.whole_installation { None } else { Some(world.org(HERE).await) };
        world.give(known.person, place, &role.code).await;
    }
    let mut browser = world.signed_in(&known).await;
    browser.get("/account").await.is(200);
    browser
}

/// A form found on a page.
#[derive(Debug)]
struct Found {
    action: String,
    files: bool,
    /// Name, type and value of each field.
    fields: Vec<(String, String, String)>,
}

fn attribute(tag: &str, name: &str) -> String {
    let sign = format!("{name}=\"");
    let value = tag.split(&sign).nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
    value.replace("&amp;", "&").replace("&#38;", "&").replace("&quot;", "\"").replace("&#34;", "\"")
}

/// The forms of a page that change something.
fn forms(page: &str) -> Vec<Found> {
    let mut found = Vec::new();
    for part in page.split("<form").skip(1) {
        let (tag, rest) = part.split_once('>').unwrap();
        let inside = rest.split("</form>").next().unwrap();
        if attribute(tag, "method") != "post" {
            continue;
        }
        let mut fields = Vec::new();
        for piece in inside.split('<').skip(1) {
            let tag = piece.split('>').next().unwrap();
            let name = attribute(tag, " name");
            if name.is_empty() || name == "_csrf" {
                continue;
            }
            let kind = match tag.split([' ', '\n']).next().unwrap() {
                "input" => attribute(tag, "type"),
                other => other.to_owned(),
            };
            fields.push((name, kind, attribute(tag, " value")));
        }
        found.push(Found { action: attribute(tag, "action"), files: tag.contains("multipart"), fields });
    }
    found
}

fn filled(path: &str) -> String {
    path.replace("{code}", "s3-2017-2020").replace("{target}", "P7").replace("{verb}", "rename")
}

/// Every page that can be read with the places of the sample, and its address.
async fn pages(world: &World) -> Vec<String> {
    let person = world.account("nan-nhan").await.person;
    world.give(person, Some(world.org(HERE).await), "reader").await;
    let org = world.org(HERE).await;
    let routes = world.program.routes.iter().filter(|route| route.method == Method::GET);
    let fill = |path: &str| {
        let id = if path.starts_with("/people/") { person.to_string() } else { org.to_string() };
        filled(path).replace("{id}", &id)
    };
    routes.map(|route| fill(route.path)).filter(|path| !path.contains('{') && !path.starts_with("/sign-in")).collect()
}

#[tokio::test]
async fn no_query_breaks_a_page() {
    let world = World::with_sample(Base::sqlite()).await;
    let mut browser = everybody(&world, "moinguoi").await;
    let odd = [
        "at=banana&known=9999-99-99&page=-1&lang=xx",
        "at=9999-12-31&known=0001-01-01",
        "at=-0001-01-01&from=0000-00-00&until=99/99/9999",
        "before=99999999999999999999&after=-1&sort=%00&dir=up",
        "q=%F0%9F%87%BB%F0%9F%87%B3%00%FF%FE&outcome=x&schedule=y&owner=z",
        "q=%25%5F%27%22%5C&noun=%27%3B--&thing=0",
        "period=2020-Q9&version=9223372036854775808&id=00000000-0000-0000-0000-000000000000",
        "=&==&&&at&at=&a=b=c",
    ];
    for path in pages(&world).await {
        for query in odd {
            let answer = browser.get(&format!("{path}?{query}")).await;
            assert!(answer.status.as_u16() < 500, "{path}?{query} gives {}\n{}", answer.status, answer.body);
        }
        let long = format!("{path}?q={}", "a".repeat(9000));
        assert!(browser.get(&long).await.status.as_u16() < 500, "{path} with a long query");
    }
    for path in [
        "/people/khong-phai-ma",
        "/organisations/1",
        "/resolutions/%00",
        "/resolutions/%FF",
        "/resolutions/..%2F..%2Fetc",
    ] {
        let status = browser.get(path).await.status.as_u16();
        assert!(status == 400 || status == 404, "{path} gives {status}");
    }
}

/// Tries every form of every page with `make`'s value in each field a person types into.
async fn through_all_forms(world: &World, make: impl Fn(&str, &str) -> String) -> usize {
    let mut browser = everybody(world, "moinguoi").await;
    let mut tried = 0;
    for path in pages(world).await {
        let page = browser.get(&path).await;
        assert!(page.status.as_u16() < 500, "{path}");
        for form in forms(&page.body) {
            if form.action == "/sign-out" || form.action.contains("/disable") || form.action.starts_with("/account/") {
                continue;
            }
            let value = |(name, kind, value): &(String, String, String)| {
                let typed = matches!(kind.as_str(), "text" | "search" | "email" | "tel" | "date" | "" | "textarea");
                (name.clone(), if typed { make(name, kind) } else { value.clone() })
            };
            let fields: Vec<(String, String)> =
                form.fields.iter().filter(|field| field.1 != "file").map(value).collect();
            let fields: Vec<(&str, &str)> =
                fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            browser.get(&path).await;
            let answer = if form.files {
                let names: Vec<&str> =
                    form.fields.iter().filter(|one| one.1 == "file").map(|one| one.0.as_str()).collect();
                let bytes = make("file", "file").into_bytes();
                let files: Vec<File<'_>> =
                    names.iter().map(|field| File { field, name: "<b>tệp</b>.csv", bytes: &bytes }).collect();
                browser.post_files(&form.action, &fields, &files).await
            } else {
                browser.post(&form.action, &fields).await
            };
            tried += 1;
            assert!(
                answer.status.as_u16() < 500,
                "{} with {fields:?} gives {}\n{}",
                form.action,
                answer.status,
                answer.body
            );
            is_escaped(&answer.body, &form.action);
        }
    }
    for path in pages_again(world) {
        is_escaped(&browser.get(&path).await.body, &path);
    }
    tried
}

fn pages_again(world: &World) -> Vec<String> {
    let routes = world.program.routes.iter();
    routes
        .filter(|route| route.method == Method::GET && !route.path.contains('{') && route.access != Access::Public)
        .map(|route| route.path.to_owned())
        .collect()
}

#[track_caller]
fn is_escaped(body: &str, place: &str) {
    for sign in ["<script>alert", "<img src=x", "<b>tệp"] {
        assert!(!body.contains(sign), "{place} shows {sign} as markup");
    }
}

#[tokio::test]
async fn markup_in_any_field_is_shown_as_text() {
    let world = World::with_sample(Base::sqlite()).await;
    let tried = through_all_forms(&world, |_, _| PAYLOAD.to_owned()).await;
    assert!(tried >= 5, "only {tried} forms were found: the test does not look where it should");
}

#[tokio::test]
async fn too_much_in_any_field_is_refused_in_words() {
    let world = World::with_sample(Base::sqlite()).await;
    through_all_forms(&world, |_, _| "ế".repeat(20_000)).await;
}

#[tokio::test]
async fn odd_letters_in_any_field_break_nothing() {
    let world = World::with_sample(Base::sqlite()).await;
    through_all_forms(&world, |name, _| format!("\u{202e}{name}\u{0}\u{feff}\u{200b}\u{fffd}🇻🇳\r\n\t-1e999")).await;
}

both_engines! {
    async fn markup_in_a_name_that_is_stored_stays_text_wherever_it_is_shown(base) {
        let world = World::with_sample(base).await;
        let mut admin = everybody(&world, "moinguoi").await;
        admin.get("/people/new").await;
        admin.post("/people/new", &[("name", PAYLOAD), ("login", "xss")]).await.is(200);
        let person = world.ground.db.read("SELECT id FROM identity_person WHERE name LIKE '<script>%'", vec![]).await;
        let id: lt_kernel::id::Uuid = person.unwrap()[0].get("id").unwrap();
        let at = format!("/people/{id}");
        for path in ["/people", &at, &format!("{at}/edit"), &format!("/history?thing={id}"), "/search?q=script"] {
            let page = admin.get(path).await;
            is_escaped(&page.is(200).body, path);
        }
        admin.get(&at).await.says("&#60;script&#62;alert(1)");
    }

    async fn names_typed_in_pieces_are_stored_whole(base) {
        let world = World::with_sample(base).await;
        let mut admin = everybody(&world, "moinguoi").await;
        admin.get("/people/new").await;
        // "Nguyễn Thị Huyền" decomposed, as some keyboards and macOS send it.
        let pieces = "Nguye\u{302}\u{303}n Thi\u{323} Huye\u{302}\u{300}n";
        admin.post("/people/new", &[("name", pieces), ("login", "huyen")]).await.is(200);
        let whole = "Nguy\u{1ec5}n Th\u{1ecb} Huy\u{1ec1}n";
        let sql = "SELECT id FROM identity_person WHERE name = $1";
        assert_eq!(world.ground.db.read(sql, lt_store::params![whole]).await.unwrap().len(), 1);
        admin.get("/people?q=nguyen+thi+huyen").await.is(200).says(whole);
        let typed: String = form_urlencoded::byte_serialize(pieces.as_bytes()).collect();
        admin.get(&format!("/people?q={typed}")).await.is(200).says(whole);
    }

    async fn of_two_people_editing_the_second_is_told(base) {
        let world = World::with_sample(base).await;
        let (mut one, mut two) = (everybody(&world, "motnguoi").await, everybody(&world, "hainguoi").await);
        let known = world.account("vanthu").await;
        let edit = format!("/people/{}/edit", known.person);
        one.get(&edit).await.is(200);
        two.get(&edit).await.is(200);
        let (first, second) = (one.hidden("version"), two.hidden("version"));
        one.post(&edit, &[("name", "Bản Thứ Nhất"), ("version", &first)]).await.is(303);
        let changes = world.count("store_change").await;
        two.post(&edit, &[("name", "Bản Thứ Hai"), ("version", &second)]).await.is(409).says("Có người vừa sửa trước bạn");
        assert_eq!(world.count("store_change").await, changes, "a refused change leaves no trace");
        one.get(&edit).await.says("Bản Thứ Nhất").hides("Bản Thứ Hai");
    }
}

#[tokio::test]
async fn broken_and_huge_bodies_are_refused_before_they_are_read_whole() {
    let world = World::with_sample(Base::sqlite()).await;
    let mut admin = everybody(&world, "moinguoi").await;
    admin.get("/people/new").await;
    let csrf = admin.csrf();
    let form = "application/x-www-form-urlencoded";
    let people = world.count("identity_person").await;
    let huge = format!("_csrf={csrf}&login=abc&name={}", "a".repeat(3_000_000)).into_bytes();
    admin.send(Method::POST, "/people/new", form, huge).await.is(413).says("quá lớn");
    for (kind, body) in [
        ("multipart/form-data", "--x\r\n".to_owned()),
        ("multipart/form-data; boundary=x", "không có ranh giới".to_owned()),
        (
            "multipart/form-data; boundary=x",
            format!("--x\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n{csrf}"),
        ),
        ("application/json", "{}".to_owned()),
        ("", String::new()),
        ("text/plain", format!("_csrf={csrf}&name=a&login=abc")),
    ] {
        let answer = admin.send(Method::POST, "/people/new", kind, body.into_bytes()).await;
        assert!(matches!(answer.status.as_u16(), 400 | 403 | 415), "{kind} gives {}", answer.status);
    }
    let broken = b"_csrf=%FF%FE&name=%E1%BB&login=abc".to_vec();
    admin.send(Method::POST, "/people/new", form, broken).await.is(400);
    assert_eq!(world.count("identity_person").await, people);
    admin.jar.insert("lienthong_session".into(), "a".repeat(5000));
    admin.get("/account").await.is(303);
}
