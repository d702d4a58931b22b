"""Take over clients and the contracts that they have signed on other paper, from a table. Reads through the repository;
writes nothing.

Each client is taken over whole, or not at all. What the table does not say of a client becomes a placeholder, and a line
in the list `open`, so that the first contract on our paper cannot be final before it is settled."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from itertools import pairwise
from typing import TypeVar

from contract_assembly.actions.contract_elsewhere import (
    SIGNED_PDF,
    Place,
    Terms,
    agreement_file,
    client_file,
    place_of,
    plan_file,
    record_of,
)
from contract_assembly.core.csv_tables import folded
from contract_assembly.core.origin import Origin
from contract_assembly.core.paths import ALL, folder_of
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import did_you_mean, shown
from contract_assembly.core.values import Duration
from contract_assembly.facts.client_mapping import ClientColumns, ClientMapping, amount, problems
from contract_assembly.facts.export_cells import day
from contract_assembly.facts.export_mapping import Record, records
from contract_assembly.facts.fields import Located, whole
from contract_assembly.facts.parties import Provider
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.laws import place_code
from contract_assembly.repository.record_file import RECORD
from contract_assembly.repository.source import Edited

MOST_ROWS = 20_000
_LIKE = 0.9  # how alike two names are before a person is asked to look
_LEGAL = frozenset("the llc inc ltd limited corp corporation company co plc pllc pc llp lp pty gmbh".split())  # noqa: SIM905
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Taken:
    """One client that is taken over: its folder's name, its files by path from there, and its agreements."""

    client: str
    files: Mapping[str, bytes]
    agreements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Import:
    """The clients of a table that can be taken over, what is wrong with the others, and files that all of them need."""

    rows: int
    clients: tuple[Taken, ...]
    problems: tuple[Problem, ...]
    shared: Mapping[str, bytes]


@dataclass
class _Row:
    """One row, with what is wrong with it."""

    record: Record
    mapping: ClientMapping
    problems: list[Problem] = field(default_factory=list)

    def text(self, name: str) -> str:
        return self.record.cells.get(name, "") or self.mapping.values.get(name, "")

    def cells(self) -> dict[str, str]:
        return {name: self.text(name) for name in ClientColumns.model_fields}

    def wrong(self, name: str, what: str, hint: str) -> None:
        heads = self.mapping.heads().get(name)
        column = f"column {' and '.join(heads)}: " if heads else ""
        self.problems.append(Problem("import-cell", f"{column}{what}", self.record.origin, hint))

    def read(self, name: str, reader: Callable[[str], T], *, needed: bool = True) -> T | None:
        text = self.text(name)
        if not text:
            if needed:
                self.wrong(name, f"{name} is blank", "fill it in, or leave the row out: leave_out: in a mapping")
            return None
        try:
            return reader(text)
        except ValueError as error:
            self.wrong(name, str(error), "correct this cell, or the mapping")
        except RefusedError as error:
            for each in error.problems:
                self.wrong(name, each.what, each.hint)
        return None


def taken_over(
    repository: Repository, data: bytes, path: str, mapping: Located[ClientMapping], pdf: Callable[[str], bytes]
) -> Import:
    """Read a table. `pdf` returns the bytes of a signed PDF by its path in the table, and raises RefusedError.

    Raises RefusedError if the mapping, the file or its head cannot be used."""
    if wrong := tuple(problems(mapping)):
        raise RefusedError(wrong)
    read = records(data, path, mapping, "", ())
    if not read.rows:
        raise RefusedError(
            [Problem("import-empty", "the table has no rows", Origin(path), "nothing can be taken over")]
        )
    if read.rows > MOST_ROWS:
        what, hint = (
            f"the table has {read.rows:,} rows, over {MOST_ROWS:,}",
            "export a list with one row for a contract",
        )
        raise RefusedError([Problem("import-rows", what, Origin(path), hint)])
    rows = [_Row(each, mapping.model) for each in read.found]
    shared = plan_file(repository)
    base = Repository(Edited(repository.source, dict(shared)))
    doubled, near = _doubles(repository, rows)
    refused = {each.origin for each in doubled}
    clients, found = list[Taken](), [*read.problems, *doubled, *near]
    for client, group in _by_client(repository, rows).items():
        is_refused = not refused.isdisjoint(row.record.origin for row in group)
        taken = None if is_refused else _client(base, client, group, pdf)
        wrong = tuple(each for row in group for each in row.problems)
        found += wrong
        if taken and not wrong:
            try:
                _check(base, taken)
                clients.append(taken)
            except RefusedError as error:
                found += error.problems
    return Import(read.rows, tuple(clients), tuple(found), shared)


def _by_client(repository: Repository, rows: list[_Row]) -> dict[str, list[_Row]]:
    found: dict[str, list[_Row]] = {}
    for row in rows:
        name = row.read("company", str) or ""
        slug = _slug(row.text("short") or name)
        try:
            if name:
                repository.check_name("client", slug, ALL)
        except RefusedError:
            hint = "give it a short name in Latin letters"
            row.wrong("company", f"no folder can be named after {shown(name)}", hint)
        found.setdefault(slug, []).append(row)
    return found


