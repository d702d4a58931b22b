"""One term of a support contract with every day that its renewal depends on, computed once, each with its steps. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from contract_assembly.core.explained_date import ExplainedDate, stated
from contract_assembly.core.values import DateRange, days_before
from contract_assembly.facts.agreement import Agreement
from contract_assembly.facts.catalogue import Calendar
from contract_assembly.facts.fields import Located
from contract_assembly.facts.renewal_terms import SentNotice
from contract_assembly.facts.term_dates import back, number_on, term
from contract_assembly.renewals.notice_delivery import on_business_day

LETTER_DAYS = 90


@dataclass(frozen=True)
class Term:
    """A term and the days before its end. Ranges are inclusive.

    `number` is 0 for the initial term. `decision` is the last day to decline the renewal, moved to a Business Day; `notice_day`
    is the same day before it was moved, which is the day for a proposal where nothing renews automatically. `rise_notice` is the
    last day on which a notice of new prices may take effect. `letter_day` is the day for the renewal letter, 90 days before the
    decision (domain 5.1: 60 to 120)."""

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
        """The last day to decide: the Decision Day, or the day for the proposal where nothing renews automatically."""
        return self.decision.day if self.automatic else self.notice_day


def compute_term(agreement: Located[Agreement], calendar: Calendar, number: int) -> Term:
    """The term of this number. Raises ValueError for days that cannot be counted, such as in a year without known holidays."""
    agreed = agreement.model.term
    lengths = (agreed.first_day, agreed.length.months, agreed.renewal_length.months)
    days, automatic = term(*lengths, number), agreed.renewal == "automatic"
    last = _last_day(agreement, days.last, number)
    notice_day = back(days.last, agreed.notice)
    decision = _decision_day(agreement, calendar, last, notice_day)
    return Term(
        number=number,
        days=days,
        following=term(*lengths, number + 1),
        automatic=automatic,
        last=last,
        notice_day=notice_day,
        decision=decision,
        rise_notice=_rise_notice(agreement, calendar, last, decision.day if automatic else None),
        letter_day=days_before(decision.day if automatic else notice_day, LETTER_DAYS),
    )


def number_of(agreement: Agreement, day: date) -> int:
    """The number of the term that a day lies in; the initial one before the start, and where nothing renews automatically."""
    agreed = agreement.term
    if agreed.renewal != "automatic":
        return 0
    return number_on(agreed.first_day, agreed.length.months, agreed.renewal_length.months, day) or 0


def declines(notice: SentNotice, term: Term) -> bool:
    """Whether a notice declines the renewal after a term, and was sent by the Decision Day (clause renewal, declining)."""
    return is_decline_of(notice, term) and notice.sent <= term.decision.day


def is_decline_of(notice: SentNotice, term: Term) -> bool:
    """Whether a notice says that a party does not renew after a term, in time or late."""
    return notice.says == "decline" and notice.term == term.following.first


def _last_day(agreement: Located[Agreement], day: date, number: int) -> ExplainedDate:
    agreed, at = agreement.model.term, agreement.at
    months = agreed.length.months + number * agreed.renewal_length.months
    return stated("first day", agreed.first_day, str(at("term.first_day"))).then(
        "last day of the term",
        "the day before the corresponding date, counted from the first day of all",
        f"{agreed.first_day} and {months} months",
        day,
        f"{at('term.length')}; clause interpretation, months",
    )


def _decision_day(
    agreement: Located[Agreement], calendar: Calendar, last: ExplainedDate, notice_day: date
) -> ExplainedDate:
    """The notice counted back from the last day, on a Business Day."""
    notice = agreement.model.term.notice
    given = f"{last.day}, {notice.count} {notice.unit}s back, itself left out"
    counted = last.then(
        "notice counted back", "the last day is not counted", given, notice_day, str(agreement.at("term.notice"))
    )
    return on_business_day(counted, calendar, "clause definitions, Decision Day")


def _rise_notice(
    agreement: Located[Agreement], calendar: Calendar, last: ExplainedDate, decision: date | None
) -> ExplainedDate:
    """The notice period counted back from the renewal, and before the Decision Day where there is one; on a Business Day."""
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
