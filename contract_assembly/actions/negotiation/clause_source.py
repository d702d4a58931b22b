"""Carry changed words into the Markdown of a clause, with its facts still in braces where they were not touched. Pure.

The printed words of a clause are aligned with the words of its source. What cannot be carried with certainty is refused; whether
the result prints the right words is checked by assembling it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from contract_assembly.actions.negotiation.words import Word
from contract_assembly.compare.words import blocks, cut

_UNIT = re.compile(
    r"(?P<fact>\{\{.*?\}\})|(?P<mute>\{%.*?%\}|<!--.*?-->|\{#[a-z0-9-]+\}"
    r"|(?m:^[ >]*\((?:[a-z]|[ivx]+)\)[ ])|(?m:^[ >]*\#+[ ])|\*+|\|)"
    r"|(?P<link>\[\]\(#[a-z0-9-]+\))|(?P<text>(?:(?!\{\{|\{%|<!--|\{#|\[\]\(|\*|\||\n).)+|\n)",
    re.DOTALL,
)
_STRAIGHT = str.maketrans("“”‘’", "\"\"''")
_MARKER = re.compile(r"^([ >]*)\(([a-z]|[ivx]+)\)[ ]?", re.MULTILINE)
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


class CannotCarryError(Exception):
    """The words cannot be carried into the source; its message is a reason."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One step over the printed words of a clause: word number `at` is kept or dropped, or, where `at` is None, `text`
    comes in."""

    at: int | None
    keep: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class _Unit:
    """A piece of the source that prints a word, a fact or a reference."""

    kind: str
    text: str
    start: int
    end: int


def carried(source: str, printed: Sequence[Word], edits: Sequence[Edit]) -> str:
    """The source with these edits. `printed` are the words that it prints now, without ends of paragraphs. Raises
    CannotCarryError."""
    units = list(_units(source))
    at = _mapped(units, printed)
    cuts: set[int] = set()
    inserts: dict[int, str] = {}
    dropped = {each.at for each in edits if each.at is not None and not each.keep}
    for n in sorted(dropped):
        unit = at.get(n)
        if unit is None:
            raise CannotCarryError(f"“{printed[n].text}” is not a word of the clause’s file")
        whole = {m for m, k in at.items() if k == unit}
        if not whole <= dropped:
            raise CannotCarryError(f"only a part of {units[unit].text} went")
        cuts.add(unit)
    before: int | None = None
    for n, each in enumerate(edits):
        if each.at is not None:
            before = each.at
            continue
        after = next((other.at for other in edits[n + 1 :] if other.at is not None), None)
        inserts[_place(units, at, before, after)] = inserts.get(_place(units, at, before, after), "") + _spaced(
            each.text, printed, before, after
        )
    return _tidied(_written(source, units, cuts, inserts), source)


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


def _place(units: Sequence[_Unit], at: dict[int, int], before: int | None, after: int | None) -> int:
    """The position in the source at which words come in."""
    if before is not None and before in at:
        return units[at[before]].end
    if after is not None and after in at:
        return units[at[after]].start
    raise CannotCarryError("the place of the new words is not certain in the clause’s file")


def _spaced(text: str, printed: Sequence[Word], before: int | None, after: int | None) -> str:
    """New words with the white space that they need, as Markdown that means nothing but themselves."""
    paragraphs = text.strip("\n").split("\n")
    if any(mark in text for mark in ("{{", "}}", "{%", "%}", "{#")):
        raise CannotCarryError("the new words contain braces")
    escaped = "\n\n".join(re.sub(r"([\\*_\[\]<>#|`&])", r"\\\1", each.strip()) for each in paragraphs)
    if text.startswith("\n"):
        return f"\n\n{escaped}"
    lead = " " if before is not None and text[:1].isspace() else ""
    return f"{lead}{escaped}{' ' if before is None and after is not None else ''}"


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
    kept = [line for line in lines if not re.fullmatch(r"[ >]*\((?:[a-z]|[ivx]+)\)", line)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(_relettered(kept)))


def _relettered(lines: Sequence[str]) -> Iterator[str]:
    counts: dict[str, int] = {}
    for line in lines:
        match = _MARKER.match(line)
        if not match:
            if line.strip() and not line.startswith(" "):
                counts.clear()
            yield line
            continue
        indent, letter = match[1], match[2]
        for deeper in [each for each in counts if len(each) > len(indent)]:
            del counts[deeper]
        number = counts[indent] = counts.get(indent, 0) + 1
        roman = bool(indent.strip(" >") or indent) and letter in _ROMAN
        name = _ROMAN[number - 1] if roman and number <= len(_ROMAN) else chr(96 + number)
        yield f"{indent}({name}) {line[match.end() :]}"
