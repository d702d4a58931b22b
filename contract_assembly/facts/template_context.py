"""The template context: every fact that a clause may print about an agreement, by name. Pure.

Cover, clauses, schedules and letters all read it, so that they cannot disagree. Dates come from `term_dates`, amounts from `fees`
and `block_figures`.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from contract_assembly.core.values import Span
from contract_assembly.facts.agreement import ClientContacts, ProviderContacts
from contract_assembly.facts.agreement_files import AnyInputs, BlockInputs, Inputs
from contract_assembly.facts.block_figures import block_figures
from contract_assembly.facts.business_days import closed_days, short_days, weekend_holidays
from contract_assembly.facts.fees import commitment_discount, fee_lines, in_currency, monthly_total
from contract_assembly.facts.frequency import is_restore_test
from contract_assembly.facts.law import Law
from contract_assembly.facts.savings import contract_rate, list_monthly, longer_commitments, saved
from contract_assembly.facts.template_values import (
    Fact,
    Record,
    Series,
    View,
    entries,
    extended,
    leaf,
    person,
    view,
    whole,
)
from contract_assembly.facts.term_dates import days_in_force, length_of, months_of, term_dates

ASSET_LABELS = {
    "user": "Users",
    "mailbox": "Mailboxes",
    "workstation": "Workstations",
    "server": "Servers",
    "virtual-server": "Virtual servers",
    "network-device": "Network devices",
    "firewall": "Firewalls",
    "mobile": "Mobile devices",
    "printer": "Printers",
    "site": "Sites",
    "saas-tenant": "Cloud tenants",
}
TREATMENT_LABELS = {
    "quoted": "Quoted on request",
    "rate-card": "Charged under the Rate Card",
    "refused": "Not supplied",
}
NATURE_LABELS = {
    "support": "Support",
    "security": "Security",
    "backup": "Backup and data",
    "hardware": "Hardware",
    "software": "Software",
    "planning": "Planning and advice",
}
TREATED = {"taxed": ", taxed", "not-taxed": ", not taxed", "to-confirm": ""}
TAX_NAMES = {
    "us-sales": "sales tax",
    "uk-vat": "VAT",
    "eu-vat": "VAT",
    "ca-gst": "GST or HST and provincial sales tax",
    "au-gst": "GST",
    "none": "tax",
}
TAX_ON_TOP = {"us-sales": "sales tax where it is due", "none": "any tax"}
HOLDER_LABELS = {"client": "Client", "provider": "Provider", "provider-tenant": "Provider\u2019s tenant"}
BILLING_MONTHS = {"monthly": 1, "quarterly": 3, "yearly": 12}


def template_context(inputs: AnyInputs[Any]) -> Record:
    """All facts of an agreement as one record. The files must agree with each other: see `rules.facts.checked`."""
    top: dict[str, View] = {name: build(inputs) for name, build in _COMMON.items()}
    if isinstance(inputs, Inputs):
        top |= {name: build(inputs) for name, build in _SUPPORT.items()}
    elif isinstance(inputs, BlockInputs):
        top["block"] = _block(inputs)
    return Record(top, "", inputs.agreement.at())


def some_facts(inputs: Inputs, names: Iterable[str], **term: Any) -> Record:
    """Some of the facts of a support contract, for conditions that need no more: a twentieth of the work. `term` overrides dates
    of the term with those of a later one."""
    top = {name: (_COMMON | _SUPPORT)[name](inputs) for name in names}
    return Record({**top, "term": extended(_term(inputs), **term)}, "", inputs.agreement.at())


def _provider(inputs: AnyInputs[Any]) -> View:
    return extended(whole(inputs.provider, "provider", "party"), desk=whole(inputs.provider, "provider.desk", "desk"))


def _client(inputs: AnyInputs[Any]) -> View:
    everything = whole(inputs.client, "client")
    assert isinstance(everything, Record)  # noqa: S101
    return extended(
        whole(inputs.client, "client", "party"),
        **{n: v for n, v in everything.entries.items() if n not in {"party", "people"}},
    )


def _agreement(inputs: AnyInputs[Any]) -> View:
    everything = whole(inputs.agreement, "agreement")
    assert isinstance(everything, Record)  # noqa: S101
    kept = ("id", "title", "version", "kind", "status", "courts", "currency")
    return Record({name: everything.entries[name] for name in kept}, everything.key, everything.origin)


def _calendar(inputs: AnyInputs[Any]) -> View:
    calendar, days = inputs.calendar.model, days_in_force(inputs)
    short = tuple(
        {"date": each.date, "name": each.name, "opens": each.opens, "closes": each.closes}
        for each in short_days(calendar, days)
    )
    return extended(
        whole(inputs.calendar, "calendar"),
        holidays=_named_days(closed_days(calendar, days)),
        weekend_holidays=_named_days(weekend_holidays(calendar, days)),
        short_days=short,
    )


def _named_days(days: tuple[tuple[date, str], ...]) -> tuple[dict[str, Any], ...]:
    return tuple({"date": day, "name": name} for day, name in days)


def _term(inputs: Inputs) -> View:
    agreed = inputs.agreement.model.term
    dates, length = term_dates(agreed, inputs.calendar.model, 0), length_of(agreed)
    return extended(
        whole(inputs.agreement, "term", "term"),
        **({} if agreed.length else {"length": length}),
        last_day=dates.days.last,
        renewal_first_day=dates.days.last + timedelta(days=1),
        decision_day=dates.decision_day,
        months=months_of(agreed, 0),
        renewal_months=months_of(agreed, 1),
        notice_days=dates.notice_days,
        notice_months=agreed.notice.months if agreed.notice_to == "month-end" else None,
        part_of_month=isinstance(length, Span),
        calendar_months=dates.days.first.day == 1 and (dates.days.last + timedelta(days=1)).day == 1,
    )


def _coverage(inputs: Inputs) -> View:
    assets = tuple(
        extended(
            view(asset, f"coverage.assets.{n}", inputs.agreement.at, f"coverage.assets.{n}"),
            label=ASSET_LABELS[asset.kind],
        )
        for n, asset in enumerate(inputs.agreement.model.coverage.assets)
    )
    everything = whole(inputs.agreement, "coverage", "coverage")
    series = Series(assets, "coverage.assets", inputs.agreement.at("coverage.assets"))
    return extended(everything, assets=series, since=None)  # an amendment says from which day


def _plan(inputs: Inputs) -> View:
    plan, at = inputs.plan.model, inputs.plan.at
    tasks: dict[str, list[View]] = {pillar: [] for pillar in ("maintenance", "emergency", "planning", "upgrades")}
    backup = inputs.agreement.model.backup
    for n, task in enumerate(plan.services):
        if is_restore_test(task) and not (backup and backup.sets):
            continue  # there is nothing to restore
        tasks[task.pillar].append(
            view(task, f"plan.services.{task.pillar}.{len(tasks[task.pillar])}", at, f"services.{n}")
        )
    services = {
        pillar: Series(tuple(found), f"plan.services.{pillar}", at("services")) for pillar, found in tasks.items()
    }
    exclusions = tuple(
        extended(
            view(each, f"plan.exclusions.{n}", at, f"exclusions.{n}"), treatment_label=TREATMENT_LABELS[each.treatment]
        )
        for n, each in enumerate(plan.exclusions)
    )
    everything = whole(inputs.plan, "plan")
    return extended(everything, services=services, exclusions=exclusions)


def _levels(inputs: Inputs) -> View:
    levels = inputs.plan.model.service_levels
    origin = inputs.plan.at("service_levels.matrix")
    matrix = tuple(
        {"impact": level.name, "high": row[0], "medium": row[1], "low": row[2]}
        for level, row in zip(levels.impact, levels.matrix, strict=True)
    )
    priorities = tuple(
        extended(
            view(each, f"levels.priorities.{n}", inputs.plan.at, f"service_levels.priorities.{n}"),
            name=f"Priority\u00a0{each.id[1:]}",
        )
        for n, each in enumerate(levels.priorities)
    )
    return extended(
        whole(inputs.plan, "levels", "service_levels"),
        matrix=leaf(matrix, "levels.matrix", origin),
        priorities=priorities,
    )


def _contacts(inputs: AnyInputs[Any]) -> View:
    contacts = inputs.agreement.model.contacts
    sides: dict[str, View] = {}
    for side, pair, file in (
        ("client", contacts.client, inputs.client),
        ("provider", contacts.provider, inputs.provider),
    ):
        sides[side] = extended(
            whole(inputs.agreement, f"contacts.{side}", f"contacts.{side}"),
            primary=person(file, pair.primary, f"contacts.{side}.primary"),
            deputy=person(file, pair.deputy, f"contacts.{side}.deputy") if _has_deputy(pair) else None,
        )
    return leaf({**sides, "escalation": _ladder(inputs)}, "contacts", inputs.agreement.at("contacts"))


def _has_deputy(pair: ClientContacts | ProviderContacts) -> bool:
    """Whether a side has a deputy other than its contact."""
    return pair.deputy not in {None, pair.primary}


def _ladder(inputs: AnyInputs[Any]) -> tuple[View, ...]:
    """The steps of the escalation ladder; a block has none."""
    return tuple(
        extended(
            view(step, f"contacts.escalation.{n}", inputs.agreement.at, f"contacts.escalation.{n}"),
            level=n + 1,
            provider=person(inputs.provider, step.provider, f"contacts.escalation.{n}.provider"),
            client=person(inputs.client, step.client, f"contacts.escalation.{n}.client"),
        )
        for n, step in enumerate(getattr(inputs.agreement.model.contacts, "escalation", ()))
    )


def _fees(inputs: Inputs) -> View:
    agreement = inputs.agreement.model
    lines, floor = fee_lines(inputs), agreement.fees.increase.floor
    monthly = monthly_total(inputs)
    names = ("label", "basis", "quantity", "price", "discount", "amount")
    printed = tuple(
        leaf(
            {**{name: getattr(line, name) for name in names}, "tax_label": tax_label(line.nature, _client_law(inputs))},
            f"fees.lines.{n}",
            line.origin,
        )
        for n, line in enumerate(lines)
    )
    return extended(
        whole(inputs.agreement, "fees", "fees"),
        lines=printed,
        monthly=monthly,
        yearly=monthly * 12,
        **_savings(inputs),
        invoice=monthly * BILLING_MONTHS[agreement.fees.billing],
        currency=agreement.currency,
        discount=commitment_discount(inputs),
        index=whole(inputs.index, "fees.index") if inputs.index else None,
        rise_floor=floor if floor.value else None,
        due_days=agreement.fees.due.count if agreement.fees.due.unit == "day" else None,
    )


def tax_label(nature: str, law: Law) -> str:
    """The tax class of a fee line in the client's state: its nature, and whether the state taxes that, as far as it is known:
    "Security, taxed"."""
    return NATURE_LABELS[nature] + (TREATED[getattr(law.taxes, nature)] if law.taxes else "")


def _client_law(inputs: AnyInputs[Any]) -> Law:
    """The law of the client's place, or the chosen one where that is the only one given."""
    return next((law.model for law in inputs.laws if law.model.id == inputs.client.model.place), inputs.law.model)


