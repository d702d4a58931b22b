"""Files below a root: nothing outside it, every fault with its place, each file read once."""

import hashlib
import shutil
import subprocess

import pytest

from contract_assembly.repository.inputs import Repository
from tests.helpers.inputs_base import BASE
from tests.helpers.refusals import refused

AGREEMENT = "agreements/acme/2026-support/agreement.yaml"


@pytest.fixture
def root(tmp_path):
    return shutil.copytree(BASE, tmp_path / "root")


@pytest.mark.parametrize("path", ["../secret", "agreements/../../secret", "/etc/hostname"])
def test_no_file_outside_the_root_is_read(root, path):
    (root.parent / "secret").write_text("x")
    assert refused(lambda: Repository(root).read(path)) == [("outside-root", f"{path}:1")]


def test_a_link_that_leads_outside_is_refused_and_one_inside_is_followed(root):
    (root.parent / "secret").write_text("x")
    (root / "out").symlink_to(root.parent / "secret")
    (root / "in").symlink_to(root / AGREEMENT)
    assert refused(lambda: Repository(root).read("out")) == [("outside-root", "out:1")]
    assert Repository(root).read("in") == (root / AGREEMENT).read_bytes()


def test_a_missing_file_is_told(root):
    assert refused(lambda: Repository(root).read("provider/nothing.yaml")) == [
        ("missing-file", "provider/nothing.yaml:1")
    ]


def test_a_folder_in_place_of_a_file_is_told(root):
    assert refused(lambda: Repository(root).read("provider")) == [("not-a-file", "provider:1")]


def test_a_file_that_is_not_utf_8_is_told_with_its_line(root):
    (root / AGREEMENT).write_bytes(b"id: A\ntitle: \xff\n")
    assert refused(lambda: Repository(root).text(AGREEMENT)) == [("not-utf-8", f"{AGREEMENT}:2")]


def test_a_byte_order_mark_is_refused(root):
    (root / AGREEMENT).write_bytes(b"\xef\xbb\xbfid: A\n")
    assert refused(lambda: Repository(root).text(AGREEMENT)) == [("byte-order-mark", f"{AGREEMENT}:1")]


def test_a_build_sees_one_state_of_each_file(root):
    repository = Repository(root)
    before = repository.read(AGREEMENT)
    (root / AGREEMENT).write_text("id: other")
    assert repository.read(AGREEMENT) == before


def test_line_endings_of_windows_make_no_difference(root):
    data = (root / AGREEMENT).read_bytes()
    repository, before = Repository(root), Repository(root).text(AGREEMENT)
    (root / AGREEMENT).write_bytes(data.replace(b"\n", b"\r\n"))
    assert repository.text(AGREEMENT) == before
    assert Repository(root).digests(AGREEMENT) == Repository(BASE).digests(AGREEMENT)


def test_the_digests_are_those_that_git_and_sha256_give(root):
    found = Repository(root).digests(AGREEMENT)
    git = subprocess.run(["git", "hash-object", AGREEMENT], cwd=root, capture_output=True, text=True, check=True)
    assert found.git == git.stdout.strip()
    assert found.sha256 == hashlib.sha256((root / AGREEMENT).read_bytes()).hexdigest()
