"""The command that fetches: what it refuses before anything else. tests/actions/test_fetch.py fetches."""

from tests.helpers.corpus import REPOSITORY, run


def test_without_a_key_nothing_is_fetched(monkeypatch):
    monkeypatch.delenv("CONTRACTS_ESIGN_KEY", raising=False)
    assert run(REPOSITORY, "fetch", "acme").code == 2


def test_what_was_not_sent_cannot_be_fetched(monkeypatch):
    monkeypatch.setenv("CONTRACTS_ESIGN_KEY", "k")
    said = run(REPOSITORY, "fetch", "acme", "--dry-run")
    assert said.code == 1
    assert "contract was not sent to a service [nothing-sent]" in said.err
