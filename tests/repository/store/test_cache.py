"""Caches that a later run can use."""

import pytest

from contract_assembly.core.problems import RefusedError
from contract_assembly.repository.store.cache import keep, kept


def test_what_is_kept_is_there_later(tmp_path):
    keep(tmp_path, "x.json", {"a": 1})
    keep(tmp_path, "x.json", {"a": 2})
    assert kept(tmp_path, "x.json") == b'{"a": 2}'
    assert [each.name for each in (tmp_path / ".build").iterdir()] == ["x.json"]


def test_what_is_not_there_is_nothing(tmp_path):
    assert kept(tmp_path, "x.json") == b""


def test_a_disk_that_refuses_is_a_problem(tmp_path):
    (tmp_path / ".build").write_text("")
    with pytest.raises(RefusedError, match="could not write"):
        keep(tmp_path, "x.json", {})
