"""A request for signature as data."""

import pytest

from contract_assembly.actions.esign.request import Box, Request, Signatory

BOX = Box(2, 0.25, 0.5, 0.25, 0.03)
REQUEST = Request(
    key="ab12",
    title="IT Support Agreement",
    file="2026-support-contract.pdf",
    pdf=b"%PDF-1.7\n%%EOF",
    zone="America/New_York",
    signatories=(
        Signatory("Provider", "Dana Whitfield", "dana@firm.example", BOX, BOX._replace(y=0.6)),
        Signatory("Client", "Zoë O'Neil", "zoe@client.example", BOX._replace(x=0.6), BOX._replace(x=0.6, y=0.6)),
    ),
)


def test_a_request_does_not_change_after_it_was_shown():
    with pytest.raises(AttributeError):
        REQUEST.key = "other"
