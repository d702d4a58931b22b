"""The addresses of the pages that change something. A table."""

from contract_assembly.web.edit.begin import begin, begin_page
from contract_assembly.web.edit.change import change, change_page
from contract_assembly.web.edit.facts import edit, edit_page
from contract_assembly.web.edit.renew import renew, renew_page
from contract_assembly.web.edit.steps import step, steps_page
from contract_assembly.web.page import Route

_AGREEMENT = "/agreements/{client}/{agreement}"
ROUTES: tuple[Route, ...] = (
    Route("/clients/new", begin_page, act=begin),
    Route("/clients/{client}/edit", edit_page, act=edit),
    Route(f"{_AGREEMENT}/edit", edit_page, act=edit),
    Route(f"{_AGREEMENT}/change", change_page, act=change),
    Route(f"{_AGREEMENT}/step", steps_page, act=step),
    Route(f"{_AGREEMENT}/renew", renew_page, act=renew),
)
