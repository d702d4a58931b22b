"""The tax class of a fee line: its nature, and whether the client's state taxes it."""

import pytest

from contract_assembly.facts.labels import asset_words, tax_label
from contract_assembly.facts.law import Law
from contract_assembly.repository.inputs import Repository
from tests.helpers.corpus import REPOSITORY


@pytest.mark.parametrize(
    ("state", "nature", "label"),
    [
        ("US-NY", "security", "Security, taxed"),
        ("US-NY", "support", "Support, not taxed"),
        ("US-NY", "backup", "Backup and data, not taxed"),
        ("US-TX", "backup", "Backup and data, taxed"),
        ("US-TX", "planning", "Planning and advice, not taxed"),
        ("US-TX", "support", "Support"),  # to be confirmed
        ("US-MD", "support", "Support, taxed"),
        ("US-WI", "support", "Support"),  # no table
    ],
)
def test_a_fee_line_says_what_it_is_and_whether_the_state_taxes_it(state, nature, label):
    law = Repository(REPOSITORY).load(Law, f"clauses/law/{state}.yaml").model
    assert tax_label(nature, law) == label


def test_where_a_state_leaves_something_to_be_confirmed_a_gate_asks_for_it():
    repository = Repository(REPOSITORY)
    for path in sorted((REPOSITORY / "clauses/law").glob("US-*.yaml")):
        law = repository.load(Law, f"clauses/law/{path.name}").model
        if law.taxes and "to-confirm" in law.taxes.model_dump().values():
            assert "tax-classes-checked" in {rule.confirm for rule in law.rules}, law.id


def test_one_device_has_a_noun_of_its_own_and_any_other_number_the_plural():
    assert [asset_words("server", count) for count in (0, 1, 2)] == ["servers", "server", "servers"]
