"""The portfolio, as a pure function of the repository."""

import csv
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest

from contract_assembly.billing.revenue import of_pairs
from contract_assembly.repository.inputs import Repository
from contract_assembly.web import templates
from contract_assembly.web.page import PageRequest
from contract_assembly.web.portfolio import HEAD, portfolio_csv, portfolio_page
from contract_assembly.web.snapshot import Snapshot
from tests.helpers.corpus import AGREEMENT, REPOSITORY, based, change

ON = date(2026, 11, 30)


@pytest.fixture(scope="module")
def samples():
    return Snapshot(REPOSITORY, ON)


def shown(asked):
    return templates.rendered(portfolio_page(asked), str, served=asked.served, on=ON, firm="Northlight")


def test_every_agreement_has_a_row_with_its_fee_and_its_days(samples):
    html = shown(PageRequest(samples, served=True))
    for client, name in Repository(REPOSITORY).every_agreement()[0]:
        assert html.count(f'href="/agreements/{client}/{name}"') >= 1
    assert "855.93<abbr>USD</abbr>" in html
    assert "2027-07-30" in html
    assert "in 242 days" in html
    assert "4.625 h" in html


def test_the_csv_has_the_rows_that_the_query_chooses(samples):
    file = portfolio_csv(PageRequest(samples, query={"status": "signed"}))
    rows = list(csv.DictReader(StringIO(file.data.decode("utf-8-sig"))))
    assert tuple(rows[0]) == HEAD
    assert {each["status"] for each in rows} == {"signed"}
    repository = Repository(REPOSITORY)
    lines = of_pairs(repository, repository.every_agreement()[0], ON).lines
    assert {(each["client"], each["agreement"]): Decimal(each["monthly"]) for each in rows if each["monthly"]} == {
        key: sum(each.amount.amount for each in lines if (each.client, each.agreement) == key)
        for key in {(each.client, each.agreement) for each in lines}
    }
    assert file.name == "portfolio-2026-11-30.csv"


def test_a_broken_agreement_shows_its_problem_in_its_own_row_alone(tmp_path):
    root = based(tmp_path / "root")
    change(root, f"{AGREEMENT}/agreement.yaml\n-version: 1\n+version: first\n")
    (row,) = portfolio_page(PageRequest(Snapshot(root, ON))).values["view"].shown.rows
    assert row.status == ""
    assert [(each.origin.path, each.origin.line) for each in row.problems] == [(f"{AGREEMENT}/agreement.yaml", 5)]
    assert f"{AGREEMENT}/agreement.yaml:5" in shown(PageRequest(Snapshot(root, ON)))


def test_a_repository_without_clients_helps_to_begin(tmp_path):
    page = portfolio_page(PageRequest(Snapshot(tmp_path, ON)))
    assert (page.template, page.title) == ("begin.html", "No clients yet")
    assert "build.py new" in shown(PageRequest(Snapshot(tmp_path, ON)))


def test_facts_are_never_markup(tmp_path):
    root = based(tmp_path / "root")
    change(root, 'agreements/acme/client.yaml\n-  short: Acme\n+  short: "<script>alert(1)</script>"\n')
    html = shown(PageRequest(Snapshot(root, ON), query={"q": '"><script>'}, served=True))
    assert "<script>alert" not in html
    assert 'value="&#34;&gt;&lt;script&gt;"' in html


def test_a_page_that_is_not_complete_says_so_and_asks_again(samples):
    fresh = Snapshot(REPOSITORY, ON)
    page = portfolio_page(PageRequest(fresh, patience=0, served=True))
    assert page.unfinished
    html = shown(PageRequest(fresh, patience=0, served=True))
    assert "Still reading." in html
    assert "data-unfinished" in html
    assert not portfolio_page(PageRequest(fresh)).unfinished
