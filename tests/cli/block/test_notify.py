"""`build.py block notify`: how it is called, and what it says. What it writes is tested with its action."""

import json

from tests.helpers import block_commands
from tests.helpers.block_commands import FOLDER
from tests.helpers.corpus import REPOSITORY, run

root = block_commands.root

HUDSON = ("block", "notify", "--client", "hudson", "--on", "2026-12-01")


def test_without_apply_what_can_be_sent_is_only_listed():
    said = run(REPOSITORY, *HUDSON)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("2026-12-10  agreements/hudson/2026-block: statement for 2026-11: can be sent now, ")


def test_json_lists_what_is_due_and_that_nothing_was_written():
    found = json.loads(run(REPOSITORY, *HUDSON, "--json").out)
    assert (found["dry_run"], found["problems"]) == (True, [])
    (block,) = found["blocks"]
    assert [each["what"] for each in block["due"]] == ["statement"]
    assert block["wrote"] == []


def test_a_draft_needs_apply():
    said = run(REPOSITORY, *HUDSON, "--draft")
    assert (said.code, "--draft needs --apply" in said.err) == (2, True)


def test_a_block_that_cannot_be_read_is_reported_and_the_others_are_listed(root):
    block_commands.second_block(root)
    (root / "agreements/acme/2026-more/account.yaml").write_text("paid: soon\n")
    said = run(root, "block", "notify", "--on", "2026-10-06")
    assert (said.code, said.out) == (1, f"{FOLDER}: nothing is due\n")
    assert "2026-more/account.yaml" in said.err
