//! Signing in through a provider: the straight way, and every crooked one refused.

use std::sync::Arc;

use axum::http::StatusCode;
use lt_identity::Config;
use lt_identity::oidc::OidcConfig;
use lt_identity::secret::SecretString;
use lt_testkit::db::Base;

use crate::provider::{Lie, Provider, SECRET};
use crate::world::{Browser, Known, World, config};

async fn world(provision: bool) -> (World, Arc<Provider>) {
    let base = Base::sqlite();
    let provider = Provider::start(base.clock()).await;
    let oidc = OidcConfig {
        issuer: provider.issuer.clone(),
        client_id: "lienthong".into(),
        client_secret: SecretString::new(SECRET),
        label_vi: "Đăng nhập một lần của tỉnh".into(),
        label_en: "Provincial single sign-on".into(),
        trusts_second_factor: false,
        provision,
    };
    (World::with(base, Config { oidc: Some(oidc), ..config() }).await, provider)
}

/// Goes to the provider and back.
async fn round(browser: &mut Browser, provider: &Provider) -> crate::world::Answer {
    let answer = browser.get("/sign-in/provider?next=/probe").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let query = provider.visit(answer.location());
    browser.get(&format!("/sign-in/provider/back?{query}")).await
}

/// An account linked to the provider's subject, as its owner does it.
async fn linked(world: &World, provider: &Provider) -> Known {
    let known = world.account("vanthu").await;
    let mut browser = world.signed_in(&known).await;
    browser.get("/account").await.says("Đăng nhập một lần của tỉnh");
    let page = browser.post("/account/links/new", &[]).await;
    let address = page.body.split("href=\"").find(|part| part.starts_with(&provider.issuer)).unwrap();
    let address = address.split('"').next().unwrap().replace("&amp;", "&").replace("&#38;", "&");
    let answer = browser.get(&format!("/sign-in/provider/back?{}", provider.visit(&address))).await;
    assert_eq!(answer.location(), "/account#links", "{}", answer.body);
    browser.get("/account").await.says("Bỏ liên kết");
    known
}

#[tokio::test]
async fn a_linked_account_signs_in() {
    let (world, provider) = world(false).await;
    let known = linked(&world, &provider).await;
    let mut browser = world.browser();
    browser.get("/sign-in").await.says("Đăng nhập một lần của tỉnh");
    let answer = round(&mut browser, &provider).await;
    assert_eq!(answer.location(), "/probe", "{}", answer.body);
    browser.get("/probe").await.says(&known.account.to_string());
    assert!(!browser.jar.contains_key("lienthong_flow"), "a flow is good for one return");
}

#[tokio::test]
async fn every_lie_is_refused() {
    let (world, provider) = world(true).await;
    for lie in [Lie::Nonce, Lie::Audience, Lie::Issuer, Lie::Signature, Lie::Expired, Lie::Unsigned, Lie::Endless] {
        *provider.lie.lock().unwrap() = lie;
        let mut browser = world.browser();
        let answer = round(&mut browser, &provider).await;
        assert_eq!(answer.status, StatusCode::CONFLICT, "{lie:?}");
        assert!(browser.session().is_none(), "{lie:?}");
        answer.says(if lie == Lie::Endless { "Không kết nối được" } else { "không qua được kiểm tra" });
    }
    *provider.lie.lock().unwrap() = Lie::Nothing;
    let mut browser = world.browser();
    assert_eq!(round(&mut browser, &provider).await.location(), "/probe", "the same way without a lie");
}

#[tokio::test]
async fn discovery_that_names_another_issuer_is_refused() {
    let (world, provider) = world(false).await;
    *provider.lie.lock().unwrap() = Lie::Discovery;
    let answer = world.browser().get("/sign-in/provider").await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    answer.says("Không kết nối được");
}

#[tokio::test]
async fn state_and_browser_must_be_the_ones_that_began() {
    let (world, provider) = world(true).await;
    let mut browser = world.browser();
    let address = browser.get("/sign-in/provider").await.location().to_owned();
    let query = provider.visit(&address);
    let mut other = world.browser();
    other.get(&format!("/sign-in/provider/back?{query}")).await.says("không bắt đầu từ trình duyệt này");
    let mut third = world.browser();
    third.get("/sign-in/provider").await;
    third.get(&format!("/sign-in/provider/back?{query}")).await.says("không bắt đầu từ trình duyệt này");
    browser.get("/sign-in/provider/back?code=ma-mot-lan&state=wrong").await.says("không bắt đầu từ trình duyệt này");
    browser.get(&format!("/sign-in/provider/back?{query}")).await.says("không bắt đầu từ trình duyệt này");
    let mut named = world.browser();
    let address = named.get("/sign-in/provider").await.location().to_owned();
    let query = provider.visit(&address);
    named.get(&format!("/sign-in/provider/back?{query}&iss=https://another.example")).await.says("không bắt đầu");
    for browser in [&browser, &other, &third, &named] {
        assert!(browser.session().is_none());
    }
}

