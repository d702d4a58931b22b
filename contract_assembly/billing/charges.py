"""Every charge of an agreement as it stands: what recurs, by period, and what is charged or credited once. Pure.

Source: clauses fees, fees-billing, fees-lines (setup fee), fees-more-lines, fees-usage, fees-credit and levels-credits."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise, takewhile
from typing import Literal

from contract_assembly.billing.charge import Charge, Sort
from contract_assembly.billing.once_charges import once, setup, used
from contract_assembly.billing.periods import BillingPeriod, Month, due_day, invoice_day, periods
from contract_assembly.billing.recurring_charges import Bill, Billed, recurring
from contract_assembly.billing.running import Running, Timing
from contract_assembly.billing.service_credits import CreditRule, Measures, MonthCredit, credits_due
from contract_assembly.billing.states import runs, states_of
from contract_assembly.core.origin import Origin
from contract_assembly.core.values import DateRange, Money, total
from contract_assembly.facts.agreed_lines import agreed_lines
from contract_assembly.facts.agreement import Agreement, Fees
from contract_assembly.facts.price_views import BILLING_MONTHS
from contract_assembly.facts.proration import month_of

_DAY, _YEAR = timedelta(days=1), timedelta(days=366)
_Billing = Literal["monthly", "quarterly", "yearly"]


def charges(running: Running, until: date, since: date = date.min) -> tuple[Charge, ...]:
    """Every charge of a contract, up to the period that a day lies in, in the order of their periods. Fees of billing
    periods that ended before `since` may be left out, which saves most of the work for a contract of many years."""
    if until < running.first:
        return ()
    # How much of a credit is used up follows from every fee.
    since = running.first if running.versions[0].inputs.agreement.model.fees.credit else min(since, until)
    begun = _begun(running, until)
    years = _begun(running, until, "yearly") if _has_yearly(running) else ()
    within = tuple(_billed(running, each) for each in begun if each.days.last >= since)
    bill = Bill(running, within, runs(running, max(each.days.last for each in (*begun, *years))))
    monthly = tuple(each for found in within for each in recurring(bill, found))
    still = (_billed(running, each) for each in years if each.days.last >= since)
    yearly = (each for found in still for each in recurring(bill, found, "year"))
    more = (*setup(bill), *once(bill), *used(bill), *_prepaid(bill, monthly), *_service_credits(bill, until))
    found = (*monthly, *yearly, *more)
    return tuple(sorted(found, key=lambda each: (each.key.first, each.key.last, _ORDER[each.key.sort])))


def _begun(running: Running, until: date, billing: _Billing | None = None) -> tuple[BillingPeriod, ...]:
    """The billing periods up to the one that a day lies in."""
    return tuple(takewhile(lambda each: each.days.first <= until, billing_periods(running, until, billing)))


def _has_yearly(running: Running) -> bool:
    found = (each.inputs for each in running.versions)
    return any(
        line.every == "year" for each in found if each.agreement.model.fees.lines for line in agreed_lines(each, None)
    )


def billing_periods(running: Running, until: date, billing: _Billing | None = None) -> Iterator[BillingPeriod]:
    """The billing periods up to a day and, unless the contract ends, those of a year after it: no period is longer. Each
    signature sets them from its first day on, unless `billing` does for all. An amendment that has the fee invoiced by other
    periods ends the one that its day lies in."""
    ahead = until + _YEAR
    last = min(running.last, ahead) if running.last else ahead
    begins: dict[date, str] = {}
    for day in sorted({running.first, *(each.first for each in running.versions[1:] if each.first > running.first)}):
        found = billing or _fees(running, day).billing
        if found != next(reversed(begins.values()), None):
            begins[day] = found
    days = [*begins, last + _DAY]
    for first, following in pairwise(days):
        if first <= last:
            yield from periods(begins[first], DateRange(first, min(following - _DAY, last)), running.first)


def billing_period(running: Running, day: date) -> BillingPeriod:
    """The billing period that a day lies in. The contract must run on that day."""
    return next(each for each in billing_periods(running, day) if day in each.days)


def _billed(running: Running, period: BillingPeriod) -> Billed:
    invoiced = _INVOICED[running.timing](running, period)
    due = due_day(invoiced, _fees(running, period.days.first).due, running.inputs.calendar.model)
    return Billed(period, invoiced, max(period.days.first, due))


def _fees(running: Running, day: date) -> Fees:
    agreed: Agreement = running.agreed_on(day).agreement.model
    return agreed.fees


def _after(running: Running, period: BillingPeriod) -> date:
    """The day after a period. What is charged for a Contract Year is invoiced like the fee of its first month."""
    months = period.months[: BILLING_MONTHS[_fees(running, period.days.first).billing]]
    return months[-1].covered.last + _DAY


_INVOICED: Mapping[Timing, Callable[[Running, BillingPeriod], date]] = {
    "in-advance": lambda running, period: invoice_day(
        period, _fees(running, period.days.first).due, running.signed_on, running.first
    ),
    "on-first-day": lambda _, period: period.days.first,
    "in-arrears": _after,
}


_ORDER: dict[Sort, int] = {
    "recurring": 0, "setup": 1, "once": 2, "credit": 3, "service-credit": 4, "block": 5, "overage": 6, "refund": 7,
}  # fmt: skip


# ---- credits


def _prepaid(bill: Bill, monthly: tuple[Charge, ...]) -> Iterator[Charge]:
    """The credit for prepaid hours: off the first invoices of the Recurring Fee until it is used up. It is reduced for hours that
    were used or that expired before the Start Date (clause fees-credit)."""
    inputs, unused = bill.running.versions[0].inputs, bill.running.unused
    credit = inputs.agreement.model.fees.credit
    agreed = credit.amount.amount if credit else Decimal(0)
    left = whole = min(agreed, unused.amount) if unused else agreed
    why = f", because hours of the {agreed:f} that was agreed are no longer unused" if whole < agreed else ""
    for billed in bill.periods:
        period = billed.period.days
        if not left or credit is None:
            return
        fee = sum((each.amount.amount for each in monthly if each.key.first == period.first), Decimal(0))
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
                working=f"of {whole:f} in all{why}; {left:f} is left after it",
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
    known = runs(running, span.last)
    found = tuple(state for run in known for state in states_of(run))

    def measures(day: date) -> Measures | None:
        rule, state = running.credit_rule_on(day), next((each for each in found if day in each.days), None)
        return Measures(state.inputs.plan.model.service_levels, rule) if rule and state else None

    def fee(days: DateRange) -> Money:
        month = Month(month_of(days.first), days)
        billed = Billed(BillingPeriod(days, days, (month,)), days.first, days.first)
        lines = recurring(Bill(running, (billed,), known), billed)
        return total((each.amount for each in lines), running.currency)

    return credits_due(service, running.service_before, span, measures, fee)


def _service_credits(bill: Bill, until: date) -> Iterator[Charge]:
    """The Service Credits, off the next invoice (clause levels-credits): those that are worked out from the Tickets of a month,
    and those that were given by hand."""
    running = bill.running
    for each in service_credits(running):
        if each.amount.amount and each.days.last <= until:
            label = f"Service Credit for {each.days.first:%B %Y}"
            yield _credited(
                bill,
                until,
                "levels",
                days=each.days,
                amount=each.amount,
                label=label,
                why=each.working,
                origin=each.origin,
            )
    service, seen = running.service, dict[date, int]()
    for n, miss in enumerate(service.model.missed if service else ()):
        if miss.credit is None or service is None or not running.first <= miss.on <= until:
            continue
        seen[miss.on] = seen.get(miss.on, 0) + 1
        line, at = "missed" if seen[miss.on] == 1 else f"missed-{seen[miss.on]}", service.at(f"missed.{n}")
        yield _credited(
            bill,
            until,
            line,
            days=DateRange(miss.on, miss.on),
            amount=miss.credit,
            label="Service Credit",
            why=miss.source,
            origin=at,
        )


def _credited(
    bill: Bill, until: date, line: str, days: DateRange, amount: Money, label: str, why: str, origin: Origin
) -> Charge:
    """A Service Credit on the first invoice after its days; without one, it is paid within the time that the clause sets."""
    ahead = (_billed(bill.running, period) for period in billing_periods(bill.running, until))
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
