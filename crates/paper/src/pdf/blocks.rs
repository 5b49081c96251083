//! Laying out the blocks of the body, and the head and foot of the paper.

use crate::head::{self, Columns};
use crate::lines::Look;
use crate::model::{Align, Block, Indent, Inline, Paper, plain_words};
use crate::pdf::flow::{Chunk, Flow, Into, Item, LEADING, MM, Setting};
use crate::pdf::tree::{NodeId, Role};

/// Size of the body, in points: 13 to 14 for State papers, 14 for Party papers.
pub(crate) const BODY: f32 = 14.0;
/// Indent of a first line, and of lists: 1.27 cm.
const INDENT: f32 = 12.7 * MM;
/// Blank space between paragraphs: at least 6 points (Decree 30/2020/NĐ-CP, Annex I).
const BETWEEN: f32 = 6.0;
/// Size of notes.
const SMALL: f32 = 12.0;

/// Lays out the whole paper.
pub(crate) fn lay_out(flow: &mut Flow, paper: &Paper) {
    if let Some(columns) = head::top(&paper.head) {
        two_columns(flow, &columns);
    }
    title(flow, paper);
    let mut deepest = 1;
    for block in &paper.blocks {
        self::block(flow, block, &mut deepest);
    }
    if let Some(signature) = &paper.signature {
        let columns = head::foot(&paper.head, signature);
        flow.skip(18.0);
        two_columns(flow, &columns);
    }
    if !paper.annex.is_empty() && !flow.at_top() {
        flow.new_page();
    }
    for block in &paper.annex {
        self::block(flow, block, &mut deepest);
    }
}

fn setting(flow: &Flow, size: f32) -> Setting {
    Setting {
        look: Look { size, bold: false, italic: false },
        align: Align::Justify,
        leading: LEADING,
        first: 0.0,
        left: flow.left(),
        width: flow.width(),
    }
}

/// `deepest` is the level of the heading before: a screen reader must not meet a level that skips one.
fn block(flow: &mut Flow, block: &Block, deepest: &mut u16) {
    match block {
        Block::Heading { level, text } => {
            let level = u16::from((*level).clamp(1, 4));
            let tagged = (level + 1).min(*deepest + 1);
            *deepest = tagged;
            heading(flow, level, tagged, text);
        }
        Block::Para { text, align, indent } => {
            let mut set = Setting { align: *align, ..setting(flow, BODY) };
            match indent {
                Indent::None => {}
                Indent::FirstLine => set.first = INDENT,
                Indent::Whole => {
                    set.left += INDENT;
                    set.width -= INDENT;
                }
            }
            flow.skip(BETWEEN);
            let node = flow.tree.node(Role::Para, None);
            flow.para(text, set, node, 0.0);
        }
        Block::List { ordered, items } => list(flow, *ordered, items),
        Block::Table(table) => super::table::table(flow, table),
        Block::PageBreak => {
            if !flow.at_top() {
                flow.new_page();
            }
        }
        Block::Note(text) => {
            flow.skip(3.0);
            let mut set = setting(flow, SMALL);
            set.look.italic = true;
            let node = flow.tree.node(Role::Note, None);
            flow.para(text, set, node, 0.0);
        }
    }
}

/// Level 1 and 2 bold, 3 bold and slanted, 4 slanted, as the parts, items and points of official papers.
fn heading(flow: &mut Flow, level: u16, tagged: u16, text: &[Inline]) {
    let mut set = Setting { align: Align::Left, first: INDENT, ..setting(flow, BODY) };
    set.look.bold = level < 4;
    set.look.italic = level > 2;
    flow.skip(if level == 1 { 12.0 } else { 8.0 });
    let words = plain_words(text);
    let node = flow.tree.node(Role::Heading(tagged, words.clone()), None);
    let keep = BETWEEN + 2.0 * BODY * LEADING;
    let lines = flow.lines(text, set);
    if flow.room() < super::flow::heights(&lines, set) + keep && !flow.at_top() {
        flow.new_page();
    }
    let place = flow.place();
    flow.outline.push((tagged, words, place));
    flow.para(text, set, node, 0.0);
}

