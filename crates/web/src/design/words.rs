//! On show: type, tags, notices, quotations.

use super::Piece;
use crate::html::Html;
use crate::ui::{Empty, More, Notice, Quote, Skeleton, Tag, Tone, Verdict};
use crate::words::Talk;

/// Letters with two marks, which many faces lack or cut off.
const MARKS: &str = "Ằ Ẵ Ỗ Ữ ỵ đ — Nguyễn Thị Ánh Nguyệt";

#[derive(askama::Template)]
#[template(
    ext = "html",
    source = r##"<p class="lead">{{ marks }}</p><p><strong>{{ marks }}</strong></p><p>{{ t.s("web-design-text") }} <a href="#type">{{ t.s("web-design-link") }}</a>, <code>targets.observe</code>, <kbd>Ctrl</kbd> <kbd>K</kbd>. <span class="soft small">{{ t.s("web-design-soft") }}</span></p>"##
)]
struct TypeHtml<'a> {
    t: Talk<'a>,
    marks: &'a str,
}

pub(super) fn pieces(t: Talk<'_>) -> Vec<Piece> {
    let verdicts = Verdict::ALL.into_iter().flat_map(|verdict| [Tag::verdict(t, verdict).into(), Html::text(" ")]);
    let marks = [
        Tag::new(t.s("web-design-draft")),
        Tag::good(t.s("web-design-approved")),
        Tag::warn(t.s("web-design-due")),
        Tag::bad(t.s("web-design-late")),
    ];
    let tags = marks.into_iter().flat_map(|tag| [tag.into(), Html::text(" ")]);
    let notices = [Tone::Info, Tone::Good, Tone::Warn, Tone::Bad].into_iter().map(|tone| {
        let key = match tone {
            Tone::Info => "web-design-info",
            Tone::Good => "web-design-good",
            Tone::Warn => "web-design-warn",
            Tone::Bad => "web-design-bad",
        };
        Html::from(Notice::new(tone, t.s(key)).body(t.s("web-design-notice")))
    });
    vec![
        Piece::new("type", "Type", Html::of(&TypeHtml { t, marks: MARKS })),
        Piece::new("verdicts", "Tag::verdict", Html::join(verdicts)),
        Piece::new("tags", "Tag", Html::join(tags)),
        Piece::new("notice", "Notice", Html::join(notices)),
        Piece::new("quote", "Quote", Quote::new(t.s("web-design-sentence"), t.s("web-design-place"))),
        Piece::new("more", "More", More::new(t.s("web-design-more"), t.s("web-design-text"))),
        Piece::new(
            "empty",
            "Empty",
            Empty::new(t.s("web-design-empty"), t.s("web-design-empty-text"))
                .action(t.s("web-design-import"), "#empty"),
        ),
        Piece::new("skeleton", "Skeleton", Skeleton::new(t.s("web-design-wait"), 3)),
    ]
}
