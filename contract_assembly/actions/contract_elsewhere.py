"""The files of a contract that was signed on other paper: its facts, those of its client, and a record that guards the
signed PDF. No clause of ours is claimed for it: its plan has one price, and promises nothing. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.values import Duration
from contract_assembly.facts.law import Country, Law
from contract_assembly.facts.outline import CONTRACT
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.laws import country_of, law_of
from contract_assembly.repository.record import BuildRecord, DocumentRecord, Signed
from contract_assembly.repository.record_file import written
from contract_assembly.repository.yaml_editor import block, schema_line

PLAN = "as-agreed"
SIGNED_PDF = "signed-elsewhere.pdf"
_PATH = f"provider/plans/{PLAN}.yaml"
# What a client's file says until the fact is known; each is then in the list `open`.
_UNKNOWN = {
    "street": "Street and number", "city": "City", "postcode": "Postcode", "form": "company", "person": "Name of the contact",
    "role": "Contact", "email": "contact@{client}.example",
}  # fmt: skip
_LOOKED_FOR = ("street", "city", "postcode", "form", "registration", "person", "email", "phone", "users")


@dataclass(frozen=True, slots=True)
class Place:
    """A client's place: its law, and what contracts in its country begin with."""

    law: Law
    country: Country


@dataclass(frozen=True, slots=True)
class Terms:
    """What was agreed, as far as it is known: days inclusive, the fee a month without tax, the plan that follows, if any."""

    id: str
    first: date
    last: date
    signed_on: date
    renewal: str
    notice: Duration
    billing: str
    price: Decimal
    users: int
    assets: Mapping[str, int]
    next_plan: str | None


def place_of(files: Repository, code: str) -> Place:
    """The place of a client by its code. Raises RefusedError where no contract can be written for it."""
    law = law_of(files, code, None).model
    country = country_of(files, law)
    if country is None:
        hint = "add country: with its locale and currency to the file of its law"
        raise RefusedError(
            [Problem("no-country", f"nothing says what a contract in {law.name} begins with", None, hint)]
        )
    return Place(law, country)


def client_file(client: str, cells: Mapping[str, str], place: Place) -> bytes:
    """`client.yaml` from the cells of a table by name; what they do not say is a placeholder."""
    known = {name: cells.get(name) or text.format(client=client) for name, text in _UNKNOWN.items()}
    party = {
        "name": cells["company"],
        "short": cells.get("short") or cells["company"],
        "form": known["form"],
        "jurisdiction": place.law.name,
        "registration": cells.get("registration", ""),
        "tax_id": cells.get("tax_id", ""),
        "address": _given(
            {
                "lines": [known["street"]],
                "city": known["city"],
                "region": cells.get("region", ""),
                "postcode": known["postcode"],
                "country": place.law.id.partition("-")[0],
            }
        ),
        "notices": {"attention": known["role"], "email": known["email"]},
    }
    phone = cells.get("phone") or place.country.phone
    person = {"id": "contact", "name": known["person"], "role": known["role"], "email": known["email"], "phone": phone}
    facts = {"party": _given(party), "place": place.law.id, "is_business": "yes", "people": [person]}
    note = "# Taken over from a table; `open` in the agreement says what is still to be found out.\n"
    return (schema_line("client", 2) + note + block(facts)).encode()


def agreement_file(terms: Terms, cells: Mapping[str, str], place: Place, ours: tuple[str, ...]) -> bytes:
    """`agreement.yaml`; `ours` are the ids of the firm's people, of whom the first signs."""
    law, country = place.law, place.country
    contact = ours[min(2, len(ours) - 1)]
    deputy = next((each for each in ours if each != contact), "")
    facts = {
        "id": terms.id,
        "title": "IT Support Agreement",
        "kind": "support",
        "origin": "elsewhere",
        "status": "signed",
        "open": _open(cells),
        "version": "1",
        "law": law.id,
        "courts": law.courts or f"the courts of {law.full}",
        "locale": country.locale,
        "currency": country.currency,
        "plan": PLAN,
        "term": {
            "first_day": str(terms.first),
            "last_day": str(terms.last),
            "renewal": terms.renewal,
            "renewal_length": "12 months",
            "notice": terms.notice.text,
        },
        "coverage": {
            "users": str(terms.users),
            "sites": [],
            "assets": [{"kind": kind, "count": str(count)} for kind, count in terms.assets.items() if count],
        },
        "contacts": {
            "client": {"primary": "contact", "approval_limit": f"500.00 {country.currency}"},
            "provider": _given({"primary": contact, "deputy": deputy}),
        },
        "fees": {
            "prices": [{"line": PLAN, "price": f"{terms.price:.2f} {country.currency}"}],
            "billing": terms.billing,
            "due": "30 days",
            "increase_cap": "100 %",
            "increase_notice": "90 days",
        },
        "tax": {"regime": country.tax},
        "signatories": {"provider": ours[0], "client": "contact"},
        "renewal": {"plan": terms.next_plan} if terms.next_plan else "",
    }
    note = "# Signed on other paper: what was agreed, as far as it is known here.\n"
    return (schema_line("agreement", 3) + note + block(_given(facts))).encode()


def record_of(folder: str, on: date, files: Mapping[str, bytes]) -> bytes:
    """The record of a contract of which only these signed files are here."""
    signed = Signed(on, {name: sha256(data).hexdigest() for name, data in files.items()})
    return written(BuildRecord(folder, {CONTRACT: DocumentRecord(status="signed", signed=signed)}))


def plan_file(files: Repository) -> dict[str, bytes]:
    """The plan of contracts on other paper, unless the firm has it; its figures, which nothing prints, are those of
    another plan. Raises RefusedError where the firm sells no plan yet."""
    if files.source.has(_PATH):
        return {}
    names = [each for each in files.source.names("provider/plans") if each.endswith(".yaml")]
    if not names:
        what, hint = "the firm has no plan that a client could move to", "begin with 'build.py init', or write a plan"
        raise RefusedError([Problem("no-plan", what, Origin("provider/plans"), hint)])
    like = files.text(f"provider/plans/{names[0]}")
    price = ", ".join(f"0.00 {each}" for each in sorted(set(re.findall(r"\d\.\d\d ([A-Z]{3})", like))))
    text = (
        "# Contracts that were signed on other paper: what they promise is in their PDF, so no task is listed here.\n"
        f"id: {PLAN}\nname: As agreed\n\nservices: []\nexclusions: []\n\nprices:\n"
        f"  - {{id: {PLAN}, label: Services as agreed, per: agreement, price: [{price}], nature: support}}\n\n"
    )
    return {_PATH: (schema_line("plan", 2) + text + like[like.index("service_levels:") :]).encode()}


def _open(cells: Mapping[str, str]) -> list[str]:
    lacking = ", ".join(name for name in _LOOKED_FOR if not cells.get(name))
    first = [f"Not in the table that it was taken over from: {lacking}"] if lacking else []
    return [*first, "Who signs, what the contact may approve alone, and the courts"]


def _given(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: each for name, each in facts.items() if each != ""}
