"""Everything that comes up for one agreement, as dated duties. Pure; add more to the table DUE.

Each function in DUE returns the duties of one term, done or not; the caller decides which are ahead and which are
overdue."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from contract_assembly.core.explained_date import stated
from contract_assembly.core.values import DateRange, days_before
from contract_assembly.facts.business_days import business_day_before, business_days_later
from contract_assembly.renewals.context import BlockContext, RenewalContext, Successor
from contract_assembly.renewals.duties.duty import Duty, duty_of, licences, people
from contract_assembly.renewals.duties.of_block import block_duties
from contract_assembly.renewals.duties.of_clauses import PromiseDays, is_of_the_end, of_clauses
from contract_assembly.renewals.ending import End
from contract_assembly.renewals.notice_delivery import CHANNEL_WORDS, until
from contract_assembly.renewals.notice_windows import answered, windows
from contract_assembly.renewals.rise_notice import rise_by, rise_decided, rise_notices
from contract_assembly.renewals.term import Term

DECLINE_ANSWER_DAYS = 5  # Business Days for the answer to a notice to decline: a courtesy that no clause requires
NOTICE_DAYS = 30  # how many days before its first deadline a notice of new prices comes up


def duties(context: RenewalContext | BlockContext, on: date, by: date) -> Iterator[Duty]:
    """Everything for one agreement that is not done, up to a day: for the term current on `on` from its start, and for
    later terms. Raises ValueError if a day cannot be computed, for example in a year without known holidays."""
    if isinstance(context, BlockContext):
        found = block_duties(context, on, by)
    elif end := context.end_before():
        found = [_unsigned(context, end)]
    else:
        found = [*_of_terms(context.as_of(on), on, by), *_exit(context, context.end(), by)]
    ahead = [each.as_of(on) for each in found if not each.done]
    kept = {(each.kind, each.key): each for each in ahead if each.last <= by}
    waits = isinstance(context, RenewalContext) and _is_not_agreed(context)
    yield from (each for each in kept.values() if each.last >= on or not (waits or each.kind in FLEETING))


def _is_not_agreed(context: RenewalContext) -> bool:
    """Whether nothing binds anybody yet: a draft, or a contract that was only sent, that renews no other. What it promises comes
    up, but is not overdue."""
    return context.agreed.status in {"draft", "sent"} and not context.agreed.renews


def _of_terms(context: RenewalContext, on: date, by: date) -> Iterator[Duty]:
    end = context.end()
    if end and end.last_day < on and context.agreed.status == "ended":
        return
    for number in range(context.number_on(on), _last_number(context, end, by) + 1):
        term = context.term(number)
        for name in DUE:
            yield from DUE[name](context, term, end)
        yield from _promised(context, term, end, by)


def _last_number(context: RenewalContext, end: End | None, by: date) -> int:
    """The last term to examine: none after the agreement's end, or after the next agreement takes over."""
    numbers = [context.number_on(by)]
    if end:
        numbers.append(end.number)
    if follows := _follows(context, end):
        numbers.append(context.number_on(days_before(follows.first_day, 1)))
    return min(numbers)


def _follows(context: RenewalContext, end: End | None) -> Successor | None:
    """The next agreement, unless this one ended before it and the next one is not signed."""
    found = context.successor
    if found and end and found.status in {"draft", "sent"} and end.prevents(found.first_day):
        return None
    return found


def _is_open(context: RenewalContext, term: Term, end: End | None) -> bool:
    """Whether it is undecided what follows a term: the agreement does not end before, and what follows is at most a
    draft."""
    if end and end.number <= term.number:
        return False
    follows = _follows(context, end)
    return not (follows and follows.status != "draft" and follows.first_day <= term.following.first)


def _unsigned(context: RenewalContext, end: End) -> Duty:
    """The only duty of a next term that does not begin because the agreement before it was declined or ended."""
    verb = "ended early" if end.kind == "ended" else "was declined"
    why = f"{context.agreed.renews} {verb} and ends on {end.last_day}, so this one takes effect only if both sign it"
    last = days_before(context.agreed.term.first_day, 1)
    return duty_of(
        context, "unsigned", "unsigned", day=last, what="Have both parties sign this agreement, or delete it", why=why
    )


# ---- the end of a term


def _price_notice(context: RenewalContext, term: Term, end: End | None) -> Iterator[Duty]:
    """Nothing for a contract on other paper: what it says of a rise is in its PDF, and its renewal is a new contract."""
    rises = rise_decided(context, term)
    if not _is_open(context, term, end) or rises is False or context.agreed.origin == "elsewhere":
        return
    ways, condition = rise_by(context, term), "" if rises else ", if any is to rise"
    yield duty_of(
        context,
        "price notice",
        str(term.number),
        day=max(ways.values(), key=lambda each: each.day),
        what=f"Notice of new prices{condition}: {until((way, day.day) for way, day in ways.items())}",
        why=f"It must take effect by {term.rise_notice.day}, or prices stay from {term.following.first}",
        done=any(rise_notices(context, term)),
        first=days_before(min(each.day for each in ways.values()), NOTICE_DAYS),
        ways=tuple(ways.items()),
    )


