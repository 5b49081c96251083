//! Filling pages from top to bottom. All measures are points; y grows downwards.

use std::collections::HashMap;

use crate::faces::Faces;
use crate::fault::PaperFault;
use crate::lines::{Line, Look, Piece, break_lines};
use crate::model::{Align, Inline, PageSize, Target};
use crate::pdf::tree::{NodeId, Role, Tree};

/// Points in a millimetre.
pub(crate) const MM: f32 = 72.0 / 25.4;

/// Height of a line against the size of its type, in body text.
pub(crate) const LEADING: f32 = 1.3;

/// How far below the top of its line the baseline lies, against the size of the type.
const BASELINE: f32 = 0.98;

/// Something to draw on a page.
#[derive(Debug, Clone)]
pub(crate) enum Item {
    /// Glyphs; `y` is the baseline. Without a node it is decoration, skipped by screen readers.
    Text { piece: Piece, x: f32, y: f32, node: Option<NodeId>, to: Option<Target> },
    /// A straight line.
    Rule { from: (f32, f32), to: (f32, f32), thick: f32 },
}

/// Items relative to their own top left corner, to be placed as one.
#[derive(Debug, Default)]
pub(crate) struct Chunk {
    pub(crate) items: Vec<Item>,
    pub(crate) height: f32,
    pub(crate) anchors: Vec<(String, f32)>,
}

/// How a stretch of text is set.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Setting {
    pub(crate) look: Look,
    pub(crate) align: Align,
    pub(crate) leading: f32,
    pub(crate) first: f32,
    pub(crate) left: f32,
    pub(crate) width: f32,
}

/// A place in the paper: page from 0, and height on it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub(crate) page: usize,
    pub(crate) y: f32,
}

/// The pages so far.
pub(crate) struct Flow {
    pub(crate) faces: Faces,
    pub(crate) tree: Tree,
    pub(crate) page: PageSize,
    pub(crate) pages: Vec<Vec<Item>>,
    pub(crate) y: f32,
    pub(crate) anchors: HashMap<String, Place>,
    pub(crate) outline: Vec<(u16, String, Place)>,
    /// Set when one name stands at two places.
    pub(crate) fault: Option<PaperFault>,
}

impl Flow {
    pub(crate) fn new(page: PageSize) -> Self {
        Self {
            faces: Faces::default(),
            tree: Tree::default(),
            page,
            pages: vec![Vec::new()],
            y: page.top * MM,
            anchors: HashMap::new(),
            outline: Vec::new(),
            fault: None,
        }
    }

    /// Left end of the text.
    pub(crate) fn left(&self) -> f32 {
        self.page.left * MM
    }

    /// Width of the text.
    pub(crate) fn width(&self) -> f32 {
        (self.page.width - self.page.left - self.page.right) * MM
    }

    fn top(&self) -> f32 {
        self.page.top * MM
    }

    fn bottom(&self) -> f32 {
        (self.page.height - self.page.bottom) * MM
    }

    /// Height of an empty page.
    pub(crate) fn page_height(&self) -> f32 {
        self.bottom() - self.top()
    }

    /// Height left on this page.
    pub(crate) fn room(&self) -> f32 {
        self.bottom() - self.y
    }

    pub(crate) fn at_top(&self) -> bool {
        self.y <= self.top() + 0.5
    }

    pub(crate) fn place(&self) -> Place {
        Place { page: self.pages.len().saturating_sub(1), y: self.y }
    }

    pub(crate) fn new_page(&mut self) {
        self.pages.push(Vec::new());
        self.y = self.top();
    }

    /// Blank space before the next block; none at the top of a page.
    pub(crate) fn skip(&mut self, points: f32) {
        if !self.at_top() {
            self.y += points;
        }
    }

    pub(crate) fn anchor(&mut self, name: &str, y: f32) {
        let place = Place { y, ..self.place() };
        if self.anchors.insert(name.to_owned(), place).is_some() && self.fault.is_none() {
            self.fault = Some(PaperFault::TwoAnchors { name: name.to_owned() });
        }
    }

    /// Draws `chunk` here, its left end `x` from the sheet's edge, without moving on.
    pub(crate) fn put(&mut self, chunk: Chunk, x: f32) {
        let y = self.y;
        for (name, below) in &chunk.anchors {
            self.anchor(name, y + below);
        }
        if let Some(page) = self.pages.last_mut() {
            page.extend(chunk.items.into_iter().map(|item| item.moved(x, y)));
        }
    }

