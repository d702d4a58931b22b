"""The files of the house style and the style sheet of the pages about one agreement, as answers."""

from collections.abc import Iterable, Mapping
from typing import Any

from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.facts.fields import Located
from contract_assembly.facts.parties import Provider
from contract_assembly.repository.inputs import Repository
from contract_assembly.web import templates
from contract_assembly.web.contract import house_files
from contract_assembly.web.page import File, PageRequest
from contract_assembly.web.snapshot import Snapshot


def house_page(asked: PageRequest) -> File:
    """A file of the house style, in the brand of one of the firm's entities. Raises RefusedError if there is none."""
    house, name = asked.names["house"], asked.names["name"]
    found = asked.snapshot.of_firm(("house", house), lambda: _house_files(asked.snapshot.repository, house))
    if name not in found:
        raise RefusedError(
            [Problem("unknown-document", f"the house style has no file {name}", None, "see templates/house")]
        )
    return File(found[name], house_files.media(name))


def _house_files(repository: Repository, house: str) -> Mapping[str, bytes]:
    path = _provider_path(house)
    if house not in _houses(repository):
        raise RefusedError([Problem("unknown-document", f"there is no {path}", None, "see provider/entities")])
    return house_files.files(repository.house(repository.load(Provider, path)))


def _provider_path(house: str) -> str:
    return "provider/provider.yaml" if house == "provider" else f"provider/entities/{house}.yaml"


def _houses(repository: Repository) -> tuple[str, ...]:
    """The names of the firm's entities; that of `provider.yaml` is "provider"."""
    return ("provider", *repository.names("provider/entities", ".yaml"))


def house_of(repository: Repository, client: str, agreement: str) -> str:
    """The name of the entity whose brand an agreement has."""
    agreed: Located[Any] = repository.agreed(client, agreement)
    return agreed.model.provider or "provider"


def style_page(_asked: PageRequest) -> File:
    """The style sheet of the pages about one agreement."""
    return File(templates.text("contract.css").encode(), "text/css")


def every_house_file(snapshot: Snapshot) -> Iterable[Mapping[str, str]]:
    """The names in the address of each file of the house style."""
    for house in _houses(snapshot.repository):
        yield from ({"house": house, "name": name} for name in _house_files(snapshot.repository, house))
