"""Every amount of money in the facts."""

from contract_assembly.rules.facts.amounts import amounts_of
from tests.helpers.fee_facts import READERS, TIERS, fees
from tests.helpers.inputs_base import inputs
from tests.helpers.running import usd


def test_every_amount_is_found_with_its_path():
    said = inputs(**fees(lines=[READERS], prices=[{"line": "users", "pricing": "graduated", "tiers": TIERS}]))
    found = dict(amounts_of(said.agreement.model.fees, "fees"))
    assert found["fees.lines.0.price"] == usd("4.50")
    assert found["fees.prices.0.tiers.2.price"] == usd("55.00")
