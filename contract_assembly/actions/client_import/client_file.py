"""`client.yaml` of a client that is taken over, and what no column of the table says of it and its contract. Pure.

What is unknown is a placeholder of the starting point, so a final version is refused while one is left, and a line in the
agreement's list `open`."""

from collections.abc import Mapping
from typing import Any

from contract_assembly.actions.client_import.places import ClientPlace
from contract_assembly.actions.client_start import client_words, filled
from contract_assembly.core.text import joined
from contract_assembly.facts import strict_yaml
from contract_assembly.repository.yaml_editor import block, schema_line

_LOOKED_FOR = {
    "street": "street", "city": "city", "postcode": "postcode", "form": "legal form", "registration": "registration",
    "person": "contact", "role": "role of the contact", "email": "email", "phone": "telephone",
}  # fmt: skip
# What a contract needs and no column said, with the value that was written instead.
_ASSUMED = {
    "support": {
        "renewal_length": "renewal for 12 months",
        "due": "payment within 30 days",
        "billing": "monthly invoices",
    },
    "time-block": {"due": "payment within 30 days"},
}
_NEVER_SAID = {
    "support": "a rise of at most 5 % at a renewal, with 90 days’ notice",
    "time-block": "payment of the hours on their first day",
}
_SETTLE = {
    "support": "Who signs, what the contact may approve alone, the courts, and whether the client is a business",
    "time-block": "What the hours may be used for, who signs, the courts, and whether the client is a business",
}


def client_file(template: str, client: str, cells: Mapping[str, str], place: ClientPlace) -> bytes:
    """The starting point of a client with the cells of a table in place of its placeholders; of its people, the contact."""
    start = strict_yaml.plain(
        strict_yaml.load(filled(template, client_words(client, place.law, place.country)), client)
    )
    party: dict[str, Any] = start["party"]
    person = next(each for each in start["people"] if each["id"] == "contact")
    party |= {"name": cells["company"], "short": cells.get("short") or cells["company"]}
    party |= _given(cells, "form", "registration", "tax_id")
    party["address"] |= _given(cells, "city", "region", "postcode")
    party["address"] |= {"lines": [cells["street"]]} if cells.get("street") else {}
    party["notices"] |= _given(cells, "email", attention="role")
    person |= _given(cells, "role", "email", "phone", name="person")
    note = "# Taken over from a table; `open` in the agreement says what is still to be found out.\n"
    return (schema_line("client", 2) + note + block({**start, "people": [person]})).encode()


def unknown(cells: Mapping[str, str], kind: str) -> list[str]:
    """What is still to be found out about a client and a contract of a kind, for its list `open`."""
    wanted = _LOOKED_FOR | ({"users": "number of users"} if kind == "support" else {})
    lacking = [name for column, name in wanted.items() if not cells.get(column)]
    assumed = [what for column, what in _ASSUMED[kind].items() if not cells.get(column)]
    return [
        *([f"Not in the table that it was taken over from: {joined(lacking)}"] if lacking else []),
        f"Assumed, because the table says nothing else: {joined([*assumed, _NEVER_SAID[kind]])}",
        _SETTLE[kind],
    ]


def site(cells: Mapping[str, str]) -> str:
    """The client's address on one line; empty where its street or its city is unknown."""
    known = cells.get("street") and cells.get("city")
    return (
        ", ".join(cells[each] for each in ("street", "city", "region", "postcode") if cells.get(each)) if known else ""
    )


def _given(cells: Mapping[str, str], *same: str, **renamed: str) -> dict[str, str]:
    """The cells that are not blank, by the names of the facts that they become."""
    return {fact: cells[name] for fact, name in ({each: each for each in same} | renamed).items() if cells.get(name)}
