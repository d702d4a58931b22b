"""Books from their files: the ledger checked against git, and which book is meant."""

import pytest

from tests.helpers import block_commands
from tests.helpers.block_commands import FOLDER, committed, ledger, log, second_block
from tests.helpers.corpus import change, run

root = block_commands.root


def test_git_witnesses_a_ledger_that_was_reckoned_anew(root):
    log(root)
    committed(root)
    assert run(root, "block", "balance", "--client", "acme").code == 0
    (root / FOLDER / "ledger.csv").unlink()
    said = run(root, "block", "balance", "--client", "acme")
    assert (said.code, "this differs from git" in said.err) == (1, True)
    log_again = log(root, "5m")
    assert (log_again.code, ledger(root)) == (1, [])


def test_a_draft_takes_no_hours(root):
    change(root, f"{FOLDER}/agreement.yaml\n-status: sent\n+status: draft\n")
    said = log(root)
    assert (said.code, "acme has no prepaid block" in said.err) == (1, True)


def test_of_two_agreements_the_hours_that_expire_first_are_used_first(root):
    second_block(root)
    assert "agreements/acme/2026-more: wrote ledger.csv; 1 row added" in log(root).out
    assert (
        "agreements/acme/2026-block: wrote ledger.csv; 1 row added"
        in log(root, "35m", "Email", of="acme/2026-block").out
    )


@pytest.mark.parametrize(
    "account",
    [
        "paid: soon\n",
        "paid: 2026-10-01\nmessages:\n  - {what: low-balance, block: third, on: 2026-10-05}\n",
        "paid: 2026-10-01\nmessages:\n  - {what: statement, on: 2026-10-05}\n",
        "paid: 2026-10-01\noverage:\n  - {on: 2026-10-05, by: lena, hours: 3}\n",
        "orders:\n  - {id: first, ordered: 2026-10-05, approved_by: robert, hours: 5, rate: 90.00 USD, first_day: 2026-10-05, last_day: 2027-10-04}\n",
        "orders:\n  - {id: more, ordered: 2026-10-05, approved_by: nobody, hours: 5, rate: 90.00 USD, first_day: 2026-10-05, last_day: 2027-10-04}\n",
        "orders:\n  - {id: more, ordered: 2026-10-05, approved_by: robert, hours: 5, rate: 90.00 EUR, first_day: 2026-10-05, last_day: 2027-10-04}\n",
        "orders:\n  - {id: more, ordered: 2026-10-05, approved_by: robert, hours: 5, rate: 90.00 USD, first_day: 2026-10-05, last_day: 2026-10-04}\n",
    ],
)
def test_what_cannot_be_in_an_account_is_refused_with_its_line(root, account):
    (root / FOLDER / "account.yaml").write_text(account)
    said = run(root, "block", "balance", "--client", "acme")
    assert said.code == 1
    assert f"{FOLDER}/account.yaml:" in said.err
