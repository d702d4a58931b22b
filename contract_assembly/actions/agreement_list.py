"""Every agreement of the firm with what comes next: one row each, from its facts alone, so that thousands are listed in seconds.
Writes nothing."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from msgspec import Struct

from contract_assembly.core.paths import folder_of
from contract_assembly.core.problems import RefusedError
from contract_assembly.core.text import with_count
from contract_assembly.facts.agreement import Agreed, Agreement
from contract_assembly.facts.outline import CONTRACT
from contract_assembly.facts.term_dates import number_following, terms
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record import FROZEN
from contract_assembly.repository.record_file import recorded
from contract_assembly.repository.selection import read_each


class ListedAgreement(Struct, frozen=True):
    """An agreement: its kind and status, what comes next, and its letters that were built and not sent yet."""

    client: str
    agreement: str
    kind: str
    status: str
    next: str
    drafts: tuple[str, ...]


def listed(
    repository: Repository, pairs: Iterable[tuple[str, str]], on: date
) -> Iterator[tuple[tuple[str, str], ListedAgreement | RefusedError]]:
    """A row for each agreement as of a day, or why it cannot be read."""

    def row(client: str, name: str) -> ListedAgreement:
        agreed = repository.agreed(client, name).model
        after = next((each for each in _others(repository, client) if name in _before(each[1])), None)
        documents = recorded(repository, folder_of(client, name)).documents
        drafts = tuple(each for each, found in documents.items() if each != CONTRACT and found.status == "draft")
        following = _followed(agreed, *after) if after else ""
        return ListedAgreement(
            client=client,
            agreement=name,
            kind=agreed.kind,
            status=agreed.status,
            next=following or _NEXT[agreed.status](agreed, on),
            drafts=drafts,
        )

    return read_each(repository, pairs, row)


def _others(repository: Repository, client: str) -> Iterator[tuple[str, Agreed]]:
    """The agreements of a client that can be read; one that cannot be has a row of its own that says so."""
    for name in repository.agreements(client):
        with suppress(RefusedError):
            yield name, repository.agreed(client, name).model


def _before(agreed: Agreed) -> tuple[str | None, ...]:
    """The agreement that one renews, and the block that it was made from."""
    return (agreed.renews, agreed.converts) if isinstance(agreed, Agreement) else ()


def _followed(agreed: Agreed, name: str, after: Agreed) -> str:
    """What comes next where another agreement follows this one; nothing as long as that is not signed."""
    if agreed.status == "ended":
        return "over: it was renewed"
    if isinstance(after, Agreement) and after.status in FROZEN:
        verb = "renewed by" if after.renews else "converted to"
        return f"{verb} {name} from {after.term.first_day}"
    return ""


def _draft(agreed: Agreed, _on: date) -> str:
    count = len(agreed.open)
    return f"{with_count(count, 'open point')}, then to be sent" if count else "to be sent"


def _signed(agreed: Agreed, on: date) -> str:
    if not isinstance(agreed, Agreement):
        return "in use until its hours are gone or expire"
    if agreed.ended:
        return f"ends on {agreed.ended.last_day}"
    try:
        last = terms(agreed.term).days(number_following(agreed.term, on)).last
    except ValueError:
        return "its days cannot be counted: build.py check"
    return (
        f"renews after {last} unless declined"
        if agreed.term.renewal == "automatic"
        else f"ends on {last} unless renewed"
    )


_NEXT: Mapping[str, Callable[[Any, date], str]] = {
    "draft": _draft,
    "sent": lambda _agreed, _on: "to be signed",
    "signed": _signed,
    "ended": lambda _agreed, _on: "over",
}
