"""`agreement.yaml` of an agreement that was signed on other paper: what every kind says, with the facts of its own kind. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from contract_assembly.actions.client_import.places import ClientPlace
from contract_assembly.repository.yaml_editor import AGREEMENT_DEPTH, block, schema_line

NOTE = "# Signed on other paper: what was agreed, as far as it is known here.\n"
# The order in which a person reads the file; a kind has the facts that it needs.
ORDER = (
    "id", "title", "kind", "origin", "status", "open", "version", "law", "courts", "locale", "currency", "plan", "term",
    "coverage", "block", "contacts", "fees", "tax", "signatories", "renewal",
)  # fmt: skip


def agreement_on_other_paper(
    schema: str, own: Mapping[str, Any], place: ClientPlace, ours: tuple[str, ...], unknown: Sequence[str]
) -> bytes:
    """The file, with the facts of its `own` kind; an empty text is left out. `ours` are the ids of the firm's people, of whom the
    first signs; `unknown` is what no column says."""
    law, country = place.law, place.country
    facts = {
        "origin": "elsewhere",
        "status": "signed",
        "open": unknown,
        "version": "1",
        "law": law.id,
        "courts": law.courts or f"the courts of {law.full}",
        "locale": country.locale,
        "currency": country.currency,
        "contacts": {
            "client": {"primary": "contact", "approval_limit": f"500.00 {country.currency}"},
            "provider": contacts_of(ours),
        },
        "tax": {"regime": country.tax},
        "signatories": {"provider": ours[0], "client": "contact"},
        **own,
    }
    return (
        schema_line(schema, AGREEMENT_DEPTH) + NOTE + block({n: facts[n] for n in ORDER if facts.get(n, "") != ""})
    ).encode()


def contacts_of(ours: tuple[str, ...]) -> dict[str, str]:
    """The firm's point of contact, its third person where it has three, and a deputy where there is another."""
    contact = ours[min(2, len(ours) - 1)]
    return {"primary": contact, **({"deputy": ours[0]} if ours[0] != contact else {})}
