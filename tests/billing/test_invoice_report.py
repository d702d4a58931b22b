"""Invoices as text, as rows and as data."""

import csv
import json
from datetime import date

from contract_assembly.billing.invoice_report import HEAD, WIDTH, as_json, as_rows, as_table, as_text, in_all
from contract_assembly.billing.invoices import ChargeQuery, of_account
from contract_assembly.billing.issued import Issued
from contract_assembly.core.values import DateRange
from contract_assembly.repository.inputs import Repository
from tests.helpers.corpus import REPOSITORY
from tests.helpers.fee_facts import fees
from tests.helpers.running import change, running, usd

JANUARY = ChargeQuery(DateRange(date(2027, 1, 1), date(2027, 1, 31)))


def made(*entries, **facts):
    nothing = Issued("agreements/acme/invoiced.csv")
    return list(of_account(Repository(REPOSITORY), running(*entries, **facts), nothing, JANUARY))


def test_the_text_has_the_days_and_the_working_of_each_line_and_the_total():
    (found,) = made()
    lines = as_text(found).splitlines()
    assert lines[0].startswith("Acme (acme/2026-support): invoice 2026-12-02, due 2027-01-01")
    assert lines[1].startswith("  2027-01-01 to 2027-01-31  User support")
    assert lines[1].endswith("2,108.00")
    assert lines[2].strip() == "34 x 62.00 = 2108.00"
    assert lines[-1].split() == ["Total", "2,438.00", "USD"]


def test_a_change_is_an_invoice_of_its_own_on_its_day():
    _, rest = made(change("2027-01-17", "users", 34, 36))
    assert (str(rest.invoiced), json.loads(as_json(rest))["net"]) == ("2027-01-17", "60.00")


def test_the_table_has_a_row_for_each_line_with_a_cell_for_each_head():
    (found,) = made()
    rows = list(csv.reader(as_table(as_rows(each) for each in [found]).removeprefix("\ufeff").splitlines()))
    assert (tuple(rows[0]), len(rows), {len(each) for each in rows}) == (HEAD, 3, {len(HEAD)})


def test_every_amount_ends_in_the_same_column_and_a_long_label_is_cut_before_it():
    reader = {"id": "readers", "name": "Door readers " * 9, "unit": "reader", "quantity": "12", "price": "4.50 USD"}
    text = as_text(made(**fees(lines=[reader]))[0])
    rows = [row for row in text.splitlines() if row.startswith("  2027-01-01")]
    assert {len(row) for row in rows} == {WIDTH - 4}
    assert rows[-1].endswith("…  54.00")


def test_one_invoice_is_not_called_invoices():
    sums = {"USD": (1, usd("10.00"), usd("12.00")), "GBP": (2, usd("1.00"), usd("1.00"))}
    assert [row.split(",")[0] for row in in_all(sums).splitlines()] == ["GBP: 2 invoices", "USD: 1 invoice"]
