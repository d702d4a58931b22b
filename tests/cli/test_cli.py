"""The command line from outside: exit codes, what is said where, and what is not even loaded. Real processes where it matters."""

import json
import os
import pty
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from contract_assembly import cli
from contract_assembly.repository.store import locked
from contract_assembly.rules import document as check
from tests.helpers import command_output
from tests.helpers.command_output import WRONG, broken, process
from tests.helpers.corpus import AGREEMENT, REPOSITORY, change, run, state

root = command_output.root

ACME = ("--client", "acme", "--format", "md")
LOADED = """
import sys
from contract_assembly.cli import main
try:
    main()
finally:
    print(*sorted({"babel", "docx", "holidays", "jinja2", "markdown", "pydantic", "weasyprint", "yaml"} & set(sys.modules)))
"""


def loaded(*arguments):
    """Which of the heavy libraries a command has loaded when it ends."""
    command = [sys.executable, "-c", LOADED, *map(str, arguments)]
    said = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    return set(said.stdout.splitlines()[-1].split())


def on_a_terminal(*arguments, **environment):
    """What build.py shows on a terminal."""
    ours, theirs = pty.openpty()
    keep = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    command = [sys.executable, str(REPOSITORY / "build.py"), *map(str, arguments)]
    with subprocess.Popen(command, env=keep | environment, stdout=theirs, stderr=theirs):
        os.close(theirs)
        shown = b""
        while piece := _read(ours):
            shown += piece
    os.close(ours)
    return shown.decode()


def _read(terminal):
    try:
        return os.read(terminal, 65536)
    except OSError:  # nobody is at the other end any more
        return b""


# ---- other ends


@pytest.mark.parametrize(
    "arguments",
    ["--client acme --all", "--agreement 2026", "--format md", "--client acme --format rtf", "--nonsense", "nonsense",
     "rules nonsense", "schema nonsense", "--client acme rules", "--client", "--client acme --jobs 0"],
)  # fmt: skip
def test_wrong_use_is_told_and_builds_nothing(root, arguments):
    before = state(root)
    said = run(root, *arguments.split())
    assert (said.code, said.out) == (2, "")
    assert "Error: " in said.err
    assert "Traceback" not in said.err
    assert state(root) == before


def test_a_fault_of_the_program_leaves_its_traceback_in_a_file(root, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setitem(check.RULES, "total", broken(ZeroDivisionError("a bug")))
    said = run(root, *ACME)
    [log] = tmp_path.glob("contract-assembly-*.log")
    assert said.code == 3
    assert said.err.endswith(f"Please send us {log}\n")
    assert "Traceback" not in said.err
    assert "ZeroDivisionError: a bug" in log.read_text("utf-8")
    assert not (root / AGREEMENT / "contract.md").exists()


def test_a_fault_in_one_agreement_stops_no_other(root, tmp_path, monkeypatch):
    shutil.copytree(root / "agreements/acme", root / "agreements/zenith")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def rule(document):
        return broken(ZeroDivisionError)(document) if "acme" in document.meta.inputs else ()

    monkeypatch.setitem(check.RULES, "total", rule)
    said = run(root, "--all", "--format", "md")
    assert said.code == 3
    assert said.out == "agreements/zenith/2026-support: wrote contract.md, record.json\n"
    assert f"{AGREEMENT}: not built\n" in said.err


def test_an_interrupted_build_says_so_and_leaves_nothing(root, monkeypatch):
    monkeypatch.setitem(check.RULES, "total", broken(KeyboardInterrupt()))
    before = state(root)
    assert run(root, *ACME).code == 130
    assert state(root) == before


def test_a_second_builder_is_sent_away(root):
    with locked(root):
        said = process("--root", root, *ACME)
    assert said.returncode == 75
    assert "another command is writing" in said.stderr
    assert "Traceback" not in said.stderr
    assert process("--root", root, *ACME).returncode == 0


def test_without_its_libraries_the_door_says_what_to_do():
    command = [sys.executable, "-S", "-E", str(REPOSITORY / "build.py"), "--client", "acme"]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert said.returncode == 1
    assert said.stderr == "click is missing: run make contract once, then .venv/bin/python build.py\n"


# ---- what is loaded


def test_help_loads_no_library_but_the_command_lines_own():
    assert loaded("--help") == set()


@pytest.mark.parametrize("formats", ["md", "docx"])
def test_only_a_pdf_loads_the_pdf_library(root, formats):
    assert "weasyprint" not in loaded("--root", root, "--client", "acme", "--format", formats)
    assert (root / AGREEMENT / f"contract.{formats}").exists()


def test_a_word_file_built_alone_has_the_pages_of_the_pdf_that_was_built_before(root):
    run(root, "--client", "acme")
    contract, record = (root / AGREEMENT / name for name in ("contract.docx", "record.json"))
    both, pages = contract.read_bytes(), json.loads(record.read_bytes())["documents"]["contract"].get("pages")
    contract.unlink()
    assert "weasyprint" not in loaded("--root", root, "--client", "acme", "--format", "docx")
    assert pages
    assert contract.read_bytes() == both
    assert json.loads(record.read_bytes())["documents"]["contract"].get("pages") == pages


def test_pages_of_another_state_are_forgotten(root):
    run(root, "--client", "acme")
    change(root, "clauses/notes.md\n-Each party keeps notes.\n+Each party keeps minutes.\n")
    run(root, *ACME)
    assert "pages" not in json.loads((root / AGREEMENT / "record.json").read_bytes())["documents"]["contract"]


def test_problems_load_no_writer(root):
    change(root, "clauses/notes.md\n-Each party keeps notes.\n+Each party keeps the the notes.\n")
    assert not {"weasyprint", "docx"} & loaded("--root", root, "--client", "acme")


def test_nothing_to_do_loads_no_writer(root):
    process("--root", root, "--client", "acme")
    assert not {"weasyprint", "docx"} & loaded("--root", root, "--client", "acme")


# ---- colours and help


def test_a_terminal_shows_errors_in_red(root):
    change(root, WRONG)
    assert "\x1b[31m" in on_a_terminal("--root", root, *ACME)


def test_no_color_is_obeyed(root):
    change(root, WRONG)
    assert "\x1b[" not in on_a_terminal("--root", root, *ACME, NO_COLOR="1")


def test_a_file_gets_no_colours(root):
    change(root, WRONG)
    assert "\x1b[" not in process("--root", root, *ACME).stderr


@pytest.mark.parametrize("arguments", [(), ("--help",), ("-h",)])
def test_help_has_examples_and_the_exit_codes(root, arguments):
    said = run(root, *arguments)
    assert said.code == 0
    assert "build.py --client acme" in said.out
    assert "75 another command" in said.out


@pytest.mark.parametrize("name", sorted(cli.cli.commands))
def test_the_help_of_each_command_has_examples(root, name):
    said = run(root, name, "--help")
    assert said.code == 0
    assert f"build.py {name}" in said.out


def test_the_version_is_told(root):
    assert run(root, "--version").out.startswith("build.py, version ")


def test_the_door_stands_where_it_was_left():
    """Ten lines at most, and nothing of the program in them."""
    assert len(Path(REPOSITORY / "build.py").read_text("utf-8").splitlines()) <= 10
