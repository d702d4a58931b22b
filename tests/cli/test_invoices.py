"""`build.py invoices`."""

import json
from decimal import Decimal

from tests.helpers.command_output import rows
from tests.helpers.corpus import REPOSITORY, run

MONTH = ("invoices", "--client", "acme", "--from", "2027-01-01", "--to", "2027-01-31")


def test_lines_add_up_to_the_printed_total():
    (invoice,) = json.loads(run(REPOSITORY, *MONTH, "--json").out)["invoices"]
    assert sum(Decimal(each["amount"]) for each in invoice["lines"]) == Decimal(invoice["total"])


def test_the_table_has_the_same_lines():
    (invoice,) = json.loads(run(REPOSITORY, *MONTH, "--json").out)["invoices"]
    assert len(rows(REPOSITORY, *MONTH)) == len(invoice["lines"])


def test_days_the_wrong_way_round_are_wrong_use():
    said = run(REPOSITORY, "invoices", "--from", "2027-02-01", "--to", "2027-01-31")
    assert said.code == 2
