"""Parameters of clauses: types, bounds and choices."""

import pytest

from tests.helpers.clause_files import clause, own, refusal


@pytest.mark.parametrize("text", ["10 days", "60 days"])
def test_the_bounds_of_a_parameter_are_within_them(text):
    assert own({"cure": text})


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
