"""A file of facts, as a form is made from it."""

import re

import pytest

from contract_assembly.actions.edit.facts_file import digest, facts_file
from contract_assembly.core.problems import RefusedError
from contract_assembly.repository.inputs import Repository
from tests.helpers.corpus import AGREEMENT, based
from tests.helpers.firms import changeable

PATH = f"{AGREEMENT}/agreement.yaml"


@pytest.fixture
def root(tmp_path):
    return based(tmp_path / "root")


def test_it_has_its_data_lines_and_digest(root):
    file = facts_file(Repository(root), "acme", "2026-support")
    assert (file.path, file.folder, file.name, file.schema) == (PATH, AGREEMENT, "agreement.yaml", "agreement")
    assert file.data["coverage"]["users"] == "34"
    assert (root / PATH).read_text().splitlines()[file.lines["coverage.users"] - 1] == "  users: 34"
    assert file.digest == digest((root / PATH).read_bytes())
    assert (file.status, file.is_frozen) == ("draft", False)
    client = facts_file(Repository(root), "acme")
    assert (client.schema, client.status, client.is_frozen) == ("client", "", False)


@pytest.mark.parametrize("status", ["sent", "signed", "ended"])
def test_what_was_sent_is_frozen(root, status):
    text = (root / PATH).read_text()
    (root / PATH).write_text(text.replace("status: draft", f"status: {status}"))
    assert facts_file(Repository(root), "acme", "2026-support").is_frozen


def test_line_endings_stay_as_they_are(root):
    (root / PATH).write_bytes((root / PATH).read_bytes().replace(b"\n", b"\r\n"))
    file = facts_file(Repository(root), "acme", "2026-support")
    assert file.as_bytes(file.text) == (root / PATH).read_bytes()


@pytest.mark.parametrize(
    ("client", "agreement", "rule"),
    [
        ("..", "", "name"),
        ("acme", "../acme", "name"),
        ("acme/2026-support", "", "name"),
        ("a\x00b", "", "name"),
        ("acme\u202e", "", "name"),
        ("nobody", "", "missing-file"),
        ("acme", "2030-support", "missing-file"),
    ],
)
def test_no_name_leads_elsewhere(root, client, agreement, rule):
    with pytest.raises(RefusedError) as error:
        facts_file(Repository(root), client, agreement)
    assert [each.rule for each in error.value.problems] == [rule]


@pytest.mark.parametrize("text", ["- a\n", "just words\n", "a: [\n", "", "a: &b c\n", "\x00"])
def test_a_file_that_is_no_mapping_is_refused_with_its_place(root, text):
    (root / PATH).write_text(text)
    with pytest.raises(RefusedError) as error:
        facts_file(Repository(root), "acme", "2026-support")
    assert error.value.problems[0].origin.path == PATH


@pytest.mark.slow
def test_what_the_record_says_was_signed_stays_frozen_whatever_the_file_says(tmp_path):
    root = changeable(tmp_path / "root")
    for status in ("draft", "Draft", "[sent]"):
        text = (root / PATH).read_text()
        (root / PATH).write_text(re.sub(r"^status: .*$", f"status: {status}", text, flags=re.MULTILINE))
        file = facts_file(Repository(root), "acme", "2026-support")
        assert (file.status, file.is_frozen) == ("signed", True)
    (root / AGREEMENT / "record.json").write_text("{")
    with pytest.raises(RefusedError):
        facts_file(Repository(root), "acme", "2026-support")
