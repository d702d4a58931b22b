"""The invoices of a whole firm, each in the form in which it is shown, counted in one process or in several.

An invoice is made into its text, row or data where it is counted: a year of ten thousand contracts would fill the memory, and
passing it from one process to another would take longer than counting it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from msgspec import Struct, field

from contract_assembly.billing.invoices import ChargeQuery, Invoice, invoices
from contract_assembly.core.parallel import Jobs, map_tasks
from contract_assembly.core.problems import Problem
from contract_assembly.core.values import Money
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.source import Source

Pairs = Sequence[tuple[str, str]]
R = TypeVar("R")
_BATCH = 25  # clients that a process counts at a time


class InvoiceSum(NamedTuple):
    """How many invoices there are in a currency, what they come to before tax, and in all."""

    invoices: int
    net: Money
    whole: Money

    def __add__(self, other: "InvoiceSum") -> "InvoiceSum":  # type: ignore[override]  # not the sum of two tuples
        return InvoiceSum(self.invoices + other.invoices, self.net + other.net, self.whole + other.whole)


class Listing(Struct):
    """Invoices as they are shown, their sums by currency, and what is wrong."""

    shown: list[Any] = field(default_factory=list)
    sums: dict[str, InvoiceSum] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def add(self, other: "Listing") -> None:
        """Add the invoices of further clients at the end."""
        self.shown += other.shown
        self.problems += other.problems
        for currency, each in other.sums.items():
            self.sums[currency] = self.sums[currency] + each if currency in self.sums else each


def listing(
    root: Path | Source,
    pairs: Iterable[tuple[str, str]],
    asked: ChargeQuery,
    show: Callable[[Invoice], Any],
    tell: Callable[[], None] = lambda: None,
    *,
    jobs: Jobs = 1,
) -> Listing:
    """The invoices of these agreements, shown by a function; a client that cannot be read is reported, and stops only itself."""
    found = Listing()
    for part in counted(partial(_start, root, asked, show), pairs, tell, jobs, __name__):
        found.add(part)
    return found


def counted(
    start: Callable[[], Callable[[Pairs], R]],
    pairs: Iterable[tuple[str, str]],
    tell: Callable[[], None],
    jobs: Jobs,
    loads: str,
) -> Iterator[R]:
    """What each batch of these agreements comes to, in order; `start` and `loads` are as for `map_tasks`."""
    batches = batches_of(pairs)
    for batch, part in zip(batches, map_tasks(start, batches, jobs, loads=loads), strict=True):
        yield part
        for _ in batch:
            tell()


def batches_of(pairs: Iterable[tuple[str, str]]) -> list[Pairs]:
    """The agreements in batches of a fixed number of clients, each with all of its agreements."""
    clients = [tuple(group) for _, group in groupby(pairs, key=lambda each: each[0])]
    return [tuple(pair for each in clients[n : n + _BATCH] for pair in each) for n in range(0, len(clients), _BATCH)]


def listed(found: Iterable[Invoice], show: Callable[[Invoice], Any], problems: Iterable[Problem] = ()) -> Listing:
    """Invoices that were counted before, as a listing."""
    whole = Listing(problems=list(problems))
    for each in found:
        whole.add(Listing([show(each)], {each.net.currency: InvoiceSum(1, each.net, each.total)}))
    return whole


def _start(root: Path | Source, asked: ChargeQuery, show: Callable[[Invoice], Any]) -> Callable[[Pairs], Listing]:
    return partial(_batch, Repository(root), asked, show)


def _batch(repository: Repository, asked: ChargeQuery, show: Callable[[Invoice], Any], pairs: Pairs) -> Listing:
    found = invoices(repository, pairs, asked)
    return listed(found.invoices, show, found.problems)
