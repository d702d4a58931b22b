"""The marks of a draft: a watermark, a box on the cover that lists the open points, and a word in the footer. Pure."""

from collections.abc import Sequence

from msgspec.structs import replace

from contract_assembly.document.tree import (
    Block,
    Box,
    Document,
    Item,
    Items,
    Node,
    Paragraph,
    Part,
    Signatures,
    Strong,
    Text,
    rewrite,
)

WATERMARK = "DRAFT"
_CONTRACT, _LETTER = "Draft, not for signature.", "Draft, not to be sent."
STAMP = 10  # hex digits: enough for every version that a firm ever sends


def marked(document: Document, unapproved: int, gates: Sequence[str]) -> Document:
    """A document as a draft: `unapproved` clauses await approval, and a person has yet to confirm the `gates`."""
    words = _LETTER if any(part.kind == "letter" for part in document.parts) else _CONTRACT
    box = Box(tuple(_words(words, unapproved, gates)))
    first = next((n for n, part in enumerate(document.parts) if part.kind == "cover"), 0)
    parts = tuple(_with_box(part, box) if n == first else part for n, part in enumerate(document.parts))
    meta = replace(document.meta, watermark=WATERMARK, footer=f"{document.meta.footer} · draft")
    return replace(document, meta=meta, parts=parts)


def finished(document: Document, digest: str) -> Document:
    """A document as the final version, open for signature, with the first digits of a digest in its footer, by which the record
    of a printed copy is found."""
    footer = f"{document.meta.footer} · {digest[:STAMP]}"
    return rewrite(replace(document, meta=replace(document.meta, footer=footer)), _opened, {Signatures})


def _opened(node: Node) -> Node:
    return replace(node, is_open=True) if isinstance(node, Signatures) else node


def _with_box(part: Part, box: Box) -> Part:
    return replace(part, children=(box, *part.children))


def _words(words: str, unapproved: int, gates: Sequence[str]) -> list[Block]:
    head = Strong((Text(words),))
    clauses = (
        "" if not unapproved else f" {unapproved} {'clause awaits' if unapproved == 1 else 'clauses await'} approval."
    )
    if not gates:
        return [Paragraph((head, Text(clauses)) if clauses else (head,))]
    if len(gates) == 1:
        return [Paragraph((head, Text(f"{clauses} To be confirmed: {gates[0]}")))]
    return [
        Paragraph((head, Text(f"{clauses} To be confirmed:"))),
        Items(tuple(Item((Paragraph((Text(gate),)),)) for gate in gates)),
    ]
