"""The difference that a change makes to periods that were invoiced before it."""

from datetime import date

from contract_assembly.billing.already_invoiced import already_invoiced
from contract_assembly.core.values import DateRange
from tests.helpers.fee_facts import READERS, fees
from tests.helpers.running import change, handed_over, removal, running, usd

ON = date(2027, 1, 17)
FEBRUARY, MARCH = date(2027, 2, 1), date(2027, 3, 1)
MORE = change(ON, "users", 34, 36)


def test_each_later_month_that_was_invoiced_is_invoiced_for_the_difference():
    found = already_invoiced(running(MORE), ON, handed_over(running(), MARCH))
    assert found == (DateRange(FEBRUARY, date(2027, 3, 31)), usd("248.00"))  # 2 x 62.00, twice


def test_a_month_that_begins_with_the_change_is_among_them():
    more = change(FEBRUARY, "users", 34, 36)
    found = already_invoiced(running(more), FEBRUARY, handed_over(running(), MARCH))
    assert found == (DateRange(FEBRUARY, date(2027, 3, 31)), usd("248.00"))


def test_a_line_that_is_new_or_gone_is_counted_from_nothing():
    readers = [(ON, fees(lines=[READERS]))]
    assert (
        already_invoiced(running(later=readers), ON, handed_over(running(), MARCH)) is None
    )  # an amendment is no change
    gone = removal(ON, "server", 3, 0, asked="2026-12-01")
    found = already_invoiced(running(gone), ON, handed_over(running(), MARCH))
    assert found == (DateRange(FEBRUARY, date(2027, 3, 31)), usd("-660.00"))


def test_a_line_that_was_never_invoiced_and_costs_nothing_any_more_makes_no_difference():
    free = change(ON, "price", "110.00 USD", "0.00 USD", name="servers")
    rows = [each for each in handed_over(running(), MARCH) if each.key.line != "servers"]
    assert already_invoiced(running(free), ON, rows) is None


def test_the_month_of_the_change_is_not_among_them():
    assert already_invoiced(running(MORE), ON, handed_over(running(), ON)) is None


def test_nothing_is_invoiced_again_that_was_invoiced_with_the_change():
    assert already_invoiced(running(MORE), ON, handed_over(running(MORE), MARCH)) is None


def test_a_later_change_is_not_part_of_the_difference():
    later = change(MARCH, "users", 36, 40)
    found = already_invoiced(running(MORE, later), ON, handed_over(running(), MARCH))
    assert found == (DateRange(FEBRUARY, date(2027, 2, 28)), usd("124.00"))


def test_fewer_are_credited():
    found = already_invoiced(running(change(ON, "users", 34, 33)), ON, handed_over(running(), FEBRUARY))
    assert found == (DateRange(FEBRUARY, date(2027, 2, 28)), usd("-62.00"))


def test_a_line_that_comes_back_is_invoiced_in_full():
    gone, back = removal("2026-12-01", "server", 3, 0, asked="2026-10-15"), change(ON, "server", 0, 2)
    found = already_invoiced(running(gone, back), ON, handed_over(running(gone), MARCH))
    assert found == (DateRange(FEBRUARY, date(2027, 3, 31)), usd("440.00"))  # 2 x 110.00, twice
