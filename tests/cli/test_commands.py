"""The commands that look something up or approve: what they say, as text and as JSON, and how they end."""

import os
import re
import subprocess
import sys

import click
import pytest

from contract_assembly.cli import cli
from tests.cli.test_dry_run import COMMANDS
from tests.helpers import command_output
from tests.helpers.command_output import ACME, data
from tests.helpers.commands_page import page
from tests.helpers.corpus import AGREEMENT, REPOSITORY, change, run, state

root = command_output.root

LOOKUPS = [
    ("facts", *ACME),
    ("laws", *ACME),
    ("readability", *ACME),
    ("approvals",),
    ("rules",),
    ("schema",),
    ("schema", "law"),
]


# ---- what they share


@pytest.mark.parametrize("arguments", LOOKUPS, ids=" ".join)
def test_what_only_looks_changes_nothing_and_says_the_same_again(root, arguments):
    before = state(root)
    first = run(root, *arguments)
    assert first.code == 0
    assert first.out
    assert run(root, *arguments) == first
    assert state(root) == before
    assert not (root / ".build").exists()


@pytest.mark.parametrize(
    "arguments", [("facts", *ACME), ("laws", *ACME), ("readability", *ACME), ("approvals",), ("rules",)]
)
def test_every_report_may_be_had_as_json(root, arguments):
    found = data(root, *arguments)
    assert all(isinstance(value, list | dict) for value in found.values())


@pytest.mark.parametrize("command", ["facts", "laws", "readability"])
@pytest.mark.parametrize(
    ("named", "rule"),
    [
        ("acme/2030-support", "unknown-agreement"),
        ("acne/2026-support", "unknown-client"),
        ("acne", "unknown-client"),
        ("../x/y", "name"),
    ],
)
def test_an_agreement_that_is_not_there_is_told(root, command, named, rule):
    said = run(root, command, named)
    assert (said.code, said.out) == (1, "")
    assert f"[{rule}]" in said.err


@pytest.mark.parametrize("command", ["facts", "laws", "readability"])
def test_an_agreement_with_a_fault_is_told_with_its_line(root, command):
    change(root, f"{AGREEMENT}/agreement.yaml\n-version: 1\n+version: first\n")
    said = run(root, command, *ACME)
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith(f"{AGREEMENT}/agreement.yaml:5: error: ")


@pytest.mark.parametrize(
    "arguments", [("facts",), ("facts", ""), ("laws",), ("readability", "acme/"), ("facts", *ACME, "x")]
)
def test_a_name_too_few_or_too_many_is_wrong_use(root, arguments):
    said = run(root, *arguments)
    assert (said.code, said.out) == (2, "")


def test_no_lookup_loads_a_writer(root):
    code = "import sys; from contract_assembly.cli import main\ntry: main()\nfinally: print(*sorted(sys.modules), sep='\\n')"
    for arguments in LOOKUPS:
        command = [sys.executable, "-c", code, "--root", str(root), *arguments]
        said = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
        assert "contract_assembly.cli" in said.stdout.splitlines()
        assert not {"weasyprint", "docx"} & set(said.stdout.splitlines()), arguments


# ---- what the pages say of them


def test_the_page_of_commands_is_what_help_says():
    written = (REPOSITORY / "docs/commands.md").read_text("utf-8")
    assert written == page(), "run: python -m tests.helpers.commands_page > docs/commands.md"


def test_the_page_is_the_same_on_any_terminal():
    command, env = (
        [sys.executable, "-m", "tests.helpers.commands_page"],
        {**os.environ, "COLUMNS": "44", "NO_COLOR": "1"},
    )
    said = subprocess.run(command, cwd=REPOSITORY, env=env, capture_output=True, text=True, check=True)
    assert said.stdout == page()


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_each_command_is_named_where_people_read(name):
    pages = [REPOSITORY / "README.md", *(REPOSITORY / "docs").glob("*.md")]
    assert any(f"build.py {name}" in each.read_text("utf-8") for each in pages if each.name != "commands.md")


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_the_examples_in_the_help_of_a_command_are_commands(name):
    examples = re.findall(rf"^ +build\.py ({name}\b.*)$", page(), re.MULTILINE)
    assert examples
    for example in examples:
        words = re.sub(r"   .*| \|.*", "", example).replace('"', "").split()
        options = {word for word in words if word.startswith("--")}
        command = cli.commands[name]
        command = command.commands[words[1]] if isinstance(command, click.Group) else command
        known = {option for parameter in command.params for option in parameter.opts}
        assert options <= known


VERBS = frozenset(
    [
        "Add",
        "Approve",
        "Ask",
        "Begin",
        "Build",
        "Change",
        "Check",
        "Compare",
        "Enter",
        "Explain",
        "Fetch",
        "Find",
        "Import",
        "List",
        "Make",
        "Measure",
        "Plan",
        "Print",
        "Propose",
        "Receive",
        "Reverse",
        "Send",
        "Set",
        "Show",
        "Sign",
        "Take",
        "Turn",
        "Verify",
        "Write",
    ]
)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_help_begins_with_what_the_command_does(name):
    """In the imperative, as the name of a command is, in its own help and in the list above it."""
    command = COMMANDS[name]
    assert str(command.help).split()[0] in VERBS
    assert not command.short_help or command.short_help.split()[0] in VERBS | {"Amend", "Set"}
    assert "Example" in str(command.help)
