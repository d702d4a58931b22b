"""Prices as clauses print them: fees, rates, a prepaid block, tax. Pure; a part of the template context."""

from typing import Any

from msgspec.structs import asdict

from contract_assembly.facts.agreed_lines import in_currency
from contract_assembly.facts.agreement_files import AnyInputs, BlockInputs, Inputs
from contract_assembly.facts.block_figures import block_figures
from contract_assembly.facts.fee_views import client_law, line_views, more_fees
from contract_assembly.facts.fees import commitment_discount, fee_lines, monthly_total
from contract_assembly.facts.labels import DEBITS, TAX_ON_TOP, tax_name
from contract_assembly.facts.savings import contract_rate, list_monthly, longer_commitments, saved
from contract_assembly.facts.template_values import (
    View,
    extended,
    view,
    whole,
)

BILLING_MONTHS = {"monthly": 1, "quarterly": 3, "yearly": 12}
_COUNTING = ("increment", "minimum_remote", "minimum_onsite", "after_hours", "weekend", "sunday", "holiday")


def fees_view(inputs: Inputs) -> View:
    """The fee lines with their tax labels, the totals, and how fees are paid and adjusted."""
    agreement = inputs.agreement.model
    lines, floor = fee_lines(inputs), agreement.fees.increase.floor
    monthly = monthly_total(inputs)
    return extended(
        whole(inputs.agreement, "fees", "fees"),
        lines=line_views(inputs, lines, "fees.lines"),
        monthly=monthly,
        yearly=monthly * 12,
        **_savings(inputs),
        **more_fees(inputs),
        invoice=monthly * BILLING_MONTHS[agreement.fees.billing],
        currency=agreement.currency,
        discount=commitment_discount(inputs),
        index=whole(inputs.index, "fees.index") if inputs.index else None,
        rise_floor=floor if floor.value else None,
        debit_name=DEBITS.get(inputs.client.model.party.address.country, "direct debit"),
        due_days=agreement.fees.due.count if agreement.fees.due.unit == "day" else None,
    )


def _savings(inputs: Inputs) -> dict[str, Any]:
    listed, less = list_monthly(inputs), saved(inputs)
    return {
        "list_monthly": listed,
        "list_yearly": listed * 12,
        "saved": less,
        "saved_yearly": less * 12 if less else None,
        "commitments": tuple(map(asdict, longer_commitments(inputs))),
    }


def rates_view(inputs: AnyInputs[Any]) -> View:
    """The rate card in the agreement's currency, with the rates under a contract."""
    currency, discount = inputs.agreement.model.currency, inputs.rates.model.support_discount
    roles = tuple(
        extended(
            view(each, f"rates.roles.{n}", inputs.rates.at, f"roles.{n}"),
            rate=in_currency(each.rate, currency),
            contract_rate=contract_rate(each, discount, currency),
        )
        for n, each in enumerate(inputs.rates.model.roles)
    )
    return extended(whole(inputs.rates, "rates"), roles=roles, support_discount=discount if discount.value else None)


def block_view(inputs: BlockInputs) -> View:
    """A prepaid block: its terms, its price and saving, and how its hours are counted."""
    figures = block_figures(inputs)
    counted = {name: getattr(inputs.rates.model, name) for name in _COUNTING}
    derived = {
        name: getattr(figures, name) for name in ("price", "list_rate", "list_value", "saving", "discount", "last_day")
    }
    block = inputs.agreement.model.block
    months = block.valid.months if block.valid else None
    numbers = {"valid_months": months, "due_days": block.due.count if block.due.unit == "day" else None}
    return extended(whole(inputs.agreement, "block", "block"), **counted, **derived, **numbers)


def tax_view(inputs: AnyInputs[Any]) -> View:
    """The tax regime with its name, the tax ids of both parties, and whether the reverse charge applies."""
    provider, client = inputs.provider.model.party, inputs.client.model.party
    regime = inputs.agreement.model.tax.regime
    across = provider.address.country != client.address.country
    name = tax_name(regime, client_law(inputs))
    return extended(
        whole(inputs.agreement, "tax", "tax"),
        name=name,
        label=TAX_ON_TOP.get(regime, name),
        provider_id=provider.tax_id,
        client_id=client.tax_id,
        reverse_charge=across and regime in {"uk-vat", "eu-vat"},
    )
