"""Every agreement with what comes next."""

from datetime import date

import pytest

from contract_assembly.actions.agreement_list import listed
from contract_assembly.core.problems import RefusedError
from contract_assembly.repository.inputs import Repository
from tests.helpers.corpus import AGREEMENT, REPOSITORY, based, change

DAY = date(2026, 11, 30)


@pytest.fixture
def root(tmp_path):
    return based(tmp_path / "root")


def row(root, **how):
    repository = Repository(root)
    ((_, found),) = listed(repository, repository.every_agreement()[0], how.get("on", DAY))
    return found


def with_status(root, status):
    change(root, f"{AGREEMENT}/agreement.yaml\n-status: draft\n+status: {status}\n")
    return root


@pytest.mark.parametrize(
    ("status", "on", "following"),
    [
        ("draft", DAY, "to be sent"),
        ("sent", DAY, "to be signed"),
        ("signed", DAY, "renews after 2027-09-30 unless declined"),
        ("signed", date(2027, 10, 1), "renews after 2028-09-30 unless declined"),
        ("ended", DAY, "over"),
    ],
)
def test_each_status_next_something_else(root, status, on, following):
    found = row(with_status(root, status) if status != "draft" else root, on=on)
    assert (found.status, found.next, found.drafts) == (status, following, ())


def test_a_draft_next_its_open_points(root):
    change(root, f"{AGREEMENT}/agreement.yaml\n-version: 1\n+version: 1\n+open: [The address]\n")
    assert row(root).next == "1 open point, then to be sent"


def test_an_agreement_that_cannot_be_read_is_named_and_stops_no_other(root):
    change(root, f"{AGREEMENT}/agreement.yaml\n-version: 1\n+version: first\n")
    assert isinstance(row(root), RefusedError)


@pytest.mark.parametrize(
    ("on", "first", "second"),
    [
        (
            date(2026, 9, 30),
            "until 2026-support takes its place on 2026-10-01",
            "renews after 2027-09-30 unless declined",
        ),
        (DAY, "over: 2026-support took its place", "renews after 2027-09-30 unless declined"),
    ],
)
def test_a_renewed_agreement_names_the_one_that_follows(on, first, second):
    found = listed(Repository(REPOSITORY), [("cedar", "2025-support"), ("cedar", "2026-support")], on)
    assert [each.next for _, each in found] == [first, second]


def test_a_block_that_became_a_contract_is_over():
    ((_, found),) = listed(Repository(REPOSITORY), [("juniper", "2026-block")], DAY)
    assert found.next == "over: 2026-support took its place"
