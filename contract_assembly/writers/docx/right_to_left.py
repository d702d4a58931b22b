"""Find the words of a text that run from right to left (Hebrew, Arabic), which Word requires to be marked. Pure.

Word orders the letters itself, but formats such words by separate properties for bold, italic, size and font, and only
in a run that is marked as right-to-left (ECMA-376, 17.3.2.30).
"""

import re
from collections.abc import Iterator
from itertools import groupby
from unicodedata import bidirectional

_FIRST = "\u0590"  # all characters before it run from left to right
# The blocks with every letter that runs from right to left, and the mark that counts as one.
_BACKWARDS = re.compile("[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]")


def stretches(text: str) -> Iterator[tuple[str, bool]]:
    """Split a text where the direction changes, each piece with whether it runs from right to left. Spaces, digits and
    punctuation between two right-to-left words belong to them; all others belong to the left-to-right words."""
    if not _BACKWARDS.search(text):
        yield text, False
        return
    for backwards, group in groupby(zip(text, _directions(text), strict=True), key=lambda pair: pair[1]):
        yield "".join(character for character, _ in group), backwards


def is_backwards(text: str) -> bool:
    """Whether a whole text runs from right to left: it has right-to-left letters and no left-to-right ones."""
    return max(text, default="") >= _FIRST and {_letter(each) for each in text} - {None} == {True}


def _directions(text: str) -> list[bool]:
    """Whether each character runs from right to left."""
    found: list[bool] = []
    last: bool | None = False
    waiting = 0  # characters without a direction of their own since the last letter
    for each in text:
        own = _letter(each)
        if own is None:
            waiting += 1
            continue
        found += [bool(last and own)] * waiting
        found.append(own)
        last, waiting = own, 0
    return [*found, *[False] * waiting]


def _letter(character: str) -> bool | None:
    """Whether a letter runs from right to left; None for other characters."""
    kind = bidirectional(character)
    return True if kind in ("R", "AL") else False if kind == "L" else None
