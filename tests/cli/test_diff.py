"""`build.py diff`."""

import json
import resource
import subprocess
import sys

from tests.helpers import two_states
from tests.helpers.changed import ROOT
from tests.helpers.git_repositories import git
from tests.helpers.two_states import ACME, said

before = two_states.before
root = two_states.root


def data(root, *arguments: str):
    return json.loads(said(root, *arguments, "--json"))


def test_nothing_changed_is_said_and_is_no_fault(before):
    assert said(before, "diff", "acme").endswith("to the working tree: nothing changed\n")
    assert data(before, "diff", "acme")["differences"][0]["changed"] is False


def test_the_facts_come_first_with_exact_differences(root):
    text = said(root, "diff", "acme")
    assert text.splitlines()[0] == f"{ACME}: HEAD ({git(root, 'rev-parse', 'HEAD')[:10]}) to the working tree"
    assert "  Monthly fee: 2,908.00 USD to 3,142.00 USD, +234.00 USD, +8.0 %\n" in text
    assert "  Users: 34 to 36, +2\n" in text
    assert text.index("Facts") < text.index("Words: 1 added, 1 removed, 1 moved, 6 reworded, 38 renumbered")


def test_clauses_are_told_by_what_became_of_them(root):
    text = said(root, "diff", "acme")
    for line in (
        "14 Remote work (added)",
        "25 Insurance (moved)",
        "30 Subcontracting (removed)",
        "33 Assignment (reworded)",
    ):
        assert f"\n  {line}\n" in text
    assert "or unreasonably {+delay or +}refuse consent." in text


def test_json_tells_each_run_of_words(root):
    (found,) = data(root, "diff", "acme")["differences"]
    (clause,) = [each for each in found["clauses"] if each["id"] == "assignment"]
    ops = [run["op"] for line in clause["lines"] for cell in line["cells"] for run in cell]
    assert (clause["change"], ops) == ("reworded", ["equal", "insert", "equal"])
    fee = next(each for each in found["facts"] if each["key"] == "fees.monthly")
    assert (fee["old"], fee["new"], fee["difference"]) == ("2,908.00 USD", "3,142.00 USD", "+234.00 USD, +8.0 %")


def test_one_contract_is_compared_without_the_layout_engine_and_in_little_time(root):
    program = (
        "import sys; from contract_assembly.cli import main\ntry: main()\nfinally: print('weasyprint' in sys.modules)"
    )
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    command = [sys.executable, "-c", program, "--root", str(root), "diff", "acme"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.endswith("\nFalse\n")
    assert (
        resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before < 5
    )  # 1 s of one core, unless others use it, too
