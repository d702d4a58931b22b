"""Prices of the next term, line by line, and what prevents a rise; `increase` says how much they rise. Pure.

Source: clause "annual-adjustment" and `fees.increase` of the agreement. The new unit price is the old one plus its
rise, rounded half up, but never over the cap; a line is unit price x quantity x (1 - discount), rounded; totals add up
printed lines."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from msgspec import Struct

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem
from contract_assembly.core.text import did_you_mean
from contract_assembly.core.values import Money, Percent, total
from contract_assembly.facts.agreed_lines import agreed_lines, counts, in_currency
from contract_assembly.facts.agreement_files import Inputs
from contract_assembly.facts.catalogue import Plan, Price
from contract_assembly.facts.fees import MINIMUM, FeeLine, amount_of, commitment_discount, discount_for
from contract_assembly.facts.renewal_terms import NextPrice
from contract_assembly.renewals.continued_lines import continued, missing, prices_at_end, rows, special
from contract_assembly.renewals.increase import CLAUSE, Rise
from contract_assembly.renewals.next_scope import next_commitment, next_counts
from contract_assembly.renewals.price_rise import highest, raised


class NextLine(Struct, frozen=True):
    """A line of fees now and in the next term; None for a term in which it does not exist. Amounts are monthly,
    rounded."""

    id: str
    label: str
    old_quantity: int
    new_quantity: int
    old_price: Money | None
    new_price: Money | None
    discount: Percent | None
    old_amount: Money
    new_amount: Money
    why: str

    @property
    def rises(self) -> bool:
        """Whether its unit price is higher in the next term."""
        return bool(self.old_price and self.new_price and self.new_price.amount > self.old_price.amount)


class NextFees(Struct, frozen=True):
    """All lines, the monthly totals as printed, the rise, and what prevents it or cannot be computed; `yearly` are lines that are
    charged by the year."""

    lines: tuple[NextLine, ...]
    old: Money
    new: Money
    rise: Rise | None
    problems: tuple[Problem, ...]
    yearly: tuple[NextLine, ...] = ()

    @property
    def difference(self) -> Money:
        """The change of the monthly total; negative if it gets cheaper."""
        return Money(self.new.amount - self.old.amount, self.new.currency)

    @property
    def rises(self) -> bool:
        """Whether the unit price of any line is higher in the next term."""
        return any(each.rises for each in (*self.lines, *self.yearly))

    @property
    def percent(self) -> Decimal | None:
        """The difference as a percentage of the old total, exact; None if that is zero."""
        return self.difference.amount / self.old.amount * 100 if self.old.amount else None


def old_prices(inputs: Inputs) -> dict[str, Money]:
    """The unit prices of the agreement at the end of its term, by line: its own if it has one, otherwise the plan's."""
    agreed = inputs.agreement.model
    listed = {line.id: in_currency(line.price, agreed.currency) for line in inputs.plan.model.prices}
    own = {each.line: each.price for each in agreed.fees.prices}
    return {name: price for name, price in (listed | own | prices_at_end(inputs)).items() if price is not None}


def next_fees(inputs: Inputs, plan: Plan, found: Rise | Problem) -> NextFees:
    """The fees of the next term under this plan, next to the current ones. Under another plan the list prices are new,
    not increased."""
    problems = [found] if isinstance(found, Problem) else []
    change_ = Rise(Decimal(0), (), inputs.agreement.at()) if isinstance(found, Problem) else found
    problems += _forbidden(inputs, plan, change_)
    then = continued(inputs, change_.percent)
    lines = (*_lines(inputs, plan, change_.percent), *(_of_row(inputs, *each) for each in rows(inputs, then, "month")))
    lines = (*sorted(lines, key=_order(inputs)), *_up_to_minimum(inputs, lines))
    old, new = _totals(inputs, lines)
    yearly = tuple(_of_row(inputs, *each) for each in rows(inputs, then, "year"))
    return NextFees(
        lines=lines,
        old=old,
        new=new,
        rise=None if isinstance(found, Problem) else found,
        problems=tuple(problems),
        yearly=yearly,
    )


