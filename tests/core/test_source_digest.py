"""The digest of the program: another byte of code or another library is another program; a checkout on Windows is not."""

import hashlib

import pytest

from contract_assembly.core import source_digest


@pytest.fixture
def digest_of(monkeypatch, tmp_path):
    """The digest of a program that has these files."""

    def digest(**files):
        for path in tmp_path.iterdir():
            path.unlink()
        for name, data in files.items():
            (tmp_path / name.replace("__", ".")).write_bytes(data)
        source_digest.program.cache_clear()
        return source_digest.program()

    monkeypatch.setattr(source_digest, "_HERE", tmp_path)
    yield digest
    source_digest.program.cache_clear()


def test_a_byte_a_name_or_a_further_file_changes_the_digest(digest_of):
    assert (
        len({digest_of(a__py=b"1"), digest_of(a__py=b"2"), digest_of(b__py=b"1"), digest_of(a__py=b"1", b__css=b"")})
        == 4
    )


def test_line_endings_and_other_files_do_not_change_it(digest_of):
    first = digest_of(a__py=b"x\ny\n")
    assert digest_of(a__py=b"x\r\ny\r\n") == first
    assert digest_of(a__py=b"x\ny\n", notes__txt=b"anything", a__pyc=b"compiled") == first


def test_another_version_of_a_library_changes_it_and_a_missing_one_is_no_error(digest_of, monkeypatch):
    before = digest_of(a__py=b"1")
    monkeypatch.setattr(source_digest, "version", lambda name: "99" if name == "babel" else "1")
    other = digest_of(a__py=b"1")

    def missing(name):
        raise source_digest.PackageNotFoundError(name)

    monkeypatch.setattr(source_digest, "version", missing)
    assert len({before, other, digest_of(a__py=b"1")}) == 3


def test_it_is_a_sha_256(digest_of):
    assert len(digest_of(a__py=b"1")) == 2 * hashlib.sha256().digest_size
