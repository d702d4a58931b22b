"""The lines that an agreement pays for, each in one shape whatever it comes from: the plan, an add-on, or the agreement itself.
Pure; `fees` says what they cost on a day."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache

from msgspec import Struct

from contract_assembly.core.origin import Origin
from contract_assembly.core.text import joined
from contract_assembly.core.values import Money, Percent, corresponding
from contract_assembly.facts.agreement import Agreement
from contract_assembly.facts.agreement_files import Inputs
from contract_assembly.facts.catalogue import AddOn, Every, Rates
from contract_assembly.facts.fee_terms import Priced, PriceStep, Pricing, Tier
from contract_assembly.facts.price_tiers import stepped


class Line(Struct, frozen=True):
    """One agreed line. `tiers` is its price list: a single tier without an end for one unit price. `discount` is that for the
    commitment. `first` and `last` are None where it is charged from the first day of the contract, and as long as it runs;
    `since` is the first day of its price, so that steps up to then do not change it. `unit` is what it counts or, where it counts
    nothing, the unit of its usage."""

    id: str
    label: str
    what: str
    unit: str
    counted: bool
    quantity: int
    tiers: tuple[Tier, ...]
    pricing: Pricing
    every: Every
    discount: Percent | None
    nature: str
    origin: Origin
    first: date | None = None
    last: date | None = None
    since: date | None = None
    instalments: int = 1
    included: int | None = None
    overage: Money | None = None

    def runs_on(self, day: date) -> bool:
        """Whether it is charged on a day of the contract."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


def agreed_lines(inputs: Inputs, discount: Percent | None) -> tuple[Line, ...]:
    """All lines, those of the plan first, with this discount for commitment. What counts nothing is left out; a price of this
    agreement's own bears no discount unless it says so."""
    return (*_of_plan(inputs, discount), *_of_its_own(inputs, discount))


def _of_plan(inputs: Inputs, discount: Percent | None) -> Iterator[Line]:
    agreement, covered = inputs.agreement.model, counts(inputs.agreement.model)
    own = {each.line: (n, each) for n, each in enumerate(agreement.fees.prices)}
    for n, line in enumerate(inputs.plan.model.prices):
        quantity = covered.get(line.per, 0)
        if not quantity:
            continue
        pricing: Pricing = "unit"
        if line.id in own:
            m, agreed = own[line.id]
            at, tiers, pricing = inputs.agreement.at(f"fees.prices.{m}"), tiers_of(agreed), agreed.pricing
            since, taken_off = agreed.since, discount if agreed.discounted else None
        else:
            at, tiers = inputs.plan.at(f"prices.{n}"), _unit(in_currency(line.price, agreement.currency))
            since, taken_off = None, discount
        if tiers:
            yield Line(
                id=line.id,
                label=line.label,
                what="",
                unit="" if line.per == "agreement" else unit_of(line.per),
                counted=line.per != "agreement",
                quantity=quantity,
                tiers=tiers,
                pricing=pricing,
                every="month",
                discount=taken_off,
                nature=line.nature,
                origin=at,
                since=since,
            )


def _of_its_own(inputs: Inputs, discount: Percent | None) -> Iterator[Line]:
    agreement, rates = inputs.agreement.model, inputs.rates.model
    covered, offered = counts(agreement), {each.id: each for each in rates.add_ons}
    for n, each in enumerate(agreement.fees.lines):
        listed = offered.get(each.add_on or "")
        per = each.per or (listed.per if listed and each.quantity is None else None)
        quantity = each.quantity if each.quantity is not None else covered.get(per, 0) if per else 1
        own_price = tiers_of(each)
        tiers = own_price or (_unit(in_currency(listed.price, agreement.currency)) if listed else ())
        if not quantity or not tiers:
            continue
        yield Line(
            id=each.known_as,
            label=each.name or (listed.name if listed else each.known_as),
            what=each.what or (what_of(listed, rates) if listed else ""),
            unit=unit_of(per) if per else each.unit or (_unit_of(listed) if listed else ""),
            counted=per is not None or each.quantity is not None,
            quantity=quantity,
            tiers=tiers,
            pricing=each.pricing,
            every=listed.every if listed else each.every,
            discount=discount if each.discounted or (listed and not own_price) else None,
            nature=listed.nature if listed else each.nature,
            origin=inputs.agreement.at(f"fees.lines.{n}"),
            first=each.first_day,
            last=each.last_day,
            since=each.since,
            instalments=each.instalments,
            included=each.included,
            overage=each.overage,
        )


def tiers_of(priced: Priced) -> tuple[Tier, ...]:
    """The price list of a price: its tiers, or its one price for any number; empty where it has neither."""
    return priced.tiers or _unit(priced.price)


@lru_cache(maxsize=1_000)  # the prices of a plan are those of many agreements
def _unit(price: Money | None) -> tuple[Tier, ...]:
    return (Tier(price=price),) if price else ()


def what_of(listed: AddOn, rates: Rates) -> str:
    """What an add-on is, in words; a bundle without words of its own lists what it includes."""
    names = {each.id: each.name for each in rates.add_ons}
    return listed.what or (joined(names.get(each, each) for each in listed.includes) if listed.includes else "")


def _unit_of(listed: AddOn) -> str:
    return listed.unit or (unit_of(listed.per) if listed.per else "")


def unit_of(per: str) -> str:
    """The unit by which a class is counted, in words."""
    return per.replace("-", " ").replace("saas", "cloud")


def counts(agreement: Agreement) -> Mapping[str, int]:
    """How many of each class are covered; the agreement itself counts as one."""
    found: dict[str, int] = {"agreement": 1, "user": agreement.coverage.users, "site": len(agreement.coverage.sites)}
    return found | {asset.kind: asset.count for asset in agreement.coverage.assets}


def in_currency(prices: tuple[Money, ...], currency: str) -> Money | None:
    """The price in this currency, where there is one."""
    return next((price for price in prices if price.currency == currency), None)


def tiers_on(line: Line, steps: tuple[PriceStep, ...], start: date, day: date) -> tuple[Tier, ...]:
    """The price list of a line on a day: each step of a Contract Year that has begun, in the order of the years, changes it."""
    tiers = line.tiers
    for each in sorted(steps, key=lambda one: one.year):
        begins = first_day_of(start, each.year)
        if begins <= day and applies(each.lines, line) and (line.since is None or line.since < begins):
            tiers = tuple(stepped(tier, each) for tier in tiers)
    return tiers


def applies(lines: tuple[str, ...], line: Line) -> bool:
    """Whether a rule for these lines, or for all that recur if none are named, applies to a line."""
    return line.id in lines if lines else line.every != "once"


def first_day_of(start: date, year: int) -> date:
    """The first day of a Contract Year; the first of all is the year 1."""
    return corresponding(start, 12 * (year - 1))
