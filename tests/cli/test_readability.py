"""`build.py readability`."""

from tests.helpers import command_output
from tests.helpers.command_output import ACME, data, lines

root = command_output.root


def test_readability_is_told_for_each_clause(root):
    head, *rows = lines(root, "readability", *ACME)
    assert "words" in head
    assert len(rows) == len(data(root, "readability", *ACME)["readability"]) >= 3
    assert all(len(row) <= max(map(len, (head, *rows))) for row in rows)
