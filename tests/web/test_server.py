"""Starting the server, and why it does not start."""

import socket
import sys
from datetime import date

import pytest

from contract_assembly.core.problems import RefusedError
from contract_assembly.web.server import serve


def start(root, **given):
    options = {"port": 0, "host": "", "token": "", "ready": lambda _address: None, "fault": lambda _trace: None}
    serve(root, lambda: date(2026, 11, 30), **{**options, **given})


def test_a_port_that_is_taken_is_reported_with_the_cure(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other, pytest.raises(RefusedError) as error:
        start(tmp_path, port=other.getsockname()[1])
    (problem,) = error.value.problems
    assert (problem.rule, "--port" in problem.hint) == ("address", True)


def test_an_address_of_another_machine_is_reported(tmp_path):
    with pytest.raises(RefusedError, match="cannot be used"):
        start(tmp_path, host="203.0.113.7", token="x" * 20)


@pytest.mark.parametrize("library", ["uvicorn", "starlette.applications", "watchfiles"])
def test_a_library_that_is_not_installed_is_named_with_the_cure(tmp_path, monkeypatch, library):
    for name in [
        each
        for each in sys.modules
        if each.startswith("contract_assembly.web.") and each.endswith(("application", "live"))
    ]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(RefusedError) as error:
        start(tmp_path)
    (problem,) = error.value.problems
    assert problem.rule == "not-installed"
    assert "contract-assembly[web]" in problem.hint