fn list(flow: &mut Flow, ordered: bool, items: &[Vec<Inline>]) {
    let list = flow.tree.node(Role::List { ordered }, None);
    for (index, text) in items.iter().enumerate() {
        flow.skip(BETWEEN);
        let item = flow.tree.node(Role::Item, Some(list));
        let mark = if ordered { format!("{}.", index + 1) } else { "-".to_owned() };
        let gap = if ordered { 20.0 } else { 12.0 };
        let mut set = setting(flow, BODY);
        set.left += INDENT + gap;
        set.width -= INDENT + gap;
        // The mark stands beside the first line: the page must have turned before it is drawn.
        let lines = flow.lines(text, set);
        if super::flow::fitting(&lines, set, flow.room()) < lines.len().min(2) && !flow.at_top() {
            flow.new_page();
        }
        let label = flow.tree.node(Role::Label, Some(item));
        let marking = Setting { left: flow.left() + INDENT, width: gap * 2.0, align: Align::Left, ..set };
        let words = [Inline::plain(format!("{mark} "))];
        let chunk = single(flow, &words, marking, label);
        flow.put(chunk, 0.0);
        let body = flow.tree.node(Role::ItemBody, Some(item));
        let node = flow.tree.node(Role::Para, Some(body));
        flow.para(text, set, node, 0.0);
    }
}

fn single(flow: &mut Flow, text: &[Inline], set: Setting, node: NodeId) -> Chunk {
    let lines = flow.lines(text, set);
    flow.stack(&lines, text, set, &mut Into::node(node))
}

/// The kind and summary; the first level of the outline.
fn title(flow: &mut Flow, paper: &Paper) {
    let place = flow.place();
    flow.outline.push((1, paper.title.clone(), place));
    let lines = head::title(&paper.head, &paper.title);
    let node = flow.tree.node(Role::Heading(1, paper.title.clone()), None);
    let width = flow.width();
    let chunk = stack_lines(flow, &lines, width, |_| node);
    let (left, height) = (flow.left(), chunk.height);
    flow.put(chunk, left);
    flow.y += height + 12.0;
}

/// Two columns side by side, on one page.
fn two_columns(flow: &mut Flow, columns: &Columns) {
    let (left, width) = (flow.left(), flow.width());
    let gap = 8.0;
    let split = (width - gap) * columns.share;
    let group = flow.tree.node(Role::Div, None);
    let one = stack_lines(flow, &columns.left, split, |flow| flow.tree.node(Role::Para, Some(group)));
    let two = stack_lines(flow, &columns.right, width - gap - split, |flow| flow.tree.node(Role::Para, Some(group)));
    let height = one.height.max(two.height);
    if flow.room() < height && !flow.at_top() {
        flow.new_page();
    }
    flow.put(one, left);
    flow.put(two, left + split + gap);
    flow.y += height;
}

/// Lines of a head or foot with their rules.
fn stack_lines(flow: &mut Flow, lines: &[head::Line], width: f32, mut node: impl FnMut(&mut Flow) -> NodeId) -> Chunk {
    let mut all = Chunk::default();
    for line in lines {
        // The line feed leaves a blank at the end of the line, by which a reader tells its words from the next line's.
        let text = [Inline::plain(format!("{}\n", line.text))];
        let look = Look { size: f32::from(line.size), bold: line.bold, italic: line.italic };
        let set = Setting { look, align: line.align, leading: 1.2, first: 0.0, left: 0.0, width };
        // Stars, dashes and the room for a signature are not read aloud.
        let spoken = line.text.chars().any(char::is_alphanumeric);
        let mut into = if spoken { Into::node(node(flow)) } else { Into::decoration() };
        let broken = flow.lines(&text, set);
        let chunk = flow.stack(&broken, &text, set, &mut into);
        all.height += line.above;
        let below = all.height;
        all.items.extend(chunk.items.into_iter().map(|item| item.moved(0.0, below)));
        all.height += chunk.height;
        if let (Some(share), Some(last)) = (line.rule, broken.last()) {
            let half = last.width * share / 2.0;
            let y = all.height + 2.5;
            all.items.push(Item::Rule { from: (width / 2.0 - half, y), to: (width / 2.0 + half, y), thick: 0.7 });
            all.height += 5.0;
        }
    }
    all
}
