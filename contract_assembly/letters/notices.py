"""The short letters around a renewal: notice of renewal, notice of new prices, last reminder, answer to a notice to decline."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Literal

from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import did_you_mean, joined
from contract_assembly.core.values import DateRange
from contract_assembly.facts.agreement_files import AnyInputs
from contract_assembly.facts.fields import Located, TextFact
from contract_assembly.facts.issued_document import Issued
from contract_assembly.facts.template_values import View, extended, leaf
from contract_assembly.letters.kind import Content, Kind
from contract_assembly.letters.options_view import as_it_is, same_scope
from contract_assembly.letters.price_view import price_view
from contract_assembly.letters.promises_view import leaving_view, read_clauses, sections_view
from contract_assembly.letters.renewal_case import RenewalCase, case_of, context_of, renewal_view
from contract_assembly.letters.renewal_letter import unannounced
from contract_assembly.renewals.notice_delivery import CHANNEL_WORDS
from contract_assembly.renewals.notice_windows import Window
from contract_assembly.repository.inputs import Repository

Formal = Literal["in-person", "email", "courier", "mail", "certified-mail"]


class StatutoryNotice(Issued):
    """The notice of renewal that laws require or the contract promises (`rules: [contract]`). `date` is the day on
    which it is sent, `by` the channel."""

    document: Literal["statutory-notice"]
    rules: tuple[TextFact, ...]
    by: Formal


class PriceNotice(Issued):
    """The notice of new prices, and its channel."""

    document: Literal["price-notice"]
    by: Formal = "email"


class LastReminder(Issued):
    """A reminder that the day of decision is near."""

    document: Literal["last-reminder"]


class NonRenewal(Issued):
    """The answer to a client who does not renew."""

    document: Literal["non-renewal"]


# ---- the notice of renewal


def _statutory(repository: Repository, inputs: AnyInputs[Any], issued: Located[StatutoryNotice]) -> Content:
    case = case_of(repository, inputs, issued)
    if wrong := [each for n, rule in enumerate(issued.model.rules) if (each := _unserved(case, n, rule))]:
        raise RefusedError(wrong)
    if not issued.model.rules:
        known = ", ".join(each.rule for each in case.plan.windows)
        raise RefusedError([Problem("no-rule", "rules: is empty", issued.at("rules"), f"there are: {known or 'none'}")])
    by = leaf({"by": CHANNEL_WORDS[issued.model.by]}, "service", issued.at("by"))
    return Content({**_renewal(repository, case), "service": by}, case.sources, warnings=case.warnings())


def _unserved(case: RenewalCase, n: int, rule: str) -> Problem | None:
    """Why this notice, on its day and by its channel, does not satisfy a rule; None if it does."""
    issued, known = case.issued, {each.rule: each for each in case.plan.windows}
    if rule not in known:
        what = f"{rule} requires no notice of this renewal"
        return Problem("unknown-rule", what, issued.at(f"rules.{n}"), did_you_mean(rule, known))
    window = known[rule]
    ways = {channel: days for channel, days in window.sending if _is(issued.model.by, channel)}
    if not ways:
        by, others = CHANNEL_WORDS[issued.model.by], " or ".join(CHANNEL_WORDS[each] for each in window.channels)
        return Problem("wrong-channel", f"{by} does not answer {rule}", issued.at("by"), f"serve it {others}")
    days = next(iter(ways.values()))
    if days is None or issued.model.date not in days:
        return _outside(case, window, days)
    return None


def _is(way: str, asked: str) -> bool:
    """Certified mail counts as mail."""
    return way == asked or (way, asked) == ("certified-mail", "mail")


def _outside(case: RenewalCase, window: Window, days: DateRange | None) -> Problem:
    """A notice at another time does not satisfy the rule: say when it would, and what is still possible after that."""
    day, by = case.issued.model.date, CHANNEL_WORDS[case.issued.model.by]
    span = f"{window.days.first} to {window.days.last}"
    what = f"{window.rule}: a notice of {day} lies outside the window, {span}" + (
        f" ({by}: {days.first} to {days.last})" if days else ""
    )
    if days is None:
        hint = f"{by} it cannot take effect in time; choose another way"
    elif day < days.first:
        hint = f"serve it from {days.first} to {days.last}"
    else:
        ways = [f"{CHANNEL_WORDS[way]} until {each.last}" for way, each in window.open.items() if each.last > day]
        other = f"serve it {joined(ways, 'or')}; " if ways else ""
        remains = "have the next term signed by both parties" if window.severity == "block" else window.consequence
        hint = f"what remains: {other}{remains}"
    return Problem("outside-window", what, case.issued.at("date"), hint)


def _renewal(repository: Repository, case: RenewalCase) -> dict[str, View]:
    price = price_view(case, as_it_is(case), same_scope(case))
    return {"renewal": renewal_view(case), "price": price, "sections": sections_view(repository, case.context)}


# ---- the others


def _price(repository: Repository, inputs: AnyInputs[Any], issued: Located[PriceNotice]) -> Content:
    case = case_of(repository, inputs, issued)
    if found := tuple(unannounced(case, issued.model.by, "date")):
        raise RefusedError(found)
    by = leaf({"by": CHANNEL_WORDS[issued.model.by]}, "service", issued.at("by"))
    return Content({**_renewal(repository, case), "service": by}, case.sources, warnings=case.warnings())


def _reminder(repository: Repository, inputs: AnyInputs[Any], issued: Located[LastReminder]) -> Content:
    case = case_of(repository, inputs, issued)
    if found := tuple(_too_late(case)):
        raise RefusedError(found)
    return Content(_renewal(repository, case), case.sources, warnings=case.warnings())


def _too_late(case: RenewalCase) -> Iterator[Problem]:
    if case.issued.model.date > case.term.decide_by:
        what = f"the letter is dated {case.issued.model.date}, after the last day to decide, {case.term.decide_by}"
        yield Problem("letter-late", what, case.issued.at("date"), "what remains: an early end needs an agreement")


def _declined(repository: Repository, inputs: AnyInputs[Any], issued: Located[NonRenewal]) -> Content:
    context = context_of(repository, inputs, issued)
    end = context.end()
    if end is None or end.notice is None or end.by != "client":
        begins = context.term(context.number_on(issued.model.date)).following.first
        what = f"no notice is recorded in which the client declined, in time, the term that starts on {begins}"
        hint = f"add below notices: {{says: decline, term: {begins}, sent: DATE, by: email, to: provider}}"
        raise RefusedError([Problem("not-declined", what, context.at("notices"), hint)])
    if issued.model.date < end.notice.sent:
        what = f"the answer is dated {issued.model.date}, before the notice of {end.notice.sent}"
        raise RefusedError(
            [Problem("answer-before-notice", what, issued.at("date"), "date it on the day on which it is sent")]
        )
    facts = {"sent": end.notice.sent, "by": CHANNEL_WORDS[end.notice.by], "last_day": end.last_day}
    views: dict[str, View] = {
        "declined": leaf(facts, "declined", end.origin),
        "leaving": extended(leaving_view(repository, context), licences=_outlasting(inputs, end.last_day)),
        "sections": sections_view(repository, context),
    }
    return Content(views, read_clauses(repository, context))


def _outlasting(inputs: AnyInputs[Any], last_day: date) -> bool:
    """Whether a licence that we hold for the client ends after its agreement (clause licence-commitment)."""
    held = (each for each in inputs.agreement.model.licences if each.holder != "client")
    return any(each.last_day and each.last_day > last_day for each in held)


STATUTORY = Kind(StatutoryNotice, _statutory, lambda model: model.by == "email", formal=True)
PRICE = Kind(PriceNotice, _price, lambda model: model.by == "email", formal=True)
REMINDER = Kind(LastReminder, _reminder)
NON_RENEWAL = Kind(NonRenewal, _declined)
