"""A commented, valid starting point for a client or a further agreement, made of templates/start and of what the firm has.

What is not known yet is a placeholder that builds, and a line of the agreement's list `open`, which keeps it from being final.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from contract_assembly.build.pipeline import draft
from contract_assembly.core.origin import Origin
from contract_assembly.core.paths import ALL, folder_of
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import did_you_mean
from contract_assembly.facts.agreement import Kind
from contract_assembly.facts.catalogue import Calendar, Plan, Rates
from contract_assembly.facts.fees import in_currency
from contract_assembly.facts.fields import Located
from contract_assembly.facts.law import Law
from contract_assembly.facts.parties import Client, Person, Provider
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.source import Edited

# What follows from the country of the law chosen: locale, currency, tax, a number for drama, and what an address has.
_COUNTRIES: Mapping[str, Mapping[str, str]] = {
    "US": {
        "LOCALE": "en-US",
        "CURRENCY": "USD",
        "TAX": "us-sales",
        "PHONE": "+1 212 555 0100",
        "REGION": "    region: NY",
    },
    "GB": {
        "LOCALE": "en-GB",
        "CURRENCY": "GBP",
        "TAX": "uk-vat",
        "PHONE": "+44 20 7946 0100",
        "TAX_ID": "  tax_id: GB 000 0000 00",
    },
    "IE": {
        "LOCALE": "en-IE",
        "CURRENCY": "EUR",
        "TAX": "eu-vat",
        "PHONE": "+353 20 910 0100",
        "TAX_ID": "  tax_id: IE 0000000AA",
    },
}
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


@dataclass(frozen=True, slots=True)
class Start:
    """What is begun: for whom, of which kind, under which law, from which day; `like` names an agreement to follow."""

    client: str
    kind: Kind
    law: str
    first_day: date
    like: tuple[str, str] | None = None


def started(repository: Repository, start: Start) -> tuple[str, dict[str, bytes]]:
    """The agreement's name, and the files by their path from the root; they build. Raises RefusedError where something is
    there already, or where the firm has nothing for that law."""
    name = f"{start.first_day.year}-{_SUFFIX[start.kind]}"
    folder = folder_of(start.client)
    repository.check_name("client", start.client, ALL)
    like: Located[Any] | None = repository.inputs(*start.like).agreement if start.like else None
    law = like.model.law if like else start.law
    if repository.source.has(f"{folder}/{name}/agreement.yaml"):
        at = Origin(f"{folder}/{name}/agreement.yaml")
        hint = "change that one, or begin on a day of another year"
        raise RefusedError([Problem("exists-already", f"{start.client} has an agreement {name} already", at, hint)])
    known = repository.source.has(f"{folder}/client.yaml")
    people = repository.load(Client, f"{folder}/client.yaml").model.people if known else ()
    words = _words(repository, start, law, like, people)
    text = _filled(repository.text(f"templates/start/{start.kind}.yaml"), words)
    if like and start.like:
        text = _following(text, repository.text(like.at().path), start.first_day)
    files = {f"{folder}/{name}/agreement.yaml": text.encode()}
    if not known:
        files[f"{folder}/client.yaml"] = _filled(repository.text("templates/start/client.yaml"), words).encode()
    draft(Repository(Edited(repository.source, files)), start.client, name)
    return name, files


def _words(
    repository: Repository, start: Start, law: str, like: Located[Any] | None, people: Sequence[Person]
) -> dict[str, str]:
    country = law.partition("-")[0]
    path = f"clauses/law/{law}.yaml"
    if country not in _COUNTRIES or not repository.source.has(path):
        known = [each.removesuffix(".yaml") for each in repository.source.names("clauses/law")]
        hint = did_you_mean(law, [each for each in known if _chosen(repository, each)])
        raise RefusedError([Problem("unknown-law", f"unknown law: {law}", None, hint)])
    table = {"REGION": "", "TAX_ID": "", **_COUNTRIES[country]}
    table["CURRENCY"] = like.model.currency if like else table["CURRENCY"]
    own = [each.id for each in people] or ["director", "contact", "deputy"]
    entity, ours = _entity(repository, country, like)
    calendar = _calendar(repository, country, like)
    rate = repository.load(Rates, "provider/rates.yaml").model.roles[0]
    price = in_currency(rate.rate, table["CURRENCY"])
    return {
        **table,
        "CLIENT": start.client,
        "NAME": " ".join(each.capitalize() for each in start.client.split("-")),
        "ID": f"{start.client.upper()}-{start.first_day.year}-01",
        "LAW": law,
        "COUNTRY": country,
        "FULL": repository.load(Law, path).model.full,
        "JURISDICTION": repository.load(Law, path).model.name,
        "FIRST_DAY": start.first_day.isoformat(),
        "PROVIDER": f"provider: {entity}    # a file of provider/entities" if entity else "",
        "CALENDAR": f"calendar: {calendar}    # a file of provider/calendars" if calendar else "",
        "PLAN": _plan(repository, table["CURRENCY"]) if start.kind == "support" else "",
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
    """The line of a contact's deputy: the first other person; nothing where there is none."""
    return next((f"deputy: {each}" for each in people if each != contact), "")


