"""What an amendment does to the fee: before and after, the rest of a billing period, and the invoices that show it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from contract_assembly.billing.charges import billing_period
from contract_assembly.billing.effect import ChangeEffect, effect
from contract_assembly.billing.loader import Accounts
from contract_assembly.billing.running import Running
from contract_assembly.billing.signed_facts import SignedVersion
from contract_assembly.core.origin import Origin
from contract_assembly.core.paths import folder_of
from contract_assembly.core.values import Money
from contract_assembly.facts.agreement_files import Inputs
from contract_assembly.facts.changes import CHANGES, Changes
from contract_assembly.facts.fields import Located
from contract_assembly.letters.amendments.states import ContractState
from contract_assembly.repository.inputs import Repository


def fee_of(
    repository: Repository, client: str, agreement: str, reached: Sequence[ContractState], on: date
) -> Mapping[str, Any]:
    """The fee as a clause prints it; `changes` is whether there is anything to say: not for a block, nor if the fee stays.
    `billing` is how often it is invoiced from now on, if that has changed; then the first such invoice is for the time up to
    `billing_last`."""
    running, billing = _running(repository, client, agreement, reached), _new_billing(reached)
    found = effect(running, on) if running else None
    shown: dict[str, Any] = {"changes": bool(found and found.difference.amount), "billing": billing}
    if running and billing:
        shown["billing_last"] = billing_period(running, on).days.last
    if found is None or not shown["changes"]:
        return shown
    return shown | {
        "old": found.before,
        "new": found.after,
        "difference": _size(found.difference),
        "more": found.for_the_rest.amount > 0,
        "rest": bool(found.rest),
        "rest_amount": _size(found.for_the_rest),
        "rest_last": found.rest[0].days.last if found.rest else None,
        "covered": found.covered,
        "month_days": found.month,
        "months": found.months,
        "next_first": found.full_from,
    }


def effect_of(
    repository: Repository, client: str, agreement: str, reached: Sequence[ContractState], on: date
) -> ChangeEffect | None:
    """What an amendment does to the fee from its first day; None for a block."""
    running = _running(repository, client, agreement, reached)
    return effect(running, on) if running else None


def _new_billing(reached: Sequence[ContractState]) -> str | None:
    agreed = [each.agreed.agreement.model for each in reached if isinstance(each.agreed, Inputs)]
    if len(agreed) < 2 or agreed[-1].fees.billing == agreed[-2].fees.billing:
        return None
    return agreed[-1].fees.billing


def _running(repository: Repository, client: str, agreement: str, reached: Sequence[ContractState]) -> Running | None:
    """The contract as it runs with these states, the last of which is not signed yet; None for a block."""
    versions = tuple(SignedVersion(each.first, each.agreed) for each in reached if isinstance(each.agreed, Inputs))
    if not versions:
        return None
    path, now = f"{folder_of(client, agreement)}/{CHANGES}", versions[-1].inputs
    known = repository.source.exists(path)
    changes = repository.load(Changes, path) if known else Located(Changes(), {"": Origin(path)})
    last = Accounts(repository).last_day(client, agreement, now)
    return Running(client, agreement, inputs=now, versions=versions, changes=changes, last=last)


def _size(money: Money) -> Money:
    return Money(abs(money.amount), money.currency)
