"""The model of a round."""

import pytest
from pydantic import ValidationError

from contract_assembly.facts.negotiation import Entry, Round


def entry(**more):
    return Entry.model_validate({"id": "1", "mark": "m", "what": "fact", **more})


def test_a_change_is_open_until_it_is_decided_and_a_comment_until_it_is_answered():
    assert entry().is_open
    assert not entry(decision="refuse").is_open
    assert entry(what="comment").is_open
    assert not entry(what="comment", reason="It is.").is_open


def test_a_round_knows_what_is_open():
    about = {"round": "1", "received": "2026-11-30", "file": "1.docx", "sha256": "a", "sent": "b"}
    entries = [{"id": "1", "mark": "m", "what": "fact"}, {"id": "2", "mark": "n", "what": "fact", "decision": "take"}]
    assert [each.id for each in Round.model_validate({**about, "changes": entries}).open] == [1]


def test_another_decision_is_refused():
    with pytest.raises(ValidationError):
        entry(decision="maybe")
