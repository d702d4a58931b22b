"""Sections that a lawyer names by number, "section 14.1 (Payment)", as references that count on. Pure."""

import re
from collections.abc import Mapping, Sequence

from contract_assembly.compare.words import cut

PLACE = "0REFERENCE0"  # in the place of a reference where words are compared; no text has this word
_NUMBER = r"\d{1,2}(?:\.\d{1,2})?(?:[\s\u00a0]+\([^()]{1,80}\))?"
_JOINT = r"(?:,?[\s\u00a0]+(?:and|or|to)[\s\u00a0]+|,[\s\u00a0]+)"
_NAMED = re.compile(rf"\b([Ss]ections?|[Cc]lauses?)[\s\u00a0]+({_NUMBER}(?:{_JOINT}{_NUMBER})*)(?![\w.]*\d)")
_ONE = re.compile(rf"({_NUMBER})")
_MOST_BETWEEN = 20  # words of a caption


def linked(text: str, sections: Mapping[str, str]) -> str:
    """The text with `[](#id)` for each section that it names by a number of `sections`; other numbers stay."""
    return _replaced(text, {number: f"[](#{name})" for number, name in sections.items()})


def compared_words(text: str, sections: Mapping[str, str]) -> tuple[str, ...]:
    """The words of a text with `PLACE` for each reference that `linked` makes of it."""
    found = _replaced(text, dict.fromkeys(sections, PLACE))
    return tuple(each.text for each in cut(found) if not each.text.isspace())


def _replaced(text: str, names: Mapping[str, str]) -> str:
    def of_one(match: re.Match[str]) -> str:
        return names.get(re.split(r"[\s\u00a0(]", match[1], maxsplit=1)[0], match[1])

    return _NAMED.sub(lambda match: f"{match[1]} {_ONE.sub(of_one, match[2])}", text)


def difference(made: Sequence[str], wanted: Sequence[str]) -> int | None:
    """The position among the words that were made at which they are not those that are wanted; None if they are. A `PLACE` is any
    number, with the caption that may follow it."""
    n = 0
    for m, word in enumerate(wanted):
        if word != PLACE:
            if n >= len(made) or made[n] != word:
                return n
            n += 1
            continue
        n += 1
        rest = wanted[m + 1] if m + 1 < len(wanted) else None
        if rest == PLACE:
            continue
        upto = range(n, min(len(made) + 1, n + _MOST_BETWEEN))
        n = next((k for k in upto if (made[k] if k < len(made) else None) == rest), n)
    return n if n < len(made) else None
