"""The changes between two states of a contract, unit by unit, and how to apply them to the first state. Pure.

A unit is the smallest part that can be named: a schedule, a clause, a subsection, or a definition or captioned table
inside one. Units are compared as they are printed in the review text, so a difference that changes no printed word is
not a change.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from contract_assembly.document import tree as d
from contract_assembly.document.defined_terms import is_definition
from contract_assembly.letters.amendments.pairing import pairs
from contract_assembly.writers.markdown import words

Op = Literal["add", "replace", "delete", "retitle"]


class UnitChange(Struct, frozen=True):
    """One unit that is added, replaced, deleted or given another title.

    `at` is its place in the earlier state, as positions from the document down; an addition goes before the unit at
    that place. `inside` are the units that contain it, in the earlier state; `after` is the unit that it follows, in
    the later state.
    """

    op: Op
    at: tuple[int, ...]
    inside: tuple[d.Node, ...]
    old: Any = None
    new: Any = None
    after: Any = None


def compare(old: d.Document, new: d.Document) -> tuple[UnitChange, ...]:
    """The changes that turn the first state into the second, in reading order. Both must be numbered and resolved."""
    return tuple(_between(old.parts, new.parts, (), (), _parts))


def apply(old: d.Document, changes: Iterable[UnitChange]) -> d.Document:
    """The first state with changes applied. Additions at one place keep the order given."""
    return replace(old, parts=_applied(old.parts, (), tuple(changes)))


# ---- comparing

_Inner = Callable[[Any, Any, tuple[int, ...], tuple[d.Node, ...]], Iterator[UnitChange]]


def _between(
    old: Sequence[d.Node], new: Sequence[d.Node], at: tuple[int, ...], inside: tuple[d.Node, ...], inner: _Inner
) -> Iterator[UnitChange]:
    """Changes among siblings: at each place first the additions before it, then the change of the unit there."""
    same = pairs(old, new)
    partner, kept = dict(same), {j for _, j in same}
    place, added = 0, dict[int, list[UnitChange]]()
    back = {j: i for i, j in same}
    for j, node in enumerate(new):
        if j in kept:
            place = back[j] + 1
            continue
        added.setdefault(place, []).append(
            UnitChange(op="add", at=(*at, place), inside=inside, old=None, new=node, after=new[j - 1] if j else None)
        )
    for i in range(len(old) + 1):
        yield from added.get(i, ())
        if i == len(old):
            break
        if i in partner:
            yield from inner(old[i], new[partner[i]], (*at, i), inside)
        else:
            yield UnitChange("delete", (*at, i), inside, old[i])


def _parts(old: d.Part, new: d.Part, at: tuple[int, ...], inside: tuple[d.Node, ...]) -> Iterator[UnitChange]:
    yield from _titles(old, new, at, inside)
    yield from _between(old.children, new.children, at, (*inside, old), _blocks)


def _blocks(old: Any, new: Any, at: tuple[int, ...], inside: tuple[d.Node, ...]) -> Iterator[UnitChange]:
    """A clause, or another block directly in a part."""
    if words(old) == words(new):
        return
    if not isinstance(old, d.Section) or not _by_subsection(old, new):
        yield UnitChange("replace", at, inside, old, new)
        return
    yield from _titles(old, new, at, inside)
    yield from _between(old.children, new.children, at, (*inside, old), _subsections)


def _by_subsection(old: d.Section, new: d.Section) -> bool:
    """Whether each subsection of a clause can be named: by a number or, if nothing is numbered, by a caption."""
    both = (*old.children, *new.children)
    named = all(isinstance(each, d.Section) and (each.number or (not old.number and each.heading)) for each in both)
    return named and all(
        old.children[i].number == new.children[j].number  # type: ignore[union-attr]
        for i, j in pairs(old.children, new.children)
    )


def _subsections(
    old: d.Section, new: d.Section, at: tuple[int, ...], inside: tuple[d.Node, ...]
) -> Iterator[UnitChange]:
    if words(old) == words(new):
        return
    if d.plain(old.heading) == d.plain(new.heading):
        found = tuple(_between(old.children, new.children, at, (*inside, old), _leaves))
        if found and all(_nameable(node) for each in found for node in (each.old, each.new) if node is not None):
            yield from found
            return
    yield UnitChange("replace", at, inside, old, new)


def _leaves(old: Any, new: Any, at: tuple[int, ...], inside: tuple[d.Node, ...]) -> Iterator[UnitChange]:
    if words(old) != words(new):
        yield UnitChange("replace", at, inside, old, new)


def _nameable(node: d.Node) -> bool:
    """Whether a block inside a subsection can be named: a definition by its term, a table by its caption."""
    return bool(node.caption) if isinstance(node, d.Table) else isinstance(node, d.Paragraph) and is_definition(node)


def _titles(old: Any, new: Any, at: tuple[int, ...], inside: tuple[d.Node, ...]) -> Iterator[UnitChange]:
    if d.plain(old.heading) != d.plain(new.heading):
        yield UnitChange("retitle", at, inside, old, new)


# ---- applying


def _applied(nodes: Sequence[Any], at: tuple[int, ...], changes: tuple[UnitChange, ...]) -> tuple[Any, ...]:
    found: list[Any] = []
    for n in range(len(nodes) + 1):
        here = (*at, n)
        found += [each.new for each in changes if each.at == here and each.op == "add"]
        if n < len(nodes):
            found += _one_applied(nodes[n], here, changes)
    return tuple(found)


def _one_applied(node: Any, here: tuple[int, ...], changes: tuple[UnitChange, ...]) -> tuple[Any, ...]:
    for each in changes:
        if each.at == here and each.op in {"replace", "delete"}:
            return (each.new,) if each.op == "replace" else ()
    below = tuple(each for each in changes if each.at[: len(here)] == here and len(each.at) > len(here))
    titles = [each.new.heading for each in changes if each.at == here and each.op == "retitle"]
    node = replace(node, heading=titles[0]) if titles else node
    return (replace(node, children=_applied(node.children, here, below)) if below else node,)
