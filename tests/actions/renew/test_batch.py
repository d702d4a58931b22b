"""Many renewals: one that fails stops no other."""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import date
from itertools import groupby

import pytest

from contract_assembly.actions.renew import batch
from contract_assembly.actions.renew.batch import applied, planned
from contract_assembly.core.values import DateRange
from contract_assembly.repository import store
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.selection import selected
from tests.helpers.firms import ROOT, change, small, tree

DAYS = DateRange(date(2026, 4, 1), date(2026, 12, 31))


def carried(root, jobs=1, formats=("md",)):
    plans, _ = planned(root, selected(Repository(root))[0], DAYS)
    return applied(root, [each.plan for each in plans], DAYS.first, jobs=jobs, formats=formats)


SCRIPT = """
import sys
from datetime import date
from pathlib import Path
from tests.actions.renew.test_batch import carried
if __name__ == "__main__":
    carried(Path(sys.argv[1]), jobs=int(sys.argv[2]))
"""


def test_one_bad_client_never_stops_the_rest(tmp_path):
    root = small(tmp_path / "firm", 10)
    plans, _ = planned(root, selected(Repository(root))[0], DAYS)
    todo = [each.plan for each in plans if each.plan.state == "to do"]
    assert len(todo) >= 3
    change(root / f"agreements/{todo[0].client}/client.yaml", ("party:", "parti:"))
    (root / f"agreements/{todo[1].client}").chmod(0o555)
    found = applied(root, todo, DAYS.first, formats=("md",))
    (root / f"agreements/{todo[1].client}").chmod(0o755)
    assert found[0].blocked
    assert {each.rule for each in found[0].problems} >= {"unknown-key"}
    if os.geteuid():  # root may write anywhere
        assert found[1].blocked
    assert all(each.changed for each in found[2:])


@pytest.mark.parametrize("refusal", [(28, "No space left on device"), (13, "Permission denied")])
def test_a_disk_that_refuses_leaves_the_client_as_it_was_and_the_rest_is_written(tmp_path, monkeypatch, refusal):
    root = small(tmp_path / "firm", 10)
    plans, _ = planned(root, selected(Repository(root))[0], DAYS)
    todo = [each.plan for each in plans if each.plan.state == "to do"]
    first, before = todo[0].client, tree(root)
    write = store.write

    def full(path, content):
        if first.encode() in content and path.parent.name == "stage" and path.name != "draft.json":
            raise OSError(*refusal)
        write(path, content)

    monkeypatch.setattr(store, "write", full)
    found = applied(root, todo, DAYS.first, formats=("md",))
    (problem,) = [each for each in found[0].problems if each.level == "error"]
    assert problem.rule == "not-written"
    assert refusal[1] in problem.what
    assert problem.hint
    now = tree(root)
    assert {p: b for p, b in now.items() if f"/{first}/" in p} == {p: b for p, b in before.items() if f"/{first}/" in p}
    assert all(each.changed for each in found[1:])


def test_side_by_side_is_the_same_as_one_after_the_other(tmp_path):
    alone, together = small(tmp_path / "alone", 8), small(tmp_path / "together", 8)
    assert [each.changed for each in carried(alone)] == [each.changed for each in carried(together, jobs=2)]
    assert tree(alone) == tree(together)


def test_contracts_that_are_alike_follow_each_other_and_results_are_in_the_order_of_their_plans(tmp_path):
    root = small(tmp_path / "firm", 14)
    plans = [each.plan for each in planned(root, selected(Repository(root))[0], DAYS)[0]]
    reported = []
    found = applied(root, plans, DAYS.first, reported.append, formats=("md",))
    assert [each.plan.client for each in found] == [each.client for each in plans]
    kinds = [each.plan.alike for each in reported]
    assert len(kinds) > len(set(kinds)) > 1, "some are to be alike, and some not"
    assert len([kind for kind, _ in groupby(kinds)]) == len(set(kinds))
    agreed = [Repository(root).agreed(each.plan.client, each.plan.next_name).model for each in reported]
    assert kinds == [(each.law, each.plan) for each in agreed]


@pytest.mark.parametrize(("engine", "recorded"), [("typst", "typst"), (None, "")])
def test_pages_are_laid_out_by_the_engine_that_is_asked_for_or_that_of_the_house(tmp_path, engine, recorded):
    root = small(tmp_path / "firm", 10)
    plans = [each.plan for each in planned(root, selected(Repository(root))[0], DAYS)[0]]
    plan = next(each for each in plans if each.state == "to do")
    (done,) = applied(root, [plan], DAYS.first, formats=("md",), engine=engine)
    records = [path for path in done.changed if path.endswith("record.json")]
    documents = [each for path in records for each in json.loads((root / path).read_bytes())["documents"].values()]
    assert len(documents) >= 2, "a contract and letters"
    assert {each.get("engine", "") for each in documents} == {recorded}


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_run_that_was_killed_is_run_again_and_nothing_is_done_twice(tmp_path, jobs):
    undisturbed, killed = small(tmp_path / "undisturbed", 14), small(tmp_path / "killed", 14)
    expected = [each.changed for each in carried(undisturbed) if each.changed]
    assert len(expected) >= 5
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)
    around = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen([sys.executable, script, killed, jobs], env=around)
    until = time.monotonic() + 60

    def count():
        return sum(any((killed / path).exists() for path in each) for each in expected)

    while count() < 2 and time.monotonic() < until:
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.wait()
    written = count()
    assert 1 < written < len(expected), "it was to be killed in the middle"
    again = carried(killed)
    assert sum(bool(each.changed) for each in again) <= len(expected) - written + 1
    assert tree(killed) == tree(undisturbed)
    assert not any(each.changed for each in carried(killed))


def test_a_fault_of_ours_in_one_renewal_is_kept_and_the_rest_is_written(tmp_path, monkeypatch):
    root = small(tmp_path / "firm", 10)
    plans, _ = planned(root, selected(Repository(root))[0], DAYS)
    todo = [each.plan for each in plans if each.plan.state == "to do"]
    sound = batch.made

    def broken(shop, client, *rest):
        if client == todo[0].client:
            raise ZeroDivisionError
        return sound(shop, client, *rest)

    monkeypatch.setattr(batch, "made", broken)
    found = applied(root, todo, DAYS.first, formats=("md",))
    assert "ZeroDivisionError" in found[0].bug
    assert all(each.changed for each in found[1:])
