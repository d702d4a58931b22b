"""Match the units of a later state with those of the earlier one. Pure; knows only the tree.

Parts, clauses and captioned subsections are matched by id, other blocks by words: blocks that share enough words are
the same block reworded, as in a redline.
"""

from collections.abc import Sequence

from msgspec import Struct

from contract_assembly.compare.align import in_step
from contract_assembly.compare.words import cut
from contract_assembly.document import tree as d
from contract_assembly.document.defined_terms import term_of


class _Unit(Struct, frozen=True):
    """A unit as `compare.align` needs it. One with a name pairs only with a unit of the same name, whatever its
    words."""

    role: str
    identity: str
    words: tuple[str, ...]


def pairs(old: Sequence[d.Node], new: Sequence[d.Node]) -> tuple[tuple[int, int], ...]:
    """The positions of units that are the same, in order; a moved unit counts as deleted and added."""
    found = in_step([_unit(each) for each in old], [_unit(each) for each in new])
    return tuple((i, j) for i, j in found if i is not None and j is not None)


def _unit(node: d.Node) -> _Unit:
    kind = type(node).__name__
    if name := _named(node):
        return _Unit(f"{kind} {name}", name, ())
    return _Unit(kind, "", tuple(token.key for token in cut(_words(node)) if not token.key.isspace()))


def _named(node: d.Node) -> str:
    """The id of a part or section, the term of a definition, the caption of a table; one signature block is like another."""
    match node:
        case d.Part(id=name) | d.Section(id=name):
            return name
        case d.Signatures():
            return "signatures"
        case d.Table(caption=caption):
            return d.plain(caption)
        case d.Paragraph():
            return term_of(node)
    return ""


def _words(node: d.Node) -> str:
    """The words of a unit without references, whose words depend on numbers."""
    return " ".join(each.text for each in d.walk(node) if isinstance(each, d.Text | d.Value))
