//! The form of a figure: fields follow what the measure counts.

use askama::Template;
use axum::response::Response;
use lt_web::ui::{Button, Choice, Fields, FormOpen, Notice, Tabs, Tag, Tone};
use lt_web::{Crumb, Faults, Html, Problem, Talk, Values, View};

use super::effect::Effect;
use crate::board::shown;
use crate::measure::{Measure, model::Unit};
use crate::observation::desk::Desk;
use crate::observation::evidence::Taken;
use crate::observation::store::Detail;
use crate::observation::{Judgement, ObservationId, Stage, files, writing};
use crate::resolution::door::{self, pick};
use crate::scheme::Schemes;
use crate::target::Over;

#[derive(Template)]
#[template(path = "observation/entry/form.html")]
struct FormHtml<'a> {
    t: Talk<'a>,
    title: &'a str,
    lead: String,
    notices: Vec<Html>,
    summary: Html,
    form: FormOpen,
    hidden: Vec<(&'a str, String)>,
    kept: Vec<&'a str>,
    fields: Vec<Html>,
    save: Button,
    preview: Button,
    effects: Option<Vec<EffectLine<'a>>>,
}

struct EffectLine<'a> {
    code: &'a str,
    title: &'a str,
    now: Tag,
    then: Tag,
    value: String,
    is_same: bool,
}

#[derive(Template)]
#[template(path = "observation/entry/choose.html")]
struct ChooseHtml<'a> {
    t: Talk<'a>,
    tabs: Tabs,
    rows: Vec<(String, &'a str, &'a str)>,
    import: Option<String>,
}

#[derive(Template)]
#[template(ext = "html", source = r#"<p><a href="{{ href }}">{{ text }}</a></p>"#)]
struct Go<'a> {
    href: String,
    text: &'a str,
}

/// The measures a reader may enter figures of, to choose from.
pub(super) fn choose(view: &View, desk: &Desk, target: Option<&str>) -> Result<Response, Problem> {
    let (t, listed) = (view.t(), &desk.whole.listed);
    let base = door::address(&listed.code);
    let asked = target.and_then(|code| desk.whole.targets.iter().find(|held| held.target.code == code));
    let is_wanted = |code: &str| asked.is_none_or(|held| crate::observation::desk::uses(&held.target, code));
    let rows: Vec<_> = desk
        .whole
        .measures
        .iter()
        .filter(|(_, measure)| is_wanted(&measure.code) && desk.may_observe(view, &measure.code))
        .map(|(_, measure)| {
            let mut query = format!("{base}/observe?measure={}", door::part(&measure.code));
            if let Some(target) = target {
                query = format!("{query}&target={}", door::part(target));
            }
            (query, pick(&measure.name, &measure.name_en, view.lang), measure.code.as_str())
        })
        .collect();
    if rows.is_empty() {
        return Err(Problem::forbidden());
    }
    let import = view.viewer.may("targets.observe", listed.org).then(|| format!("{base}/import"));
    view.page(t.s("targets-entry-choose")).crumbs(door::crumbs(view, listed)).show(&ChooseHtml {
        t,
        tabs: door::tabs(view, listed, door::Tab::Entry),
        rows,
        import,
    })
}

/// What the form is about.
pub(super) struct Ask<'a> {
    pub(super) view: &'a View,
    pub(super) desk: &'a Desk,
    pub(super) measure: &'a Measure,
    pub(super) schemes: &'a Schemes,
    pub(super) old: Option<&'a Detail>,
}