def _law(inputs: AnyInputs[Any]) -> View:
    law = inputs.law.model
    return extended(whole(inputs.law, "law"), governing=law.governing or f"the law of {law.full}")


def _savings(inputs: Inputs) -> dict[str, Any]:
    listed, less = list_monthly(inputs), saved(inputs)
    return {
        "list_monthly": listed,
        "list_yearly": listed * 12,
        "saved": less,
        "saved_yearly": less * 12 if less else None,
        "commitments": tuple(map(entries, longer_commitments(inputs))),
    }


def _rates(inputs: AnyInputs[Any]) -> View:
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


def _signatories(inputs: AnyInputs[Any]) -> View:
    signatories = inputs.agreement.model.signatories
    return leaf(
        {
            "provider": person(inputs.provider, signatories.provider, "signatories.provider"),
            "client": person(inputs.client, signatories.client, "signatories.client"),
        },
        "signatories",
        inputs.agreement.at("signatories"),
    )


def _block(inputs: BlockInputs) -> View:
    figures = block_figures(inputs)
    counted = {name: getattr(inputs.rates.model, name) for name in _COUNTING}
    derived = {
        name: getattr(figures, name) for name in ("price", "list_rate", "list_value", "saving", "discount", "last_day")
    }
    block = inputs.agreement.model.block
    numbers = {"valid_months": block.valid.months, "due_days": block.due.count if block.due.unit == "day" else None}
    return extended(whole(inputs.agreement, "block", "block"), **counted, **derived, **numbers)


