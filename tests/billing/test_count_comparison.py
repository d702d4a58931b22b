"""Counts compared with a contract: differences, their money, and what a correction may not do."""

from datetime import date

from contract_assembly.billing.count_comparison import compared, first_day_of_corrections
from contract_assembly.billing.counts import Counts
from contract_assembly.billing.states import facts_on
from contract_assembly.facts.fees import monthly_total
from tests.helpers.running import change, running

ON, DAY = date(2027, 1, 1), date(2026, 12, 14)


def of(contract, on=ON, known=("users", "server"), **counts):
    export = Counts(1, 1, {}, {"acme": counts}, known)
    return compared(contract, export, on=on, compared_on=DAY, source="Export")


def lines(found):
    return [
        (each.what, each.agreed, each.counted, each.change and str(each.change.effect.difference.amount))
        for each in found.differences
    ]


def test_only_what_differs_is_listed_with_its_money():
    found = of(running(), users=36, server=3)
    assert lines(found) == [("users", 34, 36, "124.00")]
    assert lines(of(running(), users=34, server=3)) == []


def test_what_an_export_can_speak_of_and_has_not_is_none():
    assert lines(of(running(), users=34)) == [("server", 3, 0, "-330.00")]
    assert lines(of(running(), users=34, known=("users",))) == []


def test_counts_are_compared_with_what_is_agreed_on_the_day_of_the_correction():
    contract = running(change(date(2026, 12, 20), "users", 34, 36))
    assert lines(of(contract, users=36, server=3)) == []
    assert lines(of(contract, users=37, server=3)) == [("users", 36, 37, "62.00")]


def test_what_begins_on_the_same_day_is_no_part_of_a_difference():
    entered = running(change(str(ON), "users", 34, 36))
    found = of(entered, users=36, server=2)
    assert lines(found) == [("server", 3, 2, "-110.00")]
    assert found.together.effect.before == monthly_total(facts_on(entered, ON), ON)


def test_a_count_below_the_floor_is_listed_with_the_way_that_is_open():
    (found,) = of(running(), users=20, server=3).differences
    assert found.change is None
    assert [each.rule for each in found.problems] == ["below-floor"]
    assert "by a correction, not below 27" in found.problems[0].hint


def test_removals_that_are_allowed_one_by_one_and_not_together_are_said_to_be():
    found = of(running(), users=30, server=0)
    assert [each.change is not None for each in found.differences] == [True, True]
    assert found.together is None
    assert {each.rule for each in found.problems} == {"below-floor"}


def test_a_later_entry_that_would_no_longer_fit_stands_against_a_correction():
    contract = running(change(date(2027, 3, 1), "users", 34, 40))
    (found,) = of(contract, users=36, server=3).differences
    assert (found.change, [each.rule for each in found.problems]) == (None, ["change-from"])


def test_the_entry_names_the_contact_the_day_and_the_export():
    (entry,) = of(running(), users=36, server=3).together.entries
    assert (entry.on, entry.asked, entry.asked_by, entry.how, entry.because) == (ON, DAY, "lena", "count", "Export")


def test_a_correction_begins_with_the_next_month():
    days = {date(2026, 12, 1): "2027-01-01", date(2026, 12, 31): "2027-01-01", date(2028, 2, 29): "2028-03-01"}
    assert {day: str(first_day_of_corrections(day)) for day in days} == days
