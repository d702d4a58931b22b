"""Carrying out what was decided: facts, clauses of ours, and negotiated words."""

import re
import shutil

import pytest

from tests.actions.test_receive import CONTRACT, FOLDER, received, samples
from tests.helpers.corpus import run, state
from tests.helpers.returned import edited

__all__ = ["samples"]
NBSP = "\u00a0"
DUE = (f">30{NBSP}days<", f">60{NBSP}days<")
LOSS = ("lost profit, revenue, or goodwill", "lost profit or goodwill")
ROUND = f"{FOLDER}/negotiation/1.yaml"


@pytest.fixture
def root(samples, tmp_path):
    return shutil.copytree(samples, tmp_path / "root")


def decide(root, *decisions, file=ROUND):
    """Write these decisions, in the order of the entries."""
    path = root / file
    parts = path.read_text("utf-8").split("decision: open\n")
    assert len(parts) == len(decisions) + 1
    text = parts[0] + "".join(f"decision: {each}\n{rest}" for each, rest in zip(decisions, parts[1:], strict=True))
    path.write_text(text, "utf-8")


def facts(root):
    return (root / FOLDER / "agreement.yaml").read_text("utf-8")


def test_nothing_is_carried_out_while_a_change_is_undecided(root):
    received(root, edited(CONTRACT.read_bytes(), DUE, LOSS))
    before = state(root)
    said = run(root, "negotiate", "acme", "--apply")
    assert said.code == 1
    assert said.err.count("[undecided]") == 2
    assert "negotiation/1.yaml:" in said.err
    assert state(root) == before


def test_facts_and_words_that_are_taken_become_the_next_version(root):
    received(root, edited(CONTRACT.read_bytes(), DUE, LOSS))
    decide(root, "take", "take\n    reason: Fair.")
    before = facts(root)
    said = run(root, "negotiate", "acme", "--apply")
    assert (said.code, said.err) == (0, "")
    assert facts(root) == before.replace("due: 30 days", "due: 60 days").replace("version: 1", "version: 2")
    clause = (root / FOLDER / "clauses/liability.md").read_text("utf-8")
    source = (root / "clauses/risk/liability.md").read_text("utf-8")
    assert "(a) lost profit or goodwill;\n" in clause
    assert re.sub(r"(rung|purpose): .*\n", "", clause) == re.sub(r"(rung|purpose): .*\n", "", source).replace(*LOSS)
    assert "applied: yes" in (root / ROUND).read_text("utf-8")
    assert "liability" in run(root, "deviations", "--client", "acme").out
    after = state(root)
    again = run(root, "negotiate", "acme", "--apply")
    assert (again.code, state(root)) == (0, after)
    assert "nothing to do" in again.out


def test_a_deleted_item_goes_with_its_letter_and_the_rest_move_up(root):
    whole = edited(CONTRACT.read_bytes(), ("fraud, gross negligence, or willful misconduct;", ""))
    received(root, whole)
    decide(root, "take")
    said = run(root, "negotiate", "acme", "--apply")
    assert said.code == 0, said.err
    clause = (root / FOLDER / "clauses/liability.md").read_text("utf-8")
    assert (
        "(a) death or bodily injury that its negligence causes;\n(b) its duties under section [](#indemnity);" in clause
    )


def test_a_counter_names_a_clause_of_ours_or_words(root):
    data = edited(
        CONTRACT.read_bytes(), LOSS, ("Each party shall mitigate its loss", "Each party may mitigate its loss")
    )
    received(root, data)
    decide(root, "counter\n    counter: liability-two-years", "refuse\n    reason: No.")
    said = run(root, "negotiate", "acme", "--apply")
    assert (said.code, said.err) == (0, "")
    assert "choose:\n  liability: liability-two-years\n" in facts(
        root
    ) or "choose: {liability: liability-two-years}" in facts(root)
    assert not (root / FOLDER / "clauses").exists()


def test_words_of_a_counter_take_the_place_of_theirs(root):
    received(root, edited(CONTRACT.read_bytes(), LOSS))
    decide(root, "counter\n    counter: lost profit, lost revenue, or lost goodwill\n    reason: Clearer.")
    said = run(root, "negotiate", "acme", "--apply")
    assert said.code == 0, said.err


def test_a_fact_that_follows_from_others_needs_those(root):
    received(root, edited(CONTRACT.read_bytes(), (">$2,908.00<", ">$2,840.00<"), (">2,908.00<", ">2,840.00<")))
    count = (root / ROUND).read_text("utf-8").count("decision: open")
    decide(root, *["take"] * count)
    before = state(root)
    said = run(root, "negotiate", "acme", "--apply")
    assert said.code == 1
    assert "it follows from other facts" in said.err
    assert state(root) == before
    text = (root / ROUND).read_text("utf-8")
    own = "decision: take\n    facts: {fees.prices.0.price: 60.00 USD}\n"
    (root / ROUND).write_text(text.replace("decision: take\n", own), "utf-8")
    said = run(root, "negotiate", "acme", "--apply")
    assert (said.code, said.err) == (0, "")
    assert "price: 60.00 USD}      # the list price is 65.00" in facts(root)


def test_facts_that_do_not_come_to_what_was_taken_are_refused(root):
    received(root, edited(CONTRACT.read_bytes(), (">$2,908.00<", ">$2,840.00<")))
    decide(root, "take\n    facts: {fees.prices.0.price: 61.00 USD}")
    said = run(root, "negotiate", "acme", "--apply")
    assert "would not be '$2,840.00'" in said.err
    assert "[derived-fact]" in said.err


def test_a_parameter_outside_the_limits_of_its_clause_is_judged_and_refused(root):
    received(root, edited(CONTRACT.read_bytes(), (">12%<", ">25%<")))
    assert "outside the limits of the clause: 0 % to 18 %" in (root / ROUND).read_text("utf-8")
    decide(root, "take")
    said = run(root, "negotiate", "acme", "--apply")
    assert "[unfit-parameter]" in said.err


def test_entries_or_a_file_that_were_changed_by_hand_are_refused(root):
    received(root, edited(CONTRACT.read_bytes(), DUE))
    decide(root, "take")
    path = root / ROUND
    text = path.read_text("utf-8")
    path.write_text(re.sub(r'mark: "\w\w', 'mark: "zz', text), "utf-8")
    assert "[received-changed]" in run(root, "negotiate", "acme").err
    path.write_text(text, "utf-8")
    (root / FOLDER / "negotiation/1.docx").write_bytes(CONTRACT.read_bytes())
    assert "is not the file that was received" in run(root, "negotiate", "acme").err
