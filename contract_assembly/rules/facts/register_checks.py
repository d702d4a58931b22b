"""Checks of the registers of an agreement: commitments, licences, personal data, backups, shares. Pure; tables of checks.

Each licence in the provider's tenant has an acceptance record, with a name and a day. The regime of personal data is that of the
law whose clauses apply. Assets without a backup are reported.
"""

from collections.abc import Iterator
from typing import Any

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem
from contract_assembly.core.text import did_you_mean, joined, shown
from contract_assembly.core.values import Duration, Percent
from contract_assembly.facts.agreed_lines import counts, in_currency
from contract_assembly.facts.agreement_files import AnyInputs, BlockInputs, Inputs
from contract_assembly.facts.catalogue import Price
from contract_assembly.facts.fields import Located
from contract_assembly.facts.frequency import is_restore_test
from contract_assembly.facts.labels import asset_words
from contract_assembly.facts.law import Law
from contract_assembly.facts.registers import Licence
from contract_assembly.facts.savings import contract_rate
from contract_assembly.facts.term_dates import whole_months

# The regime whose clauses a law brings, by its country or by what it lies within.
REGIMES = {"US": "us-state", "GB": "uk", "IE": "eu", "EU": "eu", "CA": "ca", "AU": "au"}
# Assets that hold data, with the words by which the name or method of a backup set says that it holds them.
_SET_WORDS = {
    "server": ("server",),
    "virtual-server": ("server", "virtual"),
    "saas-tenant": ("tenant", "cloud", "mail"),
}


def places(law: Law) -> tuple[str, ...]:
    """The country of a law, and the wider places that it lies within: US-NY is in US, IE in IE and EU."""
    return (law.id.partition("-")[0], *law.within)


def _commitment_is_on_the_rate_card(inputs: Inputs) -> Iterator[Problem]:
    agreed, offered = inputs.agreement.model, [each.length for each in inputs.rates.model.commitments]
    asked: dict[str, Duration | None] = {
        "fees.commitment": agreed.fees.commitment,
        "renewal.commitment": agreed.renewal.commitment if agreed.renewal else None,
    }
    for path, length in asked.items():
        if length is None or length in offered:
            continue
        what = f"{path}: the rate card has no discount for {length.count} {length.unit}s"
        known = ", ".join(f"{each.count} {each.unit}s" for each in offered) or "none"
        hint = f"known here: {known}; see commitments in {inputs.rates.at().path}"
        yield Problem("unknown-commitment", what, inputs.agreement.at(path), hint)


def _licences_are_in_order(inputs: AnyInputs[Any]) -> Iterator[Problem]:
    for position, each in enumerate(inputs.agreement.model.licences):
        yield from _of_licence(each, f"licences.{position}", inputs.agreement)


def _of_licence(each: Licence, path: str, file: Located[Any]) -> Iterator[Problem]:
    """Both days are inclusive, so a licence may last one day, and may be accepted on its first."""
    if each.last_day and each.last_day < each.first_day:
        what = f"{path}: {each.product} ends on {each.last_day}, before it begins on {each.first_day}"
        yield Problem("licence-days", what, file.at(f"{path}.last_day"), "let it end on its first day or later")
    if each.accepted_on and each.accepted_on > each.first_day:
        what = (
            f"{path}: {each.product} is used from {each.first_day}, and its terms were accepted on {each.accepted_on}"
        )
        yield Problem("accepted-late", what, file.at(f"{path}.accepted_on"), "terms are accepted before anyone uses it")
    missing = [name for name in ("accepted_by", "accepted_on") if not getattr(each, name)]
    if each.holder == "provider-tenant" and missing:
        what = f"{path}: {each.product} is in the provider's tenant, without {' and '.join(missing)}"
        hint = "write who accepted the vendor's terms for the client, and on which day"
        yield Problem("no-acceptance", what, file.at(f"{path}.holder"), hint)


def _regime_fits_the_law(inputs: AnyInputs[Any]) -> Iterator[Problem]:
    data, law = inputs.agreement.model.data, inputs.law.model
    due = next((REGIMES[place] for place in places(law) if place in REGIMES), None)
    if data and due and data.regime != due:
        what = f"data.regime: {data.regime} is not the regime of {law.name}, whose data processing terms are taken"
        yield Problem("regime", what, inputs.agreement.at("data.regime"), f"write {due}, or choose another law")


