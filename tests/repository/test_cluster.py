"""Work on the workers of a real dask scheduler: three processes, each with a copy of the repository."""

import os
import shutil
import signal
import time
from functools import partial
from pathlib import Path

import pytest

from bench.machines import Machines
from contract_assembly.build.builder import build
from contract_assembly.build.one_agreement import BuildOrder
from contract_assembly.core.problems import RefusedError
from contract_assembly.repository import cluster
from contract_assembly.repository.cluster import Cluster, state
from tests.helpers.corpus import based, run
from tests.helpers.corpus import state as files

HERE = Path(__file__).parents[2]
CLIENTS = 8


def many(root):
    """A firm with several clients that differ in name only."""
    based(root)
    for n in range(1, CLIENTS):
        shutil.copytree(root / "agreements/acme", root / f"agreements/acme{n}")
    return root


@pytest.fixture(scope="module")
def firm(tmp_path_factory):
    return many(tmp_path_factory.mktemp("cluster") / "firm")


@pytest.fixture(scope="module")
def machines(firm):
    """Three workers with a copy that nobody may write to."""
    copy = shutil.copytree(firm, firm.parent / "copy")
    found = Machines(firm.parent, copy)
    try:
        found.more(3)
        yield found.ready(3)
    finally:
        found.stop()


def pairs_of(root):
    return [(each.parent.name, each.name) for each in sorted(root.glob("agreements/*/*")) if each.is_dir()]


def refused(address, *arguments, root):
    said = run(root, *arguments, "--scheduler", address)
    assert said.code == 1
    assert "Traceback" not in said.err
    return said.err


def test_what_is_built_elsewhere_is_what_is_built_here(firm, machines, tmp_path):
    here, there = shutil.copytree(firm, tmp_path / "here"), shutil.copytree(firm, tmp_path / "there")
    one = run(here, "--all", "--format", "md")
    other = run(there, "--all", "--format", "md", "--scheduler", machines.address)
    assert (other.code, other.out) == (one.code, one.out)
    assert files(here) == files(there)
    assert files(machines.copy) == files(firm), "a worker only reads"


def test_check_and_the_plan_of_renewals_are_the_same_elsewhere(firm, machines):
    for words in (("check",), ("renew", "--by", "2027-12-31", "--on", "2027-05-01")):
        here, there = run(firm, *words), run(firm, *words, "--scheduler", machines.address)
        assert there == here


def test_a_worker_with_another_state_of_the_repository_is_refused_and_named(firm, machines, tmp_path):
    changed = shutil.copytree(firm, tmp_path / "changed")
    facts = changed / "agreements/acme3/client.yaml"
    facts.write_text(facts.read_text() + "\n# a note\n")
    err = refused(machines.address, "check", root=changed)
    assert err.count("reads a clone whose files differ from those here") == 3
    assert "commit here, and bring its copy to the same commit" in err


def test_a_worker_that_joins_late_with_another_state_does_no_work_of_the_run(firm, machines, tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "AHEAD", 1)  # so that there is work left to give when it joins
    old, there = shutil.copytree(firm, tmp_path / "old"), shutil.copytree(firm, tmp_path / "there")
    facts = old / "agreements/acme/client.yaml"
    facts.write_text(facts.read_text().replace("Acme", "Acne"))
    built = []

    def report(outcome):
        if not built:
            machines.more(1, old)
            machines.ready(4)
        built.append(outcome)

    build(there, pairs_of(there), BuildOrder(formats=("md",)), report, Cluster(there, machines.address))
    assert not any(each.failed for each in built)
    assert len(built) == CLIENTS
    assert not any("Acne" in each.read_text() for each in there.glob("agreements/*/*/contract.md"))
    assert "reads a clone whose files differ from those here" in refused(machines.address, "check", root=firm)
    machines.stop(machines.workers[-1])
    machines.ready(3)


def test_a_worker_that_reads_the_clone_of_the_command_is_refused_before_anything_is_written(firm, machines):
    before = files(machines.copy)
    err = refused(machines.address, "--all", "--format", "md", root=machines.copy)
    assert err.count("reads the clone that the command writes to") == 3
    assert files(machines.copy) == before


