"""What is kept between requests, and when it is worked out again."""

from datetime import date

import pytest

from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.web.snapshot import FIRM, Memo, Snapshot, State, clients_of

ON = date(2026, 11, 30)


def counting(results):
    """Work that yields these results one after another."""
    waiting = iter(results)
    return lambda: next(waiting)


def test_work_on_a_client_is_done_once_until_one_of_its_files_changes():
    memo, work = Memo(), counting([1, 2, 3])
    assert [memo.of("acme", "row", work), memo.of("acme", "row", work)] == [1, 1]
    memo.forget(["hudson"])
    assert memo.of("acme", "row", work) == 1
    memo.forget(["acme"])
    assert memo.of("acme", "row", work) == 2
    memo.forget(None)
    assert memo.of("acme", "row", work) == 3


def test_work_on_the_whole_firm_is_done_again_after_any_change():
    memo, work = Memo(), counting([1, 2])
    assert memo.of(FIRM, "sums", work) == 1
    memo.forget(["acme"])
    assert memo.of(FIRM, "sums", work) == 2


def test_a_refusal_is_kept_too():
    memo, times = Memo(), []

    def work():
        times.append(1)
        raise RefusedError([Problem("ill-typed", "no day", None)])

    for _ in range(2):
        with pytest.raises(RefusedError, match="no day"):
            memo.of("acme", "row", work)
    assert times == [1]


def test_what_was_computed_from_files_that_changed_meanwhile_is_not_kept():
    memo = Memo()

    def work():
        memo.forget(["acme"])
        return "of before"

    assert memo.of("acme", "row", work) == "of before"
    assert memo.of("acme", "row", lambda: "of now") == "of now"


def test_nothing_is_a_result_as_well():
    memo, work = Memo(), counting([None, 1])
    assert [memo.of("acme", "row", work), memo.of("acme", "row", work)] == [None, None]


@pytest.mark.parametrize(
    ("paths", "clients"),
    [
        (["agreements/acme/client.yaml", "agreements/hudson/2026-block/ledger.csv"], {"acme", "hudson"}),
        (["agreements/acme"], {"acme"}),
        (["agreements/acme/client.yaml", "provider/rates.yaml"], None),
        (["agreements"], None),
        ([], set()),
    ],
)
def test_a_changed_file_is_of_its_client_or_of_the_firm(paths, clients):
    assert clients_of(paths) == clients


def test_a_state_has_one_snapshot_until_a_file_or_the_day_changes(tmp_path):
    days = [ON, ON, ON, date(2026, 12, 1)]
    state = State(tmp_path, counting(days))
    first = state.snapshot()
    assert state.snapshot() is first
    state.changed(["agreements/acme/client.yaml"])
    second = state.snapshot()
    assert second.number == first.number + 1
    assert state.snapshot().on == date(2026, 12, 1)


def test_work_of_another_day_is_other_work(tmp_path):
    memo, work = Memo(), counting([1, 2])
    assert Snapshot(tmp_path, ON, 1, memo).of_client("acme", "row", work) == 1
    assert Snapshot(tmp_path, date(2026, 12, 1), 1, memo).of_client("acme", "row", work) == 2
    assert Snapshot(tmp_path, ON, 2, memo).of_firm("row", lambda: 5) == 5
