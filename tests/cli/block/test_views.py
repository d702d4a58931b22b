"""What the views of prepaid blocks share: one answer for each block, and none hides another."""

import json

import pytest

from tests.helpers import block_commands
from tests.helpers.block_commands import second_block
from tests.helpers.corpus import REPOSITORY, run

root = block_commands.root


@pytest.mark.parametrize("view", ["balance", "notices"])
def test_every_block_of_the_firm_has_its_answer(view):
    found = json.loads(run(REPOSITORY, "block", view, "--on", "2026-11-23", "--json").out)
    (answers,) = (each for name, each in found.items() if name != "problems")
    assert [each["agreement"] for each in answers] == [
        "agreements/hudson/2026-block",
        "agreements/juniper/2026-block",
    ]
    assert found["problems"] == []


@pytest.mark.parametrize("view", ["balance", "notices", "forecast"])
def test_one_block_that_cannot_be_read_does_not_hide_the_others(root, view):
    second_block(root)
    (root / "agreements/acme/2026-more/account.yaml").write_text("paid: soon\n")
    said = run(root, "block", view, "--on", "2026-10-06")
    assert said.code == 1
    assert "2026-block" in said.out
    assert "2026-more/account.yaml" in said.err


@pytest.mark.parametrize(
    "arguments", [("forecast", "--client", ""), ("forecast", "acme", "--all"), ("forecast", "--csv", "--json")]
)
def test_views_that_are_asked_wrongly_end_with_2(root, arguments):
    assert run(root, "block", *arguments).code == 2
