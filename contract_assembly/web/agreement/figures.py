"""The figures of a term as charts: `service.yaml` as tables whose rows are also drawn. Pure."""

from collections.abc import Iterator
from typing import Any

from contract_assembly.core.text import NBSP
from contract_assembly.document import tree as d
from contract_assembly.facts.agreement_files import AnyInputs, Inputs
from contract_assembly.facts.fields import Located
from contract_assembly.facts.service_record import Service, Share, share

_PRIORITIES = {"all": "All", "P1": "Priority 1", "P2": "Priority 2", "P3": "Priority 3", "P4": "Priority 4"}
_ORDER = tuple(_PRIORITIES)
_ALIGNS: tuple[d.Align, ...] = ("left", "right", "right")
_TARGETS = {"response": "Answered in time", "resolution": "Solved in time"}


def charts(service: Located[Service], inputs: AnyInputs[Any]) -> tuple[d.Chart, ...]:
    """A chart for each kind of figure that there is: tickets, answers and solutions in time against what was promised, and other
    shares."""
    return tuple(_charts(service, inputs))


def _charts(service: Located[Service], inputs: AnyInputs[Any]) -> Iterator[d.Chart]:
    model, at = service.model, service.at
    tickets = [
        (
            _PRIORITIES[each.priority],
            f"{each.count:,}",
            "" if each.before is None else f"{each.before:,}",
            at(f"tickets.{n}"),
        )
        for n, each in _sorted(model.tickets)
    ]
    yield from _chart("Tickets closed", ("Priority", "This year", "The year before"), tickets)
    promised = _promised(inputs)
    for target, name in _TARGETS.items():
        known = [(n, each) for n, each in _sorted(model.targets) if each.target == target and each.denominator]
        aims = promised if target == "response" else {}
        rows = [
            (_PRIORITIES[each.priority], _percent(each), aims.get(each.priority, ""), at(f"targets.{n}"))
            for n, each in known
        ]
        yield from _chart(name, ("Priority", "Share", "Promised"), rows)
    rows = [
        (each.name, _percent(each), "", at(f"measures.{n}"))
        for n, each in enumerate(model.measures)
        if each.denominator
    ]
    yield from _chart("Other shares", ("What", "Share", ""), rows)


def _sorted(figures: tuple[Any, ...]) -> list[tuple[int, Any]]:
    """Figures by priority, all of them first, each with its position in the file."""
    return sorted(enumerate(figures), key=lambda pair: _ORDER.index(pair[1].priority))


def _promised(inputs: AnyInputs[Any]) -> dict[str, str]:
    if not isinstance(inputs, Inputs):
        return {}
    levels = inputs.plan.model.service_levels
    return {each.id: f"{levels.threshold.value.normalize():f}{NBSP}%" for each in levels.priorities}


def _percent(each: Share) -> str:
    return f"{share(each.numerator, each.denominator)}{NBSP}%"


def _chart(name: str, heads: tuple[str, ...], rows: list[tuple[Any, ...]]) -> Iterator[d.Chart]:
    """A chart of these rows, each of texts and a place; none of no rows. A column in which nothing is known is left out."""
    if not rows:
        return
    count = 3 if any(row[2] for row in rows) else 2
    table = d.Table(
        aligns=_ALIGNS[:count],
        head=tuple(d.Cell((d.Text(each),)) for each in heads[:count]),
        rows=tuple(tuple(d.Cell((d.Text(text or "–", row[3]),)) for text in row[:count]) for row in rows),
        caption=(d.Text(name),),
    )
    yield d.Chart(table)
