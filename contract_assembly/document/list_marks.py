"""The punctuation of enumerations: `;` between items, one `; and` or `; or` before the last, a full stop at the end. Pure.

A condition may leave out any item, so the marks that the author typed are read, not copied. The conjunction is taken from the
item that has it and moved to where it belongs; a list in which no item has one is a problem, never a guess. A list whose items
all end in a full stop is a list of sentences and is left as it is.
"""

import re

from msgspec.structs import replace

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem
from contract_assembly.document.tree import Item, Items, Paragraph, Text

_MARKS = re.compile(r"([;,.])?(?:(?<=[;,]) ?(and|or))?\s*$")


def punctuated(items: Items, final: str = ".") -> tuple[Items, list[Problem]]:
    """The list with its marks corrected, and the problems found. `final` is the mark after the last item."""
    if len(items.items) < 2:
        problem = Problem(
            "one-item-list",
            "a list needs at least two items",
            items.origin,
            "write it as a sentence, or put the list inside a condition",
        )
        return items, [problem]
    endings = [_ending(item) for item in items.items]
    conjunctions = {conjunction for _, conjunction in endings[:-1] if conjunction}
    if final == "." and all(ending == (".", "") for ending in endings):
        marks = ["."] * len(endings)
    elif len(conjunctions) != 1:
        return items, [_no_conjunction(items.origin, conjunctions)]
    else:
        marks = [";"] * (len(endings) - 2) + [f"; {conjunctions.pop()}", final]
    problems: list[Problem] = []
    ended = []
    for item, mark in zip(items.items, marks, strict=True):
        new, found = _ended(item, mark)
        ended.append(new)
        problems += found
    return replace(items, items=tuple(ended)), problems


def _no_conjunction(origin: Origin, found: set[str]) -> Problem:
    what = "a list says both “and” and “or”" if found else "a list says neither “and” nor “or”"
    hint = (
        "end the last item but one with “; and” or “; or”. If a condition may leave that item out, end the one before it "
        "the same way"
    )
    return Problem("list-conjunction", what, origin, hint)


def _ending(item: Item) -> tuple[str, str]:
    """The mark and the conjunction at the end of an item, or at the end of the list inside it."""
    last = item.children[-1]
    if isinstance(last, Items):
        return _ending(last.items[-1])
    text = last.children[-1] if isinstance(last, Paragraph) and last.children else None
    match = _MARKS.search(text.text) if isinstance(text, Text) else None
    return (match[1] or "", match[2] or "") if match else ("", "")


def _ended(item: Item, mark: str) -> tuple[Item, list[Problem]]:
    *front, last = item.children
    if isinstance(last, Items):
        inner, problems = punctuated(last, mark)
        return replace(item, children=(*front, inner)), problems
    if not isinstance(last, Paragraph):
        return item, []
    *words, text = last.children
    if isinstance(text, Text):
        words.append(replace(text, text=_MARKS.sub("", text.text) + mark))
    else:
        words += [text, Text(mark, last.origin)]
    return replace(item, children=(*front, replace(last, children=tuple(words)))), []
