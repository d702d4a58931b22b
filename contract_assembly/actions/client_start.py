"""The starting point of a client: `templates/start/client.yaml` filled for a place. Its placeholders are the only ones: `new`
writes it as it is, and `import` puts what a table says in their place. Pure."""

import re
from collections.abc import Mapping

from contract_assembly.facts.law import Country, Law

TEMPLATE = "templates/start/client.yaml"


def client_words(client: str, place: Law, country: Country) -> dict[str, str]:
    """What the template of a client leaves to be filled in, by name: its folder, and what follows from its place."""
    code, _, part = place.id.partition("-")
    return {
        "CLIENT": client,
        "NAME": " ".join(each.capitalize() for each in client.split("-")),
        "PLACE": place.id,
        "JURISDICTION": place.name,
        "COUNTRY": code,
        "REGION": f"    region: {part}" if country.region else "",
        "POSTCODE": country.postcode,
        "PHONE": re.sub(r" .*", lambda rest: re.sub(r"\d", "9", rest[0]), country.phone),
        "TAX_ID": f"  tax_id: to be entered    # like {country.tax_id}" if country.tax_id else "",
    }


def filled(text: str, words: Mapping[str, str]) -> str:
    """A template with its placeholders filled; a line that held only an empty one is removed."""
    lines = []
    for line in text.split("\n"):
        new = re.sub(r"@([A-Z_]+)@", lambda m: words[m[1]], line)
        if new.strip() or not line:
            lines.append(re.sub(r" {2,}#", "  #", new) if new != line else line)
    return "\n".join(lines)
