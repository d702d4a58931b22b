"""`build.py check`."""

import json

from tests.helpers import command_output
from tests.helpers.corpus import AGREEMENT, run

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
