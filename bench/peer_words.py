"""A finished tree in the input formats of other tools: a docxtpl template with its facts, and typst markup. Pure."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from contract_assembly.document import tree as d
from contract_assembly.document.style import HouseStyle
from contract_assembly.writers.docx.writer import docx


def docxtpl_template(document: d.Document, house: HouseStyle) -> tuple[bytes, dict[str, str]]:
    """The facts, and the document as a Word template in which each fact is a placeholder, as users of docxtpl write it."""
    facts: dict[str, str] = {}

    def placed(node: d.Node) -> d.Node:
        if not isinstance(node, d.Value):
            return node
        name = f"fact_{len(facts)}"
        facts[name] = node.text
        return d.Value(f"{{{{ {name} }}}}", node.key, node.origin)

    return docx(d.rewrite(document, placed), house), facts


def typst(document: d.Document) -> str:
    meta = document.meta
    head = (
        f"#set document(title: {_string(meta.title)}, author: {_string(meta.author)})\n"
        f'#set page(paper: "{"us-letter" if meta.paper == "letter" else "a4"}", margin: (x: 33mm, y: 27mm), '
        f"header: [{_escaped(meta.head)}], "
        f'footer: context [{_escaped(meta.footer)} #h(1fr) #counter(page).display("1 of 1", both: true)])\n'
        '#set text(font: "Caladea", size: 11pt, lang: "en")\n#outline(depth: 1)\n'
    )
    return head + "".join(map(_part, document.parts))


def _part(part: d.Part) -> str:
    return f"#pagebreak(weak: true)\n= {_inlines(d.title(part))}\n{_all(part.children)}"


def _all(blocks: Iterable[d.Block]) -> str:
    return "".join(_BLOCKS[type(block)](block) for block in blocks)


def _paragraph(node: d.Paragraph) -> str:
    return f"\n{_inlines(node.children)}\n"


def _section(node: d.Section) -> str:
    if node.level == 1:
        return f"\n== {_escaped(d.label(node))} {_inlines(node.heading)}\n{_all(node.children)}"
    caption = f"*{_inlines(node.heading)}.* " if node.heading else ""
    lead, rest = "", node.children
    if isinstance(rest[0], d.Paragraph):
        lead, rest = _inlines(rest[0].children), rest[1:]
    return f"\n{_escaped(d.label(node))} {caption}{lead}\n{_all(rest)}"


def _items(node: d.Items) -> str:
    return "".join(f"\n#pad(left: 8mm)[{_escaped(item.number)} {_all(item.children)}]\n" for item in node.items)


def _table(node: d.Table) -> str:
    rows = [row for row in (node.head, *node.rows) if row]
    cells = ", ".join(f"[{_inlines(cell.children)}]" for row in rows for cell in row)
    caption = f"\n*{_inlines(node.caption)}*\n" if node.caption else ""
    return f"{caption}\n#table(columns: {len(node.aligns)}, {cells})\n"


def _signatures(node: d.Signatures) -> str:
    people = [
        f"[{_escaped(each.role)} \\ {_escaped(each.entity.text)} \\ By: \\ Name: {_escaped(each.name.text)} \\ "
        f"Title: {_escaped(each.title.text)} \\ Date:]"
        for each in node.signatories
    ]
    return f"\n{_inlines(node.lead)}\n\n#grid(columns: {len(people)}, {', '.join(people)})\n"


_BLOCKS: dict[type, Callable[[Any], str]] = {
    d.Paragraph: _paragraph,
    d.Section: _section,
    d.Items: _items,
    d.Table: _table,
    d.Box: lambda node: f"\n#rect(width: 100%)[{_all(node.children)}]\n",
    d.Signatures: _signatures,
}


def _inlines(inlines: Iterable[d.Inline]) -> str:
    return "".join(map(_inline, inlines))


def _inline(node: d.Inline) -> str:
    match node:
        case d.Strong(children=inside):
            return f"#strong[{_inlines(inside)}]"
        case d.Emphasis(children=inside):
            return f"#emph[{_inlines(inside)}]"
        case d.Definition(term=term):
            return f"“#strong[{_escaped(term)}]”"
        case d.Break():
            return " \\ "
    return _escaped(d.plain(node))


def _escaped(text: str) -> str:
    """Put a backslash before every character that could be markup."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)


def _string(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
