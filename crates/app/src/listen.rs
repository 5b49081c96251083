//! Taking connections: HTTP/1.1, with a limit to how long a visitor may take to say what they want. Whoever opens a
//! connection and says nothing, or sends a head or a body drop by drop, would otherwise hold it for ever.

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::pin::pin;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::{Request, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt as _;
use tower_http::timeout::RequestBodyTimeoutLayer;

/// Longest wait for the whole head of a request, the first after connecting or the next one, and for the next part
/// of a body.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// Answers whoever connects until `end`; running requests are finished then.
pub async fn listen(listener: TcpListener, router: Router, patience: Duration, end: impl Future<Output = ()>) {
    let open = GracefulShutdown::new();
    let router = router.layer(RequestBodyTimeoutLayer::new(patience));
    let mut end = pin!(end);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut end => break,
        };
        match accepted {
            Ok((stream, from)) => answer(stream, from, &router, patience, &open),
            // The visitor went away before we came to the door.
            Err(error) if matches!(error.kind(), ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset) => {}
            Err(error) => {
                tracing::error!(%error, "no connection can be taken");
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        }
    }
    drop(listener);
    open.shutdown().await;
}

/// Answers one connection, in a task of its own.
fn answer(stream: TcpStream, from: SocketAddr, router: &Router, patience: Duration, open: &GracefulShutdown) {
    // Without it the end of a long page may wait for the visitor's acknowledgement of its middle.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "no delay cannot be set");
    }
    let router = router.clone();
    let service = service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(from));
        router.clone().oneshot(request)
    });
    let mut protocol = http1::Builder::new();
    protocol.timer(TokioTimer::new()).header_read_timeout(patience);
    let connection = open.watch(protocol.serve_connection(TokioIo::new(stream), service));
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::debug!(%error, %from, "a connection broke off");
        }
    });
}
