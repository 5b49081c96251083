//! Serves the page of components on port 8099: `cargo run -p lt-web --example design`.

use axum::Router;
use lt_kernel::id::AccountId;
use lt_web::{MenuEntry, Shell, Viewer, Words, design, layers};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let entry = |words_key, href| MenuEntry { words_key, href, permission: None };
    let menu = vec![
        entry("web-design-targets", "/targets"),
        entry("web-design-title", "/design"),
        entry("web-design-tree", "/orgs"),
        entry("web-problems-title", "/problems"),
    ];
    let shell = Shell::new(Words::load(&[("web", lt_web::WORDS)])?, menu);
    shell.mark_sample(true);
    let (router, _) = design::routes::<()>().split();
    let viewer = Viewer {
        account: Some(AccountId(lt_kernel::id::Uuid::nil())),
        name: "Tài khoản mẫu".into(),
        csrf: "sample".into(),
        ..Viewer::default()
    };
    let router: Router = layers::pages(router.with_state(()), shell).layer(axum::Extension(viewer));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:8099").await?;
    axum::serve(listener, layers::outer(router)).await?;
    Ok(())
}
