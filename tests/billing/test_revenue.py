"""Recurring revenue: what recurs on a day, why it changed, and what is contracted. Amounts are counted by hand."""

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_assembly.billing import revenue, revenue_report
from contract_assembly.billing.commitments import committed_until, contracted, renewal_ahead
from contract_assembly.billing.recurring import by_currency, lines_on, moved
from contract_assembly.billing.revenue import month_ends, recurring_share
from tests.helpers.corpus import REPOSITORY, run
from tests.helpers.running import FIRST, change, running, usd

OCTOBER, MARCH = date(2026, 10, 15), date(2027, 3, 31)


def why(before, after, first=OCTOBER, last=MARCH):
    old = [line for each in before for line in lines_on(each, first)]
    new = [line for each in after for line in lines_on(each, last)]
    return [(each.why, each.line, each.amount.amount) for each in moved(old, new)]


def test_a_larger_count_is_more_at_the_old_price():
    found = running(change("2027-01-17", "users", 34, 36))
    assert why([found], [found]) == [("more", "users", Decimal("124.00"))]


def test_a_count_and_a_price_that_change_are_told_apart():
    later = [(date(2027, 1, 1), {"agreement__coverage__users": 40, "agreement__fees__prices": ()})]
    found = running(later=later)
    assert why([found], [found]) == [("more", "users", Decimal("372.00")), ("price", "users", Decimal("120.00"))]


def test_a_line_that_comes_or_goes_in_a_contract_is_more_or_less():
    found = running(change("2027-01-17", "server", 3, 0))
    assert why([found], [found]) == [("less", "servers", Decimal("-330.00"))]


def test_a_contract_that_begins_is_new_and_one_that_stops_has_ended():
    found = running(last=date(2027, 2, 28))
    lines = [("users", Decimal("2108.00")), ("servers", Decimal("330.00"))]
    assert why([], [found], last=OCTOBER) == [("new", *each) for each in lines]
    assert why([found], [found]) == [("ended", name, -amount) for name, amount in lines]


def test_the_next_term_goes_on_with_the_contract_before():
    before = replace(running(last=date(2026, 12, 31)), chain="2026-support")
    after = replace(
        running(agreement__term__first_day=date(2027, 1, 1), agreement__coverage__users=30),
        name="2027-support",
        chain="2026-support",
    )
    assert why([before], [after]) == [("less", "users", Decimal("-248.00"))]


counts = st.lists(
    st.tuples(st.integers(0, 400), st.sampled_from(["users", "server", "firewall"]), st.integers(0, 50)),
    max_size=6,
    unique_by=lambda e: e[:2],
)


@given(counts, st.integers(0, 400), st.integers(0, 400))
def test_movements_add_up_to_the_difference(some, first, last):
    found = running(*(change(FIRST + timedelta(days=n), what, 0, count) for n, what, count in some))
    before, after = (lines_on(found, FIRST + timedelta(days=n)) for n in (first, last))
    old, new = (by_currency(each).get("USD", Decimal(0)) for each in (before, after))
    assert sum((each.amount.amount for each in moved(before, after)), Decimal(0)) == new - old


@pytest.mark.parametrize(
    ("on", "until"),
    [
        (date(2027, 3, 31), date(2027, 9, 30)),
        (date(2027, 7, 30), date(2027, 9, 30)),  # the Decision Day: it can still be declined
        (date(2027, 7, 31), date(2028, 9, 30)),
    ],
)
def test_a_contract_binds_until_its_term_ends_or_for_the_next_once_it_cannot_be_declined(on, until):
    assert committed_until(running(), on) == until


def test_an_end_that_was_agreed_ends_what_is_contracted():
    found = running(last=date(2027, 6, 10))
    assert committed_until(found, MARCH) == date(2027, 6, 10)
    assert contracted(found, MARCH, date(2027, 6, 10)) == usd("5688.67")  # 2,438.00 x 2, and 10/30 of it: 812.67


def test_what_is_contracted_follows_changes_that_are_agreed_for_later():
    found = running(change("2027-07-01", "users", 34, 36))
    assert contracted(found, MARCH, date(2027, 9, 30)) == usd("15000.00")  # 3 x 2,438.00 and 3 x 2,562.00


