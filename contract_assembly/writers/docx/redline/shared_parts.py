"""Prepare what two Word files share in a merged file: lists, bookmarks, the field around the contents. Changes elements
only."""

from collections.abc import Iterable, Sequence

from lxml import etree

from contract_assembly.compare.align import placed
from contract_assembly.writers.docx.redline.plan import Chunk, RedlineBlock, RedlineStep, style
from contract_assembly.writers.docx.redline.tokens import Element, W

_OWN_LISTS = 4  # list instances from here on belong to one document; those of the old file are renumbered
_APART = 10_000
_ENTRIES = ("TOC1", "TOC2")  # the styles of the table of contents


def saved(tree: Element) -> bytes:
    """Serialize a part of a Word file."""
    return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))


def lists_apart(old: Element) -> None:
    """Renumber the list instances of the old file so that none shares a number with the new file."""
    for each in old.iter(f"{W}numId"):
        if int(each.get(f"{W}val", "0")) >= _OWN_LISTS:
            each.set(f"{W}val", str(int(each.get(f"{W}val", "0")) + _APART))


def join_lists(plan: Iterable[RedlineStep]) -> None:
    """Use one instance, the new file's, for each list that both files have, also for items deleted from it."""
    kept = [(_numbers(step.old), _numbers(step.new)) for step in plan if step.old and step.new]
    joined: dict[str, str] = {}
    for before, after in kept:
        for mine, its in zip(before, after, strict=False):
            number, other = mine.get(f"{W}val", ""), its.get(f"{W}val", "")
            if int(number) >= _APART and int(other) >= _OWN_LISTS and other not in joined.values():
                joined.setdefault(number, other)
    for step in plan:
        for each in _numbers(step.old):
            each.set(f"{W}val", joined.get(each.get(f"{W}val", ""), each.get(f"{W}val", "")))


def _numbers(blocks: Iterable[RedlineBlock]) -> list[Element]:
    return [each for block in blocks for element in block.elements for each in element.iter(f"{W}numId")]


def lists(before: bytes, after: bytes, used: set[str]) -> bytes:
    """The new file's lists, plus those of the old file that deleted paragraphs still use."""
    old, new = etree.fromstring(before), etree.fromstring(after)
    for each in old.findall(f"{W}num"):
        number = str(int(each.get(f"{W}numId", "0")) + _APART)
        if number in used:
            each.set(f"{W}numId", number)
            new.append(each)
    return saved(new)


def moved(old: Sequence[Chunk], new: Sequence[Chunk]) -> set[str]:
    """The bookmarks of units that appear in the merged file twice."""
    return {old[p.old].key for p in placed(old, new) if p.moved and p.old is not None} & {each.key for each in new}


def set_apart(old: Element, twice: set[str]) -> None:
    """Rename the bookmarks in `twice` at the old place of a moved unit, with all links to them, and renumber every
    bookmark of the old file."""
    for each in (*old.iter(f"{W}bookmarkStart"), *old.iter(f"{W}bookmarkEnd")):
        each.set(f"{W}id", str(int(each.get(f"{W}id", "0")) + _APART))
        if each.get(f"{W}name") in twice:
            each.set(f"{W}name", _other(each.get(f"{W}name", "")))
    for each in old.iter(f"{W}hyperlink"):
        if each.get(f"{W}anchor") in twice:
            each.set(f"{W}anchor", _other(each.get(f"{W}anchor", "")))
    for each in old.iter(f"{W}instrText"):
        for name in twice & set((each.text or "").split()):
            each.text = (each.text or "").replace(name, _other(name))


def _other(name: str) -> str:
    return f"was{name[3:]}" if len(name) > 3 else f"was{name}"


def unwrap(tree: Element) -> None:
    """Replace content controls with their content, because Word cannot accept or reject changes across them."""
    for control in list(tree.iter(f"{W}sdt")):
        inside = control.find(f"{W}sdtContent")
        at = control.getparent()
        place = at.index(control)
        at.remove(control)
        for child in reversed(list(inside) if inside is not None else []):
            at.insert(place, child)


def without_contents(tree: Element) -> tuple[list[Element], list[Element]]:
    """Remove the field around the table of contents, because it spans paragraphs that may be inserted or deleted."""
    entries = [each for each in tree.iter(f"{W}p") if style(each) in _ENTRIES]
    if not entries:
        return [], []
    opening = [
        run
        for run in entries[0].findall(f"{W}r")
        if run.find(f"{W}fldChar") is not None or run.find(f"{W}instrText") is not None
    ]
    closing = [
        run for run in entries[-1].findall(f"{W}r") if run.find(f"{W}fldChar") is not None and run not in opening
    ]
    for run in (*opening, *closing):
        run.getparent().remove(run)
    return opening, closing


def with_contents(body: Element, field: tuple[list[Element], list[Element]]) -> None:
    """Restore the field if its first and last entries are unchanged; otherwise the contents remain plain paragraphs."""
    entries = [each for each in body.iter(f"{W}p") if style(each) in _ENTRIES]
    if not entries or any(each.find(f"{W}pPr/{W}rPr") is not None for each in (entries[0], entries[-1])):
        return
    for run in reversed(field[0]):
        entries[0].insert(1, run)
    entries[-1].extend(field[1])
