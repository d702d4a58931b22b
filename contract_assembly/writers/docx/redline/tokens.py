"""Split a paragraph of a Word file into atoms to keep, insert or delete: words, fields, links. Pure; works on lxml
elements.

Everything that a writer puts between `w:p` and `/w:p` becomes a sequence of atoms, and then runs inside tracked
changes.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import deepcopy
from itertools import count, groupby
from typing import Any, TypeAlias

from lxml import etree
from msgspec import Struct

from contract_assembly.compare.splits import DELETED, INSERTED, KEPT
from contract_assembly.compare.words import blocks, cut, readable

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
Element: TypeAlias = Any  # of lxml, which has no types
_Make: TypeAlias = Callable[[Element | None, str], Element]  # a run with these properties and this text

MOVED_HERE, MOVED_AWAY = "moveTo", "moveFrom"


class Atom(Struct, frozen=True):
    """The smallest piece that changes as a whole: a token of text, a field, a tab. Atoms with equal `key` are the same;
    `link` is the bookmark it links to, `field` the text that a field shows, and `solid` is false for blank text."""

    key: str
    runs: tuple[Element, ...]
    link: str = ""
    field: str = ""
    solid: bool = True


class Pen:
    """Creates change marks with an author, a time, and ids that are unique within a file."""

    def __init__(self, author: str, moment: str) -> None:
        self.author, self.moment = author, moment
        self._numbers = count(100_000)  # far above those of bookmarks

    def mark(self, tag: str, **more: str) -> Element:
        """An element that marks a change."""
        mark = etree.Element(f"{W}{tag}")
        for key, value in {"id": str(next(self._numbers)), "author": self.author, "date": self.moment, **more}.items():
            mark.set(f"{W}{key}", value)
        return mark


# ---- reading


def atoms(paragraph: Element) -> list[Atom]:
    """The words and fields of a paragraph, in order, without its properties and bookmarks."""
    return _atoms(paragraph, _run)


def _atoms(paragraph: Element, make: _Make) -> list[Atom]:
    found: list[Atom] = []
    for linked, group in groupby(paragraph, key=lambda child: bool(child.tag == f"{W}hyperlink")):
        if linked:
            for link in group:
                found += _of_runs(list(link), link.get(f"{W}anchor", ""), make)
        else:
            found += _of_runs(list(group), "", make)
    return found


def _of_runs(children: Sequence[Element], link: str, make: _Make) -> list[Atom]:
    found: list[Atom] = []
    runs = iter([child for child in children if child.tag == f"{W}r"])
    for run in runs:
        found += [_field(run, runs, link)] if _fields(run, "begin") else _words(run, link, make)
    return found


def _fields(run: Element, kind: str) -> bool:
    mark = run.find(f"{W}fldChar")
    return mark is not None and mark.get(f"{W}fldCharType") == kind


def _field(first: Element, rest: Iterator[Element], link: str) -> Atom:
    """A field as one atom, identified by its instruction; its result may change."""
    runs = [first]
    for run in rest:
        runs.append(run)
        if _fields(run, "end"):
            break
    code = "".join(each.text or "" for run in runs for each in run.iter(f"{W}instrText"))
    shown = "".join(each.text or "" for run in runs for each in run.iter(f"{W}t"))
    return Atom(f"{link}\0{code}", tuple(runs), link, shown)


def _words(run: Element, link: str, make: _Make) -> list[Atom]:
    properties = run.find(f"{W}rPr")
    style = serialized(properties)
    texts = run.findall(f"{W}t")
    if len(texts) != 1:
        return [Atom(f"{link}\0{serialized(run)}", (run,), link)]
    return [
        Atom(f"{link}\0{style}\0{token.text}", (make(properties, token.text),), link, solid=not token.text.isspace())
        for token in cut(texts[0].text or "")
    ]


def _run(properties: Element | None, text: str) -> Element:
    run = etree.Element(f"{W}r")
    if properties is not None:
        run.append(deepcopy(properties))
    words = etree.SubElement(run, f"{W}t")
    words.set(_SPACE, "preserve")
    words.text = text
    return run


def serialized(element: Element | None) -> str:
    """Serialize an element independently of the namespace prefixes that its file uses."""
    if element is None:
        return ""
    about = "".join([f" {name}={value}" for name, value in sorted(element.attrib.items())])
    return f"<{element.tag}{about}>{element.text or ''}{''.join(map(serialized, element))}</>"


def tokens_of(paragraph: Element) -> tuple[str, ...]:
    """The words of a paragraph as tokens; a reference counts by its target, not by its number."""
    found = _atoms(paragraph, lambda _properties, _text: None)  # a run for each word is only needed where it is written
    return tuple(atom.key.rpartition("\0")[2] if not atom.field else atom.key for atom in found)


# ---- writing


def written(pieces: Iterable[tuple[str, Atom]], pen: Pen) -> Iterator[Element]:
    """Write atoms with their fates as children of a paragraph."""
    for link, linked in groupby(pieces, key=lambda piece: piece[1].link):
        inside = [
            child for fate, group in groupby(linked, key=lambda piece: piece[0]) for child in _as(fate, group, pen)
        ]
        if link:
            holder = etree.Element(f"{W}hyperlink")
            holder.set(f"{W}anchor", link)
            holder.set(f"{W}history", "1")
            holder.extend(inside)
            yield holder
        else:
            yield from inside


def compared(old: Sequence[Atom], new: Sequence[Atom], pen: Pen) -> Iterator[Element]:
    """The children of a paragraph that both files have, with the changes inside it."""
    yield from written(fates(old, new, pen), pen)


def fates(old: Sequence[Atom], new: Sequence[Atom], pen: Pen) -> list[tuple[str, Atom]]:
    """Each atom of both sides with its fate (kept, inserted or deleted), in the order of the merged paragraph."""
    pieces: list[tuple[str, Atom]] = []
    found = blocks([each.key for each in old], [each.key for each in new])
    for block in readable(found, [each.solid for each in old]):
        if block.same:
            pairs = zip(old[slice(*block.old)], new[slice(*block.new)], strict=True)
            pieces += [(KEPT, _with_tracked_result(before, after, pen)) for before, after in pairs]
        else:
            pieces += [(DELETED, each) for each in old[slice(*block.old)]]
            pieces += [(INSERTED, each) for each in new[slice(*block.new)]]
    return pieces


def _with_tracked_result(old: Atom, new: Atom, pen: Pen) -> Atom:
    """A field that is kept but shows another number. Its result is tracked, so that both states are right."""
    if old.field == new.field:
        return new
    result = [run for run in new.runs if run.find(f"{W}t") is not None]
    before = [run for run in old.runs if run.find(f"{W}t") is not None]
    start, end = new.runs.index(result[0]), new.runs.index(result[-1]) + 1
    changed = [
        *_as(DELETED, [(DELETED, Atom("", tuple(before)))], pen),
        *_as(INSERTED, [(INSERTED, Atom("", tuple(result)))], pen),
    ]
    return Atom(new.key, (*new.runs[:start], *changed, *new.runs[end:]), new.link, new.field)


def _as(fate: str, pieces: Iterable[tuple[str, Atom]], pen: Pen) -> Iterator[Element]:
    runs = list(_joined(deepcopy(run) for _, atom in pieces for run in atom.runs))
    if fate == KEPT:
        yield from runs
        return
    mark = pen.mark(fate)
    mark.extend([_FATES.get(fate, lambda run: run)(run) for run in runs])
    yield mark


def _joined(runs: Iterable[Element]) -> Iterator[Element]:
    """Join adjacent text runs with the same properties into one."""
    for properties, group in groupby(runs, key=_text_properties):
        first, *rest = group
        if properties is None:
            yield from (first, *rest)
            continue
        words = _text_of(first)
        words.text = "".join(_text_of(each).text or "" for each in (first, *rest))
        yield first


def _text_properties(run: Element) -> str | None:
    """The properties of a run that holds only text; None for any other element."""
    return None if _text_of(run) is None else serialized(run.find(f"{W}rPr"))


def _text_of(run: Element) -> Element:
    """The text element of a run that holds nothing else; otherwise None."""
    if run.tag != f"{W}r":
        return None
    inside = [child for child in run if child.tag != f"{W}rPr"]
    return inside[0] if len(inside) == 1 and inside[0].tag == f"{W}t" else None


def _as_deleted(run: Element) -> Element:
    """Use Word's elements for deleted text and deleted instructions."""
    for name, other in (("t", "delText"), ("instrText", "delInstrText")):
        for each in run.iter(f"{W}{name}"):
            each.tag = f"{W}{other}"
    return run


_FATES: dict[str, Callable[[Element], Element]] = {DELETED: _as_deleted}
