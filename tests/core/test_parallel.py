"""Tasks in one process or in several: the same results in the same order."""

import operator
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_assembly.core import parallel
from contract_assembly.core.parallel import map_tasks
from contract_assembly.core.problems import RefusedError


def doubling():
    return partial(operator.mul, 2)


@pytest.mark.parametrize("tasks", [[], [3], [3, 1, 2]])
@pytest.mark.parametrize("jobs", [0, 1])
def test_one_process_yields_the_results_in_order(tasks, jobs):
    assert list(map_tasks(doubling, tasks, jobs)) == [2 * each for each in tasks]


def test_a_single_task_starts_no_process(monkeypatch):
    monkeypatch.setattr(parallel, "_ahead", None)  # calling it would raise TypeError
    assert list(map_tasks(doubling, [21], jobs=8)) == [42]


def test_the_worker_is_made_once_for_all_tasks():
    made = []
    assert list(map_tasks(lambda: made.append(1) or str, [1, 2, 3])) == ["1", "2", "3"]
    assert made == [1]


class Inline:
    """An executor that does the work at once, and counts what was submitted before the first result was taken."""

    def __init__(self):
        self.parts = []

    def submit(self, work, part):
        self.parts.append(list(part))
        return type("Done", (), {"result": lambda _: work(part)})()


@pytest.mark.parametrize(("count", "sizes"), [
    (0, []), (1, [1]), (3, [1] * 3), (8, [2, 1, 1, 1, 1, 1, 1]), (100, [24, 19, 14, 10, 8, 6, 4, 3, 3, 2, 1, 1, 1, 1, 1, 1, 1]),
])  # fmt: skip
def test_work_is_cut_into_parts_that_get_smaller(monkeypatch, count, sizes):
    monkeypatch.setattr(parallel, "_worker", str, raising=False)
    pool = Inline()
    assert list(parallel._ahead(pool, range(count), 2)) == [str(n) for n in range(count)]
    assert [len(each) for each in pool.parts] == sizes


@given(st.lists(st.sampled_from("abc"), max_size=300), st.integers(1, 9))
def test_parts_lose_nothing_keep_the_order_and_are_each_of_one_kind(kinds, processes):
    tasks = list(enumerate(kinds))
    found = list(parallel.parts(tasks, processes, operator.itemgetter(1)))
    assert [each for part in found for each in part] == tasks
    assert all(len({kind for _, kind in part}) == 1 and len(part) <= parallel.MOST for part in found)


def test_neighbours_of_one_kind_go_to_one_process():
    tasks = [("law", n // 20) for n in range(400)]
    found = list(parallel.parts(tasks, 2, operator.itemgetter(1)))
    assert [len(each) for each in found[:15]] == [20] * 15
    assert len(found[-1]) == 1


def test_no_more_parts_wait_than_keep_the_processes_busy(monkeypatch):
    monkeypatch.setattr(parallel, "_worker", str, raising=False)
    pool = Inline()
    next(parallel._ahead(pool, range(1_000), 2))
    assert len(pool.parts) == 2 * parallel.AHEAD


ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_processes_load_no_module_from_the_folder_that_they_start_in(tmp_path):
    planted = "from pathlib import Path; Path('ran').touch(); raise ImportError"
    for name in ("selectors.py", "tempfile.py", "contract_assembly/__init__.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(planted)
    command = [sys.executable, ROOT / "build.py", "--root", ROOT, "check", "--client", "acme", "--client", "hudson"]
    done = subprocess.run([*command, "--jobs", "2"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("before", [None, "/elsewhere"])
def test_the_environment_is_as_it_was_after_processes_have_started(monkeypatch, before):
    monkeypatch.delenv("PYTHONPATH", raising=False)
    if before:
        monkeypatch.setenv("PYTHONPATH", before)
    whole = dict(os.environ)
    with parallel._own_modules():
        assert os.environ["PYTHONSAFEPATH"] == "1"
        assert os.environ["PYTHONPATH"].split(os.pathsep) == [str(ROOT), *([before] if before else [])]
    assert dict(os.environ) == whole


def doomed(lives, task):
    """Twice the task; but the process dies of task 5 if `lives` is empty, else the first time."""
    if task == 5 and not (lives and Path(lives).exists()):
        if lives:
            Path(lives).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * task


def start_doomed(lives):
    return partial(doomed, lives)


def named(task, problem):
    return task, problem.rule, problem.what


@pytest.mark.slow
@pytest.mark.parametrize("count", [8, 60])
def test_a_task_that_kills_its_process_is_named_and_all_others_are_done(count):
    found = list(map_tasks(partial(start_doomed, ""), range(count), 2, named))
    assert found[5] == (5, "worker-died", "the process that worked on it died: 5")
    assert [each for n, each in enumerate(found) if n != 5] == [2 * n for n in range(count) if n != 5]


def start_dead():
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.slow
def test_where_each_process_dies_the_command_stops_after_a_few(monkeypatch):
    monkeypatch.setattr(parallel, "DEATHS", 3)
    results = map_tasks(start_dead, range(500), 2, named)
    assert [next(results), next(results)] == [
        (n, "worker-died", f"the process that worked on it died: {n}") for n in (0, 1)
    ]
    with pytest.raises(RefusedError, match="died: 2"):
        next(results)


@pytest.mark.slow
def test_a_process_that_is_killed_once_costs_no_result(tmp_path):
    assert list(map_tasks(partial(start_doomed, str(tmp_path / "died")), range(20), 2, named)) == [
        2 * n for n in range(20)
    ]
    assert (tmp_path / "died").exists()


@pytest.mark.parametrize(
    ("task", "name"),
    [
        (("acme", "2026-support", {}), "acme/2026-support"),
        ([("acme", "2026-support")], "acme/2026-support"),
        ([("acme", "a"), ("birch", "b"), ("cedar", "c")], "acme/a to cedar/c"),
        ([], "[]"),
    ],
)
def test_a_task_is_called_by_its_agreement_or_by_the_first_and_the_last_of_several(task, name):
    assert parallel.name_of(task) == name


WAITING = """
import os, sys, time
from functools import partial
from pathlib import Path
sys.path.insert(0, {root!r})
from contract_assembly.core.parallel import map_tasks

def wait(task):
    Path({folder!r}, str(os.getpid())).touch()
    time.sleep(60)

def start():
    return wait

if __name__ == "__main__":
    list(map_tasks(start, [1, 2], 2))
"""


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM], ids=["kill", "terminate"])
def test_no_process_is_left_when_the_command_is_killed(tmp_path, how):
    pids, script = tmp_path / "pids", tmp_path / "waiting.py"
    pids.mkdir()
    script.write_text(WAITING.format(root=str(ROOT), folder=str(pids)))
    with subprocess.Popen([sys.executable, script], stderr=subprocess.PIPE) as command:
        assert eventually(lambda: len(list(pids.iterdir())) == 2)
        command.send_signal(how)
    assert eventually(lambda: not any(Path("/proc", each.name).exists() for each in pids.iterdir()))


def eventually(holds, seconds=30):
    until = time.monotonic() + seconds
    while not holds() and time.monotonic() < until:
        time.sleep(0.05)
    return holds()
