//! Starting: first, again, and where it must refuse.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::time::{Duration, Instant};

use lt_testkit::both_engines;
use lt_testkit::db::Base;

use super::server::{Server, Visitor, plain, run, said, settings};

#[expect(clippy::disallowed_methods, reason = "measures a real process")]
fn now() -> Instant {
    Instant::now()
}

both_engines! {
    async fn the_first_start_prints_six_accounts_and_the_second_none(base) {
        let server = Server::start(&base);
        let accounts = server.accounts();
        assert_eq!(accounts.len(), 6, "{:?}", server.printed);
        let roles: std::collections::BTreeSet<&str> = accounts.iter().map(|(.., role)| role.as_str()).collect();
        assert!(roles.len() == 6 && roles.contains("administrator"), "{roles:?}");
        let mut visitor = Visitor::default();
        assert_eq!(visitor.get(server.address, "/readyz").unwrap().status, 200);
        let (login, password, _) = accounts.iter().find(|(.., role)| role == "reader").unwrap();
        visitor.sign_in(server.address, login, password);
        assert!(visitor.get(server.address, "/targets").unwrap().body.contains("/resolutions/s3-2017-2020"));
        server.stop();

        let begun = now();
        let again = Server::start(&base);
        let took = begun.elapsed();
        assert!(again.accounts().is_empty(), "passwords are shown once");
        assert!(took < Duration::from_secs(5), "ready after {took:?}; the real figure is the bench's matter");
        let page = visitor.get(again.address, "/targets").unwrap();
        assert_eq!(page.status, 200, "who was signed in still is");
        assert!(page.head.to_ascii_lowercase().contains("content-security-policy"));
        again.stop();
    }

    async fn a_first_start_that_was_cut_off_is_made_good(base) {
        // Whatever was done by then, the next start must come up with the sample whole.
        let mut shown = String::new();
        for millis in [Some(150), Some(400), Some(900), None] {
            let mut child = Server::spawn(&base);
            match millis {
                Some(millis) => tokio::time::sleep(Duration::from_millis(millis)).await,
                // As close as can be to the moment between making the accounts and showing them.
                None => until_there_are_accounts(&base, &mut child).await,
            }
            child.kill().unwrap();
            shown += &String::from_utf8_lossy(&child.wait_with_output().unwrap().stdout);
        }
        let server = Server::start(&base);
        shown += &server.printed.join("\n");
        let last: BTreeMap<String, String> = accounts(&shown).into_iter().collect();
        assert_eq!(last.len(), 6, "each of the six was shown a password: {shown}");
        for (login, password) in &last {
            Visitor::default().sign_in(server.address, login, password);
        }
        let db = base.open().await;
        let count = db.read_one("SELECT COUNT(*) AS n FROM targets_resolution", vec![]).await.unwrap().unwrap();
        assert_eq!(count.get::<i64>("n").unwrap(), 8, "{:?}", server.printed);
        server.stop();
    }
}

/// The lines `account LOGIN PASSWORD ROLE` of an output, as (login, password); of a line cut off, nothing.
fn accounts(output: &str) -> Vec<(String, String)> {
    let lines = output.lines().filter_map(|line| line.strip_prefix("account "));
    let of = |line: &str| {
        let (login, rest) = line.split_once(' ')?;
        Some((login.to_owned(), rest.rsplit_once(' ')?.0.to_owned()))
    };
    lines.filter_map(of).collect()
}

