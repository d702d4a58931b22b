"""What the cells of a column look like: forms of days and moments, the decimal mark, the unit of time worked, and what words
mean. Pure."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Literal
from zoneinfo import ZoneInfo

from contract_assembly.facts.export_cells import ISO, Unit, day, duration, moment

_DAYS = (
    ISO,
    "%d.%m.%Y",
    "%m/%d/%Y",
    "%d/%m/%Y",
    "%d-%m-%Y",
    "%Y/%m/%d",
    "%d %b %Y",
    "%b %d, %Y",
    "%d/%b/%y",
    "%m/%d/%y",
    "%d/%m/%y",
)
_MOMENTS = (
    ISO, "%Y-%m-%d %H:%M:%S", "%d.%m.%Y %H:%M", "%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M", "%m/%d/%Y %I:%M %p", "%m/%d/%Y %I:%M:%S %p",
    "%d/%m/%Y %I:%M %p", "%d/%b/%y %I:%M %p", "%d %b %Y %H:%M", "%d-%m-%Y %H:%M",
)  # fmt: skip
_UTC = ZoneInfo("UTC")
_PRIORITIES: Mapping[str, str] = {
    "P1": r"(?:priority )?p?1\b.*|.*(critical|urgent|emergency|blocker|highest).*", "P2": r"(?:priority )?p?2\b.*|.*\bhigh\b.*",
    "P3": r"(?:priority )?p?3\b.*|.*(medium|normal|moderate).*", "P4": r"(?:priority )?p?4\b.*|.*(low|planning|minor).*",
}  # fmt: skip
_STATUSES: Mapping[str, str] = {
    "excluded": r".*(deleted|spam|merged|duplicate|cancel|void).*", "closed": r".*(closed|complete|solved|resolved|done).*",
    "open": r".*(open|new|progress|pending|waiting|hold|assigned|scheduled|to do|triage).*",
}  # fmt: skip


def day_forms(cells: Sequence[str]) -> tuple[str, ...]:
    """The forms in which every one of these days can be read; more than one where a day and a month may be taken for each
    other."""
    return tuple(form for form in _DAYS if all(_reads(partial(day, forms=[form]), each) for each in cells))


def mixed_day_forms(cells: Sequence[str]) -> tuple[str, ...]:
    """The forms that read these days together, where no single one reads all of them; the one for most days first. None where a
    day is in no known form, or two forms read the same days."""
    left, found = list(cells), list[str]()
    while left:
        read = {form: [text for text in left if _reads(partial(day, forms=[form]), text)] for form in _DAYS}
        most = max(read.values(), key=len)
        best = [form for form, texts in read.items() if len(texts) == len(most)]
        if not most or any(read[form] == most for form in best[1:]):
            return ()
        found.append(best[0])
        left = [text for text in left if text not in read[best[0]]]
    return tuple(found)


def moment_forms(cells: Sequence[str]) -> tuple[str, ...]:
    """The forms in which every one of these moments can be read."""
    return tuple(
        form for form in _MOMENTS if all(_reads(partial(moment, forms=[form], zone=_UTC), each) for each in cells)
    )


def decimal_mark(cells: Iterable[str]) -> str:
    """The mark before the cents in amounts."""
    found = [each.strip("€£$ ") for each in cells]
    commas = sum(bool(re.search(r",\d\d?$", each)) for each in found)
    return "comma" if commas > sum(bool(re.search(r"\.\d\d?$", each)) for each in found) else "point"


def unit_of(cells: Sequence[str], head: str) -> Unit | Literal[""]:
    """The unit of plain numbers in a column of time worked; "" where every cell says it itself."""
    if not any(re.fullmatch(r"\d+(?:[.,]\d+)?", each) for each in cells):
        return ""
    named: tuple[Unit, ...] = ("minutes", "seconds")
    return next((unit for unit in named if unit[:3] in head.casefold()), "hours")


def unreadable_durations(cells: Iterable[str], unit: Unit | Literal[""]) -> tuple[str, ...]:
    """Cells that cannot be read as time worked."""
    return tuple(each for each in cells if not _reads(partial(duration, unit=unit or None), each))


def meanings(cells: Iterable[str], what: str) -> dict[str, str]:
    """What each different word means, as a priority or a status; "" where that is not known."""
    patterns = _PRIORITIES if what == "priority" else _STATUSES
    return {word: _meaning(word, patterns) for word in dict.fromkeys(cells)}


def _meaning(word: str, patterns: Mapping[str, str]) -> str:
    return next((meant for meant, pattern in patterns.items() if re.fullmatch(pattern, word.casefold())), "")


def _reads(reader: Callable[[str], object], text: str) -> bool:
    with suppress(ValueError):
        reader(text)
        return True
    return False
