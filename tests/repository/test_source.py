"""Sources of files laid one over another: which says what of a path, a folder, and all below it."""

import pytest

from contract_assembly.core.problems import RefusedError
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.source import Edited, Folder, Overlay
from tests.helpers.corpus import based


@pytest.fixture
def two(tmp_path):
    for name, files in {"base": ("a/one", "a/two", "b/three"), "top": ("a/one", "a/four", "c/five", "b/three")}.items():
        for path in files:
            (tmp_path / name / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name / path).write_text(f"{name} {path}")
    return Folder(tmp_path / "base"), Folder(tmp_path / "top")


def test_a_folder_that_is_taken_is_wholly_the_other_s(two):
    found = Overlay(*two, ("a/",))
    assert found.names("a") == ("four", "one")
    assert found.below("a") == ("a/four", "a/one")
    assert found.read("a/one") == b"top a/one"
    assert found.read("b/three") == b"base b/three"
    assert not found.has("a/two")
    assert found.names("") == ("a", "b")


def test_a_file_that_is_taken_leaves_its_neighbours(two):
    found = Overlay(*two, ("a/four", "c/five"))
    assert found.names("a") == ("four", "one", "two")
    assert found.read("a/one") == b"base a/one"
    assert found.names("c") == ("five",)
    assert found.below("") == ("a/four", "a/one", "a/two", "b/three", "c/five")
    with pytest.raises(RefusedError):
        Overlay(*two, ("a/two",)).read("a/two")


def test_the_name_of_a_folder_is_no_beginning_of_another(two):
    assert Overlay(*two, ("a",)).read("a/one") == b"base a/one"
    assert not Overlay(*two, ("c/f",)).has("c/five")


def test_edited_files_are_seen_everywhere(two):
    found = Edited(two[0], {"a/two": b"new", "d/six": b"six"})
    assert found.read("a/two") == b"new"
    assert (found.has("d/six"), found.has("a/one")) == (True, True)
    assert found.names("") == ("a", "b", "d")
    assert found.names("d") == ("six",)
    assert found.below("") == ("a/one", "a/two", "b/three", "d/six")


def test_a_repository_reads_what_was_edited(tmp_path):
    root = based(tmp_path / "root")
    path = "agreements/acme/2026-support/agreement.yaml"
    text = (root / path).read_bytes().replace(b"version: 1", b"version: 2")
    assert Repository(Edited(Folder(root), {path: text})).inputs("acme", "2026-support").agreement.model.version == 2
