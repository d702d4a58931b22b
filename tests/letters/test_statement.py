"""The statement of a prepaid block."""

import json
import re

import pytest

from tests.helpers import block_firm
from tests.helpers.block_firm import BLOCK, STATEMENT, account, done, log, refused, words

before = block_firm.before
root = block_firm.root


def test_a_statement_shows_where_the_hours_went(root):
    done(root, *STATEMENT)
    said = words(root, "statement-2026-10")
    for shown in (
        "you had **11.375 hours** left",
        "| Bought | 1,200.0 | 20.000 |",
        "| Less: used | 517.5 | 8.625 |",
        "| 9 | Oct 20, 2026 | File server does not answer before a deadline (remote, R-1069; Tom Ekberg), factor 1.5 | 40 | 45 | 67.5 |",
        "The total is 8.625 hours.",
        "11.375 hours are valid until Monday, October 4, 2027.",
        "9.2 hours in an average month",
        "The router gets no updates",
        "until **Tuesday, November 24, 2026** if you receive it",
    ):
        assert shown in said, shown


@pytest.mark.parametrize("status", [(), ("--draft",)])
def test_a_statement_keeps_its_bytes_while_the_ledger_grows(root, status):
    done(root, *STATEMENT, *status)
    was = (root / BLOCK / "statement-2026-10.md").read_bytes()
    log(root, "2026-10-30", "2026-11-23")
    done(root, "--client", "hudson", "--format", "md")
    assert (root / BLOCK / "statement-2026-10.md").read_bytes() == was
    entry = json.loads((root / BLOCK / "record.json").read_bytes())["documents"]["statement-2026-10"]
    assert entry["pinned"][f"{BLOCK}/ledger.csv"]["rows"] == 19
    assert f"{BLOCK}/ledger.csv" not in entry["inputs"]


def test_the_next_statement_opens_as_this_one_closed_and_shows_what_came_late(root):
    done(root, *STATEMENT)
    log(root, "2026-10-30", "2026-11-23", task="Forgotten until now")
    done(root, "block", "statement", "hudson", "--period", "2026-11", "--on", "2026-12-10", "--issue")
    said = words(root, "statement-2026-11")
    assert "| At the start of November 1, 2026 | 682.5 | 11.375 |" in said
    assert "Recorded since the last statement" in said
    assert "Forgotten until now" in said
    assert "| At the end of November 30, 2026 | 217.5 | 3.625 |" in said


def test_rows_that_were_changed_under_a_draft_are_found(root):
    done(root, *STATEMENT, "--draft")
    facts = root / BLOCK / "documents/statement-2026-10.yaml"
    facts.write_text(re.sub(r'digest: "\w+"', f'digest: "{"0" * 32}"', facts.read_text()))
    assert "are no longer those that this document was made from [ledger-pin]" in refused(
        root, "--client", "hudson", "--format", "md"
    )


def test_a_statement_that_was_sent_is_not_sent_otherwise(root):
    done(root, *STATEMENT)
    assert done(root, *STATEMENT) == f"{BLOCK}: nothing to do\n"
    said = refused(root, "block", "statement", "hudson", "--period", "2026-10", "--on", "2026-11-10", "--issue")
    assert "[sent-already]" in said


def test_a_statement_of_days_to_come_is_refused(root):
    said = refused(root, "block", "statement", "hudson", "--period", "2026-11", "--on", "2026-11-23", "--issue")
    assert "[period]" in said


def test_the_last_statement_says_what_comes_back(root):
    account(root).write_text(account(root).read_text() + "ended: {on: 2026-11-23, because: provider-ended}\n")
    done(root, "block", "statement", "hudson", "--period", "2026-11", "--on", "2026-12-09", "--issue")
    said = words(root, "statement-2026-11")
    assert "We are refunding the 4.625 hours that were left: $416.25, by Wednesday, December 23, 2026." in said
    assert "| Less: refunded |" in said
    balance = done(root, "block", "balance", "--client", "hudson", "--on", "2026-11-23")
    assert "refund of 416.25 USD, due by 2026-12-23" in balance


def test_the_last_statement_after_a_return_that_leaves_no_money_offers_none(root):
    terms = root / BLOCK / "agreement.yaml"
    terms.write_text(re.sub(r"refund: \S+", "refund: pro-rata", terms.read_text()))
    log(root, "2026-11-23", "2026-11-23", worked="3h")
    account(root).write_text(account(root).read_text() + "ended: {on: 2026-11-24, because: returned}\n")
    assert "refund" not in done(root, "block", "balance", "--client", "hudson", "--on", "2026-11-24")
    done(root, "block", "statement", "hudson", "--period", "2026-11", "--on", "2026-12-09", "--issue")
    said = words(root, "statement-2026-11")
    assert "you returned the 1.625 hours that were left" in said
    assert "no refund is due" in said
    assert "$0.00" not in said
