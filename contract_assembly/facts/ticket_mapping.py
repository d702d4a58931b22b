"""How an export of a ticket system is read: the model of `provider/mappings/<name>.yaml`, and its checks. Pure."""

import re
from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from contract_assembly.core.problems import Problem
from contract_assembly.facts.catalogue import PriorityName
from contract_assembly.facts.fields import Located, Model, TextFact, WholeFact

_DIRECTIVE = re.compile(r"%.?")
_KNOWN = {"%Y", "%m", "%d", "%H", "%I", "%M", "%S", "%f", "%p", "%b", "%B", "%z"}
_NEEDED = ({"%Y"}, {"%m", "%b", "%B"}, {"%d"}, {"%H", "%I"}, {"%M"})
ISO = "iso"


class Columns(Model):
    """The heads of the columns that are read; other columns, with names and messages of people, are never read.

    `responded` and `resolved` are moments; `response` and `resolution` hold a word for met or missed; `waiting` holds the minutes
    of Business Hours that a Ticket was paused; `client` holds the client's name, where an export has more than one."""

    id: TextFact
    priority: TextFact
    status: TextFact
    created: TextFact
    closed: TextFact
    responded: TextFact | None = None
    resolved: TextFact | None = None
    response: TextFact | None = None
    resolution: TextFact | None = None
    waiting: TextFact | None = None
    rating: TextFact | None = None
    client: TextFact | None = None


class LeftOut(Model):
    """Rows that are not Tickets of a user: those with one of these words in a column."""

    column: TextFact
    words: tuple[TextFact, ...]


class TicketMapping(Model):
    """From columns and words of an export to Tickets. `name` is how a report names the source. `moments` are the forms of a
    moment, as in Python's strptime, or `iso`; those without an offset are of `timezone`, else of the desk's. `blank` are words
    that mean an empty cell."""

    name: TextFact
    separator: Literal["comma", "semicolon", "tab"] = "comma"
    encoding: Literal["utf-8", "utf-8-bom", "windows-1252"] = "utf-8"
    timezone: TextFact | None = None
    moments: tuple[TextFact, ...]
    columns: Columns
    priorities: dict[str, PriorityName]
    statuses: dict[str, Literal["open", "closed", "excluded"]]
    leave_out: tuple[LeftOut, ...] = ()
    blank: tuple[TextFact, ...] = ()
    met: tuple[TextFact, ...] = ()
    missed: tuple[TextFact, ...] = ()
    ratings: dict[str, WholeFact] = Field(default={})

    def heads(self) -> dict[str, str]:
        """The columns that must be there, by what each is for."""
        named = {name: head for name, head in self.columns.model_dump().items() if head is not None}
        return named | {f"leave_out.{n}.column": each.column for n, each in enumerate(self.leave_out)}


def problems(mapping: Located[TicketMapping]) -> Iterator[Problem]:
    """Forms of a moment that leave something open, words that mean two things, ratings off the scale."""
    model = mapping.model
    for n, form in enumerate(model.moments):
        yield from (_problem(mapping, f"moments.{n}", what) for what in _open(form))
    for word in sorted(set(model.met) & set(model.missed)):
        yield _problem(mapping, "met", f"{word!r} means both met and missed")
    for name in ("response", "resolution"):
        if getattr(model.columns, name) and not (model.met and model.missed):
            yield _problem(mapping, f"columns.{name}", f"{name} needs the words for met and for missed")
    for word, value in model.ratings.items():
        if not 1 <= value <= 5:
            yield _problem(mapping, f"ratings.{word}", f"{word}: {value} is not from 1 to 5")
    if model.columns.rating and not model.ratings:
        yield _problem(mapping, "columns.rating", "rating needs ratings: the meaning of each word or number")
    if not model.moments:
        yield _problem(mapping, "moments", "moments is empty: write at least one form")


def _open(form: str) -> Iterator[str]:
    found = set(_DIRECTIVE.findall(form))
    if form == ISO:
        return
    if unknown := sorted(found - _KNOWN):
        yield f"{form!r} holds {', '.join(unknown)}, which is not used here"
    elif any(not found & one_of for one_of in _NEEDED):
        yield f"{form!r} does not hold a whole moment: year in four digits, month, day, hour and minute"
    elif "%I" in found and "%p" not in found:
        yield f"{form!r} leaves open whether it is morning or afternoon"


def _problem(mapping: Located[TicketMapping], path: str, what: str) -> Problem:
    return Problem("mapping", what, mapping.at(path), "docs/service-figures.md shows how a mapping is written")
