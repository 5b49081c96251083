//! Sentences anchored in a source file the user attaches: the very words, in their place, or not at all.

use std::path::Path;

use lt_testkit::both_engines;

use super::{BASE, Ground, HERE};
use crate::browser::File;

/// Stands in for a report where none is at hand.
const TEXT: &str = "BÁO CÁO\r\n\r\nĐại hội đã thành công.\r\nChi bộ phấn đấu kết nạp ít nhất 05 đảng viên trong cả\r\nnhiệm kỳ, không để tổ nào không có quần chúng ưu tú. Hết.\r\n";

/// A sentence of [`TEXT`] that runs over a line's end.
const OWN: &str =
    "Chi bộ phấn đấu kết nạp ít nhất 05 đảng viên trong cả\r\nnhiệm kỳ, không để tổ nào không có quần chúng ưu tú.";

/// A report of the user's own, when there is one beside the workspace: its name and text.
fn seed() -> (String, Vec<u8>) {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/reference/seeds");
    let mut found: Vec<_> =
        std::fs::read_dir(dir).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path())).collect();
    found.sort();
    let read = found.first().and_then(|path| Some((path.file_name()?.to_str()?.to_owned(), std::fs::read(path).ok()?)));
    read.unwrap_or_else(|| ("bao-cao.txt".to_owned(), TEXT.as_bytes().to_vec()))
}

/// A sentence of the text that stands in it once.
fn sentence(text: &str) -> &str {
    if text == TEXT {
        return OWN;
    }
    let mut all: Vec<&str> = text.split_inclusive(['.', '\n']).map(str::trim).collect();
    all.retain(|one| one.ends_with('.') && (60..400).contains(&one.len()) && text.matches(one).count() == 1);
    let fits = |one: &&&str| !one.contains(['"', '\'', '&', '<', '>']);
    all.iter().rev().find(fits).copied().expect("a sentence of that length")
}

async fn anchored(ground: &Ground, name: &str, bytes: &[u8]) {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let wanted = sentence(&text);
    let shown = wanted.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut secretary = ground.world.person(&format!("bithu{}", bytes.len()), "secretary", Some(HERE)).await;
    secretary.get(&format!("{BASE}/source")).await.is(200);
    let file = [File { field: "file", name, bytes }];
    let place = secretary.post_files(&format!("{BASE}/source"), &[], &file).await.is(303).location().to_owned();
    secretary.get(&place).await.is(200).says(name);

    // Words that do not stand in the file are no sentence of it, however near.
    let near = format!("{} không", shown.trim_end_matches('.'));
    let says = [
        &["href=\"#f-text\"", "Không thấy những chữ này trong tệp"][..],
        &["href=\"#f-text\"", "These words are not in the file"],
    ];
    ground
        .refused_to(&mut secretary, 422, says, async |who| who.post(&place, &[("text", &near), ("code", "N9")]).await)
        .await;

    let code = format!("N{}", bytes.len());
    let to = secretary.post(&place, &[("text", &shown), ("code", &code)]).await.is(303).location().to_owned();
    let from = to.split("#b").nth(1).unwrap().to_owned();
    let at: usize = from.parse().unwrap();
    assert_eq!(&bytes[at..at + wanted.len()], wanted.as_bytes(), "the place is that of the very words");

    // A target on that sentence shows its words and leads to their place.
    let target = format!("T{}", bytes.len());
    secretary.get(&format!("{BASE}/targets/new")).await.is(200);
    let fields = [
        ("do", "save"),
        ("code", target.as_str()),
        ("title", "Theo văn bản gốc"),
        ("sentence", &code),
        ("readings", "1"),
        ("r0-conditions", "1"),
        ("r0c0-measure", "admitted"),
        ("r0c0-test", "floor"),
        ("r0c0-at", "5"),
        ("r0c0-overs", "1"),
        ("r0c0o0-kind", "sum"),
    ];
    secretary.post(&format!("{BASE}/targets/new"), &fields).await.is(303);
    let page = secretary.get(&format!("{BASE}/targets/{target}")).await;
    let even = page.is(200).body.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(even.contains(&shown), "the words are shown as they stand: {shown}");
    page.says(&format!("{place}#b{from}")).says(name);
    secretary.get(&place).await.is(200).says(&format!("id=\"b{from}\""));
    // The file of the resolution carries the place, and the source is there as it came.
    secretary.get(&format!("{BASE}/export.toml")).await.is(200).says(&format!("from = {from}"));
    assert_eq!(secretary.get(&format!("{place}/file")).await.is(200).bytes, bytes);
}

both_engines! {
    async fn a_sentence_is_anchored_in_the_users_own_file(base) {
        let ground = Ground::open(base).await;
        anchored(&ground, "bao-cao.txt", TEXT.as_bytes()).await;
        let (name, bytes) = seed();
        if bytes != TEXT.as_bytes() {
            anchored(&ground, &name, &bytes).await;
        }
    }
}
