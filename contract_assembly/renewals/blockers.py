"""What stands in the way of a renewal, all of it at once, and what remains possible where a day was missed. Pure; a table."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from contract_assembly.core.explained_date import ExplainedDate
from contract_assembly.core.problems import Level, Problem
from contract_assembly.facts.catalogue import Plan
from contract_assembly.facts.renewal_terms import SentNotice
from contract_assembly.renewals.context import RenewalContext, decision_day_of, rise_notice_of, term_of
from contract_assembly.renewals.next_prices import NextFees
from contract_assembly.renewals.notice_windows import Window, answered, counted_on
from contract_assembly.rules import service_record

Found = tuple[Problem, str]


def obstacles(
    matter: RenewalContext, number: int, on: date, found: tuple[Window, ...]
) -> tuple[tuple[Problem, ...], tuple[str, ...]]:
    """Every obstacle, and what remains possible, each once."""
    told = [each for check in OBSTACLES for each in check(matter, number, on, found)]
    return tuple(problem for problem, _ in told), tuple(dict.fromkeys(remains for _, remains in told if remains))


def _not_signed(matter: RenewalContext, _number: int, _on: date, _found: tuple[Window, ...]) -> Iterator[Found]:
    status = matter.inputs.agreement.model.status
    if status != "signed" and not (status == "sent" and _renewed_itself(matter)):
        what = f"this agreement is {status}; only a signed one is renewed"
        yield Problem("not-signed", what, matter.at("status"), "set status: signed once it is"), ""


def _renewed_itself(matter: RenewalContext) -> bool:
    """Whether this term holds without a signature of its own: the one before renewed by itself, under the same plan."""
    agreed, before = matter.inputs.agreement.model, matter.inputs.before
    if before is None or before.model.term.renewal != "automatic":
        return False
    held = before.model.status in {"signed", "ended"} or (before.model.status == "sent" and before.model.renews)
    fewer = before.model.renewal and before.model.renewal.ended
    return bool(held and not fewer and before.model.plan == agreed.plan)


def _windows_missed(matter: RenewalContext, number: int, on: date, found: tuple[Window, ...]) -> Iterator[Found]:
    levels: dict[str, Level] = {"block": "error", "warn": "warning", "inform": "info", "contract": "warning"}
    for each in found:
        if on <= each.last_sending() or answered(matter, each, number):
            continue
        what = f"{each.rule}: {each.title} was due from {each.days.first} to {each.days.last}, and none is recorded in time"
        hint = f"{each.consequence} If it was sent, record it below notices:"
        remains = "have the next term signed by both parties" if each.severity == "block" else each.consequence
        yield Problem("notice-missed", what, matter.at("notices"), hint, levels[each.severity]), remains


def _decision_passed(matter: RenewalContext, number: int, on: date, _found: tuple[Window, ...]) -> Iterator[Found]:
    if matter.inputs.agreement.model.term.renewal == "automatic" and on > (day := decision_day_of(matter, number).day):
        what = f"the Decision Day, {day}, is over: neither party can decline this renewal by notice any more"
        yield (
            Problem("decision-passed", what, matter.at("term.notice"), "an early end needs an agreement", "warning"),
            "",
        )


def declines(notice: SentNotice, matter: RenewalContext, number: int) -> bool:
    """Whether a notice declines the renewal after a term, and was sent by the Decision Day (clause renewal, declining)."""
    about = notice.says == "decline" and notice.term == term_of(matter, number).last + timedelta(days=1)
    return about and notice.sent <= decision_day_of(matter, number).day


def _declined_late(matter: RenewalContext, number: int, _on: date, _found: tuple[Window, ...]) -> Iterator[Found]:
    day = decision_day_of(matter, number)
    for n, each in enumerate(matter.inputs.agreement.model.notices):
        about = each.says == "decline" and each.term == term_of(matter, number).last + timedelta(days=1)
        if about and not declines(each, matter, number):
            what = f"the notice to decline was sent on {each.sent}, after the Decision Day, {day.day}: it renews"
            yield (
                Problem("declined-late", what, matter.at(f"notices.{n}"), "an early end needs an agreement", "warning"),
                "",
            )


def _people_left(matter: RenewalContext, number: int, _on: date, _found: tuple[Window, ...]) -> Iterator[Found]:
    """The contacts and signatories who are gone before the next term begins."""
    begins = term_of(matter, number).last + timedelta(days=1)
    agreed = matter.inputs.agreement.model
    sides, roles = ("client", "provider"), ("primary", "deputy")
    named = {
        f"contacts.{side}.{role}": (side, getattr(getattr(agreed.contacts, side), role))
        for side in sides
        for role in roles
    }
    named |= {f"signatories.{side}": (side, getattr(agreed.signatories, side)) for side in sides}
    for path, (side, who) in named.items():
        person = next((each for each in getattr(matter.inputs, side).model.people if each.id == who), None)
        if person and person.until and person.until < begins:
            what = f"{path}: {person.name} leaves on {person.until}, before the next term begins on {begins}"
            yield Problem("person-left", what, matter.at(path), "name the successor"), ""


def _own_closed_days(matter: RenewalContext, number: int, _on: date, _found: tuple[Window, ...]) -> Iterator[Found]:
    """A calendar with closing days of our own in other years, and none in the year of a deadline, may be out of date."""
    calendar = matter.inputs.calendar.model
    years = {each.date.year for each in calendar.closed}
    missing = {d.day.year for d in (decision_day_of(matter, number), rise_notice_of(matter, number))} - years
    if years and missing:
        year = min(missing)
        what = f"closed: no closing day of our own in {year}, and there are some in other years"
        hint = f"add those of {year}, for deadlines are counted by them"
        yield Problem("closed-days-missing", what, matter.inputs.calendar.at("closed"), hint, "warning"), ""


def _changed_since(matter: RenewalContext, _number: int, _on: date, _found: tuple[Window, ...]) -> Iterator[Found]:
    """Old prices come from the plan as it is now; where it changed after signing, only prices of the agreement's own are sure."""
    agreed = matter.inputs.agreement.model
    own = {each.line for each in agreed.fees.prices}
    unsure = [line.id for line in matter.inputs.plan.model.prices if line.id not in own]
    for path in matter.changed:
        if unsure:
            what = f"{path} was changed after this was signed, so the old prices of {', '.join(unsure)} are not sure"
            hint = "write the signed prices below fees: prices:, or give a changed price list to a new plan"
            yield Problem("prices-changed", what, matter.at("plan"), hint), ""


