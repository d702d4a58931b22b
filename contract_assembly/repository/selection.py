"""Select the clients and agreements named in a command: the only place that looks up their names."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from contract_assembly.core.paths import Target
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import did_you_mean
from contract_assembly.facts.outline import CONTRACT
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.lost_files import lost_files

T = TypeVar("T")


def selected(
    repository: Repository, targets: Iterable[Target] = ()
) -> tuple[tuple[tuple[str, str], ...], tuple[Problem, ...]]:
    """The (client, agreement) pairs of the targets, each once and in order, or all pairs if there are no targets; in
    that case also the problems of clients whose folder cannot be used.

    Raises RefusedError with every target that does not exist, or whose file of facts is lost."""
    asked = tuple(dict.fromkeys(targets))
    if not asked:
        return repository.every_agreement()
    pairs, problems = list[tuple[str, str]](), list[Problem]()
    for each in asked:
        try:
            pairs += _of(repository, each)
        except RefusedError as error:
            problems += error.problems
    if problems:
        raise RefusedError(tuple(dict.fromkeys(problems)))
    return tuple(dict.fromkeys(pairs)), ()


def read_each(
    repository: Repository, pairs: Iterable[tuple[str, str]], read: Callable[[str, str], T | None]
) -> Iterator[tuple[tuple[str, str], T | RefusedError]]:
    """What `read` makes of each agreement, or why it cannot be read; one for which it makes None is left out. A failure does not
    stop the others, and the files of a client are kept in memory only while its agreements are read."""
    before = ""
    for client, name in pairs:
        if client != before:
            if before:
                repository.forget(before)
            before = client
        try:
            found = read(client, name)
        except RefusedError as error:
            yield (client, name), error
        else:
            if found is not None:
                yield (client, name), found


def documents_of(repository: Repository, client: str, agreement: str, names: Iterable[str] = ()) -> tuple[str, ...]:
    """The requested documents of an agreement, the contract first; all if none is named. Raises RefusedError with every
    name that is not one of its documents."""
    known, asked = (CONTRACT, *repository.documents(client, agreement)), set(names)
    if unknown := sorted(asked - set(known)):
        raise RefusedError(
            [
                Problem(
                    "unknown-document", f"{client}/{agreement} has no document {name}", None, did_you_mean(name, known)
                )
                for name in unknown
            ]
        )
    return tuple(name for name in known if not asked or name in asked)


def _of(repository: Repository, asked: Target) -> tuple[tuple[str, str], ...]:
    client, agreement = asked
    try:
        known = repository.agreements(client)
    except RefusedError as error:
        raise (RefusedError(lost) if (lost := lost_files(repository, [client])) else error) from None
    if agreement is not None and agreement not in known:
        what = f"{client} has no agreement {agreement}"
        raise RefusedError([Problem("unknown-agreement", what, None, did_you_mean(agreement, known))])
    return tuple((client, name) for name in known if agreement in {None, name})
