"""What the decisions of a round write."""

from datetime import date

import pytest

from contract_assembly.actions.negotiation import rounds
from contract_assembly.actions.negotiation.compared_round import looked_at
from contract_assembly.actions.negotiation.decided import outcome
from contract_assembly.actions.negotiation.sent_file import read_back, sent_for
from contract_assembly.core.problems import RefusedError
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.source import Edited
from tests.helpers.corpus import REPOSITORY
from tests.helpers.returned import edited

ACME = ("acme", "2026-support")
FOLDER = "agreements/acme/2026-support"
CONTRACT = (REPOSITORY / FOLDER / "contract.docx").read_bytes()
HEADER = "By signing, each party accepts this Agreement"


@pytest.fixture(scope="module")
def case():
    """A round with a fact, and with words outside the clauses."""
    data = edited(
        CONTRACT, (">30\u00a0days<", ">60\u00a0days<"), (HEADER, "By signing, each side accepts this Agreement")
    )
    return data, looked_at(REPOSITORY, *ACME, back=read_back(data), sent=sent_for(REPOSITORY, *ACME, CONTRACT))


def decided(case, *decisions, applied="no"):
    data, looked = case
    received = rounds.Received(1, "Counsel", date(2026, 11, 30), data, CONTRACT)
    files = rounds.files_of(received, list(zip(looked.found.changes, looked.judgements, strict=True)), looked.labels)
    text = files["negotiation/1.yaml"].decode().replace("applied: no", f"applied: {applied}")
    for each in decisions:
        text = text.replace("decision: open", f"decision: {each}", 1)
    inside = {f"{FOLDER}/{name}": each for name, each in {**files, "negotiation/1.yaml": text.encode()}.items()}
    repository = Repository(Edited(Repository(REPOSITORY).source, inside))
    return outcome(repository, *ACME, rounds.load(repository, *ACME), looked)


def test_a_taken_fact_changes_its_line_and_the_version(case):
    files = decided(case, "take", "refuse").files
    assert sorted(files) == [f"{FOLDER}/agreement.yaml", f"{FOLDER}/negotiation/1.yaml"]
    text = files[f"{FOLDER}/agreement.yaml"].decode()
    was = (REPOSITORY / FOLDER / "agreement.yaml").read_text("utf-8")
    assert text == was.replace("due: 30 days", "due: 60 days").replace("version: 1", "version: 2")


def test_refusals_alone_change_no_fact_and_no_version(case):
    assert list(decided(case, "refuse", "refuse").files) == [f"{FOLDER}/negotiation/1.yaml"]


def test_words_outside_the_clauses_are_written_by_hand(case):
    with pytest.raises(RefusedError) as refused:
        decided(case, "take", "take")
    (problem,) = refused.value.problems
    assert (problem.rule, "is not in one clause" in problem.what) == ("not-carried", True)


def test_what_was_carried_out_is_not_carried_out_again(case):
    assert decided(case, "take", "refuse", applied="yes").files == {}
