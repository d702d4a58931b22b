"""The views of a block, as text and as JSON."""

import pytest

from tests.helpers import block_commands
from tests.helpers.block_commands import FOLDER, data, log
from tests.helpers.corpus import run

root = block_commands.root


def test_the_views_answer_in_text_and_in_json(root):
    (root / FOLDER / "account.yaml").write_text("paid: 2026-10-01\nenvironment: {users: 6}\n")
    log(root)
    assert data(root, "balance", "--on", "2026-10-06")["balances"][0]["balance"] == "1155"
    found = data(root, "statement", "acme", "--period", "2026-10")["statement"]
    assert (found["opening"], found["closing"], len(found["entries"])) == ("0", "1155", 1)
    (due,) = data(root, "notices", "--on", "2026-10-06", "--by", "2026-11-30")["blocks"]
    assert [each["what"] for each in due["notices"]] == ["statement"]
    told = data(root, "compare", "acme", "--on", "2026-10-20")["comparison"]
    assert told["plans"][0]["cheaper"] in {"block", "plan", "neither"}
    for command in (
        ("balance",),
        ("statement", "acme", "--period", "2026-10"),
        ("notices", "acme"),
        ("compare", "acme"),
    ):
        assert run(root, "block", *command).code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("forecast", "--client", ""),
        ("forecast", "acme", "--all"),
        ("forecast", "--csv", "--json"),
        ("statement", "acme", "--period", "November"),
        ("statement", "acme"),
    ],
)
def test_views_that_are_asked_wrongly_end_with_2(root, arguments):
    assert run(root, "block", *arguments).code == 2
