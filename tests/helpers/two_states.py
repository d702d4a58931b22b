"""A repository with two commits that differ, for tests of comparisons."""

import pytest

from tests.helpers.changed import changed, put, sample
from tests.helpers.corpus import run
from tests.helpers.git_repositories import committed

ACME = "agreements/acme/2026-support"


@pytest.fixture(scope="module")
def before(tmp_path_factory):
    return sample(tmp_path_factory.mktemp("before"))


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return changed(sample(tmp_path_factory.mktemp("changed")))


def said(root, *arguments: str, code: int = 0) -> str:
    found = run(root, *arguments)
    assert found.code == code, found
    return found.out if code == 0 else found.err


@pytest.fixture(scope="module")
def rates(tmp_path_factory):
    """A rate, a clause and one client's facts change; brookfield was signed, and liffey's file is broken."""
    root = sample(tmp_path_factory.mktemp("rates"))
    put(root, "agreements/brookfield/2026-support/agreement.yaml", "status: draft", "status: signed")
    committed(root, "Signed")
    put(
        root,
        "clauses/general/assignment.md",
        "or unreasonably refuse consent",
        "or unreasonably delay or refuse consent",
    )
    put(root, f"{ACME}/agreement.yaml", "users: 34", "users: 36")
    put(root, "agreements/liffey/2026-support/agreement.yaml", "version: 1", "version: first")
    return root
