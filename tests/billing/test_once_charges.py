"""What is charged once: one-off lines and setup fees, whole or in instalments, and usage beyond what is included."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from contract_assembly.billing.charges import charges
from contract_assembly.core.origin import Origin
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
