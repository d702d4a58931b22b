"""One change."""

from contract_assembly.actions.negotiation.change import ReturnedChange


def test_a_change_is_placed_by_its_clause_its_fact_or_the_clauses_around_it():
    assert ReturnedChange("reworded", "fees", "a", "b").is_placed
    assert ReturnedChange("fact", "", "1", "2", ("fees.monthly",)).is_placed
    assert ReturnedChange("inserted", "", "", "b", between=("fees", "term")).is_placed
    assert not ReturnedChange("inserted", "", "", "b").is_placed
