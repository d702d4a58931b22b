"""The table of addresses: which page answers which, and which of them `site` writes as files. One place to add a page."""

from collections.abc import Iterator, Mapping

from contract_assembly.core.lazy import Later
from contract_assembly.core.problems import Problem, RefusedError, in_order
from contract_assembly.web.agreement.routes import ROUTES as AGREEMENTS
from contract_assembly.web.contract.routes import ROUTES as CONTRACTS
from contract_assembly.web.edit.routes import ROUTES as EDITS
from contract_assembly.web.page import Page, Route, clients, once
from contract_assembly.web.portfolio import portfolio_csv, portfolio_page

# The portfolio is what a browser opens first; the code of every other page is loaded after it, or when the page is asked for.
_WEB = "contract_assembly.web"
ROUTES: tuple[Route, ...] = (
    Route("/", portfolio_page, every=once),
    Route("/portfolio.csv", portfolio_csv, every=once),
    Route("/due", Later(f"{_WEB}.coming_up:due_page"), every=once),
    Route("/due/{client}", Later(f"{_WEB}.coming_up:client_due_page"), every=clients),
    Route("/revenue", Later(f"{_WEB}.revenue_pages:revenue_page"), every=once),
    Route("/revenue/{client}", Later(f"{_WEB}.revenue_pages:client_revenue_page"), every=clients),
    Route("/movements", Later(f"{_WEB}.movements:movements_page"), every=once),
    Route("/movements.csv", Later(f"{_WEB}.movements:movements_csv"), every=once),
    Route("/invoices", Later(f"{_WEB}.invoice_page:invoices_page"), every=once),
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


def later() -> Iterator[Later]:
    """The functions of the pages whose code is not loaded at the start."""
    for each in ROUTES:
        yield from (one for one in (each.page, each.act, each.every) if isinstance(one, Later))


def refused_page(error: RefusedError) -> Page:
    """The page for facts that cannot be read: every problem with its place and fix."""
    return problem_page(error.problems, 404 if {each.rule for each in error.problems} <= _UNKNOWN else 422)


def problem_page(problems: tuple[Problem, ...], status: int) -> Page:
    """A page of problems."""
    title = "Not found" if status == 404 else "This cannot be shown yet"
    return Page("problems.html", title, {"problems": in_order(problems)}, status=status)


def wrong_page(status: int, what: str, hint: str = "") -> Page:
    """A page for a request that is not answered: what is wrong, and the fix."""
    return Page("wrong.html", what[:1].upper() + what[1:], {"hint": hint}, status=status)
