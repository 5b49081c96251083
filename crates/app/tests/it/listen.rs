//! Visitors who take their time are let go, others are served meanwhile, and the end waits for running requests.

use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::routing::{get, post};
use lienthong::listen::listen;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::time::timeout;

const PATIENCE: Duration = Duration::from_millis(300);
const LONG: Duration = Duration::from_secs(20);

/// Serves a few routes with little patience; where, and how to end it.
async fn served() -> (String, oneshot::Sender<()>, tokio::task::JoinHandle<()>) {
    let router = Router::new()
        .route("/", get(|| async { "here" }))
        .route("/echo", post(|body: Bytes| async move { body }))
        .route(
            "/slow",
            get(|| async {
                tokio::time::sleep(3 * PATIENCE).await;
                "done"
            }),
        );
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let (end, ended) = oneshot::channel();
    let running = tokio::spawn(listen(listener, router, PATIENCE, async {
        drop(ended.await);
    }));
    (address, end, running)
}

/// What a visitor who sends this gets until the connection is closed.
async fn told(address: &str, sent: &str) -> String {
    let mut visitor = TcpStream::connect(address).await.unwrap();
    visitor.write_all(sent.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    timeout(LONG, visitor.read_to_end(&mut answer)).await.expect("the connection is closed").unwrap();
    String::from_utf8(answer).unwrap()
}

#[tokio::test]
async fn who_never_says_what_they_want_is_let_go() {
    let (address, _end, _) = served().await;
    for head in ["", "GET / HTTP/1.1\r\nHost: x\r\nX-"] {
        assert!(!told(&address, head).await.contains("here"), "{head}");
    }
    // A connection kept open and then silent.
    let kept = told(&address, "GET / HTTP/1.1\r\nHost: x\r\n\r\n").await;
    assert!(kept.starts_with("HTTP/1.1 200") && kept.ends_with("here"), "{kept}");
    let half = "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n12345";
    let broken = told(&address, half).await;
    assert!(!broken.contains("200 OK") && !broken.contains("12345"), "{broken}");
    // Control: the whole body comes back.
    let whole = told(&address, &format!("{half}67890")).await;
    assert!(whole.contains("200 OK") && whole.ends_with("1234567890"), "{whole}");
}

#[tokio::test]
async fn others_are_served_while_many_say_nothing() {
    let (address, _end, _) = served().await;
    let mut silent = Vec::new();
    for _ in 0..200 {
        silent.push(TcpStream::connect(&address).await.unwrap());
    }
    assert!(told(&address, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").await.ends_with("here"));
}

#[tokio::test]
async fn the_end_waits_for_what_is_running_and_for_nothing_else() {
    let (address, end, running) = served().await;
    let slow = {
        let address = address.clone();
        tokio::spawn(async move { told(&address, "GET /slow HTTP/1.1\r\nHost: x\r\n\r\n").await })
    };
    let _silent = TcpStream::connect(&address).await.unwrap();
    tokio::time::sleep(PATIENCE / 3).await;
    end.send(()).unwrap();
    timeout(LONG, running).await.expect("it ends").unwrap();
    assert!(slow.await.unwrap().ends_with("done"));
    assert!(TcpStream::connect(&address).await.is_err(), "nobody else comes in");
}
