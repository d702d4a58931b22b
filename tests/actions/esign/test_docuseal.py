"""DocuSeal: bodies and answers, without a connection."""

import pytest

from contract_assembly.actions.esign.docuseal import DOCUSEAL
from contract_assembly.core.problems import RefusedError
from tests.actions.esign.test_request import REQUEST


class Said:
    """A connection that gives one answer."""

    base = "https://api.docuseal.example"

    def __init__(self, found):
        self.found = found

    def get(self, _path, **_query):
        return self.found


def test_pages_count_from_1_and_positions_are_fractions():
    field = DOCUSEAL.body(REQUEST, "…")["documents"][0]["fields"][2]
    assert field == {
        "name": "ClientSignature", "type": "signature", "role": "Client", "required": True,
        "areas": [{"page": 2, "x": 0.6, "y": 0.5, "w": 0.25, "h": 0.03}],
    }  # fmt: skip


def test_signatories_sign_in_their_order_and_each_has_a_key():
    people = DOCUSEAL.body(REQUEST, "…")["submitters"]
    assert [(each["order"], each["external_id"]) for each in people] == [(0, "ab12-provider"), (1, "ab12-client")]


def test_only_an_exact_key_is_found():
    def found(key):
        return DOCUSEAL.find(Said({"data": [{"submission_id": 3, "external_id": key}]}), REQUEST)

    assert (found("ab12-provider"), found("ab12-providers")) == ("3", "")


def standing(status, **more):
    return DOCUSEAL.standing(Said({"status": status, "submitters": [], **more}), "3")


@pytest.mark.parametrize(
    ("status", "more", "state"),
    [
        ("pending", {}, "open"),
        ("declined", {}, "ended"),
        ("expired", {}, "ended"),
        ("pending", {"archived_at": "2026"}, "ended"),
    ],
)
def test_a_status_is_a_state_of_ours(status, more, state):
    assert standing(status, **more).state == state


def test_a_completed_request_has_one_document_and_an_audit_log():
    urls = {"documents": [{"url": "https://a.example/1"}], "audit_log_url": "https://a.example/2"}
    assert standing("completed", **urls).files == {"pdf": "https://a.example/1", "proof": "https://a.example/2"}
    with pytest.raises(RefusedError, match="not documented"):
        standing("lost")
