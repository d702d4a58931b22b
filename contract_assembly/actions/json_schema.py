"""JSON Schema of every YAML file, generated from the models, for editors. Pure."""

import json
from collections.abc import Callable
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from contract_assembly.clauses.approval import Approvals
from contract_assembly.core.values import Duration, Percent
from contract_assembly.facts.account import Account
from contract_assembly.facts.agreement import Agreement, BlockAgreement
from contract_assembly.facts.catalogue import BlockPrices, Calendar, Plan, Rates
from contract_assembly.facts.changes import Changes
from contract_assembly.facts.client_mapping import ClientMapping
from contract_assembly.facts.count_mapping import CountMapping
from contract_assembly.facts.invoice_export import InvoiceExport
from contract_assembly.facts.law import Law
from contract_assembly.facts.negotiation import Round
from contract_assembly.facts.outline import Outline
from contract_assembly.facts.parties import Client, Provider
from contract_assembly.facts.playbook import Playbook
from contract_assembly.facts.price_index import Index
from contract_assembly.facts.service_record import Service
from contract_assembly.facts.signature_request import SignatureRequest
from contract_assembly.facts.tax_rates import TaxRates
from contract_assembly.facts.ticket_mapping import TicketMapping
from contract_assembly.facts.time_mapping import TimeMapping
from contract_assembly.facts.usage import Usage
from contract_assembly.letters.kinds import MODELS

SCHEMAS: dict[str, type[BaseModel]] = {
    "account": Account,
    "agreement": Agreement,
    "approvals": Approvals,
    "block-agreement": BlockAgreement,
    "blocks": BlockPrices,
    "calendar": Calendar,
    "changes": Changes,
    "client": Client,
    "client-mapping": ClientMapping,
    "count-mapping": CountMapping,
    "index": Index,
    "invoice-export": InvoiceExport,
    "law": Law,
    "negotiation": Round,
    "outline": Outline,
    "plan": Plan,
    "playbook": Playbook,
    "provider": Provider,
    "rates": Rates,
    "service": Service,
    "signature-request": SignatureRequest,
    "taxes": TaxRates,
    "ticket-mapping": TicketMapping,
    "time-mapping": TimeMapping,
    "usage": Usage,
    **MODELS,
}


_WRITTEN: dict[type, Callable[[Any], str]] = {
    Percent: lambda percent: f"{percent.value:f} %",
    Duration: lambda duration: duration.text,
}


class _AsInFiles(GenerateJsonSchema):
    """Says what applies where nothing is written, as a file would have it: "0 %"."""

    def encode_default(self, dft: Any) -> Any:
        """A default as JSON."""
        if isinstance(dft, BaseModel):
            return {name: self.encode_default(value) for name, value in dft}
        return _WRITTEN[type(dft)](dft) if type(dft) in _WRITTEN else super().encode_default(dft)


def schema_of(name: str) -> str:
    """The schema of one kind of file, as JSON text with a line break at the end."""
    found = SCHEMAS[name].model_json_schema(schema_generator=_AsInFiles)
    return json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema", **found}, indent=2) + "\n"
