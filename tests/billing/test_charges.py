"""What is charged: periods, parts of months, changes within them, and what is charged once. Amounts are counted by hand."""

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from contract_assembly.billing.charges import charges
from contract_assembly.core.origin import Origin
from contract_assembly.core.values import Duration
from contract_assembly.facts.agreement import Credit
from contract_assembly.facts.fields import Located
from contract_assembly.facts.service_record import Service
from tests.helpers.fee_facts import fees
from tests.helpers.months import miss
from tests.helpers.months import service as figures
from tests.helpers.running import change, removal, running, usd


def listed(found, until, *sorts, line=None):
    return [
        (each.key.line, str(each.days.first), str(each.days.last), each.amount.amount)
        for each in charges(found, until)
        if each.key.sort in (sorts or ("recurring",)) and line in {None, each.key.line}
    ]


def test_a_month_is_charged_in_full():
    assert listed(running(), date(2026, 10, 31)) == [
        ("users", "2026-10-01", "2026-10-31", Decimal("2108.00")),
        ("servers", "2026-10-01", "2026-10-31", Decimal("330.00")),
    ]


def test_an_addition_within_a_month_is_charged_for_the_days_that_are_left():
    found = running(change("2027-01-17", "users", 34, 36))
    january = [each for each in listed(found, date(2027, 2, 1), line="users") if "2027-01" in each[1]]
    assert january == [
        ("users", "2027-01-01", "2027-01-31", Decimal("2108.00")),
        ("users", "2027-01-17", "2027-01-31", Decimal("60.00")),  # 124.00 x 15/31
    ]
    assert listed(found, date(2027, 2, 1), line="users")[-1] == (
        "users",
        "2027-02-01",
        "2027-02-28",
        Decimal("2232.00"),
    )


def test_its_working_says_how():
    found = charges(running(change("2027-01-17", "users", 34, 36)), date(2027, 1, 31))[-1]
    assert found.working == "36 in place of 34: +124.00 a month, for 15/31 days"
    assert (found.quantity, found.price) == (Decimal(2), usd("62.00"))
    assert (found.invoiced, found.due) == (date(2027, 1, 17), date(2027, 2, 16))


@pytest.mark.parametrize(
    ("on", "last", "more"),
    [("2027-01-31", "2027-01-31", "4.00"), ("2027-01-02", "2027-01-31", "120.00"), ("2027-02-01", "2027-02-28", None)],
)
def test_an_addition_counts_from_its_day_even_the_first_or_last_of_a_month(on, last, more):
    found = [
        each for each in listed(running(change(on, "users", 34, 36)), date(2027, 2, 1), line="users") if each[1] == on
    ]
    assert found == [("users", on, last, Decimal(more or "2232.00"))]  # 124.00 x 1/31 and 30/31


def test_a_removal_within_a_month_is_credited():
    found = running(removal("2027-01-17", "users", 34, 32, asked="2026-12-01"))
    assert listed(found, date(2027, 1, 31), line="users")[-1] == (
        "users",
        "2027-01-17",
        "2027-01-31",
        Decimal("-60.00"),
    )


def test_a_price_that_changes_within_a_month_shows_both_sides():
    later = [(date(2027, 1, 17), {"agreement__fees__prices": ()})]
    found = charges(running(later=later), date(2027, 1, 31))[-1]
    assert found.amount == usd("49.35")  # 34 x 3.00 x 15/31
    assert found.working == "34 x 65.00 = 2210.00 in place of 34 x 62.00 = 2108.00: +102.00 a month, for 15/31 days"
    assert (found.quantity, found.price) == (None, None)


def test_a_term_from_mid_month_is_invoiced_by_calendar_months():
    found = running(agreement__term__first_day=date(2026, 11, 16), last=date(2027, 11, 15))
    users = listed(found, date(2027, 12, 31), line="users")
    assert users[0] == ("users", "2026-11-16", "2026-11-30", Decimal("1054.00"))  # 15/30
    assert users[1] == ("users", "2026-12-01", "2026-12-31", Decimal("2108.00"))
    assert users[-1] == ("users", "2027-11-01", "2027-11-15", Decimal("1054.00"))
    assert len(users) == 13


