import pytest

from contract_assembly.actions.client_import.places import place_of
from contract_assembly.core.problems import RefusedError
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.program_library import own_source

FILES = Repository(own_source())


def test_a_place_has_the_law_and_the_currency_of_its_country():
    found = place_of(FILES, "IE")
    assert (found.law.id, found.country.currency) == ("IE", "EUR")


def test_an_unknown_place_is_refused():
    with pytest.raises(RefusedError):
        place_of(FILES, "ZZ")
