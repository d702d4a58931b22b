"""Checks of a renewal: everything that blocks it or needs attention, and what is still possible if a day was missed.
Pure; a table."""

from collections.abc import Callable, Iterator
from datetime import date

from msgspec.structs import replace

from contract_assembly.core.problems import Level, Problem
from contract_assembly.renewals.context import RenewalContext
from contract_assembly.renewals.next_scope import ended_classes, next_plan, next_plan_id
from contract_assembly.renewals.notice_windows import Window, answered
from contract_assembly.renewals.term import Term, declines, is_decline_of
from contract_assembly.repository.record import FROZEN
from contract_assembly.rules import service_record

NOT_SIGNED = "not-signed"  # the rule of the problem that a contract is a draft or was only sent
Windows = tuple[Window, ...]
Found = tuple[Problem, str]  # a problem, and what is still possible, or ""


def blockers(
    context: RenewalContext, term: Term, on: date, windows: Windows
) -> tuple[tuple[Problem, ...], tuple[str, ...]]:
    """Every problem of a renewal as of a day, and what is still possible, each once."""
    found = [each for check in CHECKS for each in check(context, term, on, windows)]
    return tuple(problem for problem, _ in found), tuple(dict.fromkeys(remains for _, remains in found if remains))


def _not_signed(context: RenewalContext, _term: Term, _on: date, _windows: Windows) -> Iterator[Found]:
    status = context.agreed.status
    if status != "signed" and not (status == "sent" and _renewed_automatically(context)):
        what = f"this agreement is {status}; only a signed one is renewed"
        name = f"{context.client}/{context.name}"
        sent = f"build.py status {name} --set sent, then " if status == "draft" else ""
        hint = f"once it is signed: {sent}build.py status {name} --set signed --on DATE"
        yield Problem(NOT_SIGNED, what, context.at("status"), hint), ""


def _renewed_automatically(context: RenewalContext) -> bool:
    """Whether this term is in force without a signature, because the one before renewed automatically under the same
    plan."""
    before = context.inputs.before
    if before is None or before.model.term.renewal != "automatic":
        return False
    in_force = before.model.status in FROZEN or (before.model.status == "sent" and before.model.renews)
    fewer = before.model.renewal and before.model.renewal.ended
    return bool(in_force and not fewer and before.model.plan == context.agreed.plan)


def _windows_missed(context: RenewalContext, term: Term, on: date, windows: Windows) -> Iterator[Found]:
    levels: dict[str, Level] = {"block": "error", "warn": "warning", "inform": "info", "contract": "warning"}
    for each in windows:
        if on <= each.last_sending() or answered(context, each, term):
            continue
        what = f"{each.rule}: {each.title} was due from {each.days.first} to {each.days.last}, and none is recorded in time"
        # The next term then binds by signatures, and no law asks for a notice of that.
        moves = context.agreed.origin == "elsewhere"
        signed = " The next term is on your paper, so it binds only once both parties have signed it." if moves else ""
        hint = f"{each.consequence}{signed} If it was sent, record it below notices:"
        remains = "have the next term signed by both parties" if each.severity == "block" else each.consequence
        yield (
            Problem("notice-missed", what, context.at("notices"), hint, "warning" if moves else levels[each.severity]),
            remains,
        )


def _decision_passed(context: RenewalContext, term: Term, on: date, _windows: Windows) -> Iterator[Found]:
    if term.automatic and on > (day := term.decision.day):
        what = f"the Decision Day, {day}, has passed: neither party can decline this renewal by notice any more"
        hint = "an early end needs an agreement"
        yield Problem("decision-passed", what, context.at("term.notice"), hint, "warning"), ""


def _declined_late(context: RenewalContext, term: Term, _on: date, _windows: Windows) -> Iterator[Found]:
    for n, each in enumerate(context.agreed.notices):
        if is_decline_of(each, term) and not declines(each, term):
            what = (
                f"the notice to decline was sent on {each.sent}, after the Decision Day, {term.decision.day}: it renews"
            )
            hint = "an early end needs an agreement"
            yield Problem("declined-late", what, context.at(f"notices.{n}"), hint, "warning"), ""


def _no_plan_of_ours(context: RenewalContext, _term: Term, _on: date, _windows: Windows) -> Iterator[Found]:
    """A contract on other paper moves to ours with its first renewal, and someone has to say under which plan."""
    if context.agreed.origin == "elsewhere" and next_plan_id(context) == context.agreed.plan:
        what = "the contract is on other paper, and nothing says which plan its renewal moves it to"
        known = ", ".join(each for each in sorted(context.plans) if each != context.agreed.plan)
        yield Problem("no-plan", what, context.at("plan"), f"write renewal: plan: one of {known}"), ""