def test_quarters_are_those_of_the_contract_year():
    found = running(agreement__term__first_day=date(2026, 11, 16), agreement__fees__billing="quarterly")
    assert listed(found, date(2027, 2, 16), line="users") == [
        ("users", "2026-11-16", "2027-02-15", Decimal("6324.00")),
        ("users", "2027-02-16", "2027-05-15", Decimal("6324.00")),
    ]


def test_a_change_within_a_quarter_is_charged_for_part_of_its_month_and_the_months_after():
    entry = change("2026-12-01", "users", 34, 36)
    found = running(entry, agreement__term__first_day=date(2026, 11, 16), agreement__fees__billing="quarterly")
    more = charges(found, date(2026, 12, 1))[-1]
    assert more.amount == usd("310.00")  # 124.00 x 15/30 days of 16 Nov to 15 Dec, and 2 months
    assert more.working == "36 in place of 34: +124.00 a month, for 15/30 days and 2 months"


def test_an_amendment_may_have_the_fee_invoiced_by_other_periods():
    monthly = [(date(2027, 2, 10), {"agreement__fees__billing": "monthly"})]
    found = running(agreement__fees__billing="quarterly", later=monthly)
    assert listed(found, date(2027, 3, 1), line="users") == [
        ("users", "2026-10-01", "2026-12-31", Decimal("6324.00")),
        ("users", "2027-01-01", "2027-02-09", Decimal("2785.57")),  # a month, and 2108.00 x 9/28
        ("users", "2027-02-10", "2027-02-28", Decimal("1430.43")),  # 2108.00 x 19/28
        ("users", "2027-03-01", "2027-03-31", Decimal("2108.00")),
    ]
    named = {each.key.first: each.key.last for each in charges(found, date(2027, 3, 1))}
    assert named[date(2027, 1, 1)] == date(2027, 3, 31)  # so what was invoiced for the quarter before is corrected
    assert named[date(2027, 2, 10)] == date(2027, 2, 28)


def test_quarters_agreed_later_are_those_of_the_contract_year_as_well():
    found = running(later=[(date(2027, 2, 10), {"agreement__fees__billing": "quarterly"})])
    assert [each[1:3] for each in listed(found, date(2027, 4, 1), line="users")][-3:] == [
        ("2027-02-01", "2027-02-09"),
        ("2027-02-10", "2027-03-31"),
        ("2027-04-01", "2027-06-30"),
    ]


def test_a_time_to_pay_that_was_amended_applies_from_the_day_of_the_amendment():
    found = running(later=[(date(2027, 2, 1), {"agreement__fees__due": Duration(10, "day")})])
    invoiced = {each.key.first: (each.invoiced, each.due) for each in charges(found, date(2027, 2, 1))}
    assert invoiced[date(2027, 1, 1)] == (date(2026, 12, 2), date(2027, 1, 1))
    assert invoiced[date(2027, 2, 1)] == (date(2027, 1, 22), date(2027, 2, 1))


def test_a_year_is_twelve_printed_months():
    found = running(agreement__fees__billing="yearly")
    assert listed(found, date(2026, 10, 1), line="users")[0][3] == Decimal("25296.00")


def test_a_contract_that_begins_on_29_february_leaves_no_day_out():
    found = running(agreement__term__first_day=date(2028, 2, 29), agreement__fees__billing="quarterly")
    days = [each[1:3] for each in listed(found, date(2029, 6, 1), line="users")]
    assert days[:5] == [
        ("2028-02-29", "2028-05-28"),
        ("2028-05-29", "2028-08-28"),
        ("2028-08-29", "2028-11-28"),
        ("2028-11-29", "2029-02-27"),
        ("2029-02-28", "2029-05-28"),
    ]


