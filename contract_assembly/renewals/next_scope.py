"""The scope and length of the next term: plan, quantities, commitment, and the classes that end. Pure."""

from collections.abc import Mapping

from contract_assembly.core.values import DateRange, Duration, last_day
from contract_assembly.facts.agreed_lines import counts
from contract_assembly.facts.agreement import Agreement
from contract_assembly.facts.agreement_files import Inputs
from contract_assembly.facts.catalogue import Plan
from contract_assembly.renewals.context import RenewalContext


def next_plan_id(context: RenewalContext) -> str:
    """The id of the plan intended for the next term, otherwise of the current one."""
    meant: str | None = context.agreed.renewal.plan if context.agreed.renewal else None
    return meant or str(context.agreed.plan)


def next_plan(context: RenewalContext) -> Plan:
    """The plan of the next term. Raises KeyError if the catalogue has no plan with that id."""
    return context.plans[next_plan_id(context)]


def next_commitment(inputs: Inputs) -> Duration | None:
    """The commitment of the next term: the intended one, otherwise the current one."""
    meant = inputs.agreement.model.renewal
    return (meant and meant.commitment) or inputs.agreement.model.fees.commitment


def next_length(agreed: Agreement) -> Duration:
    """The length of the next term: that of the intended commitment, otherwise the one agreed for renewals."""
    meant: Duration | None = agreed.renewal.commitment if agreed.renewal else None
    usual: Duration = agreed.term.renewal_length
    return meant or usual


def next_days(agreed: Agreement, following: DateRange) -> DateRange:
    """The days of the next term, where `following` are those of a renewal as agreed."""
    meant = agreed.renewal and agreed.renewal.commitment
    return DateRange(following.first, last_day(following.first, meant.months)) if meant else following


def next_counts(inputs: Inputs) -> Mapping[str, int]:
    """The quantity of each class in the next term: the intended one, otherwise the current one."""
    meant = inputs.agreement.model.renewal
    found = dict(counts(inputs.agreement.model))
    if meant:
        found |= {each.kind: each.count for each in meant.assets}
        found |= {"user": meant.users} if meant.users is not None else {}
    return found


def ended_classes(context: RenewalContext) -> set[str]:
    """The covered classes all of whose lines end with this term."""
    ended = set(context.agreed.renewal.ended) if context.agreed.renewal else set()
    ending: set[str] = {each.per for each in next_plan(context).prices if each.id in ended}
    return ending - {each.per for each in next_plan(context).prices if each.id not in ended}
