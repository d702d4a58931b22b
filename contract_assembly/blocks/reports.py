"""Figures of a block as data for JSON, as text for a terminal, and as rows for a spreadsheet. Pure; `cli` prints
them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from contract_assembly.blocks.block_state import Beyond, BookState
from contract_assembly.blocks.book import HOUR, Book
from contract_assembly.blocks.forecast import Pace
from contract_assembly.blocks.ledger import FIELDS, LedgerRow
from contract_assembly.blocks.new_entries import EntriesPreview
from contract_assembly.blocks.notices import Notice
from contract_assembly.blocks.plan_comparison import PlanComparison, PricedPlan
from contract_assembly.blocks.settlement import credit, refund, refund_day
from contract_assembly.blocks.statement import Statement
from contract_assembly.core.csv_tables import guarded, table
from contract_assembly.core.values import Money, hours
from contract_assembly.facts.fields import Model

FORECAST = (
    "client", "agreement", "hours_left", "expires", "runs_out", "earliest", "latest", "weeks", "hours_a_month", "cost_a_month",
    "plan", "fee_a_month", "saving_a_month", "currency",
)  # fmt: skip


def plain(value: Any) -> Any:
    """Figures for JSON: exact numbers as text, dates as ISO 8601, money as amount and currency, rows by the ledger's
    names."""
    match value:
        case Decimal():
            return f"{value.normalize():f}" if value else "0"
        case Money():
            return {"amount": f"{value.amount:f}", "currency": value.currency}
        case date():
            return value.isoformat()
        case LedgerRow():
            return {name: plain(each) for name, each in zip(FIELDS, value, strict=True)}
        case Model():
            return {name: plain(getattr(value, name)) for name in type(value).model_fields}
        case Struct():
            return {name: plain(each) for name, each in asdict(value).items()}
        case Mapping():
            return {key: plain(each) for key, each in value.items()}
        case list() | tuple():
            return [plain(each) for each in value]
    return value


def preview(found: EntriesPreview) -> str:
    """New entries, a line each, and the balance before and after."""
    lines = [entry(row) for row in found.rows]
    lines += [f"    from Block {name}: {hours(minutes)} h" for name, minutes in found.blocks()]
    beyond = sum((each.minutes for each in found.after.beyond), Decimal(0)) - sum(
        (each.minutes for each in found.before.beyond), Decimal(0)
    )
    lines += [f"    beyond the last hour, as approved: {hours(beyond)} h"] if beyond else []
    return "\n".join([*lines, f"Balance: {hours(found.before.balance)} h before, {hours(found.after.balance)} h after"])


def entry(row: LedgerRow) -> str:
    """One row of a ledger for a person, with the working."""
    at = f" {row.time}" if row.time else ""
    about = f"{row.channel}, {row.reference}" if row.reference else row.channel
    head = f"{row.number:>4}  {row.date}{at}  {row.person}  {row.task} ({about})"
    if row.reverses:
        return f"{head}\n      reverses row {row.reverses}: {row.because}; {hours(row.deducted)} h"
    return f"{head}\n      worked {row.worked} min, rounded {row.rounded} min, factor {row.factor}: {hours(row.deducted)} h"


def balance(book: Book, found: BookState, rhythm: Pace) -> str:
    """The balance of a book, Block by Block."""
    lines = [f"{book.folder} on {found.on}: {hours(found.balance)} h left"]
    for each in found.blocks:
        gone = ", ".join(
            f"{hours(getattr(each, name))} {name}"
            for name in ("used", "left", "expired", "refunded", "credited")
            if getattr(each, name) or name in {"used", "left"}
        )
        lines.append(
            f"  Block {each.id}: {hours(each.bought)} h until {each.until}{' (carried over)' if each.carried else ''}: {gone}"
        )
    lines += [f"  Block {each.id}: {hours(each.minutes)} h, not paid by then" for each in found.unpaid]
    lines += [f"  refund of {_money(refund(book, found))}, due by {refund_day(book)}"] if found.sum("refunded") else []
    lines += [f"  credit of {_money(credit(book, found))} to the support contract"] if found.sum("credited") else []
    lines += [_beyond(each) for each in found.beyond]
    lines += [f"  {forecast(rhythm)}"] if found.balance else []  # hours that are gone do not run out
    return "\n".join(lines)


def _beyond(each: Beyond) -> str:
    where = f" from Block {each.block}" if each.block else ""
    return f"  beyond the last hour on {each.day}: {hours(each.minutes)} h, {each.state}{where}"


def forecast(rhythm: Pace) -> str:
    """The pace in a sentence."""
    if not rhythm.weeks:
        return "no whole week yet to compute the pace from"
    used = f"{tenth(rhythm.month)} h in an average month (of {rhythm.weeks} weeks)"
    if rhythm.runs_out is None:
        return f"{used}; at that pace the hours do not run out"
    between = (
        f" (8 in 10: {rhythm.earliest or 'now'} to {rhythm.latest or 'not within ten years'})"
        if rhythm.earliest
        else ""
    )
    return f"{used}; runs out on {rhythm.runs_out}{between}{', an early estimate' if rhythm.early else ''}"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def statement(book: Book, found: Statement) -> str:
    """A statement, from the opening to the closing balance."""
    agreed = book.inputs.agreement.model
    lines = [
        f"{agreed.id}: {found.days.first} to {found.days.last}, booked by {found.known}",
        f"Opening balance: {hours(found.opening)} h",
        *(
            f"{name.capitalize()}: {hours(minutes)} h"
            for name, minutes in found.movements.items()
            if minutes or name == "used"
        ),
        *([f"Beyond the last hour: {hours(found.beyond)} h"] if found.beyond else []),
        f"Closing balance: {hours(found.closing)} h",
        *(
            [f"Refund: {_money(refund(book, found.end))}, due by {refund_day(book)}"]
            if found.movements["refunded"]
            else []
        ),
        *([f"Credit: {_money(credit(book, found.end))}"] if found.movements["credited"] else []),
        f"Expiry Day: {found.end.expiry or 'no hours are left'}",
        *([_sentence(forecast(found.pace))] if found.end.balance else []),  # hours that are gone do not run out
        f"Entries: {len(found.entries)}",
        *map(entry, found.entries),
    ]
    if found.late:
        lines += ["Booked late, for earlier days:", *map(entry, found.late)]
    if found.noticed:
        lines.append("What we noticed:")
    for each in found.noticed:
        cure = f" The fix would take {each.hours} h." if each.hours else ""
        lines.append(f"  {each.on} {each.importance}: {each.finding}.{cure}")
    return "\n".join(lines)


def notice(folder: str, each: Notice, on: date) -> str:
    """A message in two lines: the day by which it is due, and whether it can be sent on this day."""
    about = f" of Block {each.block}" if each.block else f" for {each.period_end:%Y-%m}"
    return f"{each.due}  {folder}: {each.what}{about}: {_sending(each, on)}\n            {each.why} ({each.clause})"


def _sending(each: Notice, on: date) -> str:
    if each.sent:
        return f"sent on {each.sent}"
    if each.late(on):
        return "overdue"
    if on < each.arises:
        return f"can be sent from {each.arises}"
    return "due today" if on == each.due else f"can be sent now, and is due by {each.due}"


def comparison(found: PlanComparison) -> Iterator[str]:
    """A block compared with each plan, with the working and the sign."""
    early = ", an early estimate" if found.pace.early else ""
    parts = f"block {_money(found.block_cost)} + beyond it {_money(found.overage_cost)} = {_money(found.cost)}"
    yield f"Now: {tenth(found.pace.month)} h a month of {found.pace.weeks} weeks{early}: {parts}"
    yield f"Credit for unused hours at the step to a support contract: {_money(found.credit)}"
    if not found.plans:
        yield "No plan is priced: write the scope of a support contract under environment: in account.yaml"
    for each in found.plans:
        parts = f"fee {_money(each.fee)} + work that it leaves out {_money(each.outside_cost)} = {_money(each.total)}"
        yield f"{each.name}: {parts} a month; {_difference(each)}"
        yield f"    the same money buys {each.breakeven} h of the block"
        for line in each.lines:
            less = f" less {line.discount.value} %" if line.discount else ""
            yield f"    {line.quantity} x {_money(line.price)}{less} = {_money(line.amount)}  {line.label}"
        for work in each.outside:
            yield f"    {work.hours} h x {_money(work.rate)} = {_money(work.cost)}  left out: {work.task} ({work.item})"
    if found.plans and found.unsorted:
        yield f"Not sorted yet, and taken as covered: {'; '.join(found.unsorted)}. See outside: and inside: in account.yaml"


def _difference(each: PricedPlan) -> str:
    """The sign in words."""
    if each.cheaper == "neither":
        return "both cost the same"
    return f"the {each.cheaper} is cheaper by {_money(Money(abs(each.difference.amount), each.fee.currency))} a month"


def forecast_row(client: str, agreement: str, found: PlanComparison, left: BookState) -> dict[str, Any]:
    """One client in the forecast of all, for JSON and CSV."""
    best = min(found.plans, key=lambda each: each.total.amount, default=None)
    values: tuple[Any, ...] = (
        client,
        agreement,
        hours(left.balance),
        left.expiry,
        found.pace.runs_out,
        found.pace.earliest,
        found.pace.latest,
        found.pace.weeks,
        tenth(found.pace.month),
        found.cost.amount,
        best.plan if best else None,
        best.fee.amount if best else None,
        found.saving.amount if found.saving else None,
        found.cost.currency,
    )
    return dict(zip(FORECAST, values, strict=True))


def by_value(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Clients in order: the largest saving by converting first, then the earliest to run out; those without a plan
    last."""
    return sorted(
        rows,
        key=lambda row: (
            row["saving_a_month"] is None,
            -(row["saving_a_month"] or 0),
            row["runs_out"] or date.max,
            row["client"],
            row["agreement"],
        ),
    )


def forecast_table(rows: list[dict[str, Any]]) -> str:
    """The forecast of all as columns of text."""
    if not rows:
        return "there is no prepaid block in use"
    shown = [name for name in FORECAST if name not in {"weeks", "currency"}]
    cells = [[name.replace("_", " ") for name in shown]]
    cells += [[guarded(row[name]) or "-" for name in shown] for row in rows]
    widths = [max(len(line[n]) for line in cells) for n in range(len(shown))]
    return "\n".join(
        "  ".join(f"{text:{width}}" for text, width in zip(line, widths, strict=True)).rstrip() for line in cells
    )


def spreadsheet(rows: Iterable[Mapping[str, Any]]) -> str:
    """Rows as CSV for a spreadsheet."""
    return table(FORECAST, ([row[name] for name in FORECAST] for row in rows))


def tenth(minutes: Decimal) -> str:
    """Minutes as hours with one decimal, half up, for averages."""
    return f"{(minutes / HOUR).quantize(Decimal('0.1'), ROUND_HALF_UP):f}"


def _money(value: Money) -> str:
    return f"{value.amount:,f} {value.currency}"
