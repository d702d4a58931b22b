"""The digest of the program: another byte of code or another library is another program; a checkout on Windows is not."""

import hashlib
import os
import shutil

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


def test_the_digest_for_notes_changes_with_a_size_a_time_a_name_or_a_further_file(digest_of, tmp_path):
    def here(time=10**18, **files):
        digest_of(**files)
        for each in tmp_path.iterdir():
            os.utime(each, ns=(time, time))
        source_digest.program_here.cache_clear()
        return source_digest.program_here()

    first = here(a__py=b"1")
    assert here(a__py=b"1", notes__txt=b"anything") == first
    others = {here(a__py=b"11"), here(a__py=b"1", time=10**18 + 1), here(b__py=b"1"), here(a__py=b"1", b__css=b"")}
    assert len({first, *others}) == 5
    source_digest.program_here.cache_clear()


def test_files_in_folders_count_but_those_of_the_library_do_not(digest_of, tmp_path):
    first = digest_of(a__py=b"1")
    for folder in ("library", "inner", "inner/library"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "b.py").write_bytes(b"2")
    names = [name for name, _ in source_digest._stated()]
    assert names == ["a.py", "inner/b.py", "inner/library/b.py"]
    source_digest.program.cache_clear()
    assert source_digest.program() != first
    shutil.rmtree(tmp_path / "library")
    shutil.rmtree(tmp_path / "inner")


def test_it_is_a_sha_256(digest_of):
    assert len(digest_of(a__py=b"1")) == 2 * hashlib.sha256().digest_size
