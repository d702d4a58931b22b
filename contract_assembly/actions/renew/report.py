"""Renewals, planned or carried out, as readable text, as data, and as rows for a spreadsheet. Pure; prints nothing."""

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from contract_assembly.actions.renew.batch import Done
from contract_assembly.core.csv_tables import table
from contract_assembly.core.problems import Problem, errors
from contract_assembly.core.report import as_data as problem_as_data
from contract_assembly.core.text import joined, with_count
from contract_assembly.core.values import DateRange, Money
from contract_assembly.renewals.duties.report import steps
from contract_assembly.renewals.next_prices import NextFees
from contract_assembly.renewals.notice_delivery import CHANNEL_WORDS, until
from contract_assembly.renewals.notice_windows import Window
from contract_assembly.renewals.plan import RenewalPlan

WIDTH = 100
_HEAD = 12
COLUMNS = (
    "client",
    "name",
    "agreement",
    "state",
    "term_last",
    "next",
    "next_first",
    "next_last",
    "decide_by",
    "weekday",
    "currency",
    "old_monthly",
    "new_monthly",
    "percent",
    "reason",
    "signature",
    "windows",
    "letters",
    "written",
    "blocked_by",
    "cure",
    "remains",
)


def text(found: Sequence[Done], *, applied: bool) -> str:
    """One paragraph for each renewal, one for all contracts that no one has signed yet, then the summary. Lines have at most 100
    columns."""
    planned = [each for each in found if outcome(each) != "not signed yet"]
    parts = ["\n".join(_paragraph(each)) for each in planned]
    if waiting := [each for each in found if outcome(each) == "not signed yet"]:
        parts.append("\n".join(_not_signed(waiting)))
    return "\n\n".join([*parts, _wrapped(summary(found, applied=applied), "")])


def summary(found: Sequence[Done], *, applied: bool) -> str:
    """The number of renewals of each kind, and what to do next."""
    if not found:
        return "no renewal needs anything until then"
    counted = ", ".join(f"{count} {name}" for name, count in sorted(_counted(found).items()))
    total = f"{with_count(len(found), 'renewal')}: {counted}."
    if applied:
        return total
    more = "; --apply carries out the plan" if any(each.plan.to_write and not each.blocked for each in found) else ""
    return f"{total} Nothing was changed{more}."


def _counted(found: Iterable[Done]) -> Counter[str]:
    return Counter(outcome(each) for each in found)


def outcome(done: Done) -> str:
    """Its state in a word or two; "written" once it was carried out."""
    return "blocked" if done.blocked else "written" if done.changed else done.plan.state


def _paragraph(done: Done) -> Iterator[str]:
    plan = done.plan
    yield _wrapped(f"{plan.short} ({plan.client}/{plan.name}): {outcome(done)}", "")
    last = f"{plan.term.last:%a %Y-%m-%d}"
    following = f"; next term {_days(plan.next_term)}, as {plan.next_name}" if plan.next_term else ""
    yield _line("ends", last + following)
    if plan.decision:
        yield _line("decide by", f"{plan.decision.day:%A %Y-%m-%d}")
    if plan.fees:
        yield _line("price", _price(plan.fees))
        yield from (_line("", f"{each.label}: {each.why}") for each in plan.fees.lines if each.why != "unchanged")
    if plan.rise_by:
        days = until(((way, day.day) for way, day in plan.rise_by), "%a %Y-%m-%d")
        yield _line("notice", f"of new prices: {days}")
    yield from (_line("window", _window(each)) for each in plan.windows)
    if plan.signature:
        yield _line("needs", "the signatures of both parties")
    yield from _files(done)
    yield from (line for each in done.problems for line in _problem(each))
    yield from (_line("remains", each) for each in plan.remains)


def _not_signed(found: Sequence[Done]) -> Iterator[str]:
    """The contracts that no one has signed yet, a line each."""
    names = [f"{each.plan.client}/{each.plan.name}" for each in found]
    yield f"Not signed yet, so there is nothing to renew: {len(found)}"
    for name, each in zip(names, found, strict=True):
        yield _wrapped(f"{name:{max(map(len, names))}}  {each.plan.status}", "  ")
    yield f"  Once one is signed: build.py status {names[0]} --set signed --on DATE"


def _files(done: Done) -> Iterator[str]:
    if done.changed:
        yield from (_line("wrote" if not n else "", each) for n, each in enumerate(done.changed))
    elif done.plan.to_write and not done.blocked:
        yield from (_line("writes" if not n else "", each) for n, each in enumerate(done.plan.writes))
        yield from (_line("letter", f"{each.name}, to be sent {each.day:%A %Y-%m-%d}") for each in done.plan.letters)


_WORDS = {"error": "BLOCKED", "warning": "warning", "info": "note"}


def _problem(problem: Problem) -> Iterator[str]:
    where = f" ({problem.origin})" if problem.origin else ""
    yield _line(_WORDS[problem.level], f"{problem.what} [{problem.rule}]{where}")
    if problem.hint:
        yield _line("  fix" if problem.level == "error" else "", problem.hint)


def _line(head: str, words: str) -> str:
    return _wrapped(words, f"  {head:{_HEAD - 2}}")


def _wrapped(words: str, head: str) -> str:
    return textwrap.fill(words, WIDTH, initial_indent=head, subsequent_indent=" " * len(head), break_on_hyphens=False)


def _days(days: DateRange) -> str:
    return f"{days.first} to {days.last}"


