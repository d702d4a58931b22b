"""What is charged once: one-off lines and setup fees, whole or in instalments, and usage beyond what is included."""

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from contract_assembly.billing.charges import charges
from contract_assembly.core.origin import Origin
from contract_assembly.core.values import DateRange
from contract_assembly.facts.fields import Located
from contract_assembly.facts.usage import Usage
from tests.helpers.fee_facts import fees
from tests.helpers.running import STORAGE, running, usd

MOVE = {"id": "move", "name": "Move of the server room", "price": "1000.00 USD", "every": "once"}


def listed(found, until, sort):
    return [
        (each.key.line, str(each.listed), each.amount.amount) for each in charges(found, until) if each.key.sort == sort
    ]


def usage(*entries):
    model = Usage.model_validate({"usage": [{**each, "source": "Report"} for each in entries]})
    return Located(model, {"": Origin("usage.yaml")})


def test_a_one_off_line_is_charged_on_its_first_day():
    found = running(**fees(lines=[{**MOVE, "first_day": "2027-03-10"}]))
    assert listed(found, date(2027, 9, 30), "once") == [("move", "2027-03-10", Decimal("1000.00"))]


def test_without_a_first_day_it_is_charged_on_the_start_date():
    assert listed(running(**fees(lines=[MOVE])), date(2026, 10, 1), "once") == [
        ("move", "2026-10-01", Decimal("1000.00"))
    ]


def test_instalments_add_up_and_the_last_takes_what_rounding_leaves():
    found = running(**fees(lines=[{**MOVE, "instalments": "3"}]))
    assert listed(found, date(2027, 9, 30), "once") == [
        ("move", "2026-10-01", Decimal("333.33")),
        ("move", "2026-11-01", Decimal("333.33")),
        ("move", "2026-12-01", Decimal("333.34")),
    ]


def printed(found, sort):
    return [
        (each.label, each.quantity, each.price, each.working)
        for each in charges(found, date(2027, 9, 30))
        if each.key.sort == sort
    ]


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ("1", [("Days on site", 2, "500.00", "charged once")]),
        (
            "2",
            [
                ("Days on site, instalment 1 of 2", 1, "500.00", "instalment 1 of 2 of 1000.00"),
                ("Days on site, instalment 2 of 2", 1, "500.00", "instalment 2 of 2 of 1000.00"),
            ],
        ),
    ],
)
def test_an_instalment_is_one_payment_and_a_whole_amount_has_its_units(parts, says):
    days = {
        "id": "days",
        "name": "Days on site",
        "unit": "day",
        "quantity": "2",
        "price": "500.00 USD",
        "every": "once",
    }
    found = printed(running(**fees(lines=[{**days, "instalments": parts}])), "once")
    assert found == [(label, quantity, usd(price), working) for label, quantity, price, working in says]


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        (1, [("Setup fee", 1, "1500.00", "charged once, on or after the Start Date")]),
        (
            2,
            [
                ("Setup fee, instalment 1 of 2", 1, "750.00", "instalment 1 of 2 of 1500.00"),
                ("Setup fee, instalment 2 of 2", 1, "750.00", "instalment 2 of 2 of 1500.00"),
            ],
        ),
    ],
)
def test_a_setup_fee_says_when_it_is_charged_or_which_instalment_it_is(parts, says):
    found = running(agreement__fees__setup=usd("1500.00"), agreement__fees__setup_instalments=parts)
    assert printed(found, "setup") == [(label, quantity, usd(price), why) for label, quantity, price, why in says]


def test_the_rest_of_the_instalments_is_charged_on_the_last_day():
    found = running(**fees(lines=[{**MOVE, "instalments": "3"}]), last=date(2026, 10, 20))
    assert listed(found, date(2027, 9, 30), "once") == [
        ("move", "2026-10-01", Decimal("333.33")),
        ("move", "2026-10-20", Decimal("333.33")),
        ("move", "2026-10-20", Decimal("333.34")),
    ]


def test_a_setup_fee_may_be_paid_in_instalments():
    found = running(agreement__fees__setup=usd("1500.00"), agreement__fees__setup_instalments=2)
    assert listed(found, date(2027, 9, 30), "setup") == [
        ("setup", "2026-10-01", Decimal("750.00")),
        ("setup", "2026-11-01", Decimal("750.00")),
    ]


def test_a_one_off_line_that_an_amendment_brings_is_charged_on_its_day():
    later = [(date(2027, 1, 17), fees(lines=[MOVE]))]
    assert listed(running(later=later), date(2027, 9, 30), "once") == [("move", "2027-01-17", Decimal("1000.00"))]


def test_a_one_off_line_that_an_amendment_takes_out_before_its_day_is_not_charged():
    later = [(date(2027, 1, 17), fees(lines=[]))]
    found = running(**fees(lines=[{**MOVE, "first_day": "2027-03-10"}]), later=later)
    assert listed(found, date(2027, 9, 30), "once") == []


def test_use_beyond_what_is_included_is_charged_after_the_month():
    found = running(**fees(lines=[STORAGE]))
    entries = (
        {"line": "storage", "month": "2026-11", "used": "612.5"},
        {"line": "storage", "month": "2026-12", "used": "500"},
    )
    found = replace(found, usage=usage(*entries))
    assert listed(found, date(2027, 9, 30), "overage") == [("storage", "2026-12-01", Decimal("28.13"))]
    (charge,) = [each for each in charges(found, date(2027, 9, 30)) if each.key.sort == "overage"]
    assert charge.working == "612.5 used, 500 included: 112.5 x 0.25"
    assert charge.label == "Storage: use beyond 500 GB"
    assert charge.days == DateRange(date(2026, 11, 1), date(2026, 11, 30))


USED = [{"line": "storage", "month": "2026-11", "used": "600"}]


@pytest.mark.parametrize(
    ("days", "charged"),
    [
        ({"first_day": "2026-11-30"}, True),
        ({"first_day": "2026-12-01"}, False),
        ({"last_day": "2026-11-01"}, True),
        ({"last_day": "2026-10-31"}, False),
    ],
)
def test_use_counts_in_a_month_in_which_the_line_ran_for_a_day(days, charged):
    found = replace(running(**fees(lines=[{**STORAGE, **days}])), usage=usage(*USED))
    assert bool(listed(found, date(2027, 9, 30), "overage")) == charged


@pytest.mark.parametrize(
    ("first", "then", "on", "charged"),
    [
        ([], [STORAGE], date(2026, 11, 30), True),
        ([], [STORAGE], date(2026, 12, 1), False),
        ([STORAGE], [], date(2026, 11, 2), True),
        ([STORAGE], [], date(2026, 11, 1), False),
    ],
)
def test_use_counts_in_a_month_of_which_an_amendment_leaves_the_line_a_day(first, then, on, charged):
    found = replace(running(**fees(lines=first), later=[(on, fees(lines=then))]), usage=usage(*USED))
    assert bool(listed(found, date(2027, 9, 30), "overage")) == charged
