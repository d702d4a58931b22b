"""The template context: every fact that a clause may print about an agreement, by name. Pure.

Cover, clauses, schedules and letters all read it, so that they cannot disagree. Dates come from `term_dates`, amounts from `fees`
and `block_figures`.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from contract_assembly.facts.agreement import ClientContacts, ProviderContacts
from contract_assembly.facts.agreement_files import AnyInputs, BlockInputs, Inputs
from contract_assembly.facts.business_days import closed_days, short_days, weekend_holidays
from contract_assembly.facts.price_views import block_view, fees_view, rates_view, tax_view
from contract_assembly.facts.scope_views import (
    backup_view,
    coverage_view,
    levels_view,
    licences_view,
    plan_view,
    term_view,
)
from contract_assembly.facts.template_values import (
    Fact,
    Record,
    View,
    extended,
    leaf,
    person,
    view,
    whole,
)
from contract_assembly.facts.term_dates import days_in_force


def template_context(inputs: AnyInputs[Any]) -> Record:
    """All facts of an agreement as one record. The files must agree with each other: see `rules.facts.checked`."""
    top: dict[str, View] = {name: build(inputs) for name, build in _COMMON.items()}
    if isinstance(inputs, Inputs):
        top |= {name: build(inputs) for name, build in _SUPPORT.items()}
    elif isinstance(inputs, BlockInputs):
        top["block"] = block_view(inputs)
    return Record(top, "", inputs.agreement.at())


def some_facts(inputs: Inputs, names: Iterable[str], **term: Any) -> Record:
    """Some of the facts of a support contract, for conditions that need no more: a twentieth of the work. `term` overrides dates
    of the term with those of a later one."""
    top = {name: (_COMMON | _SUPPORT)[name](inputs) for name in names}
    return Record({**top, "term": extended(term_view(inputs), **term)}, "", inputs.agreement.at())


def facts_named(inputs: AnyInputs[Any], names: Iterable[str]) -> dict[str, View]:
    """Those of these facts that an agreement of its kind has, for a condition or a period that needs no more."""
    block: dict[str, Callable[[Any], View]] = {"block": block_view}
    builders: dict[str, Callable[[Any], View]] = _COMMON | (_SUPPORT if isinstance(inputs, Inputs) else block)
    return {name: builders[name](inputs) for name in names if name in builders}


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
    kept = ("id", "title", "version", "kind", "origin", "status", "courts", "currency")
    found = {name: everything.entries[name] for name in kept}
    return Record({**found, "renews": _renewed(inputs)}, everything.key, everything.origin)


def _renewed(inputs: AnyInputs[Any]) -> View:
    """The number of the agreement that this one renews; a fact without a value if it renews none."""
    before = inputs.before if isinstance(inputs, Inputs) else None
    origin = before.at("id") if before else inputs.agreement.at("renews")
    return Fact(before.model.id if before else None, "agreement.renews", origin)


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


def _law(inputs: AnyInputs[Any]) -> View:
    law = inputs.law.model
    return extended(whole(inputs.law, "law"), governing=law.governing or f"the law of {law.full}")


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


_COMMON: dict[str, Callable[[AnyInputs[Any]], View]] = {
    "agreement": _agreement,
    "provider": _provider,
    "client": _client,
    "law": _law,
    "laws": lambda inputs: leaf(tuple(each.model.id for each in inputs.laws), "laws", inputs.agreement.at("law")),
    "calendar": _calendar,
    "contacts": _contacts,
    "rates": rates_view,
    "signatories": _signatories,
    "chosen": lambda inputs: leaf(tuple(inputs.agreement.model.choose), "chosen", inputs.agreement.at("choose")),
    "special_terms": lambda inputs: whole(inputs.agreement, "special_terms", "special_terms"),
    "licences": licences_view,
    "data": lambda inputs: whole(inputs.agreement, "data", "data"),
    "tax": tax_view,
}
_SUPPORT: dict[str, Callable[[Inputs], View]] = {
    "term": term_view,
    "coverage": coverage_view,
    "plan": plan_view,
    "levels": levels_view,
    "fees": fees_view,
    "backup": backup_view,
}
