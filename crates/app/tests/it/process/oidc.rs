//! Signing in through a real OpenID provider, by real redirects between two programs: the provider is the one
//! the gate starts (`e2e/oidc.mjs`), with cookies of its own. What lying providers get is in identity's tests.

use std::net::SocketAddr;

use lt_store::params;
use lt_testkit::both_engines;
use lt_testkit::db::Base;

use super::server::{Reply, Server, Visitor, settings};

const SECRET: &str = "secret-for-tests-only";

/// The provider's issuer; none, loudly, where there is none and none is required.
fn issuer() -> Option<String> {
    #[expect(clippy::disallowed_methods, reason = "tests have no configuration")]
    let of = |name: &str| std::env::var(name).ok();
    let issuer = of("LIENTHONG_TEST_OIDC");
    if issuer.is_none() {
        let required = of("LIENTHONG_TEST_TOOLS_REQUIRED").is_some_and(|value| value == "1");
        assert!(!required, "LIENTHONG_TEST_OIDC is not set, but the tools of the tests are required");
        eprintln!("\n*** SKIPPED: no OpenID provider (LIENTHONG_TEST_OIDC is not set) ***\n");
    }
    issuer
}

/// The program, set up for the provider; with the sample or empty.
fn start(base: &Base, issuer: &str, (secret, sample): (&str, bool)) -> Server {
    let text = format!(
        "[sample]\nload = {sample}\n[oidc]\nissuer = \"{issuer}\"\nclient_id = \"lienthong-test\"\n\
         client_secret = \"{secret}\"\nlabel_vi = \"Đăng nhập một lần\"\nlabel_en = \"Single sign-on\"\n"
    );
    settings(base, &text);
    Server::start(base)
}

fn location(reply: &Reply) -> &str {
    let line = reply.head.lines().find(|line| line.to_ascii_lowercase().starts_with("location: "));
    line.map_or("", |line| &line[10..])
}

/// Follows the provider's redirects from `address` until they lead back to the program; the path there.
fn visit(there: &mut Visitor, server: &Server, address: &str) -> String {
    let home = format!("http://{}", server.address);
    let mut address = address.to_owned();
    for _ in 0..12 {
        if let Some(path) = address.strip_prefix(&home) {
            return path.to_owned();
        }
        let rest = address.strip_prefix("http://").unwrap_or_else(|| panic!("{address} leads elsewhere"));
        let (host, path) = rest.split_once('/').unwrap();
        let to: SocketAddr = host.parse().unwrap();
        let reply = there.get(to, &format!("/{path}")).unwrap();
        let next = location(&reply);
        assert!(matches!(reply.status, 302 | 303), "{address} gives {}: {}", reply.status, reply.body);
        address = if next.starts_with('/') { format!("http://{to}{next}") } else { next.to_owned() };
    }
    panic!("the provider leads nowhere: {address}");
}

/// Begins at the sign-in page and comes back from the provider; the return is not followed yet.
fn go(here: &mut Visitor, there: &mut Visitor, server: &Server) -> String {
    let reply = here.get(server.address, "/sign-in/provider?next=/account").unwrap();
    assert_eq!(reply.status, 303, "{}", reply.body);
    let address = location(&reply).to_owned();
    assert!(address.contains("code_challenge_method=S256") && address.contains("nonce="), "{address}");
    visit(there, server, &address)
}

/// Ties the account that is signed in to the provider's.
fn link(here: &mut Visitor, there: &mut Visitor, server: &Server, issuer: &str) {
    here.get(server.address, "/account").unwrap();
    let page = here.post(server.address, "/account/links/new", &[]).unwrap();
    let address = page.body.split("href=\"").find(|part| part.starts_with(issuer)).unwrap();
    let address = address.split('"').next().unwrap().replace("&amp;", "&").replace("&#38;", "&");
    let back = visit(there, server, &address);
    let reply = here.get(server.address, &back).unwrap();
    assert_eq!((reply.status, location(&reply)), (303, "/account#links"), "{}", reply.body);
}

