"""What is in force under a support contract on a day: its facts with dated changes carried out. Pure.

Each kind of change is an entry in WHAT: how a value is read, what it is under some facts, and the facts with another."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from contract_assembly.core.text import shown
from contract_assembly.core.values import Money
from contract_assembly.facts.agreement import Agreement, Asset, OwnPrice, Site
from contract_assembly.facts.agreement_files import Inputs
from contract_assembly.facts.changes import COUNTED, Change
from contract_assembly.facts.fees import commitment_discount, counts, in_currency
from contract_assembly.facts.fields import Located, whole

COVERED, NONE, ENDED = "covered", "none", "ended"


class UnknownSubjectError(ValueError):
    """A change names a line or a site that the agreement does not have; `known` are those that it has."""

    def __init__(self, what: str, known: Iterable[str]) -> None:
        self.known = tuple(known)
        super().__init__(what)


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of change. `read` raises ValueError for a text that is not such a value, `value` UnknownSubjectError."""

    read: Callable[[str], Any]
    value: Callable[[Inputs, Change], Any]
    with_value: Callable[[Inputs, Change, Any], Inputs]


def value_of(inputs: Inputs, change: Change) -> Any:
    """The value, under these facts, of what a change is about. Raises UnknownSubjectError for an unknown line or site."""
    return WHAT[change.what].value(inputs, change)


def read_value(change: Change, text: str) -> Any:
    """A value of a change as its type: a whole number, money, or a word. Raises ValueError with a sentence."""
    return WHAT[change.what].read(text)


def with_value(inputs: Inputs, change: Change, value: Any) -> Inputs:
    """The facts with another value of what a change is about."""
    return WHAT[change.what].with_value(inputs, change, value)


def count_of(inputs: Inputs, what: str) -> int:
    """How many users, or devices of a class, are covered under these facts."""
    return counts(inputs.agreement.model).get(_class_of(what), 0)


def standing(changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes that no other entry takes back, by their days, whatever the order in which they were entered."""
    found = list(changes)
    for back in [each for each in found if each.reverses]:
        taken = next((each for each in found if _takes_back(back, each)), None)
        if taken is not None:
            found.remove(taken)
            found.remove(back)
    return tuple(sorted(found, key=lambda each: (each.on, each.subject)))


def in_force(inputs: Inputs, changes: Iterable[Change], day: date) -> Inputs:
    """The facts as they are on a day: every change that stands and has begun by then is carried out. Values must be readable, and
    lines known: see `billing.change_checks`."""
    for each in standing(changes):
        if each.on <= day:
            inputs = with_value(inputs, each, read_value(each, each.to))
    return inputs


def _takes_back(back: Change, each: Change) -> bool:
    same = (each.on, each.subject, each.before, each.to) == (back.on, back.subject, back.to, back.before)
    return same and not each.reverses


# ---- the kinds of change


def _class_of(what: str) -> str:
    return "user" if what == "users" else what


def _count(inputs: Inputs, change: Change) -> int:
    return count_of(inputs, change.what)


def _with_count(inputs: Inputs, change: Change, count: int) -> Inputs:
    coverage = inputs.agreement.model.coverage
    if change.what == "users":
        return _with_agreement(inputs, coverage=coverage.model_copy(update={"users": count}))
    new = Asset(kind=_class_of(change.what), count=count)  # type: ignore[arg-type]  # every other count is of an asset class
    assets = tuple(new if each.kind == new.kind else each for each in coverage.assets)
    assets = assets if new in assets else (*assets, new)
    return _with_agreement(inputs, coverage=coverage.model_copy(update={"assets": assets}))


def _site(inputs: Inputs, change: Change) -> str:
    return COVERED if change.name in {each.name for each in inputs.agreement.model.coverage.sites} else NONE


def _with_site(inputs: Inputs, change: Change, value: str) -> Inputs:
    coverage = inputs.agreement.model.coverage
    sites = tuple(each for each in coverage.sites if each.name != change.name)
    if value == COVERED:
        sites = (*sites, Site(name=change.name or "", address=change.address or ""))
    return _with_agreement(inputs, coverage=coverage.model_copy(update={"sites": sites}))


def _line(inputs: Inputs, change: Change) -> str:
    lines = [each.id for each in inputs.plan.model.prices]
    if change.name in lines:
        return COVERED
    if f"lines.{change.name}" in inputs.plan.origins:
        return ENDED
    raise UnknownSubjectError(f"unknown line of plan {inputs.plan.model.id}: {change.name or 'none'}", lines)


def _with_line(inputs: Inputs, change: Change, value: str) -> Inputs:
    """The plan without a line that ended; the place of each line that goes on is kept, and so is that of the one that ended."""
    if value != ENDED:
        return inputs
    plan, origins = inputs.plan.model, dict(inputs.plan.origins)
    kept = [(n, each) for n, each in enumerate(plan.prices) if each.id != change.name]
    moved = {f"prices.{new}": inputs.plan.at(f"prices.{old}") for new, (old, _) in enumerate(kept)}
    prices = {"prices": tuple(each for _, each in kept)}
    ended = {f"lines.{change.name}": inputs.plan.at("prices")}
    return replace(inputs, plan=Located(plan.model_copy(update=prices), origins | moved | ended))


def _price(inputs: Inputs, change: Change) -> Money:
    agreement = inputs.agreement.model
    listed = {each.id: in_currency(each.price, agreement.currency) for each in inputs.plan.model.prices}
    found = listed | {each.line: each.price for each in agreement.fees.prices if each.line in listed}
    price: Money | None = found.get(change.name or "")
    if price is None:
        raise UnknownSubjectError(f"unknown line of plan {inputs.plan.model.id}: {change.name or 'none'}", found)
    return price


def _with_price(inputs: Inputs, change: Change, price: Money) -> Inputs:
    """The price as one of the agreement's own. A discount for commitment that the line bore, it goes on bearing."""
    fees = inputs.agreement.model.fees
    own = next((each for each in fees.prices if each.line == change.name), None)
    discounted = own.discounted if own else commitment_discount(inputs) is not None
    new = OwnPrice(line=change.name or "", price=price, discounted=discounted)
    prices = tuple(new if each.line == new.line else each for each in fees.prices)
    prices = prices if own else (*prices, new)
    return _with_agreement(inputs, fees=fees.model_copy(update={"prices": prices}))


def _with_agreement(inputs: Inputs, **facts: Any) -> Inputs:
    agreement: Located[Agreement] = inputs.agreement
    return replace(inputs, agreement=Located(agreement.model.model_copy(update=facts), agreement.origins))


def _one_of(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in words:
            raise ValueError(f"{shown(text)} is neither {' nor '.join(words)}")
        return text

    return read


WHAT: Mapping[str, _Kind] = {
    **dict.fromkeys(COUNTED, _Kind(whole, _count, _with_count)),
    "site": _Kind(_one_of(COVERED, NONE), _site, _with_site),
    "line": _Kind(_one_of(COVERED, ENDED), _line, _with_line),
    "price": _Kind(Money.parse, _price, _with_price),
}
