"""`service.yaml` of an agreement, read and checked for a report."""

from collections.abc import Iterator
from typing import Any

from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.facts.agreement_files import AnyInputs, Inputs
from contract_assembly.facts.fields import Located
from contract_assembly.facts.service_record import Service, figures
from contract_assembly.letters.service_facts import PRIVATE, term_days
from contract_assembly.repository.inputs import Repository
from contract_assembly.rules import service_record


def service_of(repository: Repository, inputs: AnyInputs[Any], issued: Located[Any]) -> tuple[Inputs, Located[Service]]:
    """The inputs of a support contract and what was delivered. Raises RefusedError with every problem of the figures."""
    if not isinstance(inputs, Inputs):
        hint = "a block has statements: build.py block statement"
        raise RefusedError([Problem("time-block", "a time block has no service report", issued.at("document"), hint)])
    path = f"{issued.at().path.rpartition('/documents/')[0]}/service.yaml"
    if not repository.source.exists(path):
        hint = "build.py service import fills it; docs/service-figures.md says how"
        raise RefusedError(
            [Problem("no-service", f"{path} does not exist, so there is nothing to report", issued.at(), hint)]
        )
    service = repository.load(Service, path)
    if found := tuple(_problems(inputs, service)):
        raise RefusedError(found)
    return inputs, service


def _problems(inputs: Inputs, service: Located[Service]) -> Iterator[Problem]:
    term = term_days(service.model, inputs)
    yield from service_record.problems(service, term, inputs.agreement.at("term"), inputs.agreement.model.currency)
    yield from _private(service)


def _private(service: Located[Service]) -> Iterator[Problem]:
    """Problems with sentences that contain an address or a telephone number, because a report says nothing about single
    users."""
    for path, each in figures(service):
        for name in ("what", "effect", "changed"):
            if PRIVATE.search(getattr(each, name, "")):
                what = f"{path}.{name} holds a person's address or number"
                yield Problem(
                    "personal-data", what, service.at(f"{path}.{name}"), "remove it: a report has no data about users"
                )
