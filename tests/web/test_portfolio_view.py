"""Filters, order and pages of the portfolio, from the query of its address alone."""

from datetime import date
from decimal import Decimal

import pytest

from contract_assembly.core.problems import Problem
from contract_assembly.core.values import Money
from contract_assembly.web.figures import AgreementFigures, BetterPlan, ClientFigures, HoursLeft, Stake
from contract_assembly.web.page import PageRequest
from contract_assembly.web.portfolio_view import CHOICES, SORTS, chosen, view
from contract_assembly.web.snapshot import Snapshot

ON = date(2026, 11, 30)
USD = Money(Decimal(100), "USD")
BOOK = HoursLeft(Decimal(60), date(2026, 12, 9), None)
ROWS = (
    AgreementFigures("acme", "Acme", "2026-support", "support", "business", "signed", monthly=USD, renewal=Stake(date(2026, 12, 20), date(2026, 12, 1), USD)),
    AgreementFigures("birch", "birch", "2026-block", "time-block", "", "sent", hours=BOOK, better=BetterPlan("business", USD, USD)),
    AgreementFigures("cedar", "Cedar Hollow", "2026-support", "support", "essential", "draft", open=2, waiting=Money(Decimal(300), "USD")),
    AgreementFigures("dover", "Dover", "2025-support", "support", "essential", "ended", reviewed=ON, letters=("notice",),
                     renewal=Stake(date(2027, 2, 27), None, USD), blocked=(Problem("x", "no plan"),), problems=(Problem("y", "no day"),)),
)  # fmt: skip
CLIENTS = [ClientFigures(each.client, each.name, (each,)) for each in ROWS]


@pytest.fixture
def ask(tmp_path):
    return lambda **query: PageRequest(Snapshot(tmp_path, ON), query=query, served=True)


def names(rows):
    return " ".join(each.client for each in rows)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, "acme birch cedar dover"),
        ({"q": "HOLLOW"}, "cedar"),
        ({"q": "support essential"}, "cedar dover"),
        ({"q": "<script>"}, ""),
        ({"kind": "time-block"}, "birch"),
        ({"status": "ended"}, "dover"),
        ({"plan": "essential", "status": "draft"}, "cedar"),
        ({"show": "renews-in-30"}, "acme"),
        ({"show": "renews-in-60"}, "acme"),
        ({"show": "renews-in-90"}, "acme dover"),
        ({"show": "blocked"}, "dover"),
        ({"show": "open"}, "cedar"),
        ({"show": "unsent"}, "dover"),
        ({"show": "better"}, "birch"),
        ({"show": "problems"}, "dover"),
        ({"show": "no-such-choice"}, "acme birch cedar dover"),
        ({"month": "2027-02"}, "dover"),
        ({"sort": "-client"}, "dover cedar birch acme"),
        ({"sort": "fee"}, "acme cedar birch dover"),
        ({"sort": "-fee"}, "cedar acme birch dover"),
        ({"sort": "status"}, "cedar birch acme dover"),
        ({"sort": "decision"}, "acme birch cedar dover"),
        ({"sort": "hours"}, "birch acme cedar dover"),
        ({"sort": "-review"}, "dover acme birch cedar"),
        ({"sort": "no-such-column"}, "acme birch cedar dover"),
    ],
)
def test_the_query_chooses_and_orders_the_rows(ask, query, found):
    assert names(chosen(CLIENTS, ask(**query))) == found


def test_every_choice_and_column_is_tried_above():
    assert set(CHOICES) == {
        "renews-in-30",
        "renews-in-60",
        "renews-in-90",
        "blocked",
        "open",
        "unsent",
        "better",
        "problems",
    }
    assert set(SORTS) == {"client", "agreement", "status", "fee", "decision", "open", "hours", "review"}


def test_a_heading_sorts_by_its_column_and_once_more_the_other_way(ask):
    shown = view(CLIENTS, ask(q="e", sort="fee"))
    assert (shown.sorted_by("fee"), shown.order("fee")) == ("/?q=e&sort=-fee", "ascending")
    assert (shown.sorted_by("hours"), shown.order("hours")) == ("/?q=e&sort=hours", "none")
    assert view(CLIENTS, ask()).sorted_by("client") == "/?sort=-client"
    assert view(CLIENTS, ask(sort="-fee")).order("fee") == "descending"


def test_the_addresses_keep_what_was_chosen(ask):
    shown = view(CLIENTS, ask(status="draft", nonsense="x"))
    assert shown.filtered
    assert shown.address("/portfolio.csv") == "/portfolio.csv?status=draft"
    assert shown.plans == ("business", "essential")
    assert not view(CLIENTS, ask(sort="fee")).filtered
