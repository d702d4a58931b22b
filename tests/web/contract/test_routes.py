"""The addresses of the contract as a page."""

from contract_assembly.web.contract.routes import ROUTES
from contract_assembly.web.page import agreements, once


def test_the_contract_and_what_it_is_shown_with_are_written_as_files_and_comparisons_are_not():
    written = {each.path.rpartition("/")[2] for each in ROUTES if each.every}
    assert written == {"contract", "contract.css", "{name}"}
    assert {each.every for each in ROUTES if each.path.endswith(("/contract", ".css"))} == {agreements, once}
