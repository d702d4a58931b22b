"""What to choose from in a form where a fact names something else: people, plans, laws, lines of the fee table. Reads the
repository; a file that cannot be read offers nothing, and its problems are reported where it is used."""

from collections.abc import Iterable, Mapping
from typing import Any

from contract_assembly.actions.edit.facts_file import FactsFile
from contract_assembly.actions.edit.fields import Options
from contract_assembly.core.paths import folder_of
from contract_assembly.facts.catalogue import Plan, Rates
from contract_assembly.facts.parties import Client, Person, Provider
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.laws import every_place
from contract_assembly.repository.models import attempt

_LINES = ("fees.prices.*.line", "fees.discounts.*.lines.*", "fees.steps.*.lines.*", "fees.invoice_addresses.*.lines.*",
          "renewal.prices.*.line", "renewal.ended.*")  # fmt: skip
_OURS = (
    "contacts.provider.primary",
    "contacts.provider.deputy",
    "contacts.escalation.*.provider",
    "signatories.provider",
)
_THEIRS = ("contacts.client.primary", "contacts.client.deputy", "contacts.escalation.*.client", "signatories.client")


def options(repository: Repository, file: FactsFile, plan: str = "") -> Mapping[str, Options]:
    """The values to choose from, with labels, by the pattern of the fields. `plan` is the one chosen in the form, if any."""
    places = attempt([], lambda: places_of(repository)) or ()
    if not file.agreement:
        return {"place": places}
    data = file.data
    found: dict[str, Options] = {
        "law": places,
        "plan": plans_of(repository),
        "renewal.plan": plans_of(repository),
        "provider": _files(repository, "provider/entities"),
        "calendar": _files(repository, "provider/calendars"),
        "fees.increase.series": _files(repository, "provider/indices"),
        "fees.lines.*.add_on": attempt([], lambda: _add_ons(repository)) or (),
    }
    found |= dict.fromkeys(_LINES, _lines(repository, plan or _text(data, "plan"), data))
    found |= dict.fromkeys(_THEIRS, people_of(repository, file.client))
    found |= dict.fromkeys(_OURS, our_people(repository, _text(data, "provider")))
    return {pattern: each for pattern, each in found.items() if each}


def people_of(repository: Repository, client: str) -> Options:
    """A client's people by id."""
    found = attempt([], lambda: repository.load(Client, f"{folder_of(client)}/client.yaml").model.people)
    return _people(found or ())


def our_people(repository: Repository, entity: str = "") -> Options:
    """The people of our company by id, of one of its entities if that is named."""
    path = f"provider/entities/{entity}.yaml" if entity else "provider/provider.yaml"
    return _people(attempt([], lambda: repository.load(Provider, path).model.people) or ())


def _people(found: Iterable[Person]) -> Options:
    return tuple((each.id, f"{each.name}, {each.role}") for each in found)


def plans_of(repository: Repository) -> Options:
    """The plans by id."""
    names = repository.names("provider/plans", ".yaml")
    return tuple((name, each.name if each else name) for name in names for each in [_plan(repository, name)])


def _plan(repository: Repository, name: str) -> Plan | None:
    path = f"provider/plans/{name}.yaml"
    return attempt([], lambda: repository.load(Plan, path).model) if repository.source.has(path) else None


def places_of(repository: Repository) -> Options:
    """Every place for which a contract can be written, by code."""
    return tuple(sorted(dict(every_place(repository)).items(), key=lambda each: each[1]))


def _files(repository: Repository, folder: str) -> Options:
    return tuple((name, "") for name in repository.names(folder, ".yaml"))


def _add_ons(repository: Repository) -> Options:
    return tuple((each.id, each.name) for each in repository.load(Rates, "provider/rates.yaml").model.add_ons)


def _lines(repository: Repository, plan: str, data: Mapping[str, Any]) -> Options:
    """The lines of the fee table: the plan's, and the agreement's own."""
    found = _plan(repository, plan) if plan else None
    theirs = tuple((each.id, each.label) for each in found.prices) if found else ()
    fees = data.get("fees")
    own = fees.get("lines", ()) if isinstance(fees, Mapping) else ()
    named = (_text(each, "id") or _text(each, "add_on") for each in own if isinstance(each, Mapping))
    return (*theirs, *((name, "") for name in named if name))


def _text(data: Any, key: str) -> str:
    found = data.get(key, "") if isinstance(data, Mapping) else ""
    return found if isinstance(found, str) else ""
