//! `lienthong doctor`, `backup`, `restore`, `export`, `import` as an operator types them.

use lt_store::{Blobs, params};
use lt_testkit::both_engines;
use lt_testkit::db::Base;

use super::server::{Server, files, run, said};

both_engines! {
    async fn the_doctor_finds_a_file_that_is_missing_and_one_that_is_damaged(base) {
        let server = Server::start(&base);
        server.stop();
        let well = run(&base, &["doctor"]);
        assert!(well.status.success() && !said(&well).contains("WRONG"), "{}", said(&well));
        let dir = base.dir().join("data/files");
        let blobs = Blobs::open(&dir).unwrap();
        let db = base.open().await;
        for (number, content) in [b"minh chung mot".to_vec(), b"minh chung hai".to_vec()].into_iter().enumerate() {
            let kept = blobs.put(content).await.unwrap();
            let mut unit = lt_store::Unit::new();
            unit.run(
                "INSERT INTO targets_evidence (id, observation, position, kind, title, href, blob, size, mime, added_at) \
                 SELECT $1, id, $2, 'file', 'tệp', '', $3, 14, 'text/plain', 0 FROM targets_observation \
                 ORDER BY id LIMIT 1",
                params![lt_kernel::id::Uuid::from_u128(7 + number as u128), 90 + i64::try_from(number).unwrap(), &kept.hash],
            );
            db.commit(unit).await.unwrap();
        }
        drop(db);
        let well = run(&base, &["doctor"]);
        assert!(well.status.success(), "{}", said(&well));
        let stored: Vec<_> = files(&dir).into_iter().filter(|path| std::fs::metadata(path).unwrap().len() == 14).collect();
        assert_eq!(stored.len(), 2, "{:?}", files(&dir));
        std::fs::remove_file(&stored[0]).unwrap();
        let ill = run(&base, &["doctor"]);
        assert!(!ill.status.success() && said(&ill).contains("1 tệp thiếu, 0 tệp hỏng"), "{}", said(&ill));
        let mut rights = std::fs::metadata(&stored[1]).unwrap().permissions();
        #[expect(clippy::permissions_set_readonly_false, reason = "a test damages its own file")]
        rights.set_readonly(false);
        std::fs::set_permissions(&stored[1], rights).unwrap();
        std::fs::write(&stored[1], b"minh chung bai").unwrap();
        let ill = run(&base, &["doctor"]);
        assert!(!ill.status.success() && said(&ill).contains("1 tệp thiếu, 1 tệp hỏng"), "{}", said(&ill));
        assert!(said(&ill).contains("sao lưu"), "it says what to do");
    }

    async fn the_doctor_misses_the_source_file_of_a_resolution(base) {
        let server = Server::start(&base);
        server.stop();
        let (dir, db) = (base.dir().join("data/files"), base.open().await);
        let kept = Blobs::open(&dir).unwrap().put(b"van ban nguon".to_vec()).await.unwrap();
        let mut unit = lt_store::Unit::new();
        unit.run(
            "INSERT INTO targets_source (resolution, sha256, name, size, mime, added_at) \
             SELECT id, $1, 'nguon.txt', 13, 'text/plain', 0 FROM targets_resolution ORDER BY id LIMIT 1",
            params![&kept.hash],
        );
        db.commit(unit).await.unwrap();
        let well = run(&base, &["doctor"]);
        assert!(well.status.success(), "{}", said(&well));
        for file in files(&dir) {
            std::fs::remove_file(file).unwrap();
        }
        let ill = run(&base, &["doctor"]);
        assert!(!ill.status.success() && said(&ill).contains("1 tệp thiếu, 0 tệp hỏng"), "{}", said(&ill));
    }

    async fn the_doctor_tells_of_work_that_was_put_aside(base) {
        let server = Server::start(&base);
        server.stop();
        let db = base.open().await;
        let mut unit = lt_store::Unit::new();
        unit.run(
            "INSERT INTO store_parked (listener, seq, reason, attempts, parked_at) \
             SELECT 'thu', seq, 'không nghe được', 5, at FROM store_change ORDER BY seq LIMIT 1",
            params![],
        );
        db.commit(unit).await.unwrap();
        let ill = run(&base, &["doctor"]);
        assert!(!ill.status.success() && said(&ill).contains("1 thay đổi bị gác lại"), "{}", said(&ill));
        assert!(said(&ill).contains("/operate"), "it says where to look");
        let mut unit = lt_store::Unit::new();
        unit.run("DELETE FROM store_parked", params![]);
        db.commit(unit).await.unwrap();
        assert!(run(&base, &["doctor"]).status.success(), "and is content when it was dealt with");
    }

    async fn the_doctor_tells_of_a_directory_that_cannot_be_written(base) {
        let server = Server::start(&base);
        server.stop();
        // Rights do not stop the superuser whom tests may run as: a directory in the place of the file does.
        for dir in ["data", "data/files/new"] {
            let block = base.dir().join(dir).join(".doctor");
            std::fs::create_dir(&block).unwrap();
            let ill = run(&base, &["doctor"]);
            assert!(!ill.status.success(), "{dir}: {}", said(&ill));
            let wrong: Vec<String> =
                said(&ill).lines().filter(|line| line.contains("WRONG")).map(str::to_owned).collect();
            assert_eq!(wrong.len(), 1, "{dir}: {}", said(&ill));
            assert!(wrong[0].contains("check rights and free space"), "{}", wrong[0]);
            std::fs::remove_dir(&block).unwrap();
        }
        assert!(run(&base, &["doctor"]).status.success());
    }

    async fn backup_restore_export_and_import_work_from_the_command_line(base) {
        let to = base.another().await;
        let server = Server::start(&base);
        let file = base.dir().join("sao-luu.zip");
        let path = file.to_str().unwrap();
        let output = run(&base, &["backup", path]);
        assert!(output.status.success(), "while it serves: {}", said(&output));
        let kept = std::fs::read(&file).unwrap();
        let again = run(&base, &["backup", path]);
        assert!(!again.status.success() && std::fs::read(&file).unwrap() == kept, "a backup never overwrites another");
        server.stop();
        let restored = run(&to, &["restore", path]);
        assert!(restored.status.success(), "{}", said(&restored));
        assert!(run(&to, &["doctor"]).status.success());
        let again = run(&to, &["restore", path]);
        assert!(!again.status.success(), "a second restore would mix two installations");
        let (one, two) = (run(&base, &["export", "s3-2017-2020"]), run(&to, &["export", "s3-2017-2020"]));
        assert!(one.status.success() && !one.stdout.is_empty());
        assert_eq!(one.stdout, two.stdout);
        // The same under another code: its observations are there already, so nothing of it is stored.
        let text = String::from_utf8(one.stdout).unwrap();
        let copy = to.dir().join("ban-moi.toml");
        std::fs::write(&copy, text.replacen("\"s3-2017-2020\"", "\"ban-moi\"", 1)).unwrap();
        let output = run(&to, &["import", copy.to_str().unwrap()]);
        assert!(!output.status.success(), "{}", said(&output));
        assert!(!run(&to, &["export", "ban-moi"]).status.success(), "either everything of a file or nothing");
        // Without them it is a new resolution on measures that are known.
        let (front, _) = text.split_once("[[observation]]").unwrap();
        std::fs::write(&copy, front.replacen("\"s3-2017-2020\"", "\"ban-moi\"", 1)).unwrap();
        let output = run(&to, &["import", copy.to_str().unwrap()]);
        assert!(output.status.success(), "{}", said(&output));
        assert!(run(&to, &["export", "ban-moi"]).status.success());
        assert!(!run(&to, &["export", "khong-co"]).status.success());
        let wrong = to.dir().join("sai.toml");
        std::fs::write(&wrong, "format = 1").unwrap();
        let output = run(&to, &["import", wrong.to_str().unwrap()]);
        assert!(!output.status.success() && said(&output).contains('1'), "{}", said(&output));
    }
}

