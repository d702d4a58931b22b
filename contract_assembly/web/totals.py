"""The sums of the portfolio, by currency: what recurs, what comes up for renewal, what is blocked, and what was charged. Pure: it
only adds up the figures of clients."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal

from msgspec import Struct

from contract_assembly.billing.shares import recurring_share
from contract_assembly.core.values import Money, corresponding, month_ends
from contract_assembly.web.figures import AgreementFigures, ClientFigures

HORIZONS = (30, 60, 90)  # days
MONTHS = 12
_NONE = Decimal(0)


class Sum(Struct, frozen=True):
    """Amounts of a number of agreements or clients, added up by currency."""

    count: int
    amounts: tuple[Money, ...]


class TimelineMonth(Struct, frozen=True):
    """A month of the timeline, to its last day: the renewals after terms that end in it with their monthly fees, how many of
    them can still be declined, and how many blocks expire or run out in it."""

    first: date
    last: date
    renewals: Sum
    decisions: int
    blocks: int


class Share(Struct, frozen=True):
    """What was charged in the last twelve months in a currency, by kind of charge, and how much of what was sold recurs, in
    percent; None where nothing was."""

    currency: str
    kinds: tuple[tuple[str, Decimal], ...]
    recurring: Decimal | None

    @property
    def whole(self) -> Decimal:
        """What was charged in all, without what was credited."""
        return sum((amount for _, amount in self.kinds if amount > 0), _NONE)


class Totals(Struct, frozen=True):
    """The sums on a day. Recurring money is a month's in `monthly` and a year's in `yearly`; `waiting` is what was sent and is
    not signed."""

    clients: int
    agreements: int
    monthly: Sum
    yearly: tuple[Money, ...]
    waiting: Sum
    contracted: tuple[Money, ...]
    renewing: tuple[tuple[int, Sum], ...]
    blocked: tuple[AgreementFigures, ...]
    blocked_fees: tuple[Money, ...]
    better: tuple[AgreementFigures, ...]
    months: tuple[TimelineMonth, ...]
    shares: tuple[Share, ...]
    with_problems: int


def totals(clients: Iterable[ClientFigures], on: date) -> Totals:
    """The sums over these clients on a day."""
    of_clients = tuple(each for each in clients if each.agreements or each.problems)
    every = tuple(each for client in of_clients for each in client.agreements)
    recurring = [each for each in every if each.monthly]
    waiting = [each for each in every if each.waiting and each.status == "sent"]
    blocked = tuple(each for each in every if each.blocked)
    return Totals(
        clients=len(of_clients),
        agreements=len(every),
        monthly=Sum(len(recurring), added(each.monthly for each in recurring)),
        yearly=added(year for client in of_clients for _, _, year in client.plans),
        waiting=Sum(len(waiting), added(each.waiting for each in waiting)),
        contracted=added(each for client in of_clients for each in client.contracted),
        renewing=tuple((days, _renewing(every, on, on + timedelta(days=days))) for days in HORIZONS),
        blocked=blocked,
        blocked_fees=added(each.renewal.monthly for each in blocked if each.renewal),
        better=tuple(each for each in every if each.better),
        months=tuple(_months(every, on)),
        shares=tuple(_shares(of_clients)),
        with_problems=sum(bool(each.problems) for each in every) + sum(not each.agreements for each in of_clients),
    )


def added(amounts: Iterable[Money | None]) -> tuple[Money, ...]:
    """Amounts added up by currency."""
    sums: dict[str, Decimal] = {}
    for each in amounts:
        if each:
            sums[each.currency] = sums.get(each.currency, _NONE) + each.amount
    return tuple(Money(amount, currency) for currency, amount in sorted(sums.items()))


def _renewing(every: Iterable[AgreementFigures], first: date, last: date) -> Sum:
    """The renewals after terms that end within these days."""
    found = [each.renewal for each in every if each.renewal and first <= each.renewal.last <= last]
    return Sum(len(found), added(each.monthly for each in found))


def _months(every: tuple[AgreementFigures, ...], on: date) -> Iterator[TimelineMonth]:
    """The rest of this month, and the eleven after it."""
    first = on
    for last in month_ends(on, corresponding(on.replace(day=1), MONTHS) - timedelta(days=1)):
        declined = (each.renewal.decide_by for each in every if each.renewal and each.renewal.decide_by)
        ends = (
            min(filter(None, (each.hours.runs_out, each.hours.expires)), default=None) for each in every if each.hours
        )
        yield TimelineMonth(
            first=first,
            last=last,
            renewals=_renewing(every, first, last),
            decisions=sum(first <= day <= last for day in declined),
            blocks=sum(day is not None and first <= day <= last for day in ends),
        )
        first = last + timedelta(days=1)


def _shares(clients: Iterable[ClientFigures]) -> Iterator[Share]:
    billed: dict[tuple[str, str], Decimal] = {}
    for kind, money in (each for client in clients for each in client.charged):
        billed[money.currency, kind] = billed.get((money.currency, kind), _NONE) + money.amount
    yield from shares_of(billed)


def shares_of(billed: Mapping[tuple[str, str], Decimal]) -> Iterator[Share]:
    """The shares by currency of what was charged, by currency and kind."""
    for currency in sorted({currency for currency, _ in billed}):
        kinds = tuple((kind, amount) for (each, kind), amount in sorted(billed.items()) if each == currency)
        yield Share(currency, kinds, recurring_share(billed, currency))
