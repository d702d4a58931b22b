"""A round with its agreement."""

import pytest

from contract_assembly.actions.negotiation import rounds
from contract_assembly.actions.negotiation.insertion_places import InsertionPlace
from contract_assembly.actions.negotiation.plan import RoundCase
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.source import Edited
from tests.helpers.corpus import REPOSITORY
from tests.helpers.decided_round import ACME, CONTRACT, FOLDER, looked, written
from tests.helpers.returned import edited


@pytest.fixture(scope="module")
def case():
    data = edited(CONTRACT, (">30\u00a0days<", ">60\u00a0days<"))
    found = looked(data)
    inside = {f"{FOLDER}/{name}": each for name, each in written(data, found).items()}
    repository = Repository(Edited(Repository(REPOSITORY).source, inside))
    return RoundCase(repository, *ACME, rounds.load(repository, *ACME), found)


def test_a_slot_has_the_clause_that_the_contract_takes_for_it(case):
    assert (case.tag_of("renewal"), case.tag_of("non-solicitation")) == ("renewal-us-ny", "")


def test_a_place_is_found_with_the_clause_that_it_is_about(case):
    place = InsertionPlace("end of", "renewal")
    assert case.place(place) == (place, "renewal-us-ny")
    assert case.place(InsertionPlace("end of", "non-solicitation")) == case.place(None) == (None, "")


def test_a_problem_names_the_line_of_its_entry(case):
    found = case.problem(case.one.model.changes[0], "not-carried", "what", "hint")
    assert str(found.origin).startswith(f"{FOLDER}/negotiation/1.yaml:")
