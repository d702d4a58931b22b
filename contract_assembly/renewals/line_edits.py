"""How an agreement's own lines in `agreement.yaml` become those of other facts: values to set and entries to drop. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from contract_assembly.core.values import Money
from contract_assembly.facts.agreement import Agreement, Fees
from contract_assembly.facts.fee_terms import OwnLine
from contract_assembly.facts.fields import Model

Path: TypeAlias = tuple[str | int, ...]
Edit: TypeAlias = tuple[Path, str | None]
_LINES: Path = ("fees", "lines")
_ADDRESSES: Path = ("fees", "invoice_addresses")


def edits(before: Fees, after: Fees) -> Iterator[Edit]:
    """Each path with its new value, or None where the entry is dropped: own lines, prices with tiers, and the addresses of lines
    that are gone."""
    new = {each.known_as: each for each in after.lines}
    yield from _list(_LINES, before.lines, lambda each: new.get(each.known_as))
    prices = {each.line: each for each in after.prices}
    for n, each in enumerate(before.prices):
        if each.tiers and each.line in prices:
            yield from changed(("fees", "prices", n), each, prices[each.line])
    gone = {each.known_as for each in before.lines} - new.keys()
    for n, address in enumerate(before.invoice_addresses):
        left = [each for each in address.lines if each not in gone]
        if not left:
            yield (*_ADDRESSES, n), None
        else:
            yield from (((*_ADDRESSES, n, "lines", m), None) for m, each in enumerate(address.lines) if each in gone)
    if before.invoice_addresses and all(not set(each.lines) - gone for each in before.invoice_addresses):
        yield _ADDRESSES, None


def _list(path: Path, before: tuple[OwnLine, ...], new: Callable[[OwnLine], OwnLine | None]) -> Iterator[Edit]:
    if before and all(new(each) is None for each in before):
        yield path, None
        return
    for n, each in enumerate(before):
        after = new(each)
        if after is None:
            yield (*path, n), None
        else:
            yield from changed((*path, n), each, after)


def changed(path: Path, before: Model, after: Model) -> Iterator[Edit]:
    """The fields of an entry that differ, tier by tier."""
    for name in type(before).model_fields:
        was, now = getattr(before, name), getattr(after, name)
        if was == now:
            continue
        if isinstance(was, tuple) and was and isinstance(was[0], Model):
            for n, (old, new) in enumerate(zip(was, now, strict=True)):
                yield from changed((*path, name, n), old, new)
        else:
            yield (*path, name), None if now is None else written(now)


_WRITTEN: Mapping[type, Callable[[Any], str]] = {
    bool: lambda value: "yes" if value else "no",
    Money: lambda value: f"{value.amount:f} {value.currency}",
}


def written(value: object) -> str:
    """A value as a file of facts has it."""
    return _WRITTEN.get(type(value), str)(value)


def split(found: Iterable[Edit]) -> tuple[dict[Path, str], list[Path]]:
    """The values to set, and the paths to drop; nothing is set inside what is dropped."""
    listed = list(found)
    dropped = [path for path, value in listed if value is None]
    inside = tuple(dropped)
    values = {
        path: value
        for path, value in listed
        if value is not None and not any(path[: len(each)] == each for each in inside)
    }
    return values, [path for path in dropped if not any(path != each and path[: len(each)] == each for each in inside)]


def line_edits(before: Agreement, after: Agreement) -> tuple[dict[Path, str], list[Path]]:
    """The values to set and the paths to drop, so that the file of an agreement has the lines of another state."""
    return split(edits(before.fees, after.fees))
