"""`build.py build`: what it says and writes."""

import json
import shutil
from hashlib import sha256

import pytest

from tests.helpers import command_output
from tests.helpers.command_output import WRONG, broken, process
from tests.helpers.corpus import AGREEMENT, change, run, state

root = command_output.root

ACME = ("--client", "acme", "--format", "md")


@pytest.fixture
def two_clients(root):
    """acme, which has a fault, and zenith, which has none."""
    shutil.copytree(root / "agreements/acme", root / "agreements/zenith")
    change(root, WRONG)
    return root


def test_a_build_tells_what_it_wrote_and_the_next_one_has_nothing_to_do(root):
    first = process("--root", root, *ACME)
    assert (first.returncode, first.stdout) == (0, f"{AGREEMENT}: wrote contract.md, record.json\n")
    times = {path: path.stat().st_mtime_ns for path in (root / AGREEMENT).iterdir()}

    second = process("--root", root, *ACME)

    assert (second.returncode, second.stdout, second.stderr) == (0, f"{AGREEMENT}: nothing to do\n", "")
    assert {path: path.stat().st_mtime_ns for path in (root / AGREEMENT).iterdir()} == times


def test_a_build_with_nothing_to_do_writes_in_no_format(root, monkeypatch):
    run(root, *ACME)
    monkeypatch.setattr("contract_assembly.writers.markdown.markdown", broken(AssertionError("written again")))
    assert run(root, *ACME).out == f"{AGREEMENT}: nothing to do\n"


def test_a_file_that_was_changed_by_hand_is_built_again(root):
    run(root, *ACME)
    contract = root / AGREEMENT / "contract.md"
    built = contract.read_bytes()
    contract.write_bytes(built + b"And a pony.\n")
    assert run(root, *ACME).out == f"{AGREEMENT}: wrote contract.md\n"
    assert contract.read_bytes() == built


def test_all_formats_are_built_and_recorded(root):
    said = run(root, "--client", "acme")
    assert said.code == 0, said.err
    folder = root / AGREEMENT
    outputs = json.loads((folder / "record.json").read_bytes())["documents"]["contract"]["outputs"]
    found = {name: sha256((folder / name).read_bytes()).hexdigest() for name in outputs}
    assert set(found) >= {"contract.docx", "contract.md", "contract.pdf"}
    assert found == {name: entry["sha256"] for name, entry in outputs.items()}


def test_a_file_of_a_format_that_was_not_asked_for_is_said_to_be_old(root):
    run(root, *ACME, "--format", "docx")
    change(root, "clauses/notes.md\n-Each party keeps notes.\n+Each party keeps minutes.\n")
    said = run(root, *ACME)
    assert said.code == 0
    assert f"{AGREEMENT}/contract.docx: is out of date" in said.err


@pytest.mark.parametrize("status", ["signed", "ended"])
def test_a_signed_agreement_stays_as_it_is(root, status):
    change(root, f"{AGREEMENT}/agreement.yaml\n-status: draft\n+status: {status}\n")
    before = state(root)
    said = run(root, *ACME)
    assert (said.code, said.out) == (0, f"{AGREEMENT}: signed or ended, so it stays as it is\n")
    assert state(root) == before


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_agreement_that_fails_stops_no_other(two_clients, jobs):
    said = process("--root", two_clients, "--all", "--format", "md", "--jobs", jobs)
    assert said.returncode == 1
    assert said.stdout == "agreements/zenith/2026-support: wrote contract.md, record.json\n"
    assert said.stderr.endswith(f"{AGREEMENT}: not built, 1 problem\n")
    assert not (two_clients / AGREEMENT / "contract.md").exists()


def test_only_the_agreement_that_is_named_is_built(root):
    shutil.copytree(root / AGREEMENT, root / "agreements/acme/2027-support")
    run(root, "--client", "acme/2027-support", "--format", "md")
    assert not (root / AGREEMENT / "contract.md").exists()
    assert (root / "agreements/acme/2027-support/contract.md").exists()


def test_the_root_may_be_named_in_the_environment(root):
    assert process(*ACME, CONTRACTS_ROOT=str(root)).returncode == 0
    assert (root / AGREEMENT / "contract.md").exists()


def test_the_root_of_the_command_line_goes_before_that_of_the_environment(root, tmp_path):
    assert process("--root", root, *ACME, CONTRACTS_ROOT=str(tmp_path / "nowhere")).returncode == 0
    assert (root / AGREEMENT / "contract.md").exists()


def test_a_root_without_agreements_is_told_and_left_alone(tmp_path):
    said = run(tmp_path / "nowhere", "--all")
    assert said.code == 1
    assert "there is no agreement to build" in said.err
    assert not (tmp_path / "nowhere").exists()


def test_json_tells_each_agreement_and_its_problems(two_clients):
    said = run(two_clients, "--all", "--format", "md", "--json")
    acme, zenith = json.loads(said.out)["built"]
    assert (said.code, said.err) == (1, "")
    assert acme["agreement"] == AGREEMENT
    assert acme["wrote"] == []
    [problem] = acme["problems"]
    assert problem.pop("what").startswith("version: 'first' is not a whole number")
    assert problem.pop("hint")
    assert problem == {"rule": "ill-typed", "level": "error", "path": f"{AGREEMENT}/agreement.yaml", "line": 5}
    assert zenith["wrote"] == [f"agreements/zenith/2026-support/{name}" for name in ("contract.md", "record.json")]
    assert zenith["problems"] == []


def test_json_tells_what_keeps_a_build_from_starting(root):
    said = run(root, "--client", "acne", "--json")
    assert (said.code, said.err) == (1, "")
    assert [problem["rule"] for problem in json.loads(said.out)["problems"]] == ["unknown-client"]
