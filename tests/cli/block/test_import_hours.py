"""`build.py block import`."""

from tests.helpers import block_commands
from tests.helpers.block_commands import ledger
from tests.helpers.corpus import run

root = block_commands.root


def test_an_import_is_whole_or_absent_and_twice_is_once(root, tmp_path):
    file = tmp_path / "november.csv"
    good = "date;person;task;worked\r\n2026-10-06;priya;Printer;35\r\n2026-10-06;dana;Email;20\r\n"
    file.write_text("\ufeff" + good + "2026-10-06;tom;Email;20\r\n", "utf-8", newline="")
    said = run(root, "block", "import", "acme", str(file), "--booked", "2026-10-06")
    assert (said.code, ledger(root)) == (1, [])
    assert "november.csv:4: error: unknown person: tom is not in provider.yaml" in said.err
    file.write_text(good, "utf-8", newline="")
    assert run(root, "block", "import", "acme", str(file), "--booked", "2026-10-06").code == 0
    once = ledger(root)
    again = run(root, "block", "import", "acme", str(file), "--booked", "2026-10-07")
    assert (again.code, ledger(root)) == (0, once)
    assert "2 rows = 0 entered + 2 in the ledger already" in again.out