def _service(matter: RenewalContext, number: int, _on: date, _found: tuple[Window, ...]) -> Iterator[Found]:
    if matter.service is None:
        what, hint = "there is no service.yaml", "without it the letter shows no figures of the year"
        yield Problem("no-service", what, matter.at(""), hint, "warning"), ""
        return
    currency, days = matter.inputs.agreement.model.currency, term_of(matter, number)
    yield from ((each, "") for each in service_record.problems(matter.service, days, matter.at("term"), currency))


def next_plan(matter: RenewalContext) -> Plan:
    """The plan of the next term: what is meant for it, else the one of now. Raises KeyError where there is none of that name."""
    agreed = matter.inputs.agreement.model
    return matter.plans[agreed.renewal.plan if agreed.renewal and agreed.renewal.plan else agreed.plan]


def ended_classes(matter: RenewalContext) -> set[str]:
    """Classes of what is covered of which every line ends with this term."""
    agreed = matter.inputs.agreement.model
    ended = set(agreed.renewal.ended) if agreed.renewal else set()
    gone: set[str] = {each.per for each in next_plan(matter).prices if each.id in ended}
    return gone - {each.per for each in next_plan(matter).prices if each.id not in ended}


def _inseparable(matter: RenewalContext, _number: int, _on: date, _found: tuple[Window, ...]) -> Iterator[Found]:
    """Lines that cannot end alone: what they are counted by stays, for another line or for the agreement."""
    agreed = matter.inputs.agreement.model
    meant = agreed.renewal
    if meant is None or (meant.plan or agreed.plan) not in matter.plans:
        return
    lines = {each.id: each for each in next_plan(matter).prices}
    ending = ended_classes(matter) & {each.kind for each in agreed.coverage.assets}
    for n, name in enumerate(meant.ended):
        if name in lines and lines[name].per not in ending:
            counted = f"plan {next_plan(matter).id} counts it by {lines[name].per}, which stays"
            what = f"renewal.ended: {name} cannot end alone: {counted}"
            hint = "choose a plan without that line below renewal: plan:, or give the line a price of its own"
            yield Problem("line-stays", what, matter.at(f"renewal.ended.{n}"), hint), ""


def _index_faults(matter: RenewalContext, _number: int, _on: date, _found: tuple[Window, ...]) -> Iterator[Found]:
    """Rows of the index that are wrong and that this renewal may do without; the first few of them."""
    for each in matter.series.faults[:3] if matter.series else ():
        yield replace(each, level="warning"), ""


OBSTACLES: tuple[Callable[[RenewalContext, int, date, tuple[Window, ...]], Iterator[Found]], ...] = (
    _not_signed,
    _people_left,
    _windows_missed,
    _decision_passed,
    _declined_late,
    _own_closed_days,
    _changed_since,
    _service,
    _inseparable,
    _index_faults,
)


def rise_notice_stands(
    matter: RenewalContext, number: int, on: date, rise_by: tuple[ExplainedDate, ...], fees: NextFees
) -> Problem | None:
    """Why a rise falls away for want of a notice in time, or None: it was told in time, or still can be.

    Source: clause annual-adjustment, announcement: after a late notice, prices stay unchanged in that Renewal Term. A rise that
    we mean to make is refused then (error); one that was agreed in advance is left out (warning)."""
    if fees.rise is None or not rises(fees):
        return None
    begins, deadline = term_of(matter, number).last + timedelta(days=1), rise_notice_of(matter, number).day
    agreed = matter.inputs.agreement.model
    sent = [each for each in agreed.notices if each.says == "increase" and each.term == begins and each.to == "client"]
    known_on = fees.rise.known_on
    early = [each.sent for each in sent if known_on and each.sent < known_on]
    counted = min((counted_on(matter, each) for each in sent if each.sent not in early), default=None)
    if counted and counted <= deadline:
        return None
    level: Level = "error" if agreed.fees.increase.rule == "on-notice" else "warning"
    source = f"clause annual-adjustment, announcement, and {matter.at('fees.increase_notice')}"
    if counted:
        what = f"the notice of the rise took effect on {counted}, after {deadline}: prices stay in the next term"
    elif early and on > max(each.day for each in rise_by):
        what = (
            f"the notice of the rise was sent on {early[0]}, before its index was published on {known_on}: prices stay"
        )
    elif on > max(each.day for each in rise_by):
        what = (
            f"no notice of the rise is recorded, and it had to take effect by {deadline}: prices stay in the next term"
        )
    elif known_on and known_on > deadline:
        what = f"the index is published on {known_on}, after the last day for the notice, {deadline}"
    else:
        return None
    hint = f"{source}; what remains: renew at the old prices, or agree on new ones with the client"
    return Problem("notice-late", what, matter.at("fees.increase_notice"), hint, level)


def rises(fees: NextFees) -> bool:
    """Whether the unit price of any line is higher in the next term."""
    return any(x.old_price and x.new_price and x.new_price.amount > x.old_price.amount for x in fees.lines)
