"""A round compared again."""

import hashlib
from datetime import date

import pytest

from contract_assembly.actions.negotiation import rounds
from contract_assembly.actions.negotiation.compared_round import looked_at, read_round, report_of
from contract_assembly.actions.negotiation.sent_file import read_back, sent_for
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.source import Edited
from tests.helpers.corpus import REPOSITORY
from tests.helpers.returned import edited

ACME = ("acme", "2026-support")
FOLDER = "agreements/acme/2026-support"
CONTRACT = (REPOSITORY / FOLDER / "contract.docx").read_bytes()


@pytest.fixture(scope="module")
def looked():
    data = edited(CONTRACT, (">30\u00a0days<", ">60\u00a0days<"))
    return data, looked_at(REPOSITORY, *ACME, back=read_back(data), sent=sent_for(REPOSITORY, *ACME, CONTRACT))


def test_a_file_is_compared_judged_and_named_for_people(looked):
    _, found = looked
    assert [each.kind for each in found.found.changes] == ["fact"]
    assert found.judgements[0].value == "60 days"
    assert found.labels == {"fees.due": "Time to pay"}


def test_a_report_joins_each_change_with_its_entry(looked):
    data, found = looked
    received = rounds.Received(1, "Counsel", date(2026, 11, 30), data, CONTRACT)
    judged = list(zip(found.found.changes, found.judgements, strict=True))
    files = rounds.files_of(received, judged, found.labels)
    inside = {f"{FOLDER}/{name}": each for name, each in files.items()}
    repository = Repository(Edited(Repository(REPOSITORY).source, inside))
    one = rounds.load(repository, *ACME).model
    assert one.sha256 == hashlib.sha256(data).hexdigest()
    (point,) = report_of(found, REPOSITORY, *ACME, one).points
    assert (point.title, point.label, point.entry.id) == ("Summary", "Time to pay", 1)


def test_there_is_nothing_to_read_before_something_came():
    from contract_assembly.core.problems import RefusedError

    with pytest.raises(RefusedError, match="nothing was received"):
        read_round(REPOSITORY, *ACME)
