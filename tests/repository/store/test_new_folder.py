import pytest

from contract_assembly.core.problems import RefusedError
from contract_assembly.repository.store.new_folder import new_folder


def test_the_folder_appears_whole(tmp_path):
    with new_folder(tmp_path / "deep/new") as draft:
        (draft / "a").write_text("1")
        assert not (tmp_path / "deep/new").exists()
    assert (tmp_path / "deep/new/a").read_text() == "1"
    assert [each.name for each in (tmp_path / "deep").iterdir()] == ["new"]


def test_an_empty_folder_is_taken(tmp_path):
    (tmp_path / "new").mkdir()
    with new_folder(tmp_path / "new") as draft:
        (draft / "a").write_text("1")
    assert (tmp_path / "new/a").exists()


def test_an_error_leaves_nothing(tmp_path):
    def fail():
        with new_folder(tmp_path / "new") as draft:
            (draft / "a").write_text("1")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_holds_anything_is_refused(tmp_path):
    (tmp_path / "new").mkdir()
    (tmp_path / "new/mine.txt").write_text("mine")
    with pytest.raises(RefusedError, match=r"it holds mine\.txt"), new_folder(tmp_path / "new"):
        raise AssertionError
    assert (tmp_path / "new/mine.txt").read_text() == "mine"


def test_a_file_is_refused(tmp_path):
    (tmp_path / "new").write_text("mine")
    with pytest.raises(RefusedError, match="is a file"), new_folder(tmp_path / "new"):
        raise AssertionError
