"""Fees of an agreement beyond the plan, written as in YAML, as changes for `inputs_base.inputs` and `running.running`."""

from contract_assembly.core.values import Money
from contract_assembly.facts.catalogue import AddOn
from contract_assembly.facts.fee_terms import Discount, InvoiceAddress, OwnLine, OwnPrice, PriceStep
from contract_assembly.rules.facts import problems
from tests.helpers.inputs_base import inputs

MODELS = {
    "lines": OwnLine,
    "prices": OwnPrice,
    "discounts": Discount,
    "steps": PriceStep,
    "invoice_addresses": InvoiceAddress,
}
READERS = {"id": "readers", "name": "Door readers", "unit": "reader", "quantity": "12", "price": "4.50 USD"}
ARCHIVE = {"id": "archive", "name": "Email archive", "per": "user", "price": ["2.50 USD"]}
DRILLS = {"id": "drills", "name": "Phishing drills", "per": "user", "price": ["2.00 USD"]}
BUNDLE = {
    "id": "safe-start",
    "name": "Safe start",
    "per": "user",
    "price": ["4.00 USD"],
    "includes": ["archive", "drills"],
}
TIERS = [{"up_to": "20", "price": "64.00 USD"}, {"up_to": "50", "price": "60.00 USD"}, {"price": "55.00 USD"}]
MOVE = {"id": "move", "name": "Move", "price": "900.00 USD", "every": "once"}
OFFERED = [ARCHIVE, DRILLS, BUNDLE]


def fees(*, add_ons=(), minimum=None, **lists):
    """`fees(lines=[READERS], discounts=[…])`; a list that is not named is left as it is."""
    changes = {
        f"agreement__fees__{name}": tuple(MODELS[name].model_validate(each) for each in entries)
        for name, entries in lists.items()
    }
    if minimum:
        changes["agreement__fees__minimum"] = Money.parse(minimum)
    if add_ons:
        changes["rates__add_ons"] = tuple(AddOn.model_validate(each) for each in add_ons)
    return changes


def refused(*, facts=None, **said):
    """Rule and words of each problem of the base agreement with these fees."""
    return [(each.rule, each.what) for each in problems(inputs(**(facts or {}), **fees(add_ons=OFFERED, **said)))]