def test_the_fee_stops_on_the_last_day():
    found = running(last=date(2027, 3, 10))
    assert listed(found, date(2027, 12, 31), line="servers")[-1] == (
        "servers", "2027-03-01", "2027-03-10", Decimal("106.45"),  # 330.00 x 10/31
    )  # fmt: skip


@pytest.mark.parametrize(
    ("signed_on", "invoiced", "due"),
    [
        (None, "2026-09-01", "2026-10-01"),
        (date(2026, 8, 20), "2026-08-20", "2026-10-01"),
        (date(2026, 9, 21), "2026-09-21", "2026-10-21"),
    ],
)
def test_the_first_invoice_goes_out_on_signing(signed_on, invoiced, due):
    first = charges(running(signed_on=signed_on), date(2026, 10, 1))[0]
    assert (str(first.invoiced), str(first.due)) == (invoiced, due)


def test_later_invoices_go_out_so_long_before_their_month_and_are_due_on_its_first_day():
    found = charges(running(), date(2026, 11, 1))[-1]
    assert (str(found.invoiced), str(found.due)) == ("2026-10-02", "2026-11-01")


def test_an_invoice_due_after_business_days_is_due_after_just_so_many():
    found = running(agreement__fees__due=Duration(10, "business day"), agreement__fees__setup=usd("100.00"))
    setup = next(each for each in charges(found, date(2026, 10, 1)) if each.key.sort == "setup")
    assert str(setup.due) == "2026-10-16"  # Thursday, and ten Business Days after it without Columbus Day


def test_the_setup_fee_is_charged_once_on_the_start_date():
    found = running(agreement__fees__setup=usd("1500.00"))
    assert listed(found, date(2027, 9, 30), "setup") == [("setup", "2026-10-01", "2026-10-01", Decimal("1500.00"))]


def test_a_credit_for_prepaid_hours_comes_off_the_first_invoices_until_it_is_used_up():
    credit = Credit(amount=usd("3000.00"), hours=Decimal(30), block="NL-2026-B017", as_of=date(2026, 9, 1))
    found = running(agreement__fees__credit=credit)
    assert listed(found, date(2027, 9, 30), "credit") == [
        ("prepaid-hours", "2026-10-01", "2026-10-31", Decimal("-2438.00")),
        ("prepaid-hours", "2026-11-01", "2026-11-30", Decimal("-562.00")),
    ]
    assert [each.working for each in charges(found, date(2027, 9, 30)) if each.key.sort == "credit"] == [
        "of 3000.00 in all; 562.00 is left after it",
        "of 3000.00 in all; 0.00 is left after it",
    ]


def test_a_credit_takes_nothing_off_free_months():
    credit = Credit(amount=usd("100.00"), hours=Decimal(1), block="NL-2026-B017", as_of=date(2026, 9, 1))
    free = fees(discounts=[{"name": "Free month", "free": "1 month"}])
    assert listed(running(agreement__fees__credit=credit, **free), date(2027, 9, 30), "credit") == [
        ("prepaid-hours", "2026-11-01", "2026-11-30", Decimal("-100.00")),
    ]


@pytest.mark.parametrize(("unused", "taken"), [("900.00", "900.00"), ("1200.00", "1000.00"), ("0.00", None)])
def test_the_credit_is_that_for_the_hours_that_were_unused_and_never_more_than_agreed(unused, taken):
    credit = Credit(amount=usd("1000.00"), hours=Decimal(10), block="NL-2026-B017", as_of=date(2026, 9, 1))
    found = replace(running(agreement__fees__credit=credit), unused=usd(unused))
    amounts = [row[-1] for row in listed(found, date(2027, 9, 30), "credit")]
    assert amounts == ([-Decimal(taken)] if taken else [])


