"""Carry changed words into the Markdown of a clause, with its facts still in braces where they were not touched. Pure.

The printed words of a clause are aligned with the words of its source. What cannot be carried with certainty is refused; whether
the result prints the right words is checked by assembling it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from msgspec import Struct

from contract_assembly.actions.negotiation.returned_words import Word
from contract_assembly.actions.negotiation.typed_references import linked
from contract_assembly.compare.words import blocks, cut
from contract_assembly.document.numbering import ITEMS

_ITEM = r"\([a-z]{1,5}\)"  # the marks of list items that clauses are read with
_NESTED = 4  # spaces before the mark of an item in a list inside a list
_UNIT = re.compile(
    r"(?P<fact>\{\{.*?\}\})|(?P<mute>\{%.*?%\}|<!--.*?-->|\{#[a-z0-9-]+\}"
    rf"|(?m:^[ >]*{_ITEM}[ ])"
    r"|(?m:^[ >]*\#+[ ])|\*+|\|)"
    r"|(?P<link>\[\]\(#[a-z0-9-]+\))|(?P<text>(?:(?!\{\{|\{%|<!--|\{#|\[\]\(|\*|\||\n).)+|\n)",
    re.DOTALL,
)
_STRAIGHT = str.maketrans("“”‘’", "\"\"''")
_MARKER = re.compile(rf"^([ >]*){_ITEM}[ ]?", re.MULTILINE)
_EMPTY = re.compile(r"[ >]*" + _ITEM + r"|#+ *(?:\{#[a-z0-9-]+\})?")  # what is left of an item, or of a caption


class CannotCarryError(Exception):
    """The words cannot be carried into the source; its message is a reason."""


class WordEdit(Struct, frozen=True):
    """One step over the printed words of a clause: word number `at` is kept or dropped, or, where `at` is None, `text` comes
    in, as the Markdown `source` if it is given. `side` is "" for words inside a paragraph, "line" for paragraphs, "item" for
    items of a list, and "start" or "end" for paragraphs that begin or end the clause."""

    at: int | None
    keep: bool = False
    text: str = ""
    source: str = ""
    side: str = ""


class _Unit(Struct, frozen=True):
    """A piece of the source that prints a word, a fact or a reference."""

    kind: str
    text: str
    start: int
    end: int


def carried(
    source: str, printed: Sequence[Word], edits: Sequence[WordEdit], sections: Mapping[str, str] | None = None
) -> str:
    """The source with these edits. `printed` are the words that it prints now, without ends of paragraphs; `sections` are the ids
    of sections by the numbers that new words may name. Raises CannotCarryError."""
    units = list(_units(source))
    at = _mapped(units, printed)
    dropped = {each.at for each in edits if each.at is not None and not each.keep}
    cuts = _units_of(units, at, printed, sorted(dropped))
    inserts: dict[int, str] = {}
    before: int | None = None
    for n, each in enumerate(edits):
        if each.at is not None:
            before = each.at
            continue
        after = next((other.at for other in edits[n + 1 :] if other.at is not None), None)
        place, text = _incoming(source, units, at, each, near=(before, after), sections=sections or {})
        inserts[place] = inserts.get(place, "") + text
    return _tidied(_written(source, units, cuts, inserts), source)


def taken_from(source: str, printed: Sequence[Word], positions: Sequence[int]) -> tuple[str, str]:
    """The Markdown of some printed words that are in one piece, with its facts in braces; and "line" if it is whole lines of the
    source, as `Edit.side` has it. Raises CannotCarryError."""
    units = list(_units(source))
    own = _units_of(units, _mapped(units, printed), printed, positions)
    if not own or own != set(range(min(own), max(own) + 1)):
        raise CannotCarryError("the words are not in one piece in the clause’s file")
    start, end = units[min(own)].start, units[max(own)].end
    first, last = source.rfind("\n", 0, start) + 1, _line_end(source, end)
    whole = not any(first <= each.start < start or end <= each.start < last for each in units)
    text = source[first:last] if whole else source[start:end]
    if len(re.findall(r"\{%-? *(?:if|for)\b", text)) != len(re.findall(r"\{%-? *end(?:if|for)\b", text)):
        raise CannotCarryError("a condition of the clause’s file begins or ends among the words")
    return text, "line" if whole else ""


def _units_of(units: Sequence["_Unit"], at: dict[int, int], printed: Sequence[Word], words: Sequence[int]) -> set[int]:
    """The units that print these words and no others. A full stop or a bracket that the program prints itself has none."""
    wanted = set(words)
    whole: dict[int, set[int]] = {}
    for n, one in at.items():
        whole.setdefault(one, set()).add(n)
    found: set[int] = set()
    for n in words:
        unit = at.get(n)
        if unit is None:
            if any(map(str.isalnum, printed[n].text)):
                raise CannotCarryError(f"“{printed[n].text}” is not a word of the clause’s file")
            continue
        if not whole[unit] <= wanted:
            raise CannotCarryError(f"only a part of {units[unit].text} went")
        found.add(unit)
    return found


def _line_end(source: str, position: int) -> int:
    end = source.find("\n", position)
    return len(source) if end < 0 else end


def _units(source: str) -> Iterator[_Unit]:
    for match in _UNIT.finditer(source):
        kind = str(match.lastgroup)
        if kind == "mute":
            continue
        if kind != "text":
            yield _Unit(kind, match[0], match.start(), match.end())
            continue
        start = match.start()
        for token in cut(match[0]):
            if not token.text.isspace():
                yield _Unit("word", token.text, start, start + len(token.text))
            start += len(token.text)


def _mapped(units: Sequence[_Unit], printed: Sequence[Word]) -> dict[int, int]:
    """For each printed word, the unit that prints it, where that is certain."""
    found: dict[int, int] = {}
    old = [f"\0{each.place}" if each.fact else each.text.translate(_STRAIGHT) for each in printed]
    new = [each.text.translate(_STRAIGHT) if each.kind == "word" else f"\0{each.text}" for each in units]
    for block in blocks(old, new):
        (a, b), (c, d) = block.old, block.new
        if block.same:
            found |= {a + n: c + n for n in range(b - a)}
        else:
            found |= _in_gap(units, printed, range(a, b), range(c, d))
    return found


def _in_gap(units: Sequence[_Unit], printed: Sequence[Word], words: range, those: range) -> dict[int, int]:
    """Facts print words that their braces do not have, and references too. Where both sides of a gap have the same pattern of
    facts and other words, they are paired in order."""
    shown = [list(group) for _, group in groupby(words, key=lambda n: printed[n].place or -1)]
    made = [list(group) for _, group in groupby(those, key=lambda k: k if units[k].kind == "fact" else -1)]
    kinds = [bool(printed[each[0]].fact) for each in shown], [units[each[0]].kind == "fact" for each in made]
    if kinds[0] != kinds[1]:
        return {}
    found: dict[int, int] = {}
    for own, theirs in zip(shown, made, strict=True):
        if units[theirs[0]].kind == "fact" or (len(theirs) == 1 and units[theirs[0]].kind == "link"):
            found |= dict.fromkeys(own, theirs[0])
        elif len(own) == len(theirs) and all(units[k].kind == "word" for k in theirs):
            found |= dict(zip(own, theirs, strict=True))  # the same words in another spelling
    return found


def _incoming(
    source: str, units: Sequence[_Unit], at: dict[int, int], edit: WordEdit, near: tuple[int | None, int | None],
    sections: Mapping[str, str],
) -> tuple[int, str]:  # fmt: skip
    """The position in the source at which words come in, and their Markdown with the white space that they need."""
    text = edit.source or markdown(edit.text.strip("\n"), sections)
    if edit.side == "start":
        return 0, f"{text}\n\n"
    if edit.side == "end":
        return len(source.rstrip("\n")), f"\n\n{text}"
    lead, trail = (units[at[n]] if n is not None and n in at else None for n in near)
    if edit.side == "item":
        return _among_items(source, text, lead, trail)
    if lead is None and trail is None:
        raise CannotCarryError("the place of the new words is not certain in the clause’s file")
    paragraphs = (
        edit.side == "line" or edit.text.startswith("\n") or (edit.text.endswith("\n") and _ends_line(source, lead))
    )
    if paragraphs and lead is not None:
        return _line_end(source, lead.end), f"\n\n{text}"
    if paragraphs and trail is not None:
        return source.rfind("\n", 0, trail.start) + 1, f"{text}\n\n"
    if lead is not None:
        return lead.end, f"{' ' if edit.text[:1].isspace() else ''}{text}"
    assert trail is not None  # noqa: S101  # one of both is there
    return trail.start, f"{text}{' ' if near[0] is None else ''}"


def _among_items(source: str, text: str, lead: _Unit | None, trail: _Unit | None) -> tuple[int, str]:
    """The position at which items come into a list: after the item of the word before them, or before that of the next one."""
    if lead and _MARKER.match(source, source.rfind("\n", 0, lead.start) + 1):
        return _line_end(source, lead.end), f"\n{text}"
    if trail and _MARKER.match(source, start := source.rfind("\n", 0, trail.start) + 1):
        return start, f"{text}\n"
    raise CannotCarryError("the new items are beside no list of the clause’s file")


def _ends_line(source: str, unit: _Unit | None) -> bool:
    return unit is None or not source[unit.end : _line_end(source, unit.end)].strip(" *")


def markdown(text: str, sections: Mapping[str, str]) -> str:
    """Words as Markdown that means nothing but themselves, paragraphs apart; sections that they name by number are references.
    Raises CannotCarryError."""
    if any(mark in text for mark in ("{{", "}}", "{%", "%}", "{#")):
        raise CannotCarryError("the new words contain braces")
    paragraphs = (re.sub(r"([\\*_\[\]<>#|`&])", r"\\\1", each.strip()) for each in text.split("\n"))
    return "\n\n".join(linked(each, sections) for each in paragraphs)


def _written(source: str, units: Sequence[_Unit], cuts: set[int], inserts: dict[int, str]) -> str:
    out: list[str] = []
    at = 0
    steps = [(units[k].start, units[k].end, "") for k in cuts]
    steps += [(place, place, text) for place, text in inserts.items()]
    for start, end, text in sorted(steps, key=lambda each: (each[0], each[1])):
        out.append(source[at : max(at, start)] + text)
        at = max(at, end)
    return "".join([*out, source[at:]])


def _tidied(text: str, source: str) -> str:
    """Without what a removal leaves behind: doubled blanks, list items without words, and letters that are out of order."""
    lines = [re.sub(r"(?<=\S) {2,}(?=\S)", " ", line).rstrip() for line in text.split("\n")]
    lines = [re.sub(r" +(?=[.,;:)])", "", line) if line not in source.split("\n") else line for line in lines]
    lines = [line.replace("****", "") if line not in source.split("\n") else line for line in lines]
    kept = [line for line in lines if not _EMPTY.fullmatch(line)]
    found = re.sub(r"\n{3,}", "\n\n", "\n".join(_relettered(kept)))
    return f"{found.rstrip(chr(10))}\n" if source.endswith("\n") else found


def _relettered(lines: Sequence[str]) -> Iterator[str]:
    counts: dict[str, int] = {}
    for line in lines:
        match = _MARKER.match(line)
        if not match:
            if line.strip() and not line.startswith(" "):
                counts.clear()
            yield line
            continue
        indent = match[1]
        for deeper in [each for each in counts if len(each) > len(indent)]:
            del counts[deeper]
        number = counts[indent] = counts.get(indent, 0) + 1
        nested = len(indent.rpartition(">")[2]) >= _NESTED
        mark = ITEMS[nested](number)
        yield f"{indent}({mark}) {line[match.end() :]}"
