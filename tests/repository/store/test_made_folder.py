"""A folder that can be made again: whole or not at all, and never over what is somebody's."""

import pytest

from contract_assembly.core.problems import RefusedError
from contract_assembly.repository.store.made_folder import make

LISTING = "site.json"


def held(folder):
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def test_a_later_folder_takes_the_place_of_the_one_before(tmp_path):
    target = tmp_path / "site"
    assert make(target, [("index.html", b"1"), ("due/acme.html", b"2")], LISTING) == 2
    assert make(target, [("index.html", b"3")], LISTING) == 1
    assert {name: data for name, data in held(target).items() if name != LISTING} == {"index.html": b"3"}
    assert [each.name for each in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize("theirs", ["notes.txt", "due/notes.txt", ".git"])
def test_a_folder_that_also_holds_something_else_is_refused_and_kept(tmp_path, theirs):
    target = tmp_path / "site"
    make(target, [("index.html", b"1"), ("due/acme.html", b"2")], LISTING)
    (target / theirs).write_text("mine")
    before = held(target)
    with pytest.raises(RefusedError, match="which was not made with it"):
        make(target, [("index.html", b"3")], LISTING)
    assert held(target) == before


@pytest.mark.parametrize("listing", [None, "", "[]", '{"files": 1}', "{}"])
def test_a_folder_without_our_list_is_refused(tmp_path, listing):
    target = tmp_path / "site"
    target.mkdir()
    (target / "index.html").write_text("mine")
    if listing is not None:
        (target / LISTING).write_text(listing)
    with pytest.raises(RefusedError, match="is not empty"):
        make(target, [("index.html", b"3")], LISTING)
    assert (target / "index.html").read_text() == "mine"


def test_a_link_among_our_files_is_not_ours(tmp_path):
    target = tmp_path / "site"
    make(target, [("index.html", b"1")], LISTING)
    (tmp_path / "elsewhere").mkdir()
    (target / "elsewhere").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(RefusedError, match="elsewhere"):
        make(target, [], LISTING)


def test_a_fault_on_the_way_leaves_the_former_files(tmp_path):
    target = tmp_path / "site"
    make(target, [("index.html", b"1")], LISTING)
    before = held(target)

    def failing():
        yield "index.html", b"2"
        raise RuntimeError

    with pytest.raises(RuntimeError):
        make(target, failing(), LISTING)
    assert held(target) == before
    assert [each.name for each in tmp_path.iterdir()] == ["site"]


def test_a_file_in_the_way_is_refused(tmp_path):
    (tmp_path / "site").write_text("mine")
    with pytest.raises(RefusedError, match="is a file"):
        make(tmp_path / "site", [], LISTING)