def test_a_service_credit_comes_off_the_next_invoice():
    missed = {
        "on": "2027-03-04",
        "what": "Late",
        "effect": "Slow",
        "source": "Report",
        "changed": "Staff",
        "credit": "145.40 USD",
    }
    service = Located(
        Service.model_validate({"term": "2026-10-01", "missed": [missed, missed]}), {"": Origin("service.yaml")}
    )
    found = [each for each in charges(running(service=service), date(2027, 3, 31)) if each.key.sort == "service-credit"]
    assert [(each.key.line, each.amount.amount, str(each.listed), str(each.invoiced)) for each in found] == [
        ("missed", Decimal("-145.40"), "2027-05-01", "2027-04-01"),
        ("missed-2", Decimal("-145.40"), "2027-05-01", "2027-04-01"),
    ]


@pytest.mark.parametrize(
    ("on", "until", "invoiced"),
    [
        ("2026-10-01", "2026-10-01", ["2026-10-02"]),  # on the first day of all
        ("2027-03-04", "2027-03-03", []),
        ("2027-03-04", "2027-03-04", ["2027-04-01"]),
        ("2027-04-01", "2027-04-30", ["2027-05-02"]),  # an invoice of the same day has gone out
    ],
)
def test_a_service_credit_waits_for_the_next_invoice_from_its_day_on(on, until, invoiced):
    found = charges(running(service=figures(missed=[miss(on, "145.40 USD")])), date.fromisoformat(until))
    assert [str(each.invoiced) for each in found if each.key.sort == "service-credit"] == invoiced


# ---- when the Recurring Fee is invoiced


def invoiced(found, until, line="users"):
    return [str(each.invoiced) for each in charges(found, until) if each.key.line == line]


@pytest.mark.parametrize(
    ("timing", "days"),
    [
        ("in-advance", ["2026-09-01", "2026-10-02"]),
        ("on-first-day", ["2026-10-01", "2026-11-01"]),
        ("in-arrears", ["2026-11-01", "2026-12-01"]),
    ],
)
def test_the_clause_on_fees_decides_when_a_month_is_invoiced(timing, days):
    assert invoiced(replace(running(), timing=timing), date(2026, 11, 30)) == days


def test_in_arrears_a_change_is_on_the_invoice_of_its_month():
    found = replace(running(change("2027-01-17", "users", 34, 36)), timing="in-arrears")
    january = [each for each in charges(found, date(2027, 1, 31)) if each.key.line == "users"][-2:]
    assert {(each.invoiced, each.due) for each in january} == {(date(2027, 2, 1), date(2027, 3, 3))}


def test_the_last_days_of_a_contract_are_invoiced_in_arrears_on_the_day_after_it():
    found = replace(running(last=date(2026, 11, 12)), timing="in-arrears")
    assert invoiced(found, date(2026, 11, 30)) == ["2026-11-01", "2026-11-13"]


@pytest.mark.parametrize("billing", ["monthly", "quarterly", "yearly"])
@pytest.mark.parametrize(
    "credit", [None, Credit(amount=usd("90000.00"), hours=Decimal(9), block="B", as_of=date(2026, 9, 1))]
)
@pytest.mark.parametrize("since", [date(2027, 1, 31), date(2027, 2, 1), date(2028, 6, 15)])
def test_what_is_listed_since_a_day_is_the_same_without_the_fees_of_earlier_periods(billing, credit, since):
    entries = (change("2027-01-31", "users", 34, 36), change("2028-02-10", "users", 36, 40))
    found = running(*entries, agreement__fees__billing=billing, agreement__fees__credit=credit)
    until = date(2028, 12, 31)

    def listed_since(all_of_it):
        return [each for each in all_of_it if each.listed >= since]

    short, whole = charges(found, until, since), charges(found, until)
    assert listed_since(short) == listed_since(whole)
    assert len(short) < len(whole) or credit or since < date(2027, 10, 1)


def test_a_contract_that_has_ended_brings_no_fees_since_a_later_day():
    ended = running(last=date(2027, 3, 31))
    assert charges(ended, date(2027, 6, 30), date(2027, 6, 1)) == ()
    assert [each.key.line for each in charges(ended, date(2027, 6, 30), date(2027, 3, 31))] == ["users", "servers"]
