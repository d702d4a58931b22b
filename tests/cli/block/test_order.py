"""`build.py block order`: how it is called. Its document is tested with the letters."""

import pytest

from contract_assembly.cli.block import issuing
from tests.helpers.corpus import REPOSITORY, run

ORDER = ("block", "order", "hudson", "--first-day", "2026-12-07", "--on", "2026-11-24", "--dry-run")


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ((), "Missing option '--hours'"),
        (("--hours", "0"), "0 is not in the range x>=1"),
        (("--hours", "1.5"), "'1.5' is not a valid integer range"),
        (("--hours", "40", "--rate", "87"), "'87' is not an amount of money: write it like 1250.00 USD"),
    ],
)
def test_wrong_use_is_refused_with_what_to_write(more, says):
    said = run(REPOSITORY, *ORDER, *more)
    assert (said.code, says in said.err) == (2, True), said.err


def test_each_further_order_has_the_next_number(monkeypatch):
    monkeypatch.setattr(issuing, "FORMATS", ("md",))
    assert "documents/order-block-2.yaml" in run(REPOSITORY, *ORDER, "--hours", "40").out
