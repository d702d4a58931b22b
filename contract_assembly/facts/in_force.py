"""What is in force under a support contract on a day: its facts with dated changes carried out. Pure.

Each kind of change is an entry in WHAT: how a value is read, what it is under some facts, and the facts with another."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from contract_assembly.core.origin import Origin
from contract_assembly.core.text import shown
from contract_assembly.core.values import Money
from contract_assembly.facts.agreed_lines import agreed_lines, counts, in_currency, tiers_on
from contract_assembly.facts.agreement import Agreement, Asset, Site
from contract_assembly.facts.agreement_files import Inputs
from contract_assembly.facts.changes import COUNTED, Change
from contract_assembly.facts.fee_terms import OwnPrice
from contract_assembly.facts.fees import commitment_discount
from contract_assembly.facts.fields import Located, whole

COVERED, NONE, ENDED = "covered", "none", "ended"


class UnknownSubjectError(ValueError):
    """A change names a line or a site that the agreement does not have; `known` are those that it has."""

    def __init__(self, what: str, known: Iterable[str]) -> None:
        self.known = tuple(known)
        super().__init__(what)


class _Kind(Struct, frozen=True):
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
    lines = _known(inputs)
    if change.name in lines:
        return COVERED
    if any(f"lines.{change.name}" in each.origins for each in (inputs.plan, inputs.agreement)):
        return ENDED
    raise _unknown_line(inputs, change)


def _known(inputs: Inputs) -> list[str]:
    """The ids of the lines of the plan and of the agreement's own."""
    own = (each.known_as for each in inputs.agreement.model.fees.lines)
    return [*(each.id for each in inputs.plan.model.prices), *own]


def _unknown_line(inputs: Inputs, change: Change) -> UnknownSubjectError:
    own = " or of the agreement" if inputs.agreement.model.fees.lines else ""
    what = f"unknown line of plan {inputs.plan.model.id}{own}: {change.name or 'none'}"
    return UnknownSubjectError(what, _known(inputs))


def _with_line(inputs: Inputs, change: Change, value: str) -> Inputs:
    """The facts without a line that ended; the place of each line that goes on is kept, and so is that of the one that ended."""
    if value != ENDED:
        return inputs
    plan, agreement = inputs.plan.model, inputs.agreement.model
    if change.name in {each.id for each in plan.prices}:
        kept, origins = _without(inputs.plan, "prices", [each.id for each in plan.prices], change.name or "")
        prices = tuple(plan.prices[n] for n in kept)
        return replace(inputs, plan=Located(plan.model_copy(update={"prices": prices}), origins))
    own = agreement.fees.lines
    kept, origins = _without(inputs.agreement, "fees.lines", [each.known_as for each in own], change.name or "")
    fees = agreement.fees.model_copy(update={"lines": tuple(own[n] for n in kept)})
    return replace(inputs, agreement=Located(agreement.model_copy(update={"fees": fees}), origins))


def _without(file: Located[Any], path: str, ids: list[str], gone: str) -> tuple[list[int], dict[str, Origin]]:
    """The positions of a list that are kept without one entry, and the places of what is kept."""
    kept = [n for n, each in enumerate(ids) if each != gone]
    moved = {f"{path}.{new}": file.at(f"{path}.{old}") for new, old in enumerate(kept)}
    return kept, dict(file.origins) | moved | {f"lines.{gone}": file.at(path)}


def _price(inputs: Inputs, change: Change) -> Money:
    agreed = {each.id: each for each in agreed_lines(inputs, None)}
    line = agreed.get(change.name or "")
    if line is not None and line.pricing == "unit":
        agreement = inputs.agreement.model
        (tier,) = tiers_on(line, agreement.fees.steps, agreement.term.first_day, change.on)
        found: Money | None = tier.price
        assert found is not None  # noqa: S101  # a unit price is the only thing in its tier
        return found
    if line is not None:
        raise UnknownSubjectError(f"{line.id} has tiers, which an amendment of agreement.yaml changes", agreed)
    return _uncounted_price(inputs, change)


def _uncounted_price(inputs: Inputs, change: Change) -> Money:
    """The price of a line of the plan that counts nothing on that day."""
    agreement = inputs.agreement.model
    listed = {each.id: in_currency(each.price, agreement.currency) for each in inputs.plan.model.prices}
    found = listed | {each.line: each.price for each in agreement.fees.prices if each.line in listed}
    price: Money | None = found.get(change.name or "")
    if price is None:
        raise _unknown_line(inputs, change)
    return price


def _with_price(inputs: Inputs, change: Change, price: Money) -> Inputs:
    """The price as one of the agreement's own; price steps until then no longer change it. A discount for commitment that the
    line bore, it goes on bearing."""
    fees = inputs.agreement.model.fees
    since = change.on if fees.steps else None
    if change.name in {each.known_as for each in fees.lines}:
        bore = any(
            each.discount for each in agreed_lines(inputs, commitment_discount(inputs)) if each.id == change.name
        )
        update = {"price": price, "since": since, "discounted": bore}
        lines = tuple(each.model_copy(update=update) if each.known_as == change.name else each for each in fees.lines)
        return _with_agreement(inputs, fees=fees.model_copy(update={"lines": lines}))
    own = next((each for each in fees.prices if each.line == change.name), None)
    discounted = own.discounted if own else commitment_discount(inputs) is not None
    new = OwnPrice(line=change.name or "", price=price, discounted=discounted, since=since)
    prices = tuple(new if each.line == new.line else each for each in fees.prices)
    prices = prices if own else (*prices, new)
    return _with_agreement(inputs, fees=fees.model_copy(update={"prices": prices}))


def _quantity(inputs: Inputs, change: Change) -> int:
    own = {each.known_as: each for each in inputs.agreement.model.fees.lines if each.quantity is not None}
    if change.name not in own:
        raise UnknownSubjectError(f"no line of the agreement with a quantity of its own: {change.name or 'none'}", own)
    return own[change.name].quantity or 0


def _with_quantity(inputs: Inputs, change: Change, count: int) -> Inputs:
    fees = inputs.agreement.model.fees
    lines = (
        each.model_copy(update={"quantity": count}) if each.known_as == change.name else each for each in fees.lines
    )
    return _with_agreement(inputs, fees=fees.model_copy(update={"lines": tuple(lines)}))


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
    "quantity": _Kind(whole, _quantity, _with_quantity),
    "price": _Kind(Money.parse, _price, _with_price),
}
