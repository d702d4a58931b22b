"""Stable numbers: an amended contract keeps the number of every unit that existed before. Pure.

A new unit gets the number of the unit before it and a letter (8A, 8.2A, Schedule F1), as in amending statutes, so that
earlier citations stay valid. The number of a deleted unit is not reused.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import count

from msgspec.structs import replace

from contract_assembly.document import tree as d
from contract_assembly.document.numbering import letter, numbered
from contract_assembly.letters.amendments.pairing import pairs

_Taken = frozenset[tuple[str, str]]


def kept(tree: d.Document, earlier: Sequence[d.Document]) -> d.Document:
    """Number a tree according to the states before it, the oldest first; afresh if there are none."""
    fresh = numbered(tree)
    if not earlier:
        return fresh
    taken = frozenset(each for document in earlier for each in _used(document))
    olds = earlier[-1].parts
    partner = {j: olds[i] for i, j in pairs(olds, fresh.parts)}
    letters = _numbers(
        [part.kind == "schedule" for part in fresh.parts],
        [partner[n].number if n in partner else None for n in range(len(fresh.parts))],
        lambda number: ("", number) in taken,
        lambda before, n: f"{before}{n}",
    )
    parts = (
        _part(replace(part, number=number), partner.get(n), taken)
        for n, (part, number) in enumerate(zip(fresh.parts, letters, strict=True))
    )
    return replace(fresh, parts=tuple(parts))


def _used(document: d.Document) -> Iterable[tuple[str, str]]:
    """Every number with the part in which it counts; the letters of schedules count in the document."""
    for part in document.parts:
        yield "", part.number
        yield from ((part.id, node.number) for node in d.walk(part) if isinstance(node, d.Section))


def _part(part: d.Part, old: d.Part | None, taken: _Taken) -> d.Part:
    if old is None or part.kind == "cover":
        return part
    partner = {j: old.children[i] for i, j in pairs(old.children, part.children)}
    numbers = _numbers(
        [isinstance(each, d.Section) for each in part.children],
        [getattr(partner.get(n), "number", None) for n in range(len(part.children))],
        lambda number: (part.id, number) in taken,
        lambda before, n: f"{before}{letter(n).upper()}",
    )
    children = (
        _clause(part, each, number, partner.get(n), taken) if isinstance(each, d.Section) else each
        for n, (each, number) in enumerate(zip(part.children, numbers, strict=True))
    )
    return replace(part, children=tuple(children))


def _clause(part: d.Part, section: d.Section, number: str, old: d.Block | None, taken: _Taken) -> d.Section:
    fresh = tuple(_renumbered(each, section.number, number) for each in section.children)
    if not isinstance(old, d.Section) or any(isinstance(each, d.Section) and not each.number for each in old.children):
        return replace(section, number=number, children=fresh)
    partner = {j: old.children[i] for i, j in pairs(old.children, section.children)}
    numbers = _numbers(
        [isinstance(each, d.Section) for each in section.children],
        [getattr(partner.get(n), "number", None) for n in range(len(section.children))],
        lambda found: (part.id, found) in taken,
        lambda before, n: f"{before}{letter(n).upper()}" if before else f"{number}.{letter(n).upper()}1",
    )
    children = (
        replace(each, number=own) if isinstance(each, d.Section) else each
        for each, own in zip(section.children, numbers, strict=True)
    )
    return replace(section, number=number, children=tuple(children))


def _renumbered(block: d.Block, was: str, now: str) -> d.Block:
    if isinstance(block, d.Section) and block.number:
        return replace(block, number=now + block.number.removeprefix(was))
    return block


def _numbers(
    counting: Sequence[bool],
    old: Sequence[str | None],
    taken: Callable[[str], bool],
    put_in: Callable[[str, int], str],
) -> list[str]:
    """A number for each unit: none if it is not counted, its old one if it existed, otherwise one derived from the
    number before it."""
    found: list[str] = []
    base = ""
    for counted, own in zip(counting, old, strict=True):
        if not counted:
            found.append("")
            continue
        if own is not None:
            base = own
            found.append(own)
            continue
        made = (put_in(base, n) for n in count(1))
        found.append(next(each for each in made if not taken(each) and each not in found))
    return found
