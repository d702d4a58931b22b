"""A change and its effect as text and as data."""

from datetime import date

import pytest
from msgspec.structs import replace

from contract_assembly.billing.already_invoiced import InvoicedDifference
from contract_assembly.billing.change_report import as_data, as_text
from contract_assembly.billing.new_change import ChangeRequest, proposed, subjects
from contract_assembly.core.values import DateRange
from tests.helpers.running import handed_over, running, usd


def asked(on, *values, rows=()):
    return proposed(running(), ChangeRequest(subjects(values), on=on, asked=date(2027, 1, 12), asked_by="lena"), rows)


def test_the_text_has_the_fee_and_the_rest_of_the_month_with_its_working():
    lines = as_text(asked(date(2027, 1, 17), "users=36"), "agreements/acme/2026-support").splitlines()
    assert lines[:3] == [
        "agreements/acme/2026-support from Sunday 2027-01-17",
        "  users             34 to 36",
        "  monthly fee       2,438.00 USD to 2,562.00 USD (+124.00)",
    ]
    assert "60.00 USD: User support" in lines[3]
    assert "36 in place of 34: +124.00 a month, for 15/31 days" in lines[4]


def test_a_change_on_the_first_day_of_a_period_is_in_its_invoice():
    text = as_text(asked(date(2027, 2, 1), "users=36"), "agreements/acme/2026-support")
    assert "in full with the billing period that begins on 2027-02-01" in text


@pytest.mark.parametrize(
    ("on", "users", "says", "amount"),
    [
        (date(2027, 2, 1), 36, "2027-02-01 to 2027-03-31: an invoice for the difference, 248.00 USD", "248.00"),
        (date(2027, 2, 11), 33, "2027-03-01 to 2027-03-31: deducted from the next invoice, 62.00 USD", "-62.00"),
    ],
)
def test_what_becomes_of_months_that_were_invoiced_is_said(on, users, says, amount):
    found = asked(on, f"users={users}", rows=handed_over(running(), date(2027, 3, 1)))
    text = as_text(found, "agreements/acme/2026-support")
    assert f"  already invoiced  {says}" in text.splitlines()
    assert "in full with the billing period" not in text
    assert as_data(found)["already_invoiced"]["amount"] == amount


def test_the_data_has_exact_amounts():
    found = as_data(asked(date(2027, 1, 17), "users=36"))
    assert found["monthly"] == {"before": "2438.00", "after": "2562.00"}
    assert [each["amount"] for each in found["rest"]] == ["60.00"]
    assert (found["floor"], found["fewest_by_request"]) == ("1950.40", {"users": 27})


@pytest.mark.parametrize(("amount", "way"), [("0.34", "an invoice for"), ("-0.34", "deducted from")])
def test_cents_are_invoiced_or_deducted_like_any_amount(amount, way):
    days = DateRange(date(2027, 2, 1), date(2027, 2, 28))
    found = replace(asked(date(2027, 1, 17), "users=36"), invoiced=InvoicedDifference(days, usd(amount)))
    assert f"already invoiced  2027-02-01 to 2027-02-28: {way}" in as_text(found, "agreements/acme/2026-support")
