"""The contract as a bare tree, without numbers and marks."""

from contract_assembly.document.numbering import numbered
from contract_assembly.document.references import resolved
from contract_assembly.letters.amendments.changes import apply, compare
from contract_assembly.letters.bare_contract import bare_contract
from contract_assembly.repository.inputs import Repository
from contract_assembly.writers.markdown import review_text
from tests.helpers import amending
from tests.helpers.amending import ASK, FACTS, reached, well
from tests.helpers.living import change

signed_once = amending.signed_once
signed = amending.signed


def test_without_insertions_it_is_the_very_text_that_the_amended_facts_build(signed):
    change(signed / FACTS, "price: 62.00 USD", "price: 64.00 USD")
    well(signed, *ASK)
    before, after = reached(signed)
    bare = bare_contract(Repository(signed), "acme", "2026-support")
    built, _ = resolved(numbered(bare.document), bare.assembled.elsewhere)
    assert review_text(apply(before, compare(before, after))) == review_text(built) != review_text(before)
