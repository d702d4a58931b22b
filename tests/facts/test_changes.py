"""Entries of `changes.yaml`."""

import pytest

from contract_assembly.facts.changes import COUNTED, Changes
from tests.helpers.models import read, refused

ENTRY = "changes:\n  - {on: 2027-01-17, what: WHAT, from: 34, to: 36, asked: 2027-01-12, asked_by: lena-fischer}\n"


def test_two_changes_of_one_thing_have_one_subject_and_sites_have_one_each():
    users, devices = (read(Changes, ENTRY.replace("WHAT", what)).model.changes[0] for what in ("users", "server"))
    site = users.model_copy(update={"what": "site", "name": "Depot"})
    other = site.model_copy(update={"name": "Annex"})
    assert users.subject == ("users", "")
    assert len({users.subject, devices.subject, site.subject, other.subject}) == 4


def test_an_entry_is_a_written_request_unless_it_says_otherwise():
    (change,) = read(Changes, ENTRY.replace("WHAT", "users")).model.changes
    assert (change.how, change.reverses, change.because) == ("request", False, None)


@pytest.mark.parametrize("what", COUNTED)
def test_every_class_that_is_counted_can_change(what):
    assert refused(Changes, ENTRY.replace("WHAT", what)) == []


def test_what_cannot_be_counted_cannot_change():
    assert refused(Changes, ENTRY.replace("WHAT", "term"))[0][0] == "ill-typed"
