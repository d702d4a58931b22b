"""The files of a support contract that was signed on other paper: its facts, and a record that guards the signed PDF. No
clause of ours is claimed for it: its plan has one price, and promises nothing. Pure."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from hashlib import sha256

from msgspec import Struct

from contract_assembly.actions.client_import.other_paper import agreement_on_other_paper
from contract_assembly.actions.client_import.places import ClientPlace
from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.values import Duration
from contract_assembly.facts.outline import CONTRACT
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record import BuildRecord, DocumentRecord, Signed
from contract_assembly.repository.record_file import written
from contract_assembly.repository.yaml_editor import schema_line

PLAN = "as-agreed"
SIGNED_PDF = "signed-elsewhere.pdf"
_PATH = f"provider/plans/{PLAN}.yaml"


class AgreedTerms(Struct, frozen=True):
    """What was agreed, as far as it is known: days inclusive, the fee a month without tax, the plan that follows, if any."""

    id: str
    first: date
    last: date
    signed_on: date
    renewal: str
    renewal_length: Duration
    notice: Duration
    billing: str
    due: Duration
    price: Decimal
    users: int
    assets: Mapping[str, int]
    next_plan: str | None


def agreement_file(
    terms: AgreedTerms, place: ClientPlace, ours: tuple[str, ...], unknown: Sequence[str], site: str = ""
) -> bytes:
    """`agreement.yaml`. `ours` are the ids of the firm's people, of whom the first signs; `unknown` is what no column says, and
    `site` the client's address, where it is known."""
    currency = place.country.currency
    own = {
        "id": terms.id,
        "title": "IT Support Agreement",
        "kind": "support",
        "plan": PLAN,
        "term": {
            "first_day": str(terms.first),
            "last_day": str(terms.last),
            "renewal": terms.renewal,
            "renewal_length": terms.renewal_length.text,
            "notice": terms.notice.text,
        },
        "coverage": {
            "users": str(terms.users),
            "sites": [{"name": "Head office", "address": site}] if site else [],
            "assets": [{"kind": kind, "count": str(count)} for kind, count in terms.assets.items() if count],
        },
        "fees": {
            "prices": [{"line": PLAN, "price": f"{terms.price:.2f} {currency}"}],
            "billing": terms.billing,
            "due": terms.due.text,
            "increase_cap": "5 %",
            "increase_notice": "90 days",
        },
        "renewal": {"plan": terms.next_plan} if terms.next_plan else "",
    }
    return agreement_on_other_paper("agreement", own, place, ours, unknown)


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
