"""The end of a prepaid block: its status and its account say the same, and its last statement is still due."""

import shutil

import pytest

from tests.helpers.corpus import REPOSITORY, linked, run, state
from tests.helpers.living import change

BLOCK = "agreements/hudson/2026-block"
END = ("status", "hudson", "--set", "ended", "--on")


@pytest.fixture(scope="module")
def signed_once(tmp_path_factory):
    """The sample block as it was sent, signed, with its last reminder sent in time."""
    root = tmp_path_factory.mktemp("block") / "root"
    for name in ("clauses", "templates", "provider", "agreements/hudson"):
        shutil.copytree(REPOSITORY / name, root / name, copy_function=linked)
    for name in ("agreement.yaml", "account.yaml", "ledger.csv"):  # not links to the samples
        (root / BLOCK / name).unlink()
        shutil.copy(REPOSITORY / BLOCK / name, root / BLOCK / name)
    change(root / BLOCK / "account.yaml", "\nmessages:\n", f"\nmessages:\n{statements()}{REMINDED}")
    assert run(root, "status", "hudson", "--set", "signed", "--on", "2026-10-01").code == 0
    return root


REMINDED = "".join(f"  - {{what: {what}, on: 2027-08-05, block: first}}\n" for what in ("expiry-first", "expiry-final"))


def statements():
    days = ("2026-11-30", "2026-12-31", *(f"2027-{month:02}-{last}" for month, last in enumerate(LASTS, 1)))
    return "".join(f"  - {{what: statement, period_end: {day}, on: {day}}}\n" for day in days)


LASTS = (31, 28, 31, 30, 31, 30, 31, 31, 30)


@pytest.fixture
def signed(signed_once, tmp_path):
    return shutil.copytree(signed_once, tmp_path / "root")


def due(root, on="2027-10-05"):
    return run(root, "due", "--client", "hudson", "--on", on, "--by", "2028-12-31").out


def test_hours_that_expire_are_in_the_account_and_the_last_statement_is_still_due(signed):
    assert run(signed, *END, "2027-10-04").code == 0
    assert (signed / BLOCK / "account.yaml").read_text().endswith("\nended: {on: 2027-10-04, because: expired}\n")
    assert run(signed, "check").code == 0
    listed = due(signed)
    assert listed.startswith("Coming up: 3\nThu 2027-10-14")  # what the clauses on the end promise, then the statement
    assert "Hand over data, accounts, and licences" in listed
    assert "Wed 2027-11-10" in listed
    assert "Statement of hours, until 2027-10-31" in listed
    assert (
        "20 h until 2027-10-04: 15.375 used, 0 left, 4.625 expired"
        in run(signed, "block", "balance", "hudson", "--on", "2027-12-01").out
    )


def test_once_the_last_statement_is_sent_and_all_is_handed_over_nothing_is_due(signed):
    change(
        signed / BLOCK / "account.yaml",
        "\nmessages:\n",
        "\nmessages:\n  - {what: statement, period_end: 2027-10-31, on: 2027-11-08}\n",
    )
    assert run(signed, *END, "2027-10-04").code == 0
    account = signed / BLOCK / "account.yaml"
    done = "".join(f"  - {{duty: {each}, on: 2027-10-12, source: Mail to Ines}}\n" for each in ("handover", "deletion"))
    account.write_text(account.read_text() + f"kept:\n{done}")
    assert due(signed, "2027-11-09") == "nothing comes up\n"


def test_the_end_is_taken_back_from_both_files(signed):
    before = state(signed)
    assert run(signed, *END, "2027-10-04").code == 0
    assert run(signed, "status", "hudson", "--set", "signed", "--reason", "They ordered").code == 0
    assert state(signed)[f"{BLOCK}/account.yaml"] == before[f"{BLOCK}/account.yaml"]
    assert run(signed, "check").code == 0


@pytest.mark.parametrize("command", [("check",), ("due", "--on", "2027-01-04"), ("block", "notices", "hudson")])
def test_a_status_that_the_account_does_not_bear_out_is_a_problem_everywhere(signed, command):
    change(signed / BLOCK / "agreement.yaml", "status: signed", "status: ended")
    said = run(signed, *command)
    assert said.code == 1
    assert f"{BLOCK}/agreement.yaml:6 says that the block has ended, and no line here says when [block-end]" in said.err
    assert "Statement of hours" not in said.out


@pytest.mark.parametrize(
    ("name", "old", "new", "rule"),
    [
        ("ledger.csv", "2,2026-10-05,13:30,tom-ekberg,Printer in the studio does not scan,remote,20,", "2,2026-10-05,13:30,tom-ekberg,Printer in the studio does not scan,remote,25,", "ledger-chain"),
        ("account.yaml", "paid: 2026-10-02", "payed: 2026-10-02", "unknown-key"),
    ],
)  # fmt: skip
def test_check_reads_the_ledger_and_the_account(signed, name, old, new, rule):
    change(signed / BLOCK / name, old, new)
    said = run(signed, "check")
    assert said.code == 1
    assert f"{BLOCK}/{name}:" in said.err
    assert f"[{rule}]" in said.err
