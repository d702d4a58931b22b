"""The table of addresses."""

from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.web.routes import ROUTES, SECTIONS, refused_page


def test_each_address_is_in_the_table_once_and_each_section_leads_to_one():
    paths = [each.path for each in ROUTES]
    assert len(set(paths)) == len(paths)
    assert set(SECTIONS.values()) <= set(paths)


def test_an_unknown_client_is_not_found_and_other_faults_are_shown():
    unknown = RefusedError([Problem("unknown-client", "there is no client acne", None, "did you mean acme?")])
    assert refused_page(unknown).status == 404
    assert refused_page(RefusedError([Problem("ill-typed", "no day")])).status == 422
