"""Clean up neighbouring inlines: join texts, remove double blanks and stops, keep section marks with their numbers. Pure."""

import re
from collections.abc import Iterable
from itertools import pairwise

from msgspec.structs import replace

from contract_assembly.core.text import NBSP
from contract_assembly.document import tree as d

SPACES = re.compile(r"[ \n]+")
_BEFORE_REFERENCE = re.compile(r"\b([Ss]ections?|[Pp]aragraphs?|[Cc]lauses?) $")


def merged(inlines: Iterable[d.Inline]) -> tuple[d.Inline, ...]:
    """Inlines with neighbouring texts joined, without double blanks; a section mark stays on the line of its number."""
    found: list[d.Inline] = []
    for each in inlines:
        last = found[-1] if found else None
        if isinstance(last, d.Text) and isinstance(each, d.Text):
            found[-1] = replace(last, text=SPACES.sub(" ", last.text + each.text))
            continue
        if isinstance(last, d.Text) and isinstance(each, d.Reference) and _BEFORE_REFERENCE.search(last.text):
            found[-1] = replace(last, text=last.text[:-1] + NBSP)
        found.append(each)
    return tuple(found)


def trimmed(inlines: tuple[d.Inline, ...]) -> tuple[d.Inline, ...]:
    """A line without blanks at its ends and without empty texts."""
    line = list(inlines)
    if line and isinstance(first := line[0], d.Text):
        line[0] = replace(first, text=first.text.lstrip(" "))
    if line and isinstance(last := line[-1], d.Text):
        line[-1] = replace(last, text=last.text.rstrip(" "))
    return tuple(each for each in line if not _empty(each))


def one_stop(inlines: tuple[d.Inline, ...]) -> tuple[d.Inline, ...]:
    """A line without the stop of the clause after a fact that ends in a stop ("Acme, Inc."), which ends the sentence, too."""
    line = list(inlines)
    for position, (before, after) in enumerate(pairwise(inlines), 1):
        if isinstance(after, d.Text) and after.text.startswith(".") and _ends_in_stop(before):
            line[position] = replace(after, text=after.text[1:])
    return tuple(each for each in line if not _empty(each)) if tuple(line) != inlines else inlines


def _ends_in_stop(inline: d.Inline) -> bool:
    return isinstance(inline, d.Value | d.Strong | d.Emphasis) and d.plain(inline).endswith(".")


def _empty(inline: d.Inline) -> bool:
    return isinstance(inline, d.Text) and not inline.text
