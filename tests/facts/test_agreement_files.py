"""The files of one agreement: which were read, and which would be read if they existed."""

from contract_assembly.facts.agreement_files import BLOCK_PRICES, Use
from tests.helpers.inputs_base import block_inputs, inputs


def test_clauses_are_chosen_for_the_kind_the_law_and_the_place_of_the_client():
    found = inputs(agreement__law="US-TX", client__place="US-NJ")
    assert found.use == Use("support", "US-TX", "US-NJ")
    assert block_inputs().use.kind == "time-block"


def test_every_file_is_listed_once_and_in_a_fixed_order():
    found = inputs().paths()
    assert found == inputs().paths()
    assert len(set(found)) == len(found)
    assert {"provider/provider.yaml", "agreements/acme/client.yaml", "agreements/acme/2026-support/agreement.yaml",
            "clauses/law/US-NY.yaml", "provider/rates.yaml"} <= set(found)  # fmt: skip


def test_laws_without_a_file_and_block_prices_would_make_a_build_stale():
    found = inputs(client__place="US-ZZ").absent()
    assert found[0] == "clauses/law/US-ZZ.yaml"
    assert not set(found) & set(inputs().paths())
    assert (BLOCK_PRICES in found) != (BLOCK_PRICES in inputs().paths())


def test_an_absent_law_that_is_both_chosen_and_the_clients_is_listed_once():
    found = inputs(agreement__law="US-ZZ", client__place="US-ZZ").absent()
    assert found.count("clauses/law/US-ZZ.yaml") == 1