def _people_left(context: RenewalContext, term: Term, _on: date, _windows: Windows) -> Iterator[Found]:
    """The contacts and signatories who leave before the next term begins."""
    agreed, begins = context.agreed, term.following.first
    named = [
        (f"contacts.{side}.{role}", side, getattr(getattr(agreed.contacts, side), role))
        for side in ("client", "provider")
        for role in ("primary", "deputy")
    ]
    named += [(f"signatories.{side}", side, getattr(agreed.signatories, side)) for side in ("client", "provider")]
    for path, side, who in named:
        person = next((each for each in getattr(context.inputs, side).model.people if each.id == who), None)
        if person and person.until and person.until < begins:
            what = f"{path}: {person.name} leaves on {person.until}, before the next term begins on {begins}"
            yield Problem("person-left", what, context.at(path), "name the successor"), ""


def _own_closed_days(context: RenewalContext, term: Term, _on: date, _windows: Windows) -> Iterator[Found]:
    """A calendar that lists the firm's closed days in other years, but none in the year of a deadline, may be out of
    date."""
    years = {each.date.year for each in context.calendar.closed}
    missing = {term.decision.day.year, term.rise_notice.day.year} - years
    if years and missing:
        year = min(missing)
        what = f"closed: no closed day of the firm in {year}, and other years have some"
        hint = f"add those of {year}; deadlines are counted by them"
        yield Problem("closed-days-missing", what, context.inputs.calendar.at("closed"), hint, "warning"), ""


def _changed_since(context: RenewalContext, _term: Term, _on: date, _windows: Windows) -> Iterator[Found]:
    """Old prices come from today's plan. If it changed after signing, only the agreement's own prices are certain."""
    own = {each.line for each in context.agreed.fees.prices}
    unsure = [line.id for line in context.inputs.plan.model.prices if line.id not in own]
    for path in context.changed:
        if unsure:
            what = f"{path} was changed after this was signed, so the old prices of {', '.join(unsure)} are not certain"
            hint = "write the signed prices below fees: prices:, or give a changed price list to a new plan"
            yield Problem("prices-changed", what, context.at("plan"), hint), ""


def _service(context: RenewalContext, term: Term, _on: date, _windows: Windows) -> Iterator[Found]:
    if context.service is None and context.agreed.origin == "elsewhere":
        return  # its letter shows no figures: they would be measured against promises of ours
    if context.service is None:
        what, hint = "there is no service.yaml", "without it the letter shows no figures of the year"
        yield Problem("no-service", what, context.at(""), hint, "warning"), ""
        return
    currency, days = context.agreed.currency, term.days
    yield from ((each, "") for each in service_record.problems(context.service, days, context.at("term"), currency))


def _inseparable(context: RenewalContext, _term: Term, _on: date, _windows: Windows) -> Iterator[Found]:
    """Lines that cannot end alone, because another line or the agreement still needs the class by which they are
    counted."""
    meant = context.agreed.renewal
    if meant is None or next_plan_id(context) not in context.plans:
        return
    plan = next_plan(context)
    lines = {each.id: each for each in plan.prices}
    ending = ended_classes(context) & {each.kind for each in context.agreed.coverage.assets}
    for n, name in enumerate(meant.ended):
        if name in lines and lines[name].per not in ending:
            counted = f"plan {plan.id} counts it by {lines[name].per}, which stays"
            what = f"renewal.ended: {name} cannot end alone: {counted}"
            hint = "choose a plan without that line below renewal: plan:, or give the line a price of its own"
            yield Problem("line-stays", what, context.at(f"renewal.ended.{n}"), hint), ""


def _ended_lines(context: RenewalContext, _term: Term, _on: date, _windows: Windows) -> Iterator[Found]:
    """Lines of the plan that ended while the contract ran, but that the same plan would charge again in the next term."""
    if next_plan_id(context) != context.agreed.plan or context.agreed.plan not in context.plans:
        return
    goes_on = {each.id for each in context.inputs.plan.model.prices}
    named = set(context.agreed.renewal.ended) if context.agreed.renewal else set()
    for line in next_plan(context).prices:
        if line.id not in goes_on | named:
            what = f"{line.id} ended while the contract ran, and plan {context.agreed.plan} would charge it again"
            hint = f"write renewal: ended: [{line.id}], or a plan without that line below renewal: plan:"
            yield Problem("line-returns", what, context.at("plan"), hint), ""


def _index_faults(context: RenewalContext, _term: Term, _on: date, _windows: Windows) -> Iterator[Found]:
    """The first few wrong rows of the index: warnings, because this renewal may not need them."""
    for each in context.series.faults[:3] if context.series else ():
        yield replace(each, level="warning"), ""


CHECKS: tuple[Callable[[RenewalContext, Term, date, Windows], Iterator[Found]], ...] = (
    _not_signed,
    _no_plan_of_ours,
    _people_left,
    _windows_missed,
    _decision_passed,
    _declined_late,
    _own_closed_days,
    _changed_since,
    _service,
    _inseparable,
    _ended_lines,
    _index_faults,
)
