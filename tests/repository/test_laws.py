"""Which laws apply: the chosen one, that of the client's place, and wider ones."""

import pytest

from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.laws import country_of, law_of, laws_of, place_code, read_law
from tests.helpers.corpus import REPOSITORY
from tests.helpers.refusals import refused


@pytest.fixture(scope="module")
def repository():
    return Repository(REPOSITORY)


def test_the_chosen_law_comes_first_and_each_law_once(repository):
    agreed = repository.agreed("lakeside", "2027-support")
    client = repository.inputs("lakeside", "2027-support").client
    found = [law.model.id for law in laws_of(repository, agreed, client)]
    assert found[0] == agreed.model.law
    assert client.model.place in found
    assert len(found) == len(set(found))


def test_a_place_without_a_file_of_its_own_has_the_forms_of_its_country(repository):
    law = read_law(repository, "US-FL")
    assert law.model.general
    assert law.model.within == ("US",)
    assert "Florida" in law.model.governing
    assert country_of(repository, law.model).currency == "USD"


@pytest.mark.parametrize("text", ["US-FL", "us-fl", "Florida", " florida "])
def test_a_place_is_known_by_code_and_by_name(repository, text):
    assert place_code(repository, text) == "US-FL"


@pytest.mark.parametrize("text", ["Floridda", "US-ZZ", "Atlantis", "US"])
def test_a_place_that_does_not_exist_is_refused(repository, text):
    assert refused(lambda: place_code(repository, text)) == [("unknown-place", None)]


def test_a_law_that_no_clause_was_written_for_cannot_be_chosen(repository):
    assert read_law(repository, "FR-PAR") is None
    assert refused(lambda: law_of(repository, "FR-PAR", None)) == [("unknown-law", None)]
