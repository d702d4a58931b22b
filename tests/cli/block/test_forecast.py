"""`build.py block forecast`."""

import csv
import io
import json

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


def data(root, *arguments):
    said = run(root, "block", *arguments, "--json")
    assert said.code == 0, said.err
    return json.loads(said.out)


def log(root, worked="35m", task="Printer", *more, of="acme"):
    return run(root, "block", "log", of, worked, "--task", task, *BY, *more)


def second_block(root, first_day="2026-10-01", valid="6 months"):
    new = root / "agreements/acme/2026-more"
    new.mkdir()
    text = (root / FOLDER / "agreement.yaml").read_text()
    text = text.replace("valid: 12 months", f"valid: {valid}").replace("NL-2026-B001", "NL-2026-B002")
    (new / "agreement.yaml").write_text(text)
    (new / "account.yaml").write_text("paid: 2026-10-01\n")


def test_the_forecast_puts_the_largest_saving_first_and_no_text_becomes_a_formula(root):
    (root / FOLDER / "account.yaml").write_text("paid: 2026-10-01\nenvironment: {users: 1}\n")
    second_block(root)
    for n in range(4):
        run(
            root,
            "block",
            "log",
            "acme/2026-block",
            "5h",
            "--task",
            f"T{n}",
            "--by",
            "priya",
            "--on",
            f"2026-10-0{n + 5}",
            "--booked",
            "2026-10-09",
        )
    rows = data(root, "forecast", "--on", "2026-10-31")["forecast"]
    assert [row["agreement"] for row in rows] == ["2026-block", "2026-more"]
    said = run(root, "block", "forecast", "--csv", "--on", "2026-10-31")
    assert said.out.startswith("\ufeffclient,")
    assert said.out.count("\r\n") == said.out.count("\n") == 3
    table = list(csv.DictReader(io.StringIO(said.out)))
    assert [row["agreement"] for row in table] == ["2026-block", "2026-more"]
    assert float(table[0]["saving_a_month"]) > 0
    assert "2026-block" in run(root, "block", "forecast", "--client", "acme", "--on", "2026-10-31").out


def test_one_block_that_cannot_be_read_does_not_hide_the_others(root):
    second_block(root)
    (root / "agreements/acme/2026-more/account.yaml").write_text("paid: soon\n")
    for command in (("forecast",), ("balance",)):
        said = run(root, "block", *command, "--on", "2026-10-06")
        assert said.code == 1
        assert "2026-block" in said.out
        assert "2026-more/account.yaml" in said.err