#[tokio::test]
async fn a_wrong_code_and_a_refusal_there_let_nobody_in() {
    let (world, provider) = world(true).await;
    let mut browser = world.browser();
    let address = browser.get("/sign-in/provider").await.location().to_owned();
    let query = provider.visit(&address).replace("ma-mot-lan", "ma-khac");
    browser.get(&format!("/sign-in/provider/back?{query}")).await.says("đã được dùng hoặc đã hết hạn");
    let address = browser.get("/sign-in/provider").await.location().to_owned();
    let query = provider.visit(&address).replace("code=ma-mot-lan", "error=access_denied");
    browser.get(&format!("/sign-in/provider/back?{query}")).await.says("không cho phép đăng nhập");
    assert!(browser.session().is_none());
}

#[tokio::test]
async fn without_a_link_nobody_gets_in_unless_accounts_are_made() {
    let (closed, provider) = world(false).await;
    let mut browser = closed.browser();
    round(&mut browser, &provider).await.says("chưa liên kết");
    assert!(browser.session().is_none());
    let (open, provider) = world(true).await;
    let mut browser = open.browser();
    assert_eq!(round(&mut browser, &provider).await.location(), "/probe");
    browser.get("/probe").await.says("may= observes=[]");
    let mut again = open.browser();
    round(&mut again, &provider).await;
    let rows = open.host.db.read("SELECT id FROM identity_account", vec![]).await.unwrap();
    assert_eq!(rows.len(), 1, "the second time it is the same account");
}

#[tokio::test]
async fn a_subject_belongs_to_one_account() {
    let (world, provider) = world(false).await;
    linked(&world, &provider).await;
    let other = world.account("ketoan").await;
    let mut browser = world.signed_in(&other).await;
    browser.get("/account").await;
    let page = browser.post("/account/links/new", &[]).await;
    let address = page.body.split("href=\"").find(|part| part.starts_with(&provider.issuer)).unwrap();
    let address = address.split('"').next().unwrap().replace("&amp;", "&").replace("&#38;", "&");
    let query = provider.visit(&address);
    browser.get(&format!("/sign-in/provider/back?{query}")).await.says("đã liên kết với một tài khoản");
}

#[tokio::test]
async fn a_link_is_for_whoever_began_it() {
    let (world, provider) = world(false).await;
    let (one, two) = (world.account("vanthu").await, world.account("ketoan").await);
    let mut browser = world.signed_in(&one).await;
    browser.get("/account").await;
    let page = browser.post("/account/links/new", &[]).await;
    let address = page.body.split("href=\"").find(|part| part.starts_with(&provider.issuer)).unwrap();
    let address = address.split('"').next().unwrap().replace("&amp;", "&").replace("&#38;", "&");
    let query = provider.visit(&address);
    let flow = browser.jar["lienthong_flow"].clone();
    let mut next = world.signed_in(&two).await;
    next.jar.insert("lienthong_flow".into(), flow);
    next.get(&format!("/sign-in/provider/back?{query}")).await.says("không bắt đầu từ trình duyệt này");
    assert!(!next.get("/account").await.body.contains("Bỏ liên kết"));
}

#[tokio::test]
async fn the_provider_does_not_stand_in_for_the_second_factor() {
    let (world, provider) = world(false).await;
    let known = linked(&world, &provider).await;
    let mut browser = world.signed_in(&known).await;
    browser.get("/account/second-factor").await;
    let record = lt_identity::accounts::store::by_id(&world.host.db, known.account).await.unwrap().unwrap();
    let counter = lt_identity::second_factor::totp::counter(world.host.clock.now());
    let code = lt_identity::second_factor::totp::code(&record.totp.unwrap().secret, counter, 6);
    browser.post("/account/second-factor", &[("code", &code)]).await;
    let mut browser = world.browser();
    assert_eq!(round(&mut browser, &provider).await.location(), "/sign-in/code?next=%2Fprobe");
    assert_eq!(browser.get("/probe").await.status, StatusCode::SEE_OTHER);
}
