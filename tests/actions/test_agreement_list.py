"""Every agreement with what comes next."""

import shutil
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
def test_what_comes_next_follows_from_the_status(root, status, on, following):
    found = row(with_status(root, status) if status != "draft" else root, on=on)
    assert (found.status, found.next, found.drafts) == (status, following, ())


def test_a_draft_has_its_open_points_before_it(root):
    change(root, f"{AGREEMENT}/agreement.yaml\n-version: 1\n+version: 1\n+open: [The address]\n")
    assert row(root).next == "1 open point, then to be sent"


@pytest.mark.parametrize(
    ("status", "next_status", "following"),
    [
        ("signed", "draft", "renews after 2027-09-30 unless declined"),
        ("signed", "signed", "renewed by 2027-support from 2027-10-01"),
        ("ended", "signed", "over: it was renewed"),
    ],
)
def test_a_term_that_was_renewed_is_said_to_be_once_the_next_one_is_signed(root, status, next_status, following):
    shutil.copytree(root / AGREEMENT, root / "agreements/acme/2027-support")
    change(
        root,
        "agreements/acme/2027-support/agreement.yaml\n-status: draft\n"
        f"+status: {next_status}\n+renews: 2026-support\n"
        "-  first_day: 2026-10-01\n+  first_day: 2027-10-01\n",
    )
    repository = Repository(with_status(root, status))
    rows = dict(listed(repository, repository.every_agreement()[0], DAY))
    assert rows["acme", "2026-support"].next == following


def test_an_agreement_that_cannot_be_read_is_named_and_stops_no_other(root):
    change(root, f"{AGREEMENT}/agreement.yaml\n-version: 1\n+version: first\n")
    assert isinstance(row(root), RefusedError)


def test_a_block_that_became_a_contract_names_it():
    ((_, found),) = listed(Repository(REPOSITORY), [("juniper", "2026-block")], DAY)
    assert found.next == "converted to 2026-support from 2026-11-01"