def _letter(context: RenewalContext, term: Term, end: End | None) -> Iterator[Duty]:
    if _is_open(context, term, end):
        why = "It shows the year and the options before any deadline"
        what, day = "Send the renewal letter", term.letter_day
        yield duty_of(context, "letter", str(term.number), day=day, what=what, why=why)


def _announcements(context: RenewalContext, term: Term, end: End | None) -> Iterator[Duty]:
    if not _is_open(context, term, end):
        return
    for each in windows(context, term):
        kind = "reminder" if each.severity == "contract" else "statutory notice"
        title = each.title if kind == "reminder" else f"{each.title} ({each.rule})"
        rule, given, source = "so that it also takes effect in time", str(each.days.last), context.promises.notices
        ways = tuple(
            (way, each.way.then(f"send {CHANNEL_WORDS[way]} by", rule, given, days.last, source))
            for way, days in each.open.items()
        )
        yield duty_of(
            context,
            kind,
            f"{term.number} {each.rule}",
            day=each.way,
            what=f"{title}: {each.each_way()}",
            why=each.consequence,
            first=each.days.first,
            done=answered(context, each, term),
            ways=ways,
        )


def _decision(context: RenewalContext, term: Term, end: End | None) -> Iterator[Duty]:
    if not _is_open(context, term, end):
        return
    if term.automatic:
        length = context.agreed.term.renewal_length
        what = "Last day to decline the renewal"
        why = f"Without a notice it renews from {term.following.first} for {length.count} {length.unit}s"
        yield duty_of(context, "decision", str(term.number), day=term.decision, what=what, why=why)
    else:
        day = business_day_before(term.notice_day, context.calendar)
        why = f"It ends on {term.days.last} unless both parties sign an extension"
        yield duty_of(
            context, "proposal", str(term.number), day=day, what="Send the proposal for an extension", why=why
        )


def _answer(context: RenewalContext, term: Term, end: End | None) -> Iterator[Duty]:
    """The answer to a client who declined the renewal."""
    if end and end.number == term.number and end.notice and end.by == "client":
        day = business_days_later(end.notice.sent, DECLINE_ANSWER_DAYS, context.calendar)
        what, why = "Answer the client's notice to decline", f"The client declined on {end.notice.sent}"
        yield duty_of(context, "answer", str(term.number), day=day, what=what, why=why, done=context.answered)


def _renewal(context: RenewalContext, term: Term, end: End | None) -> Iterator[Duty]:
    follows = _follows(context, end)
    if end and end.number <= term.number and end.kind == "ended":
        day = stated("last day", end.last_day, str(end.origin))
        yield duty_of(context, "end", "end", day=day, what="Last day of the agreement", why="It was ended early")
    elif not _is_open(context, term, end) or not term.automatic:
        why = "It does not renew automatically"
        if follows:
            why = f"{follows.name} follows"
        elif end:
            why = f"The {end.by} declined the renewal"
        yield duty_of(context, "end", str(term.number), day=term.last, what="Last day of the term", why=why)
    else:
        day = term.last.then(
            "renewal begins", "the day after the last day", str(term.days.last), term.following.first, "clause term"
        )
        what, why = f"Renewal {term.number + 1} begins", "The term before ends the day before"
        yield duty_of(context, "renewal", str(term.number), day=day, what=what, why=why)


# ---- in the course of a term


def _promised(context: RenewalContext, term: Term, end: End | None, by: date) -> Iterator[Duty]:
    """What clauses promise for the course of the agreement."""
    start = term.days.first if not term.number and not context.agreed.renews else None
    days = PromiseDays(_running(context, term, end), by, start=start)
    yield from of_clauses(context, (each for each in context.promises_of() if not is_of_the_end(each)), days)


def _exit(context: RenewalContext, end: End | None, by: date) -> Iterator[Duty]:
    """What clauses promise for the end of the agreement, once it is certain that nothing follows."""
    agreed = context.agreed
    if _follows(context, end) or (agreed.term.renewal == "automatic" and not end):
        return
    last = end.last_day if end else context.term(0).days.last
    begun = end.notice.sent if end and end.notice else None
    running = DateRange(agreed.term.first_day, max(agreed.term.first_day, last))
    days = PromiseDays(
        running,
        by,
        end=last,
        expiry=None if end else last,
        exit=begun,
    )
    yield from of_clauses(context, filter(is_of_the_end, context.promises_of()), days)


def _running(context: RenewalContext, term: Term, end: End | None) -> DateRange:
    """The days of a term on which the agreement is in force."""
    follows = _follows(context, end)
    lasts = [term.days.last]
    if end and end.number <= term.number:
        lasts.append(end.last_day)
    if follows and follows.first_day in term.days:
        lasts.append(follows.first_day - timedelta(days=1))
    return DateRange(term.days.first, max(term.days.first, min(lasts)))


DUE: dict[str, Callable[[RenewalContext, Term, End | None], Iterator[Duty]]] = {
    "letter": _letter,
    "price notice": _price_notice,
    "announcements": _announcements,
    "decision": _decision,
    "answer": _answer,
    "renewal": _renewal,
    "licences": licences,
    "people": people,
}

# Days after which nothing is left to do, so these duties are never overdue.
FLEETING = frozenset({"letter", "renewal", "end", "decision", "licence", "block end", "person"})
