"""The playbook: a point says what is asked, why, and the answer, and where it is written."""

import pytest

from contract_assembly.facts.playbook import Playbook
from tests.helpers.models import read, refused

POINT = "points:\n  - {id: liability, ask: More, why: Risk, answer: No, slots: [liability]}\n"


def test_a_firm_may_have_no_playbook_points():
    assert read(Playbook, "{}").model.points == ()


def test_a_point_has_slots_and_may_have_parameters_and_facts_that_move():
    (point,) = read(Playbook, POINT).model.points
    assert (point.slots, point.parameters, point.facts) == (("liability",), (), ())


@pytest.mark.parametrize("name", ["id", "ask", "why", "answer", "slots"])
def test_nothing_of_a_point_may_be_left_out(name):
    kept = ", ".join(
        each for each in POINT.partition("{")[2].partition("}")[0].split(", ") if not each.startswith(name)
    )
    assert refused(Playbook, f"points:\n  - {{{kept}}}\n") == [("missing-key", f"points.0.{name} is missing", 2)]


def test_a_slot_is_a_short_name():
    assert refused(Playbook, POINT.replace("[liability]", "[The Cap]"))[0][1].startswith(
        "points.0.slots.0: 'The Cap' is not"
    )
