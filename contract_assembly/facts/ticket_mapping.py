"""How an export of a ticket system is read: the model of such a mapping, and its own rules. Reads nothing."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from contract_assembly.core.csv_tables import Encoding, Separator
from contract_assembly.core.problems import Problem
from contract_assembly.core.text import shown
from contract_assembly.facts.catalogue import PriorityName
from contract_assembly.facts.export_cells import open_form
from contract_assembly.facts.export_mapping import ExportMapping
from contract_assembly.facts.fields import Located, Model, TextFact, WholeFact


class Columns(Model):
    """The heads of the columns that are read. No other column is looked at, so no name or message of a user is read.

    `responded` and `resolved` are moments; `response` and `resolution` hold a word for met or missed;
    `response_minutes` and `resolution_minutes` hold minutes of Business Hours without pauses; `waiting` holds the
    minutes of Business Hours that a Ticket was paused; `client` holds the client's name, where an export has more than
    one."""

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
    response_minutes: TextFact | None = None
    resolution_minutes: TextFact | None = None
    rating: TextFact | None = None
    client: TextFact | None = None


class TicketMapping(ExportMapping):
    """From columns and words of an export to Tickets. `moments` are the forms of a moment, as in Python's strptime,
    `iso`, or `epoch` and `epoch-ms` (seconds and milliseconds since 1970)."""

    kind: Literal["tickets"] = "tickets"
    separator: Separator | None = "comma"
    encoding: Encoding | None = "utf-8"
    moments: tuple[TextFact, ...]
    columns: Columns
    priorities: dict[str, PriorityName]
    statuses: dict[str, Literal["open", "closed", "excluded"]]
    met: tuple[TextFact, ...] = ()
    missed: tuple[TextFact, ...] = ()
    ratings: dict[str, WholeFact] = Field(default={})

    def heads(self) -> dict[str, tuple[str, ...]]:
        """The columns that must be there, by what each is for."""
        named = {name: (head,) for name, head in self.columns.model_dump().items() if head is not None}
        return named | super().heads()


def problems(mapping: Located[TicketMapping]) -> Iterator[Problem]:
    """Forms of a moment that leave something open, words with two meanings, ratings off the scale."""
    model = mapping.model
    for n, form in enumerate(model.moments):
        yield from (_problem(mapping, f"moments.{n}", what) for what in open_form(form))
    for word in sorted(set(model.met) & set(model.missed)):
        yield _problem(mapping, "met", f"{shown(word)} means both met and missed")
    for name in ("response", "resolution"):
        if getattr(model.columns, name) and not (model.met and model.missed):
            yield _problem(mapping, f"columns.{name}", f"{name} needs the words for met and for missed")
    for word, value in model.ratings.items():
        if not 1 <= value <= 5:
            yield _problem(mapping, f"ratings.{word}", f"{word}: {value} is not from 1 to 5")
    if model.columns.rating and not model.ratings:
        yield _problem(mapping, "columns.rating", "rating needs ratings: what each word or number means")
    if not model.moments:
        yield _problem(mapping, "moments", "no form of a moment is given")


def _problem(mapping: Located[TicketMapping], path: str, what: str) -> Problem:
    return Problem("mapping", what, mapping.at(path), "see docs/service-figures.md for the keys of a mapping")
