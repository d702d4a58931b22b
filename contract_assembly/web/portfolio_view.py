"""Which rows of the portfolio are shown, in which order, and the addresses of other choices. Filters, sorting and pages are in
the query of the address, so they need no script and can be kept as bookmarks. Pure."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from msgspec import Struct

from contract_assembly.web.figures import AgreementFigures, ClientFigures
from contract_assembly.web.page import PageRequest
from contract_assembly.web.paging import Paged, address, paged
from contract_assembly.web.totals import HORIZONS

QUERY = ("q", "kind", "status", "plan", "show", "month", "sort")  # what an address can choose
STATUSES = ("draft", "sent", "signed", "ended")
Row = AgreementFigures
Choice = Callable[[Row, date], bool]

# What `show` can choose, with its name on the page.
CHOICES: Mapping[str, tuple[str, Choice]] = {
    **{
        f"renews-in-{days}": (f"renews within {days} days", lambda row, on, days=days: _renews(row, on, days))  # type: ignore[misc]
        for days in HORIZONS
    },
    "blocked": ("renewal blocked", lambda row, _on: bool(row.blocked)),
    "open": ("with open confirmations", lambda row, _on: row.open > 0),
    "unsent": ("with letters to send", lambda row, _on: bool(row.letters)),
    "better": ("block that would be a better contract", lambda row, _on: row.better is not None),
    "problems": ("with problems", lambda row, _on: bool(row.problems)),
}
# The columns by which rows can be sorted. Those without a value come last, whichever way.
SORTS: Mapping[str, Callable[[Row], Any]] = {
    "client": lambda row: row.name.casefold(),
    "agreement": lambda row: row.agreement,
    "status": lambda row: STATUSES.index(row.status) if row.status in STATUSES else None,
    "fee": lambda row: _fee(row),
    "decision": lambda row: row.renewal.decide_by if row.renewal else None,
    "open": lambda row: row.open or None,
    "hours": lambda row: row.hours.left if row.hours else None,
    "review": lambda row: row.reviewed,
}


class View(Struct, frozen=True):
    """What was chosen of the rows, what can be chosen, and the rows of one page."""

    shown: Paged
    plans: tuple[str, ...]

    @property
    def chosen(self) -> Mapping[str, str]:
        """The parts of the query that choose."""
        return self.shown.query

    @property
    def filtered(self) -> bool:
        """Whether some rows may be left out."""
        return bool(self.chosen.keys() - {"sort"})

    def address(self, path: str = "/", **changes: str) -> str:
        """The address of this choice with changes; an empty value takes a part out."""
        return address(path, {**self.chosen, **changes})

    def sorted_by(self, column: str) -> str:
        """The address that sorts by a column, or the other way where it is sorted by it."""
        return self.address(sort=f"-{column}" if self.chosen.get("sort", "client") == column else column)

    def order(self, column: str) -> str:
        """How the rows are sorted by a column, for `aria-sort`."""
        now = self.chosen.get("sort", "client")
        return {column: "ascending", f"-{column}": "descending"}.get(now, "none")


def view(clients: Iterable[ClientFigures], asked: PageRequest) -> View:
    """What the query chooses of these clients."""
    every = [row for client in clients for row in client.agreements]
    kept = {name: asked.query[name] for name in QUERY if asked.query.get(name)}
    return View(
        paged(chosen_rows(every, asked), asked, "/", kept), tuple(sorted({each.plan for each in every if each.plan}))
    )


def chosen(clients: Iterable[ClientFigures], asked: PageRequest) -> list[Row]:
    """Every row that the query chooses, in its order."""
    return chosen_rows([row for client in clients for row in client.agreements], asked)


def chosen_rows(rows: list[Row], asked: PageRequest) -> list[Row]:
    """These rows as the query filters and sorts them; a value that it cannot have chooses nothing away."""
    query, on = asked.query, asked.snapshot.on
    words = query.get("q", "").casefold().split()
    _, choice = CHOICES.get(query.get("show", ""), ("", None))
    month = query.get("month", "")
    found = [
        row
        for row in rows
        if all(getattr(row, name) == query[name] for name in ("kind", "status", "plan") if query.get(name))
        and (not words or _matches(row, words))
        and (choice is None or choice(row, on))
        and (not month or bool(row.renewal and f"{row.renewal.last:%Y-%m}" == month))
    ]
    return _in_order(found, query.get("sort", "client"))


def _matches(row: Row, words: list[str]) -> bool:
    text = f"{row.name} {row.client}/{row.agreement} {row.plan} {row.kind} {row.status}".casefold()
    return all(word in text for word in words)


def _in_order(rows: list[Row], sort: str) -> list[Row]:
    key = SORTS.get(sort.removeprefix("-"), SORTS["client"])
    with_value = [row for row in rows if key(row) is not None]
    with_value.sort(key=lambda row: (row.name.casefold(), row.agreement))
    with_value.sort(key=key, reverse=sort.startswith("-"))
    return with_value + [row for row in rows if key(row) is None]


def _fee(row: Row) -> Any:
    fee = row.monthly or row.waiting
    return (fee.currency, fee.amount) if fee else None


def _renews(row: Row, on: date, days: int) -> bool:
    return row.renewal is not None and on <= row.renewal.last <= on + timedelta(days=days)
