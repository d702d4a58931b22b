"""Revenue in a browser, against the command `revenue`."""

from datetime import date
from decimal import Decimal

import pytest

from contract_assembly.billing.revenue import of_pairs
from contract_assembly.billing.revenue_report import grouped
from contract_assembly.core.problems import RefusedError
from contract_assembly.repository.inputs import Repository
from contract_assembly.web import templates
from contract_assembly.web.page import PageRequest
from contract_assembly.web.revenue_pages import client_revenue_page, revenue_page
from contract_assembly.web.snapshot import Snapshot
from tests.helpers.corpus import REPOSITORY

ON = date(2026, 11, 30)


@pytest.fixture(scope="module")
def snapshot():
    return Snapshot(REPOSITORY, ON)


@pytest.fixture(scope="module")
def made():
    repository = Repository(REPOSITORY)
    return of_pairs(repository, repository.every_agreement()[0], ON)


def test_plans_and_months_are_those_of_the_command(snapshot, made):
    page = revenue_page(PageRequest(snapshot))
    plans = {
        (each.plan, each.monthly.currency, each.monthly.amount, each.yearly.amount) for each in page.values["plans"]
    }
    assert plans == set(grouped(made, "plan"))
    months = {
        (str(each.day), currency, each.monthly.amount)
        for currency, found in page.values["months"].items()
        for each in found
    }
    assert months == {each[:3] for each in grouped(made, "month")}


def test_the_shares_of_plans_are_of_all_that_recurs_in_their_currency(snapshot):
    page = revenue_page(PageRequest(snapshot))
    sums = {}
    for each in page.values["plans"]:
        sums[each.monthly.currency] = sums.get(each.monthly.currency, Decimal(0)) + each.share
    assert set(sums.values()) == {Decimal(100)}


def test_the_page_of_a_client_has_each_line_with_its_working_and_place(snapshot, made):
    html = templates.rendered(client_revenue_page(PageRequest(snapshot, {"client": "cedar"})), str, on=ON)
    lines = [each for each in made.lines if each.client == "cedar"]
    assert lines
    for each in lines:
        assert each.working in html
        assert str(each.origin) in html


def test_a_client_that_is_not_there_is_refused(snapshot):
    with pytest.raises(RefusedError, match="there is no client ceder"):
        client_revenue_page(PageRequest(snapshot, {"client": "ceder"}))
