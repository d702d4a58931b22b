"""Mappings: of exports of other programs, from `provider/mappings`, and of ours, from `provider/exports`. Reads through the
repository."""

from collections.abc import Mapping
from typing import TypeVar

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import did_you_mean
from contract_assembly.facts import strict_yaml
from contract_assembly.facts.client_mapping import ClientMapping
from contract_assembly.facts.count_mapping import CountMapping
from contract_assembly.facts.export_mapping import ExportMapping
from contract_assembly.facts.fields import Located
from contract_assembly.facts.invoice_export import InvoiceExport
from contract_assembly.facts.ticket_mapping import TicketMapping
from contract_assembly.facts.time_mapping import TimeMapping
from contract_assembly.repository.inputs import Repository

FOLDER = "provider/mappings"
EXPORTS = "provider/exports"
_KINDS: Mapping[str, type[ExportMapping]] = {
    "clients": ClientMapping,
    "counts": CountMapping,
    "time-entries": TimeMapping,
}
_COMMANDS = {
    ClientMapping: "build.py import",
    CountMapping: "build.py change --from",
    TicketMapping: "build.py service import",
    TimeMapping: "build.py block import",
}
M = TypeVar("M", bound=ExportMapping)


def ticket_mapping(repository: Repository, name: str) -> Located[TicketMapping]:
    """A mapping for Tickets, by its name in provider/mappings or its path below the root. Raises RefusedError if there
    is none, or if it is for exports of another kind."""
    return _loaded(repository, name, TicketMapping)


def time_mapping(repository: Repository, name: str) -> Located[TimeMapping]:
    """A mapping for time entries, looked up like that of `ticket_mapping`."""
    return _loaded(repository, name, TimeMapping)


def client_mapping(repository: Repository, name: str) -> Located[ClientMapping]:
    """A mapping for clients and their contracts, looked up like that of `ticket_mapping`."""
    return _loaded(repository, name, ClientMapping)


def count_mapping(repository: Repository, name: str) -> Located[CountMapping]:
    """A mapping for counts, looked up like that of `ticket_mapping`."""
    return _loaded(repository, name, CountMapping)


def invoice_export(repository: Repository, name: str) -> Located[InvoiceExport]:
    """How invoices are written for an accounting program, by its name in provider/exports. Raises RefusedError if there is
    none."""
    path = f"{EXPORTS}/{name}.yaml"
    if name not in (known := repository.names(EXPORTS, ".yaml")):
        what = f"there is no export {name}"
        raise RefusedError([Problem("unknown-mapping", what, Origin(path), did_you_mean(name, known))])
    return repository.load(InvoiceExport, path)


def _loaded(repository: Repository, name: str, model: type[M]) -> Located[M]:
    path = name if name.endswith(".yaml") else f"{FOLDER}/{name}.yaml"
    if not name.endswith(".yaml") and name not in (known := repository.names(FOLDER, ".yaml")):
        what = f"there is no mapping {name}"
        raise RefusedError([Problem("unknown-mapping", what, Origin(path), did_you_mean(name, known))])
    if (found := _model(repository, path)) is not model:
        what, hint = "this mapping is for exports of another kind", f"use it with '{_COMMANDS[found]}'"
        raise RefusedError([Problem("unknown-mapping", what, Origin(path), hint)])
    return repository.load(model, path)


def _model(repository: Repository, path: str) -> type[ExportMapping]:
    values = strict_yaml.plain(strict_yaml.load(repository.text(path), path))
    return _KINDS.get(str(values.get("kind")), TicketMapping) if isinstance(values, dict) else TicketMapping
