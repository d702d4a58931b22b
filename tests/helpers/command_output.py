"""A small repository, and what commands print there: lines, data, processes."""

import csv
import json
import os
import subprocess
import sys

import pytest

from tests.helpers.corpus import AGREEMENT, REPOSITORY, based, run

ACME = ("acme/2026-support",)


@pytest.fixture
def root(tmp_path):
    return based(tmp_path / "root")


def data(root, *arguments):
    said = run(root, *arguments, "--json")
    assert said.err == ""
    return json.loads(said.out)


WRONG = f"{AGREEMENT}/agreement.yaml\n-version: 1\n+version: first\n"


def process(*arguments, **environment):
    """build.py in a process of its own."""
    keep = {name: value for name, value in os.environ.items() if name not in {"CONTRACTS_ROOT", "NO_COLOR"}}
    command = [sys.executable, str(REPOSITORY / "build.py"), *map(str, arguments)]
    return subprocess.run(command, env=keep | environment, capture_output=True, text=True, check=False)


def broken(error):
    def rule(_document):
        raise error

    return rule


CLAUSES = 7


BY = ("--by", "A Lawyer", "--on", "2026-09-01")


def lines(root, *arguments):
    said = run(root, *arguments)
    assert (said.code, said.err) == (0, "")
    return said.out.splitlines()


def rows(root, *arguments):
    """The rows of a command's CSV."""
    said = run(root, *arguments, "--csv")
    assert said.out.startswith("\ufeff")  # for spreadsheets
    return list(csv.DictReader(said.out.removeprefix("\ufeff").splitlines()))
