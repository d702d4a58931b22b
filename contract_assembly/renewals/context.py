"""One support contract as the work of renewing it sees it: its files, what its clauses promise, what follows it. Data only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from contract_assembly.blocks.book import Book
from contract_assembly.core.explained_date import ExplainedDate, stated
from contract_assembly.core.origin import Origin
from contract_assembly.core.values import DateRange, days_before
from contract_assembly.facts.agreement_files import BlockInputs, Inputs
from contract_assembly.facts.catalogue import Plan
from contract_assembly.facts.fields import Located
from contract_assembly.facts.price_index import Series
from contract_assembly.facts.service_record import Service
from contract_assembly.facts.term_dates import back, number_following, term_dates, terms
from contract_assembly.renewals.contract_promises import Promises
from contract_assembly.renewals.notice_delivery import on_business_day

LETTER_DAYS = 90


@dataclass(frozen=True)
class Successor:
    """The agreement that renews this one: its folder, status and first day, whether its facts changed after it was built."""

    name: str
    status: str
    first_day: date
    edited: bool = False


@dataclass(frozen=True)
class BlockMatter:
    """A time block: it ends on its last day and does not renew. `book` has its hours, unless it is a draft; `plans` are those of
    the catalogue by id, and `proposed` the days on which a support contract was proposed."""

    client: str
    name: str
    inputs: BlockInputs
    book: Book | None = None
    plans: Mapping[str, Plan] = field(default_factory=dict)
    proposed: tuple[date, ...] = ()


@dataclass(frozen=True)
class RenewalContext:
    """A support contract with all that decides its renewal. `plans` are those of the catalogue by id; `changed` are files whose
    content is no longer what the signed contract was built from; `siblings` are the client's
    agreements besides it and what follows it."""

    client: str
    name: str
    inputs: Inputs
    promises: Promises
    plans: Mapping[str, Plan]
    series: Series | None = None
    service: Located[Service] | None = None
    successor: Successor | None = None
    changed: tuple[str, ...] = ()
    siblings: tuple[str, ...] = ()

    @property
    def short(self) -> str:
        """The client's short name."""
        return self.inputs.client.model.party.short

    def at(self, path: str) -> Origin:
        """Where a fact of the agreement was written."""
        return self.inputs.agreement.at(path)


def term_of(matter: RenewalContext, number: int) -> DateRange:
    """The initial term (0) or a renewal term, first and last day inclusive."""
    return terms(matter.inputs.agreement.model.term).days(number)


def number_of(matter: RenewalContext, day: date) -> int:
    """The number of the term that a day lies in; before the start, the initial one. What does not renew has no other."""
    return number_following(matter.inputs.agreement.model.term, day)


def last_day_of(matter: RenewalContext, number: int) -> ExplainedDate:
    """The last day of a term, with its steps."""
    days, agreed = term_of(matter, number), matter.inputs.agreement.model.term
    if agreed.last_day is not None and number == 0:
        return stated("last day of the term", agreed.last_day, str(matter.at("term.last_day")))
    rows = terms(agreed)
    if agreed.last_day is None:
        found, length = stated("first day", rows.anchor, str(matter.at("term.first_day"))), "term.length"
    else:
        found = stated("first day after the chosen last day", rows.anchor, str(matter.at("term.last_day")))
        length = "term.renewal_length"
    months = rows.months + number * rows.renewal
    rule = "the day before the corresponding date, counted from the first day of all"
    source = f"{matter.at(length)}; clause interpretation, months"
    return found.then("last day of the term", rule, f"{rows.anchor} and {months} months", days.last, source)


def decision_day_of(matter: RenewalContext, number: int) -> ExplainedDate:
    """The last day to decline the renewal after a term: the notice counted back from its last day, on a Business Day."""
    last, agreed = last_day_of(matter, number), matter.inputs.agreement.model.term
    dates = term_dates(agreed, matter.inputs.calendar.model, number)
    period = f"{agreed.notice.count} {agreed.notice.unit}s"
    if agreed.notice_to == "month-end":
        rule, given = "the end of a calendar month", f"{last.day}, {period} in full before it"
    else:
        rule, given = "the last day is not counted", f"{last.day}, {period} back, itself left out"
    counted = last.then("notice counted back", rule, given, dates.counted_back, str(matter.at("term.notice")))
    return on_business_day(counted, matter.inputs.calendar.model, "clause definitions, Decision Day")


def rise_notice_of(matter: RenewalContext, number: int) -> ExplainedDate:
    """The last day on which a notice of a rise after a term may take effect: so long before the Renewal Term, and before the
    Decision Day where there is one; on a Business Day. Raises ValueError for a period that needs a calendar."""
    agreed, calendar = matter.inputs.agreement.model, matter.inputs.calendar.model
    begins = last_day_of(matter, number).day + timedelta(days=1)
    source, period = str(matter.at("fees.increase_notice")), agreed.fees.increase_notice
    found = last_day_of(matter, number).then(
        "renewal begins", "the day after the last day", f"{begins - timedelta(days=1)}", begins, "clause term"
    )
    given = f"{begins}, {period.count} {period.unit}s back"
    found = found.then(
        "notice counted back", "the renewal's first day is not counted", given, back(begins, period), source
    )
    if agreed.term.renewal == "automatic":
        decision = decision_day_of(matter, number).day
        if found.day >= decision:
            rule = "also before the Decision Day"
            found = found.then(
                "before the Decision Day",
                rule,
                f"{decision}",
                days_before(decision, 1),
                "clause annual-adjustment, announcement",
            )
    return on_business_day(found, calendar, "clause interpretation, days")


def letter_day_of(matter: RenewalContext, number: int) -> date:
    """The day for the renewal letter: 90 days before the Decision Day, or before that of the proposal (domain 5.1: 60 to 120)."""
    agreed = matter.inputs.agreement.model.term
    if agreed.renewal == "automatic":
        return days_before(decision_day_of(matter, number).day, LETTER_DAYS)
    return days_before(back(last_day_of(matter, number).day, agreed.notice), LETTER_DAYS)


def ends_early(matter: RenewalContext) -> date | None:
    """The last day of an agreement that was ended before its term was over."""
    ended = matter.inputs.agreement.model.ended
    return ended.last_day if ended else None
