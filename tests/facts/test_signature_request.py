"""The record of a request for signature."""

from contract_assembly.facts.signature_request import SignatureRequest
from tests.helpers.models import read, refused

TEXT = """service: docuseal
url: https://sign.example/api
request: "17"
attempt: 1
sent: 2026-11-24
sha256: "ab12"
signatories:
  - {side: client, name: Robert Okafor, email: robert@client.example}
"""


def test_a_request_is_read_as_it_was_written():
    found = read(SignatureRequest, TEXT).model
    assert (found.service, found.request, found.attempt, found.signatories[0].side) == ("docuseal", "17", 1, "client")


def test_a_service_to_which_nothing_is_sent_and_an_open_address_are_refused():
    assert refused(SignatureRequest, TEXT.replace("docuseal", "adobe-sign"))
    assert refused(SignatureRequest, TEXT.replace("https://", "http://"))