def _price(fees: NextFees) -> str:
    change = percent(fees)
    if fees.old == fees.new:
        amounts = f"{_plain(fees.new)} a month, as before"
    else:
        amounts = f"{_plain(fees.old)} to {_plain(fees.new)} a month"
        amounts += f" ({change:+f} %)" if change is not None else ""
        amounts += ", from the changes below" if fees.rise and not fees.rise.percent else ""
    return f"{amounts}; {reason(fees)}" if reason(fees) else amounts


def percent(fees: NextFees) -> Decimal | None:
    """The change of the monthly total to a tenth, half up; None if the old total is zero."""
    exact = fees.percent
    return None if exact is None else exact.quantize(Decimal("0.1"), ROUND_HALF_UP)


def reason(fees: NextFees) -> str:
    """Why prices change or stay."""
    return "; ".join(fees.rise.steps) if fees.rise else ""


def _plain(money: Money) -> str:
    return f"{money.amount:,f} {money.currency}"


def _window(window: Window) -> str:
    """The rule, and the days to send by each channel."""
    rule = "the contract's reminder" if window.rule == "contract" else f"{window.rule}: {window.title}"
    days = f"{window.days.first:%a %Y-%m-%d} to {window.days.last:%a %Y-%m-%d}"
    ways = [
        f"{CHANNEL_WORDS[way]} {each.first:%a %Y-%m-%d} to {each.last:%a %Y-%m-%d}" for way, each in window.open.items()
    ]
    return f"{days}: {rule}; send it {joined(ways, 'or')}" if ways else f"{days}: {rule}; no way is left to send it"


# ---- data


def as_data(done: Done) -> dict[str, Any]:
    """A renewal for JSON. Days are ISO, amounts are monthly, as text."""
    plan = done.plan
    return {
        "client": plan.client,
        "agreement": plan.name,
        "name": plan.short,
        "state": outcome(done),
        "term": _range(plan.term),
        "next": plan.next_name or None,
        "next_term": _range(plan.next_term) if plan.next_term else None,
        "decide_by": _day(plan.decision.day) if plan.decision else None,
        "decision_steps": steps(plan.decision) if plan.decision else [],
        "letter_day": _day(plan.letter) if plan.letter else None,
        "windows": [
            {
                **_range(each.days),
                "rule": each.rule,
                "by": list(each.channels),
                "sending": {way: _range(days) for way, days in each.open.items()},
                "severity": each.severity,
            }
            for each in plan.windows
        ],
        "price_notice_by": {way: _day(day.day) for way, day in plan.rise_by},
        "price": _fees(plan.fees) if plan.fees else None,
        "signature": plan.signature,
        "letters": [{"name": each.name, "kind": each.kind, "day": _day(each.day)} for each in plan.letters],
        "writes": list(plan.writes),
        "written": list(done.changed),
        "problems": [problem_as_data(each) for each in done.problems],
        "remains": list(plan.remains),
    }


def _fees(fees: NextFees) -> dict[str, Any]:
    return {
        "currency": fees.new.currency,
        "old": f"{fees.old.amount:f}",
        "new": f"{fees.new.amount:f}",
        "percent": None if percent(fees) is None else f"{percent(fees):f}",
        "reason": list(fees.rise.steps) if fees.rise else [],
        "lines": [
            {
                "line": each.id,
                "old": f"{each.old_amount.amount:f}",
                "new": f"{each.new_amount.amount:f}",
                "old_price": f"{each.old_price.amount:f}" if each.old_price else None,
                "new_price": f"{each.new_price.amount:f}" if each.new_price else None,
                "old_quantity": each.old_quantity,
                "new_quantity": each.new_quantity,
                "why": each.why,
            }
            for each in fees.lines
        ],
    }


def _range(days: DateRange) -> dict[str, str]:
    return {"first": days.first.isoformat(), "last": days.last.isoformat()}


def _day(day: date) -> str:
    return day.isoformat()


# ---- rows


def spreadsheet(found: Iterable[Done]) -> str:
    """The renewals as CSV. A text that a spreadsheet would read as a formula gets an apostrophe in front."""
    return table(COLUMNS, map(_row, found))


def _row(done: Done) -> tuple[str | Decimal, ...]:
    plan, stops = done.plan, errors(done.problems)
    following = (
        (plan.next_name, str(plan.next_term.first), str(plan.next_term.last)) if plan.next_term else ("", "", "")
    )
    decision = (f"{plan.decision.day}", f"{plan.decision.day:%A}") if plan.decision else ("", "")
    return (
        plan.client,
        plan.short,
        plan.name,
        outcome(done),
        f"{plan.term.last}",
        *following,
        *decision,
        *_money(plan),
        "yes" if plan.signature else "no",
        "; ".join(f"{each.rule}: {each.each_way()}" for each in plan.windows),
        "; ".join(f"{each.name} {each.day}" for each in plan.letters),
        "; ".join(done.changed),
        "; ".join(each.what for each in stops),
        "; ".join(each.hint for each in stops),
        "; ".join(plan.remains),
    )


def _money(plan: RenewalPlan) -> tuple[str | Decimal, ...]:
    """Currency, old and new monthly total, percent, reason."""
    if plan.fees is None:
        return ("", "", "", "", "")
    change = percent(plan.fees)
    return (
        plan.fees.new.currency,
        plan.fees.old.amount,
        plan.fees.new.amount,
        "" if change is None else change,
        reason(plan.fees),
    )
