"""Which unit of a later state is which unit of the earlier one. Pure; knows only the tree.

Parts, clauses and captioned subsections are known by their ids, and other blocks by their words: those that share enough are
the same block reworded, as in a redline.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from contract_assembly.compare.align import in_step
from contract_assembly.compare.words import cut
from contract_assembly.document import tree as d
from contract_assembly.document.defined_terms import term_of


@dataclass(frozen=True, slots=True)
class _Unit:
    """A unit as `compare.align` sees it: one with a name pairs only with its namesake, whatever its words."""

    role: str
    identity: str
    words: tuple[str, ...]


def pairs(old: Sequence[d.Node], new: Sequence[d.Node]) -> tuple[tuple[int, int], ...]:
    """The positions of units that are the same, in order; what was moved counts as taken out and put in."""
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
    """What a unit says but for references, whose words follow from numbers."""
    return " ".join(each.text for each in d.walk(node) if isinstance(each, d.Text | d.Value))
