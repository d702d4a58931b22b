"""A commented, valid starting point for a client or a further agreement, made from templates/start and the firm's own
files.

Unknown facts are placeholders with which a draft builds: "to be entered", and telephone numbers of nines. The rule `placeholder`
refuses them in a final version, and the agreement's list `open` says what else to look at.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from msgspec import Struct

from contract_assembly.actions.client_start import TEMPLATE, client_words, filled
from contract_assembly.build.pipeline import draft
from contract_assembly.core.origin import Origin
from contract_assembly.core.paths import ALL, folder_of
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.facts.agreed_lines import in_currency
from contract_assembly.facts.agreement import Kind
from contract_assembly.facts.business_days import NO_HOLIDAYS
from contract_assembly.facts.catalogue import Calendar, Plan, Price, Rates
from contract_assembly.facts.fields import Located
from contract_assembly.facts.law import Country, Law
from contract_assembly.facts.parties import Client, Person, Provider
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.laws import country_of, law_of, place_code, read_law
from contract_assembly.repository.source import Edited

_SUFFIX: Mapping[Kind, str] = {"support": "support", "time-block": "block"}
_ALIKE = (
    "law",
    "courts",
    "locale",
    "currency",
    "provider",
    "calendar",
    "plan",
    "term",
    "fees",
    "tax",
    "block",
    "choose",
    "parameters",
)


class Start(Struct, frozen=True):
    """The request: the client, the kind, and the first day. `place` is where the client is, by code or name; `law` is
    the law of the agreement if it is another one; `like` names an agreement to copy terms from."""

    client: str
    kind: Kind
    first_day: date
    place: str | None = None
    law: str | None = None
    like: tuple[str, str] | None = None


class _Places(Struct, frozen=True):
    """The law of the agreement, that of the client's place, and the defaults for contracts in that country."""

    law: Law
    place: Law
    country: Country


def started(repository: Repository, start: Start) -> tuple[str, dict[str, bytes]]:
    """The agreement's name, and the files by their path from the root; they build. Raises RefusedError if the agreement
    already exists, if the client's place is not known, or if no contract can be written for that place."""
    name = f"{start.first_day.year}-{_SUFFIX[start.kind]}"
    folder = folder_of(start.client)
    repository.check_name("client", start.client, ALL)
    like: Located[Any] | None = repository.inputs(*start.like).agreement if start.like else None
    if repository.source.has(f"{folder}/{name}/agreement.yaml"):
        at = Origin(f"{folder}/{name}/agreement.yaml")
        hint = "change that one, or begin on a day of another year"
        raise RefusedError([Problem("exists-already", f"{start.client} has an agreement {name} already", at, hint)])
    known = repository.source.has(f"{folder}/client.yaml")
    client = repository.load(Client, f"{folder}/client.yaml").model if known else None
    words = _words(repository, start, _places(repository, start, like, client), like, client.people if client else ())
    text = filled(repository.text(f"templates/start/{start.kind}.yaml"), words)
    if like and start.like:
        text = _following(text, repository.text(like.at().path), start.first_day)
    files = {f"{folder}/{name}/agreement.yaml": text.encode()}
    if not known:
        files[f"{folder}/client.yaml"] = filled(repository.text(TEMPLATE), words).encode()
    draft(Repository(Edited(repository.source, files)), start.client, name)
    return name, files


def _places(repository: Repository, start: Start, like: Located[Any] | None, client: Client | None) -> _Places:
    """The client's place and the law that applies; nothing is assumed. Raises RefusedError if neither is known."""
    asked = place_code(repository, start.place) if start.place else None
    if client and asked and asked != client.place:
        what = f"{start.client} is in {client.place} according to its client.yaml, not in {asked}"
        hint = "leave the place out, or correct it in client.yaml"
        raise RefusedError([Problem("another-place", what, Origin(f"{folder_of(start.client)}/client.yaml"), hint)])
    ours = (like.model.law if like else None) or (place_code(repository, start.law, "law") if start.law else None)
    place = (client.place if client else None) or asked or ours
    if place is None:
        hint = "add --place with a code or a name: --place US-FL, or --place Florida"
        raise RefusedError([Problem("no-place", f"nothing says where {start.client} is", None, hint)])
    law = law_of(repository, ours or place, None).model
    at = (read_law(repository, place) or law_of(repository, law.id, None)).model
    country = country_of(repository, at) or country_of(repository, law)
    if country is None:
        what = f"{_file(at)} does not say what a contract there starts with"
        raise RefusedError(
            [Problem("no-country", what, Origin(_file(at)), "add country: with its locale and currency")]
        )
    return _Places(law, at, country)


def _file(law: Law) -> str:
    return f"clauses/law/{law.id.partition('-')[0]}.yaml"


