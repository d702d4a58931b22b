"""The addresses of the pages of a client and of an agreement. A table."""

from contract_assembly.core.lazy import Later
from contract_assembly.web.page import Route, agreements, clients

_PAGES = "contract_assembly.web.agreement.pages"
_AGREEMENT = "/agreements/{client}/{agreement}"
ROUTES: tuple[Route, ...] = (
    Route("/agreements/{client}", Later(f"{_PAGES}:client_page"), every=clients),
    Route(_AGREEMENT, Later(f"{_PAGES}:agreement_page"), every=agreements),
    Route(f"{_AGREEMENT}/history", Later(f"{_PAGES}:history_page")),
    Route(f"{_AGREEMENT}/files/{{name}}", Later(f"{_PAGES}:file_page")),
)
