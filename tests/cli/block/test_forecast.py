"""`build.py block forecast`."""

import csv
import io

from tests.helpers import block_commands
from tests.helpers.block_commands import FOLDER, data, second_block
from tests.helpers.corpus import run

root = block_commands.root


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
