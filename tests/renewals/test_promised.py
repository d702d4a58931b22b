"""Which duties the clauses of a contract make: those of the variant that is in it."""

import pytest

from contract_assembly.clauses.clause import read_clause
from contract_assembly.core.problems import RefusedError
from contract_assembly.core.values import Duration
from contract_assembly.renewals.promised import Clauses, promised
from contract_assembly.repository.inputs import Repository
from tests.helpers.inputs_base import ROOT, inputs

REPOSITORY = Repository(ROOT)
CLAUSES = Clauses.of(REPOSITORY.outline("contract"), REPOSITORY.library())
MONTHS_3 = Duration(3, "month")


def found(own=(), **changes):
    return {each.duty.id: each for each in promised(inputs(**changes), CLAUSES, own)}


def own(slot="changes", params="", duties=""):
    """A clause that was negotiated for this agreement."""
    head = (
        f'id: {slot}\ntitle: Ours\nslot: {slot}\nkinds: [support]\nlaws: ["*"]\nrung: acceptable\npurpose: Asked for.\n'
    )
    path = f"agreements/acme/2026-support/clauses/{slot}.md"
    return read_clause(f"---\n{head}{params}{duties}---\nWords of our own.\n", path)


def test_a_duty_has_the_periods_that_the_contract_prints():
    due = found()
    assert due["count-comparison"].every == MONTHS_3
    assert due["service-report"].within == (Duration(10, "business day"),)  # of the plan
    assert due["service-report"].by_calendar
    assert due["count-comparison"].source.startswith("clauses/services/changes.md:")


def test_a_parameter_of_the_agreement_counts():
    assert found(agreement__parameters={"changes": {"interval": "6 months"}})["count-comparison"].every == Duration(
        6, "month"
    )


def test_the_variant_that_was_chosen_counts_and_no_other():
    preferred, last_day = (
        found()["removal"],
        found(agreement__choose={"exit-plan-steps": "exit-plan-steps-last-day"})["removal"],
    )
    assert preferred.within == (Duration(60, "day"), Duration(5, "business day"))
    assert last_day.within == ()


def test_a_slot_whose_condition_does_not_hold_makes_no_duty():
    assert "restore-tests" in found()
    assert "restore-tests" not in found(agreement__backup=None)
    assert "personal-data" not in found(agreement__data=None)


def test_a_negotiated_clause_that_says_nothing_keeps_the_duties_of_the_one_it_replaces():
    assert found([own()])["count-comparison"].every == MONTHS_3
    longer = own(params="params:\n  interval: {type: duration, default: 12 months}\n")
    assert found([longer])["count-comparison"].every == Duration(12, "month")


def test_a_negotiated_clause_can_make_none_or_others():
    assert "count-comparison" not in found([own(duties="duties: []\n")])
    one = found([own(duties="duties: [{id: tour, kind: check, what: Walk round the office, every: 1 month}]\n")])
    assert one["tour"].every == Duration(1, "month")
    assert "count-comparison" not in one


def test_a_negotiated_clause_with_a_place_of_its_own_makes_its_duties_too():
    walk = own(
        "walks", "after: changes\n", "duties: [{id: tour, kind: check, what: Walk round the office, every: 1 month}]\n"
    )
    assert found([walk])["tour"].every == Duration(1, "month")
    assert "tour" not in found()


def test_a_contract_on_other_paper_has_none_of_our_clauses():
    assert found(agreement__origin="elsewhere") == {}


@pytest.mark.parametrize("period", ["soon", "levels.threshold", "5 days", "3 moons"])
def test_a_rhythm_that_cannot_be_read_is_refused_with_its_line(period):
    wrong = own(duties=f"duties:\n  - {{id: tour, kind: check, what: Walk, every: {period}}}\n")
    with pytest.raises(RefusedError) as caught:
        found([wrong])
    (problem,) = caught.value.problems
    assert (problem.rule, problem.origin.line) == ("duty", 10)
