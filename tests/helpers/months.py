"""Months of `service.yaml` for tests: Tickets logged, by priority, as (logged, answered in time) or with Resolutions."""

from contract_assembly.core.origin import Origin
from contract_assembly.core.values import parse_date
from contract_assembly.facts.fields import Located
from contract_assembly.facts.proration import month_of
from contract_assembly.facts.service_record import Service

PATH = "agreements/acme/2026-support/service.yaml"


def month(first, last=None, **tickets) -> dict:
    """A month of figures: `P3=(41, 36)` is 36 of 41 Responses in time, `P1=(3, 3, 1)` with one of three Resolutions in time."""
    rows = [_row(priority, *counts) for priority, counts in tickets.items()]
    last = last or str(month_of(parse_date(first)).last)
    return {"first": first, "last": last, "source": "Export", "tickets": rows}


def _row(priority, logged, met, solved=None):
    row = {"priority": priority, "logged": str(logged), "response_met": str(met), "response_of": str(logged)}
    return row | ({"resolution_met": str(solved), "resolution_of": str(logged)} if solved is not None else {})


def service(*months, missed=(), term="2026-10-01") -> Located[Service]:
    """The figures of a term, each month on one line."""
    model = Service.model_validate({"term": term, "months": list(months), "missed": list(missed)})
    origins = {f"months.{n}": Origin(PATH, n + 3) for n in range(len(months))}
    return Located(model, {"": Origin(PATH), **origins})


def miss(on, credit, credit_for=None) -> dict:
    """A promise that was missed, with a credit given by hand."""
    said = {"on": on, "what": "Late", "effect": "Slow", "source": "Report", "changed": "Staff", "credit": credit}
    return said | ({"credit_for": credit_for} if credit_for else {})
