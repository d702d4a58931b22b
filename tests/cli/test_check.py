"""`build.py check`."""

import json

from tests.helpers import command_output
from tests.helpers.corpus import AGREEMENT, REPOSITORY, run

root = command_output.root


def test_what_was_built_is_as_recorded_until_somebody_edits_it(root):
    assert run(root, "--client", "acme", "--format", "md").code == 0
    assert run(root, "check").out == "1 agreement checked: all is as recorded\n"
    with (root / AGREEMENT / "contract.md").open("a") as file:
        file.write("More.\n")
    said = run(root, "check")
    assert (said.code, "contract.md" in said.err) == (1, True)
    (problem,) = json.loads(run(root, "check", "--json").out)["problems"]
    assert problem["path"] == f"{AGREEMENT}/contract.md"


def test_it_lists_what_the_contract_does_not_allow_in_changes_and_usage(root):
    assert run(root, "--client", "acme", "--format", "md").code == 0
    folder = root / AGREEMENT
    entry = "{on: 2027-01-17, what: users, from: 33, to: 36, asked: 2027-01-12, asked_by: nobody}"
    (folder / "changes.yaml").write_text(f"changes:\n  - {entry}\n")
    problems = json.loads(run(root, "check", "--json").out)["problems"]
    assert [(each["rule"], each["path"], each["line"]) for each in problems] == [
        ("change-from", f"{AGREEMENT}/changes.yaml", 2),
        ("unknown-person", f"{AGREEMENT}/changes.yaml", 2),
    ]
    (folder / "changes.yaml").write_text(f"changes:\n  - {entry.replace('33', '34').replace('nobody', 'lena')}\n")
    (folder / "usage.yaml").write_text("usage:\n  - {line: users, month: 2026-11, used: 1, source: Report}\n")
    problems = json.loads(run(root, "check", "--json").out)["problems"]
    assert [each["rule"] for each in problems] == ["unknown-usage"]


def test_it_finds_an_invoiced_file_that_was_edited_by_hand(root):
    assert run(root, "--client", "acme", "--format", "md").code == 0
    path = root / "agreements/acme/invoiced.csv"
    header = (REPOSITORY / "agreements/cedar/invoiced.csv").read_text().splitlines()[:3]
    path.write_text("\n".join(header).replace(",60.00,", ",61.00,") + "\n")
    problems = json.loads(run(root, "check", "--json").out)["problems"]
    assert [(each["rule"], each["line"]) for each in problems] == [("invoiced-chain", 3)]
