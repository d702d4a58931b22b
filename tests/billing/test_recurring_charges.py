"""What recurs beyond the plan's lines: discounts that end, price steps, lines that begin mid-term, tiers, lines by the year. Amounts are
counted by hand."""

from datetime import date
from decimal import Decimal

import pytest

from contract_assembly.billing.charges import charges
from tests.helpers.fee_facts import ARCHIVE, READERS, TIERS, fees
from tests.helpers.running import change, running

DOMAINS = {"id": "domains", "name": "Domains", "price": "1200.00 USD", "every": "year"}
WELCOME = {"name": "Welcome", "percent": "10 %", "last_day": "2027-01-16"}


def listed(found, until, line):
    return [
        (str(each.days.first), str(each.days.last), str(each.amount.amount))
        for each in charges(found, until)
        if each.key.line == line
    ]


def working(found, until, line):
    return [each.working for each in charges(found, until) if each.key.line == line]


def test_a_line_that_begins_within_a_month_is_charged_for_its_days_on_the_invoice_of_that_month():
    found = running(**fees(lines=[{**READERS, "first_day": "2027-02-15"}]))
    assert listed(found, date(2027, 3, 1), "readers") == [
        ("2027-02-15", "2027-02-28", "27.00"),  # 54.00 x 14/28
        ("2027-03-01", "2027-03-31", "54.00"),
    ]
    february = next(each for each in charges(found, date(2027, 2, 1)) if each.key.line == "readers")
    assert (str(february.listed), str(february.invoiced)) == ("2027-02-01", "2027-01-02")


def test_a_line_ends_with_its_last_day():
    found = running(**fees(lines=[{**READERS, "last_day": "2026-10-31"}]))
    assert listed(found, date(2027, 1, 31), "readers") == [("2026-10-01", "2026-10-31", "54.00")]


def test_a_discount_that_ends_within_a_month_splits_it():
    found = running(**fees(discounts=[WELCOME]))
    assert listed(found, date(2027, 1, 31), "servers")[-2:] == [
        ("2027-01-01", "2027-01-16", "153.29"),  # 297.00 x 16/31
        ("2027-01-17", "2027-01-31", "159.68"),  # 330.00 x 15/31
    ]
    assert working(found, date(2026, 10, 1), "servers") == ["3 x 110.00 less 10 % (Welcome) = 297.00"]


def test_a_count_that_changes_under_a_discount_is_charged_at_the_discount_while_it_lasts():
    found = running(change("2027-01-09", "server", 3, 4), **fees(discounts=[WELCOME]))
    assert listed(found, date(2027, 1, 31), "servers")[-2:] == [
        ("2027-01-09", "2027-01-16", "25.55"),  # 99.00 x 8/31
        ("2027-01-17", "2027-01-31", "53.23"),  # 110.00 x 15/31
    ]


def test_a_price_steps_up_on_the_first_day_of_a_contract_year():
    found = running(**fees(steps=[{"year": "2", "percent": "3 %"}]))
    assert listed(found, date(2027, 10, 1), "servers")[-2:] == [
        ("2027-09-01", "2027-09-30", "330.00"),
        ("2027-10-01", "2027-10-31", "339.90"),
    ]


def test_an_agreed_change_of_price_is_not_stepped_again():
    later = [(date(2027, 11, 1), {"agreement__courts": "the courts of Kings County"})]
    entry = change("2027-11-01", "price", "63.86 USD", "60.00 USD", name="users", how="amendment-1")
    found = running(entry, later=later, **fees(steps=[{"year": "2", "percent": "3 %"}]))
    assert listed(found, date(2027, 11, 1), "users")[-2:] == [
        ("2027-10-01", "2027-10-31", "2171.24"),  # 34 x 63.86
        ("2027-11-01", "2027-11-30", "2040.00"),
    ]


def test_each_tier_is_a_line_and_a_further_user_is_charged_at_its_own():
    found = running(
        change("2027-01-17", "users", 34, 52),
        **fees(prices=[{"line": "users", "pricing": "graduated", "tiers": TIERS}]),
    )
    made = [
        (each.key.line, str(each.quantity), str(each.amount.amount))
        for each in charges(found, date(2027, 1, 31))
        if str(each.days.first) == "2027-01-17"
    ]
    assert made == [("users.2", "16", "464.52"), ("users.3", "2", "53.23")]  # 960.00 and 110.00 x 15/31


