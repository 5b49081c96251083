//! On show: forms, their fields and faults, the question before a deed.

use lt_kernel::Said;

use super::Piece;
use crate::form::{Faults, Values, read_date};
use crate::html::Html;
use crate::ui::{Button, Choice, Confirm, Fields, Filter, FormOpen, Link, Stage, Steps};
use crate::view::View;
use crate::words::Talk;

#[derive(askama::Template)]
#[template(
    ext = "html",
    source = r#"{{ summary }}{{ form }}{% for field in fields.iter() %}{{ field }}{% endfor %}<p class="actions">{{ save }} {{ other }}</p></form>"#
)]
struct FormHtml {
    summary: Html,
    form: FormOpen,
    fields: Vec<Html>,
    save: Button,
    other: Link,
}

#[derive(askama::Template)]
#[template(ext = "html", source = r#"<p class="actions">{% for part in parts.iter() %}{{ part }} {% endfor %}</p>"#)]
struct ActionsHtml {
    parts: Vec<Html>,
}

fn choices(t: Talk<'_>) -> Vec<Choice> {
    vec![
        Choice::new("sum", t.s("web-design-sum")).hint(t.s("web-design-sum-hint")),
        Choice::new("last", t.s("web-design-last")).hint(t.s("web-design-last-hint")),
    ]
}

fn fresh(view: &View) -> FormHtml {
    let t = view.t();
    let values = Values::new([("qualifier", "last"), ("evidence-kinds", "sum"), ("agree", "1")]);
    let faults = Faults::new();
    let fields = Fields::new(t, &values, &faults);
    FormHtml {
        summary: Html::default(),
        form: FormOpen::new(view, "/design").files().draft("design"),
        fields: vec![
            fields.text("name", t.s("web-design-name")).hint(t.s("web-design-name-hint")).long().into(),
            fields.date("day", t.s("web-design-day")).into(),
            fields.number("value", t.s("web-design-value")).unit("%").into(),
            fields.select("scope", t.s("web-design-scope"), choices(t)).into(),
            fields.radios("qualifier", t.s("web-design-method"), choices(t)).into(),
            fields.checks("evidence-kinds", t.s("web-design-kinds"), choices(t)).into(),
            fields.area("note", t.s("web-design-note"), 4).optional().into(),
            fields.files("files", t.s("web-design-files"), ".pdf,.xlsx").optional().into(),
            fields.check("agree", t.s("web-design-agree")).into(),
        ],
        save: Button::new(t.s("web-design-save")),
        other: Link::second(t.s("web-design-cancel"), "#form"),
    }
}

fn faulty(view: &View) -> FormHtml {
    let t = view.t();
    let values = Values::new([("day2", "31/02/2026"), ("scope2", "last")]);
    let mut faults = Faults::new();
    faults.add("name2", Said::new("web-fault-empty"));
    if let Err(fault) = read_date("31/02/2026") {
        faults.add("day2", fault.said());
    }
    faults.add("method2", Said::new("web-fault-empty"));
    let fields = Fields::new(t, &values, &faults);
    FormHtml {
        form: FormOpen::new(view, "/design"),
        fields: vec![
            fields.text("name2", t.s("web-design-name")).hint(t.s("web-design-name-hint")).into(),
            fields.date("day2", t.s("web-design-day")).into(),
            fields.radios("method2", t.s("web-design-method"), choices(t)).into(),
        ],
        save: Button::new(t.s("web-design-save")),
        other: Link::second(t.s("web-design-cancel"), "#faulty"),
        summary: fields.summary(),
    }
}

fn filter(t: Talk<'_>) -> Html {
    let values = Values::new([("state", "last")]);
    let faults = Faults::new();
    let fields = Fields::new(t, &values, &faults);
    Filter::new(t, "/design")
        .field(fields.search("q", t.s("web-search-hint")))
        .field(fields.select("state", t.s("web-design-method"), choices(t)))
        .field(fields.date("on", t.s("web-design-day")))
        .set(true)
        .into()
}

pub(super) fn pieces(view: &View) -> Vec<Piece> {
    let t = view.t();
    let buttons = ActionsHtml {
        parts: vec![
            Button::new(t.s("web-design-save")).into(),
            Button::second(t.s("web-design-preview")).into(),
            Button::danger(t.s("web-design-delete")).into(),
            Button::new(t.s("web-design-save")).idle().into(),
            Link::second(t.s("web-design-cancel"), "#buttons").into(),
        ],
    };
    let confirm = Confirm::new(
        view,
        t.s("web-design-confirm"),
        t.s("web-design-consequence"),
        (t.s("web-design-delete"), "/design"),
        "#confirm",
    )
    .within();
    let steps = Steps::new(t)
        .step(Stage::Done, t.s("web-design-step1"), "")
        .step(Stage::Now, t.s("web-design-step2"), t.s("web-design-step2-text"))
        .step(Stage::Later, t.s("web-design-step3"), "");
    vec![
        Piece::new("buttons", "Button, Link", Html::of(&buttons)),
        Piece::new("form", "FormOpen, Fields", Html::of(&fresh(view))),
        Piece::new("faulty", "Fields::summary", Html::of(&faulty(view))),
        Piece::new("filter", "Filter", filter(t)),
        Piece::new("confirm", "Confirm", confirm),
        Piece::new("steps", "Steps", steps),
    ]
}
