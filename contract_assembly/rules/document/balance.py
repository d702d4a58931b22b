"""The rule about brackets and quotes: what is opened is closed, in the same paragraph. Pure."""

import re
from collections.abc import Iterator

from contract_assembly.core.problems import Problem
from contract_assembly.document import tree as d
from contract_assembly.rules.document.passages import Finding, Passage, found_in, problems_for

PAIRS = {"(": ")", "[": "]", "{": "}", "“": "”"}
_MARKS = re.compile(r"[()\[\]{}“”]")


def balance(document: d.Document) -> Iterator[Problem]:
    """A bracket or a quote that is opened and not closed, or closed and not opened, in one paragraph.

    **Why it is bad.** Nobody knows where the aside or the quoted word ends. **Example.** "the Fees (without taxes are due".
    **Cure.** Close it, or remove it.
    """
    return problems_for("balance", _unbalanced, document)


@found_in
def _unbalanced(passage: Passage) -> Iterator[Finding]:
    for position in _unmatched(passage):
        mark = passage.text[position]
        what = f"{mark} is {'never closed' if mark in PAIRS else 'closed and never opened'}"
        yield position, what, "add its other half, or remove it"


def _unmatched(passage: Passage) -> Iterator[int]:
    opened: list[int] = []
    for match in _MARKS.finditer(passage.text):
        if match[0] in PAIRS:
            opened.append(match.start())
        elif opened and PAIRS[passage.text[opened[-1]]] == match[0]:
            opened.pop()
        else:
            yield match.start()
    yield from opened
