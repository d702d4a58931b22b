"""Compares an export of counts with the contracts of all clients in it, or of one. Reads through the repository; a contract that
cannot be read never stops the rest."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from msgspec import Struct

from contract_assembly.billing.count_comparison import ContractCounts, compared
from contract_assembly.billing.counts import Counts, counts_of
from contract_assembly.billing.loader import Accounts
from contract_assembly.billing.running import Running
from contract_assembly.core.paths import Target, folder_of
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import joined
from contract_assembly.facts.agreement import Agreement
from contract_assembly.facts.parties import Client
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.mappings import count_mapping
from contract_assembly.repository.record import GONE_OUT


class CountComparison(Struct, frozen=True):
    """The counts of an export, and each contract compared with them. `without` are clients of the export without a support
    contract that runs on the day; `absent` are contracts that run, and of which the export has no row."""

    counts: Counts
    source: str
    on: date
    contracts: tuple[ContractCounts, ...]
    without: tuple[str, ...]
    absent: tuple[str, ...]
    problems: tuple[Problem, ...]


class CountExport(Struct, frozen=True):
    """An export as it was handed to a command: its bytes, its name, the name of its mapping, and the one client that it is
    about, if one was named."""

    data: bytes
    file: str
    mapping: str
    only: Target | None = None


def comparison(repository: Repository, export: CountExport, *, on: date, compared_on: date) -> CountComparison:
    """Compare an export with what the contracts cover on a day. Raises RefusedError with every problem of the export."""
    mapping, problems = count_mapping(repository, export.mapping), list[Problem]()
    pairs, unusable = repository.every_agreement()
    problems += unusable
    only = export.only.client if export.only else None
    names = _names(repository, [only] if only else repository.clients(), problems)
    try:
        counts = counts_of(export.data, export.file, mapping, names, only)
    except RefusedError as error:
        raise RefusedError((*problems, *error.problems)) from None
    asked_for = [pair for pair in pairs if pair[0] in counts.clients and _is_asked_for(export.only, pair)]
    found, accounts = dict[str, list[ContractCounts]](), Accounts(repository)
    for (client, _), account in accounts.every(asked_for):
        if isinstance(account, RefusedError):
            problems += account.problems
        elif isinstance(account, Running) and _runs(account, on):
            each = compared(account, counts, on=on, compared_on=compared_on, source=mapping.model.name)
            found.setdefault(client, []).append(each)
    for client, contracts in list(found.items()):
        if len(contracts) > 1:
            problems.append(_several(contracts))
            del found[client]
    problems += accounts.warnings
    named = {each.origin.path.split("/")[1] for each in problems if each.origin and "/" in each.origin.path}
    return CountComparison(
        counts=counts,
        source=mapping.model.name,
        on=on,
        contracts=tuple(each for contracts in found.values() for each in contracts),
        without=tuple(client for client in counts.clients if client not in found and client not in named),
        absent=tuple(_absent(repository, [] if only else pairs, counts, on)),
        problems=tuple(problems),
    )


def _names(repository: Repository, clients: Iterable[str], problems: list[Problem]) -> dict[str, tuple[str, ...]]:
    """The names of each client, by its folder."""
    found = dict[str, tuple[str, ...]]()
    for client in clients:
        try:
            party = repository.load(Client, f"{folder_of(client)}/client.yaml").model.party
            found[client] = (party.short, party.name)
        except RefusedError as error:
            problems += error.problems
            found[client] = ()
        repository.forget(client)
    return found


def _is_asked_for(only: Target | None, pair: tuple[str, str]) -> bool:
    return only is None or only.agreement in {None, pair[1]}


def _runs(running: Running, on: date) -> bool:
    return running.first <= on and (running.last is None or on <= running.last)


def _several(contracts: list[ContractCounts]) -> Problem:
    folders = [each.running.folder for each in contracts]
    what = f"{joined(folders)} run on the same day, and the counts are those of the client as a whole"
    hint = f"name one of them: build.py change {contracts[0].running.client}/{contracts[0].running.name} --from …"
    return Problem("several-contracts", what, contracts[0].running.inputs.agreement.at("term"), hint)


def _absent(repository: Repository, pairs: Iterable[tuple[str, str]], counts: Counts, on: date) -> Iterable[str]:
    """The contracts that run on the day, as far as their own files say, of clients that the export has no row of."""
    for client, group in groupby(pairs, key=lambda each: each[0]):
        if client in counts.clients:
            continue
        running: dict[str, Agreement] = {}
        for _, name in group:
            try:
                agreed = repository.agreed(client, name).model
            except RefusedError:
                continue  # `check` reports it; here nothing depends on it
            if isinstance(agreed, Agreement) and agreed.status in GONE_OUT and agreed.term.first_day <= on:
                running[name] = agreed
        renewed = {each.renews for each in running.values()}
        for name, agreed in running.items():
            if name not in renewed and agreed.status == "signed":
                yield f"{client}/{name}"
