"""The store of a form."""

import pytest

from contract_assembly.core.problems import RefusedError
from contract_assembly.repository.store import locked
from contract_assembly.web.edit import store
from contract_assembly.web.edit.store import storing


def test_a_form_writes_through_the_lock_of_every_command(tmp_path, monkeypatch):
    monkeypatch.setattr(store, "PATIENCE", 0)
    with storing(tmp_path) as held:
        held.put("agreements/acme", {"client.yaml": b"a: b\n"}, last="client.yaml")
    with locked(tmp_path), pytest.raises(RefusedError) as error, storing(tmp_path):
        pass
    assert [each.rule for each in error.value.problems] == ["busy"]
