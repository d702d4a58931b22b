"""The choice of one clause for a slot, with the values of its parameters."""

from types import SimpleNamespace

import pytest

from contract_assembly.clauses.choice import agreed_clause, choose, specificity
from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import RefusedError
from contract_assembly.core.values import Duration
from contract_assembly.facts.agreement_files import Use
from contract_assembly.facts.fields import Located
from tests.helpers.clause_files import HERE, PERIOD, clause, own, refusal


@pytest.mark.parametrize(
    ("laws", "rank"),
    [(["US-NY"], 3), (["US-*"], 2), (["*"], 1), (["*", "US-NY"], 3), (["US-CA"], 0), (["IE"], 0), ([], 0)],
)
def test_a_law_named_more_closely_ranks_higher(laws, rank):
    assert specificity(laws, "US-NY") == rank


def test_the_preferred_clause_with_the_closest_law_is_chosen():
    library = [clause(), clause("renewal-us", laws='["US-*"]'), clause("renewal-us-ny", laws="[US-NY]")]
    chosen = [choose("renewal", library, Use("support", law), None, HERE).head.id for law in ("US-NY", "US-CA", "IE")]
    assert chosen == ["renewal-us-ny", "renewal-us", "renewal"]


@pytest.mark.parametrize(
    ("by", "law", "place", "chosen"),
    [
        ("law", "US-NY", "US-TX", "renewal-us-ny"),
        ("law", "US-TX", "US-NY", "renewal"),
        ("place", "US-NY", "US-TX", "renewal"),
        ("place", "US-TX", "US-NY", "renewal-us-ny"),
        ("either", "US-NY", "US-TX", "renewal-us-ny"),
        ("either", "US-TX", "US-NY", "renewal-us-ny"),
        ("either", "US-TX", "US-CA", "renewal"),
    ],
)
def test_a_clause_is_chosen_by_the_law_or_the_clients_place_as_its_head_says(by, law, place, chosen):
    library = [clause(), clause("renewal-us-ny", laws="[US-NY]", more=f"by: {by}\n")]
    assert choose("renewal", library, Use("support", law, place), None, HERE).head.id == chosen


def test_where_law_and_place_have_a_clause_each_that_of_the_law_is_taken():
    library = [clause(f"renewal-{state}", laws=f"[US-{state.upper()}]", more="by: either\n") for state in ("ny", "wi")]
    assert choose("renewal", library, Use("support", "US-WI", "US-NY"), None, HERE).head.id == "renewal-wi"
    assert choose("renewal", library, Use("support", "US-NY", "US-WI"), None, HERE).head.id == "renewal-ny"


def test_a_clause_less_preferred_is_chosen_only_by_its_id_or_its_rung():
    library = [clause(), clause("renewal-soft", rung="last-resort", laws="[US-NY]")]
    assert choose("renewal", library, Use("support", "US-NY"), None, HERE).head.id == "renewal"
    assert choose("renewal", library, Use("support", "US-NY"), "renewal-soft", HERE).head.id == "renewal-soft"
    assert choose("renewal", library, Use("support", "US-NY"), "last-resort", HERE).head.id == "renewal-soft"


def test_of_the_clauses_of_a_rung_the_one_with_the_closest_law_is_chosen():
    library = [clause(), *(clause(f"r-{n}", rung="acceptable", laws=law) for n, law in enumerate(("['*']", "[US-NY]")))]
    chosen = [choose("renewal", library, Use("support", law), "acceptable", HERE).head.id for law in ("US-NY", "IE")]
    assert chosen == ["r-1", "r-0"]


def test_a_rung_that_no_clause_has_is_refused_with_the_clauses_that_there_are():
    library = [clause(), clause("renewal-soft", rung="acceptable", laws="[IE]")]
    with pytest.raises(RefusedError) as caught:
        choose("renewal", library, Use("support", "US-NY"), "acceptable", HERE)
    (problem,) = caught.value.problems
    assert problem.what == "no acceptable clause of slot renewal is for support under US-NY"
    assert problem.hint == "there are: renewal (support, *, preferred); renewal-soft (support, IE, acceptable)"


@pytest.mark.parametrize(
    ("library", "asked", "rule"),
    [
        ([clause(slot="fees")], None, "unknown-clause"),
        ([clause(laws="[IE]")], None, "no-variant"),
        ([clause(rung="acceptable")], None, "no-variant"),
        ([clause(kinds="[time-block]")], None, "no-variant"),
        ([clause(more="retired: yes\n")], None, "no-variant"),
        ([clause(), clause("renewal-too")], None, "two-variants"),
        ([clause("a", rung="acceptable"), clause("b", rung="acceptable")], "acceptable", "two-variants"),
        ([clause(rung="acceptable")], "last-resort", "no-variant"),
        ([clause()], "renewall", "unknown-clause"),
        ([clause(), clause("renewal-ie", laws="[IE]")], "renewal-ie", "unknown-clause"),
        ([clause(), clause("old", more="retired: yes\n")], "old", "unknown-clause"),
    ],
)
def test_no_clause_is_chosen_by_guessing(library, asked, rule):
    assert refusal(lambda: choose("renewal", library, Use("support", "US-NY"), asked, HERE)) == [(rule, 9)]


def test_a_parameter_has_its_default_or_what_this_agreement_says():
    assert own({})["cure"].value == Duration(30, "day")
    fact = own({"cure": "20 days"})["cure"]
    assert (fact.value, fact.key, fact.origin) == (Duration(20, "day"), "renewal.cure", HERE)


def test_the_clause_of_an_agreement_comes_with_its_own_values():
    with_period = clause(more=PERIOD)
    agreed = Located(
        SimpleNamespace(choose={}, parameters={"renewal": {"cure": "60 days"}}), {"": Origin("agreement.yaml")}
    )
    found, values = agreed_clause("renewal", [with_period], Use("support", "US-NY"), agreed)
    assert (found, values["cure"].value) == (with_period, Duration(60, "day"))
    assert agreed_clause("notices", [with_period], Use("support", "US-NY"), agreed) is None


@pytest.mark.parametrize("text", ["9 days", "61 days", "1 month", "soon"])
def test_a_parameter_outside_its_bounds_is_refused(text):
    assert refusal(lambda: own({"cure": text})) == [("unfit-parameter", 9)]


def test_a_parameter_that_the_clause_has_not_is_refused():
    assert refusal(lambda: own({"cares": "30 days"})) == [("unknown-parameter", 9)]


def test_a_parameter_without_default_must_be_given():
    assert refusal(lambda: own({}, "params:\n  cure: {type: duration}\n")) == [("missing-parameter", 10)]
