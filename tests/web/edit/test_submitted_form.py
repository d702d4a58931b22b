"""A form at work: what it was made from, and what was changed in it."""

import json

import pytest

from contract_assembly.actions.edit.facts_file import facts_file
from contract_assembly.actions.edit.parts import PARTS
from contract_assembly.repository.inputs import Repository
from contract_assembly.web.edit.submitted_form import address_of, begun, sent
from tests.helpers.corpus import based
from tests.helpers.forms import filled, read


@pytest.fixture
def file(tmp_path):
    return facts_file(Repository(based(tmp_path / "root")), "acme", "2026-support")


def posted(file, base, digest):
    work = begun(None, file, PARTS["agreement"][0])
    form = filled(read(work.shape, work.base), coverage__users="36")
    return sent(None, file, {**form, "part": ("counts",), "digest": (digest,), "base": (base,)})


def test_what_was_changed_is_told_in_words(file):
    work = posted(file, "", file.digest)
    assert work.edits_in_words == [("What is covered, Users", "34", "36")]
    assert work.address == address_of("acme", "2026-support") == "/agreements/acme/2026-support/edit"
    assert work.shows("coverage.users")
    assert not work.shows("fees.setup")


def test_the_file_is_believed_before_the_form_where_it_has_not_changed(file):
    base = json.dumps({"coverage": {"users": "99"}})
    assert posted(file, base, file.digest).base["coverage"]["users"] == "34"
    assert posted(file, base, "another").base == {"coverage": {"users": "99"}}


@pytest.mark.parametrize(
    "base", ["", "[", "5", "[1]", '{"a": 5}', '{"a": [null]}', '{"a":' * 40 + "1" + "}" * 40, "[" * 90_000]
)
def test_what_is_not_the_data_of_a_file_counts_as_nothing(file, base):
    assert posted(file, base, "another").base == {}
