"""The files of a block of prepaid hours that was signed on other paper: its facts, and a ledger that begins with the hours
used by the day on which the rest was counted. No clause of ours is claimed for it, and no use is invented. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from msgspec import Struct

from contract_assembly.actions.client_import.other_paper import agreement_on_other_paper
from contract_assembly.actions.client_import.places import ClientPlace
from contract_assembly.blocks.ledger import LEDGER, OPENING, Ledger, LedgerRow, appended
from contract_assembly.core.values import Duration
from contract_assembly.facts.account import ACCOUNT
from contract_assembly.repository.yaml_editor import block, schema_line

# What no table says, and what nothing of ours prints for a contract on other paper: no promise is read out of these.
_UNSAID = {
    "allowed_work": ["Work as agreed"], "not_included": ["Continuous monitoring and maintenance"], "order": "round-then-multiply",
    "low_percent": "25 %", "low_hours": "5", "expiry_warning": "60 days", "final_warning": "15 days", "overage": "stop",
    "topup_days": "30 days", "rollover": "none", "refund": "none", "statement_day": "10", "dispute": "30 days",
    "proactive_hours": "0", "conversion_percent": "0 %", "conversion_window": "60 days",
}  # fmt: skip


class BlockTerms(Struct, frozen=True):
    """What was agreed, as far as it is known: days inclusive, the price of an hour without tax, and the whole minutes that were
    `left` at the end of the day `left_on`. `role` is that of the list rate."""

    id: str
    first: date
    last: date
    signed_on: date
    hours: int
    left: int
    left_on: date
    rate: Decimal
    role: str
    due: Duration


def block_files(
    terms: BlockTerms, place: ClientPlace, ours: tuple[str, ...], unknown: Sequence[str]
) -> dict[str, bytes]:
    """The files of the agreement's folder by name. `ours` are the ids of the firm's people, of whom the first signs; `unknown` is
    what no column says."""
    return {
        "agreement.yaml": _agreement(terms, place, ours, unknown),
        ACCOUNT: _account(terms),
        LEDGER: appended(Ledger(LEDGER), [opening_row(terms, ours[0])]),
    }


def opening_row(terms: BlockTerms, person: str) -> LedgerRow:
    """The first row of the ledger: the minutes that were used before anything was recorded here."""
    used = terms.hours * 60 - terms.left
    return LedgerRow(
        number=1,
        date=terms.left_on,
        time="",
        person=person,
        task=f"Hours used by the end of {terms.left_on}, from earlier records",
        channel=OPENING,
        worked=used,
        rounded=used,
        factor="1",
        deducted=Decimal(used),
        asked_by="",
        reference="",
        reverses=None,
        because="",
        booked=terms.left_on,
    )


def _agreement(terms: BlockTerms, place: ClientPlace, ours: tuple[str, ...], unknown: Sequence[str]) -> bytes:
    own = {
        "id": terms.id,
        "title": "Prepaid Time Block Agreement",
        "kind": "time-block",
        "block": {
            "hours": str(terms.hours),
            "rate": f"{terms.rate:.2f} {place.country.currency}",
            "role": terms.role,
            "first_day": str(terms.first),
            "last_day": str(terms.last),
            "due": terms.due.text,
            **_UNSAID,
        },
    }
    return agreement_on_other_paper("block-agreement", own, place, ours, unknown)


def _account(terms: BlockTerms) -> bytes:
    note = "# Payment is assumed for the first day. The hours left were counted at the end of the day of row 1 in the ledger.\n"
    facts: Mapping[str, str] = {"paid": str(terms.first)}
    return (schema_line("account", 3) + note + block(facts)).encode()
