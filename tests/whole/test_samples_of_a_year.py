"""The samples with a year behind them: what was invoiced is what the contracts, the changes, the credit and the revenue say."""

import re
from calendar import monthrange
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from contract_assembly.billing.charges import charges
from contract_assembly.billing.effect import effect
from contract_assembly.billing.invoices import ChargeQuery, invoices
from contract_assembly.billing.issued import sums
from contract_assembly.billing.loader import Accounts, issued_by
from contract_assembly.billing.revenue import revenue
from contract_assembly.billing.states import state_on
from contract_assembly.core.values import DateRange
from contract_assembly.repository.inputs import Repository
from tests.helpers.corpus import run
from tests.whole.test_docs import commands

ROOT = Path(__file__).parents[2]
FIRST, NEXT = "2025-support", "2026-support"
PAIRS = tuple((client, name) for client in ("cedar", "thames") for name in (FIRST, NEXT))
DAYS = DateRange(date(2025, 10, 1), date(2026, 12, 31))
RENEWED = date(2026, 10, 1)
CENT = Decimal("0.01")

# Counted by hand from the price list. Cedar: 285.00 and 42.00 for each of 12, 14, 13 users. Thames: 228.00 and 34.00 for each of
# 9 and 11 users, then 68.00 for a second server. The next terms have unit prices that are 3 % higher, each rounded.
FEES = {
    "cedar": ("789.00", "873.00", "831.00", "855.93"),
    "thames": ("534.00", "602.00", "670.00", "690.10"),
}
CHANGED = {"cedar": (date(2026, 1, 12), date(2026, 7, 2)), "thames": (date(2026, 2, 16), date(2026, 5, 11))}
PARTS = {
    "cedar": ("54.19", "-40.65"),
    "thames": ("31.57", "46.07"),
}  # 20/31 of 84, 30/31 of 42; 13/28 of 68, 21/31 of 48 and of 20
CREDIT = {"cedar": "-34.92", "thames": "-24.08"}  # 4 % of 873.00 and of 602.00


@pytest.fixture(scope="module")
def accounts():
    """Both terms of each client, as they run."""
    found = Accounts(Repository(ROOT))
    running = {pair: found.one(*pair) for pair in PAIRS}
    assert found.warnings == ()
    return running


@pytest.fixture(scope="module")
def rows():
    """What was handed over, from the committed files."""
    return {client: issued_by(Repository(ROOT), client).rows for client in FEES}


def lines(accounts, client, day):
    """The lines of the monthly fee of a day, by the facts that were signed and the changes until then."""
    return state_on(accounts[client, FIRST if day < RENEWED else NEXT], day).lines


def fee(accounts, client, day):
    return sum(each.amount.amount for each in lines(accounts, client, day))


