"""The reach of a change as a page."""

import json
import re

from contract_assembly.build import impact_report
from tests.helpers import two_states
from tests.helpers.corpus import run

root = two_states.root
rates = two_states.rates


def test_the_page_of_the_reach_holds_each_change_once(rates, tmp_path):
    run(rates, "impact", "--format", "html", "--output", str(tmp_path / "reach.html"))
    page = (tmp_path / "reach.html").read_text("utf-8")
    assert page.count("<article") == len(json.loads(run(rates, "impact", "--json").out)["changes"])
    assert re.search("Signed or ended, so not touched: [^<]*brookfield/2026-support", page)


def test_a_comment_has_the_facts_the_money_and_the_clauses_in_blocks_of_code(rates):
    said = run(rates, "impact", "--format", "comment").out
    text = run(rates, "impact").out
    assert said.startswith("### What this change means\n\n")
    for title in ("Reached", "Facts and money", "Clauses", "Others"):
        assert said.count(f"<summary>{title}</summary>") == 1
    shown = [line for line in text.splitlines()[1:] if line.strip() and line != "Facts"]
    assert all(line in said for line in shown if not line.startswith("Reached: "))


def test_words_of_a_contract_cannot_leave_their_block_and_a_long_one_is_cut():
    block = impact_report._block("Clauses", ["a ````` b", "</details><script>"])
    assert block.splitlines()[2] == "`" * 8 + "text"
    assert block.splitlines()[-2] == "`" * 8
    cut = impact_report._block("Clauses", ["words " * 10] * 1_000)
    assert len(cut) < 18_200
    assert "the rest is in" in cut
    assert impact_report._block("Clauses", []) == ""
