"""An edit saved: whole, and only over the file that it was made from."""

import pytest

from contract_assembly.actions.edit.facts_file import digest
from contract_assembly.actions.edit.git_branch import CommitRequest
from contract_assembly.actions.edit.save import save
from contract_assembly.core.problems import RefusedError
from contract_assembly.repository.store import locked, rehearsed


def saved(root, files, was, commit=None):
    with locked(root) as store:
        return save(store, "agreements/acme", files, was, commit)


@pytest.fixture
def path(tmp_path):
    found = tmp_path / "agreements/acme/client.yaml"
    found.parent.mkdir(parents=True)
    found.write_bytes(b"a: b\n")
    return found


def test_the_file_is_written_over_the_one_it_was_made_from(path, tmp_path):
    assert saved(tmp_path, {"client.yaml": b"a: c\n"}, {"client.yaml": digest(b"a: b\n")}).changed == (
        "agreements/acme/client.yaml",
    )
    assert path.read_bytes() == b"a: c\n"


@pytest.mark.parametrize("now", [b"a: d\n", None])
def test_a_file_that_changed_or_went_meanwhile_is_left_alone(path, tmp_path, now):
    path.unlink() if now is None else path.write_bytes(now)
    with pytest.raises(RefusedError) as error:
        saved(tmp_path, {"other.yaml": b"x: y\n", "client.yaml": b"a: c\n"}, {"client.yaml": digest(b"a: b\n")})
    assert [each.rule for each in error.value.problems] == ["changed-meanwhile"]
    assert (path.read_bytes() if path.exists() else None) == now
    assert not path.with_name("other.yaml").exists()


def test_a_new_file_never_replaces_one_that_is_there(path, tmp_path):
    with pytest.raises(RefusedError):
        saved(tmp_path, {"client.yaml": b"a: c\n"}, {})
    assert path.read_bytes() == b"a: b\n"


def test_without_git_nothing_is_saved_that_should_be_committed(path, tmp_path):
    with pytest.raises(RefusedError) as error:
        saved(tmp_path, {"client.yaml": b"a: c\n"}, {"client.yaml": digest(b"a: b\n")}, CommitRequest("x", "X\n"))
    assert [each.rule for each in error.value.problems] == ["no-git"]
    assert path.read_bytes() == b"a: b\n"


def test_a_dry_store_writes_nothing(path, tmp_path):
    with rehearsed(tmp_path) as store:
        found = save(store, "agreements/acme", {"client.yaml": b"a: c\n"}, {"client.yaml": digest(b"a: b\n")})
    assert (found.changed, path.read_bytes()) == (("agreements/acme/client.yaml",), b"a: b\n")
