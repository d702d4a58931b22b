"""The automatic numbers of a Word file: "14.2", "(a)", "Schedule B". Word keeps none of them in the text, so they are counted
from the definitions of its lists (ECMA-376, part 1, 17.9)."""

import re
from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from contract_assembly.document.numbering import letter, roman
from contract_assembly.writers.returned.word_package import Package

_LISTS, _STYLES = "word/numbering.xml", "word/styles.xml"
_MOST_LEVELS = 9
_BASED = 20  # styles that are based on each other, at most
_PLACE = re.compile(r"%([1-9])")
_MOST = {letter: 9 * 26, roman: 3999}  # the largest number of each form; no list is that long


class Level(Struct, frozen=True):
    """One level of a list: its first number, the form of its numbers, and the text around them ("%1.%2")."""

    start: int
    form: str
    text: str


class Lists(Struct, frozen=True):
    """The lists of a file: the levels of each definition, the definition of each list, the starts that a list sets itself, and
    the list and level that each style gives ("" for none)."""

    levels: Mapping[str, Mapping[int, Level]] = field(default_factory=dict)
    definitions: Mapping[str, str] = field(default_factory=dict)
    starts: Mapping[tuple[str, int], int] = field(default_factory=dict)
    styles: Mapping[str, tuple[str, int]] = field(default_factory=dict)


class Counter:
    """Counts the numbered paragraphs of one text, in order."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def next(self, style: str, own: str = "", level: int | None = None) -> str:
        """The number of the next paragraph, without a full stop at its end; empty if it has none. `own` and `level` are the list
        and the level that the paragraph names itself."""
        known, at = self._lists.styles.get(style, ("", 0))
        number, at = own or known, at if level is None else level
        levels = self._lists.levels.get(self._lists.definitions.get(number, ""), {})
        if at not in levels:
            return ""
        counts = self._counts.setdefault(self._lists.definitions[number], {})
        start = self._lists.starts.get((number, at))
        if start is not None and (number, at) not in self._begun:
            self._begun.add((number, at))
            counts[at] = start
        else:
            counts[at] = counts[at] + 1 if at in counts else levels[at].start
        for deeper in [each for each in counts if each > at]:
            del counts[deeper]
        shown = _PLACE.sub(lambda match: self._shown(levels, counts, int(match[1]) - 1), levels[at].text)
        return shown.strip(" –-\u00a0").removesuffix(".")

    def _shown(self, levels: Mapping[int, Level], counts: Mapping[int, int], at: int) -> str:
        if at not in levels:
            return ""
        return in_form(counts.get(at, levels[at].start), levels[at].form)


def in_form(number: int, form: str) -> str:
    """A number in one of Word's forms; in digits if the form is not known, empty for a bullet."""
    match form:
        case "bullet" | "none":
            return ""
        case "lowerLetter" | "upperLetter":
            found = letter(min(number, _MOST[letter])) if number > 0 else "0"
            return found.upper() if form == "upperLetter" else found
        case "lowerRoman" | "upperRoman":
            found = roman(min(max(number, 0), _MOST[roman]))
            return found.upper() if form == "upperRoman" else found
    return str(number)


# ---- reading


def lists_of(package: Package) -> Lists:
    """The lists of a file. What is not well said counts as not said. Raises UnreadableError as `Package` does."""
    levels: dict[str, dict[int, Level]] = {}
    definitions: dict[str, str] = {}
    starts: dict[tuple[str, int], int] = {}
    for each in package.tree(_LISTS) if _LISTS in package.names else ():
        name = _local(each.tag)
        if name == "abstractNum":
            levels[_get(each, "abstractNumId")] = dict(_levels(each))
        elif name == "num":
            number = _get(each, "numId")
            definitions[number] = _value(each, "abstractNumId")
            for other in _children(each, "lvlOverride"):
                if (start := _whole(_value(other, "startOverride"), -1)) >= 0:
                    starts[number, _whole(_get(other, "ilvl"))] = start
    return Lists(levels, definitions, starts, _styles(package))


def _levels(definition: Any) -> Any:
    for each in _children(definition, "lvl")[:_MOST_LEVELS]:
        form = _value(each, "numFmt") or "decimal"
        yield _whole(_get(each, "ilvl")), Level(_whole(_value(each, "start"), 1), form, _value(each, "lvlText"))


def _styles(package: Package) -> dict[str, tuple[str, int]]:
    own: dict[str, tuple[str, str, str]] = {}  # list, level, and the style that it is based on
    for each in package.tree(_STYLES) if _STYLES in package.names else ():
        if _local(each.tag) == "style":
            numbered = [n for p in _children(each, "pPr") for n in _children(p, "numPr")]
            list_of, level = (_value(numbered[0], "numId"), _value(numbered[0], "ilvl")) if numbered else ("", "")
            own[_get(each, "styleId")] = list_of, level, _value(each, "basedOn")
    return {name: _inherited(own, name) for name in own}


def _inherited(own: Mapping[str, tuple[str, str, str]], name: str) -> tuple[str, int]:
    number = level = ""
    for _ in range(_BASED):
        if name not in own:
            break
        list_of, at, name = own[name]
        number, level = number or list_of, level or at
    return number, _whole(level)


def _children(element: Any, name: str) -> list[Any]:
    return [each for each in element if _local(each.tag) == name]


def _value(element: Any, name: str) -> str:
    return next((_get(each, "val") for each in _children(element, name)), "")


def _get(element: Any, name: str) -> str:
    return next((value for key, value in element.attrib.items() if _local(key) == name), "")


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _whole(text: str, other: int = 0) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else other
