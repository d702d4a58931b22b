"""An agreement with everything that decides its renewal: its files, what its clauses promise, what follows it. Data only."""

from collections.abc import Callable, Mapping
from datetime import date

from msgspec import Struct, field
from msgspec.structs import replace

from contract_assembly.blocks.book import Book
from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem
from contract_assembly.facts.agreement import Agreement
from contract_assembly.facts.agreement_files import BlockInputs, Inputs
from contract_assembly.facts.catalogue import Calendar, Plan
from contract_assembly.facts.fields import Located
from contract_assembly.facts.price_index import Series
from contract_assembly.facts.service_record import Service
from contract_assembly.facts.term_dates import number_following
from contract_assembly.renewals.contract_promises import Promises
from contract_assembly.renewals.ending import End, end_of
from contract_assembly.renewals.promised import Promised
from contract_assembly.renewals.term import Term, compute_term


class Successor(Struct, frozen=True):
    """The agreement that renews this one: its folder, status and first day, and whether its facts changed after it was
    built."""

    name: str
    status: str
    first_day: date
    edited: bool = False


class BlockContext(Struct, frozen=True):
    """A time block: it ends on its last day and does not renew. `book` has its hours, unless it is a draft; `plans` are those of
    the catalogue by id, and `proposed` the days on which a support contract was proposed. `promises_of` reads the
    duties that its clauses make."""

    client: str
    name: str
    inputs: BlockInputs
    book: Book | None = None
    plans: Mapping[str, Plan] = field(default_factory=dict)
    proposed: tuple[date, ...] = ()
    promises_of: Callable[[], tuple[Promised, ...]] = tuple


class RenewalContext(Struct, frozen=True):
    """A support contract with everything that decides its renewal.

    `plans` are those of the catalogue by id. `unreadable` is why the price index that its prices follow cannot be read.
    `changed` are files that differ from those the signed contract was built from. `siblings` are the client's other agreements
    without its successor. `answered` is whether the answer to the client's notice to decline was written. `inputs` are as the
    changes of `changes.yaml` left them; then `filed` is what the file of the agreement says. `promises_of` reads the duties that
    its clauses make."""

    client: str
    name: str
    inputs: Inputs
    promises: Promises
    plans: Mapping[str, Plan]
    series: Series | None = None
    unreadable: tuple[Problem, ...] = ()
    service: Located[Service] | None = None
    successor: Successor | None = None
    changed: tuple[str, ...] = ()
    siblings: tuple[str, ...] = ()
    answered: bool = False
    filed: Agreement | None = None
    promises_of: Callable[[], tuple[Promised, ...]] = tuple

    @property
    def short(self) -> str:
        """The client's short name."""
        return self.inputs.client.model.party.short

    @property
    def agreed(self) -> Agreement:
        """What was agreed."""
        return self.inputs.agreement.model

    @property
    def calendar(self) -> Calendar:
        """The calendar for its Business Days."""
        return self.inputs.calendar.model

    def as_of(self, day: date) -> "RenewalContext":
        """What could be known on a day: figures of the index that were published later are left out."""
        return replace(self, series=self.series.known_on(day)) if self.series else self

    def at(self, path: str) -> Origin:
        """The origin of a fact of the agreement."""
        return self.inputs.agreement.at(path)

    def term(self, number: int) -> Term:
        """The term of a number. Raises ValueError for days that cannot be counted."""
        return compute_term(self.inputs.agreement, self.calendar, number)

    def number_on(self, day: date) -> int:
        """The number of the term that contains a day."""
        return number_following(self.agreed.term, day)

    def end(self) -> End | None:
        """How the agreement ends; None if it continues."""
        return end_of(self.inputs.agreement, self.calendar)

    def end_before(self) -> End | None:
        """How the agreement before this one ended before this one could begin, so that this one takes effect only if
        both parties sign it; None if it renews or is signed."""
        before, first_day = self.inputs.before, self.agreed.term.first_day
        if before is None or self.agreed.status not in {"draft", "sent"}:
            return None
        end = end_of(before, self.calendar)
        return end if end and end.prevents(first_day) else None
