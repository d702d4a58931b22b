"""Documenso: bodies and answers, without a connection."""

import pytest

from contract_assembly.actions.esign.documenso import DOCUMENSO
from tests.actions.esign.test_docuseal import Said
from tests.actions.esign.test_request import REQUEST


def test_pages_count_from_1_and_positions_are_percentages():
    assert DOCUMENSO.body(REQUEST, "")["recipients"][1]["fields"][1] == {
        "identifier": 0, "type": "DATE", "page": 2, "positionX": 60.0, "positionY": 60.0, "width": 25.0, "height": 3.0,
    }  # fmt: skip


def test_signatories_sign_one_after_another_with_days_in_the_time_zone_of_the_firm():
    body = DOCUMENSO.body(REQUEST, "")
    assert body["meta"] == {"signingOrder": "SEQUENTIAL", "dateFormat": "yyyy-MM-dd", "timezone": "America/New_York"}
    assert [each["signingOrder"] for each in body["recipients"]] == [1, 2]


def test_only_an_exact_key_that_was_not_deleted_is_found():
    def found(**more):
        return DOCUMENSO.find(Said({"data": [{"id": "envelope_1", "externalId": "ab12", **more}]}), REQUEST)

    assert found() == "envelope_1"
    assert (found(externalId="ab12-2"), found(deletedAt="2026-11-24T00:00:00Z")) == ("", "")


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("DRAFT", "draft"),
        ("PENDING", "open"),
        ("COMPLETED", "completed"),
        ("REJECTED", "ended"),
        ("CANCELLED", "ended"),
    ],
)
def test_a_status_is_a_state_of_ours(status, state):
    people = [{"name": "A", "signingStatus": "SIGNED"}, {"name": "B", "signingStatus": "NOT_SIGNED"}]
    found = {"status": status, "recipients": people, "envelopeItems": [{"id": "item_1"}], "completedAt": None}
    standing = DOCUMENSO.standing(Said(found), "envelope_1")
    assert (standing.state, standing.signed, standing.waiting) == (state, ("A",), ("B",))
