"""Invoices in a browser, against the command `invoices`."""

from datetime import date

import pytest

from contract_assembly.billing.invoices import ChargeQuery as AskedInvoices
from contract_assembly.billing.invoices import invoices
from contract_assembly.core.values import DateRange
from contract_assembly.repository.inputs import Repository
from contract_assembly.web import templates
from contract_assembly.web.invoice_page import invoices_page
from contract_assembly.web.page import PageRequest
from contract_assembly.web.snapshot import Snapshot
from tests.helpers.corpus import REPOSITORY

ON = date(2026, 11, 30)


@pytest.fixture(scope="module")
def snapshot():
    return Snapshot(REPOSITORY, ON)


@pytest.mark.parametrize(
    ("query", "days"),
    [
        ({}, DateRange(date(2026, 11, 1), date(2026, 11, 30))),
        ({"from": "2026-10-01", "to": "2026-12-31"}, DateRange(date(2026, 10, 1), date(2026, 12, 31))),
    ],
)
def test_the_invoices_are_those_of_the_command(snapshot, query, days):
    repository = Repository(REPOSITORY)
    expected = invoices(repository, repository.every_agreement()[0], AskedInvoices(days)).invoices
    page = invoices_page(PageRequest(snapshot, query=query))
    shown = page.values["shown"].rows
    assert expected
    assert sorted((each.client, each.invoiced, each.total.amount) for each in shown) == sorted(
        (each.client, each.invoiced, each.total.amount) for each in expected
    )
    html = templates.rendered(page, str, on=ON)
    assert all(charge.working in html for each in expected for charge in each.charges if "&" not in charge.working)


@pytest.mark.parametrize(
    "query",
    [
        {"from": "2026-02-30", "to": "2026-03-31"},
        {"from": "2026-12-31", "to": "2026-12-01"},
        {"from": "2020-01-01", "to": "2030-01-01"},
        {"from": "2026-12-01"},
        {"to": "<b>"},
    ],
)
def test_days_that_cannot_be_are_said_and_the_month_is_shown(snapshot, query):
    page = invoices_page(PageRequest(snapshot, query=query))
    assert page.values["days"].first == date(2026, 11, 1)
    assert page.values["wrong"]
    assert "<b>" not in templates.rendered(page, str, served=True, on=ON)
