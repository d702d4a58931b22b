"""What the playbook says of a change."""

from datetime import date
from decimal import Decimal

import pytest

from contract_assembly.actions.negotiation.change import ReturnedChange
from contract_assembly.actions.negotiation.playbook_advice import answers, of_fact, within
from contract_assembly.core.values import Duration, Money, Percent
from contract_assembly.facts.playbook import Bounds, Point


def bounds(least=None, most=None, show=()):
    return Bounds.model_construct(least=least, most=most, show=show)


def point(name, answer, **more):
    return Point.model_construct(
        id=name, ask=f"They want {name}.", why="Because.", answer=answer, **{"slots": (), **more}
    )


POINTS = (
    point("longer", "First a longer term.", slots=("liability",), facts=("term.length",),
          accepts={"term.length": bounds("12 months", "24 months", ("owner", "counsel"))}),
    point("data", "Raise the limit for data.", slots=("liability",), parameters=("liability.raised_floor",)),
    point("index", "An index with a cap.", slots=("fees",), facts=("term.length", "fees.increase.rule")),
)  # fmt: skip


@pytest.mark.parametrize(
    ("value", "limits", "inside"),
    [
        (Duration(24, "month"), bounds("12 months", "24 months"), True),
        (Duration(25, "month"), bounds("12 months", "24 months"), False),
        (Duration(11, "month"), bounds("12 months"), False),
        (Duration(2, "year"), bounds("12 months", "24 months"), None),
        (Money(Decimal(60), "USD"), bounds(most="60.00 USD"), True),
        (Money(Decimal(60), "EUR"), bounds(most="60.00 USD"), None),
        (Percent(Decimal(11)), bounds("3 %", "10 %"), False),
        (date(2027, 1, 1), bounds("2027-01-01"), True),
        (5, bounds("x"), None),
        ("by post", bounds("a", "b"), None),
    ],
)
def test_a_value_is_compared_with_bounds_of_its_own_type_and_unit(value, limits, inside):
    assert within(value, limits) is inside


def test_a_fact_is_judged_by_the_point_that_bounds_it_and_says_who_must_see_it():
    said = of_fact("term.length", Duration(24, "month"), POINTS)
    assert said == "within what our playbook accepts: 12 months to 24 months; show it to the owner and counsel"
    assert of_fact("term.length", Duration(48, "month"), POINTS).startswith("outside what our playbook accepts")
    assert of_fact("fees.increase.rule", "none", POINTS) == "a fact that may move (index in our playbook)"
    assert of_fact("fees.due", Duration(60, "day"), POINTS) == ""


def test_the_answer_of_a_fact_or_parameter_is_that_of_its_point():
    change = ReturnedChange("fact", "liability", "a", "b", ("term.length",))
    assert answers(change, "term.length", "liability", POINTS) == ("longer: First a longer term.",)
    assert answers(change, "liability.raised_floor", "liability", POINTS) == ("data: Raise the limit for data.",)
    assert answers(change, "agreement.title", "liability", POINTS) == ()


def test_the_answers_of_words_are_those_of_their_slot_with_the_nearest_first():
    change = ReturnedChange("inserted", "liability", "", "raise the limit for data of patients")
    found = answers(change, "", "liability", POINTS)
    assert [each.partition(":")[0] for each in found] == ["data", "longer"]
    assert answers(change, "", "", POINTS) == ()
