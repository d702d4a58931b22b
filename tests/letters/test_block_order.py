"""The order of a further Block."""

import shutil

import pytest

from contract_assembly.cli.block import issuing
from tests.helpers.corpus import REPOSITORY, run

BLOCK = "agreements/hudson/2026-block"
NOTIFY = ("block", "notify", "--client", "hudson", "--on", "2026-11-23")


@pytest.fixture(scope="module")
def before(tmp_path_factory):
    """The sample's library and its block as it stood before any message but October's statement; every clause is approved."""
    root = tmp_path_factory.mktemp("firm") / "root"
    for name in ("clauses", "templates", "provider"):
        shutil.copytree(REPOSITORY / name, root / name)
    (root / BLOCK).mkdir(parents=True)
    for name in ("client.yaml", "2026-block/agreement.yaml", "2026-block/account.yaml", "2026-block/ledger.csv"):
        shutil.copy(REPOSITORY / "agreements/hudson" / name, root / "agreements/hudson" / name)
    account = root / BLOCK / "account.yaml"
    lines = account.read_text().splitlines(keepends=True)
    account.write_text("".join(line for line in lines if "what: low-balance" not in line))
    (root / "provider/approvals.yaml").unlink()
    said = run(root, "approve", "--all", "--by", "A Lawyer", "--on", "2026-09-01", "--until", "2027-12-31")
    assert said.code == 0, said.err
    return root


@pytest.fixture
def root(before, tmp_path, monkeypatch):
    monkeypatch.setattr(issuing, "FORMATS", ("md",))
    return shutil.copytree(before, tmp_path / "root")


def done(root, *arguments):
    said = run(root, *arguments)
    assert said.code == 0, said.err
    return said.out


def words(root, name):
    """A built document as one line of words, with plain blanks."""
    return " ".join((root / BLOCK / f"{name}.md").read_text("utf-8").replace("\u00a0", " ").split())


def account(root):
    return root / BLOCK / "account.yaml"


def refused(root, *arguments):
    said = run(root, *arguments)
    assert said.code == 1, said.out
    return said.err


def test_an_order_states_hours_rate_price_and_both_days(root):
    done(root, "block", "order", "hudson", "--hours", "40", "--first-day", "2026-12-07", "--on", "2026-11-24")
    said = words(root, "order-block-2")
    for stated in (
        "| 40 | $87.00 | $3,480.00 |",
        "This saves $520.00 compared with the list rate",
        "Monday, December 7, 2026",
        "Monday, December 6, 2027",
    ):
        assert stated in said, stated
    assert "4.625 hours are left" in said


def test_the_price_that_the_message_promised_is_kept(root):
    order = ("block", "order", "hudson", "--hours", "20", "--first-day", "2026-12-07", "--rate", "95.00 USD")
    done(root, *NOTIFY, "--apply")
    assert "this size may be ordered at 90.00 USD [same-price]" in refused(root, *order, "--on", "2026-12-01")
    done(root, *order[:-3], "2027-01-11", "--rate", "95.00 USD", "--on", "2027-01-04")  # after the 30 days