def _licences(inputs: AnyInputs[Any]) -> View:
    at = inputs.agreement.at
    found = tuple(
        extended(view(each, f"licences.{n}", at, f"licences.{n}"), holder_label=HOLDER_LABELS[each.holder])
        for n, each in enumerate(inputs.agreement.model.licences)
    )
    return Series(found, "licences", at("licences"))


def _backup(inputs: Inputs) -> View:
    backup, at = inputs.agreement.model.backup, inputs.agreement.at
    if backup is None:
        return Fact(None, "backup", at("backup"))
    sets = tuple(
        extended(
            view(each, f"backup.sets.{n}", at, f"backup.sets.{n}"), immutable_label="Yes" if each.immutable else "No"
        )
        for n, each in enumerate(backup.sets)
    )
    return extended(whole(inputs.agreement, "backup", "backup"), sets=Series(sets, "backup.sets", at("backup.sets")))


def _tax(inputs: AnyInputs[Any]) -> View:
    provider, client = inputs.provider.model.party, inputs.client.model.party
    regime = inputs.agreement.model.tax.regime
    across = provider.address.country != client.address.country
    name = _client_law(inputs).tax_name if regime == "ca-gst" else None
    return extended(
        whole(inputs.agreement, "tax", "tax"),
        name=name or TAX_NAMES[regime],
        label=TAX_ON_TOP.get(regime, name or TAX_NAMES[regime]),
        provider_id=provider.tax_id,
        client_id=client.tax_id,
        reverse_charge=across and regime in {"uk-vat", "eu-vat"},
    )


_COUNTING = ("increment", "minimum_remote", "minimum_onsite", "after_hours", "weekend", "sunday", "holiday")
_COMMON: dict[str, Callable[[AnyInputs[Any]], View]] = {
    "agreement": _agreement,
    "provider": _provider,
    "client": _client,
    "law": _law,
    "laws": lambda inputs: leaf(tuple(each.model.id for each in inputs.laws), "laws", inputs.agreement.at("law")),
    "calendar": _calendar,
    "contacts": _contacts,
    "rates": _rates,
    "signatories": _signatories,
    "chosen": lambda inputs: leaf(tuple(inputs.agreement.model.choose), "chosen", inputs.agreement.at("choose")),
    "special_terms": lambda inputs: whole(inputs.agreement, "special_terms", "special_terms"),
    "licences": _licences,
    "data": lambda inputs: whole(inputs.agreement, "data", "data"),
    "tax": _tax,
}
_SUPPORT: dict[str, Callable[[Inputs], View]] = {
    "term": _term,
    "coverage": _coverage,
    "plan": _plan,
    "levels": _levels,
    "fees": _fees,
    "backup": _backup,
}
