"""`build.py block reverse`."""

import pytest

from tests.helpers.corpus import change, laid_out, run

FOLDER = "agreements/acme/2026-block"
BY = ("--by", "priya", "--on", "2026-10-06", "--booked", "2026-10-06")


@pytest.fixture
def root(tmp_path):
    """The base with a block that was sent, is paid, and may go two hours beyond."""
    case = tmp_path / "case"
    case.mkdir()
    (case / "over.txt").write_text("base-block")
    found = laid_out(case, tmp_path / "root")
    change(found, f"{FOLDER}/agreement.yaml\n-status: draft\n+status: sent\n")
    (found / FOLDER / "account.yaml").write_text("paid: 2026-10-01\n")
    return found


def ledger(root) -> list[str]:
    path = root / FOLDER / "ledger.csv"
    return path.read_text("utf-8").splitlines() if path.exists() else []


def log(root, worked="35m", task="Printer", *more, of="acme"):
    return run(root, "block", "log", of, worked, "--task", task, *BY, *more)


def second_block(root, first_day="2026-10-01", valid="6 months"):
    new = root / "agreements/acme/2026-more"
    new.mkdir()
    text = (root / FOLDER / "agreement.yaml").read_text()
    text = text.replace("valid: 12 months", f"valid: {valid}").replace("NL-2026-B001", "NL-2026-B002")
    (new / "agreement.yaml").write_text(text)
    (new / "account.yaml").write_text("paid: 2026-10-01\n")


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
