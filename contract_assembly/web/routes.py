"""The table of addresses: which page answers which, and which of them `site` writes as files. One place to add a page."""

from collections.abc import Mapping

from contract_assembly.core.problems import Problem, RefusedError, in_order
from contract_assembly.web.agreement.pages import ROUTES as AGREEMENTS
from contract_assembly.web.coming_up import client_due_page, due_page
from contract_assembly.web.contract.pages import ROUTES as CONTRACTS
from contract_assembly.web.edit.routes import ROUTES as EDITS
from contract_assembly.web.invoice_page import invoices_page
from contract_assembly.web.movements import movements_csv, movements_page
from contract_assembly.web.page import Page, Route, clients, once
from contract_assembly.web.portfolio import portfolio_csv, portfolio_page
from contract_assembly.web.revenue_pages import client_revenue_page, revenue_page

ROUTES: tuple[Route, ...] = (
    Route("/", portfolio_page, every=once),
    Route("/portfolio.csv", portfolio_csv, every=once),
    Route("/due", due_page, every=once),
    Route("/due/{client}", client_due_page, every=clients),
    Route("/revenue", revenue_page, every=once),
    Route("/revenue/{client}", client_revenue_page, every=clients),
    Route("/movements", movements_page, every=once),
    Route("/movements.csv", movements_csv, every=once),
    Route("/invoices", invoices_page, every=once),
    *AGREEMENTS,
    *CONTRACTS,
    *EDITS,
)

# The navigation: the name of a section, and its address.
SECTIONS: Mapping[str, str] = {
    "Portfolio": "/",
    "What comes up": "/due",
    "Revenue": "/revenue",
    "Invoices": "/invoices",
}

_UNKNOWN = {"unknown-client", "unknown-agreement", "unknown-document", "name"}


def refused_page(error: RefusedError) -> Page:
    """The page for facts that cannot be read: every problem with its place and cure."""
    return problem_page(error.problems, 404 if {each.rule for each in error.problems} <= _UNKNOWN else 422)


def problem_page(problems: tuple[Problem, ...], status: int) -> Page:
    """A page of problems."""
    title = "Not found" if status == 404 else "This cannot be shown yet"
    return Page("problems.html", title, {"problems": in_order(problems)}, status=status)


def wrong_page(status: int, what: str, hint: str = "") -> Page:
    """A page for a request that is not answered: what is wrong, and the cure."""
    return Page("wrong.html", what[:1].upper() + what[1:], {"hint": hint}, status=status)
