//! The structure a screen reader walks: built while pages are laid out, filled while they are drawn.

use std::num::{NonZeroU16, NonZeroU32};

use krilla::tagging::{Identifier, ListNumbering, Node, TableHeaderScope, Tag, TagGroup, TagKind, TagTree};

/// What a node of the structure is.
#[derive(Debug, Clone)]
pub(crate) enum Role {
    /// A heading; level 1 is the title of the paper.
    Heading(u16, String),
    Para,
    List {
        ordered: bool,
    },
    Item,
    Label,
    ItemBody,
    Table,
    Caption,
    TableHead,
    TableBody,
    TableRow,
    /// A head cell over so many columns.
    HeadCell(u16),
    /// A body cell over so many columns.
    BodyCell(u16),
    Link,
    Note,
    Div,
}

impl Role {
    fn tag(self) -> TagKind {
        let over = |span: u16| NonZeroU32::new(u32::from(span)).filter(|span| span.get() > 1);
        match self {
            Self::Heading(level, title) => {
                Tag::Hn(NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN), Some(title)).into()
            }
            Self::Para => Tag::P.into(),
            Self::List { ordered: true } => Tag::L(ListNumbering::Decimal).into(),
            Self::List { ordered: false } => Tag::L(ListNumbering::None).into(),
            Self::Item => Tag::LI.into(),
            Self::Label => Tag::Lbl.into(),
            Self::ItemBody => Tag::LBody.into(),
            Self::Table => Tag::Table.into(),
            Self::Caption => Tag::Caption.into(),
            Self::TableHead => Tag::THead.into(),
            Self::TableBody => Tag::TBody.into(),
            Self::TableRow => Tag::TR.into(),
            Self::HeadCell(span) => Tag::TH(TableHeaderScope::Column).with_col_span(over(span)).into(),
            Self::BodyCell(span) => Tag::TD.with_col_span(over(span)).into(),
            Self::Link => Tag::Link.into(),
            Self::Note => Tag::Note.into(),
            Self::Div => Tag::Div.into(),
        }
    }
}

/// A node by its number.
pub(crate) type NodeId = usize;

enum Child {
    Node(NodeId),
    Leaf(Identifier),
}

struct Entry {
    role: Role,
    parent: Option<NodeId>,
    attached: bool,
    children: Vec<Child>,
}

/// The structure of one paper.
#[derive(Default)]
pub(crate) struct Tree {
    entries: Vec<Entry>,
    roots: Vec<NodeId>,
}

impl Tree {
    /// A new node. It takes its place among its siblings when the first content is drawn into it,
    /// so the order of the structure is the order of drawing, which is the order of reading.
    pub(crate) fn node(&mut self, role: Role, parent: Option<NodeId>) -> NodeId {
        self.entries.push(Entry { role, parent, attached: false, children: Vec::new() });
        self.entries.len() - 1
    }

    /// Content drawn on a page becomes a child of `node`.
    pub(crate) fn drawn(&mut self, node: NodeId, content: Identifier) {
        self.attach(node);
        if let Some(entry) = self.entries.get_mut(node) {
            entry.children.push(Child::Leaf(content));
        }
    }

    fn attach(&mut self, node: NodeId) {
        let Some(entry) = self.entries.get_mut(node) else { return };
        if std::mem::replace(&mut entry.attached, true) {
            return;
        }
        match entry.parent {
            None => self.roots.push(node),
            Some(parent) => {
                self.attach(parent);
                if let Some(above) = self.entries.get_mut(parent) {
                    above.children.push(Child::Node(node));
                }
            }
        }
    }

    /// The finished structure.
    pub(crate) fn finish(mut self, lang: &str) -> TagTree {
        let roots = std::mem::take(&mut self.roots);
        let children = roots.into_iter().filter_map(|node| self.group(node)).map(Node::from).collect::<Vec<_>>();
        TagTree::from(children).with_lang(Some(lang.to_owned()))
    }

    fn group(&mut self, node: NodeId) -> Option<TagGroup> {
        let entry = self.entries.get_mut(node)?;
        let children = std::mem::take(&mut entry.children);
        let mut group = TagGroup::new(entry.role.clone().tag());
        for child in children {
            match child {
                Child::Leaf(content) => group.push(content),
                Child::Node(below) => {
                    if let Some(below) = self.group(below) {
                        group.push(below);
                    }
                }
            }
        }
        Some(group)
    }
}
