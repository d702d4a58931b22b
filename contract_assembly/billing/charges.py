"""Every charge of an agreement as it stands: recurring fees by period, with each change from its day, and what is charged once.
Pure.

Source: clauses fees, fees-billing, fees-lines (setup fee), fees-credit, levels-credits and changes. A period is charged at the
quantities of its first day; a change within it is charged, or credited, for the days that are left."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise, takewhile

from contract_assembly.billing.charge import Charge, Key, Sort
from contract_assembly.billing.periods import Month, Period, due_day, invoice_day, parts, periods
from contract_assembly.billing.running import Running
from contract_assembly.billing.service_credits import CreditRule, Measures, MonthCredit, credits_due
from contract_assembly.billing.states import State, states
from contract_assembly.core.origin import Origin
from contract_assembly.core.values import DateRange, Money, total
from contract_assembly.facts.fees import FeeLine
from contract_assembly.facts.proration import month_of, part_of

_YEAR = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class _Billed:
    """A billing period, and the days on which its invoice goes out and is due."""

    period: Period
    invoiced: date
    due: date


@dataclass(frozen=True)
class _Bill:
    """The contract that is charged, the billing periods that are asked for, and its states."""

    running: Running
    periods: tuple[_Billed, ...]
    states: tuple[State, ...]

    def key(self, sort: Sort, line: str, days: DateRange) -> Key:
        return Key(
            client=self.running.client,
            agreement=self.running.name,
            sort=sort,
            line=line,
            first=days.first,
            last=days.last,
        )

    def due(self, invoiced: date) -> date:
        return due_day(
            invoiced, self.running.versions[0].inputs.agreement.model.fees.due, self.running.inputs.calendar.model
        )


def charges(running: Running, until: date) -> tuple[Charge, ...]:
    """Every charge of a contract from its first day on, up to the period that a day lies in, in the order of their periods."""
    if until < running.first:
        return ()
    wanted = takewhile(lambda each: each.days.first <= until, _periods(running, until))
    within = tuple(_billed(running, each) for each in wanted)
    bill = _Bill(running, within, states(running, within[-1].period.days.last))
    recurring = tuple(each for found in within for each in _recurring(bill, found))
    more = (*_setup(bill), *_prepaid(bill, recurring), *_service_credits(bill, until))
    return tuple(sorted((*recurring, *more), key=lambda each: (each.key.first, each.key.last, _ORDER[each.key.sort])))


def _periods(running: Running, until: date) -> Iterator[Period]:
    """The billing periods up to a day and, unless the contract ends, those of a year after it: no period is longer."""
    ahead = until + _YEAR
    span = DateRange(running.first, min(running.last, ahead) if running.last else ahead)
    return periods(running.versions[0].inputs.agreement.model, span)


def _billed(running: Running, period: Period) -> _Billed:
    agreed = running.versions[0].inputs.agreement.model
    invoiced = invoice_day(period, agreed.fees.due, running.signed_on, running.first)
    due = due_day(invoiced, agreed.fees.due, running.inputs.calendar.model)
    return _Billed(period, invoiced, max(period.days.first, due))


_ORDER: dict[Sort, int] = {
    "recurring": 0, "setup": 1, "credit": 2, "service-credit": 3, "block": 4, "overage": 5, "refund": 6,
}  # fmt: skip


# ---- the recurring fee


def _recurring(bill: _Bill, billed: _Billed) -> Iterator[Charge]:
    """The lines of a period as they are on its first day, then what each change within it adds or takes away."""
    period = billed.period
    found = [
        each for each in bill.states if each.days.first <= period.days.last and each.days.last >= period.days.first
    ]
    for line in found[0].lines:
        yield Charge(
            key=bill.key("recurring", line.id, period.named),
            label=line.label,
            days=period.days,
            quantity=Decimal(line.quantity),
            price=line.price,
            amount=_amount(line.amount, period, period.days),
            nature=line.nature,
            listed=period.days.first,
            invoiced=billed.invoiced,
            due=billed.due,
            working=f"{_counted(line)}{_for_days(line.amount, period, period.days)}",
            origin=line.origin,
        )
    for before, after in pairwise(found):
        yield from _changed(bill, period, before, after)


def _changed(bill: _Bill, period: Period, before: State, after: State) -> Iterator[Charge]:
    old, new = ({each.id: each for each in state.lines} for state in (before, after))
    days = DateRange(after.days.first, period.days.last)
    for name in dict.fromkeys((*old, *new)):
        was, now = old.get(name), new.get(name)
        line = now or was
        assert line is not None  # noqa: S101  # it is in one of the two
        monthly = Money(_of(now) - _of(was), line.amount.currency)
        if not monthly.amount:
            continue
        same_price = was is None or now is None or was.price == now.price
        quantity = (now.quantity if now else 0) - (was.quantity if was else 0)
        yield Charge(
            key=bill.key("recurring", name, period.named),
            label=line.label,
            days=days,
            quantity=Decimal(quantity) if same_price else None,
            price=line.price if same_price else None,
            amount=_amount(monthly, period, days),
            nature=line.nature,
            listed=days.first,
            invoiced=days.first,
            due=bill.due(days.first),
            working=f"{_difference(was, now)}{_for_days(monthly, period, days)}",
            origin=line.origin,
        )


def _of(line: FeeLine | None) -> Decimal:
    return line.amount.amount if line else Decimal(0)


def _amount(monthly: Money, period: Period, days: DateRange) -> Money:
    """What these days of a period cost at a monthly amount: whole months in full, a part of one by its days."""
    return total((_of_month(monthly, month, part) for month, part in parts(period, days)), monthly.currency)


def _of_month(monthly: Money, month: Month, part: DateRange) -> Money:
    return monthly.rounded() if part == month.days else part_of(monthly, part, month.days)


def _counted(line: FeeLine) -> str:
    discount = f" less {line.discount.value} %" if line.discount else ""
    return f"{line.quantity} x {line.price.amount}{discount} = {line.amount.amount}"


def _difference(was: FeeLine | None, now: FeeLine | None) -> str:
    if was and now and was.price == now.price:
        return f"{now.quantity} in place of {was.quantity}: {_signed(_of(now) - _of(was))}"
    if was and now:
        return f"{_counted(now)} in place of {_counted(was)}: {_signed(_of(now) - _of(was))}"
    if now:
        return f"new: {_counted(now)}"
    return f"ended: {_signed(-_of(was))}"


def _signed(amount: Decimal) -> str:
    return f"{amount:+}"


def _for_days(monthly: Money, period: Period, days: DateRange) -> str:
    """How a monthly amount becomes that of these days: "", " x 3 months", " x 15/31 days", " x 15/31 days and 2 months"."""
    whole = [month for month, part in parts(period, days) if part == month.days]
    some = [(month, part) for month, part in parts(period, days) if part != month.days]
    words = [
        f"{(part.last - part.first).days + 1}/{(month.days.last - month.days.first).days + 1} days"
        for month, part in some
    ]
    if whole and (words or len(whole) > 1):
        words.append(f"{len(whole)} month{'s' if len(whole) > 1 else ''}")
    return f" a month, for {' and '.join(words)}" if words else ""


# ---- what is charged or credited once


def _setup(bill: _Bill) -> Iterator[Charge]:
    """The setup fee: invoiced on or after the Start Date (clause fees-lines)."""
    inputs, first = bill.running.versions[0].inputs, bill.running.first
    if fee := inputs.agreement.model.fees.setup:
        yield Charge(
            key=bill.key("setup", "setup", DateRange(first, first)),
            label="Setup fee",
            days=DateRange(first, first),
            quantity=Decimal(1),
            price=fee,
            amount=fee.rounded(),
            nature=None,
            listed=first,
            invoiced=first,
            due=bill.due(first),
            working="charged once, on or after the Start Date",
            origin=inputs.agreement.at("fees.setup"),
        )


def _prepaid(bill: _Bill, recurring: tuple[Charge, ...]) -> Iterator[Charge]:
    """The credit for prepaid hours: off the first invoices of the Recurring Fee until it is used up (clause fees-credit)."""
    inputs = bill.running.versions[0].inputs
    credit = inputs.agreement.model.fees.credit
    left = credit.amount.amount if credit else Decimal(0)
    for billed in bill.periods:
        period = billed.period.days
        if not left or credit is None:
            return
        fee = sum((each.amount.amount for each in recurring if each.key.first == period.first), Decimal(0))
        taken = min(left, max(fee, Decimal(0)))
        left -= taken
        if taken:
            amount = Money(-taken, credit.amount.currency)
            yield Charge(
                key=bill.key("credit", "prepaid-hours", billed.period.named),
                label=f"Credit for the unused hours of {credit.block}",
                days=period,
                quantity=None,
                price=None,
                amount=amount,
                nature=None,
                listed=period.first,
                invoiced=billed.invoiced,
                due=billed.due,
                working=f"of {credit.amount.amount} in all; {left:f} is left after it",
                origin=inputs.agreement.at("fees.credit"),
            )


def service_credits(running: Running) -> tuple[MonthCredit, ...]:
    """The Service Credits of every month that is over, worked out from the Tickets in `service.yaml`; none where a clause has
    words of its own."""
    service = running.service
    if service is None or not service.model.months:
        return ()
    ahead = max(each.last for each in service.model.months) + _YEAR
    span = DateRange(running.first, min(running.last, ahead) if running.last else ahead)
    known = states(running, span.last)

    def measures(day: date) -> Measures | None:
        rule, state = running.credit_rule_on(day), next((each for each in known if day in each.days), None)
        return Measures(state.inputs.plan.model.service_levels, rule) if rule and state else None

    def fee(days: DateRange) -> Money:
        month = Month(month_of(days.first), days)
        billed = _Billed(Period(days, days, (month,)), days.first, days.first)
        lines = _recurring(_Bill(running, (billed,), known), billed)
        return total((each.amount for each in lines), running.currency)

    return credits_due(service, running.service_before, span, measures, fee)


def _service_credits(bill: _Bill, until: date) -> Iterator[Charge]:
    """The Service Credits, off the next invoice (clause levels-credits): those that are worked out from the Tickets of a month,
    and those that were given by hand."""
    running = bill.running
    for each in service_credits(running):
        if each.amount.amount and each.days.last <= until:
            label = f"Service Credit for {each.days.first:%B %Y}"
            yield _credited(bill, until, "levels", each.days, each.amount, label, each.working, each.origin)
    service, seen = running.service, dict[date, int]()
    for n, miss in enumerate(service.model.missed if service else ()):
        if miss.credit is None or service is None or not running.first <= miss.on <= until:
            continue
        seen[miss.on] = seen.get(miss.on, 0) + 1
        line, at = "missed" if seen[miss.on] == 1 else f"missed-{seen[miss.on]}", service.at(f"missed.{n}")
        yield _credited(bill, until, line, DateRange(miss.on, miss.on), miss.credit, "Service Credit", miss.source, at)


def _credited(
    bill: _Bill, until: date, line: str, days: DateRange, amount: Money, label: str, why: str, origin: Origin
) -> Charge:
    """A Service Credit on the first invoice after its days; without one, it is paid within the time that the clause sets."""
    ahead = (_billed(bill.running, period) for period in _periods(bill.running, until))
    next_ = next((found for found in ahead if found.invoiced > days.last), None)
    payout = (bill.running.credit_rule_on(days.last) or CreditRule()).payout
    paid = due_day(days.last, payout, bill.running.inputs.calendar.model)
    return Charge(
        key=bill.key("service-credit", line, days),
        label=label,
        days=days,
        quantity=None,
        price=None,
        amount=Money(-amount.amount, amount.currency).rounded(),
        nature=None,
        listed=next_.period.days.first if next_ else days.last,
        invoiced=next_.invoiced if next_ else days.last,
        due=next_.due if next_ else paid,
        working=f"deducted from the next invoice: {why}"
        if next_
        else f"paid by {paid}, because no invoice follows: {why}",
        origin=origin,
    )
