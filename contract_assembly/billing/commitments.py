"""How long a contract binds both parties, the revenue of that time, and the renewal that comes next. Pure."""

from datetime import date, timedelta
from decimal import Decimal

from msgspec import Struct

from contract_assembly.billing.running import Running
from contract_assembly.billing.states import State, states
from contract_assembly.core.values import DateRange, Money, corresponding
from contract_assembly.facts.proration import charge
from contract_assembly.facts.term_dates import term_dates, terms

_DAY = timedelta(days=1)
_NONE = Decimal(0)


class Ahead(Struct, frozen=True):
    """A renewal within twelve months: the last day of the term, the day by which it can be declined, and a month's fee now."""

    client: str
    agreement: str
    last: date
    decide_by: date | None
    monthly: Money


def committed_until(running: Running, on: date) -> date:
    """The last day that both parties are bound to: of the current term or, once it can no longer be declined, of the next."""
    agreed = running.inputs.agreement.model
    every = terms(agreed.term)
    number = every.number_on(on) or 0
    last = every.last(number)
    if running.last:
        return running.last
    if agreed.term.renewal == "automatic":
        dates = term_dates(agreed.term, running.inputs.calendar.model, number)
        return every.last(number + 1) if on > dates.decision_day else last
    return last


def ahead(running: Running, on: date) -> tuple[State, ...]:
    """The states of a contract up to twelve months after a day: as far as the figures of that day look."""
    return states(running, corresponding(on, 12))


def contracted(running: Running, on: date, until: date, known: tuple[State, ...] | None = None) -> Money:
    """The revenue that is agreed for the twelve months after a day: each state at its fee, parts of months by their days. `known`
    is what `ahead` has found before."""
    end = min(until, corresponding(on, 12))
    amount = _NONE
    for state in known or ahead(running, on):
        first, last = max(state.days.first, on + _DAY), min(state.days.last, end)
        if first <= last:
            parts = charge(state.recurring, DateRange(first, last))
            amount += sum((each.amount for _, each in parts), _NONE)
    return Money(amount, running.currency).rounded()


def renewal_ahead(running: Running, on: date, known: tuple[State, ...] | None = None) -> Ahead | None:
    """The renewal after the current term, where it ends within twelve months and nothing has settled it yet. `known` is what
    `ahead` has found before."""
    agreed = running.inputs.agreement.model
    every = terms(agreed.term)
    number = every.number_on(on) or 0
    last = every.last(number)
    state = next((each for each in known or ahead(running, on) if on in each.days), None)
    if (
        state is None
        or last > corresponding(on, 12)
        or (running.last is not None and agreed.term.renewal == "automatic")
    ):
        return None
    if running.last is not None and running.last != last:
        return None
    automatic = agreed.term.renewal == "automatic"
    decide = term_dates(agreed.term, running.inputs.calendar.model, number).decision_day if automatic else None
    return Ahead(running.client, running.name, last, decide, state.recurring.rounded())