async fn sessions(base: &Base) -> i64 {
    let row = base.open().await.read_one("SELECT COUNT(*) AS n FROM identity_session", params![]).await.unwrap();
    row.unwrap().get("n").unwrap()
}

#[track_caller]
fn is_refused(reply: &Reply, words: &str) {
    assert_eq!(reply.status, 409, "{}", reply.body);
    assert!(reply.body.contains(words), "“{words}” is missing in {}", reply.body);
    let cookies = reply.head.to_ascii_lowercase();
    assert!(!cookies.contains("lienthong_session="), "a refusal gives no session: {}", reply.head);
}

/// Whether the visitor is nobody to the program.
fn is_nobody(visitor: &mut Visitor, server: &Server) -> bool {
    let reply = visitor.get(server.address, "/account").unwrap();
    reply.status == 303 && location(&reply).starts_with("/sign-in?")
}

both_engines! {
    async fn a_linked_account_signs_in_at_a_real_provider_and_nobody_else(base) {
        let Some(issuer) = issuer() else { return };
        let server = start(&base, &issuer, (SECRET, true));
        let (mut here, mut there) = (Visitor::default(), Visitor::default());

        // The provider vouches for somebody no account is linked to.
        let back = go(&mut here, &mut there, &server);
        is_refused(&here.get(server.address, &back).unwrap(), "chưa liên kết");
        assert!(is_nobody(&mut here, &server) && sessions(&base).await == 0);

        let (login, password, _) = server.accounts().into_iter().find(|(.., role)| role == "reader").unwrap();
        here.sign_in(server.address, &login, &password);
        link(&mut here, &mut there, &server, &issuer);
        here.get(server.address, "/account").unwrap();
        assert_eq!(here.post(server.address, "/sign-out", &[]).unwrap().status, 303);
        assert!(is_nobody(&mut here, &server) && sessions(&base).await == 0);

        let back = go(&mut here, &mut there, &server);
        let mut copy = here.clone();
        let reply = here.get(server.address, &back).unwrap();
        assert_eq!((reply.status, location(&reply)), (303, "/account"), "{}", reply.body);
        let page = here.get(server.address, "/account").unwrap();
        assert!(page.status == 200 && page.body.contains("Người xem (mẫu)"), "{}", page.body);
        let page = here.get(server.address, "/resolutions/s3-2017-2020").unwrap();
        assert_eq!(page.status, 200, "with the rights of that account: {}", page.body);
        assert_eq!(sessions(&base).await, 1);

        // The same return again: by this browser, by one that kept the cookie of the flow, by a stranger.
        is_refused(&here.get(server.address, &back).unwrap(), "không bắt đầu từ trình duyệt này");
        is_refused(&copy.get(server.address, &back).unwrap(), "đã được dùng hoặc đã hết hạn");
        let mut stranger = Visitor::default();
        is_refused(&stranger.get(server.address, &back).unwrap(), "không bắt đầu từ trình duyệt này");
        assert!(is_nobody(&mut copy, &server) && is_nobody(&mut stranger, &server));
        assert_eq!(sessions(&base).await, 1);
        server.stop();
    }
}

#[test]
fn a_wrong_secret_is_said_to_whoever_tries() {
    let Some(issuer) = issuer() else { return };
    let base = Base::sqlite();
    let server = start(&base, &issuer, ("another-secret", false));
    let (mut here, mut there) = (Visitor::default(), Visitor::default());
    let back = go(&mut here, &mut there, &server);
    let reply = here.get(server.address, &back).unwrap();
    is_refused(&reply, "Nhà cung cấp không chấp nhận chương trình này");
    assert!(reply.body.contains("lienthong.toml") && !reply.body.contains("another-secret"), "{}", reply.body);
    assert!(is_nobody(&mut here, &server));
    server.stop();
}
