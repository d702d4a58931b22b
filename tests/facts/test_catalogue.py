"""The provider's offer: calendars, rate card, plans and their service levels."""

from decimal import Decimal

import pytest

from contract_assembly.core.values import Percent
from contract_assembly.facts.catalogue import Calendar, Plan, Price, Rates
from tests.helpers.inputs_base import ROOT
from tests.helpers.models import read, refused

PLAN = (ROOT / "provider/plans/essential.yaml").read_text("utf-8")
RATES = """roles:
  - {role: Technician, rate: [100.00 USD, 80.00 GBP]}
increment: 15 minutes
minimum_remote: 15 minutes
minimum_onsite: 1 hour
after_hours: 1.5
weekend: 1.5
holiday: 2
cancel_visit: 4 business hours
"""
DAYS = """timezone: America/New_York
timezone_name: Eastern Time
days: Monday to Friday
opens: 08:00
closes: 18:00
holidays: none
"""


def test_a_calendar_keeps_no_holidays_in_lieu_and_has_no_days_of_its_own_unless_it_says_so():
    found = read(Calendar, DAYS).model
    assert (found.in_lieu, found.open, found.closed, found.short) == ("none", (), (), ())


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("opens: 08:00", "opens: 8:00", "opens: '8:00' is not a time of day"),
        ("closes: 18:00", "closes: 24:00", "closes: '24:00' is not a time of day"),
        ("Monday to Friday", "Friday to Monday", "days: 'Friday to Monday' is not a run of weekdays"),
        ("holidays: none", "holidays: New York", "holidays: 'New York' is not a country or subdivision code"),
    ],
)
def test_times_and_days_of_a_calendar_have_one_form(old, new, what):
    ((_, said, _),) = refused(Calendar, DAYS.replace(old, new))
    assert said.startswith(what)


def test_a_short_day_may_change_either_end_or_both():
    text = DAYS + "short:\n  - {date: 2026-12-24, name: Christmas Eve, closes: 12:00}\n"
    (short,) = read(Calendar, text).model.short
    assert (short.opens, short.closes.hour) == (None, 12)


def test_a_rate_card_has_no_sunday_factor_and_no_discounts_unless_it_says_so():
    found = read(Rates, RATES).model
    assert (found.sunday, found.support_discount, found.commitments) == (None, Percent(Decimal(0)), ())
    assert (found.after_hours, found.holiday) == (Decimal("1.5"), Decimal(2))


@pytest.mark.parametrize("factor", ["-1", "1.5x", "1,5", ""])
def test_a_factor_is_a_plain_number_and_never_below_zero(factor):
    assert [line for *_, line in refused(Rates, RATES.replace("weekend: 1.5", f"weekend: '{factor}'"))] == [7]


def test_a_price_is_of_support_unless_it_says_so_and_per_an_asset_that_we_know():
    line = "{id: user, label: Support, per: user, price: [62.00 USD]}"
    assert read(Price, line).model.nature == "support"
    assert read(Price, line.replace("per: user", "per: agreement")).model.per == "agreement"
    assert [each[1] for each in refused(Price, line.replace("per: user", "per: seat"))] == [
        "per: 'seat' is not one of the choices"
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    - [P1, P2, P3]\n", ""),
        ("[P1, P2, P3]", "[P1, P2]"),
        ("[P1, P2, P3]", "[P1, P2, P5]"),
        ("[P1, P2, P3]", "[P1, P2, P3, P4]"),
    ],
)
def test_the_priority_matrix_is_three_by_three_of_four_priorities(old, new):
    assert refused(Plan, PLAN) == []
    found = refused(Plan, PLAN.replace(old, new, 1))
    assert found
    assert all("service_levels.matrix" in what for _, what, _ in found)


def test_a_plan_promises_something_for_each_of_the_four_priorities():
    cut = "".join(line for line in PLAN.splitlines(keepends=True) if "{id: P4," not in line)
    assert [what for _, what, _ in refused(Plan, cut)] == ["service_levels.priorities.3 is missing"]


def test_a_plan_is_sold_until_it_says_from_when_it_is_not():
    assert read(Plan, PLAN).model.withdrawn is None
    assert str(read(Plan, PLAN + "\nwithdrawn: 2027-01-01\n").model.withdrawn) == "2027-01-01"
