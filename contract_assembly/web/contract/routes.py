"""The addresses of the contract as a page, and of the files that it is shown with. A table."""

from contract_assembly.core.lazy import Later
from contract_assembly.web.page import Route, agreements, once

_HERE = "contract_assembly.web.contract"
_CONTRACT = "/agreements/{client}/{agreement}/contract"
ROUTES: tuple[Route, ...] = (
    Route(_CONTRACT, Later(f"{_HERE}.pages:contract_page"), every=agreements),
    Route(f"{_CONTRACT}/changes", Later(f"{_HERE}.pages:compare_page")),
    Route(f"{_CONTRACT}/pages/{{number}}.png", Later(f"{_HERE}.pages:picture_page")),
    Route(
        "/house/{house}/{name}",
        Later(f"{_HERE}.house_pages:house_page"),
        every=Later(f"{_HERE}.house_pages:every_house_file"),
    ),
    Route("/contract.css", Later(f"{_HERE}.house_pages:style_page"), every=once),
)
