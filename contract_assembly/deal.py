"""The deal: everything that a clause may say about an agreement, by name, worked out once from all the facts. Pure.

Dates, fee lines, totals and the people behind the contacts are derived here and nowhere else, so that the cover, the
clauses, the schedules and the letters cannot disagree.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from contract_assembly import consistency
from contract_assembly.facts import Fact, Record, Series, View
from contract_assembly.inputs import Inputs
from contract_assembly.origin import Origin
from contract_assembly.parties import Person
from contract_assembly.problems import RefusedError
from contract_assembly.reckoning import decision_day, fee_lines, in_currency, initial_term
from contract_assembly.typed import Located, Model
from contract_assembly.values import total
from contract_assembly.workdays import closed_days

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
BILLING_MONTHS = {"monthly": 1, "quarterly": 3, "yearly": 12}


def deal(inputs: Inputs) -> Record:
    """All facts of an agreement as one record. Raises RefusedError with every problem between the files."""
    if found := tuple(consistency.problems(inputs)):
        raise RefusedError(found)
    top: dict[str, View] = {name: build(inputs) for name, build in _SECTIONS.items()}
    return Record(top, "", inputs.agreement.at())


def _view(value: Any, key: str, at: Callable[[str], Origin], path: str) -> View:
    """A model, list or leaf as facts: `key` is its name for templates, `path` its place in the file that `at` knows."""
    if isinstance(value, Model):
        return Record(
            {
                n: _view(getattr(value, n), f"{key}.{n}", at, f"{path}.{n}" if path else n)
                for n in type(value).model_fields
            },
            key,
            at(path),
        )
    if isinstance(value, tuple):
        return Series(
            tuple(_view(each, f"{key}.{n}", at, f"{path}.{n}") for n, each in enumerate(value)), key, at(path)
        )
    return Fact(value, key, at(path))


def _with(view: View, **more: Any) -> Record:
    """A record with further facts, which stand where the record stands unless they are views already."""
    assert isinstance(view, Record)  # noqa: S101  # only models are extended
    return Record(
        {**view.entries, **{n: _leaf(value, f"{view.key}.{n}", view.origin) for n, value in more.items()}},
        view.key,
        view.origin,
    )


def _leaf(value: Any, key: str, origin: Origin) -> View:
    if isinstance(value, Fact | Record | Series):
        return value
    if isinstance(value, dict):
        return Record({n: _leaf(each, f"{key}.{n}", origin) for n, each in value.items()}, key, origin)
    if isinstance(value, tuple):
        return Series(tuple(_leaf(each, f"{key}.{n}", origin) for n, each in enumerate(value)), key, origin)
    return Fact(value, key, origin)


def _whole(file: Located[Any], key: str, path: str = "") -> View:
    value = file.model
    for step in path.split(".") if path else ():
        value = getattr(value, step)
    return _view(value, key, file.at, path)


def _person(file: Located[Any], person: str, key: str) -> View:
    people: tuple[Person, ...] = file.model.people
    position = next(n for n, each in enumerate(people) if each.id == person)
    return _view(people[position], key, file.at, f"people.{position}")


def _provider(inputs: Inputs) -> View:
    return _with(_whole(inputs.provider, "provider", "party"), desk=_whole(inputs.provider, "provider.desk", "desk"))


def _client(inputs: Inputs) -> View:
    whole = _whole(inputs.client, "client")
    assert isinstance(whole, Record)  # noqa: S101
    return _with(
        _whole(inputs.client, "client", "party"),
        **{n: v for n, v in whole.entries.items() if n not in {"party", "people"}},
    )


def _agreement(inputs: Inputs) -> View:
    whole = _whole(inputs.agreement, "agreement")
    assert isinstance(whole, Record)  # noqa: S101
    kept = ("id", "title", "version", "kind", "status", "courts", "currency")
    return Record({name: whole.entries[name] for name in kept}, whole.key, whole.origin)


def _calendar(inputs: Inputs) -> View:
    closed = closed_days(inputs.calendar.model, initial_term(inputs.agreement.model))
    return _with(
        _whole(inputs.calendar, "calendar"), holidays=tuple({"date": day, "name": name} for day, name in closed)
    )


def _term(inputs: Inputs) -> View:
    agreement = inputs.agreement.model
    days = initial_term(agreement)
    return _with(
        _whole(inputs.agreement, "term", "term"),
        last_day=days.last,
        renewal_first_day=days.last + timedelta(days=1),
        decision_day=decision_day(agreement, inputs.calendar.model),
    )


def _coverage(inputs: Inputs) -> View:
    assets = tuple(
        _with(
            _view(asset, f"coverage.assets.{n}", inputs.agreement.at, f"coverage.assets.{n}"),
            label=ASSET_LABELS[asset.kind],
        )
        for n, asset in enumerate(inputs.agreement.model.coverage.assets)
    )
    whole = _whole(inputs.agreement, "coverage", "coverage")
    return _with(whole, assets=Series(assets, "coverage.assets", inputs.agreement.at("coverage.assets")))


def _plan(inputs: Inputs) -> View:
    plan, at = inputs.plan.model, inputs.plan.at
    tasks: dict[str, list[View]] = {pillar: [] for pillar in ("maintenance", "emergency", "planning", "upgrades")}
    for n, task in enumerate(plan.services):
        tasks[task.pillar].append(
            _view(task, f"plan.services.{task.pillar}.{len(tasks[task.pillar])}", at, f"services.{n}")
        )
    services = {
        pillar: Series(tuple(found), f"plan.services.{pillar}", at("services")) for pillar, found in tasks.items()
    }
    exclusions = tuple(
        _with(
            _view(each, f"plan.exclusions.{n}", at, f"exclusions.{n}"), treatment_label=TREATMENT_LABELS[each.treatment]
        )
        for n, each in enumerate(plan.exclusions)
    )
    whole = _whole(inputs.plan, "plan")
    return _with(whole, services=services, exclusions=exclusions)


def _levels(inputs: Inputs) -> View:
    levels = inputs.plan.model.service_levels
    origin = inputs.plan.at("service_levels.matrix")
    matrix = tuple(
        {"impact": level.name, "high": row[0], "medium": row[1], "low": row[2]}
        for level, row in zip(levels.impact, levels.matrix, strict=True)
    )
    priorities = tuple(
        _with(
            _view(each, f"levels.priorities.{n}", inputs.plan.at, f"service_levels.priorities.{n}"),
            name=f"Priority\u00a0{each.id[1:]}",
        )
        for n, each in enumerate(levels.priorities)
    )
    return _with(
        _whole(inputs.plan, "levels", "service_levels"),
        matrix=_leaf(matrix, "levels.matrix", origin),
        priorities=priorities,
    )


def _contacts(inputs: Inputs) -> View:
    contacts = inputs.agreement.model.contacts
    ladder = tuple(
        _with(
            _view(step, f"contacts.escalation.{n}", inputs.agreement.at, f"contacts.escalation.{n}"),
            level=n + 1,
            provider=_person(inputs.provider, step.provider, f"contacts.escalation.{n}.provider"),
            client=_person(inputs.client, step.client, f"contacts.escalation.{n}.client"),
        )
        for n, step in enumerate(contacts.escalation)
    )
    sides: dict[str, View] = {}
    for side, pair, file in (
        ("client", contacts.client, inputs.client),
        ("provider", contacts.provider, inputs.provider),
    ):
        sides[side] = _with(
            _whole(inputs.agreement, f"contacts.{side}", f"contacts.{side}"),
            primary=_person(file, pair.primary, f"contacts.{side}.primary"),
            deputy=_person(file, pair.deputy, f"contacts.{side}.deputy"),
        )
    return _leaf({**sides, "escalation": ladder}, "contacts", inputs.agreement.at("contacts"))


def _fees(inputs: Inputs) -> View:
    agreement = inputs.agreement.model
    lines = fee_lines(inputs)
    monthly = total((line.amount for line in lines), agreement.currency)
    printed = tuple(
        _leaf(
            {
                "label": line.label,
                "basis": line.basis,
                "quantity": line.quantity,
                "price": line.price,
                "amount": line.amount,
            },
            f"fees.lines.{n}",
            line.origin,
        )
        for n, line in enumerate(lines)
    )
    return _with(
        _whole(inputs.agreement, "fees", "fees"),
        lines=printed,
        monthly=monthly,
        yearly=monthly * 12,
        invoice=monthly * BILLING_MONTHS[agreement.fees.billing],
        currency=agreement.currency,
    )


def _rates(inputs: Inputs) -> View:
    currency = inputs.agreement.model.currency
    roles = tuple(
        _with(_view(each, f"rates.roles.{n}", inputs.rates.at, f"roles.{n}"), rate=in_currency(each.rate, currency))
        for n, each in enumerate(inputs.rates.model.roles)
    )
    return _with(_whole(inputs.rates, "rates"), roles=roles)


def _signatories(inputs: Inputs) -> View:
    signatories = inputs.agreement.model.signatories
    return _leaf(
        {
            "provider": _person(inputs.provider, signatories.provider, "signatories.provider"),
            "client": _person(inputs.client, signatories.client, "signatories.client"),
        },
        "signatories",
        inputs.agreement.at("signatories"),
    )


_SECTIONS: dict[str, Callable[[Inputs], View]] = {
    "agreement": _agreement,
    "provider": _provider,
    "client": _client,
    "law": lambda inputs: _whole(inputs.law, "law"),
    "calendar": _calendar,
    "term": _term,
    "coverage": _coverage,
    "plan": _plan,
    "levels": _levels,
    "contacts": _contacts,
    "fees": _fees,
    "rates": _rates,
    "signatories": _signatories,
    "special_terms": lambda inputs: _whole(inputs.agreement, "special_terms", "special_terms"),
}
