"""What comes up as a readable table, as JSON, and each date with its steps. Pure; prints nothing."""

import textwrap
from collections.abc import Iterable
from datetime import date
from typing import Any

from msgspec import Struct

from contract_assembly.clauses.clause_duty import DUTY_KINDS
from contract_assembly.core.explained_date import ExplainedDate, Step
from contract_assembly.core.text import cut
from contract_assembly.renewals.duties.duty import Duty

WIDTH = 100


RECORD = (
    "What was done is recorded in service.yaml (account.yaml of a block), below reviews, restore_tests or kept: see "
    "docs/renewals.md."
)


class DutyRow(Struct, frozen=True):
    """One row of the table: a duty, and those of its series that follow it."""

    first: Duty
    rest: tuple[Duty, ...] = ()


def rows(found: Iterable[Duty], *, all_dates: bool = False) -> tuple[DutyRow, ...]:
    """Duties by row, in the order given: each series in one row at the place of its first, unless all dates are wanted."""
    groups: dict[tuple[str, ...], list[Duty]] = {}
    for n, each in enumerate(found):
        alone = (str(n),) if all_dates or not each.rhythm else ()
        groups.setdefault((each.client, each.agreement, each.kind, each.what, *alone), []).append(each)
    return tuple(DutyRow(first, tuple(rest)) for first, *rest in groups.values())


def table(found: Iterable[Duty], on: date, *, all_dates: bool = False) -> str:
    """One row a paragraph: weekday and date, days left, client, what; below it why, or how often. A series of duties is one row,
    unless all dates are wanted. Lines have at most 100 columns."""
    found = list(found)
    overdue = [each for each in found if each.last < on]
    ahead = [each for each in found if each.last >= on]
    parts = []
    for head, part in (("OVERDUE", overdue), ("Coming up", ahead)):
        if part:
            listed = rows(part, all_dates=all_dates)
            dates = f" ({len(part)} dates; --all-dates lists each)" if len(listed) < len(part) else ""
            parts += [f"{head}: {len(listed)}{dates}", *(_lines(each, on) for each in listed), ""]
    if any(each.kind in DUTY_KINDS for each in overdue):
        parts += _wrapped(RECORD, WIDTH)
    return "\n".join(parts).rstrip() or "nothing comes up"


def _lines(row: DutyRow, on: date) -> str:
    duty = row.first
    days = (duty.last - on).days
    left = "today" if not days else f"{-days} d late" if days < 0 else f"in {days} d"
    client = duty.client or "the firm"
    head = f"{duty.last:%a %Y-%m-%d} {left:>10}  {cut(client, 16):16}"
    what = duty.what if duty.status == "signed" else f"{duty.what} [{duty.status}]"
    what_lines = _wrapped(what, WIDTH - len(head) - 2)
    why = _wrapped(_how_often(row) or duty.why, WIDTH - len(head) - 4)
    pad = " " * (len(head) + 2)
    return "\n".join(
        [f"{head}  {what_lines[0]}", *(pad + line for line in what_lines[1:]), *(f"{pad}  {line}" for line in why)]
    )


def _how_often(row: DutyRow) -> str:
    """The rhythm of a series: "quarterly, 3 more until Fri 2027-12-31"."""
    if not row.rest:
        return ""
    last = row.rest[-1].last
    return f"{row.first.rhythm}, {len(row.rest)} more until {last:%a %Y-%m-%d}"


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_long_words=True) or [""]


def as_data(duty: Duty, on: date) -> dict[str, Any]:
    """A duty for JSON."""
    return {
        "kind": duty.kind,
        "key": duty.key,
        "client": duty.client or None,
        "agreement": duty.agreement or None,
        "status": duty.status if duty.agreement else None,
        "from": duty.first.isoformat() if duty.first else None,
        "by": duty.last.isoformat(),
        "days_left": (duty.last - on).days,
        "ways": [{"by": way, "last": day.day.isoformat()} for way, day in duty.ways],
        "what": duty.what,
        "why": duty.why,
        "rhythm": duty.rhythm or None,
        "steps": steps(duty.way) if duty.way else [],
    }


def steps(way: ExplainedDate) -> list[dict[str, str]]:
    """The steps of a date for JSON."""
    return [
        {"step": each.name, "rule": each.rule, "given": each.given, "day": each.day.isoformat(), "source": each.source}
        for each in way.steps
    ]


def explained(found: Iterable[Duty]) -> str:
    """How each date was computed, step by step, with the origin of each rule and fact."""
    return "\n\n".join(_explained(each) for each in found if each.way)


def _explained(duty: Duty) -> str:
    assert duty.way is not None  # noqa: S101  # the caller asks
    title = textwrap.wrap(f"{duty.last:%A %Y-%m-%d}  {duty.what} ({duty.client}/{duty.agreement})", WIDTH)
    others = [way.steps[-1] for _, way in duty.ways if way != duty.way]
    lines = [line for each in (*duty.way.steps, *others) for line in _step(each)]
    return "\n".join([*title, *lines])


def _step(step: Step) -> list[str]:
    words = f"{step.name}: {step.rule}" + (f"; {step.given}" if step.given else "")
    first, *rest = [*_wrapped(words, WIDTH - 20), *_wrapped(f"from {step.source}", WIDTH - 20)]
    return [f"  {step.day:%a %Y-%m-%d}  {first}", *(" " * 18 + line for line in rest)]