def _slug(name: str) -> str:
    """The name of a client's folder, without its legal form."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower().replace("&", " and ")
    words = re.findall(r"[a-z0-9]+", plain.replace("'", ""))
    return "-".join([each for each in words if each not in _LEGAL] or words)[:60].strip("-")


def _doubles(repository: Repository, rows: list[_Row]) -> tuple[list[Problem], list[Problem]]:
    """Rows whose client is there in another spelling, or in the repository already; and names that are nearly alike."""
    spelt: dict[str, dict[str, _Row]] = {}
    for row in rows:
        spelt.setdefault(_slug(row.text("company")), {}).setdefault(folded(row.text("company")), row)
    known = {_slug(name): client for client, name in repository.names_of_clients()}
    wrong = [each for slug, names in spelt.items() if slug for each in _of_one_name(repository, known, slug, names)]
    near = []
    for before, slug in pairwise(sorted({*spelt, *known} - {""})):
        if slug in spelt and get_close_matches(slug, [before], 1, _LIKE):
            row = next(iter(spelt[slug].values()))
            other = known.get(before) or next(iter(spelt[before].values())).text("company")
            what = f"{row.text('company')} is nearly {shown(other)}"
            near.append(Problem("import-near", what, row.record.origin, "see that they are two clients", "warning"))
    return wrong, near


def _of_one_name(
    repository: Repository, known: Mapping[str, str], slug: str, names: Mapping[str, _Row]
) -> list[Problem]:
    if slug in known or repository.source.exists(folder_of(slug)):
        hint = "leave the row out, or begin a further agreement of that client with 'build.py new'"
        return [
            Problem(
                "exists-already",
                f"{row.text('company')} is a client already: {known.get(slug, slug)}",
                row.record.origin,
                hint,
            )
            for row in names.values()
        ]
    if len(names) == 1:
        return []
    found = []
    for row in names.values():
        others = ", ".join(
            f"{shown(each.text('company'))} in line {each.record.origin.line}"
            for each in names.values()
            if each is not row
        )
        what = f"{row.text('company')} is there in another spelling: {others}"
        found.append(Problem("import-doubled", what, row.record.origin, "write one name for one client"))
    return found


def _client(files: Repository, client: str, rows: list[_Row], pdf: Callable[[str], bytes]) -> Taken | None:
    """The files of a client with all its contracts; what is wrong is added to its rows."""
    found, names = dict[str, bytes](), list[str]()
    ours = tuple(each.id for each in files.load(Provider, "provider/provider.yaml").model.people)
    place: Place | None = None
    for row in rows:
        place = row.read("place", lambda text: place_of(files, place_code(files, text, "law")))
        terms = _terms(files, client, row)
        signed = row.read("file", pdf, needed=False)
        if place is None or terms is None or row.problems:
            continue
        name = f"{terms.first.year}-support"
        if name in names:
            hint = "take one of them over, and begin the other with 'build.py new'"
            row.wrong("first_day", f"{client} has two contracts that begin in {terms.first.year}", hint)
        names.append(name)
        copies = {SIGNED_PDF: signed} if signed else {}
        found |= {f"{name}/{file}": data for file, data in copies.items()}
        found[f"{name}/agreement.yaml"] = agreement_file(terms, row.cells(), place, ours)
        found[f"{name}/{RECORD}"] = record_of(folder_of(client, name), terms.signed_on, copies)
    if place is None or not names:
        return None
    found["client.yaml"] = client_file(client, rows[0].cells(), place)
    return Taken(client, found, tuple(names))


def _terms(files: Repository, client: str, row: _Row) -> Terms | None:
    model = row.mapping

    def one_day(text: str) -> date:
        return day(text, model.dates)

    def word(meanings: Mapping[str, str], *plain: str) -> Callable[[str], str]:
        return lambda text: _meaning(text, {**{each: each for each in plain}, **meanings})

    first, last = row.read("first_day", one_day), row.read("last_day", one_day)
    signed = row.read("signed_on", one_day, needed=False)
    if first and last and last < first:
        row.wrong("last_day", f"it ends on {last}, before it begins on {first}", "correct one of the two days")
    price = row.read("price", lambda text: amount(text, model.decimal))
    notice = row.read("notice", Duration.parse)
    renewal = row.read("renewal", word(model.renewals, "automatic", "by-agreement"))
    billing = row.read("billing", word(model.billings, "monthly", "quarterly", "yearly"), needed=False)
    users, workstations, servers = (
        row.read(each, whole, needed=False) for each in ("users", "workstations", "servers")
    )
    plan = row.read("plan", lambda text: _plan(files, text), needed=False)
    if not (first and last and price and notice and renewal) or row.problems:
        return None
    return Terms(
        id=row.text("contract") or f"{client.upper()}-{first.year}",
        first=first,
        last=last,
        signed_on=signed or first,
        renewal=renewal,
        notice=notice,
        billing=billing or "monthly",
        price=price,
        users=users or 0,
        assets={"workstation": workstations or 0, "server": servers or 0},
        next_plan=plan,
    )


def _meaning(text: str, meanings: Mapping[str, str]) -> str:
    known = {folded(word): meant for word, meant in meanings.items()}
    if folded(text) not in known:
        raise ValueError(f"{shown(text)} is not one of the words {', '.join(meanings)}")
    return known[folded(text)]


def _plan(files: Repository, text: str) -> str:
    known = [each.removesuffix(".yaml") for each in files.source.names("provider/plans")]
    if folded(text) in known:
        return folded(text)
    raise RefusedError([Problem("unknown-plan", f"there is no plan {shown(text)}", None, did_you_mean(text, known))])


def _check(files: Repository, taken: Taken) -> None:
    """Read a client as the program will. Raises RefusedError."""
    own = {f"{folder_of(taken.client)}/{path}": data for path, data in taken.files.items()}
    laid = Repository(Edited(files.source, own))
    for name in taken.agreements:
        laid.inputs(taken.client, name)
