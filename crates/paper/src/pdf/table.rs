//! Tables: widths from weights, cells wrapped, heads repeated, rows kept whole where a page can hold them.

use crate::lines::{Line, Look};
use crate::model::{Align, Inline, Row, Table};
use crate::pdf::flow::{Chunk, Flow, Into, Item, Setting, fitting, heights};
use crate::pdf::tree::{NodeId, Role};

/// Size of the type in a table that does not name one.
const SIZE: f32 = 12.0;
/// Blank space inside a cell, left and right.
const PAD: f32 = 4.0;
/// Blank space inside a cell, above and below.
const PAD_Y: f32 = 3.0;
const LEADING: f32 = 1.2;
const THICK: f32 = 0.5;

/// A cell, broken into lines, with how much of it has been set.
struct Laid<'a> {
    text: &'a [Inline],
    lines: Vec<Line>,
    done: usize,
    set: Setting,
    into: Into,
    x: f32,
    width: f32,
}

/// Lays out `table` from here on.
pub(crate) fn table(flow: &mut Flow, table: &Table) {
    if table.columns.is_empty() {
        return;
    }
    let node = flow.tree.node(Role::Table, None);
    flow.skip(8.0);
    let grid = Grid::new(flow, table);
    caption(flow, table, &grid, node);
    let head_height: f32 = grid.head_height(flow, table);
    let group = flow.tree.node(Role::TableHead, Some(node));
    for row in &table.head {
        grid.row(flow, row, Some(group), true);
    }
    let body = flow.tree.node(Role::TableBody, Some(node));
    let mut rest = table.rows.as_slice();
    while let Some((row, below)) = rest.split_first() {
        let page = flow.page_height() - head_height;
        let together = grid.together(flow, rest);
        let tag = flow.tree.node(Role::TableRow, Some(body));
        let mut cells = grid.lay(flow, row, Some(tag), false);
        let needed = if together <= page { together } else { tallest(&cells) };
        if needed > flow.room() && needed <= page {
            grid.turn(flow, table);
        }
        grid.set_row(flow, &mut cells, Some(table));
        rest = below;
    }
    flow.y += 6.0;
}

fn caption(flow: &mut Flow, table: &Table, grid: &Grid, node: NodeId) {
    let first = grid.together(flow, &table.rows);
    let head = grid.head_height(flow, table);
    let set = Setting {
        look: Look { size: 13.0, bold: true, italic: false },
        align: Align::Center,
        leading: LEADING,
        first: 0.0,
        left: flow.left(),
        width: flow.width(),
    };
    let lines = flow.lines(&table.caption, set);
    let above = if table.caption.is_empty() { 0.0 } else { heights(&lines, set) + 4.0 };
    let needed = (above + head + first).min(flow.page_height());
    if flow.room() < needed && !flow.at_top() {
        flow.new_page();
    }
    if !table.caption.is_empty() {
        let tag = flow.tree.node(Role::Caption, Some(node));
        flow.para(&table.caption, set, tag, 0.0);
        flow.y += 4.0;
    }
}

/// Height of the tallest cell of a row, with its padding.
fn tallest(cells: &[Laid]) -> f32 {
    cells.iter().map(|cell| heights(cell.lines.get(cell.done..).unwrap_or_default(), cell.set)).fold(0.0, f32::max)
        + 2.0 * PAD_Y
}

/// The columns of one table on this page width.
struct Grid {
    left: f32,
    /// Left end and width of each column.
    columns: Vec<(f32, f32, Align)>,
    size: f32,
}

impl Grid {
    fn new(flow: &Flow, table: &Table) -> Self {
        let weight = |index: usize| table.columns.get(index).map_or(1.0, |column| column.weight.max(0.01));
        let sum: f32 = (0..table.columns.len()).map(weight).sum();
        let mut x = 0.0;
        let mut columns = Vec::with_capacity(table.columns.len());
        for (index, column) in table.columns.iter().enumerate() {
            let width = flow.width() * weight(index) / sum;
            columns.push((x, width, column.align));
            x += width;
        }
        Self { left: flow.left(), columns, size: table.size.map_or(SIZE, f32::from) }
    }

