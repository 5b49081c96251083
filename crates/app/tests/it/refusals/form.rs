//! The form of a figure, the same figure by the interface, names, and two people at one target.

use axum::http::Method;
use lt_testkit::both_engines;
use serde_json::json;

use super::{BASE, Ground, HERE};

/// What is typed, the field the fault stands at, and its words in both languages.
type Case = (&'static [(&'static str, &'static str)], &'static str, &'static str, &'static str);

const CASES: [Case; 7] = [
    (
        &[("measure", "admitted"), ("value", "-5"), ("as_of", "2021-01-01")],
        "value",
        "Số đếm không thể nhỏ hơn 0: «-5»",
        "A count cannot be below zero: “-5”",
    ),
    (
        &[("measure", "admitted"), ("value", "cỡ 5"), ("as_of", "2021-01-01")],
        "value",
        "Không hiểu từ “cỡ” đi kèm số",
        "The word “cỡ” beside the number is not known",
    ),
    (
        &[("measure", "admitted"), ("value", "5"), ("as_of", "2019-12-31")],
        "as_of",
        "Ngày 31/12/2019 nằm ngoài nhiệm kỳ",
        "is outside the term",
    ),
    (
        &[
            ("measure", "good-share"),
            ("value", "70"),
            ("numerator", "2"),
            ("denominator", "3"),
            ("as_of", "2021-01-01"),
        ],
        "value",
        "không khớp với «70%»",
        "which contradicts “70%”",
    ),
    (
        &[("measure", "good-share"), ("value", "70"), ("denominator", "3"), ("as_of", "2021-01-01")],
        "denominator",
        "mà thiếu tử số",
        "without a numerator",
    ),
    (
        &[("measure", "admitted"), ("value", "5"), ("as_of", "2021-01-01"), ("period", "Q9")],
        "period",
        "Không hiểu kỳ «Q9»",
        "The period “Q9” is not understood",
    ),
    (&[("measure", "admitted"), ("value", "hai"), ("as_of", "2021-01-01")], "value", "", ""),
];

both_engines! {
    async fn a_figure_that_cannot_stand_is_refused_at_its_field(base) {
        let mut ground = Ground::open(base).await;
        for (fields, field, vi, en) in CASES {
            let at = format!("href=\"#f-{field}\"");
            ground.refused(422, [&[vi, &at], &[en, &at]], async |clerk| clerk.post(&format!("{BASE}/observe"), fields).await).await;
            let body: serde_json::Map<_, _> = fields.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
            let body = serde_json::Value::Object(body);
            let at = format!("\"field\":\"{field}\"");
            ground.refused(422, [&[vi, &at], &[en, &at]], async |clerk| {
                clerk.post_json(&format!("/api/v1{BASE}/observations"), &body).await
            }).await;
        }
    }

    async fn the_same_figure_twice(base) {
        let mut ground = Ground::open(base).await;
        let fields = [("measure", "admitted"), ("value", "7"), ("as_of", "01/05/2023")];
        let says = [&["Trùng với một số liệu khác", "#f-as_of"][..], &["The same as another observation", "#f-as_of"]];
        ground.refused(422, says, async |clerk| clerk.post(&format!("{BASE}/observe"), &fields).await).await;
        let body = json!({"measure": "admitted", "value": "7", "as_of": "2023-05-01"});
        let says = [&["Trùng với một số liệu khác"][..], &["The same as another observation"]];
        ground.refused(409, says, async |clerk| clerk.post_json(&format!("/api/v1{BASE}/observations"), &body).await).await;
    }

    async fn a_name_in_broken_utf8_is_refused_at_its_field(base) {
        let ground = Ground::open(base).await;
        let mut admin = ground.world.person("quantri", "administrator", None).await;
        admin.get("/people/new").await.is(200);
        let csrf = admin.csrf();
        // "Nguyễn" cut in the middle of a letter, and Latin-1.
        for name in ["Nguy%E1%BB", "Ng%E0"] {
            let body = format!("_csrf={csrf}&login=abc&name={name}");
            let says = [&["Nội dung ô «name» không phải là chữ ở dạng UTF-8", "chưa lưu gì"][..], &["The field “name” does not hold text in UTF-8, so nothing was stored"]];
            ground.refused_to(&mut admin, 400, says, async |admin| {
                admin.send(Method::POST, "/people/new", "application/x-www-form-urlencoded", body.clone().into_bytes()).await
            }).await;
        }
        let mut body = format!("--x\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n{csrf}\r\n--x\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nNguy").into_bytes();
        body.extend(b"\xE1\xBB\r\n--x--\r\n");
        let says = [&["Nội dung ô «name» không phải là chữ ở dạng UTF-8"][..], &["The field “name” does not hold text in UTF-8"]];
        ground.refused_to(&mut admin, 400, says, async |admin| {
            admin.send(Method::POST, "/people/new", "multipart/form-data; boundary=x", body.clone()).await
        }).await;
        // Negative control: the same name, whole, is stored.
        admin.post("/people/new", &[("login", "abc"), ("name", "Nguyễn An")]).await.is(200);
    }

    async fn of_two_people_editing_one_target_the_second_sees_what_the_first_stored(base) {
        let ground = Ground::open(base).await;
        let mut one = ground.world.person("motnguoi", "secretary", Some(HERE)).await;
        let mut two = ground.world.person("hainguoi", "secretary", Some(HERE)).await;
        let path = format!("{BASE}/targets/T2/define");
        one.get(&path).await.is(200);
        two.get(&path).await.is(200);
        let (first, second) = (one.hidden("version"), two.hidden("version"));
        let fields = |title: &'static str, version: &str| {
            [
                ("do", "save"), ("version", version), ("title", title), ("sentence", "C2"), ("readings", "1"),
                ("r0-conditions", "1"), ("r0c0-measure", "admitted"), ("r0c0-test", "floor"), ("r0c0-at", "6"),
                ("r0c0-overs", "1"), ("r0c0o0-kind", "sum"), ("why", "Điều chỉnh tại hội nghị"),
            ]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
        };
        let send = async |who: &mut crate::browser::Browser, fields: [(String, String); 12]| {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            who.post(&path, &fields).await
        };
        send(&mut one, fields("Bản thứ nhất", &first)).await.is(303);
        let says = [&["Bản thứ nhất", "Bản thứ hai", "lang=\"vi\""][..], &["Bản thứ nhất", "Bản thứ hai", "lang=\"en\""]];
        ground.refused_to(&mut two, 409, says, async |two| send(two, fields("Bản thứ hai", &second)).await).await;
        one.get(&format!("{BASE}/targets/T2")).await.says("Bản thứ nhất").hides("Bản thứ hai");
        // Whoever has seen the newer one may go on from it.
        two.get(&path).await.is(200);
        let newer = two.hidden("version");
        send(&mut two, fields("Bản thứ hai", &newer)).await.is(303);
    }
}
