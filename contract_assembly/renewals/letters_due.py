"""The letters of a renewal, each with its own day and way: the renewal letter, the notice of new prices, the notices that a law
or the contract asks for. Pure; facts only, as they go into `documents/<name>.yaml`.

Source: domain 5.1. A letter that sells is no notice that a law asks for: each has a paper of its own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from contract_assembly.core.values import DateRange
from contract_assembly.facts.business_days import business_day_before, business_day_from
from contract_assembly.facts.term_dates import back
from contract_assembly.renewals.context import RenewalContext, decision_day_of, letter_day_of, term_of
from contract_assembly.renewals.notice_delivery import Channel
from contract_assembly.renewals.notice_windows import Window, answered
from contract_assembly.repository.yaml_editor import DOCUMENT_DEPTH, new_file

ANSWER_DAYS = 30  # what a reader has for the answer that a renewal letter asks for
# The cheapest way first that leaves a proof of its day.
_WAYS: tuple[Channel, ...] = ("email", "certified-mail", "mail", "courier", "in-person")


@dataclass(frozen=True, slots=True)
class Letter:
    """A document to be issued under the agreement that ends: the name of its files, its kind, the day it goes, other facts."""

    name: str
    kind: str
    day: date
    facts: Mapping[str, str]

    def text(self) -> str:
        """Its file of facts."""
        facts = {"document": self.kind, "date": self.day.isoformat(), **self.facts}
        return new_file(self.kind, DOCUMENT_DEPTH, (), facts)


def letters(
    matter: RenewalContext, number: int, on: date, found: tuple[Window, ...], email_by: date | None
) -> tuple[Letter, ...]:
    """The letters of the renewal after a term, none before `on`. `email_by` is the last day to send the notice of new prices by
    email; None where no price rises. What is too late is left out: `obstacles` tells it."""
    letter = _renewal_letter(matter, number, on)
    first = letter[0].day if letter else business_day_from(on, matter.inputs.calendar.model)
    return (*letter, *_price_notice(matter, number, on, first, email_by), *_notices(matter, number, on, found))


def _renewal_letter(matter: RenewalContext, number: int, on: date) -> tuple[Letter, ...]:
    calendar, agreed = matter.inputs.calendar.model, matter.inputs.agreement.model.term
    last = term_of(matter, number).last
    decision = decision_day_of(matter, number).day if agreed.renewal == "automatic" else back(last, agreed.notice)
    day = business_day_from(max(letter_day_of(matter, number), on), calendar)
    if day >= decision:
        return ()
    answer = business_day_before(min(day + timedelta(days=ANSWER_DAYS), decision), calendar)
    answer = answer if answer > day else decision
    return (
        Letter(
            f"renewal-letter-{_year(matter, number)}", "renewal-letter", day, {"answer_by": f"{answer}", "mail": "yes"}
        ),
    )


def _price_notice(
    matter: RenewalContext, number: int, on: date, first: date, email_by: date | None
) -> Iterator[Letter]:
    begins = term_of(matter, number).last + timedelta(days=1)
    told = any(
        each.says == "increase" and each.term == begins and each.to == "client"
        for each in matter.inputs.agreement.model.notices
    )
    if email_by and email_by >= on and not told:
        yield Letter(
            f"price-notice-{_year(matter, number)}",
            "price-notice",
            min(first, email_by),
            {"by": "email", "mail": "yes"},
        )


def _notices(matter: RenewalContext, number: int, on: date, found: tuple[Window, ...]) -> Iterator[Letter]:
    """One notice for all windows that one way and day can serve."""
    wanted = [each for each in found if each.severity != "inform" and not answered(matter, each, number)]
    open_ = [each for each in wanted if _chosen(each, on, matter)]
    while open_:
        way, days = _chosen(open_[0], on, matter) or ("email", DateRange(on, on))
        served = [open_[0]]
        for each in open_[1:]:
            shared = _shared(days, _ways(each, on, matter).get(way))
            if shared:
                days, served = shared, [*served, each]
        rules = ", ".join(each.rule for each in served)
        suffix = "" if served[0] is (wanted or served)[0] else f"-{served[0].rule.lower()}"
        name = f"renewal-notice-{_year(matter, number)}{suffix}"
        yield Letter(
            name,
            "statutory-notice",
            days.first,
            {"rules": f"[{rules}]", "by": way, **({"mail": "yes"} if way == "email" else {})},
        )
        open_ = [each for each in open_ if each not in served]


def _chosen(window: Window, on: date, matter: RenewalContext) -> tuple[Channel, DateRange] | None:
    ways = _ways(window, on, matter)
    return next(((way, ways[way]) for way in _WAYS if way in ways), None)


def _ways(window: Window, on: date, matter: RenewalContext) -> dict[Channel, DateRange]:
    """The days that are left to send it, by way; each begins on a Business Day."""
    today = business_day_from(on, matter.inputs.calendar.model)
    return {
        way: DateRange(max(days.first, today), days.last) for way, days in window.sending if days and days.last >= today
    }


def _shared(one: DateRange, other: DateRange | None) -> DateRange | None:
    if other is None or max(one.first, other.first) > min(one.last, other.last):
        return None
    return DateRange(max(one.first, other.first), min(one.last, other.last))


def _year(matter: RenewalContext, number: int) -> int:
    """The year in which the next term begins, which tells the letters of one renewal from those of another."""
    return (term_of(matter, number).last + timedelta(days=1)).year
