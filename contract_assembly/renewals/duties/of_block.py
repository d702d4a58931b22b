"""What comes up for a prepaid block: its last day and the reminders of it, messages that clauses promise, a support contract to
propose. Pure; the table BLOCK_DUE is the place to add more."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from contract_assembly.blocks.book import closed_on
from contract_assembly.blocks.notices import next_open, notices, statement_day
from contract_assembly.blocks.plan_comparison import above_breakeven
from contract_assembly.core.explained_date import stated
from contract_assembly.facts.account import FIRST
from contract_assembly.facts.business_days import business_day_before
from contract_assembly.facts.term_dates import back, days_in_force
from contract_assembly.renewals.context import BlockMatter
from contract_assembly.renewals.duties.duty import Duty, duty_of, licences, people


def block_duties(matter: BlockMatter, on: date, by: date) -> list[Duty]:
    """Everything of one block, done or not: what its facts say, and what its hours bring until a day."""
    found = [each for name in BLOCK_DUE for each in BLOCK_DUE[name](matter) if not _moot(matter, each, on)]
    return [*found, *_messages(matter, on, by), *_to_propose(matter, on)]


def _moot(matter: BlockMatter, each: Duty, on: date) -> bool:
    """Whether a step concerns hours that an early end or a support contract takes, or took, before its day."""
    closed = closed_on(matter.book) if matter.book else None
    return closed is not None and each.kind in {"block end", "block reminder"} and (on >= closed or each.last >= closed)


def _block_days(matter: BlockMatter) -> Iterator[Duty]:
    block, at = matter.inputs.agreement.model.block, matter.inputs.agreement.at
    first = stated("first day", block.first_day, str(at("block.first_day")))
    rule, months = "the day before the corresponding date", f"{block.valid.months} months"
    last = first.then("last day", rule, months, days_in_force(matter.inputs).last, str(at("block.valid")))
    yield duty_of(
        matter,
        "block end",
        "end",
        last,
        f"Hours of the block expire: {block.hours} h bought",
        "Unused hours follow the rollover rule",
    )
    told = matter.book.account.model.told if matter.book else ()
    for name, what in (("expiry_warning", "expiry-first"), ("final_warning", "expiry-final")):
        period, done = getattr(block, name), any((each.what, each.block) == (what, FIRST) for each in told)
        day = back(last.day, period)
        way = last.then(
            "reminder",
            "counted back from the last day",
            f"{period.count} {period.unit}s",
            day,
            str(at(f"block.{name}")),
        )
        why = (
            "A late last reminder moves the last day"
            if name == "final_warning"
            else "Promised in the clause on validity"
        )
        moved = business_day_before(day, matter.inputs.calendar.model)
        way = way.then(
            "Business Day", "a deadline counted back", f"{day:%A} {day}", moved, "clause interpretation, days"
        )
        to_tell = f"Remind the client that hours expire on {last.day}"
        yield duty_of(matter, "block reminder", name, way, to_tell, why, done=done)


def _messages(matter: BlockMatter, on: date, by: date) -> Iterator[Duty]:
    """What else clauses promise to tell: few hours left, hours used up, statements, both reminders of further Blocks. Done once
    account.yaml says so."""
    for each in notices(matter.book, on, by) if matter.book else ():
        if each.block == FIRST and each.what.startswith("expiry"):
            continue  # told with the steps of its day
        key = f"{each.what} {each.block or each.period_end}"
        about = f"Block {each.block}" if each.block else f"until {each.period_end}"
        what = f"{_TOLD[each.what]}, {about}"
        yield duty_of(matter, "block message", key, each.due, what, each.why, first=each.arises, done=bool(each.told))


def _to_propose(matter: BlockMatter, on: date) -> Iterator[Duty]:
    """A support contract is proposed after three months of use above break-even (domain 5.1): with the statement of the last of
    them, unless it was since the first, or the block is at its end."""
    book = matter.book
    above = above_breakeven(book, matter.plans.values(), on) if book else None
    if book is None or above is None:
        return
    used = ", ".join(f"{count:f} h in {closes:%Y-%m}" for closes, count in above.months)
    first, last = above.months[0][0].replace(day=1), above.months[-1][0]
    account = book.account.model
    done = any(each >= first for each in matter.proposed) or bool(account.conversion or account.ended)
    why = f"{used}; from {above.breakeven} h a month {above.plan} costs less than the block"
    due = next_open(book, statement_day(book, last))
    yield duty_of(
        matter, "proposal", str(last), due, "Propose a support contract", why, first=last + timedelta(days=1), done=done
    )


_TOLD = {
    "low-balance": "Tell that few hours are left",
    "used-up": "Tell that the hours are used up",
    "expiry-first": "First reminder that hours expire",
    "expiry-final": "Last reminder that hours expire",
    "statement": "Statement of hours",
}
BLOCK_DUE: dict[str, Callable[[BlockMatter], Iterator[Duty]]] = {
    "block": _block_days,
    "licences": licences,
    "people": people,
}
