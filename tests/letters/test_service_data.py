"""The figures of the service, read and checked for a report."""

import pytest

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import RefusedError
from contract_assembly.facts.fields import Located
from contract_assembly.facts.issued_document import Issued
from contract_assembly.letters.service_data import service_of
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.source import Edited, Folder
from tests.helpers.corpus import AGREEMENT
from tests.helpers.inputs_base import BASE, block_inputs
from tests.helpers.report_samples import SERVICE

FILE = f"{AGREEMENT}/service.yaml"
_PATH = f"{AGREEMENT}/documents/review.yaml"
REVIEW = Located(
    Issued.model_validate({"document": "quarterly-review", "date": "2027-04-08"}),
    {"": Origin(_PATH, 1), "document": Origin(_PATH, 1)},
)


def read(text=SERVICE):
    """The figures of the base agreement with this service.yaml, or without one."""
    files = {FILE: text.encode()} if text else {}
    repository = Repository(Edited(Folder(BASE), files))
    return service_of(repository, repository.inputs("acme", "2026-support"), REVIEW)


def problems(text):
    with pytest.raises(RefusedError) as refused:
        read(text)
    return [(each.rule, str(each.origin)) for each in refused.value.problems], refused.value.problems


def test_sound_figures_come_with_the_contract_that_they_are_of():
    inputs, service = read()
    assert inputs.agreement.model.id == "NL-2026-0042"
    assert [each.number for each in service.model.quarters] == [1, 2]
    assert service.at().path == FILE


def test_without_figures_there_is_no_report():
    found, (only,) = problems("")
    assert found == [("no-service", f"{_PATH}:1")]
    assert "build.py service import fills it" in only.hint


@pytest.mark.parametrize("private", ["jo@acme.example", "+1 518 555 0100"])
def test_an_address_or_a_number_of_a_user_is_refused_at_its_sentence(private):
    found, (only,) = problems(SERVICE.replace("A late answer", f"A late answer to {private}"))
    line = next(n for n, each in enumerate(SERVICE.splitlines(), 1) if "A late answer" in each)
    assert found == [("personal-data", f"{FILE}:{line}")]
    assert only.what == "missed.0.what holds a person's address or number"


def test_every_problem_of_the_figures_is_reported_at_once():
    wrong = SERVICE.replace("numerator: 9996", "numerator: 10001").replace("A late answer", "See jo@acme.example")
    found, _ = problems(wrong)
    assert len(found) >= 2
    assert "personal-data" in {rule for rule, _ in found}


def test_a_block_has_statements_instead():
    with pytest.raises(RefusedError) as refused:
        service_of(Repository(Folder(BASE)), block_inputs(), REVIEW)
    (problem,) = refused.value.problems
    assert (problem.rule, problem.hint) == ("time-block", "a block has statements: build.py block statement")
