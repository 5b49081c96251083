//! Drawing laid out pages with krilla, and everything around them: links, outline, metadata.

use std::collections::HashMap;

use krilla::action::{Action, LinkAction};
use krilla::annotation::{Annotation, LinkAnnotation, Target as PdfTarget};
use krilla::color::rgb;
use krilla::configure::{Accessibility, Archival, ConfigurationBuilder};
use krilla::destination::{Destination, XyzDestination};
use krilla::geom::{PathBuilder, Point, Quadrilateral};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag};
use krilla::text::Font;
use krilla::{Document, SerializeSettings};
use lt_kernel::{Instant, Lang};

use crate::faces::{Faces, Style};
use crate::fault::PaperFault;
use crate::lines::Look;
use crate::model::{Align, Inline, Paper, Target};
use crate::pdf::Pdf;
use crate::pdf::flow::{Flow, Into, Item, MM, Place, Setting};
use crate::pdf::tree::{NodeId, Tree};

/// Ink of words that lead somewhere: dark enough to print, blue enough to see.
const LINK_INK: (u8, u8, u8) = (0x12, 0x3F, 0x7A);

/// A link on one page: its node, where it leads, its words, and the boxes its words stand in.
struct Linked {
    node: NodeId,
    to: Target,
    words: String,
    boxes: Vec<Quadrilateral>,
}

/// Draws everything and writes the file.
pub(super) fn draw(mut flow: Flow, paper: &Paper) -> Result<Pdf, PaperFault> {
    number_pages(&mut flow);
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A2_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|fault| PaperFault::Writer { detail: format!("{fault:?}") })?;
    let mut document = Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    let Flow { mut faces, mut tree, pages, page, anchors, outline, .. } = flow;
    let count = pages.len();
    for items in pages {
        let settings = PageSettings::from_wh(page.width * MM, page.height * MM).ok_or(PaperFault::Page)?;
        let mut sheet = document.start_page_with(settings);
        let mut surface = sheet.surface();
        let links = draw_page(&mut surface, &items, &mut faces, &mut tree);
        surface.finish();
        for link in links {
            let alt = alternative(&link, paper.lang);
            let target = target(&link.to, &anchors)?;
            let annotation = LinkAnnotation::new_with_quad_points(link.boxes, target);
            let mark = sheet.add_tagged_annotation(Annotation::new_link(annotation, Some(alt)));
            tree.drawn(link.node, mark);
        }
        sheet.finish();
    }
    document.set_outline(bookmarks(outline));
    document.set_tag_tree(tree.finish(language(paper.lang)));
    document.set_metadata(metadata(paper));
    let bytes = document.finish().map_err(|fault| PaperFault::Writer { detail: format!("{fault:?}") })?;
    Ok(Pdf { bytes, pages: count, missing: faces.into_missing() })
}

/// The number in the middle of the upper margin, from the second page on
/// (Decree 30/2020/NĐ-CP, Annex I, and HD 36-HD/VPTW 2018 alike).
fn number_pages(flow: &mut Flow) {
    let page = flow.page;
    for index in 1..flow.pages.len() {
        let text = [Inline::plain((index + 1).to_string())];
        let look = Look { size: 13.0, bold: false, italic: false };
        let set =
            Setting { look, align: Align::Center, leading: 1.15, first: 0.0, left: flow.left(), width: flow.width() };
        let lines = flow.lines(&text, set);
        let chunk = flow.stack(&lines, &text, set, &mut Into::decoration());
        let y = page.top * MM / 2.0 - 4.0;
        if let Some(items) = flow.pages.get_mut(index) {
            let placed: Vec<Item> = chunk.items.into_iter().map(|item| item.moved(0.0, y)).collect();
            items.splice(0..0, placed);
        }
    }
}

/// Draws one page; content of one node that stands together becomes one marked stretch.
fn draw_page(surface: &mut Surface, items: &[Item], faces: &mut Faces, tree: &mut Tree) -> Vec<Linked> {
    let mut links: Vec<Linked> = Vec::new();
    let mut open: Option<Option<NodeId>> = None;
    let mut fonts: HashMap<Style, Font> = HashMap::new();
    for item in items {
        let node = match item {
            Item::Text { node, .. } => *node,
            Item::Rule { .. } => None,
        };
        if open != Some(node) {
            if open.is_some() {
                surface.end_tagged();
            }
            let tag =
                node.map_or(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)), |_| ContentTag::Other);
            let mark = surface.start_tagged(tag);
            if let Some(node) = node {
                tree.drawn(node, mark);
            }
            open = Some(node);
        }
        match item {
            Item::Rule { from, to, thick } => rule(surface, *from, *to, *thick),
            Item::Text { piece, x, y, to, node } => {
                let font = fonts.get(&piece.style).cloned().or_else(|| faces.font(piece.style));
                let Some(font) = font else { continue };
                fonts.entry(piece.style).or_insert_with(|| font.clone());
                let ink = if to.is_some() { LINK_INK } else { (0, 0, 0) };
                surface.set_stroke(None);
                surface.set_fill(Some(Fill {
                    paint: rgb::Color::new(ink.0, ink.1, ink.2).into(),
                    opacity: NormalizedF32::ONE,
                    rule: krilla::paint::FillRule::default(),
                }));
                surface.draw_glyphs(Point::from_xy(*x, *y), &piece.glyphs, font, &piece.text, piece.size, false);
                if let (Some(node), Some(to)) = (node, to) {
                    let area = quad(*x, y - piece.size * 0.8, x + piece.width.max(1.0), y + piece.size * 0.25);
                    remember(&mut links, *node, to, &piece.text, area);
                }
            }
        }
    }
    if open.is_some() {
        surface.end_tagged();
    }
    links
}

