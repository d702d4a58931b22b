"""The owner's first day: docs/getting-started.md is the script, run outside the clone with the program as a wheel."""

import os
import subprocess
import sys
import zipfile

import pytest

from contract_assembly.repository.program_library import digest, library_files
from tests.whole.test_docs import ROOT, commands

PAGE = ROOT / "docs/getting-started.md"
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The program out of its wheel, and the command `contracts` in a folder of its own."""
    home = tmp_path_factory.mktemp("installed")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(home)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = home.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(home / "program")
    (home / "bin").mkdir()
    start = f"import sys; sys.path.insert(0, {str(home / 'program')!r})\nfrom contract_assembly.cli import run\n"
    (home / "bin/contracts").write_text(f"#!{sys.executable}\n{start}if __name__ == '__main__':\n    run()\n")
    (home / "bin/contracts").chmod(0o755)
    return home


def environment(installed, home):
    kept = {name: value for name, value in os.environ.items() if name not in {"CONTRACTS_ROOT", "PYTHONPATH"}}
    who = {"GIT_CONFIG_GLOBAL": str(home / "gitconfig"), "GIT_CONFIG_NOSYSTEM": "1"}
    (home / "gitconfig").write_text("[user]\n\tname = Jo Marlow\n\temail = jo@marlow.example\n")
    path = f"{installed / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return {**kept, **who, "PATH": path, "PYTHONPATH": str(installed / "program")}


def test_the_page_runs_as_shown_from_a_wheel_outside_the_clone(installed, tmp_path):
    here, environ = tmp_path, environment(installed, tmp_path)
    for command, output in commands(PAGE.read_text("utf-8")):
        if command.startswith("cd "):
            here = (here / command.removeprefix("cd ")).resolve()
            continue
        done = subprocess.run(
            ["bash", "-c", f"{command}\n{output}" if "<<'END'" in command else command],
            cwd=here, env=environ, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.stdout + done.stderr == ("" if "<<'END'" in command else output), command
    contract = here / "agreements/oakridge/2027-support/contract.md"
    assert "Oakridge Dental PLLC" in contract.read_text("utf-8")
    assert not (here / "agreements/acme").exists()


def test_the_page_has_at_most_two_pages():
    assert len(PAGE.read_text("utf-8").splitlines()) <= 120


def test_the_wheel_brings_the_same_library_as_the_checkout(installed):
    asked = "from contract_assembly.repository.program_library import *; print(digest(library_files()))"
    said = subprocess.run(
        [sys.executable, "-c", asked], env={**os.environ, "PYTHONPATH": str(installed / "program")},
        cwd=installed, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert said.stdout.strip() == digest(library_files())


def test_the_program_is_the_same_in_a_wheel_and_in_the_checkout(installed):
    asked = "from contract_assembly.core.source_digest import program; print(program())"
    said = [
        subprocess.run(
            [sys.executable, "-c", asked], env={**os.environ, "PYTHONPATH": str(where)},
            cwd=installed, capture_output=True, text=True, check=True,
        ).stdout
        for where in (installed / "program", ROOT)
    ]  # fmt: skip
    assert said[0] == said[1]


def test_outside_any_repository_the_installed_command_says_how_to_begin(installed, tmp_path):
    done = subprocess.run(
        ["contracts", "due"],
        cwd=tmp_path,
        env=environment(installed, tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "begin one with 'contracts init DIR'" in done.stderr