def test_a_killed_worker_costs_no_result_and_doubles_none(firm, machines, tmp_path):
    here, there = shutil.copytree(firm, tmp_path / "here"), shutil.copytree(firm, tmp_path / "there")
    pairs = pairs_of(there)
    outcomes = []

    def report(outcome):
        if not outcomes:
            machines.workers[0].send_signal(signal.SIGKILL)
        outcomes.append(outcome.folder)

    build(there, pairs, BuildOrder(formats=("md",)), report, Cluster(there, machines.address))
    run(here, "--all", "--format", "md")
    assert outcomes == [f"agreements/{client}/{name}" for client, name in pairs]
    assert files(here) == files(there)
    machines.stop(machines.workers[0])
    machines.ready(2)


def deadly(root):
    del root
    return lambda task: os.kill(os.getpid(), signal.SIGKILL) if task == "bad" else task


def test_a_task_that_kills_each_worker_is_named_and_the_others_go_on(firm, machines):
    machines.more(1)
    machines.ready(3)
    work = Cluster(firm, machines.address).map_tasks(
        partial(deadly, firm), ["a", "bad", "b"], lambda _, problem: problem.what
    )
    assert list(work) == ["a", "every worker that was given it died: bad", "b"]


def waiting(root):
    del root
    return lambda task: time.sleep(0.5) or task


def test_a_command_without_a_worker_says_so_and_stops_after_a_bounded_time(firm, tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "LOOK", 1)
    monkeypatch.setattr(cluster, "ALONE", 3)
    own = Machines(tmp_path, shutil.copytree(firm, tmp_path / "copy"))
    said, done = [], []
    try:
        own.more(1)
        own.ready(1)
        work = Cluster(firm, own.address, said.append).map_tasks(
            partial(waiting, firm), list("abcdefgh"), lambda _, problem: problem.what
        )
        done.append(next(work))
        own.stop(own.workers[0])
        with pytest.raises(RefusedError, match="no worker came back to"):
            done.extend(work)
    finally:
        own.stop()
    assert len(said) == 1
    assert "no worker is connected" in said[0]
    assert 0 < len(done) < 8


def test_a_lost_scheduler_ends_the_command_with_a_sentence_and_what_was_done_stays(firm, machines, tmp_path):
    there = shutil.copytree(firm, tmp_path / "there")
    pairs = [(f"acme{n}", "2026-support") for n in range(1, CLIENTS)]
    done = []

    def report(outcome):
        if not done:
            machines.stop(machines.scheduler)
        done.append(outcome.folder)

    with pytest.raises(RefusedError, match=r"was lost after \d tasks; what they gave is written"):
        build(there, pairs, BuildOrder(formats=("md",)), report, Cluster(there, machines.address))
    assert {str(each.parent.relative_to(there)) for each in there.glob("agreements/*/*/record.json")} == set(done)


def test_where_no_scheduler_answers_the_address_is_named(firm, monkeypatch):
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    err = refused("tcp://127.0.0.1:9", "check", root=firm)
    assert "no scheduler answers at tcp://127.0.0.1:9" in err
    assert "'nonsense://x' is not an address such as tcp://10.0.0.5:8786" in refused("nonsense://x", "check", root=firm)


@pytest.mark.parametrize("address", ["", "foo", "tcp://10.0.0.5", "tcp://10.0.0.5:port", "inproc://x"])
def test_what_is_no_address_is_refused_with_an_example(firm, address):
    assert "is not an address such as tcp://10.0.0.5:8786" in refused(address, "check", root=firm)


def test_tls_without_certificates_is_refused_with_a_sentence(firm):
    assert "needs certificates" in refused("tls://127.0.0.1:9", "check", root=firm)


def test_the_state_of_a_repository_is_its_files_and_not_what_a_build_keeps(firm, tmp_path):
    copy = shutil.copytree(firm, tmp_path / "copy")
    (copy / ".build").mkdir()
    (copy / ".build/notes").write_text("x")
    assert state(copy) == state(firm)
    (copy / "clauses/new.md").write_text("x")
    assert state(copy) != state(firm)