def _chosen(repository: Repository, law: str) -> bool:
    return repository.load(Law, f"clauses/law/{law}.yaml").model.chosen != "no"


def _entity(repository: Repository, country: str, like: Located[Any] | None) -> tuple[str, list[str]]:
    """The firm's entity of that country, "" for the usual one, with its people's ids."""
    names = {"": "provider/provider.yaml"} | {
        each.removesuffix(".yaml"): f"provider/entities/{each}" for each in repository.source.names("provider/entities")
    }
    found = {name: repository.load(Provider, path).model for name, path in names.items()}
    there = [name for name, each in found.items() if each.party.address.country == country]
    name = (like.model.provider or "") if like else (there or [""])[0]
    return name, [each.id for each in found[name].people]


def _calendar(repository: Repository, country: str, like: Located[Any] | None) -> str:
    if like:
        return like.model.calendar or ""
    if repository.load(Calendar, "provider/calendar.yaml").model.holidays.startswith(country):
        return ""
    names = [each.removesuffix(".yaml") for each in repository.source.names("provider/calendars")]
    there = (
        each
        for each in names
        if repository.load(Calendar, f"provider/calendars/{each}.yaml").model.holidays.startswith(country)
    )
    return next(there, "")


def _plan(repository: Repository, currency: str) -> str:
    """The first plan that has prices in a currency."""
    names = [each.removesuffix(".yaml") for each in repository.source.names("provider/plans")]
    priced = (
        each
        for each in names
        if any(
            in_currency(line.price, currency)
            for line in repository.load(Plan, f"provider/plans/{each}.yaml").model.prices
        )
    )
    return next(priced, names[0] if names else "")


def _filled(text: str, words: Mapping[str, str]) -> str:
    """A template with its words; a line that was nothing but an empty word goes."""
    lines = []
    for line in text.split("\n"):
        new = re.sub(r"@([A-Z_]+)@", lambda m: words[m[1]], line)
        if new.strip() or not line:
            lines.append(re.sub(r" {2,}#", "  #", new) if new != line else line)
    return "\n".join(lines)


def _following(text: str, like: str, first_day: date) -> str:
    """The starting point with what another agreement says of its law, price and term; its first day stays."""
    own, other = _blocks(text), _blocks(like)
    for key in _ALIKE:
        if key in other:
            own[key] = re.sub(r"first_day: \S+", f"first_day: {first_day.isoformat()}", other[key])
        elif key in own and key in {"provider", "calendar"}:
            del own[key]
    return "".join(own.values())


def _blocks(text: str) -> dict[str, str]:
    """A file's top-level entries as they are written, each with the lines up to the next one; "" is the head."""
    found, key = {"": ""}, ""
    for line in text.splitlines(keepends=True):
        if match := re.match(r"([a-z_]+):", line):
            key = match[1]
            found[key] = ""
        found[key] += line
    return found