def _order(inputs: Inputs) -> Callable[[NextLine], tuple[int, ...]]:
    """The place of a line: those of the agreement in its order, each tier by its number, then what is new."""
    places = {each.id: n for n, each in enumerate(agreed_lines(inputs, None))}

    def place(line: NextLine) -> tuple[int, ...]:
        name, *marks = line.id.split(".")
        return places.get(name, len(places)), *(int(each) for each in marks if each.isdecimal())

    return place


def _totals(inputs: Inputs, lines: tuple[NextLine, ...]) -> tuple[Money, Money]:
    """The monthly total of lines now and in the next term."""
    currency = inputs.agreement.model.currency
    return total((each.old_amount for each in lines), currency), total((each.new_amount for each in lines), currency)


def _of_row(inputs: Inputs, name: str, was: FeeLine | None, now: FeeLine | None) -> NextLine:
    """A row that is not a unit price of the plan, in both terms."""
    line, none = now or was, Money(Decimal(0), inputs.agreement.model.currency).rounded()
    assert line is not None  # noqa: S101  # it is in one of the two
    quantities = (was.quantity if was else 0, now.quantity if now else 0)
    prices = (was.price if was else None, now.price if now else None)
    return NextLine(
        id=name,
        label=line.label,
        old_quantity=quantities[0],
        new_quantity=quantities[1],
        old_price=prices[0],
        new_price=prices[1],
        discount=now.discount if now else None,
        old_amount=was.amount if was else none,
        new_amount=now.amount if now else none,
        why=_why(quantities, prices),
    )


def _up_to_minimum(inputs: Inputs, lines: tuple[NextLine, ...]) -> Iterator[NextLine]:
    """The line that brings a month up to the minimum, in both terms."""
    old, new = (missing(inputs, each) for each in _totals(inputs, lines))
    if old is None or new is None or not (old.amount or new.amount):
        return
    quantities = (int(bool(old.amount)), int(bool(new.amount)))
    prices = (old if old.amount else None, new if new.amount else None)
    yield NextLine(
        id=MINIMUM,
        label="Difference to the minimum fee",
        old_quantity=quantities[0],
        new_quantity=quantities[1],
        old_price=prices[0],
        new_price=prices[1],
        discount=None,
        old_amount=old,
        new_amount=new,
        why=_why(quantities, prices),
    )


def _forbidden(inputs: Inputs, plan: Plan, found: Rise) -> Iterator[Problem]:
    """A rise over the cap, as a whole or of a line, and unknown lines."""
    agreed, at = inputs.agreement.model, inputs.agreement.at
    if found.percent > agreed.fees.increase_cap.value:
        yield Problem("rise-over-cap", f"prices would rise by {found.percent} %", found.origin, _cap_hint(inputs))
    for n, each in enumerate(agreed.renewal.prices if agreed.renewal else ()):
        yield from _price_forbidden(inputs, plan, each, at(f"renewal.prices.{n}"))
    old = old_prices(inputs)
    for n, line in enumerate(agreed.renewal.ended if agreed.renewal else ()):
        if line not in old:
            what = f"renewal.ended: unknown line of plan {agreed.plan}: {line}"
            yield Problem("unknown-price", what, at(f"renewal.ended.{n}"), did_you_mean(line, old))


def _cap_hint(inputs: Inputs) -> str:
    cap = inputs.agreement.model.fees.increase_cap.value
    return f"{CLAUSE}, rise at renewal: at most {cap} % ({inputs.agreement.at('fees.increase_cap')})"


