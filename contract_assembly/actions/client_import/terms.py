"""The terms of one contract from a row of a table: of a support contract, or of a block of prepaid hours. Reads plans and rates
through the repository."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from contract_assembly.actions.client_import.hour_block import BlockTerms
from contract_assembly.actions.client_import.readers import BILLINGS, RENEWALS, months, period, word
from contract_assembly.actions.client_import.rows import ClientRow
from contract_assembly.actions.client_import.support_contract import AgreedTerms
from contract_assembly.core.csv_tables import folded
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import did_you_mean, shown
from contract_assembly.core.values import Duration
from contract_assembly.facts.agreed_lines import in_currency
from contract_assembly.facts.catalogue import Plan, Rates
from contract_assembly.facts.client_mapping import amount, is_of_currency
from contract_assembly.facts.export_cells import day, duration
from contract_assembly.facts.fields import whole
from contract_assembly.repository.inputs import Repository

_RATES = "provider/rates.yaml"


def support_terms(files: Repository, client: str, row: ClientRow, currency: str | None) -> AgreedTerms | None:
    """What a row says of a support contract, in the currency of its place where that is known; None with problems added to the
    row."""
    model = row.mapping
    first, last, signed = _term(row)
    price = row.read("price", _money(row, currency))
    notice = row.read("notice", period)
    renewal = row.read("renewal", word("renewals", model.renewals, RENEWALS))
    length = row.read("renewal_length", months, needed=False)
    billing = row.read("billing", word("billings", model.billings, BILLINGS), needed=False)
    due = row.read("due", period, needed=False)
    users, workstations, servers = (
        row.read(each, whole, needed=False) for each in ("users", "workstations", "servers")
    )
    plan = row.read("plan", lambda text: _plan(files, text), needed=False)
    if not (first and last and price and notice and renewal) or row.problems:
        return None
    return AgreedTerms(
        id=row.text("contract") or f"{client.upper()}-{first.year}",
        first=first,
        last=last,
        signed_on=signed or first,
        renewal=renewal,
        renewal_length=length or Duration(12, "month"),
        notice=notice,
        billing=billing or "monthly",
        due=due or Duration(30, "day"),
        price=price,
        users=users or 0,
        assets={"workstation": workstations or 0, "server": servers or 0},
        next_plan=plan,
    )


def block_terms(files: Repository, client: str, row: ClientRow, currency: str | None) -> BlockTerms | None:
    """What a row says of a block of prepaid hours, as `support_terms` does."""
    first, last, signed = _term(row)
    hours = row.read("hours", whole)
    left = row.read("hours_left", lambda text: duration(text, "hours"))
    on = row.read("left_on", _day(row))
    rate = row.read("rate", _money(row, currency))
    role = _role(files, row, currency) if currency else None
    due = row.read("due", period, needed=False)
    if row.text("price"):
        hint = "leave it blank, or put the support contract into a row of its own"
        row.wrong("price", "prepaid hours have no fee a month", hint)
    if first and last and on and not first <= on <= last:
        row.wrong(
            "left_on",
            f"{on} is outside the days of the hours, {first} to {last}",
            "count what was left on one of these days",
        )
    if hours is not None and left is not None and left > hours * 60:
        row.wrong(
            "hours_left",
            f"more is left than the {hours} hours that were bought",
            "add up all the hours that are still valid",
        )
    if not (first and last and hours and on and rate and role) or left is None or row.problems:
        return None
    return BlockTerms(
        id=row.text("contract") or f"{client.upper()}-{first.year}-B",
        first=first,
        last=last,
        signed_on=signed or first,
        hours=hours,
        left=left,
        left_on=on,
        rate=rate,
        role=role,
        due=due or Duration(30, "day"),
    )


def _term(row: ClientRow) -> tuple[date | None, date | None, date | None]:
    first, last = row.read("first_day", _day(row)), row.read("last_day", _day(row))
    signed = row.read("signed_on", _day(row), needed=False)
    if first and last and last < first:
        row.wrong("last_day", f"it ends on {last}, before it begins on {first}", "correct one of the two days")
    return first, last, signed


def _day(row: ClientRow) -> Callable[[str], date]:
    return lambda text: day(text, row.mapping.dates)


def _money(row: ClientRow, currency: str | None) -> Callable[[str], Decimal]:
    def read(text: str) -> Decimal:
        found = amount(text, row.mapping.decimal)
        if currency and not is_of_currency(text, currency):
            raise ValueError(f"{shown(text)} is in a different currency from contracts at that place, {currency}")
        return found

    return read


def _plan(files: Repository, text: str) -> str:
    found = files.names("provider/plans", ".yaml")
    sold = [each for each in found if files.load(Plan, f"provider/plans/{each}.yaml").model.services]
    if folded(text) in sold:
        return folded(text)
    raise RefusedError([Problem("unknown-plan", f"there is no plan {shown(text)}", None, did_you_mean(text, sold))])


def _role(files: Repository, row: ClientRow, currency: str) -> str | None:
    """The first role of the rate card with a rate in a currency: that of a block's list rate."""
    roles: Any = files.load(Rates, _RATES).model.roles
    found = next((each.role for each in roles if in_currency(each.rate, currency)), None)
    if found is None:
        row.wrong("rate", f"the rate card has no rate in {currency}", f"add one to {_RATES}")
    return found
