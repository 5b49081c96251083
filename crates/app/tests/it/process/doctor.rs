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
