"""Changes as the instructions of an amendment: what happens to which unit, and its complete new text in a box. Pure.

Quotations are sealed as facts are: they are the contract's words, and rules for the amendment's own words do not apply
to them.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from contract_assembly.core.text import NBSP
from contract_assembly.document import tree as d
from contract_assembly.document.defined_terms import is_definition, term_of
from contract_assembly.letters.amendments.changes import UnitChange

QUOTED = "amendment.quoted"
_Earlier = Mapping[str, int]
_Done = Mapping[str, str]


def instructions(changes: Iterable[UnitChange], earlier: _Earlier) -> tuple[d.Section, ...]:
    """One subsection for each change. `earlier` has, by the place of a unit, the amendment that changed it last."""
    return tuple(d.Section("", 2, (), (d.Paragraph(_sentence(each, earlier, _DONE)), *_text(each))) for each in changes)


def place(change: UnitChange) -> str:
    """The place of a change in the contract's numbering, to find the same unit in another amendment."""
    own = change.new if change.op == "add" else change.old
    units = [each for each in (*change.inside, own) if isinstance(each, d.Part | d.Section)]
    return " ".join([units[0].id, *(each.number or d.plain(each.heading) for each in units[1:])])


def in_short(change: UnitChange) -> str:
    """A change without the text that follows: "Section 26.2 (General limit) is replaced"."""
    return d.plain(_sentence(change, {}, _IN_SHORT)).replace(NBSP, " ").rstrip(":")


# ---- the sentence


def _sentence(change: UnitChange, earlier: _Earlier, done: _Done) -> tuple[d.Inline, ...]:
    if change.op == "add":
        return _added(change)
    before = earlier.get(place(change))
    cited = (d.Text(", as changed by "), _quoted(f"Amendment No.{NBSP}{before}"), d.Text(",")) if before else ()
    return (*_capital(_target(change)), *cited, d.Text(done[change.op]))


_DONE: _Done = {
    "replace": " is deleted and replaced by:",
    "delete": " is deleted.",
    "retitle": " has this heading in place of its own:",
}
_IN_SHORT: _Done = {**_DONE, "replace": " is replaced", "retitle": " gets another heading"}


def _added(change: UnitChange) -> tuple[d.Inline, ...]:
    new, inside = change.new, change.inside
    if isinstance(new, d.Paragraph):
        return (
            d.Text("This definition is added to "),
            *_name((*inside[:-1], inside[-1])),
            d.Text(", in its place in the alphabet:"),
        )
    if isinstance(new, d.Table):
        return (d.Text("This table is added to "), *_name(inside), d.Text(":"))
    what = "schedule" if isinstance(new, d.Part) else "paragraph" if _part(inside).kind == "schedule" else "section"
    if isinstance(change.after, d.Part | d.Section):
        where = (d.Text("After "), *_name((*inside, change.after)))
    else:
        where = (d.Text("At the beginning of "), *(_name(inside) if inside else (d.Text("the documents"),)))
    return (*where, d.Text(f", this {what} is inserted:"))


def _target(change: UnitChange) -> tuple[d.Inline, ...]:
    old, inside = change.old, change.inside
    if isinstance(old, d.Part | d.Section):
        return _name((*inside, old))
    if isinstance(old, d.Table) and old.caption:
        return (d.Text("the table "), _quoted(f"“{d.plain(old.caption)}”"), d.Text(" in "), *_name(inside))
    if isinstance(old, d.Paragraph) and is_definition(old):
        return (d.Text("the definition of "), _quoted(f"“{term_of(old)}”"), d.Text(" in "), *_name(inside))
    what = "the signature block of " if isinstance(old, d.Signatures) else "the text before the first heading of "
    return (d.Text(what), *_name(inside))


