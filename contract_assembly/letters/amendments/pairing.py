"""Which unit of a later state is which unit of the earlier one. Pure; knows only the tree.

Parts, clauses and captioned subsections are known by their ids. A subsection without an id is known by its words, and where
these have changed, by its place between the units that are known.
"""

from collections.abc import Sequence
from difflib import SequenceMatcher

from contract_assembly.document import tree as d
from contract_assembly.document.defined_terms import term_of


def pairs(old: Sequence[d.Node], new: Sequence[d.Node]) -> tuple[tuple[int, int], ...]:
    """The positions of units that are the same, in order; what was moved counts as taken out and put in."""
    keys = [key(each) for each in old], [key(each) for each in new]
    found: list[tuple[int, int]] = []
    for how, first, last, to_first, to_last in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        before, after = range(first, last), range(to_first, to_last)
        if how != "equal":
            before, after = ([n for n in here if not _named(side[n])] for here, side in ((before, old), (after, new)))  # type: ignore[assignment]
            found += [(i, j) for i, j in zip(before, after, strict=False) if type(old[i]) is type(new[j])]
        else:
            found += zip(before, after, strict=True)
    return tuple(found)


def key(node: d.Node) -> str:
    """What a unit is known by among its neighbours."""
    if name := _named(node):
        return f"{type(node).__name__} {name}"
    return f"{type(node).__name__} {_words(node)}"


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