fn remember(links: &mut Vec<Linked>, node: NodeId, to: &Target, words: &str, area: Quadrilateral) {
    match links.iter_mut().find(|link| link.node == node) {
        Some(link) => {
            link.words.push_str(words);
            link.boxes.push(area);
        }
        None => links.push(Linked { node, to: to.clone(), words: words.to_owned(), boxes: vec![area] }),
    }
}

fn quad(left: f32, top: f32, right: f32, bottom: f32) -> Quadrilateral {
    Quadrilateral([
        Point::from_xy(left, bottom),
        Point::from_xy(right, bottom),
        Point::from_xy(right, top),
        Point::from_xy(left, top),
    ])
}

fn rule(surface: &mut Surface, from: (f32, f32), to: (f32, f32), thick: f32) {
    let mut path = PathBuilder::new();
    path.move_to(from.0, from.1);
    path.line_to(to.0, to.1);
    let Some(path) = path.finish() else { return };
    surface.set_fill(None);
    surface.set_stroke(Some(Stroke { width: thick, paint: rgb::Color::new(0, 0, 0).into(), ..Stroke::default() }));
    surface.draw_path(&path);
}

fn alternative(link: &Linked, lang: Lang) -> String {
    let words = link.words.trim();
    match (&link.to, lang) {
        (Target::Url(url), Lang::Vi) => format!("{words}: mở {url}"),
        (Target::Url(url), Lang::En) => format!("{words}: open {url}"),
        (Target::Anchor(_), Lang::Vi) => format!("{words}: đến chỗ được dẫn trong văn bản này"),
        (Target::Anchor(_), Lang::En) => format!("{words}: go to the place in this paper"),
    }
}

fn target(to: &Target, anchors: &HashMap<String, Place>) -> Result<PdfTarget, PaperFault> {
    match to {
        Target::Url(url) => Ok(PdfTarget::Action(Action::Link(LinkAction::new(url.clone())))),
        Target::Anchor(name) => {
            let place = anchors.get(name).ok_or_else(|| PaperFault::NoAnchor { name: name.clone() })?;
            Ok(PdfTarget::Destination(Destination::Xyz(spot(*place))))
        }
    }
}

fn spot(place: Place) -> XyzDestination {
    XyzDestination::new(place.page, Point::from_xy(0.0, (place.y - 6.0).max(0.0)))
}

/// Nests headings by their level. Levels never skip one on the way down, so the nearest open parent is right.
fn bookmarks(entries: Vec<(u16, String, Place)>) -> Outline {
    let mut outline = Outline::new();
    let mut open: Vec<(u16, OutlineNode)> = Vec::new();
    for (level, words, place) in entries {
        close(&mut outline, &mut open, level);
        open.push((level, OutlineNode::new(words, spot(place)).with_open(level == 1)));
    }
    close(&mut outline, &mut open, 0);
    outline
}

/// Puts every open node of `level` or deeper into the one above it.
fn close(outline: &mut Outline, open: &mut Vec<(u16, OutlineNode)>, level: u16) {
    while open.last().is_some_and(|(depth, _)| *depth >= level) {
        let Some((_, node)) = open.pop() else { return };
        match open.last_mut() {
            Some((_, above)) => above.push_child(node),
            None => outline.push_child(node),
        }
    }
}

/// The BCP 47 name written into the file.
pub(crate) const fn language(lang: Lang) -> &'static str {
    match lang {
        Lang::Vi => "vi-VN",
        Lang::En => "en",
    }
}

fn metadata(paper: &Paper) -> Metadata {
    Metadata::new()
        .title(paper.title.clone())
        .language(language(paper.lang).to_owned())
        .creator("Liên Thông".to_owned())
        .producer("Liên Thông".to_owned())
        .creation_date(moment(paper.created))
}

fn moment(at: Instant) -> DateTime {
    let civil = at.civil();
    let small = |part: i8| u8::try_from(part).unwrap_or(0);
    DateTime::new(u16::try_from(civil.year()).unwrap_or(1970))
        .month(small(civil.month()))
        .day(small(civil.day()))
        .hour(small(civil.hour()))
        .minute(small(civil.minute()))
        .second(small(civil.second()))
        .utc_offset_hour(7)
        .utc_offset_minute(0)
}
