"""The reach of a change as a page."""

import json

import pytest

from tests.helpers.changed import changed, put, sample
from tests.helpers.corpus import run
from tests.helpers.git_repositories import committed

ACME = "agreements/acme/2026-support"


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return changed(sample(tmp_path_factory.mktemp("changed")))


@pytest.fixture(scope="module")
def rates(tmp_path_factory):
    """A rate, a clause and one client's facts change; brookfield was signed, and liffey's file is broken."""
    root = sample(tmp_path_factory.mktemp("rates"))
    put(root, "agreements/brookfield/2026-support/agreement.yaml", "status: draft", "status: signed")
    committed(root, "Signed")
    put(
        root,
        "clauses/general/assignment.md",
        "or unreasonably refuse consent",
        "or unreasonably delay or refuse consent",
    )
    put(root, f"{ACME}/agreement.yaml", "users: 34", "users: 36")
    put(root, "agreements/liffey/2026-support/agreement.yaml", "version: 1", "version: first")
    return root


def test_the_page_of_the_reach_holds_each_change_once(rates, tmp_path):
    run(rates, "impact", "--format", "html", "--output", str(tmp_path / "reach.html"))
    page = (tmp_path / "reach.html").read_text("utf-8")
    assert page.count("<article") == len(json.loads(run(rates, "impact", "--json").out)["changes"])
    assert "Signed or ended, so not touched: brookfield/2026-support" in page
