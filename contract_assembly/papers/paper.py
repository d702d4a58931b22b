"""What a kind of document is: the model of its facts, and a function that works out what it may say. Data only."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from contract_assembly.facts import View
from contract_assembly.inputs import AnyInputs
from contract_assembly.issued import Issued
from contract_assembly.problems import Problem, RefusedError
from contract_assembly.repository import Repository
from contract_assembly.text import did_you_mean
from contract_assembly.typed import Located
from contract_assembly.views import person


@dataclass(frozen=True)
class Said:
    """Facts by name, and the files that they were read from besides those of the agreement."""

    facts: Mapping[str, View] = field(default_factory=dict)
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Paper:
    """A kind of document. `said` raises RefusedError with every problem of what it reads."""

    model: type[Issued]
    said: Callable[[Repository, AnyInputs[Any], Located[Any]], Said]


def person_of(inputs: AnyInputs[Any], issued: Located[Issued]) -> View:
    """Who writes: somebody of the provider's people. Raises RefusedError for a stranger."""
    name = issued.model.writer or inputs.agreement.model.contacts.provider.primary
    known = [each.id for each in inputs.provider.model.people]
    if name not in known:
        what = f"writer: {name} is none of the provider's people"
        raise RefusedError([Problem("unknown-person", what, issued.at("writer"), did_you_mean(name, known))])
    return person(inputs.provider, name, "document.writer")