impl Ask<'_> {
    /// The page: fresh, with faults, with a question about numbers, with the same figure that is there already,
    /// or with what it would change and how its numbers were read.
    pub(super) fn page(
        &self,
        values: &Values,
        faults: &Faults,
        taken: &[Taken],
        asks: bool,
        twin: Option<ObservationId>,
        effects: Option<(&[Effect<'_>], Vec<Html>)>,
    ) -> Result<Response, Problem> {
        let (view, t) = (self.view, self.view.t());
        let listed = &self.desk.whole.listed;
        let address = format!("{}/observe", door::address(&listed.code));
        let fields = Fields::new(t, values, faults);
        let mut shown = self.value_fields(&fields);
        if asks || !values.text("convention").is_empty() {
            shown.insert(0, writing::choice(&fields, t).into());
        }
        shown.extend(self.other_fields(&fields));
        let title = t.s(if self.old.is_some() { "targets-entry-correct" } else { "targets-entry-title" });
        let measure = pick(&self.measure.name, &self.measure.name_en, view.lang);
        let (effects, back) = effects.unzip();
        let html = FormHtml {
            t,
            title,
            lead: format!("{measure} ({})", t.s(self.measure.unit.key())),
            notices: self.notices(twin).into_iter().chain(back.unwrap_or_default()).collect(),
            summary: fields.summary(),
            form: FormOpen::new(view, &address).files().draft(&format!("observe-{}", self.measure.code)),
            hidden: hidden(values, taken),
            kept: taken.iter().map(|file| file.name.as_str()).collect(),
            fields: shown,
            save: Button::new(t.s("targets-entry-save")),
            preview: Button::second(t.s("targets-entry-preview")).sends("step", "preview"),
            effects: effects.map(|effects| effects.iter().map(|effect| line(view, effect)).collect()),
        };
        let mut crumbs = door::crumbs(view, listed).to_vec();
        let target = values.text("target");
        if !target.is_empty() {
            crumbs.push(Crumb::new(target, door::target_address(&listed.code, target)));
        }
        let again = format!("{address}?measure={}&target={}", door::part(&self.measure.code), door::part(target));
        let page = view.page(title).crumbs(crumbs).address(again);
        if faults.is_empty() { page.show(&html) } else { page.faulty().show(&html) }
    }

    fn notices(&self, twin: Option<ObservationId>) -> Vec<Html> {
        let t = self.view.t();
        let mut notices = Vec::new();
        if let Some(twin) = twin {
            let go = Go { href: self.desk.address(twin), text: t.s("targets-entry-twin-go") };
            notices.push(Notice::new(Tone::Warn, t.s("targets-entry-twin")).body(Html::of(&go)).into());
        }
        if self.old.is_some() {
            notices.push(Notice::new(Tone::Info, t.s("targets-entry-correct-hint")).into());
        }
        if let crate::measure::model::Feed::Indicator { .. } = &self.measure.feed {
            let base = door::address(&self.desk.whole.listed.code);
            let href = format!("{base}/ask?measure={}", door::part(&self.measure.code));
            let go = Go { href, text: t.s("targets-ask-go") };
            notices.push(Notice::new(Tone::Info, t.s("targets-ask-fed")).body(Html::of(&go)).into());
        }
        notices
    }

    fn value_fields(&self, fields: &Fields<'_>) -> Vec<Html> {
        let t = self.view.t();
        match self.measure.unit {
            Unit::Percent | Unit::Count | Unit::Rate => self.number_fields(fields),
            Unit::Grade => vec![fields.select("grade", t.s("targets-entry-grade"), self.grades()).into()],
            Unit::Rank => {
                vec![fields.number("rank", t.s("targets-entry-rank")).hint(t.s("targets-entry-rank-hint")).into()]
            }
            Unit::Stage => {
                let code = |stage| serde_json::to_value(stage).ok().and_then(|word| word.as_str().map(str::to_owned));
                let stages =
                    Stage::ALL.into_iter().map(|stage| Choice::new(code(stage).unwrap_or_default(), t.s(stage.key())));
                vec![fields.select("stage", t.s("targets-entry-stage"), with_none(stages)).into()]
            }
            Unit::Narrative => vec![
                fields.area("narrative", t.s("targets-entry-narrative"), 5).into(),
                fields.radios("chosen", t.s("targets-entry-chosen"), judgements(t)).optional().into(),
            ],
        }
    }

    fn number_fields(&self, fields: &Fields<'_>) -> Vec<Html> {
        let t = self.view.t();
        let unit = if self.measure.unit == Unit::Percent { "%" } else { "" };
        let value = fields.number("value", t.s("targets-entry-value")).hint(t.s("targets-entry-value-hint")).unit(unit);
        let Some(parts) = self.measure.parts.as_ref().filter(|_| self.measure.unit != Unit::Count) else {
            return vec![value.into()];
        };
        let named = |key: &str, name: &str| format!("{}: {name}", t.s(key));
        vec![
            fields.number("numerator", named("targets-entry-numerator", &parts.numerator)).optional().into(),
            fields.number("denominator", named("targets-entry-denominator", &parts.denominator)).optional().into(),
            fields.number("rest", t.s("targets-entry-rest")).hint(t.s("targets-entry-rest-hint")).optional().into(),
            value.optional().into(),
        ]
    }

    /// Grades of the schemes that were in force in some part of the term.
    fn grades(&self) -> Vec<Choice> {
        let lang = self.view.lang;
        let in_force = self.schemes.schemes.iter().filter(|scheme| scheme.valid.meets(&self.desk.whole.listed.term));
        with_none(in_force.flat_map(|scheme| {
            scheme.grades.iter().map(move |grade| {
                let name = format!(
                    "{} – {}",
                    pick(&grade.name, &grade.name_en, lang),
                    pick(&scheme.name, &scheme.name_en, lang)
                );
                Choice::new(format!("{}/{}", scheme.code, grade.code), name)
            })
        }))
    }

    /// Units the targets of the measure name; none when they name none.
    fn units(&self) -> Vec<Choice> {
        let mut units: Vec<&str> = Vec::new();
        for held in self.desk.targets_of(&self.measure.code) {
            let conditions = held.target.readings.iter().flat_map(|reading| &reading.conditions);
            for over in conditions.filter(|one| one.measure == self.measure.code).flat_map(|one| &one.over) {
                if let Over::EveryUnit { units: named } | Over::AtLeastUnits { units: named, .. } = over {
                    units.extend(
                        named.iter().map(String::as_str).filter(|unit| !units.contains(unit)).collect::<Vec<_>>(),
                    );
                }
            }
        }
        units.into_iter().map(|unit| Choice::new(unit, unit)).collect()
    }

    fn other_fields(&self, fields: &Fields<'_>) -> Vec<Html> {
        let t = self.view.t();
        let text = |name: &str, key: &str| fields.text(name, t.s(key)).optional();
        let mut shown: Vec<Html> = vec![
            fields
                .area("unknown", t.s("targets-entry-unknown"), 2)
                .hint(t.s("targets-entry-unknown-hint"))
                .optional()
                .into(),
            fields.area("not_applicable", t.s("targets-entry-not-applicable"), 2).optional().into(),
            fields.date("as_of", t.s("targets-entry-as-of")).hint(t.s("targets-entry-as-of-hint")).into(),
            text("period", "targets-entry-period").hint(t.s("targets-entry-period-hint")).short().into(),
        ];
        let units = self.units();
        shown.push(if units.is_empty() {
            text("unit", "targets-entry-unit").into()
        } else {
            fields.select("unit", t.s("targets-entry-unit"), with_none(units)).optional().into()
        });
        let events = self.measure.weights.iter().map(|rule| Choice::new(&rule.event, &rule.event));
        shown.push(if self.measure.weights.is_empty() {
            text("event", "targets-entry-event").into()
        } else {
            fields.select("event", t.s("targets-entry-event"), with_none(events)).optional().into()
        });
        let sentences = self.desk.whole.sentences.iter().map(|one| {
            let words: String = one.text.chars().take(80).collect();
            Choice::new(&one.code, format!("{} – {words}", one.code))
        });
        shown.extend([
            fields.select("sentence", t.s("targets-entry-sentence"), with_none(sentences)).optional().into(),
            fields.area("note", t.s("targets-entry-note"), 2).optional().into(),
        ]);
        shown.extend(self.evidence_fields(fields));
        if self.old.is_some() {
            shown.push(fields.area("why", t.s("targets-entry-why"), 2).into());
        }
        shown
    }

    fn evidence_fields(&self, fields: &Fields<'_>) -> Vec<Html> {
        let t = self.view.t();
        let mut shown = Vec::new();
        let files: Vec<Choice> = self
            .old
            .iter()
            .flat_map(|old| old.evidence.iter().filter(|shown| shown.file.is_some()))
            .map(|shown| Choice::new(shown.id.to_string(), &shown.line.title))
            .collect();
        if !files.is_empty() {
            shown.push(fields.checks("keep", t.s("targets-entry-keep"), files).optional().into());
        }
        shown.push(
            fields
                .files("files", t.s("targets-entry-files"), files::ACCEPT)
                .hint(t.s("targets-entry-files-hint"))
                .optional()
                .into(),
        );
        shown.push(
            fields
                .area("links", t.s("targets-entry-links"), 3)
                .hint(t.s("targets-entry-links-hint"))
                .optional()
                .long()
                .into(),
        );
        shown
    }
}

/// The choices with an empty one in front.
fn with_none(choices: impl IntoIterator<Item = Choice>) -> Vec<Choice> {
    std::iter::once(Choice::new("", "–")).chain(choices).collect()
}

/// What a person can make of a narrative.
pub(in crate::observation) fn judgements(t: Talk<'_>) -> Vec<Choice> {
    [("done", Judgement::Done), ("in-part", Judgement::InPart), ("not-done", Judgement::NotDone)]
        .into_iter()
        .map(|(code, judgement)| Choice::new(code, t.s(judgement.key())))
        .collect()
}

fn hidden<'a>(values: &Values, taken: &[Taken]) -> Vec<(&'a str, String)> {
    let own = ["measure", "target", "correct", "version"];
    let mut hidden: Vec<(&str, String)> = own
        .into_iter()
        .map(|name| (name, values.text(name).to_owned()))
        .filter(|(_, value)| !value.is_empty())
        .collect();
    hidden.extend(taken.iter().map(|file| ("kept", file.kept())));
    hidden
}

fn line<'a>(view: &'a View, effect: &Effect<'a>) -> EffectLine<'a> {
    let t = view.t();
    let target = &effect.held.target;
    let value = effect.then.value.as_ref().map(|said| t.said(said)).unwrap_or_default();
    EffectLine {
        code: &target.code,
        title: pick(&target.title, &target.title_en, view.lang),
        now: Tag::verdict(t, shown::mark(&effect.now)),
        then: Tag::verdict(t, shown::mark(&effect.then)),
        value,
        is_same: effect.now.outcome == effect.then.outcome && effect.now.value == effect.then.value,
    }
}
