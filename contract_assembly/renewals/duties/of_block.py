"""What comes up for a prepaid block: its last day with reminders, messages that clauses promise, a support contract to
propose. Pure; add more to the table BLOCK_DUE."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from contract_assembly.blocks.book import closed_on
from contract_assembly.blocks.notices import next_open, notices, statement_day
from contract_assembly.blocks.plan_comparison import above_breakeven
from contract_assembly.core.explained_date import stated
from contract_assembly.core.values import DateRange
from contract_assembly.facts.account import FIRST
from contract_assembly.facts.business_days import business_day_before
from contract_assembly.facts.term_dates import back, days_in_force
from contract_assembly.renewals.context import BlockContext
from contract_assembly.renewals.duties.duty import Duty, duty_of, licences, people
from contract_assembly.renewals.duties.of_clauses import PromiseDays, is_of_the_end, of_clauses
from contract_assembly.renewals.ending import EXIT


def block_duties(context: BlockContext, on: date, by: date) -> list[Duty]:
    """All duties of one block up to a day, done or not, from its facts and its hours."""
    last = closed_on(context.book) if context.book else None
    over = context.inputs.agreement.model.status == "ended" and last is not None and last < on
    table = {} if over else BLOCK_DUE
    if context.book and context.book.account.model.conversion:
        table = {name: each for name, each in table.items() if name != "licences"}  # the contract has them now
    found = [each for name in table for each in table[name](context) if not _moot(context, each, on)]
    return [
        *found,
        *_messages(context, on, by),
        *_to_propose(context, on),
        *_promised(context, last, DateRange(on, by), over=over),
    ]


def _promised(context: BlockContext, closed: date | None, asked: DateRange, *, over: bool) -> Iterator[Duty]:
    """What clauses promise; for the end only where no support contract follows, and until a year after it."""
    days = days_in_force(context.inputs)
    last = closed or days.last
    converted = context.book and context.book.account.model.conversion
    ends = not converted and last + EXIT >= asked.first
    at = PromiseDays(
        DateRange(days.first, max(days.first, last)), asked.last, start=days.first, end=last if ends else None
    )
    promises = (each for each in context.promises_of() if is_of_the_end(each) or not over)
    yield from of_clauses(context, promises, at)


def _moot(context: BlockContext, each: Duty, on: date) -> bool:
    """Whether a step concerns hours that are removed before its day by an early end or a support contract."""
    closed = closed_on(context.book) if context.book else None
    return closed is not None and each.kind in {"block end", "block reminder"} and (on >= closed or each.last >= closed)


def _block_days(context: BlockContext) -> Iterator[Duty]:
    block, at = context.inputs.agreement.model.block, context.inputs.agreement.at
    ours = context.inputs.agreement.model.origin == "here"
    first = stated("first day", block.first_day, str(at("block.first_day")))
    rule, months = "the day before the corresponding date", f"{block.valid.months} months" if block.valid else ""
    last = (
        first.then("last day", rule, months, days_in_force(context.inputs).last, str(at("block.valid")))
        if block.valid
        else stated("last day", block.ends, str(at("block.last_day")))
    )
    yield duty_of(
        context,
        "block end",
        "end",
        day=last,
        what=f"Hours of the block expire: {block.hours} h bought",
        why="Unused hours follow the rollover rule" if ours else _OTHER_PAPER,
    )
    sent = context.book.account.model.messages if context.book else ()
    for name, what in (("expiry_warning", "expiry-first"), ("final_warning", "expiry-final")):
        period, done = getattr(block, name), any((each.what, each.block) == (what, FIRST) for each in sent)
        day = back(last.day, period)
        way = last.then(
            "reminder",
            "counted back from the last day",
            f"{period.count} {period.unit}s",
            day,
            str(at(f"block.{name}")),
        )
        why = _WHY[name] if ours else _OTHER_PAPER
        moved = business_day_before(day, context.inputs.calendar.model)
        way = way.then(
            "Business Day", "a deadline counted back", f"{day:%A} {day}", moved, "clause interpretation, days"
        )
        reminder = f"Remind the client that hours expire on {last.day}"
        yield duty_of(context, "block reminder", name, day=way, what=reminder, why=why, done=done)


def _messages(context: BlockContext, on: date, by: date) -> Iterator[Duty]:
    """The messages that clauses promise: few hours left, hours used up, statements, both reminders of further Blocks.
    They are done once account.yaml lists them."""
    for each in notices(context.book, on, by) if context.book else ():
        if each.block == FIRST and each.what.startswith("expiry"):
            continue  # listed above, with the steps of its day
        key = f"{each.what} {each.block or each.period_end}"
        about = f"Block {each.block}" if each.block else f"until {each.period_end}"
        what = f"{_MESSAGES[each.what]}, {about}"
        yield duty_of(
            context,
            "block message",
            key,
            day=each.due,
            what=what,
            why=each.why,
            first=each.arises,
            done=bool(each.sent),
        )


def _to_propose(context: BlockContext, on: date) -> Iterator[Duty]:
    """Propose a support contract after three months of use above break-even, with the statement of the
    last month; unless one was proposed since the first, or the block is at its end."""
    book = context.book
    above = above_breakeven(book, context.plans.values(), on) if book else None
    if book is None or above is None:
        return
    used = ", ".join(f"{count:f} h in {closes:%Y-%m}" for closes, count in above.months)
    first, last = above.months[0][0].replace(day=1), above.months[-1][0]
    account = book.account.model
    done = any(each >= first for each in context.proposed) or bool(account.conversion or account.ended)
    why = f"{used}; from {above.breakeven} h a month {above.plan} costs less than the block"
    due = next_open(book, statement_day(book, last))
    yield duty_of(
        context,
        "proposal",
        str(last),
        day=due,
        what="Propose a support contract",
        why=why,
        first=last + timedelta(days=1),
        done=done,
    )


_WHY = {
    "expiry_warning": "Promised in the clause on validity",
    "final_warning": "A late last reminder moves the last day",
}
_OTHER_PAPER = "It is on other paper: see its PDF for what it promises"
_MESSAGES = {
    "low-balance": "Tell the client that few hours are left",
    "used-up": "Tell the client that the hours are used up",
    "expiry-first": "First reminder that hours expire",
    "expiry-final": "Last reminder that hours expire",
    "statement": "Statement of hours",
}
BLOCK_DUE: dict[str, Callable[[BlockContext], Iterator[Duty]]] = {
    "block": _block_days,
    "licences": licences,
    "people": people,
}
