"""Tables of clients, as `build.py import` reads them."""

import csv
from io import StringIO
from pathlib import Path

from contract_assembly.actions.client_import.rows import ClientRow
from contract_assembly.facts import strict_yaml
from contract_assembly.facts.client_mapping import ClientMapping
from contract_assembly.facts.export_mapping import records
from contract_assembly.facts.fields import located

_MAPPING = Path(__file__).parents[2] / "provider/mappings/clients.yaml"
HEADS = strict_yaml.plain(strict_yaml.load(_MAPPING.read_text("utf-8"), "clients.yaml"))["columns"]
CLIENT = {
    "company": "Elm Street Clinic, PLLC", "short": "Elm Street", "place": "US-NY", "form": "professional limited liability company",
    "registration": "DOS ID 1", "street": "5 Elm Street", "city": "Troy", "region": "NY", "postcode": "12180", "person": "Kim Ode",
    "role": "Manager", "email": "kim@elmstreet.example", "phone": "+1 518 555 0190", "contract": "ES-7", "first_day": "2026-04-01",
    "last_day": "2027-03-31", "signed_on": "2026-03-20", "renewal": "automatic", "notice": "60 days", "billing": "monthly",
    "price": "$1,480.00", "users": "22", "workstations": "20", "servers": "", "plan": "", "file": "",
}  # fmt: skip


def table(*rows: dict[str, str], separator: str = ",") -> str:
    """A table with the plain head; a row gives only what differs from CLIENT, and another company has no address for mail unless it
    gives one. Without rows, it has CLIENT alone."""
    out = StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\n")
    writer.writerow(HEADS.values())
    filled = ({**CLIENT, **({"email": ""} if "company" in row else {}), **row} for row in rows or ({},))
    writer.writerows([row.get(name, "") for name in HEADS] for row in filled)
    return out.getvalue()


def rows(*cells: dict[str, str]) -> list[ClientRow]:
    """The rows of such a table as they are read, from line 2 on."""
    mapping = located(ClientMapping, strict_yaml.load(_MAPPING.read_text("utf-8"), "clients.yaml"))
    found = records(table(*cells).encode(), "clients.csv", mapping, "", ())
    return [ClientRow(each, mapping.model) for each in found.found]
