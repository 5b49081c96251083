//! Text stays text, in every component and every place of it.

use lt_kernel::{Date, Lang, Said};
use lt_web::chart::{Bars, Line, Point, Share, Spark};
use lt_web::ui::{
    Button, Choice, Column, Confirm, Diff, Empty, Fields, Figures, Filter, FormOpen, Hits, Link, More, Node, Notice,
    Papers, Progress, Quote, Row, Skeleton, Sort, Stage, Steps, Summary, Table, Tabs, Tag, Timeline, Tone, Tree,
    Verdict,
};
use lt_web::{Faults, Html, Shell, Talk, Values, View, Viewer};

/// Breaks out of text, of both kinds of attributes and of comments, where it is not escaped.
const EVIL: &str = "--><script>alert(1)</script>\" onfocus=\"x\" ' onfocus='y' </textarea></title>&lt;";

fn view() -> View {
    let request = axum::http::Request::get("/x").body(()).unwrap();
    let mut view = View::of(Shell::bare().unwrap(), &request.into_parts().0);
    view.viewer = Viewer { csrf: EVIL.into(), name: EVIL.into(), ..Viewer::default() };
    view
}

fn charts(t: Talk<'_>) -> Vec<Html> {
    let point = Point { day: Date::constant(2026, 1, 2), value: 1.0, text: EVIL.into() };
    vec![
        Bars::new(t, EVIL, EVIL).bar(EVIL, 1.0, EVIL).goal(2.0, EVIL).into(),
        Line::new(t, EVIL, EVIL, [point]).goal(1.0, EVIL).into(),
        Share::new(t, EVIL, EVIL, [(Verdict::Met, 1)]).into(),
        Spark::new(EVIL, [1.0, 2.0]).into(),
    ]
}

fn fields(t: Talk<'_>) -> Vec<Html> {
    let values = Values::new([("a", EVIL)]);
    let mut faults = Faults::new();
    faults.add("a", Said::new(EVIL).with("x", EVIL));
    let fields = Fields::new(t, &values, &faults);
    let choices = || vec![Choice::new(EVIL, EVIL).hint(EVIL)];
    let made = [
        fields.text("a", EVIL).hint(EVIL).unit(EVIL).optional(),
        fields.area("a", EVIL, 3),
        fields.select("a", EVIL, choices()),
        fields.radios("a", EVIL, choices()),
        fields.checks("a", EVIL, choices()),
        fields.check("a", EVIL),
        fields.files("a", EVIL, ""),
        fields.text(EVIL, EVIL),
    ];
    made.into_iter().map(Html::from).chain([fields.summary()]).collect()
}

fn rest(view: &View) -> Vec<Html> {
    let t = view.t();
    let both = serde_json::json!({ EVIL: EVIL });
    let column = Column::text(EVIL).sort(Sort::Up, EVIL);
    let table = Table::new(EVIL, [column, Column::number(EVIL)]);
    vec![
        Button::new(EVIL).sends(EVIL, EVIL).into(),
        Link::main(EVIL, EVIL).into(),
        FormOpen::new(view, EVIL).draft(EVIL).into(),
        Confirm::new(view, EVIL, EVIL, (EVIL, EVIL), EVIL).keeps(EVIL, EVIL).into(),
        Summary::new().row(EVIL, EVIL).change(EVIL, EVIL).into(),
        table.row(Row::new([EVIL.into(), EVIL.into()]).href(EVIL)).total(Row::new([EVIL.into()])).into(),
        Tag::new(EVIL).into(),
        Notice::new(Tone::Bad, EVIL).body(EVIL).into(),
        Empty::new(EVIL, EVIL).action(EVIL, EVIL).into(),
        Tabs::new(EVIL).tab(EVIL, EVIL, true).count(EVIL).into(),
        Filter::new(t, EVIL).keeps(EVIL, EVIL).set(true).into(),
        Steps::new(t).step(Stage::Now, EVIL, EVIL).into(),
        Tree::new(EVIL, [Node::new(EVIL).href(EVIL).note(EVIL).below(Node::new(EVIL))]).into(),
        Hits::new().hit(EVIL, EVIL, EVIL).into(),
        Timeline::new().moment(EVIL, EVIL, EVIL).into(),
        Diff::new(t, &both, &serde_json::Value::Null, str::to_owned).into(),
        More::new(EVIL, EVIL).into(),
        Quote::new(EVIL, EVIL).into(),
        Papers::new().paper(EVIL, EVIL, EVIL).into(),
        Figures::new().figure(EVIL, EVIL).href(EVIL).into(),
        Progress::new(EVIL, EVIL, 1, 2).into(),
        Skeleton::new(EVIL, 1).into(),
    ]
}

#[test]
fn no_component_lets_text_become_markup() {
    let view = view();
    let t = view.t();
    let all = [charts(t), fields(t), rest(&view)].concat();
    assert!(all.len() > 30);
    for html in all {
        let html = html.as_str();
        assert!(!html.is_empty());
        for broken in ["<script", "onfocus=\"", "onfocus='", "</title>&lt;", "--><"] {
            assert!(!html.contains(broken), "{broken} in {html}");
        }
        assert!(html.contains("&#60;script") || html.contains("&lt;script"), "the text is gone: {html}");
    }
}

#[tokio::test]
async fn the_shell_does_not_either() {
    let view = view();
    let answer = view.page(EVIL).crumbs([lt_web::Crumb::new(EVIL, EVIL)]).body(&Html::text(EVIL)).unwrap();
    let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
    let body = String::from_utf8(body.to_vec()).unwrap();
    assert!(!body.contains("<script>alert") && !body.contains("onfocus=\""), "{body}");
    assert_eq!(view.lang, Lang::Vi);
}

#[tokio::test]
async fn nor_does_a_hostile_api_document() {
    let evil = serde_json::json!({
        "info": {"title": EVIL, "version": EVIL, "description": EVIL},
        "tags": [{"name": EVIL, "description": EVIL}],
        "paths": {EVIL: {"get": {"tags": [EVIL], "summary": EVIL, "description": EVIL,
            "parameters": [{"name": EVIL, "in": EVIL, "description": EVIL, "schema": {"type": EVIL, "format": EVIL}}],
            "responses": {EVIL: {"description": EVIL, "content": {EVIL: {"example": EVIL, "schema": {"$ref": EVIL}}}}}}}},
        "components": {"schemas": {EVIL: {"description": EVIL, "properties": {EVIL: {"enum": [EVIL]}}}}}
    });
    let view = view();
    let answer = lt_web::openapi::page(&view, &evil, EVIL).unwrap();
    let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
    let body = String::from_utf8(body.to_vec()).unwrap();
    assert!(body.matches("alert(1)").count() > 10, "the document is shown");
    assert!(!body.contains("<script>alert") && !body.contains("onfocus=\""), "{body}");
}

#[test]
fn the_control_sees_what_is_not_escaped() {
    // Taken out, the escaping would let this through: the check above must notice it.
    assert!(EVIL.contains("<script") && EVIL.contains("onfocus=\"") && EVIL.contains("--><"));
}
