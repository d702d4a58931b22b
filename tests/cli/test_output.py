"""How commands end when the output cannot be written, and names that are empty or unknown."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from contract_assembly.cli.parameters import DATE, NAME, TARGET
from tests.cli.test_dry_run import COMMANDS
from tests.helpers.corpus import REPOSITORY, based, run
from tests.helpers.git_repositories import begun


def started(root, *arguments, stdout):
    command = [sys.executable, str(REPOSITORY / "build.py"), "--root", str(root), *arguments]
    return subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, text=True, check=False)


@pytest.mark.parametrize("arguments", [("laws", "acme/2026-support"), ("check",), ("--help",), ("due", "--json")])
def test_a_full_device_ends_in_one_sentence_and_a_code_of_its_own(tmp_path, arguments):
    root = based(tmp_path / "root")
    with Path("/dev/full").open("w") as full:
        said = started(root, *arguments, stdout=full)
    assert said.returncode == 74
    assert said.stderr.splitlines()[-1] == "The output could not be written: No space left on device."
    assert "fault of the program" not in said.stderr


@pytest.mark.parametrize(
    "arguments", [("facts", "acme"), ("rules",), ("--help",), ("due", "--help"), ("laws", "acme", "--json")]
)
def test_a_reader_that_has_gone_ends_a_command_as_it_ends_any_other_program(tmp_path, arguments):
    """141 is what a shell shows for a program that SIGPIPE ended, wherever the pipe broke."""
    root = based(tmp_path / "root")
    theirs, ours = os.pipe()
    os.close(theirs)
    said = started(root, *arguments, stdout=ours)
    os.close(ours)
    assert (said.returncode, said.stderr) == (141, "")


def test_a_reader_of_the_errors_that_has_gone_is_no_fault_either(tmp_path):
    root = based(tmp_path / "root")
    theirs, ours = os.pipe()
    os.close(theirs)
    for arguments in (("check", "--nonsense"), ("check", "--client", "acne"), ("facts", "acne")):
        command = [sys.executable, str(REPOSITORY / "build.py"), "--root", str(root), *arguments]
        assert subprocess.run(command, stdout=subprocess.DEVNULL, stderr=ours, check=False).returncode == 141, arguments
    os.close(ours)


# Each way to name a client, with what else the command must have.
BY_ARGUMENT = {
    "change": ("users=36", "--on", "2027-01-17", "--asked-by", "lena-fischer"),
    "amend": ("--on", "2027-01-04"), "diff": (), "facts": (), "laws": (), "readability": (), "status": (),
    "convert": ("--plan", "business", "--start", "2027-01-01"), "service import": (__file__, "--mapping", "generic-tickets"),
    "block compare": (), "block import": (__file__,), "block log": ("35m", "--task", "x", "--by", "priya"),
    "block order": ("--hours", "20", "--first-day", "2027-01-01"), "block reverse": ("1", "--because", "x"),
    "block propose": ("--plan", "x", "--first-day", "2027-01-01", "--valid-until", "2026-12-31"),
    "block statement": ("--period", "2026-10"),
    "negotiate": (), "receive": (__file__,), "reply": (), "send": (), "fetch": (), "sign": ("--as", "provider", "--p12", __file__, "--output", "signed.pdf"),
}  # fmt: skip
BY_OPTION = {
    "": (), "approvals": (), "check": (), "deviations": (), "due": (), "find": ("backup",), "impact": (), "renew": ("--by", "2030-01-01"),
    "invoices": ("--from", "2026-12-01", "--to", "2026-12-31"), "revenue": (),
    "block balance": (), "block forecast": (), "block notices": (), "block notify": (),
}  # fmt: skip


def naming(client):
    """Every command that a client can be named to, with this one."""
    for name, more in BY_ARGUMENT.items():
        yield (*name.split(), client, *more)
    for name, more in BY_OPTION.items():
        yield (*name.split(), "--client", client, *more)


def test_every_command_names_its_client_in_one_of_two_ways():
    """As its first argument where it acts on one; with --client, which can be repeated, where it works over all."""
    for name, command in COMMANDS.items():
        options = {each.name: each for each in command.params if isinstance(each, click.Option)}
        arguments = [each for each in command.params if isinstance(each, click.Argument)]
        if name in BY_ARGUMENT:
            assert arguments[0].type is TARGET, name
            assert "targets" not in options, name
        elif name in BY_OPTION:
            assert (options["targets"].opts, options["targets"].multiple) == (["--client"], True), name
            assert all(each.type is not TARGET for each in arguments), name
        else:
            assert all(each.type is not TARGET for each in arguments), name
            assert "targets" not in options, name


def test_days_are_read_alike_in_every_command():
    for name, command in COMMANDS.items():
        for each in command.params:
            if {"--on", "--until", "--first-day", "--booked", "--signed", "--start"} & set(each.opts):
                assert each.type is DATE, (name, each.opts)
            if "--by" in each.opts:
                assert each.type in {DATE, NAME} or isinstance(each.type, click.Choice), name


@pytest.mark.parametrize(
    "command", [*naming(""), *naming("acme/"), ("--client", "acme/2026-support", "--document", "")]
)
def test_an_empty_name_is_wrong_use_and_never_means_all(tmp_path, command):
    root = based(tmp_path / "root")
    said = run(root, *command)
    assert (said.code, "the name is empty" in said.err) == (2, True)
    assert not (root / ".build").exists()


@pytest.mark.parametrize("command", [*naming("acne"), *naming("acne/2026-support")])
def test_an_unknown_client_is_answered_with_the_nearest_name_and_no_file(tmp_path, command):
    root = begun(based(tmp_path / "root"))
    shutil.copytree(REPOSITORY / "provider/mappings", root / "provider/mappings")
    said = run(root, *command)
    assert said.code == 1
    assert "error: there is no client acne [unknown-client]\n    hint: did you mean acme?" in said.err + said.out
    assert "agreements/acne" not in said.err + said.out


@pytest.mark.parametrize("command", [*naming("acme/2026-suport")])
def test_an_unknown_agreement_is_answered_with_the_nearest_name_and_no_file(tmp_path, command):
    root = begun(based(tmp_path / "root"))
    shutil.copytree(REPOSITORY / "provider/mappings", root / "provider/mappings")
    said = run(root, *command)
    assert said.code == 1
    assert "[unknown-agreement]\n    hint: did you mean 2026-support?" in said.err + said.out
    assert "agreements/acme/2026-suport" not in said.err + said.out


@pytest.mark.parametrize("command", [(), ("status",), ("status", "--set", "sent")])
def test_an_unknown_document_is_answered_with_the_nearest_name(tmp_path, command):
    root = based(tmp_path / "root")
    of = ("--client", "acme/2026-support") if not command else (command[0], "acme", *command[1:])
    said = run(root, *of, "--document", "contrat")
    assert said.code == 1
    assert "has no document contrat [unknown-document]\n    hint: did you mean contract?" in said.err


@pytest.mark.parametrize("command", [each for each in naming("acne") if each[0] != "check"])
def test_a_refusal_is_json_where_json_was_asked_for(tmp_path, command):
    said = run(begun(based(tmp_path / "root")), *command, "--json")
    assert (said.code, said.err) == (1, "")
    assert [each["rule"] for each in json.loads(said.out)["problems"]] in (["unknown-client"], ["unknown-mapping"])