def _health_brings_personal_data(inputs: AnyInputs[Any]) -> Iterator[Problem]:
    if "health" in inputs.client.model.sectors and "US" in places(inputs.law.model) and not inputs.agreement.model.data:
        what = "sectors: a client in health care, and the agreement says nothing of personal data"
        hint = f"add data: to {inputs.agreement.at().path}, so that the document has the data processing terms"
        yield Problem("health-without-data", what, inputs.client.at("sectors"), hint, "warning")


def _gates_are_known(inputs: AnyInputs[Any]) -> Iterator[Problem]:
    known = {rule.confirm for law in inputs.laws for rule in law.model.rules if rule.confirm}
    known |= {law.model.gate for law in inputs.laws if law.model.gate}
    for position, each in enumerate(inputs.agreement.model.confirmations):
        if each.gate not in known:
            what = f"confirmations: no rule of law here asks to confirm {each.gate}"
            origin = inputs.agreement.at(f"confirmations.{position}.gate")
            yield Problem("unknown-gate", what, origin, did_you_mean(each.gate, known), "warning")


def _backups_are_listed(inputs: Inputs) -> Iterator[Problem]:
    """What is charged comes first: where that is wrong, what is promised and what holds data would say the same again."""
    charged = tuple(_paid_backups_are_listed(inputs))
    yield from charged or (*_promised_backups_are_listed(inputs), *_what_holds_data_is_backed_up(inputs))


def _paid_backups_are_listed(inputs: Inputs) -> Iterator[Problem]:
    """A signed contract stays as it is, and one on other paper has its own words."""
    agreed = inputs.agreement.model
    if agreed.status not in {"draft", "sent"} or agreed.origin != "here":
        return
    charged = tuple(_charged_backups(inputs))
    if charged and not _has_backups(inputs):
        what = f"the fee includes {joined(f'“{each.label}”' for each in charged)}, but the agreement lists no backup"
        yield _unlisted("backup-charged", what, inputs.agreement.at("plan"))
        return
    for each in charged:
        if each.per in _SET_WORDS and not _in_a_set(inputs, _SET_WORDS[each.per]):
            what = f"the fee includes “{each.label}”, but no backup set covers it by its name or method"
            hint = "add a set for it, or name it in the set that holds it: what is in no set is not backed up"
            yield Problem("backup-without-set", what, inputs.agreement.at("backup"), hint, "warning")


def _charged_backups(inputs: Inputs) -> Iterator[Price]:
    """The lines of the plan for backup that this agreement pays for."""
    agreed = inputs.agreement.model
    own, covered = {each.line: each.price for each in agreed.fees.prices}, counts(agreed)
    for line in inputs.plan.model.prices:
        price = own.get(line.id) or in_currency(line.price, agreed.currency)
        if line.nature == "backup" and covered.get(line.per) and price and price.amount > 0:
            yield line


def _in_a_set(inputs: Inputs, words: tuple[str, ...]) -> bool:
    backup = inputs.agreement.model.backup
    texts = [f"{each.name} {each.method}".casefold() for each in (backup.sets if backup else ())]
    return any(word in text for text in texts for word in words)


def _promised_backups_are_listed(inputs: Inputs) -> Iterator[Problem]:
    for task in inputs.plan.model.services:
        if ("backup" in task.task.casefold() or is_restore_test(task)) and not _has_backups(inputs):
            what = f"plan {inputs.plan.model.id} promises {shown(task.task)}, and the agreement lists nothing that is backed up"
            yield _unlisted("backup-promised", what, inputs.agreement.at("plan"))
            return


def _what_holds_data_is_backed_up(inputs: Inputs) -> Iterator[Problem]:
    assets = inputs.agreement.model.coverage.assets
    counted = (each for each in assets if each.count and each.kind in _SET_WORDS)
    found = [f"{each.count} {asset_words(each.kind, each.count)}" for each in counted]
    if found and not _has_backups(inputs) and inputs.agreement.model.origin == "here":
        what = f"coverage.assets: no backup is listed for {joined(found)}"
        yield _unlisted("no-backup", what, inputs.agreement.at("coverage.assets"))


def _has_backups(inputs: Inputs) -> bool:
    backup = inputs.agreement.model.backup
    return bool(backup and backup.sets)


