"""One term of a support contract with every day that its renewal depends on, computed once, each with its steps. Pure."""

from datetime import date, timedelta

from msgspec import Struct

from contract_assembly.core.explained_date import ExplainedDate, stated
from contract_assembly.core.values import DateRange, days_before
from contract_assembly.facts.agreement import Agreement
from contract_assembly.facts.business_days import business_day_before
from contract_assembly.facts.catalogue import Calendar
from contract_assembly.facts.fields import Located
from contract_assembly.facts.renewal_terms import SentNotice
from contract_assembly.facts.term_dates import back, term_dates, terms
from contract_assembly.renewals.notice_delivery import on_business_day

LETTER_DAYS = 90


class Term(Struct, frozen=True):
    """A term and the days before its end. Ranges are inclusive.

    `number` is 0 for the initial term. `decision` is the last day to decline the renewal, moved to a Business Day;
    `notice_day` is the same day before it was moved; if nothing renews automatically, it is the day for a proposal.
    `rise_notice` is the last day on which a notice of new prices may take effect. `letter_day` is the day for the
    renewal letter, 90 days before the decision, moved to the Business Day before."""

    number: int
    days: DateRange
    following: DateRange
    automatic: bool
    last: ExplainedDate
    notice_day: date
    decision: ExplainedDate
    rise_notice: ExplainedDate
    letter_day: date

    @property
    def decide_by(self) -> date:
        """The last day to decide: the Decision Day or, if nothing renews automatically, the day for the proposal."""
        return self.decision.day if self.automatic else self.notice_day


def compute_term(agreement: Located[Agreement], calendar: Calendar, number: int) -> Term:
    """The term of this number. Raises ValueError if days cannot be computed, for example in a year without known
    holidays."""
    agreed = agreement.model.term
    dates, automatic = term_dates(agreed, calendar, number), agreed.renewal == "automatic"
    last = _last_day(agreement, number)
    decision = _decision_day(agreement, calendar, last, dates.counted_back)
    return Term(
        number=number,
        days=dates.days,
        following=terms(agreed).days(number + 1),
        automatic=automatic,
        last=last,
        notice_day=dates.counted_back,
        decision=decision,
        rise_notice=_rise_notice(agreement, calendar, last, decision.day if automatic else None),
        letter_day=business_day_before(
            days_before(decision.day if automatic else dates.counted_back, LETTER_DAYS), calendar
        ),
    )


def declines(notice: SentNotice, term: Term) -> bool:
    """Whether a notice declines the renewal after a term, and was sent by the Decision Day (clause renewal, declining)."""
    return is_decline_of(notice, term) and notice.sent <= term.decision.day


def is_decline_of(notice: SentNotice, term: Term) -> bool:
    """Whether a notice declines the renewal after a term, in time or late."""
    return notice.says == "decline" and notice.term == term.following.first


def _last_day(agreement: Located[Agreement], number: int) -> ExplainedDate:
    agreed, at = agreement.model.term, agreement.at
    if agreed.last_day is not None and number == 0:
        return stated("last day of the term", agreed.last_day, str(at("term.last_day")))
    every = terms(agreed)
    if agreed.last_day is None:
        anchor, length = stated("first day", every.anchor, str(at("term.first_day"))), "term.length"
    else:
        anchor = stated("first day after the chosen last day", every.anchor, str(at("term.last_day")))
        length = "term.renewal_length"
    return anchor.then(
        "last day of the term",
        "the day before the corresponding date, counted from the first day of all",
        f"{every.anchor} and {every.months + number * every.renewal} months",
        every.last(number),
        f"{at(length)}; clause interpretation, months",
    )


def _decision_day(
    agreement: Located[Agreement], calendar: Calendar, last: ExplainedDate, notice_day: date
) -> ExplainedDate:
    """The notice counted back from the last day, on a Business Day."""
    agreed = agreement.model.term
    period = f"{agreed.notice.count} {agreed.notice.unit}s"
    if agreed.notice_to == "month-end":
        rule, given = "the end of a calendar month", f"{last.day}, {period} in full before it"
    else:
        rule, given = "the last day is not counted", f"{last.day}, {period} back, itself left out"
    counted = last.then("notice counted back", rule, given, notice_day, str(agreement.at("term.notice")))
    return on_business_day(counted, calendar, "clause definitions, Decision Day")


def _rise_notice(
    agreement: Located[Agreement], calendar: Calendar, last: ExplainedDate, decision: date | None
) -> ExplainedDate:
    """The notice period counted back from the renewal, and before the Decision Day if there is one; on a Business
    Day."""
    begins, period = last.day + timedelta(days=1), agreement.model.fees.increase_notice
    found = last.then("renewal begins", "the day after the last day", str(last.day), begins, "clause term").then(
        "notice counted back",
        "the renewal's first day is not counted",
        f"{begins}, {period.count} {period.unit}s back",
        back(begins, period),
        str(agreement.at("fees.increase_notice")),
    )
    if decision and found.day >= decision:
        found = found.then(
            "before the Decision Day",
            "also before the Decision Day",
            str(decision),
            days_before(decision, 1),
            "clause annual-adjustment, announcement",
        )
    return on_business_day(found, calendar, "clause interpretation, days")