def months():
    """The months that were invoiced."""
    return [
        DateRange(first, first.replace(day=monthrange(first.year, first.month)[1]))
        for first in (date(2025 + n // 12, n % 12 + 1, 1) for n in range(9, 24))
    ]


@pytest.mark.parametrize("client", FEES)
def test_each_term_has_the_fee_that_is_counted_by_hand(accounts, client):
    one, other = CHANGED[client]
    days = (
        DAYS.first,
        one - timedelta(days=1),
        one,
        other - timedelta(days=1),
        other,
        RENEWED - timedelta(days=1),
        RENEWED,
    )
    plain, changed, again, renewed = map(Decimal, FEES[client])
    assert [fee(accounts, client, day) for day in days] == [plain, plain, changed, changed, again, again, renewed]


@pytest.mark.parametrize("client", FEES)
def test_each_line_of_a_month_was_invoiced_for_its_days(accounts, rows, client):
    for month in months():
        due, gone = {}, {}
        for day in (month.first + timedelta(days=n) for n in range(month.last.day)):
            for each in lines(accounts, client, day):
                due[each.id] = due.get(each.id, 0) + each.amount.amount / month.last.day
        for row in (each for each in rows[client] if each.key.sort == "recurring" and each.first_day in month):
            gone[row.key.line] = gone.get(row.key.line, 0) + row.amount.amount
        assert gone == {line: amount.quantize(CENT, ROUND_HALF_UP) for line, amount in due.items()}, month


@pytest.mark.parametrize("client", FEES)
def test_what_was_invoiced_once_is_the_setup_fee_and_one_credit(rows, client):
    once = {(each.key.sort, each.amount.amount) for each in rows[client] if each.key.sort != "recurring"}
    setup = {("setup", Decimal("400.00"))} if client == "cedar" else set()
    assert once == {("service-credit", Decimal(CREDIT[client])), *setup}


def test_nothing_was_left_out_and_nothing_was_invoiced_twice(accounts, rows):
    for (client, name), running in accounts.items():
        due = {}
        for each in charges(running, DAYS.last):
            if each.listed <= DAYS.last:
                due[each.key] = due.get(each.key, Decimal(0)) + each.amount.amount
        gone = sums(tuple(each for each in rows[client] if each.key.agreement == name))
        assert {key: amount for key, amount in gone.items() if amount} == due
    found = invoices(Repository(ROOT), PAIRS, ChargeQuery(DAYS, on=date(2026, 12, 31)))
    assert (found.problems, found.invoices, found.hand_overs) == ([], [], [])


@pytest.mark.parametrize("client", FEES)
def test_the_contracts_and_the_letters_print_what_is_invoiced(accounts, client):
    folder = ROOT / "agreements" / client
    plain, changed, again, renewed = FEES[client]
    for name, amount in ((FIRST, plain), (NEXT, renewed)):
        (total,) = re.findall(
            r"^\| \*\*Total a month\*\* .*\*\*(.*)\*\* \|$",
            (folder / name / "contract.md").read_text("utf-8"),
            re.MULTILINE,
        )
        assert total == amount
    for day, new, part in zip(CHANGED[client], (changed, again), PARTS[client], strict=True):
        letter = (folder / FIRST / f"change-{day}.md").read_text("utf-8")
        assert effect(accounts[client, FIRST], day).for_the_rest.amount == Decimal(part)
        assert new in letter
        assert part.removeprefix("-") in letter
    assert CREDIT[client].removeprefix("-") in (folder / FIRST / "renewal-letter-2026.md").read_text("utf-8")


def test_revenue_is_what_the_invoices_of_the_month_come_to(rows):
    found = revenue(ROOT, PAIRS, date(2026, 12, 31), since=DAYS.first)
    for client, (plain, *_, renewed) in FEES.items():
        december = [each.amount.amount for each in rows[client] if each.first_day >= date(2026, 12, 1)]
        assert (
            sum(each.amount.amount for each in found.lines if each.client == client)
            == sum(december)
            == Decimal(renewed)
        )
        moved = [each for each in found.movements if each.client == client]
        assert {each.why for each in moved} == {"more", "price"}
        assert sum(each.amount.amount for each in moved) == Decimal(renewed) - Decimal(plain)


def test_value_added_tax_is_a_fifth_of_each_invoice_and_there_is_none_in_new_hampshire():
    found = invoices(Repository(ROOT), PAIRS, ChargeQuery(DAYS)).invoices
    assert len(found) >= 2 * len(months())
    for each in found:
        fifth = (each.net.amount / 5).quantize(CENT, ROUND_HALF_UP)
        assert (each.tax.amount if each.tax else None) == (fifth if each.client == "thames" else None)


# ---- docs/billing.md


YEAR = (ROOT / "docs/billing.md").read_text("utf-8").partition("## A year of one contract")[2]


def test_the_commands_of_the_page_show_what_it_says():
    shown = commands(YEAR)
    assert len(shown) == 2
    for command, output in shown:
        assert run(ROOT, *command.removeprefix("build.py ").split()).out == output, command


def test_the_rows_of_the_page_are_those_of_the_file():
    committed = (ROOT / "agreements/cedar/invoiced.csv").read_text("utf-8").splitlines()
    without_digests = {each.rpartition(",")[0] for each in committed}
    shown = [row for block in re.findall(r"```csv\n(.*?)```", YEAR, re.DOTALL) for row in block.splitlines()]
    assert len(shown) == 4
    assert set(shown) <= without_digests


def test_the_table_of_the_page_adds_up_to_the_rows(rows):
    amounts = [
        Decimal(each.replace(",", "")) for each in re.findall(r"\| \**(-?[\d,]+\.\d\d)\** \|$", YEAR, re.MULTILINE)
    ]
    assert len(amounts) == 8
    gone = sum(each.amount.amount for each in rows["cedar"] if each.key.agreement == FIRST)
    assert sum(amounts[:-1]) == amounts[-1] == gone
