"""Invoices as text, as rows and as data."""

import csv
from datetime import date

from contract_assembly.billing.invoice_report import HEAD, as_data, as_rows, as_table, as_text
from contract_assembly.billing.invoices import ChargeQuery, of_account
from contract_assembly.billing.issued import Issued
from contract_assembly.core.values import DateRange
from contract_assembly.repository.inputs import Repository
from tests.helpers.corpus import REPOSITORY
from tests.helpers.running import change, running

JANUARY = ChargeQuery(DateRange(date(2027, 1, 1), date(2027, 1, 31)))


def made(*entries):
    nothing = Issued("agreements/acme/invoiced.csv")
    return list(of_account(Repository(REPOSITORY), running(*entries), nothing, JANUARY))


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
    assert (str(rest.invoiced), as_data(rest)["net"]) == ("2027-01-17", "60.00")


def test_the_table_has_a_row_for_each_line_with_a_cell_for_each_head():
    (found,) = made()
    rows = list(csv.reader(as_table(as_rows(each) for each in [found]).removeprefix("\ufeff").splitlines()))
    assert (tuple(rows[0]), len(rows), {len(each) for each in rows}) == (HEAD, 3, {len(HEAD)})
