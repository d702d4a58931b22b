"""The first page: every client and agreement of the firm with what comes next."""

from dataclasses import dataclass

from contract_assembly.actions.agreement_list import ListedAgreement, listed
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.web.page import Asked, Page
from contract_assembly.web.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the portfolio: an agreement, or the problems that keep it from being read."""

    client: str
    agreement: str
    listed: ListedAgreement | None
    problems: tuple[Problem, ...] = ()


def portfolio_page(asked: Asked) -> Page:
    """Every agreement, one row each."""
    pairs, problems = asked.snapshot.repository.every_agreement()
    rows = tuple(_row(asked.snapshot, client, name) for client, name in pairs)
    return Page("portfolio.html", "Portfolio", {"rows": rows, "problems": problems}, section="Portfolio")


def _row(snapshot: Snapshot, client: str, name: str) -> Row:
    def work() -> Row:
        _, found = next(listed(snapshot.repository, [(client, name)], snapshot.on))
        if isinstance(found, RefusedError):
            return Row(client, name, None, found.problems)
        return Row(client, name, found)

    return snapshot.of_client(client, ("row", name), work)