    /// Breaks `text` into lines.
    pub(crate) fn lines(&mut self, text: &[Inline], set: Setting) -> Vec<Line> {
        break_lines(&mut self.faces, text, set.look, set.width, set.first)
    }

    /// Sets lines one under the other. `links` remembers the node of each link of the text.
    pub(crate) fn stack(&mut self, lines: &[Line], text: &[Inline], set: Setting, into: &mut Into) -> Chunk {
        let mut chunk = Chunk::default();
        for line in lines {
            let first = if into.begun { 0.0 } else { set.first };
            into.begun = true;
            let size = line.size(set.look.size);
            chunk.anchors.extend(line.anchors.iter().map(|name| (name.clone(), chunk.height)));
            let y = chunk.height + size * (BASELINE + (set.leading - 1.15) / 2.0);
            for piece in line.place(set.width - first, set.align) {
                let to = piece.link.and_then(|index| text.get(index)).and_then(|inline| match inline {
                    Inline::Link { to, .. } => Some(to.clone()),
                    _ => None,
                });
                let node = into.node.map(|node| match piece.link {
                    Some(index) => *into.links.entry(index).or_insert_with(|| self.tree.node(Role::Link, Some(node))),
                    None => node,
                });
                let x = set.left + first + piece.x;
                chunk.items.push(Item::Text { piece, x, y, node, to });
            }
            chunk.height += size * set.leading;
        }
        chunk
    }

    /// Sets a paragraph over as many pages as it needs, never leaving one line of it alone where it has more,
    /// and not beginning it unless `keep` points are left after its first lines (headings stay with their text).
    pub(crate) fn para(&mut self, text: &[Inline], set: Setting, node: NodeId, keep: f32) {
        let lines = self.lines(text, set);
        let mut into = Into::node(node);
        let mut rest = lines.as_slice();
        if keep > 0.0 && self.room() < heights(rest, set) + keep && !self.at_top() {
            self.new_page();
        }
        while !rest.is_empty() {
            let mut take = fitting(rest, set, self.room());
            if take < rest.len() {
                if rest.len() - take == 1 && take > 2 {
                    take -= 1;
                }
                if take == 1 && rest.len() > 1 && !self.at_top() {
                    take = 0;
                }
            }
            if take == 0 {
                if !self.at_top() {
                    self.new_page();
                    continue;
                }
                take = 1;
            }
            let (now, later) = rest.split_at(take.min(rest.len()));
            let chunk = self.stack(now, text, set, &mut into);
            let height = chunk.height;
            self.put(chunk, 0.0);
            self.y += height;
            rest = later;
            if !rest.is_empty() {
                self.new_page();
            }
        }
    }
}

/// Where the content of a text goes in the structure.
#[derive(Debug, Default)]
pub(crate) struct Into {
    node: Option<NodeId>,
    links: HashMap<usize, NodeId>,
    /// Whether the first line, the only one that may be indented, has been set.
    begun: bool,
}

impl Into {
    pub(crate) fn node(node: NodeId) -> Self {
        Self { node: Some(node), ..Self::default() }
    }

    /// Content that is drawn again, and must not be read again.
    pub(crate) fn decoration() -> Self {
        Self::default()
    }
}

/// How high these lines stand.
pub(crate) fn heights(lines: &[Line], set: Setting) -> f32 {
    lines.iter().map(|line| line.size(set.look.size) * set.leading).sum()
}

/// How many of these lines fit into `room`.
pub(crate) fn fitting(lines: &[Line], set: Setting, room: f32) -> usize {
    let mut used = 0.0;
    lines
        .iter()
        .take_while(|line| {
            used += line.size(set.look.size) * set.leading;
            used <= room + 0.01
        })
        .count()
}

impl Item {
    pub(crate) fn moved(self, dx: f32, dy: f32) -> Self {
        match self {
            Self::Text { piece, x, y, node, to } => Self::Text { piece, x: x + dx, y: y + dy, node, to },
            Self::Rule { from, to, thick } => {
                Self::Rule { from: (from.0 + dx, from.1 + dy), to: (to.0 + dx, to.1 + dy), thick }
            }
        }
    }
}
