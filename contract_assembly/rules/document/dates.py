"""The rule about dates that someone wrote by hand. Pure."""

import re
from collections.abc import Iterator, Mapping

from contract_assembly.core.problems import Problem
from contract_assembly.core.text import shown
from contract_assembly.document import tree as d
from contract_assembly.rules.document.reading import every

_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_BLANK = "[ \u00a0]"
_DAY_FIRST = re.compile(rf"\b\d{{1,2}}(?:st|nd|rd|th)?{_BLANK}{_MONTH}(?:,?{_BLANK}\d{{4}})?\b")
_MONTH_FIRST = re.compile(rf"\b{_MONTH}{_BLANK}\d{{1,2}}(?:,?{_BLANK}\d{{4}})?\b(?!\d)")
_FOREIGN: Mapping[str, tuple[re.Pattern[str], str]] = {
    "en-US": (_DAY_FIRST, "April 30, 2027"),
    "en-GB": (_MONTH_FIRST, "30 April 2027"),
    "en-IE": (_MONTH_FIRST, "30 April 2027"),
}


def foreign_dates(document: d.Document) -> Iterator[Problem]:
    """A date inside a fact, in the style of another country.

    **Why it is bad.** Next to dates that the program writes, it looks careless. **Example.** "Ticket system, 30 April 2027" in an
    American letter. **Fix.** Write it as the reader does: April 30, 2027.
    """
    if document.meta.language not in _FOREIGN:
        return
    pattern, right = _FOREIGN[document.meta.language]
    for value in every(d.Value, document):
        if found := pattern.search(value.text):
            what = f"{value.key} holds {shown(found[0])}, which is not how {document.meta.language} writes a date"
            yield Problem("foreign-date", what, value.origin, f"write it like {right}", "warning")
