"""Everything that comes up for one agreement, or for the firm, as dated duties. Pure; the table DUE is the place to add more.

A function of DUE gives every duty of the term of a number, done or not; what lies in the future and what is overdue is judged by
whoever lists them. `key` and `kind` name a duty for good: neither changes when its day moves."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from contract_assembly.account import FIRST
from contract_assembly.approval import Approvals
from contract_assembly.dated import Dated, stated
from contract_assembly.delivery import CHANNEL_WORDS, send_by
from contract_assembly.frequency import restore_tests, reviews
from contract_assembly.hours.compare import above_breakeven
from contract_assembly.hours.notices import next_open, notices, statement_day
from contract_assembly.law import Law
from contract_assembly.matter import (
    BlockMatter,
    Matter,
    decision_day_of,
    ends_early,
    last_day_of,
    letter_day_of,
    number_of,
    rise_notice_of,
    term_of,
)
from contract_assembly.obstacles import declines
from contract_assembly.reckoning import days_in_force
from contract_assembly.term_days import back, periods
from contract_assembly.typed import Located
from contract_assembly.values import DateRange, days_before
from contract_assembly.windows import FORMAL, answered, windows
from contract_assembly.workdays import business_day_before


@dataclass(frozen=True)
class Duty:
    """One thing to do or to know: until which day (inclusive), from which day on if not before, for whom, what and why."""

    kind: str
    key: str
    client: str
    agreement: str
    last: date
    what: str
    why: str
    first: date | None = None
    way: Dated | None = None
    done: bool = False
    status: str = "signed"


def duties(matter: Matter | BlockMatter, on: date, by: date) -> Iterator[Duty]:
    """Everything of one agreement that is not done, up to a day: of the term current on `on` from its start, and of later ones.
    Raises ValueError where a day cannot be counted, such as for a year without holidays."""
    if isinstance(matter, BlockMatter):
        found = [each for name in BLOCK_DUE for each in BLOCK_DUE[name](matter)]
        found += [*_messages(matter, on, by), *_to_propose(matter, on)]
    else:
        found = [
            each
            for number in range(number_of(matter, on), _highest(matter, by) + 1)
            for name in DUE
            for each in DUE[name](matter, number)
        ]
    kept = {(each.kind, each.key): each for each in found if not each.done and each.last <= by}
    yield from (each for each in kept.values() if each.last >= on or each.kind not in FLEETING)


def _highest(matter: Matter, by: date) -> int:
    """The last term to look at: none after the one that a successor takes over, or after an early or declined end."""
    number = number_of(matter, by)
    if matter.successor:
        return min(number, number_of(matter, days_before(matter.successor.first_day, 1)))
    if last := ends_early(matter):
        return min(number, number_of(matter, last))
    for each in range(number):
        if any(declines(notice, matter, each) for notice in matter.inputs.agreement.model.notices):
            return each
    return number


def _open(matter: Matter, number: int) -> bool:
    """Whether what comes after a term is still open: nobody declined it, ended it before, or signed what follows."""
    last, agreed = term_of(matter, number).last, matter.inputs.agreement.model
    ended = ends_early(matter)
    signed = (
        matter.successor
        and matter.successor.status != "draft"
        and matter.successor.first_day == last + timedelta(days=1)
    )
    declined = (
        any(declines(each, matter, number) for each in agreed.notices) if agreed.term.renewal == "automatic" else False
    )
    return not signed and not declined and not (ended and ended < last)


def _duty(
    matter: Matter | BlockMatter, kind: str, key: str, day: Dated | date, what: str, why: str, **more: Any
) -> Duty:
    way, last = (day, day.day) if isinstance(day, Dated) else (None, day)
    status = matter.inputs.agreement.model.status
    return Duty(kind, key, matter.client, matter.name, last, what, why, way=way, status=status, **more)


# ---- the end of a term


def _price_notice(matter: Matter, number: int) -> Iterator[Duty]:
    agreed = matter.inputs.agreement.model
    if not _open(matter, number) or agreed.fees.increase.rule == "none":
        return
    deadline, calendar = rise_notice_of(matter, number), matter.inputs.calendar.model
    begins = term_of(matter, number).last + timedelta(days=1)
    done = any(each.says == "increase" and each.term == begins for each in agreed.notices)
    ways = [send_by(deadline, matter.promises.deliveries[each], calendar) for each in FORMAL]
    earliest = min(ways, key=lambda each: each.day)
    latest = max(ways, key=lambda each: each.day)
    what = f"Notice of new prices: {_by_way(earliest)} by {earliest.day}, {_by_way(latest)} by {latest.day}"
    why = f"It must take effect by {deadline.day}, or prices stay from {begins}"
    yield _duty(matter, "price notice", str(number), latest, what, why, done=done, first=days_before(earliest.day, 30))


def _letter(matter: Matter, number: int) -> Iterator[Duty]:
    if _open(matter, number):
        day = business_day_before(letter_day_of(matter, number), matter.inputs.calendar.model)
        why = "It shows the year and the options before any deadline"
        yield _duty(matter, "letter", str(number), day, "Send the renewal letter", why)


def _by_way(way: Dated) -> str:
    name = way.steps[-1].name
    return name.removeprefix("send ").removesuffix(" by")


def _announcements(matter: Matter, number: int) -> Iterator[Duty]:
    if not _open(matter, number):
        return
    for each in windows(matter, number):
        last = each.last_sending()
        kind = "reminder" if each.severity == "contract" else "statutory notice"
        ways = " or ".join(CHANNEL_WORDS[channel] for channel in each.channels)
        title = each.title if kind == "reminder" else f"{each.title} ({each.rule})"
        what = f"{title}: {each.days.first} to {each.days.last}, {ways}"
        way = each.way.then(
            "send by", "so that it also counts in time", str(each.days.last), last, matter.promises.notices
        )
        done, key = answered(matter, each, number), f"{number} {each.rule}"
        yield _duty(matter, kind, key, way, what, each.consequence, first=each.days.first, done=done)


def _decision(matter: Matter, number: int) -> Iterator[Duty]:
    agreed = matter.inputs.agreement.model.term
    if not _open(matter, number):
        return
    last = last_day_of(matter, number)
    if agreed.renewal == "automatic":
        length = agreed.renewal_length
        why = f"Without a notice it renews from {last.day + timedelta(days=1)} for {length.count} {length.unit}s"
        yield _duty(
            matter, "decision", str(number), decision_day_of(matter, number), "Last day to decline the renewal", why
        )
    else:
        day = business_day_before(back(last.day, agreed.notice), matter.inputs.calendar.model)
        why = f"It ends on {last.day} unless both parties sign an extension"
        yield _duty(matter, "proposal", str(number), day, "Send the proposal for an extension", why)


def _renewal(matter: Matter, number: int) -> Iterator[Duty]:
    last, ended = last_day_of(matter, number), ends_early(matter)
    if ended and ended <= last.day:
        yield _duty(
            matter,
            "end",
            "end",
            stated("last day", ended, str(matter.at("ended"))),
            "Last day of the agreement",
            "It was ended early",
        )
    elif not _open(matter, number) or matter.inputs.agreement.model.term.renewal != "automatic":
        what = "Last day of the term"
        why = f"{matter.successor.name} follows" if matter.successor else "It does not renew by itself"
        yield _duty(matter, "end", str(number), last, what, why)
    else:
        begins = last.then(
            "renewal begins", "the day after the last day", str(last.day), last.day + timedelta(days=1), "clause term"
        )
        why = "The term before ends the day before"
        yield _duty(matter, "renewal", str(number), begins, f"Renewal {number + 1} begins", why)


# ---- in the course of a term


def _reviews(matter: Matter, number: int) -> Iterator[Duty]:
    times = reviews(matter.inputs.plan.model)
    held = [each.on for each in matter.service.model.reviews] if matter.service else []
    if times:
        yield from _rounds(matter, number, "review", "Business review", times, held)


def _restores(matter: Matter, number: int) -> Iterator[Duty]:
    tests = matter.service.model.restore_tests if matter.service else ()
    for what, times in restore_tests(matter.inputs.plan.model, matter.inputs.agreement.model).items():
        done = [each.on for each in tests if what in each.what.casefold()]
        yield from _rounds(matter, number, "restore test", f"Restore test of {what}", times, done)


def _rounds(matter: Matter, number: int, kind: str, what: str, times: int, held: list[date]) -> Iterator[Duty]:
    """One duty for each part of the Contract Year, by its last Business Day; done as often as the part asks for, it is done."""
    each_part, needed = max(1, 12 // times), max(1, times // 12)
    anchor, calendar = matter.inputs.agreement.model.term.first_day, matter.inputs.calendar.model
    ended, last = ends_early(matter), term_of(matter, number).last
    within = DateRange(term_of(matter, number).first, min(last, ended) if ended else last)
    for days in periods(anchor, each_part, within):
        done = sum(day in days for day in held) >= needed
        why = f"{times} a year are promised; this is for {days.first} to {days.last}"
        day = business_day_before(days.last, calendar)
        yield _duty(matter, kind, f"{what} {days.first}", max(day, days.first), what, why, first=days.first, done=done)


# ---- of any agreement


def _licences(matter: Matter | BlockMatter, *_: int) -> Iterator[Duty]:
    at = matter.inputs.agreement.at
    for n, each in enumerate(matter.inputs.agreement.model.licences):
        if each.last_day:
            day = stated("last day", each.last_day, str(at(f"licences.{n}.last_day")))
            yield _duty(
                matter,
                "licence",
                f"{each.product} {each.first_day}",
                day,
                f"Licence ends: {each.quantity} {each.product}",
                each.renewal,
            )
        if each.holder == "provider-tenant" and not (each.accepted_by and each.accepted_on):
            why = "Terms are accepted before anyone uses it"
            day = stated("first day", each.first_day, str(at(f"licences.{n}.first_day")))
            yield _duty(
                matter,
                "acceptance",
                f"{each.product} {each.first_day}",
                day,
                f"Acceptance of the vendor's terms: {each.product}",
                why,
            )


def _people(matter: Matter | BlockMatter, *_: int) -> Iterator[Duty]:
    agreed = matter.inputs.agreement.model
    for side, pair in (("client", agreed.contacts.client), ("provider", agreed.contacts.provider)):
        for each in getattr(matter.inputs, side).model.people:
            if each.until and each.id in {pair.primary, pair.deputy, getattr(agreed.signatories, side)}:
                what = f"{each.name} leaves ({side}, {each.role})"
                yield _duty(
                    matter, "person", f"{side} {each.id}", each.until, what, "Name a successor as contact or signatory"
                )


DUE: dict[str, Callable[[Matter, int], Iterator[Duty]]] = {
    "letter": _letter,
    "price notice": _price_notice,
    "announcements": _announcements,
    "decision": _decision,
    "renewal": _renewal,
    "reviews": _reviews,
    "restore tests": _restores,
    "licences": _licences,
    "people": _people,
}

# Days that pass by themselves: nothing is left to do about them afterwards, so they are never overdue.
FLEETING = frozenset({"letter", "renewal", "end", "decision", "licence", "block end", "person"})


# ---- blocks


def _block_days(matter: BlockMatter) -> Iterator[Duty]:
    block, at = matter.inputs.agreement.model.block, matter.inputs.agreement.at
    first = stated("first day", block.first_day, str(at("block.first_day")))
    rule, months = "the day before the corresponding date", f"{block.valid.months} months"
    last = first.then("last day", rule, months, days_in_force(matter.inputs).last, str(at("block.valid")))
    yield _duty(
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
        yield _duty(matter, "block reminder", name, way, to_tell, why, done=done)


def _messages(matter: BlockMatter, on: date, by: date) -> Iterator[Duty]:
    """What else clauses promise to tell: few hours left, hours used up, statements, both reminders of further Blocks. Done once
    account.yaml says so."""
    for each in notices(matter.book, on, by) if matter.book else ():
        if each.block == FIRST and each.what.startswith("expiry"):
            continue  # told with the steps of its day
        key = f"{each.what} {each.block or each.period_end}"
        about = f"Block {each.block}" if each.block else f"until {each.period_end}"
        what = f"{_TOLD[each.what]}, {about}"
        yield _duty(matter, "block message", key, each.due, what, each.why, first=each.arises, done=bool(each.told))


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
    yield _duty(
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
    "licences": _licences,
    "people": _people,
}


# ---- of the firm


def firm_duties(approvals: Approvals, laws: Mapping[str, Located[Law]]) -> Iterator[Duty]:
    """What comes up for the firm itself: approvals of clauses that end, one duty a day; rules of law to be looked at again."""
    by_day: dict[date, list[str]] = {}
    for each in approvals.approvals:
        by_day.setdefault(each.until, []).append(each.clause)
    later = {(each.clause, each.until): each for each in approvals.approvals}
    latest = {clause: max(until for name, until in later if name == clause) for clause, _ in later}
    for day, names in sorted(by_day.items()):
        left = sorted({name for name in names if latest[name] == day})
        if left:
            told = ", ".join(left[:3]) + (" …" if len(left) > 3 else "")  # enough to know which
            what = f"Approval ends of {len(left)} clause{'' if len(left) == 1 else 's'}: {told}"
            yield Duty("approval", str(day), "", "", day, what, "No final version is built with it afterwards")
    for name, law in sorted(laws.items()):
        for n, rule in enumerate(law.model.rules):
            if rule.review_on:
                way = stated("review", rule.review_on, str(law.at(f"rules.{n}.review_on")))
                why = f"Verified by: {rule.verified_by}, {rule.verified_on}"
                yield Duty(
                    "law review", rule.id, "", "", rule.review_on, f"Review of rule {rule.id} of {name}", why, way=way
                )
