"""JSON Schema of every YAML file, generated from the models, for editors. Pure."""

import json

from pydantic import BaseModel

from contract_assembly.account import Account
from contract_assembly.agreement import Agreement, BlockAgreement
from contract_assembly.approval import Approvals
from contract_assembly.index import Index
from contract_assembly.law import Law
from contract_assembly.offer import BlockPrices, Calendar, Plan, Rates
from contract_assembly.outline import Outline
from contract_assembly.papers import MODELS
from contract_assembly.parties import Client, Provider
from contract_assembly.service import Service
from contract_assembly.ticket_mapping import TicketMapping

SCHEMAS: dict[str, type[BaseModel]] = {
    "account": Account,
    "agreement": Agreement,
    "approvals": Approvals,
    "block-agreement": BlockAgreement,
    "blocks": BlockPrices,
    "calendar": Calendar,
    "client": Client,
    "index": Index,
    "law": Law,
    "outline": Outline,
    "plan": Plan,
    "provider": Provider,
    "rates": Rates,
    "service": Service,
    "ticket-mapping": TicketMapping,
    **MODELS,
}


def schema_of(name: str) -> str:
    """The schema of one kind of file, as JSON text that ends in a line break."""
    return (
        json.dumps(
            {"$schema": "https://json-schema.org/draft/2020-12/schema", **SCHEMAS[name].model_json_schema()}, indent=2
        )
        + "\n"
    )
