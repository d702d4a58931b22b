"""How commands end when the output cannot be written, and names that are empty or unknown."""

import subprocess
import sys
from pathlib import Path

import pytest

from contract_assembly.cli import cli
from tests.helpers.corpus import REPOSITORY, based, run


def started(root, *arguments, stdout):
    command = [sys.executable, str(REPOSITORY / "build.py"), "--root", str(root), *arguments]
    return subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, text=True, check=False)


@pytest.mark.parametrize("arguments", [("laws", "acme", "2026-support"), ("check",), ("--help",), ("due", "--json")])
def test_a_full_device_ends_in_one_sentence_and_a_code_of_its_own(tmp_path, arguments):
    root = based(tmp_path / "root")
    with Path("/dev/full").open("w") as full:
        said = started(root, *arguments, stdout=full)
    assert said.returncode == 74
    assert said.stderr.splitlines()[-1] == "The output could not be written: No space left on device."
    assert "fault of the program" not in said.stderr


def test_a_reader_that_has_gone_is_no_fault_and_says_nothing(tmp_path):
    root = based(tmp_path / "root")
    command = f"'{sys.executable}' '{REPOSITORY}/build.py' --root '{root}' facts acme 2026-support | head -c 1"
    said = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, text=True, check=False)
    assert said.stderr == ""
    assert said.returncode in {0, 1, 74}  # click ends with 1 where the pipe breaks while it prints


@pytest.mark.parametrize("option", ["--client", "--agreement", "--document"])
def test_an_empty_name_is_wrong_use_and_never_means_all(tmp_path, option):
    root = based(tmp_path / "root")
    commands = [
        (),
        *((name,) for name, command in cli.commands.items() if any(option in p.opts for p in command.params)),
    ]
    assert len(commands) > (1 if option == "--document" else 3)
    for command in commands:
        said = run(root, *command, option, "")
        assert (said.code, "the name is empty" in said.err) == (2, True), command
    assert not (root / ".build").exists()


@pytest.mark.parametrize(
    "command",
    [("--client", "acne"), ("check", "--client", "acne"), ("due", "--client", "acne"), ("status", "acne"),
     ("renew", "--client", "acne", "--by", "2030-01-01"), ("block", "balance", "acne"), ("deviations", "--client", "acne")],
)  # fmt: skip
def test_an_unknown_client_is_answered_with_the_nearest_name_and_no_file(tmp_path, command):
    root = based(tmp_path / "root")
    said = run(root, *command)
    assert said.code == 1
    assert "error: there is no client acne [unknown-client]\n    hint: did you mean acme?" in said.err + said.out
    assert "agreements/acne" not in said.err + said.out