def _price_forbidden(inputs: Inputs, plan: Plan, each: NextPrice, origin: Origin) -> Iterator[Problem]:
    """A price of the next term for an unknown line, in another currency, or over the limit of the agreement."""
    agreed, before = inputs.agreement.model, old_prices(inputs).get(each.line)
    tiered = {own.line for own in agreed.fees.prices if own.tiers}
    own = {own.known_as for own in agreed.fees.lines if not own.tiers}
    known = ({line.id for line in plan.prices} - tiered) | own
    if each.line not in known:
        what = f"renewal.prices: unknown line of plan {plan.id}: {each.line}"
        yield Problem("unknown-price", what, origin, did_you_mean(each.line, known))
    elif each.price.currency != agreed.currency:
        what = f"renewal.prices: {each.line} is in {each.price.currency}, the agreement in {agreed.currency}"
        yield Problem("mixed-currencies", what, origin, "use one currency in an agreement")
    elif before and plan.id == agreed.plan and each.price.amount > before.amount:
        what = f"renewal.prices: {each.line} would rise from {before.amount} to {each.price.amount}"
        if agreed.fees.increase.rule == "none":
            hint = f"{CLAUSE}: fees.increase.rule is none, so it gives no right to a rise"
            yield Problem("no-right-to-rise", what, origin, hint)
        elif each.price.amount > highest(before, agreed.fees.increase_cap):
            yield Problem("rise-over-cap", what, origin, _cap_hint(inputs))


def _lines(inputs: Inputs, plan: Plan, percent: Decimal) -> Iterator[NextLine]:
    """The lines of both plans, each once, in the order of the next plan; lines with no quantity in either term are left
    out."""
    agreed = inputs.agreement.model
    meant = agreed.renewal
    now, then, old = counts(agreed), next_counts(inputs), old_prices(inputs)
    fixed = {each.line for each in agreed.fees.prices if not each.discounted}
    asked = {e.line: e.price for e in meant.prices if e.price.currency == agreed.currency} if meant else {}
    ended = set(meant.ended) if meant else set()
    before = {line.id: line for line in inputs.plan.model.prices}
    after = {line.id: line for line in plan.prices}
    tiered = special(inputs) if plan.id == agreed.plan else set()
    for name, line in (after | {k: v for k, v in before.items() if k not in after}).items():
        if name in tiered:
            continue
        had = now.get(before[name].per, 0) if name in before and name in old else 0
        has = then.get(line.per, 0) if name in after and name not in ended else 0
        same = plan.id == agreed.plan
        fresh = _fresh(line, agreed.currency, old.get(name) if same else None, percent, agreed.fees.increase_cap)
        price = asked.get(name, fresh) if has else None
        if not had and not (has and price):
            continue
        own = name in fixed and same  # the agreement's own prices are without discount
        prices = (old.get(name) if had else None, price)
        yield _line(inputs, line, (had, has), prices, own_now=name in fixed, own_then=own or name in asked)


def _fresh(line: Price, currency: str, before: Money | None, percent: Decimal, cap: Percent) -> Money | None:
    return raised(before, percent, cap) if before else in_currency(line.price, currency)


def _line(
    inputs: Inputs,
    line: Price,
    quantities: tuple[int, int],
    prices: tuple[Money | None, Money | None],
    *,
    own_now: bool,
    own_then: bool,
) -> NextLine:
    currency, (had, has), (old, new) = inputs.agreement.model.currency, quantities, prices
    discount = None if own_then else discount_for(inputs.rates.model, next_commitment(inputs))
    before = _amount(old, had, None if own_now else commitment_discount(inputs), currency)
    after = _amount(new, has, discount, currency)
    return NextLine(
        id=line.id,
        label=line.label,
        old_quantity=had,
        new_quantity=has,
        old_price=old,
        new_price=new,
        discount=discount,
        old_amount=before,
        new_amount=after,
        why=_why(quantities, prices),
    )


def _amount(price: Money | None, count: int, discount: Percent | None, currency: str) -> Money:
    if price is None or not count:
        return Money(Decimal(0), currency).rounded()
    return amount_of(price, count, discount)


def _why(quantities: tuple[int, int], prices: tuple[Money | None, Money | None]) -> str:
    (had, has), (old, new) = quantities, prices
    if not had:
        return "new in the next term"
    if not has:
        return "not part of the next term"
    changes = [f"number {had} to {has}"] if had != has else []
    if old and new and old != new:
        changes.append(f"unit price {old.amount} to {new.amount}")
    return "; ".join(changes) or "unchanged"
