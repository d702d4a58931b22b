"""Compare facts by value: "Monthly fee 2,400.00 USD to 2,472.00 USD, +3.0 %". Pure; compares only what a contract prints.

An entry of a list is identified by its name, not its position, so that a line that only moved does not count as changed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from msgspec import Struct

from contract_assembly.compare.labels import LABELS, OTHERS
from contract_assembly.core.origin import Origin
from contract_assembly.core.text import plural
from contract_assembly.core.values import WEEKDAYS, Duration, Money, Percent, Weekdays
from contract_assembly.document import tree as d
from contract_assembly.facts.template_values import Fact, Record, Series, View

_NAMES = ("label", "name", "product", "task", "item", "role", "impact", "id")  # what identifies an entry of a list
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class FactChange(Struct, frozen=True):
    """A fact that differs. `old` or `new` is empty if the contract did not or does not print it; `by` is the exact
    difference, empty if the type of fact has none. `origin` is where the newer value was written."""

    key: str
    label: str
    old: str
    new: str
    by: str
    origin: Origin

    def __str__(self) -> str:
        """The change in one line for users."""
        if not self.old or not self.new:
            return f"{self.label}: {self.new or self.old} {'added' if self.new else 'removed'}"
        return f"{self.label}: {self.old} to {self.new}{', ' * bool(self.by)}{self.by}"


class _PrintedFact(Struct, frozen=True):
    """A fact that a contract prints: its typed value, or None if it has none, and its printed text."""

    key: str
    value: Any
    text: str
    origin: Origin


def figures(old: tuple[d.Document, Record], new: tuple[d.Document, Record]) -> tuple[FactChange, ...]:
    """Every fact printed by either contract that differs: those in LABELS first, in that order, then the others by key."""
    before, after = _printed_facts(*old), _printed_facts(*new)
    found = [
        _change(key, before.get(key), after.get(key))
        for key in dict.fromkeys([*before, *after])
        if _differ(before.get(key), after.get(key))
    ]
    return tuple(sorted(found, key=lambda each: (_rank(each.key), each.key)))


def _differ(old: _PrintedFact | None, new: _PrintedFact | None) -> bool:
    if old is None or new is None:
        return True
    return (
        bool(old.value != new.value) if type(old.value) is type(new.value) is not type(None) else old.text != new.text
    )


def _change(key: str, old: _PrintedFact | None, new: _PrintedFact | None) -> FactChange:
    one = new or old
    assert one is not None  # noqa: S101  # a key comes from one side at least
    texts = (worded(old.value, old.text) if old else "", worded(new.value, new.text) if new else "")
    by = difference(old.value, new.value) if old and new else ""
    return FactChange(key, label(key), *texts, by, one.origin)


def facts_changed(old: Record, new: Record) -> tuple[FactChange, ...]:
    """Every fact with a name in LABELS that differs between two sets of facts, printed or not, in the order of LABELS."""
    before, after = (dict(_named_facts(each)) for each in (old, new))
    found = [
        _change(key, before.get(key), after.get(key))
        for key in dict.fromkeys([*before, *after])
        if _differ(before.get(key), after.get(key))
    ]
    return tuple(sorted(found, key=lambda each: (_rank(each.key), each.key)))


def _named_facts(facts: Record) -> Iterator[tuple[str, _PrintedFact]]:
    for _, (key, view) in _stable(facts, "", ""):
        if isinstance(view, Fact) and view.value is not None and is_named(key):
            yield key, _PrintedFact(key, view.value, str(view.value), view.origin)


# ---- the facts that a contract prints


def _printed_facts(document: d.Document, facts: Record) -> dict[str, _PrintedFact]:
    """Facts by stable key, each as first printed. Parameters of clauses are compared by their text."""
    known = dict(_stable(facts, "", ""))
    found: dict[str, _PrintedFact] = {}
    for node in d.walk(document):
        if isinstance(node, d.Value):
            key, view = known.get(node.key, (node.key, None))
            found.setdefault(key, _PrintedFact(key, _value(view), node.text, node.origin))
    return found


def _value(view: View | None) -> Any:
    """The typed value of a leaf, or the length of a list; a group of facts (an address) is compared by its text."""
    if isinstance(view, Series):
        return len(view)
    return view.value if isinstance(view, Fact) else None


def _stable(view: View, key: str, stable: str) -> Iterator[tuple[str, tuple[str, View]]]:
    """Yield each fact: the key that a `Value` carries, then the key in which names identify list entries."""
    if key:
        yield key, (stable, view)
    for at, name, each in _inside(view):
        yield from _stable(each, f"{key}.{at}".lstrip("."), f"{stable}.{name}".lstrip("."))


def _inside(view: View) -> Iterator[tuple[str, str, View]]:
    if isinstance(view, Record):
        yield from ((name, name, each) for name, each in view.entries.items())
    elif isinstance(view, Series):
        taken: set[str] = set()
        for position, each in enumerate(view):
            name = _name(each) or str(position + 1)
            name = name if name not in taken else f"{name} {position + 1}"
            taken.add(name)
            yield str(position), name, each


def _name(view: View) -> str:
    """The name of a list entry. Dots are replaced, because they separate the steps of a key."""
    if isinstance(view, Fact):
        return str(view.value).replace(".", "·")
    named = (view.entries[name] for name in _NAMES if name in view.entries) if isinstance(view, Record) else ()
    return next((str(each.value).replace(".", "·") for each in named if isinstance(each, Fact) and each.value), "")


# ---- words


def label(key: str) -> str:
    """The name of a fact for users: from LABELS or OTHERS, otherwise from its key."""
    for _, pattern, words in _PATTERNS:
        if match := pattern.fullmatch(key):
            return words.format(*(each.replace("·", ".") for each in match.groups()))
    group, *rest = [step.replace("-", " ").replace("_", " ").replace("·", ".") for step in key.split(".")]
    return ", ".join([group.capitalize(), *rest])


def names_of(facts: Record) -> dict[str, str]:
    """The name of every fact by the key that a `Value` carries; an entry of a list is called by its name."""
    return {key: label(stable) for key, (stable, _) in _stable(facts, "", "")}


def is_named(key: str) -> bool:
    """Whether a fact has a name in LABELS."""
    return _rank(key) < len(LABELS)


def _compiled(labels: Mapping[str, str]) -> Iterable[tuple[int, re.Pattern[str], str]]:
    for rank, (key, words) in enumerate(labels.items()):
        yield rank, re.compile(re.escape(key).replace(r"\*", r"([^.]+)")), words


_PATTERNS = tuple(_compiled({**LABELS, **OTHERS}))


def _rank(key: str) -> int:
    return next((rank for rank, pattern, _ in _PATTERNS[: len(LABELS)] if pattern.fullmatch(key)), len(LABELS))


def worded(value: Any, text: str) -> str:
    """A typed value in the same format for every locale, so that two are easy to compare; other values as printed."""
    match value:
        case bool():
            return "yes" if value else "no"
        case Money():
            return f"{value.rounded().amount:,} {value.currency}"
        case Percent():
            return f"{value.value.normalize():f} %"
        case Duration():
            return value.text
        case date():
            return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"
        case time():
            return f"{value:%H:%M}"
        case Weekdays():
            return f"{WEEKDAYS[value.first]} to {WEEKDAYS[value.last]}"
        case int() | Decimal():
            return f"{value:,}"
    return str(value) if isinstance(value, str) else text


def difference(old: Any, new: Any) -> str:
    """The amount of change: exact for money, counts, percentages and dates; the relative change to one decimal, half up."""
    match old, new:
        case Money(), Money() if old.currency == new.currency:
            step = new.rounded().amount - old.rounded().amount
            return f"{step:+,} {new.currency}{_share(step, old.rounded().amount)}"
        case Percent(), Percent():
            step = (new.value - old.value).normalize()
            return f"{step:+f} percentage point{'' if abs(step) == 1 else 's'}"
        case Duration(), Duration() if old.unit == new.unit:
            units = new.count - old.count
            return f"{units:+,} {old.unit if abs(units) == 1 else plural(old.unit)}"
        case date(), date():
            days = (new - old).days
            return f"{abs(days):,} day{'' if abs(days) == 1 else 's'} {'later' if days > 0 else 'earlier'}"
        case ((int() | Decimal()), (int() | Decimal())) if not isinstance(old, bool):
            return f"{new - old:+,}"
    return ""


def _share(step: Decimal, of: Decimal) -> str:
    """The relative change as text; empty if the old value is zero."""
    return f", {(step * 100 / of).quantize(Decimal('0.1'), ROUND_HALF_UP):+,} %" if of else ""
