"""Which laws apply to an agreement: the one that it chooses, that of the client's place, and the wider ones. Reads `clauses/law`.

A place has its own file, `clauses/law/US-NY.yaml`, or a line in the table of its country, `clauses/law/US.yaml`. The
line is enough for a contract; a file adds rules of the law there.
"""

import re
from collections.abc import Iterator
from typing import Protocol

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import joined, nearest, shown
from contract_assembly.facts.agreement import Agreed
from contract_assembly.facts.fields import Located, M
from contract_assembly.facts.formatters import country_name
from contract_assembly.facts.law import Country, Law, Place
from contract_assembly.facts.parties import Client
from contract_assembly.repository.source import Source

_FOLDER = "clauses/law"
_CODE = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")


class Loader(Protocol):
    """What this module needs of a repository."""

    @property
    def source(self) -> Source:
        """The files."""

    def load(self, model: type[M], path: str) -> Located[M]:
        """A YAML file as a model, with its lines."""


def laws_of(files: Loader, agreed: Located[Agreed], about: Located[Client] | None) -> tuple[Located[Law], ...]:
    """The chosen law, then that of the client's place, and the wider laws of both, each once. Raises RefusedError if
    the law cannot be chosen, or the place does not exist."""
    chosen = law_of(files, agreed.model.law, agreed.at("law"))
    waiting = [chosen, *([_place_of(files, about.model.place, about.at("place"))] if about else [])]
    found: dict[str, Located[Law]] = {}
    while waiting:
        law = waiting.pop(0)
        if law.model.id not in found:
            found[law.model.id] = law
            waiting.extend(wide for name in law.model.within if (wide := read_law(files, name)))
    return tuple(found.values())


def law_of(files: Loader, code: str, where: Origin | None) -> Located[Law]:
    """The law that an agreement chooses by its code. Raises RefusedError, with the reason, if it cannot be chosen."""
    law = read_law(files, code)
    if law and law.model.chosen == "yes":
        return law
    raise RefusedError([_refusal(files, "law", code, where)])


def read_law(files: Loader, code: str) -> Located[Law] | None:
    """A law by its code, from its own file or its line in its country's table; None if it has neither."""
    if files.source.has(path := f"{_FOLDER}/{code}.yaml"):
        return files.load(Law, path)
    country, _, part = code.partition("-")
    wide = _table(files, country)
    line = wide.model.places.get(part) if wide else None
    if wide is None or wide.model.country is None or line is None or line.refused:
        return None
    return Located(_made(code, line, wide.model.country), {"": wide.at(f"places.{part}")})


def country_of(files: Loader, law: Law) -> Country | None:
    """The defaults for new contracts in the country of a law; None if its file has none."""
    wide = read_law(files, law.id.partition("-")[0])
    return wide.model.country if wide else None


def place_code(files: Loader, text: str, what: str = "place") -> str:
    """The code of a place given by its code or its name, "US-FL" or "Florida". Raises RefusedError for an unknown
    place, and suggests another one only for a misspelt name."""
    names = {name.casefold(): (code, name) for code, name in every_place(files, refused=True)}
    known = names.get(text.strip().casefold())
    code = known[0] if known else text.strip().upper()
    if _CODE.fullmatch(code):
        found = law_of(files, code, None) if what == "law" else _place_of(files, code, None)
        return str(found.model.id)
    near = nearest(text.strip().casefold(), names)
    hint = f"did you mean {names[near][1]}, {names[near][0]}?" if near else "write its code, like US-FL, or its name"
    raise RefusedError([Problem(f"unknown-{what}", f"{shown(text)} is not the name or code of a place", None, hint)])


def _place_of(files: Loader, code: str, where: Origin | None) -> Located[Law]:
    """The law of a client's place. A country without a file is a place whose law is not known here."""
    law = read_law(files, code)
    if law and law.model.chosen == "yes":
        return law
    country, _, part = code.partition("-")
    name = code if part else country_name(country)
    if law is None and name and country_name(country) and not files.source.has(f"{_FOLDER}/{country}.yaml"):
        return Located(Law(id=code, name=name, full=name, chosen="no", general=True), {"": where or Origin(_FOLDER)})
    raise RefusedError([_refusal(files, "place", code, where)])


def _refusal(files: Loader, what: str, code: str, where: Origin | None) -> Problem:
    """The reason why no contract can be written under a law, or for a client in a place, and what to write instead."""
    country, _, part = code.partition("-")
    wide = _table(files, country)
    rule = f"unknown-{what}"
    if wide is None and not country_name(country):
        return Problem(rule, f"{shown(country)} is not the code of a country", where, "write one like US-FL or GB-SCT")
    own = read_law(files, code)
    if own and own.model.country is None:
        hint = "choose another, or write its clauses first"
        return Problem(rule, f"{code} is a law that no clause was written for", where, hint)
    if wide is None and not (countries := [law.model.name for law in _files(files) if law.model.country]):
        known = joined(law.model.id for law in _files(files)) or "none"
        hint = f"known here: {known}; add {_FOLDER}/{code}.yaml for another"
        return Problem(rule, f"there is no law of {code} in {_FOLDER}", where, hint)
    if wide is None:
        hint = f"there are clauses for {joined(countries)}; docs/places.md lists their places"
        return Problem(rule, f"no clause was written for {country_name(country)}", where, hint)
    line = wide.model.places.get(part)
    if line and line.refused:
        return Problem(rule, f"no contract can be written for {line.name} ({code})", where, line.refused)
    if not part:
        first = next(iter(wide.model.places), "")
        hint = f"write the part of it whose law applies, like {country}-{first}"
        return Problem(rule, f"{code} is the whole of {wide.model.name}, which has no one law", where, hint)
    known = ", ".join(name for name, each in wide.model.places.items() if not each.refused)
    hint = f"its places are {known}; see {wide.at().path}"
    return Problem(rule, f"{code} is not a place in {wide.model.name}", where, hint)


def _table(files: Loader, country: str) -> Located[Law] | None:
    """A country's file, if it has a table of places."""
    path = f"{_FOLDER}/{country}.yaml"
    wide = files.load(Law, path) if files.source.has(path) else None
    return wide if wide and wide.model.places else None


def _made(code: str, line: Place, country: Country) -> Law:
    """The law of a place, from its line and the usual forms of its country. Counsel has not reviewed any clause for
    it."""
    full = line.full or country.full.format(name=line.name)
    return Law(
        id=code,
        name=line.name,
        full=full,
        governing=line.governing or country.governing.format(name=line.name, full=full),
        courts=line.courts or country.courts.format(name=line.name, full=full),
        general=True,
        within=(code.partition("-")[0],),
        holidays=line.holidays,
        tax_name=line.tax_name,
    )


def _files(files: Loader) -> Iterator[Located[Law]]:
    return (files.load(Law, f"{_FOLDER}/{each}") for each in files.source.names(_FOLDER) if each.endswith(".yaml"))


def every_place(files: Loader, *, refused: bool = False) -> Iterator[tuple[str, str]]:
    """The code and name of every place that has a law; also of those for which no contract can be written, if `refused`."""
    for law in _files(files):
        if law.model.chosen == "yes":
            yield law.model.id, law.model.name
        lines = law.model.places.items()
        yield from ((f"{law.model.id}-{part}", line.name) for part, line in lines if refused or not line.refused)
