"""A date with its working: each step is kept, and the last one is the answer."""

from datetime import date

from contract_assembly.core.explained_date import ExplainedDate, Step, stated

SIGNED = stated("Last day", date(2027, 9, 30), "agreement.yaml:18")


def test_a_stated_day_is_its_own_only_step():
    assert SIGNED.steps == (Step("Last day", "as agreed", "", date(2027, 9, 30), "agreement.yaml:18"),)
    assert SIGNED.day == date(2027, 9, 30)


def test_a_further_step_gives_the_day_even_when_it_is_earlier():
    later = SIGNED.then("Decision Day", "60 days before", "Last day", date(2027, 8, 1), "agreement.yaml:21")
    assert later.day == date(2027, 8, 1)
    assert later.steps[:1] == SIGNED.steps
    assert later.steps[1] == Step("Decision Day", "60 days before", "Last day", date(2027, 8, 1), "agreement.yaml:21")


def test_a_step_leaves_the_date_that_it_came_from_unchanged():
    SIGNED.then("Decision Day", "60 days before", "Last day", date(2027, 8, 1), "agreement.yaml:21")
    assert ExplainedDate(SIGNED.steps[:1]) == SIGNED