/// Waits until the program has made its accounts, or has ended.
async fn until_there_are_accounts(base: &Base, child: &mut std::process::Child) {
    let db = base.open().await;
    while child.try_wait().unwrap().is_none() {
        let row = db.read_one("SELECT COUNT(*) AS n FROM identity_account", vec![]).await.ok().flatten();
        if row.is_some_and(|row| row.get::<i64>("n").unwrap() > 0) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

both_engines! {
    async fn passwords_that_could_not_be_shown_are_given_anew(base) {
        let mut child = Server::spawn(&base);
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        assert!(line.starts_with("Lần chạy đầu"), "{line}");
        // From here on nobody reads what it prints.
        drop(out);
        let status = child.wait().unwrap();
        let log = std::fs::read_to_string(base.dir().join("log")).unwrap();
        assert!(!status.success() && log.contains("could not be shown") && !log.contains("panicked"), "{log}");
        let row = base.open().await.read_one("SELECT COUNT(*) AS n FROM identity_account", vec![]).await.unwrap();
        assert_eq!(row.unwrap().get::<i64>("n").unwrap(), 6, "they were made, and their passwords are lost");

        let server = Server::start(&base);
        let accounts = server.accounts();
        assert_eq!(accounts.len(), 6, "{:?}", server.printed);
        for (login, password, _) in &accounts {
            Visitor::default().sign_in(server.address, login, password);
        }
        server.stop();
        let again = Server::start(&base);
        assert!(again.accounts().is_empty(), "passwords are shown once");
        again.stop();
    }
}

#[test]
fn an_unknown_setting_is_refused_by_its_name() {
    let base = Base::sqlite();
    settings(&base, "[server]\nlisen = \"127.0.0.1:1\"\n");
    let output = run(&base, &["serve"]);
    assert!(!output.status.success());
    let said = said(&output);
    assert!(said.contains("lisen") && said.contains("lienthong.toml"), "{said}");
    assert!(!base.dir().join("lienthong.db").exists(), "nothing was made");
}

#[test]
fn a_foreign_file_in_place_of_the_database_is_left_as_it_is() {
    let base = Base::sqlite();
    let file = base.dir().join("lienthong.db");
    let other = rusqlite::Connection::open(base.dir().join("other.db")).unwrap();
    other.execute_batch("CREATE TABLE thu (a); INSERT INTO thu VALUES (1)").unwrap();
    drop(other);
    let foreign = std::fs::read(base.dir().join("other.db")).unwrap();
    for bytes in [
        foreign,
        b"day khong phai co so du lieu, chi la mot tep van ban dai hon mot tram byte de doc thu xem sao nhe".repeat(9),
    ] {
        std::fs::write(&file, &bytes).unwrap();
        for command in [&["serve", "--listen", "127.0.0.1:0"][..], &["migrate"], &["doctor"], &["backup", "x.zip"]] {
            let output = run(&base, command);
            assert!(!output.status.success(), "{command:?}: {}", said(&output));
            assert!(said(&output).contains("lienthong.db"), "{command:?} names the file: {}", said(&output));
            assert_eq!(std::fs::read(&file).unwrap(), bytes, "{command:?} changed it");
        }
    }
}

#[test]
fn a_port_that_is_taken_is_said_in_a_sentence() {
    let base = Base::sqlite();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output = run(&base, &["serve", "--listen", &address]);
    assert!(!output.status.success());
    let said = said(&output);
    assert!(said.contains(&format!("cannot listen on {address}")) && !said.contains("panicked"), "{said}");
    assert!(!said.contains("account "), "no password is shown for a start that failed: {said}");
    drop(taken);
    let server = Server::start(&base);
    assert_eq!(server.accounts().len(), 6, "the failed start did not use up the first one");
}

#[test]
fn a_wrong_database_address_is_said_without_its_password() {
    let base = Base::sqlite();
    for url in ["postgres://user:bi-mat-khau@127.0.0.1:1/none", "mysql://user:bi-mat-khau@host/none"] {
        settings(&base, &format!("[database]\nurl = \"{url}\"\n"));
        let output = plain(&base).arg("migrate").output().unwrap();
        assert!(!output.status.success());
        assert!(!said(&output).contains("bi-mat-khau"), "{}", said(&output));
    }
}

both_engines! {
    async fn a_first_administrator_is_made_by_hand_and_must_change_the_password(base) {
        settings(&base, "[sample]\nload = false\n");
        let output = run(&base, &["administrator", "quantri", "--name", "Người quản trị"]);
        assert!(output.status.success(), "{}", said(&output));
        let said_first = said(&output);
        let line = said_first.lines().find(|line| line.starts_with("account quantri ")).unwrap();
        let password = line.split(' ').nth(2).unwrap().to_owned();
        let again = run(&base, &["administrator", "quantri"]);
        assert!(!again.status.success(), "the name is taken");
        let server = Server::start(&base);
        assert!(server.accounts().is_empty());
        let mut visitor = Visitor::default();
        visitor.sign_in(server.address, "quantri", &password);
        let reply = visitor.get(server.address, "/people").unwrap();
        assert!(reply.status == 303 && reply.head.contains("/account/password"), "{}", reply.head);
        server.stop();
    }
}
