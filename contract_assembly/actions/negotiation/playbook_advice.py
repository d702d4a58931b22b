"""What the firm's playbook says of a change: how far a fact may move and who must see it first, and what we answer. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from contract_assembly.actions.negotiation.change import ReturnedChange
from contract_assembly.clauses.parameter import PARAM_TYPES
from contract_assembly.compare.words import cut, likeness
from contract_assembly.core.text import joined
from contract_assembly.core.values import Duration, Money, Percent
from contract_assembly.facts.playbook import Bounds, Point

_MOST = 2  # answers that are offered for words, of which several may be meant
_TYPES: Mapping[type, str] = {
    int: "integer",
    Duration: "duration",
    Money: "money",
    Percent: "percent",
    date: "date",
}  # the type of parameter that is read and ordered like a fact of this type


def of_fact(key: str, value: Any, points: Iterable[Point]) -> str:
    """Whether a new value of a fact of the agreement is within what the playbook accepts; empty if it says nothing of that
    fact."""
    name = key.removeprefix("agreement.")
    known = [each for each in points if name in each.facts]
    bounds = next((each.accepts[name] for each in known if name in each.accepts), None)
    if bounds is None:
        return f"a fact that may move ({joined(each.id for each in known)} in our playbook)" if known else ""
    inside = within(value, bounds)
    if inside is None:
        return f"our playbook accepts {_extent(bounds)}: compare it by eye"
    where = "within" if inside else "outside"
    return f"{where} what our playbook accepts: {_extent(bounds)}{_shown(bounds)}"


def within(value: Any, bounds: Bounds) -> bool | None:
    """Whether a value is within bounds; None if they have another type or unit."""
    kind = PARAM_TYPES.get(_TYPES.get(type(value), ""))
    if kind is None or kind.order is None:
        return None
    at = kind.order(value)
    for text, sign in ((bounds.least, -1), (bounds.most, 1)):
        if text is None:
            continue
        try:
            unit, end = kind.order(kind.read(text))
        except ValueError:
            return None
        if unit != at[0]:
            return None
        if end != at[1] and (at[1] > end) == (sign > 0):
            return False
    return True


def _extent(bounds: Bounds) -> str:
    if bounds.least and bounds.most:
        return f"{bounds.least} to {bounds.most}"
    return f"at least {bounds.least}" if bounds.least else f"up to {bounds.most}"


def _shown(bounds: Bounds) -> str:
    return (
        f"; show it to {joined(f'the {each}' if each != 'counsel' else each for each in bounds.show)}"
        if bounds.show
        else ""
    )


def answers(change: ReturnedChange, key: str, slot: str, points: Sequence[Point]) -> tuple[str, ...]:
    """What the playbook answers to such a change, each with the id of its point: by its fact or parameter (`key`), or by the slot
    of its clause, the nearest first."""
    return tuple(
        f"{each.id}: {each.answer}" for each in _matching_points(change, key.removeprefix("agreement."), slot, points)
    )


def _matching_points(change: ReturnedChange, key: str, slot: str, points: Sequence[Point]) -> Iterator[Point]:
    if key:
        named = [each for each in points if key in each.facts or key in each.parameters]
        yield from [each for each in named if key in each.accepts or key in each.parameters] or named[:_MOST]
        return
    of_slot = [each for each in points if slot and slot in each.slots]
    words = _words(f"{change.old} {change.new}")
    yield from sorted(of_slot, key=lambda each: -likeness(words, _words(f"{each.ask} {each.why} {each.answer}")))[
        :_MOST
    ]


def _words(text: str) -> "Counter[str]":
    return Counter(each.text.lower() for each in cut(text) if any(map(str.isalnum, each.text)))
