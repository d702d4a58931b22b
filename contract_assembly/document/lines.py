"""A document tree as lines of words, in reading order. Pure."""

from collections.abc import Iterator

from contract_assembly.document.tree import (
    Cell,
    Closing,
    Inline,
    Node,
    Paragraph,
    Part,
    Section,
    Signatures,
    Table,
    walk,
)

# The field that holds the line, for each type of node that has one.
_LINE: dict[type, str] = {
    Paragraph: "children",
    Cell: "children",
    Table: "caption",
    Signatures: "lead",
    Closing: "enclosed",
    Part: "heading",
    Section: "heading",
}
_WITH_A_LINE = frozenset(_LINE)


def lines(node: Node) -> Iterator[tuple[Inline, ...]]:
    """Every line of words below a node: paragraphs, cells, headings, captions of tables, lead-ins of signatures."""
    return (line for _, line in with_lines(node))


def with_lines(node: Node) -> Iterator[tuple[Node, tuple[Inline, ...]]]:
    """Every node below that has a line of words, and the line."""
    for each in walk(node, _WITH_A_LINE):
        yield each, getattr(each, _LINE[type(each)])
