"""The letters of a renewal, each with its own day and channel: the renewal letter, the notice of new prices, the
notices that a law or the contract requires, and the answer to a client who declines. Pure; facts only, as written to
`documents/<name>.yaml`.

A letter that sells is not a notice required by law, so each is a separate document."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from msgspec import Struct

from contract_assembly.core.values import DateRange
from contract_assembly.facts.business_days import business_day_before, business_day_from
from contract_assembly.renewals.context import RenewalContext
from contract_assembly.renewals.ending import End
from contract_assembly.renewals.notice_delivery import Channel
from contract_assembly.renewals.notice_windows import Window, answered
from contract_assembly.renewals.rise_notice import rise_notices
from contract_assembly.renewals.term import Term
from contract_assembly.repository.yaml_editor import DOCUMENT_DEPTH, new_file

READER_ANSWER_DAYS = 30  # the time to answer a renewal letter
# Channels that leave proof of the day, the cheapest first.
_WAYS: tuple[Channel, ...] = ("email", "certified-mail", "mail", "courier", "in-person")


class Letter(Struct, frozen=True):
    """A document to issue under the agreement that ends: the name of its files, its kind, the day on which it is sent,
    other facts."""

    name: str
    kind: str
    day: date
    facts: Mapping[str, str]

    def text(self) -> str:
        """Its file of facts, a draft."""
        facts = {"document": self.kind, "status": "draft", "date": self.day.isoformat(), **self.facts}
        return new_file(self.kind, DOCUMENT_DEPTH, (), facts)


def letters(
    context: RenewalContext, term: Term, on: date, windows: tuple[Window, ...], email_by: date | None
) -> tuple[Letter, ...]:
    """The letters of the renewal after a term, none before `on`. `email_by` is the last day to send the notice of new
    prices by email; None if no price rises. A letter that would be too late is left out; `blockers` reports it."""
    letter = _renewal_letter(context, term, on)
    first = letter[0].day if letter else business_day_from(on, context.calendar)
    return (*letter, *_price_notice(context, term, on, first, email_by), *_notices(context, term, on, windows))


def answer_to_decline(context: RenewalContext, end: End, term: Term, on: date) -> tuple[Letter, ...]:
    """The answer to a client who declined the renewal after a term; none once it is written, or if the provider declined."""
    if context.answered or end.notice is None or end.by != "client":
        return ()
    day = business_day_from(max(on, end.notice.sent), context.calendar)
    return (Letter(f"non-renewal-{_year(term)}", "non-renewal", day, {"mail": "yes"}),)


def _renewal_letter(context: RenewalContext, term: Term, on: date) -> tuple[Letter, ...]:
    calendar, decision = context.calendar, term.decide_by
    day = term.letter_day if on <= term.letter_day else business_day_from(on, calendar)
    if day >= decision:
        return ()
    answer = business_day_before(min(day + timedelta(days=READER_ANSWER_DAYS), decision), calendar)
    facts = {"answer_by": f"{answer if answer > day else decision}", "mail": "yes"}
    return (Letter(f"renewal-letter-{_year(term)}", "renewal-letter", day, facts),)


def _price_notice(
    context: RenewalContext, term: Term, on: date, first: date, email_by: date | None
) -> Iterator[Letter]:
    if email_by and email_by >= on and not any(rise_notices(context, term)):
        facts = {"by": "email", "mail": "yes"}
        yield Letter(f"price-notice-{_year(term)}", "price-notice", min(first, email_by), facts)


def _notices(context: RenewalContext, term: Term, on: date, windows: tuple[Window, ...]) -> Iterator[Letter]:
    """One notice for all windows that the same channel and day can satisfy."""
    wanted = [each for each in windows if each.severity != "inform" and not answered(context, each, term)]
    waiting = [each for each in wanted if _chosen(context, each, on)]
    while waiting:
        way, days = _chosen(context, waiting[0], on) or ("email", DateRange(on, on))
        served = [waiting[0]]
        for each in waiting[1:]:
            shared = _shared(days, _ways(context, each, on).get(way))
            if shared:
                days, served = shared, [*served, each]
        rules = ", ".join(each.rule for each in served)
        suffix = "" if served[0] is (wanted or served)[0] else f"-{served[0].rule.lower()}"
        facts = {"rules": f"[{rules}]", "by": way, **({"mail": "yes"} if way == "email" else {})}
        yield Letter(f"renewal-notice-{_year(term)}{suffix}", "statutory-notice", days.first, facts)
        waiting = [each for each in waiting if each not in served]


def _chosen(context: RenewalContext, window: Window, on: date) -> tuple[Channel, DateRange] | None:
    ways = _ways(context, window, on)
    return next(((way, ways[way]) for way in _WAYS if way in ways), None)


def _ways(context: RenewalContext, window: Window, on: date) -> dict[Channel, DateRange]:
    """The days left to send it, by channel; each range begins on a Business Day."""
    today = business_day_from(on, context.calendar)
    return {
        way: DateRange(max(days.first, today), days.last) for way, days in window.open.items() if days.last >= today
    }


def _shared(one: DateRange, other: DateRange | None) -> DateRange | None:
    if other is None or max(one.first, other.first) > min(one.last, other.last):
        return None
    return DateRange(max(one.first, other.first), min(one.last, other.last))


def _year(term: Term) -> int:
    """The year in which the next term begins, which distinguishes the letters of one renewal from those of another."""
    return term.following.first.year
