"""The addresses of the pages that change something. A table."""

from contract_assembly.core.lazy import Later
from contract_assembly.web.page import Route

_HERE = "contract_assembly.web.edit"
_AGREEMENT = "/agreements/{client}/{agreement}"


def _form(path: str, module: str, page: str, act: str) -> Route:
    return Route(path, Later(f"{_HERE}.{module}:{page}"), act=Later(f"{_HERE}.{module}:{act}"))


ROUTES: tuple[Route, ...] = (
    _form("/clients/new", "begin", "begin_page", "begin"),
    _form("/clients/{client}/edit", "facts", "edit_page", "edit"),
    _form(f"{_AGREEMENT}/edit", "facts", "edit_page", "edit"),
    _form(f"{_AGREEMENT}/amend", "amend", "amend_page", "amend"),
    _form(f"{_AGREEMENT}/change", "change", "change_page", "change"),
    _form(f"{_AGREEMENT}/step", "steps", "steps_page", "step"),
    _form(f"{_AGREEMENT}/renew", "renew", "renew_page", "renew"),
)