#[tokio::test]
async fn the_doctor_says_that_nobody_administers() {
    let base = Base::sqlite();
    let output = run(&base, &["migrate"]);
    assert!(output.status.success(), "{}", said(&output));
    let output = run(&base, &["doctor"]);
    assert!(!output.status.success() && said(&output).contains("lienthong administrator"), "{}", said(&output));
}

/// A column called as those that hold content hashes are: the doctor asks it, or it is known to hold no file's.
#[tokio::test]
async fn the_doctor_asks_every_column_that_holds_the_hash_of_a_file() {
    let base = Base::sqlite();
    assert!(run(&base, &["migrate"]).status.success());
    let asked: Vec<(String, String)> = lienthong::program::modules()
        .iter()
        .flat_map(|module| module.files)
        .map(|place| (place.table.to_owned(), place.column.to_owned()))
        .collect();
    // Hashes of texts in the same row, and of secrets.
    let no_files = [
        ("targets_frozen", "sha256"),
        ("targets_report", "sha256"),
        ("identity_recovery", "code_hash"),
        ("identity_session", "token_hash"),
        ("identity_token", "token_hash"),
    ];
    let rows = base.open().await.read("SELECT name FROM sqlite_master WHERE type = 'table'", params![]).await.unwrap();
    let mut met = 0;
    for table in rows.iter().map(|row| row.get::<String>("name").unwrap()) {
        let columns = format!("SELECT name FROM pragma_table_info('{table}')");
        for row in base.open().await.read(&columns, params![]).await.unwrap() {
            let column: String = row.get("name").unwrap();
            if !["blob", "hash", "sha256"].iter().any(|sign| column.contains(sign)) {
                continue;
            }
            let known = asked.contains(&(table.clone(), column.clone()));
            let none = no_files.contains(&(table.as_str(), column.as_str()));
            assert!(known || none, "{table}.{column}: does the doctor have to ask it?");
            met += usize::from(known);
        }
    }
    assert_eq!(met, asked.len(), "asked, but not there: {asked:?}");
}