    /// Breaks the cells of a row. Without `row` its content is decoration.
    fn lay<'a>(&self, flow: &mut Flow, row: &'a Row, tag: Option<NodeId>, head: bool) -> Vec<Laid<'a>> {
        let mut laid = Vec::with_capacity(self.columns.len());
        let mut cells = row.cells.iter();
        let mut at = 0;
        while at < self.columns.len() {
            let cell = cells.next();
            let span = usize::from(cell.map_or(1, |cell| cell.span.max(1))).min(self.columns.len() - at);
            let covered = self.columns.get(at..at + span).unwrap_or_default();
            let (Some(first), Some(last)) = (covered.first(), covered.last()) else { break };
            let (x, width) = (first.0, last.0 + last.1 - first.0);
            let usual = if head { Align::Center } else { first.2 };
            let set = Setting {
                look: Look { size: self.size, bold: head, italic: false },
                align: cell.and_then(|cell| cell.align).unwrap_or(usual),
                leading: LEADING,
                first: 0.0,
                left: x + PAD,
                width: (width - 2.0 * PAD).max(self.size),
            };
            let text = cell.map_or(&[][..], |cell| cell.text.as_slice());
            let lines = flow.lines(text, set);
            let over = u16::try_from(span).unwrap_or(1);
            let role = if head { Role::HeadCell(over) } else { Role::BodyCell(over) };
            let into = tag.map_or_else(Into::decoration, |tag| Into::node(flow.tree.node(role, Some(tag))));
            laid.push(Laid { text, lines, done: 0, set, into, x, width });
            at += span;
        }
        laid
    }

    fn head_height(&self, flow: &mut Flow, table: &Table) -> f32 {
        table.head.iter().map(|row| tallest(&self.lay(flow, row, None, true))).sum()
    }

    /// Height of the first of `rows`, with those that must stand on its page: what a heading is the heading of.
    fn together(&self, flow: &mut Flow, rows: &[Row]) -> f32 {
        let headings = rows.iter().take_while(|row| row.is_heading(self.columns.len())).count();
        rows.iter().take(headings + 1).map(|row| tallest(&self.lay(flow, row, None, false))).sum()
    }

    /// A new page with the heads on it again.
    fn turn(&self, flow: &mut Flow, table: &Table) {
        flow.new_page();
        for row in &table.head {
            self.row(flow, row, None, true);
        }
    }

    /// Sets a head row; it never breaks over pages.
    fn row(&self, flow: &mut Flow, row: &Row, group: Option<NodeId>, head: bool) {
        let tag = group.map(|group| flow.tree.node(Role::TableRow, Some(group)));
        let mut cells = self.lay(flow, row, tag, head);
        self.set_row(flow, &mut cells, None);
    }

    /// Sets a row, over several pages when one cannot hold it and `table` says how to begin a new one.
    fn set_row(&self, flow: &mut Flow, cells: &mut [Laid], table: Option<&Table>) {
        let mut first = true;
        loop {
            let room = if table.is_some() { flow.room() - 2.0 * PAD_Y } else { f32::MAX };
            let mut height: f32 = 0.0;
            let mut left_over = false;
            let mut moved = false;
            let mut chunks = Vec::with_capacity(cells.len());
            for cell in cells.iter_mut() {
                let rest = cell.lines.get(cell.done..).unwrap_or_default();
                let take = fitting(rest, cell.set, room);
                let now = rest.get(..take).unwrap_or_default();
                height = height.max(heights(now, cell.set));
                left_over |= take < rest.len();
                moved |= take > 0;
                chunks.push((cell.done, cell.done + take));
            }
            let stuck = !moved && left_over;
            if let Some(table) = table.filter(|_| stuck && first) {
                self.turn(flow, table);
                first = false;
                continue;
            }
            self.set_part(flow, cells, &chunks, height, stuck);
            match table.filter(|_| left_over) {
                Some(table) => self.turn(flow, table),
                None => return,
            }
            first = false;
        }
    }

    /// Sets the lines `parts` of each cell as one box. A stuck row (a page too low for one line) is set whole.
    fn set_part(&self, flow: &mut Flow, cells: &mut [Laid], parts: &[(usize, usize)], height: f32, stuck: bool) {
        let height = if stuck { tallest(cells) } else { height + 2.0 * PAD_Y };
        let mut all = Chunk { height, ..Chunk::default() };
        for (cell, (from, to)) in cells.iter_mut().zip(parts) {
            let to = if stuck { cell.lines.len() } else { *to };
            let now = cell.lines.get(*from..to).unwrap_or_default();
            let whole = *from == 0 && to == cell.lines.len();
            let drop = if whole { (height - 2.0 * PAD_Y - heights(now, cell.set)) / 2.0 } else { 0.0 };
            let mut chunk = flow.stack(now, cell.text, cell.set, &mut cell.into);
            if chunk.items.is_empty() && *from == 0 {
                chunk = blank(flow, cell);
            }
            let y = PAD_Y + drop.max(0.0);
            all.items.extend(chunk.items.into_iter().map(|item| item.moved(0.0, y)));
            all.anchors.extend(chunk.anchors.into_iter().map(|(name, at)| (name, at + y)));
            let (left, right) = (cell.x, cell.x + cell.width);
            let corners = [(left, 0.0), (right, 0.0), (right, height), (left, height), (left, 0.0)];
            for (from, to) in corners.iter().zip(corners.iter().skip(1)) {
                all.items.push(Item::Rule { from: *from, to: *to, thick: THICK });
            }
            cell.done = to;
        }
        flow.put(all, self.left);
        flow.y += height;
    }
}

/// A single blank, so that an empty cell exists for a screen reader and the columns stay counted.
fn blank(flow: &mut Flow, cell: &mut Laid) -> Chunk {
    let text = [Inline::plain("\u{a0}")];
    let lines = flow.lines(&text, cell.set);
    flow.stack(&lines, &text, cell.set, &mut cell.into)
}