def test_a_renewal_within_twelve_months_is_ahead_until_it_is_settled():
    ahead = renewal_ahead(running(), MARCH)
    assert (str(ahead.last), str(ahead.decide_by), ahead.monthly) == ("2027-09-30", "2027-07-30", usd("2438.00"))
    assert renewal_ahead(running(last=date(2027, 9, 30)), MARCH) is None
    by_agreement = running(last=date(2027, 9, 30), agreement__term__renewal="by-agreement")
    assert renewal_ahead(by_agreement, MARCH).decide_by is None


def test_the_share_that_recurs_is_of_everything_sold():
    billed = {
        ("USD", "recurring"): Decimal(900),
        ("USD", "block"): Decimal(100),
        ("USD", "service-credit"): Decimal(-50),
    }
    assert recurring_share(billed, "USD") == 90
    assert recurring_share(billed, "EUR") is None


def test_months_end_with_the_day_asked_for():
    assert month_ends(date(2027, 1, 15), date(2027, 3, 10)) == [date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 10)]


# ---- the command, over the samples


def test_every_figure_is_explained():
    found = revenue.Revenue(MARCH, date(2026, 12, 31))
    revenue._of_contract(found, running(signed_on=date(2026, 9, 21)))
    text = revenue_report.as_text(found, None, explain=True)
    assert ": 34 x 62.00 = 2108.00\n" in text
    assert "acme/2026-support: 14,628.00 USD, bound until 2027-09-30" in text  # six months of 2,438.00
    assert "at stake: 2,438.00 USD a month, 29,256.00 a year" in text
    assert "acme/2026-support: recurring 14,628.00" in text  # October to March
    data = revenue_report.as_data(found, None, explain=True)
    assert data["recurring_share"] == [{"currency": "USD", "percent": "100.0"}]
    assert data["contracted"][0]["until"] == "2027-09-30"


def test_without_recurring_fees_the_movements_say_so():
    text = revenue_report.as_text(revenue.Revenue(MARCH, date(2026, 12, 31)), None, explain=False)
    assert "Since 2026-12-31\n  nothing recurs on either day" in text


def test_what_was_sent_and_not_signed_is_shown_apart():
    found = json.loads(run(REPOSITORY, "revenue", "--on", "2027-03-31", "--client", "acme", "--json").out)
    assert found["recurring"] == []
    assert found["sent_not_signed"] == [{"currency": "USD", "monthly": "2908.00", "yearly": "34896.00"}]


def test_the_text_names_the_day_and_the_table_its_columns():
    said = run(REPOSITORY, "revenue", "--on", "2027-03-31", "--client", "hudson")
    assert (said.code, said.out.splitlines()[0]) == (0, "Recurring on 2027-03-31: 0 clients")
    assert "USD block 1,800.00; 0.0 % of sales recurs" in said.out
    table = run(REPOSITORY, "revenue", "--on", "2027-03-31", "--client", "hudson", "--csv")
    assert table.out == "\ufeffclient,agreement,plan,line,label,quantity,unit_price,monthly,yearly,currency,source\r\n"


def test_movements_and_renewals_are_tables_of_their_own():
    found = revenue.Revenue(MARCH, date(2026, 12, 31))
    revenue._of_contract(found, running(change("2027-01-17", "users", 34, 36)))
    rows = revenue_report.movements_csv(found).splitlines()
    assert rows[1:] == ["more,acme,2026-support,users,124.00,USD,34 to 36"]
    rows = revenue_report.renewals_csv(found).splitlines()
    assert rows[0] == "\ufefflast_day,decide_by,client,agreement,monthly,yearly,currency"
    assert rows[1:] == ["2027-09-30,2027-07-30,acme,2026-support,2562.00,30744.00,USD"]


@pytest.mark.parametrize(
    "words",
    [
        ("--csv", "--table", "movements"),
        ("--table", "renewals"),
        ("--csv", "--by", "plan", "--table", "renewals"),
        ("--on", "2027-01-01", "--since", "2027-01-01"),
        ("--csv", "--json"),
        ("--on", "soon"),
    ],
)
def test_wrong_use_is_refused(words):
    assert run(REPOSITORY, "revenue", *words).code == 2
