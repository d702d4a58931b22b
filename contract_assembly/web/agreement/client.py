"""One client as its page shows it: who it is, the people, and every agreement. Reads through the repository."""

from datetime import date

from msgspec import Struct

from contract_assembly.actions.agreement_list import ListedAgreement, listed
from contract_assembly.core.paths import folder_of
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.facts.parties import Client, Person
from contract_assembly.repository.inputs import Repository
from contract_assembly.web.agreement.fact_rows import FactGroup, fact_groups


class AgreementRow(Struct, frozen=True):
    """An agreement of a client with what comes next, or the problems that keep it from being read."""

    name: str
    listed: ListedAgreement | None
    problems: tuple[Problem, ...] = ()


class ClientView(Struct, frozen=True):
    """A client: its names, the facts of its file, its people, and its agreements, the newest first."""

    client: str
    name: str
    short: str
    groups: tuple[FactGroup, ...]
    people: tuple[Person, ...]
    agreements: tuple[AgreementRow, ...]
    problems: tuple[Problem, ...]


def client_view(repository: Repository, client: str, on: date) -> ClientView:
    """The view of a client as of a day. Raises RefusedError if there is no such client."""
    names = repository.agreements(client)
    rows = tuple(
        _row(each, found) for (_, each), found in listed(repository, [(client, name) for name in reversed(names)], on)
    )
    try:
        file = repository.load(Client, f"{folder_of(client)}/client.yaml")
    except RefusedError as error:
        return ClientView(
            client=client, name=client, short=client, groups=(), people=(), agreements=rows, problems=error.problems
        )
    party = file.model.party
    groups = tuple(each for each in fact_groups(file, {}) if each.name != "People")
    return ClientView(
        client=client,
        name=party.name,
        short=party.short,
        groups=groups,
        people=file.model.people,
        agreements=rows,
        problems=(),
    )


def _row(name: str, found: ListedAgreement | RefusedError) -> AgreementRow:
    if isinstance(found, RefusedError):
        return AgreementRow(name, None, found.problems)
    return AgreementRow(name, found)
