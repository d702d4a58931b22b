"""The recurring fees in force on a day, line by line, and why they changed since another day. Pure."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from contract_assembly.billing.recurring_charges import counted
from contract_assembly.billing.running import Running
from contract_assembly.billing.states import State, state_on
from contract_assembly.core.origin import Origin
from contract_assembly.core.values import Money

Why = Literal["new", "more", "less", "price", "ended"]
WHYS: tuple[Why, ...] = ("new", "more", "less", "price", "ended")
_NONE = Decimal(0)


class RevenueLine(Struct, frozen=True):
    """One line of recurring fees in force on a day; `amount` is a month's, of a line by the year a twelfth, rounded; `yearly` is
    exact. `chain` is the first of the agreements that renew each other, and `working` how the amount was counted."""

    client: str
    agreement: str
    chain: str
    plan: str
    line: str
    label: str
    quantity: int
    price: Money
    amount: Money
    yearly: Money
    reduced: bool
    origin: Origin
    working: str


class Movement(Struct, frozen=True):
    """Why recurring revenue changed between two days, by how much a month, and in which line: its id and its label."""

    why: Why
    client: str
    agreement: str
    line: str
    label: str
    amount: Money
    working: str


def by_currency(lines: Iterable[RevenueLine]) -> dict[str, Decimal]:
    """A month's fees, added up by currency."""
    return _sums(each.amount for each in lines)


def yearly_by_currency(lines: Iterable[RevenueLine]) -> dict[str, Decimal]:
    """A year's fees, added up by currency."""
    return _sums(each.yearly for each in lines)


def _sums(amounts: Iterable[Money]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for each in amounts:
        found[each.currency] = found.get(each.currency, _NONE) + each.amount
    return dict(sorted(found.items()))


def lines_on(running: Running, day: date) -> list[RevenueLine]:
    """The lines of a contract in force on a day."""
    return lines_of(running, state_on(running, day))


def lines_of(running: Running, state: State | None) -> list[RevenueLine]:
    """The lines of a state of a contract; none where it does not run."""
    if state is None:
        return []
    return [
        RevenueLine(
            client=running.client,
            agreement=running.name,
            chain=running.chain,
            plan=str(state.inputs.plan.model.id),
            line=each.id,
            label=each.label,
            quantity=each.quantity,
            price=each.price,
            amount=monthly.rounded(),
            yearly=yearly,
            reduced=bool(each.reductions),
            origin=each.origin,
            working=f"{counted(each)}{of}",
        )
        for each, monthly, yearly, of in (
            *((each, each.amount, each.amount * 12, "") for each in state.lines),
            *(
                (each, Money(each.amount.amount / 12, each.amount.currency), each.amount, " a year")
                for each in state.yearly
            ),
        )
    ]


def moved(before: Iterable[RevenueLine], after: Iterable[RevenueLine]) -> Iterator[Movement]:
    """The movements between two days. A count that changed is valued at the old price; the rest of the difference is price."""
    old, new = _by_chain(before), _by_chain(after)
    for chain in dict.fromkeys((*old, *new)):
        was, now = old.get(chain, {}), new.get(chain, {})
        for name in dict.fromkeys((*was, *now)):
            yield from _moved(was.get(name), now.get(name), whole=not was or not now)


def _by_chain(lines: Iterable[RevenueLine]) -> dict[tuple[str, str, str], dict[str, RevenueLine]]:
    """The lines by the agreements that renew each other, and by the id of the plan's line; one currency at a time."""
    found: dict[tuple[str, str, str], dict[str, RevenueLine]] = {}
    for each in lines:
        found.setdefault((each.client, each.chain, each.amount.currency), {})[each.line] = each
    return found


def _moved(was: RevenueLine | None, now: RevenueLine | None, *, whole: bool) -> Iterator[Movement]:
    if was is None and now is not None:
        yield _movement("new" if whole else "more", now, now.amount.amount, _counted(now))
    elif now is None and was is not None:
        yield _movement("ended" if whole else "less", was, -was.amount.amount, _counted(was))
    elif was is not None and now is not None:
        at_old = Money(was.amount.amount / was.quantity * now.quantity, was.amount.currency).rounded().amount
        by_count = at_old - was.amount.amount if was.quantity != now.quantity else _NONE
        by_price = now.amount.amount - was.amount.amount - by_count
        if by_count:
            words = f"{was.quantity} to {now.quantity}"
            yield _movement("more" if by_count > 0 else "less", now, by_count, words)
        if by_price:
            yield _movement("price", now, by_price, _price_words(was, now))


def _price_words(was: RevenueLine, now: RevenueLine) -> str:
    if was.price == now.price and (was.reduced or now.reduced):
        return f"a discount began or ended: {was.amount.amount} to {now.amount.amount}"
    return f"{was.price.amount} to {now.price.amount}, x {now.quantity}"


def _movement(why: Why, line: RevenueLine, amount: Decimal, working: str) -> Movement:
    return Movement(
        why=why,
        client=line.client,
        agreement=line.agreement,
        line=line.line,
        label=line.label,
        amount=Money(amount, line.amount.currency),
        working=working,
    )


def _counted(line: RevenueLine) -> str:
    return line.working.rpartition(" = ")[0]
