"""Work over every client that answers in time."""

from datetime import date

import pytest

from contract_assembly.web.gathering import gathered
from contract_assembly.web.page import PageRequest
from contract_assembly.web.snapshot import Snapshot

ON = date(2026, 11, 30)


@pytest.fixture
def snapshot(tmp_path):
    for client in ("acme", "hudson", "pecan"):
        (tmp_path / "agreements" / client).mkdir(parents=True)
    return Snapshot(tmp_path, ON)


def test_without_a_limit_every_client_is_in_it(snapshot):
    found = gathered(PageRequest(snapshot), "names", str.upper)
    assert (found.found, found.count, found.whole) == (("ACME", "HUDSON", "PECAN"), 3, True)


def test_when_the_time_is_up_the_rest_is_missing_and_the_next_request_goes_on(snapshot, monkeypatch):
    now = [0.0]
    monkeypatch.setattr("contract_assembly.web.gathering.monotonic", lambda: now[0])

    def work(client):
        now[0] += 0.7
        return client

    first = gathered(PageRequest(snapshot, patience=1.0), "names", work)
    assert (first.found, first.missing, first.whole) == (("acme", "hudson"), 1, False)
    second = gathered(PageRequest(snapshot, patience=1.0), "names", work)
    assert (second.found, second.whole) == (("acme", "hudson", "pecan"), True)


def test_a_result_of_before_is_shown_and_counted_until_there_is_a_newer_one(snapshot):
    gathered(PageRequest(snapshot), "names", lambda client: f"{client} of before")
    snapshot.memo.forget(["hudson"])
    found = gathered(PageRequest(snapshot, patience=0), "names", str.upper)
    assert found.found == ("acme of before", "hudson of before", "pecan of before")
    assert (found.older, found.missing, found.whole) == (1, 0, False)
    assert gathered(PageRequest(snapshot), "names", str.upper).found == ("acme of before", "HUDSON", "pecan of before")


def test_a_result_of_an_earlier_run_is_shown_until_there_is_a_newer_one(snapshot):
    found = gathered(PageRequest(snapshot, patience=0), "names", str.upper, {"pecan": "of an earlier run"}.get)
    assert (found.found, found.missing, found.older) == (("of an earlier run",), 2, 1)
