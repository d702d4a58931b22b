"""Clause files: their heads, the choice of one for each slot, and their parameters."""

from types import SimpleNamespace

import pytest

from contract_assembly.clauses.clause import agreed_clause, choose, parameters, read_clause, specificity
from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import RefusedError
from contract_assembly.core.values import Duration
from contract_assembly.facts.agreement_files import Use
from contract_assembly.facts.fields import Located

HERE = Origin("agreement.yaml", 9)
YIELD = "yield: {when: The client asks., to: [owner]}\n"


def clause(id="renewal", slot="renewal", laws='["*"]', rung="preferred", kinds="[support]", more=""):  # noqa: A002
    head = f"id: {id}\ntitle: Renewal\nslot: {slot}\nkinds: {kinds}\nlaws: {laws}\nrung: {rung}\npurpose: Why.\n{more}"
    head += "" if rung == "preferred" or "yield" in more else YIELD
    return read_clause(f"---\n{head}---\nWords.\n", f"clauses/{id}.md")


def refusal(work):
    with pytest.raises(RefusedError) as caught:
        work()
    return [(problem.rule, problem.origin.line) for problem in caught.value.problems]


# ---- the file


def test_a_clause_is_a_head_and_words():
    found = clause()
    assert (found.head.id, found.head.laws, found.body) == ("renewal", ("*",), "Words.\n")
    assert found.body_at == Origin("clauses/renewal.md", 10)
    assert found.located.at("purpose") == Origin("clauses/renewal.md", 8)


def test_the_same_words_are_read_once_and_other_words_again():
    found = clause()
    assert clause() is found
    assert clause(more="survives: yes\n").head.survives
    assert not found.head.survives


def test_a_clause_without_a_head_is_refused():
    assert refusal(lambda: read_clause("Words.\n", "clauses/x.md")) == [("front-matter", 1)]


def test_the_id_of_a_clause_is_the_name_of_its_file():
    text = (
        "---\nid: other\ntitle: T\nslot: s\nkinds: [support]\nlaws: ['*']\nrung: preferred\npurpose: W\n---\nWords.\n"
    )
    assert refusal(lambda: read_clause(text, "clauses/renewal.md")) == [("clause-id", 2)]


def test_every_problem_of_a_head_is_told_at_its_line():
    assert refusal(lambda: clause(laws="[us]", rung="best", more="extra: 1\n")) == [
        ("ill-typed", 6),
        ("ill-typed", 7),
        ("unknown-key", 9),
    ]


def test_a_fallback_says_when_to_yield_and_who_sees_it():
    found = clause(rung="acceptable").head.yields
    assert (found.when, found.to) == ("The client asks.", ("owner",))


@pytest.mark.parametrize(
    ("rung", "more", "line"),
    [
        ("acceptable", "retired: no # yield\n", 7),
        ("last-resort", "retired: no # yield\n", 7),
        ("preferred", YIELD, 9),
        ("acceptable", "yield: {when: The client asks., to: []}\n", 9),
    ],
)
def test_a_yield_belongs_to_a_fallback_and_to_nothing_else(rung, more, line):
    assert refusal(lambda: clause(rung=rung, more=more)) == [("yield", line)]


def test_a_negotiated_clause_need_not_say_when_to_yield():
    text = '---\nid: x\ntitle: T\nslot: s\nkinds: [support]\nlaws: ["*"]\nrung: last-resort\npurpose: W\n---\nWords.\n'
    assert read_clause(text, "agreements/acme/2026-support/clauses/x.md").head.yields is None
    assert refusal(lambda: read_clause(text, "clauses/x.md")) == [("yield", 7)]


# ---- the choice


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


# ---- parameters

PERIOD = "params:\n  cure:\n    {type: duration, min: 10 days, max: 60 days, default: 30 days}\n"


def own(text, params=PERIOD):
    return parameters(clause(more=params), text, lambda _name: HERE)


def test_a_parameter_has_its_default_or_what_this_agreement_says():
    assert own({})["cure"].value == Duration(30, "day")
    fact = own({"cure": "20 days"})["cure"]
    assert (fact.value, fact.key, fact.origin) == (Duration(20, "day"), "renewal.cure", HERE)


@pytest.mark.parametrize("text", ["10 days", "60 days"])
def test_the_bounds_of_a_parameter_are_within_them(text):
    assert own({"cure": text})


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


def test_a_choice_takes_only_its_choices():
    params = "params:\n  who: {type: choice, choices: [both, client], default: both}\n"
    assert own({"who": "client"}, params)["who"].value == "client"
    assert refusal(lambda: own({"who": "provider"}, params)) == [("unfit-parameter", 9)]


@pytest.mark.parametrize(
    ("kind", "low", "high", "inside", "outside"),
    [
        ("integer", "2", "5", "3", "6"),
        ("money", "1.00 USD", "5.00 USD", "5.00 USD", "5.01 USD"),
        ("percent", "1 %", "5 %", "1.5 %", "0.5 %"),
        ("date", "2026-01-01", "2026-12-31", "2026-06-01", "2027-01-01"),
        ("duration", "1 month", "3 months", "2 months", "4 months"),
    ],
)
def test_bounds_are_compared_by_type(kind, low, high, inside, outside):
    params = f"params:\n  it: {{type: {kind}, min: '{low}', max: '{high}'}}\n"
    assert own({"it": inside}, params)
    assert refusal(lambda: own({"it": outside}, params)) == [("unfit-parameter", 9)]


def test_money_in_another_currency_than_its_bounds_is_refused():
    params = "params:\n  it: {type: money, min: 1.00 USD, max: 5.00 USD}\n"
    assert refusal(lambda: own({"it": "2.00 EUR"}, params)) == [("unfit-parameter", 9)]


@pytest.mark.parametrize(
    "params",
    [
        "  cure: {type: duration, default: thirty}\n",
        "  cure: {type: duration, min: 10 days, max: 60 days, default: 90 days}\n",
        "  cure: {type: duration, max: 60 days, approved: [70 days]}\n",
        "  cure: {type: choice, default: a}\n",
        "  Cure-Days: {type: integer, default: '1'}\n",
        "  cure: {type: text, min: a}\n",
    ],
)
def test_a_parameter_that_contradicts_itself_is_refused(params):
    assert [rule for rule, _ in refusal(lambda: clause(more=f"params:\n{params}"))][:1] == ["ill-typed"]
