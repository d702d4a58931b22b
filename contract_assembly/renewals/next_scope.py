"""What the next term covers: its plan, its quantities, and the classes of which nothing is left. Pure."""

from collections.abc import Mapping

from contract_assembly.facts.agreement_files import Inputs
from contract_assembly.facts.catalogue import Plan
from contract_assembly.facts.fees import counts
from contract_assembly.renewals.context import RenewalContext


def next_plan_id(context: RenewalContext) -> str:
    """The id of the plan that is meant for the next term, otherwise of the current one."""
    meant: str | None = context.agreed.renewal.plan if context.agreed.renewal else None
    return meant or str(context.agreed.plan)


def next_plan(context: RenewalContext) -> Plan:
    """The plan of the next term. Raises KeyError where the catalogue has no plan of that id."""
    return context.plans[next_plan_id(context)]


def next_counts(inputs: Inputs) -> Mapping[str, int]:
    """The quantity of each class in the next term: what is meant for it, otherwise what is covered now."""
    meant = inputs.agreement.model.renewal
    found = dict(counts(inputs.agreement.model))
    if meant:
        found |= {each.kind: each.count for each in meant.assets}
        found |= {"user": meant.users} if meant.users is not None else {}
    return found


def ended_classes(context: RenewalContext) -> set[str]:
    """The covered classes whose every line ends with this term."""
    ended = set(context.agreed.renewal.ended) if context.agreed.renewal else set()
    ending: set[str] = {each.per for each in next_plan(context).prices if each.id in ended}
    return ending - {each.per for each in next_plan(context).prices if each.id not in ended}
