"""What is charged once: the setup fee and one-off lines, each whole or in monthly instalments, and usage beyond what is included.
Pure.

Source: clauses fees-lines (setup fee), fees-more-lines and fees-usage."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from msgspec import Struct

from contract_assembly.billing.charge import Charge, Sort
from contract_assembly.billing.recurring_charges import Bill
from contract_assembly.billing.states import Run
from contract_assembly.core.origin import Origin
from contract_assembly.core.values import DateRange, Money, corresponding
from contract_assembly.facts.agreed_lines import Line, agreed_lines
from contract_assembly.facts.fees import FeeLine, commitment_discount, lines_at
from contract_assembly.facts.proration import instalments

_DAY = timedelta(days=1)


class _Item(Struct, frozen=True):
    """Something that is charged once, from a day on, whole or in instalments."""

    sort: Sort
    id: str
    label: str
    quantity: int
    price: Money
    amount: Money
    nature: str | None
    first: date
    instalments: int
    origin: Origin


def setup(bill: Bill) -> Iterator[Charge]:
    """The setup fee: invoiced on or after the Start Date."""
    inputs, first = bill.running.versions[0].inputs, bill.running.first
    fees = inputs.agreement.model.fees
    if fees.setup:
        yield from _charged(
            bill,
            _Item(
                sort="setup",
                id="setup",
                label="Setup fee",
                quantity=1,
                price=fees.setup,
                amount=fees.setup.rounded(),
                nature=None,
                first=first,
                instalments=fees.setup_instalments,
                origin=inputs.agreement.at("fees.setup"),
            ),
        )


def once(bill: Bill) -> Iterator[Charge]:
    """The one-off lines, by the facts of the day on which each is due: one that was taken out before then is not charged."""
    firsts: dict[str, date] = {}
    for run in bill.runs:
        for line in _lines(run):
            firsts.setdefault(line.id, line.first or run.days.first)
    for run in bill.runs:
        for line in _lines(run):
            if (first := firsts[line.id]) in run.days:
                yield from (each for row in _rows(run, line) for each in _charged(bill, _item(row, first, line)))


def _lines(run: Run) -> Iterator[Line]:
    if run.inputs.agreement.model.fees.lines:
        yield from (each for each in agreed_lines(run.inputs, None) if each.every == "once")


def _rows(run: Run, line: Line) -> Iterator[FeeLine]:
    day = max(line.first or run.days.first, run.days.first)
    found = lines_at(run.inputs, commitment_discount(run.inputs), day, "once")
    yield from (each for each in found if each.of == line.id)


def _item(row: FeeLine, first: date, line: Line) -> _Item:
    return _Item(
        sort="once",
        id=row.id,
        label=row.label,
        quantity=row.quantity,
        price=row.price,
        amount=row.amount,
        nature=row.nature,
        first=first,
        instalments=line.instalments,
        origin=row.origin,
    )


def _charged(bill: Bill, item: _Item) -> Iterator[Charge]:
    """The item whole, or its instalments, the first on its first day and one each month after it. Where the contract ends before
    them, the rest is charged on its last day."""
    last, count = bill.running.last, item.instalments
    for n, amount in enumerate(instalments(item.amount, count)):
        named = corresponding(item.first, n)
        day = min(named, last) if last else named
        of = f"instalment {n + 1} of {count} of {item.amount.amount}" if count > 1 else "charged once"
        yield Charge(
            key=bill.key(item.sort, item.id, DateRange(named, named)),
            label=item.label if count == 1 else f"{item.label}, instalment {n + 1} of {count}",
            days=DateRange(day, day),
            quantity=Decimal(item.quantity) if count == 1 else Decimal(1),
            price=item.price if count == 1 else amount,
            amount=amount,
            nature=item.nature,
            listed=day,
            invoiced=day,
            due=bill.due(day),
            working=f"{of}, on or after the Start Date" if item.sort == "setup" and count == 1 else of,
            origin=item.origin,
        )


def used(bill: Bill) -> Iterator[Charge]:
    """Usage beyond what a line includes, month by month, on the day after the month; what is included counts for whole months."""
    usage = bill.running.usage
    for n, each in enumerate(usage.model.usage if usage else ()):
        assert usage is not None  # noqa: S101  # it has entries
        after = corresponding(each.month, 1)
        month = DateRange(each.month, after - _DAY)
        line = usage_line(bill.runs, each.line, month)
        if line is None or line.overage is None or line.included is None:
            continue
        beyond = max(each.used - line.included, Decimal(0))
        if beyond:
            yield Charge(
                key=bill.key("overage", line.id, month),
                label=f"{line.label}: use beyond {line.included} {line.unit}".rstrip(),
                days=month,
                quantity=beyond,
                price=line.overage,
                amount=(line.overage * beyond).rounded(),
                nature=line.nature,
                listed=after,
                invoiced=after,
                due=bill.due(after),
                working=f"{each.used:f} used, {line.included} included: {beyond:f} x {line.overage.amount}",
                origin=usage.at(f"usage.{n}"),
            )


def usage_line(found: tuple[Run, ...], name: str, month: DateRange) -> Line | None:
    """The line of which usage in a month is counted, as it was on the last of the month's days on which it ran; None where it did
    not run, or where its usage is not counted."""
    for run in reversed(found):
        if run.days.first > month.last or run.days.last < month.first:
            continue
        for line in agreed_lines(run.inputs, None):
            first = max(run.days.first, month.first, line.first or month.first)
            last = min(run.days.last, month.last, line.last or month.last)
            if line.id == name and line.overage is not None and first <= last:
                return line
    return None