def _unlisted(rule: str, what: str, origin: Origin) -> Problem:
    return Problem(
        rule, what, origin, "add backup: with its sets; without it the contract says that there is none", "warning"
    )


def _block_rate_is_above_zero(inputs: BlockInputs) -> Iterator[Problem]:
    rate = inputs.agreement.model.block.rate
    if rate.amount <= 0:
        what = f"block.rate: {rate.amount} is not above zero"
        yield Problem("below-zero", what, inputs.agreement.at("block.rate"), "write what an hour costs")


def _limit_is_in_the_blocks_currency(inputs: BlockInputs) -> Iterator[Problem]:
    agreed, path = inputs.agreement.model, "contacts.client.approval_limit"
    money = agreed.contacts.client.approval_limit
    if money.currency != agreed.currency:
        what = f"{path} is in {money.currency}, the agreement in {agreed.currency}"
        yield Problem("mixed-currencies", what, inputs.agreement.at(path), "use one currency in an agreement")


def _discounts_are_shares(inputs: AnyInputs[Any]) -> Iterator[Problem]:
    for position, each in enumerate(inputs.rates.model.commitments):
        yield from _share(each.discount, inputs.rates, f"commitments.{position}.discount")
    yield from _share(inputs.rates.model.support_discount, inputs.rates, "support_discount")


def _commitments_are_in_months(inputs: AnyInputs[Any]) -> Iterator[Problem]:
    for position, each in enumerate(inputs.rates.model.commitments):
        try:
            whole_months(each.length)
        except ValueError as error:
            origin = inputs.rates.at(f"commitments.{position}.length")
            yield Problem("period", f"commitments.{position}: {error}", origin, "write months or years, like 24 months")


def _no_block_is_cheaper_than_the_contract(inputs: Inputs) -> Iterator[Problem]:
    """An hour beyond the fee costs a client with a contract no more than an hour of the best prepaid block for the same role."""
    if inputs.blocks is None:
        return
    rates, blocks, at = inputs.rates.model, inputs.blocks.model, inputs.blocks.at
    currency = inputs.agreement.model.currency
    role = next((each for each in rates.roles if each.role == blocks.role), None)
    if role is None:
        known = [each.role for each in rates.roles]
        yield Problem("unknown-role", f"role: {blocks.role} has no rate", at("role"), did_you_mean(blocks.role, known))
        return
    sold = [(each.hours, rate) for each in blocks.sizes if (rate := in_currency(each.rate, currency))]
    rate = contract_rate(role, rates.support_discount, currency)
    if not sold or rate is None:
        return
    hours, best = min(sold, key=lambda each: each[1].amount)
    if rate.amount > best.amount:
        what = (
            f"{role.role}: an hour costs {rate.amount} {currency} with a support contract, and {best.amount} with a block of "
            f"{hours} hours"
        )
        hint = f"raise support_discount, or the rate of the block at {at('sizes')}"
        yield Problem("contract-rate", what, inputs.rates.at("support_discount"), hint)


def _cap_is_a_share(inputs: Inputs) -> Iterator[Problem]:
    yield from _share(inputs.agreement.model.fees.increase_cap, inputs.agreement, "fees.increase_cap")


def _block_shares(inputs: BlockInputs) -> Iterator[Problem]:
    for name in ("low_percent", "rollover_percent", "conversion_percent"):
        yield from _share(getattr(inputs.agreement.model.block, name), inputs.agreement, f"block.{name}")


def _share(share: Percent, file: Located[Any], path: str) -> Iterator[Problem]:
    if not 0 <= share.value <= 100:
        what = f"{path}: {share.value} % is not from 0 to 100"
        yield Problem("share", what, file.at(path), "write a percentage from 0 to 100")


COMMON = (
    _licences_are_in_order,
    _regime_fits_the_law,
    _health_brings_personal_data,
    _gates_are_known,
    _discounts_are_shares,
    _commitments_are_in_months,
)
CHECKS = (
    _commitment_is_on_the_rate_card,
    _no_block_is_cheaper_than_the_contract,
    _cap_is_a_share,
    _backups_are_listed,
)
BLOCK_CHECKS = (
    _block_rate_is_above_zero,
    _limit_is_in_the_blocks_currency,
    _block_shares,
)
