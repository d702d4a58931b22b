"""Everything that comes up for one agreement, or for the firm, as dated duties. Pure; the table DUE is the place to add more.

A function of DUE gives every duty of the term of a number, done or not; what lies in the future and what is overdue is judged by
whoever lists them. `key` and `kind` name a duty for good: neither changes when its day moves."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

from contract_assembly.clauses.approval import Approvals
from contract_assembly.core.explained_date import ExplainedDate, stated
from contract_assembly.core.values import DateRange, days_before
from contract_assembly.facts.business_days import business_day_before
from contract_assembly.facts.fields import Located
from contract_assembly.facts.frequency import restore_tests, reviews
from contract_assembly.facts.law import Law
from contract_assembly.facts.term_dates import back, periods
from contract_assembly.renewals.blockers import declines
from contract_assembly.renewals.context import (
    BlockMatter,
    RenewalContext,
    decision_day_of,
    ends_early,
    last_day_of,
    letter_day_of,
    number_of,
    rise_notice_of,
    term_of,
)
from contract_assembly.renewals.duties.duty import Duty, duty_of, licences, people
from contract_assembly.renewals.duties.of_block import block_duties
from contract_assembly.renewals.notice_delivery import CHANNEL_WORDS, send_by
from contract_assembly.renewals.notice_windows import FORMAL, answered, windows


def duties(matter: RenewalContext | BlockMatter, on: date, by: date) -> Iterator[Duty]:
    """Everything of one agreement that is not done, up to a day: of the term current on `on` from its start, and of later ones.
    Raises ValueError where a day cannot be counted, such as for a year without holidays."""
    if isinstance(matter, BlockMatter):
        found = block_duties(matter, on, by)
    else:
        found = [
            each
            for number in range(number_of(matter, on), _highest(matter, by) + 1)
            for name in DUE
            for each in DUE[name](matter, number)
        ]
    kept = {(each.kind, each.key): each for each in found if not each.done and each.last <= by}
    yield from (each for each in kept.values() if each.last >= on or each.kind not in FLEETING)


def _highest(matter: RenewalContext, by: date) -> int:
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


def _open(matter: RenewalContext, number: int) -> bool:
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


# ---- the end of a term


def _price_notice(matter: RenewalContext, number: int) -> Iterator[Duty]:
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
    yield duty_of(
        matter, "price notice", str(number), latest, what, why, done=done, first=days_before(earliest.day, 30)
    )


def _letter(matter: RenewalContext, number: int) -> Iterator[Duty]:
    if _open(matter, number):
        day = business_day_before(letter_day_of(matter, number), matter.inputs.calendar.model)
        why = "It shows the year and the options before any deadline"
        yield duty_of(matter, "letter", str(number), day, "Send the renewal letter", why)


def _by_way(way: ExplainedDate) -> str:
    name = way.steps[-1].name
    return name.removeprefix("send ").removesuffix(" by")


def _announcements(matter: RenewalContext, number: int) -> Iterator[Duty]:
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
        yield duty_of(matter, kind, key, way, what, each.consequence, first=each.days.first, done=done)


def _decision(matter: RenewalContext, number: int) -> Iterator[Duty]:
    agreed = matter.inputs.agreement.model.term
    if not _open(matter, number):
        return
    last = last_day_of(matter, number)
    if agreed.renewal == "automatic":
        length = agreed.renewal_length
        why = f"Without a notice it renews from {last.day + timedelta(days=1)} for {length.count} {length.unit}s"
        yield duty_of(
            matter, "decision", str(number), decision_day_of(matter, number), "Last day to decline the renewal", why
        )
    else:
        day = business_day_before(back(last.day, agreed.notice), matter.inputs.calendar.model)
        why = f"It ends on {last.day} unless both parties sign an extension"
        yield duty_of(matter, "proposal", str(number), day, "Send the proposal for an extension", why)


def _renewal(matter: RenewalContext, number: int) -> Iterator[Duty]:
    last, ended = last_day_of(matter, number), ends_early(matter)
    if ended and ended <= last.day:
        yield duty_of(
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
        yield duty_of(matter, "end", str(number), last, what, why)
    else:
        begins = last.then(
            "renewal begins", "the day after the last day", str(last.day), last.day + timedelta(days=1), "clause term"
        )
        why = "The term before ends the day before"
        yield duty_of(matter, "renewal", str(number), begins, f"Renewal {number + 1} begins", why)


# ---- in the course of a term


def _reviews(matter: RenewalContext, number: int) -> Iterator[Duty]:
    times = reviews(matter.inputs.plan.model)
    held = [each.on for each in matter.service.model.reviews] if matter.service else []
    if times:
        yield from _rounds(matter, number, "review", "Business review", times, held)


def _restores(matter: RenewalContext, number: int) -> Iterator[Duty]:
    tests = matter.service.model.restore_tests if matter.service else ()
    for what, times in restore_tests(matter.inputs.plan.model, matter.inputs.agreement.model).items():
        done = [each.on for each in tests if what in each.what.casefold()]
        yield from _rounds(matter, number, "restore test", f"Restore test of {what}", times, done)


def _rounds(matter: RenewalContext, number: int, kind: str, what: str, times: int, held: list[date]) -> Iterator[Duty]:
    """One duty for each part of the Contract Year, by its last Business Day; done as often as the part asks for, it is done."""
    each_part, needed = max(1, 12 // times), max(1, times // 12)
    anchor, calendar = matter.inputs.agreement.model.term.first_day, matter.inputs.calendar.model
    ended, last = ends_early(matter), term_of(matter, number).last
    within = DateRange(term_of(matter, number).first, min(last, ended) if ended else last)
    for days in periods(anchor, each_part, within):
        done = sum(day in days for day in held) >= needed
        why = f"{times} a year are promised; this is for {days.first} to {days.last}"
        day = business_day_before(days.last, calendar)
        yield duty_of(
            matter, kind, f"{what} {days.first}", max(day, days.first), what, why, first=days.first, done=done
        )


DUE: dict[str, Callable[[RenewalContext, int], Iterator[Duty]]] = {
    "letter": _letter,
    "price notice": _price_notice,
    "announcements": _announcements,
    "decision": _decision,
    "renewal": _renewal,
    "reviews": _reviews,
    "restore tests": _restores,
    "licences": licences,
    "people": people,
}

# Days that pass by themselves: nothing is left to do about them afterwards, so they are never overdue.
FLEETING = frozenset({"letter", "renewal", "end", "decision", "licence", "block end", "person"})


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
