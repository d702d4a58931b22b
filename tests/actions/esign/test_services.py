"""The table of services."""

from contract_assembly.actions.esign.services import SERVICES
from contract_assembly.facts.esign_anchors import ESIGN, SENDING


def test_every_service_to_which_facts_let_us_send_has_an_adapter():
    assert set(SERVICES) == set(SENDING) < set(ESIGN)
