"""The files of a round."""

from datetime import date

import pytest

from contract_assembly.actions.negotiation import rounds
from contract_assembly.actions.negotiation.change import ReturnedChange
from contract_assembly.actions.negotiation.judgement import Judgement
from contract_assembly.core.problems import RefusedError
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.source import Edited
from tests.helpers.corpus import REPOSITORY

ACME = ("acme", "2026-support")
FOLDER = "agreements/acme/2026-support"
CHANGE = ReturnedChange("reworded", "term", "a", 'b "c" {{ d }} \u202e\nsecond: #line', by="Counsel\x00")


def made(replace=("", "")):
    received = rounds.Received(1, "Counsel: of Acme", date(2026, 11, 30), b"back", b"sent")
    files = rounds.files_of(received, [(CHANGE, Judgement("new words"))], {})
    text = files["negotiation/1.yaml"].decode().replace(*replace).encode()
    inside = {f"{FOLDER}/{name}": text if name.endswith("yaml") else data for name, data in files.items()}
    return Repository(Edited(Repository(REPOSITORY).source, inside))


def test_a_round_is_read_as_it_was_written_whatever_their_words_are():
    assert rounds.numbers(made(), *ACME) == (1,)
    one = rounds.load(made(), *ACME).model
    assert (one.round, one.sender, one.file, one.applied) == (1, "Counsel: of Acme", "1.docx", False)
    (entry,) = one.changes
    assert (entry.mark, entry.new) == (rounds.mark_of(CHANGE), 'b "c" { { d } } \ufffd ¶ second: #line')
    assert one.open == (entry,)


def test_decisions_that_contradict_themselves_are_refused_at_their_line():
    for old, new in (("decision: open", "decision: counter"), ("decision: open", "decision: take\n    counter: x")):
        with pytest.raises(RefusedError) as refused:
            rounds.load(made((old, new)), *ACME)
        (problem,) = refused.value.problems
        assert (problem.rule, problem.origin.path) == ("decision", f"{FOLDER}/negotiation/1.yaml")


def test_a_round_that_is_not_there_is_refused():
    with pytest.raises(RefusedError, match="nothing was received for acme/2026-support"):
        rounds.load(Repository(REPOSITORY), *ACME)
