"""The files below a root as models: names of clients and agreements, and YAML files, each loaded once."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, TypeVar

from msgspec import field
from pydantic import BaseModel

from contract_assembly.core.origin import Origin
from contract_assembly.core.paths import ALL, MAX_NAME, folder_of, is_clients, printable
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import did_you_mean, shown
from contract_assembly.facts import simple_yaml, strict_yaml
from contract_assembly.facts.agreement import AGREEMENTS, Agreed
from contract_assembly.facts.fields import Located, located, located_simply, read_as
from contract_assembly.facts.outline import Outline
from contract_assembly.repository.file_cache import Files, Kept
from contract_assembly.repository.other_programs import conflict_copy
from contract_assembly.repository.source import refused

# Names that Windows reserves for devices: a repository with such a file cannot be checked out there.
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
COPY_HINT = "compare it with the original, keep what is right, then remove the copy"
M = TypeVar("M", bound=BaseModel)
T = TypeVar("T")


class Models(Files):
    """The files below a root as models. Each is loaded once and kept, so that a build sees a single state of it."""

    _models: Kept[object] = field(default_factory=Kept)
    _listed: Kept[tuple[str, ...]] = field(default_factory=Kept)

    # ---- names

    def clients(self) -> tuple[str, ...]:
        """Every client's folder name, in order. A folder whose name cannot be a client's is left out: see `every_agreement`."""
        return tuple(name for name in self._client_folders() if is_name(name))

    def agreements(self, client: str) -> tuple[str, ...]:
        """Every agreement of a client, in order. Raises RefusedError if the client does not exist or its folder cannot
        be listed."""
        self.check_name("client", client, ALL)
        folder = folder_of(client)
        if f"{folder}/" in self._listed:
            return self._listed[f"{folder}/"]
        if not self.source.exists(f"{folder}/client.yaml"):
            known = self.clients()
            hint = (
                did_you_mean(client, known)
                if known
                else "begin one: build.py new CLIENT --kind support --first-day DATE --place PLACE"
            )
            raise RefusedError([Problem("unknown-client", f"there is no client {client}", None, hint)])
        found = self._folders(folder, "agreement.yaml")
        for name in found:
            self.source.names(f"{folder}/{name}")  # refuses a link
        self._listed[f"{folder}/"] = found
        return found

    def every_agreement(self) -> tuple[tuple[tuple[str, str], ...], tuple[Problem, ...]]:
        """Every (client, agreement), in order, and the problems of clients whose folder cannot be used.

        A folder with an invalid name, or one that cannot be listed, does not hide the other clients."""
        pairs: list[tuple[str, str]] = []
        problems: list[Problem] = []
        for client in self._client_folders():
            found = attempt(problems, lambda each=client: self.agreements(each))  # type: ignore[misc]
            pairs += [(client, name) for name in found or ()]
        return tuple(pairs), tuple(problems)

    def _client_folders(self) -> tuple[str, ...]:
        if ALL not in self._listed:
            self._listed[ALL] = self._folders(ALL, "client.yaml")
        return self._listed[ALL]

    def _folders(self, folder: str, holding: str) -> tuple[str, ...]:
        return tuple(name for name in self.source.names(folder) if self.source.exists(f"{folder}/{name}/{holding}"))

    def check_name(self, what: str, name: str, folder: str) -> None:
        """Raise RefusedError if this is not a valid name of a client or an agreement, before any file is read."""
        if is_name(name):
            return
        path = f"{folder}/{name}"
        escaped = printable(name)
        if program := conflict_copy(name):
            raise refused("conflict-copy", f"{shown(escaped)} looks like a copy made by {program}", path, COPY_HINT)
        hint = f"a name has at most {MAX_NAME} small letters, digits and hyphens, like acme or smith-and-sons"
        origin = Origin(printable(path)) if name in self.source.names(folder) else None
        raise RefusedError([Problem("name", f"{shown(escaped)} cannot be the name of a {what}", origin, hint)])

    # ---- models

    def agreed(self, client: str, agreement: str) -> Located[Agreed]:
        """The facts of an agreement, in the model of its kind. Raises RefusedError with all problems in them."""
        return self._agreed(f"{folder_of(client, agreement)}/agreement.yaml")

    def forget(self, client: str) -> None:
        """Discard what was read of a client, so that a pass over thousands needs the memory of one."""
        for kept in (self._bytes, self._digests, self._models, self._listed):
            kept.forget(client)

    def load(self, model: type[M], path: str) -> Located[M]:
        """A YAML file as a model, with its lines. Raises RefusedError with all its problems."""
        if path not in self._models:
            read = _read if is_clients(path) else read_once
            self._models[path] = read(model, self.text(path), path)
        found = self._models[path]
        assert isinstance(found, Located)  # noqa: S101  # a path holds one kind of file
        return found

    def _agreed(self, path: str) -> Located[Agreed]:
        """An agreement, in the model of its kind."""
        return self._one_of(AGREEMENTS, path, "kind", "support")

    def _one_of(self, models: Mapping[str, type[M]], path: str, key: str, usual: str = "") -> Located[M]:
        """A file of one of several models; the value of `key` selects the model."""
        if path not in self._models:
            text = self.text(path)
            simple = simple_yaml.read(text, path)
            named = simple.data.get(key, usual) if simple else None
            if (
                simple
                and isinstance(named, str)
                and named in models
                and (quick := located_simply(models[named], simple))
            ):
                self._models[path] = quick
                return quick
            node = strict_yaml.load(text, path)
            chosen = node.entries.get(key) if isinstance(node, strict_yaml.Mapping) else None
            name = chosen.text if isinstance(chosen, strict_yaml.Scalar) else usual
            if name not in models:
                what, hint = (
                    f"{key}: {shown(name)} is not one of the choices",
                    f"choose {' or '.join(map(repr, models))}",
                )
                raise RefusedError([Problem("ill-typed", what, strict_yaml.where(node, (key,)), hint)])
            self._models[path] = located(models[name], node)
        found = self._models[path]
        assert isinstance(found, Located)  # noqa: S101  # a path holds one kind of file
        return found


def _read(model: type[M], text: str, path: str) -> Located[M]:
    return read_as(model, text, path, template=model is Outline)


@lru_cache(maxsize=256)  # a renewal or a comparison reads several states, in which most of these files are the same
def read_once(model: type[BaseModel], text: str, path: str) -> Located[Any]:
    """A file of the firm as a model, with its lines. Raises RefusedError with all its problems."""
    return _read(model, text, path)


def is_name(name: str) -> bool:
    """Whether this can be the name of a client, an agreement or a document."""
    return len(name) <= MAX_NAME and bool(_NAME.fullmatch(name)) and not _DEVICES.fullmatch(name)


def attempt(problems: list[Problem], work: Callable[[], T]) -> T | None:
    """The result of some work; None if it is refused, and then its problems are added to these."""
    try:
        return work()
    except RefusedError as error:
        problems.extend(error.problems)
        return None
