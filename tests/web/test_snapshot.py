"""What is kept between requests, and when it is worked out again."""

from datetime import date

import pytest

from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.web.snapshot import FIRM, MOST, Memo, Snapshot, clients_of
from tests.helpers.corpus import based

ON = date(2026, 11, 30)


def counting(results):
    """Work that yields these results one after another."""
    waiting = iter(results)
    return lambda: next(waiting)


def test_work_on_a_client_is_done_once_until_one_of_its_files_changes():
    memo, work = Memo(), counting([1, 2, 3])
    assert [memo.of("acme", "row", ON, work), memo.of("acme", "row", ON, work)] == [1, 1]
    memo.forget(["hudson"])
    assert memo.of("acme", "row", ON, work) == 1
    memo.forget(["acme"])
    assert memo.latest("acme", "row") == 1
    assert not memo.has("acme", "row", ON)
    assert memo.of("acme", "row", ON, work) == 2
    memo.forget(None)
    assert memo.of("acme", "row", ON, work) == 3


def test_work_of_another_day_is_other_work():
    memo, work = Memo(), counting([1, 2])
    assert memo.of("acme", "row", ON, work) == 1
    assert memo.of("acme", "row", date(2026, 12, 1), work) == 2
    assert not memo.has("acme", "row", ON)


def test_work_on_the_whole_firm_is_done_again_after_any_change():
    memo, work = Memo(), counting([1, 2])
    assert memo.of(FIRM, "sums", ON, work) == 1
    memo.forget(["acme"])
    assert memo.of(FIRM, "sums", ON, work) == 2


def test_a_refusal_is_kept_too():
    memo, times = Memo(), []

    def work():
        times.append(1)
        raise RefusedError([Problem("ill-typed", "no day", None)])

    for _ in range(2):
        with pytest.raises(RefusedError, match="no day"):
            memo.of("acme", "row", ON, work)
    assert times == [1]


def test_what_was_computed_from_files_that_changed_meanwhile_is_computed_again():
    memo = Memo()

    def work():
        memo.forget(["acme"])
        return "of before"

    assert memo.of("acme", "row", ON, work) == "of before"
    assert memo.of("acme", "row", ON, lambda: "of now") == "of now"


def test_nothing_is_a_result_as_well():
    memo, work = Memo(), counting([None, 1])
    assert [memo.of("acme", "row", ON, work), memo.of("acme", "row", ON, work)] == [None, None]


def test_no_query_makes_the_memo_grow_without_end():
    memo = Memo()
    for n in range(MOST + 10):
        memo.of("acme", ("due", n), ON, lambda n=n: n)
    assert not memo.has("acme", ("due", 9), ON)
    assert memo.has("acme", ("due", 10), ON)


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


def test_the_firms_files_stay_read_where_only_a_clients_facts_changed(tmp_path):
    root = based(tmp_path / "root")
    first = Snapshot(root, ON, 1)
    before = first.repository.agreed("acme", "2026-support").model.version
    path = root / "agreements/acme/2026-support/agreement.yaml"
    path.write_text(path.read_text("utf-8").replace(f"version: {before}", f"version: {before + 1}"), "utf-8")
    second = first.after(["agreements/acme/2026-support/agreement.yaml"], 2, ON)
    assert (second.number, second.repository) == (2, first.repository)
    assert second.repository.agreed("acme", "2026-support").model.version == before + 1
    third = second.after(["provider/rates.yaml"], 3, ON)
    assert third.repository is not second.repository


def test_a_client_that_begins_is_seen(tmp_path):
    root = based(tmp_path / "root")
    first = Snapshot(root, ON, 1)
    assert first.client_folders() == first.repository.clients() == ("acme",)
    (root / "agreements/zebra").mkdir()
    (root / "agreements/zebra/client.yaml").write_bytes((root / "agreements/acme/client.yaml").read_bytes())
    second = first.after(["agreements/zebra", "agreements/zebra/client.yaml"], 2, ON)
    assert second.client_folders() == second.repository.clients() == ("acme", "zebra")
