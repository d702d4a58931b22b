"""The command that sends: what it refuses before anything else. tests/actions/test_send.py sends."""

from tests.helpers.corpus import REPOSITORY, run


def test_without_a_key_nothing_is_sent_and_the_variable_is_named(monkeypatch):
    monkeypatch.delenv("CONTRACTS_ESIGN_KEY", raising=False)
    said = run(REPOSITORY, "send", "acme")
    assert said.code == 2
    assert "CONTRACTS_ESIGN_KEY" in said.err


def test_without_a_service_the_facts_to_write_are_named():
    said = run(REPOSITORY, "send", "acme", "--dry-run")
    assert said.code == 1
    assert "write esign: docuseal or documenso, and esign_url:" in said.err
    assert "[no-esign-url]" in said.err