def _words(
    repository: Repository, start: Start, places: _Places, like: Located[Any] | None, people: Sequence[Person]
) -> dict[str, str]:
    own = [each.id for each in people] or ["director", "contact", "deputy"]
    law, place, country = places.law, places.place, places.country
    code = place.id.partition("-")[0]
    currency = like.model.currency if like else _currency(repository, country.currency)
    entity, ours = _entity(repository, code, like)
    calendar, holidays = _calendar(repository, place, like)
    rate = repository.load(Rates, "provider/rates.yaml").model.roles[0]
    price = in_currency(rate.rate, currency)
    still_open = [
        *(
            [f"The currency: no plan has a price in {country.currency}"]
            if currency not in {country.currency, ""}
            else []
        ),
        *([f"The calendar: its public holidays are those of {holidays}"] if holidays else []),
    ]
    of_law = country_of(repository, law) or country
    return {
        **client_words(start.client, place, country),
        "ID": f"{start.client.upper()}-{start.first_day.year}-01",
        "LAW": law.id,
        "COURTS": law.courts or f"the courts of {law.full}",
        "LOCALE": of_law.locale,
        "CURRENCY": currency,
        "TAX": country.tax,
        "OPEN": "\n".join(f'  - "{each}"' for each in still_open),
        "FIRST_DAY": start.first_day.isoformat(),
        "PROVIDER": f"provider: {entity}    # a file of provider/entities" if entity else "",
        "CALENDAR": f"calendar: {calendar}    # a file of provider/calendars" if calendar else "",
        "PLAN": _plan(repository, currency) if start.kind == "support" else "",
        "ROLE": rate.role,
        "RATE": f"{(price * Decimal('0.9')).rounded().amount} {price.currency}" if price else "",
        "SIGNS": own[0],
        "CONTACT": own[min(1, len(own) - 1)],
        "DEPUTY": _deputy(own[min(1, len(own) - 1)], [*own[2:], own[0]]),
        "HEAD": ours[0],
        "SECOND": _deputy(ours[min(2, len(ours) - 1)], [*ours[1:], ours[0]]),
        "PRIMARY": ours[min(2, len(ours) - 1)],
        "DESK": ours[-1],
    }


def _deputy(contact: str, people: Sequence[str]) -> str:
    """The line of a contact's deputy: the first other person; empty if there is none."""
    return next((f"deputy: {each}" for each in people if each != contact), "")


def _entity(repository: Repository, country: str, like: Located[Any] | None) -> tuple[str, list[str]]:
    """The firm's entity in that country ("" for the default one), with the ids of its people."""
    names = {"": "provider/provider.yaml"} | {
        each.removesuffix(".yaml"): f"provider/entities/{each}" for each in repository.source.names("provider/entities")
    }
    found = {name: repository.load(Provider, path).model for name, path in names.items()}
    there = [name for name, each in found.items() if each.party.address.country == country]
    name = (like.model.provider or "") if like else (there or [""])[0]
    return name, [each.id for each in found[name].people]


def _calendar(repository: Repository, place: Law, like: Located[Any] | None) -> tuple[str, str]:
    """The firm's calendar with the holidays of a place, otherwise of its country ("" for the default one); and the
    place of its holidays if that is another one."""
    if like:
        return like.model.calendar or "", ""
    country, wanted = place.id.partition("-")[0], place.holidays or place.id
    files = {"": "provider/calendar.yaml"} | {
        each.removesuffix(".yaml"): f"provider/calendars/{each}"
        for each in repository.source.names("provider/calendars")
    }
    kept = {name: repository.load(Calendar, path).model.holidays for name, path in files.items()}
    for fits in (wanted, country):
        for name, holidays in kept.items():
            if holidays == fits:
                return name, ""
    name = next((name for name, holidays in kept.items() if holidays.startswith(country)), "")
    return name, "" if kept[name] == NO_HOLIDAYS else kept[name]


def _currency(repository: Repository, wanted: str) -> str:
    """The wanted currency if a plan has prices in it, otherwise the first currency in which the firm sells."""
    sold = [money.currency for name in _plans(repository) for line in _prices(repository, name) for money in line.price]
    return wanted if wanted in sold or not sold else sold[0]


def _plan(repository: Repository, currency: str) -> str:
    """The first plan that has prices in a currency."""
    names = _plans(repository)
    priced = (n for n in names if any(in_currency(line.price, currency) for line in _prices(repository, n)))
    return next(priced, names[0] if names else "")


def _plans(repository: Repository) -> list[str]:
    """The plans that the firm sells: one without a service describes contracts on other paper."""
    names = repository.names("provider/plans", ".yaml")
    return [name for name in names if repository.load(Plan, f"provider/plans/{name}.yaml").model.services]


def _prices(repository: Repository, plan: str) -> Sequence[Price]:
    return repository.load(Plan, f"provider/plans/{plan}.yaml").model.prices


def _following(text: str, like: str, first_day: date) -> str:
    """The starting point with the law, prices and term of another agreement; its first day stays."""
    own, other = _blocks(text), _blocks(like)
    for key in _ALIKE:
        if key in other:
            own[key] = re.sub(r"first_day: \S+", f"first_day: {first_day.isoformat()}", other[key])
        elif key in own and key in {"provider", "calendar"}:
            del own[key]
    return "".join(own.values())


def _blocks(text: str) -> dict[str, str]:
    """A file's top-level entries as written, each with the lines up to the next one; "" is the part before the
    first."""
    found, key = {"": ""}, ""
    for line in text.splitlines(keepends=True):
        if match := re.match(r"([a-z_]+):", line):
            key = match[1]
            found[key] = ""
        found[key] += line
    return found
