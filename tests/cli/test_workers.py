import pytest

from contract_assembly.cli.workers import where
from tests.helpers.corpus import based, run


def test_without_a_scheduler_the_work_is_done_in_processes_here(tmp_path):
    assert where(tmp_path, 3, None) == 3


def test_with_a_scheduler_it_is_done_by_its_workers(tmp_path):
    found = where(tmp_path, 1, "tcp://10.0.0.5:8786")
    assert (found.root, found.address) == (tmp_path, "tcp://10.0.0.5:8786")


@pytest.mark.parametrize("command", [("check",), ("--all",), ("impact",), ("renew", "--by", "2027-12-31")])
def test_processes_here_and_workers_elsewhere_are_not_asked_for_at_once(tmp_path, command):
    said = run(based(tmp_path / "root"), *command, "--jobs", "2", "--scheduler", "tcp://127.0.0.1:9")
    assert said.code == 2
    assert "give one of them" in said.err
