"""Bounds on the text of a clause, so that no clause can take minutes to read or exhaust memory. Pure.

Every bound is a count, never a clock, so the same clause is refused on every machine. The longest clause of the library has
under 6,000 characters and nests five deep.
"""

from collections.abc import Iterable, Iterator

from contract_assembly.clauses.line_markers import Token
from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem
from contract_assembly.core.text import refusal

MAX_CLAUSE = 50_000  # characters as written
MAX_NESTING = 10  # conditions and loops inside one another; Python compiles no more than about 20
MAX_BRACKETS = 5
MAX_TAG = 100  # names, texts, numbers and signs in one {{ … }} or {% … %}
MAX_NUMBER = 18  # digits
MAX_PARAGRAPH = 5_000  # characters that Markdown reads at once, once the facts are filled in
MAX_BOXES = 2  # boxes inside one another
MAX_LISTS = 2  # (a) and (i) below it
_WORDS = {"name", "operator", "string", "integer", "float"}
_OPENS, _CLOSES = {"if", "for"}, {"endif", "endfor"}


def of_source(source: str, origin: Origin) -> Iterator[Problem]:
    """Report a clause that is too long, and each line with characters that no text may hold: above all, no character of the
    clause itself may look like a sealed fact or a line mark."""
    if len(source) > MAX_CLAUSE:
        yield Problem("clause-size", f"the text is over {MAX_CLAUSE:,} characters", origin, "split it into clauses")
        return
    for line, text in enumerate(source.split("\n"), origin.line):
        if reason := refusal(text, template=True):
            yield Problem("clause-characters", f"the text {reason}", Origin(origin.path, line), "retype it")


def of_tags(tokens: Iterable[Token], origin: Origin) -> Iterator[Problem]:
    """Report tags that are too long or nested too deep. `tokens` are (line, kind, text) as Jinja cuts its source."""
    nesting = brackets = length = 0
    for line, kind, text in tokens:
        where = Origin(origin.path, origin.line + line - 1)
        if kind in {"block_begin", "variable_begin"}:
            brackets = length = 0
        elif kind in _WORDS:
            length += 1
            nesting += (length == 1) * ((text in _OPENS) - (text in _CLOSES))
            brackets += (kind == "operator") * ((text in "([{") - (text in ")]}"))
            if found := _over(kind, text, where, nesting=nesting, brackets=brackets, length=length):
                yield found
                return  # what follows would be reported for the same reason


def _over(kind: str, text: str, where: Origin, *, nesting: int, brackets: int, length: int) -> Problem | None:
    if nesting > MAX_NESTING:
        what = f"conditions and loops are nested more than {MAX_NESTING} deep"
        return Problem("clause-size", what, where, "join conditions with and, or split the clause")
    if brackets > MAX_BRACKETS:
        what = f"brackets are nested more than {MAX_BRACKETS} deep"
        return Problem("clause-size", what, where, "leave out the brackets that change nothing")
    if length > MAX_TAG:
        what = f"a tag has more than {MAX_TAG} names, texts and signs"
        return Problem("clause-size", what, where, "split it into several conditions")
    if kind in {"integer", "float"} and len(text) > MAX_NUMBER:
        what = f"a number has more than {MAX_NUMBER} digits"
        return Problem("clause-size", what, where, "write a smaller number")
    if kind == "string" and "\\" in text:
        hint = 'write the character itself; put a text that holds \' into " and "'
        return Problem("clause-characters", "a text in a tag holds a backslash", where, hint)
    return None
