"""What can be wrong with a plan's promises."""

from decimal import Decimal

import pytest

from contract_assembly.core.values import Duration, Percent
from contract_assembly.facts.catalogue import CreditStep, Exclusion
from contract_assembly.rules.facts import plan_checks, problems
from tests.helpers.inputs_base import inputs

LEVELS = inputs().plan.model.service_levels
P1, P2, P3, P4 = LEVELS.priorities


def told(**changes):
    """The rules that the base breaks once facts of its service levels are changed."""
    return [
        each.rule
        for each in problems(inputs(**{f"plan__service_levels__{name}": new for name, new in changes.items()}))
    ]


def priority(which, **times):
    return which.model_copy(update={name: Duration.parse(text) for name, text in times.items()})


def steps(*texts):
    """Steps like "80 89.99 5": from, to, credit."""
    return tuple(
        CreditStep(**dict(zip(("least", "most", "credit"), (Percent(Decimal(n)) for n in text.split()), strict=True)))
        for text in texts
    )


def share(text):
    return Percent(Decimal(text))


def test_the_base_keeps_its_promises_apart():
    assert told() == []


@pytest.mark.parametrize(
    ("target", "rules"), [("59 minutes", 1), ("1 business hour", 1), ("61 minutes", 0), ("1 business day", 0)]
)
def test_a_response_comes_before_the_target(target, rules):
    assert told(priorities=(priority(P1, target=target), P2, P3, P4)).count("response-target") == rules


@pytest.mark.parametrize(
    ("times", "rules"),
    [
        ({"response": "4 business hours", "target": "1 business day"}, []),
        ({"response": "5 business hours", "target": "1 business day"}, ["priority-order"]),
        ({"target": "10 business hours"}, []),  # the desk is open for ten hours
        ({"target": "11 business hours"}, ["priority-order"]),
    ],
)
def test_a_stricter_priority_is_never_slower(times, rules):
    assert told(priorities=(priority(P1, **times), P2, P3, P4)) == rules


def test_priorities_are_compared_by_name_and_told_at_their_place_in_the_file():
    (found,) = problems(
        inputs(
            plan__service_levels__priorities=(
                P2,
                priority(P1, response="5 business hours", target="1 business day"),
                P3,
                P4,
            )
        )
    )
    assert (found.rule, str(found.origin)) == (
        "priority-order",
        str(inputs().plan.at("service_levels.priorities.0.response")),
    )


@pytest.mark.parametrize(
    ("matrix", "rules"),
    [
        (("P1 P1 P1", "P1 P2 P2", "P4 P4 P4"), []),
        (("P2 P1 P3", "P2 P3 P4", "P3 P4 P4"), ["matrix-order"]),
        (("P2 P3 P4", "P1 P3 P4", "P3 P4 P4"), ["matrix-order"]),
    ],
)
def test_the_matrix_never_gets_stricter_to_the_right_or_downward(matrix, rules):
    assert told(matrix=tuple(tuple(row.split()) for row in matrix)) == rules


def test_a_fault_of_the_matrix_is_told_at_its_row():
    (found,) = problems(
        inputs(plan__service_levels__matrix=(("P1", "P2", "P3"), ("P2", "P3", "P4"), ("P3", "P4", "P3")))
    )
    assert found.origin == inputs().plan.at("service_levels.matrix.2")
    assert "P3 in row 3, column 3 is stricter than P4" in found.what


@pytest.mark.parametrize(
    ("credits_", "rules"),
    [
        (("0 79.99 10", "80 89.99 5", "90 94.99 2"), []),
        (("90 94.99 2", "80 89.99 5", "0 79.99 10"), []),
        (("10 94.99 5",), ["credit-steps"]),
        (("0 95 5",), ["credit-steps"]),
        (("0 94.98 5",), ["credit-steps"]),
        (("0 79.99 10", "80.01 94.99 5"), ["credit-steps"]),
        (("0 80 10", "80 94.99 5"), ["credit-steps"]),
        (("0 50 10", "40 94.99 5"), ["credit-steps"]),
        (("0 79.99 5", "80 94.99 5"), ["credit-order"]),
        (("0 79.99 2", "80 94.99 5"), ["credit-order"]),
        (("0 94.99 10.01",), ["credit-cap"]),
    ],
)
def test_credit_steps_reach_from_nothing_to_just_below_the_threshold_and_rise_within_the_cap(credits_, rules):
    assert told(credits=steps(*credits_)) == rules


def test_a_plan_may_give_no_credits():
    assert told(credits=()) == []


@pytest.mark.parametrize(("cap", "rules"), [("0", []), ("100", []), ("100.01", ["share"]), ("-1", ["share"])])
def test_a_cap_is_a_share_of_a_whole(cap, rules):
    assert told(cap_year=share(cap)) == rules


@pytest.mark.parametrize(
    ("item", "rules"), [("security updates", ["promised-and-excluded"]), ("Security updates of phones", [])]
)
def test_what_is_left_out_is_not_promised(item, rules):
    assert [
        each.rule for each in problems(inputs(plan__exclusions=(Exclusion(item=item, treatment="quoted"),)))
    ] == rules


def test_each_kind_of_work_has_a_task():
    services = inputs().plan.model.services
    assert list(plan_checks.every_pillar_has_a_task(inputs())) == []
    missing = [each.what for each in plan_checks.every_pillar_has_a_task(inputs(plan__services=services[:2]))]
    assert missing == ["services: no task of planning", "services: no task of upgrades"]
