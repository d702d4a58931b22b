import pytest

from contract_assembly.actions.client_import.other_paper import ORDER, agreement_on_other_paper, contacts_of
from contract_assembly.actions.client_import.places import place_of
from contract_assembly.facts.strict_yaml import load
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.program_library import own_source

NEW_YORK = place_of(Repository(own_source()), "US-NY")


@pytest.mark.parametrize(
    ("ours", "contacts"),
    [
        (("jo",), {"primary": "jo"}),
        (("jo", "al"), {"primary": "al", "deputy": "jo"}),
        (("jo", "al", "em", "cy"), {"primary": "em", "deputy": "jo"}),
    ],
)
def test_a_firm_names_as_many_contacts_as_it_has_people(ours, contacts):
    assert contacts_of(ours) == contacts


def test_facts_are_in_the_order_in_which_people_read_them_and_an_empty_one_is_left_out():
    own = {"renewal": "", "plan": "as-agreed", "kind": "support", "title": "Support", "id": "E-1"}
    text = agreement_on_other_paper("agreement", own, NEW_YORK, ("jo",), ["Who signs"]).decode()
    names = [line.partition(":")[0] for line in text.splitlines() if line[:1].isalpha()]
    assert names == [name for name in ORDER if name in names]
    assert {"plan", "contacts", "signatories", "courts"} <= set(names)
    assert "renewal" not in names
    load(text, "agreement.yaml")
