"""Our facts, clauses and fallbacks."""

from contract_assembly.actions.negotiation.our_side import our_side, printed_words
from contract_assembly.repository.inputs import Repository
from tests.helpers.corpus import REPOSITORY

ACME = ("acme", "2026-support")


def test_the_fallbacks_of_a_reworded_clause_are_filled_with_the_agreements_facts():
    ours = our_side(Repository(REPOSITORY), *ACME, {"liability", "no-clause"})
    assert list(ours.fallbacks) == ["liability"]
    found = {each.clause: each for each in ours.fallbacks["liability"]}
    assert found.keys() == {"liability-two-years", "liability-insured"}
    assert found["liability-two-years"].rung == "acceptable"
    assert "two times $ 34,896.00" in " ".join(found["liability-two-years"].words).replace("$34", "$ 34")
    assert ours.clauses["liability"].head.rung == "preferred"
    assert ours.facts["fees.due"].value.text == "30 days"
    assert (ours.label("fees.due"), ours.label("gone.for-good")) == ("Time to pay", "Gone, for good")
    assert ours.label("fees.lines.0.amount") == "User support and workstation care, amount a month"


def test_the_printed_words_of_a_clause_have_its_numbers_and_captions():
    words = " ".join(printed_words(Repository(REPOSITORY), *ACME, "liability"))
    assert words.startswith("Liability What is not limited .")
