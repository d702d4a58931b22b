"""`build.py readability`."""

import json

import pytest

from tests.helpers.corpus import based, run

ACME = ("acme/2026-support",)


@pytest.fixture
def root(tmp_path):
    return based(tmp_path / "root")


def lines(root, *arguments):
    said = run(root, *arguments)
    assert (said.code, said.err) == (0, "")
    return said.out.splitlines()


def data(root, *arguments):
    said = run(root, *arguments, "--json")
    assert said.err == ""
    return json.loads(said.out)


def test_readability_is_told_for_each_clause(root):
    head, *rows = lines(root, "readability", *ACME)
    assert "words" in head
    assert len(rows) == len(data(root, "readability", *ACME)["readability"]) >= 3
    assert all(len(row) <= max(map(len, (head, *rows))) for row in rows)
