"""Paragraphs that hold nothing but a reference, such as `[](#changes)` or `[](#survivors)`: placeholders for what the program
makes. Pure.
"""

from collections.abc import Container, Mapping

from contract_assembly.core.text import NBSP
from contract_assembly.document import tree as d
from contract_assembly.document.list_marks import punctuated

SURVIVORS = "survivors"


def with_blocks(document: d.Document, blocks: Mapping[str, tuple[d.Block, ...]]) -> d.Document:
    """Replace each subsection that holds nothing but a reference to one of these names by the blocks of that name."""

    def put(node: d.Node) -> d.Node | tuple[d.Node, ...]:
        match node:
            case d.Section(children=(d.Paragraph(children=(d.Reference(target=name),)),)) if name in blocks:
                return blocks[name]
        return node

    return d.rewrite(document, put) if blocks else document


def with_survivors(document: d.Document, surviving: Container[str]) -> d.Document:
    """Put the list of the clauses that survive the agreement, in the order of the document, where a clause asks for it.

    `surviving` are ids of clauses; a clause of a schedule is named with its schedule, any other as a section."""
    found = [named for part in document.parts for named in _survivors(part, surviving)]

    def expand(node: d.Node) -> d.Node:
        match node:
            case d.Paragraph(children=(d.Reference() as reference,)) if asks_for_survivors(node):
                return _list([_named(kind, each, reference) for kind, each in found], node)
        return node

    return d.rewrite(document, expand, {d.Paragraph})


def asks_for_survivors(block: d.Node) -> bool:
    """Whether a paragraph is the place of the list of the clauses that survive, which belongs to the words before it."""
    match block:
        case d.Paragraph(children=(d.Reference(target=target),)):
            return target == SURVIVORS
    return False


def _survivors(part: d.Part, surviving: Container[str]) -> list[tuple[d.PartKind, str]]:
    """What survives of a part: the whole schedule if all of it does, else its clauses one by one."""
    sections = [each for each in part.children if isinstance(each, d.Section)]
    found = [(part.kind, each.id) for each in sections if each.clause in surviving]
    return [(part.kind, part.id)] if part.kind == "schedule" and len(found) == len(sections) > 1 else found


def _named(kind: d.PartKind, target: str, asked: d.Reference) -> tuple[d.Inline, ...]:
    reference = d.Reference(target, "", asked.origin)
    return (reference,) if kind == "schedule" else (d.Text(f"section{NBSP}", asked.origin), reference)


def _list(lines: list[tuple[d.Inline, ...]], asked: d.Paragraph) -> d.Block:
    if len(lines) == 1:
        return d.Paragraph((*lines[0], d.Text(".", asked.origin)), asked.origin)
    last_but_one = len(lines) - 2
    ended = [(*line, d.Text("; and" if n == last_but_one else ";", asked.origin)) for n, line in enumerate(lines)]
    items = tuple(d.Item((d.Paragraph(line, asked.origin),), "", asked.origin) for line in ended)
    return punctuated(d.Items(items, asked.origin))[0]
