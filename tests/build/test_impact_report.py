"""The reach of a change as a page."""

import json

from tests.helpers import two_states
from tests.helpers.corpus import run

root = two_states.root
rates = two_states.rates


def test_the_page_of_the_reach_holds_each_change_once(rates, tmp_path):
    run(rates, "impact", "--format", "html", "--output", str(tmp_path / "reach.html"))
    page = (tmp_path / "reach.html").read_text("utf-8")
    assert page.count("<article") == len(json.loads(run(rates, "impact", "--json").out)["changes"])
    assert "Signed or ended, so not touched: brookfield/2026-support" in page
