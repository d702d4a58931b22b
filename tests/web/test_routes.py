"""The table of addresses."""

import subprocess
import sys

from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.web.routes import ROUTES, SECTIONS, later, refused_page
from tests.helpers.corpus import REPOSITORY


def test_each_address_is_in_the_table_once_and_each_section_leads_to_one():
    paths = [each.path for each in ROUTES]
    assert len(set(paths)) == len(paths)
    assert set(SECTIONS.values()) <= set(paths)


def test_an_unknown_client_is_not_found_and_other_faults_are_shown():
    unknown = RefusedError([Problem("unknown-client", "there is no client acne", None, "did you mean acme?")])
    assert refused_page(unknown).status == 404
    assert refused_page(RefusedError([Problem("ill-typed", "no day")])).status == 422


def test_each_function_that_is_loaded_later_is_there():
    found = {each.home: each.load() for each in later()}
    assert len(found) > 20
    assert all(callable(each) for each in found.values())


def test_the_portfolio_is_opened_without_the_code_of_other_pages():
    """Of a firm whose figures are kept: that code would take longer to load than the page to make."""
    run = "import sys, contract_assembly.web.application as web; print(*(each for each in sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", run], capture_output=True, text=True, check=True, cwd=REPOSITORY)
    packages = {each.split(".")[1] for each in loaded.stdout.split() if each.startswith("contract_assembly.")}
    assert packages & {"actions", "build", "letters", "renewals", "compare", "writers"} == set()
    assert "contract_assembly.web.portfolio" in loaded.stdout.split()
