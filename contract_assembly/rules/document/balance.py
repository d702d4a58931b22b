"""The rule about brackets and quotes: each one that is opened is closed, in the same paragraph. Pure."""

import re
from collections.abc import Iterator

from contract_assembly.core.problems import Problem
from contract_assembly.document import tree as d
from contract_assembly.rules.document.passages import Finding, Passage, found_in, problems_for

PAIRS = {"(": ")", "[": "]", "{": "}", "“": "”"}
_MARKS = re.compile(r"[()\[\]{}“”]")


def balance(document: d.Document) -> Iterator[Problem]:
    """A bracket or quotation mark that is opened but not closed in its paragraph, or closed but never opened.

    **Why it is bad.** A reader cannot tell where the aside or the quoted words end. **Example.** "the Fees (without taxes are
    due". **Fix.** Close it, or remove it.
    """
    return problems_for("balance", _unbalanced, document)


@found_in
def _unbalanced(passage: Passage) -> Iterator[Finding]:
    for position in _unmatched(passage):
        mark = passage.text[position]
        what = f"{mark} is {'never closed' if mark in PAIRS else 'closed but never opened'}"
        yield position, what, "add the other one, or remove this one"


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