def _name(path: tuple[d.Node, ...]) -> tuple[d.Inline, ...]:
    """A unit by its number and caption, with the schedule that contains it."""
    part, unit = _part(path), path[-1]
    assert isinstance(unit, d.Part | d.Section)  # noqa: S101  # nothing else has a name
    caption = f" ({d.plain(unit.heading)})" if unit.heading else ""
    schedule = f"Schedule{NBSP}{part.number}"
    if isinstance(unit, d.Part):
        title = f"{schedule}{caption}" if part.kind == "schedule" else f"the {_small(d.plain(part.heading))}"
        return (_quoted("the Cover Page" if part.kind == "cover" else title),)
    if part.kind == "cover":
        return (_quoted(f"“{d.plain(unit.heading)}” on the Cover Page"),)
    if part.kind == "schedule":
        return (_quoted(f"{schedule}, paragraph{NBSP}{unit.number}{caption}"),)
    return (d.Text(f"section{NBSP}"), _quoted(f"{unit.number}{caption}"))


def _part(path: tuple[d.Node, ...]) -> d.Part:
    first = path[0]
    assert isinstance(first, d.Part)  # noqa: S101  # every unit is in a part
    return first


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def _capital(line: tuple[d.Inline, ...]) -> tuple[d.Inline, ...]:
    first = line[0]
    assert isinstance(first, d.Text | d.Value)  # noqa: S101  # names begin with words
    return (replace(first, text=first.text[:1].upper() + first.text[1:]), *line[1:])


# ---- the new text


def _text(change: UnitChange) -> Iterator[d.Block]:
    if change.op == "retitle":
        yield d.Box((d.Paragraph((d.Strong((_quoted(_headed(change.new)),)),)),))
    elif change.new is not None:
        yield d.Box(tuple(_blocks(change.new)))


def _blocks(node: Any) -> Iterator[d.Block]:
    """A unit as blocks without sections; its number and caption are bold words."""
    match node:
        case d.Part() | d.Section(level=1):
            yield d.Paragraph((d.Strong((_quoted(_headed(node)),)),))
            for each in node.children:
                yield from _blocks(each)
        case d.Section():
            yield from _led(node)
        case d.Box(children=inside):
            for each in inside:
                yield from _blocks(each)
        case d.Signatures():
            yield d.Paragraph(_sealed(node.lead))
            yield from map(_signatory, node.signatories)
        case _:
            yield d.rewrite(node, _seal)


def _signatory(one: d.Signatory) -> d.Paragraph:
    filled = zip(one.labels, ("", one.name.text, one.title.text, ""), strict=True)
    lines = (one.role, one.entity.text, *(f"{label} {text}".strip() for label, text in filled))
    return d.Paragraph(tuple(_lines(lines)))


def _lines(texts: Iterable[str]) -> Iterator[d.Inline]:
    for n, text in enumerate(texts):
        if n:
            yield d.Break()
        yield _quoted(text)


def _led(section: d.Section) -> Iterator[d.Block]:
    caption = f"{d.plain(section.heading)}." if section.heading else ""
    words = " ".join(filter(None, (section.number, caption)))
    lead: tuple[d.Inline, ...] = (d.Strong((_quoted(words),)), d.Text(" ")) if words else ()
    first, *rest = section.children
    if isinstance(first, d.Paragraph):
        yield d.Paragraph((*lead, *_sealed(first.children)))
    else:
        if lead:
            yield d.Paragraph(lead[:1])
        yield from _blocks(first)
    for each in rest:
        yield from _blocks(each)


def _headed(node: d.Part | d.Section) -> str:
    if isinstance(node, d.Part):
        return d.plain(d.title(node))
    return NBSP.join(filter(None, (d.label(node), d.plain(node.heading))))  # else a number would end a sentence


def _sealed(line: tuple[d.Inline, ...]) -> tuple[d.Inline, ...]:
    return d.rewrite(d.Paragraph(line), _seal).children


def _seal(node: d.Node) -> d.Node | tuple[d.Node, ...]:
    match node:
        case d.Text(text=text) | d.Value(text=text) | d.Reference(text=text):
            return _quoted(text)
        case d.Definition(term=term):
            return (_quoted("“"), d.Strong((_quoted(term),)), _quoted("”"))
    return node


def _quoted(text: str) -> d.Value:
    return d.Value(text, QUOTED)