def test_an_add_on_for_each_user_follows_their_number():
    found = running(change("2027-02-01", "users", 34, 36), **fees(add_ons=[ARCHIVE], lines=[{"add_on": "archive"}]))
    assert listed(found, date(2027, 2, 1), "archive")[-2:] == [
        ("2027-01-01", "2027-01-31", "85.00"),
        ("2027-02-01", "2027-02-28", "90.00"),
    ]


def test_a_line_by_the_year_is_charged_once_a_contract_year():
    found = running(**fees(lines=[DOMAINS]))
    assert listed(found, date(2027, 12, 1), "domains") == [
        ("2026-10-01", "2027-09-30", "1200.00"),
        ("2027-10-01", "2028-09-30", "1200.00"),
    ]
    assert working(found, date(2026, 10, 1), "domains") == ["1 x 1200.00 = 1200.00"]


@pytest.mark.parametrize(
    ("billing", "last", "says"),
    [
        ("monthly", None, ""),
        ("quarterly", None, " a month, for 3 months"),
        ("quarterly", date(2026, 11, 30), " a month, for 2 months"),
        ("quarterly", date(2026, 10, 31), ""),
        ("yearly", None, " a month, for 12 months"),
    ],
)
def test_the_working_of_a_fee_says_for_how_many_months_it_is(billing, last, says):
    found = running(agreement__fees__billing=billing, last=last)
    assert working(found, date(2026, 10, 1), "users") == [f"34 x 62.00 = 2108.00{says}"]


@pytest.mark.parametrize(
    ("last", "amount", "says"),
    [
        (date(2027, 3, 31), "600.00", "1 x 1200.00 = 1200.00 a year, for 6 months of 12"),
        (date(2026, 10, 31), "100.00", "1 x 1200.00 = 1200.00 a year, for 1 month of 12"),
        (date(2027, 1, 15), "348.39", "1 x 1200.00 = 1200.00 a year, for 15/31 days and 3 months of 12"),
    ],
)
def test_a_part_of_a_contract_year_is_charged_by_its_months_and_days(last, amount, says):
    found = running(**fees(lines=[DOMAINS]), last=last)
    assert listed(found, date(2027, 12, 1), "domains") == [("2026-10-01", str(last), amount)]
    assert working(found, date(2027, 12, 1), "domains") == [says]


def test_an_end_of_a_line_by_the_year_is_credited():
    later = [(date(2027, 4, 1), {"agreement__courts": "the courts of Kings County"})]
    end = change("2027-04-01", "line", "covered", "ended", name="domains", how="amendment-1")
    found = running(end, later=later, **fees(lines=[DOMAINS]))
    assert listed(found, date(2027, 9, 30), "domains") == [
        ("2026-10-01", "2027-09-30", "1200.00"),
        ("2027-04-01", "2027-09-30", "-600.00"),
    ]
    ended = next(each for each in charges(found, date(2027, 9, 30)) if each.amount.amount == -600)
    assert (ended.working, ended.quantity) == ("ended: -1200.00 a year, for 6 months of 12", -1)


def test_an_end_of_a_line_by_the_year_on_its_last_day_is_still_listed_on_that_day():
    day = date(2027, 9, 30)
    later = [(day, {"agreement__courts": "the courts of Kings County"})]
    end = change(str(day), "line", "covered", "ended", name="domains", how="amendment-1")
    found = charges(running(end, later=later, **fees(lines=[DOMAINS])), day, day)
    assert [(each.listed, str(each.amount.amount)) for each in found if each.key.line == "domains"][-1] == (
        day,
        "-3.33",
    )


def test_a_quarter_in_which_a_discount_ends_is_one_invoice():
    said = fees(discounts=[{"name": "Free month", "free": "1 month", "lines": ["servers"]}])
    made = [
        each
        for each in charges(running(agreement__fees__billing="quarterly", **said), date(2026, 10, 1))
        if each.key.line == "servers"
    ]
    assert [(each.amount.amount, str(each.listed)) for each in made] == [
        (Decimal("0.00"), "2026-10-01"),
        (Decimal("660.00"), "2026-10-01"),
    ]
    whole = running(agreement__fees__billing="quarterly", **said)  # what stays the same is one charge
    assert listed(whole, date(2026, 10, 1), "users") == [("2026-10-01", "2026-12-31", "6324.00")]
