"""`build.py block reverse`."""

from tests.helpers import block_commands
from tests.helpers.block_commands import ledger, log, second_block
from tests.helpers.corpus import run

root = block_commands.root


def test_a_reversal_takes_a_row_back_and_leaves_it_standing(root):
    log(root)
    said = run(root, "block", "reverse", "acme", "1", "--because", "Our own fault", "--booked", "2026-10-07")
    assert said.code == 0, said.err
    assert len(ledger(root)) == 3
    assert "Balance: 19.25 h before, 20 h after" in said.out
    assert run(root, "block", "reverse", "acme", "1", "--because", "Again", "--booked", "2026-10-07").code == 1


def test_of_two_agreements_a_reversal_takes_the_one_that_is_named(root):
    second_block(root)
    log(root)
    of = ("1", "--because", "Ours", "--booked", "2026-10-06")
    said = run(root, "block", "reverse", "acme", *of)
    assert (said.code, "hint: name one: acme/2026-block or acme/2026-more" in said.err) == (1, True)
    assert run(root, "block", "reverse", "acme/2026-more", *of).code == 0
