"""The renewal letter: the past year, the next one, the price with its reasons, and the choice, long before the deadline."""

from collections.abc import Iterator
from typing import Any, Literal

from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.facts.agreement_files import AnyInputs
from contract_assembly.facts.fields import DateFact, Located, ProseFact, TruthFact
from contract_assembly.facts.issued_document import Issued
from contract_assembly.facts.template_values import View, leaf
from contract_assembly.letters import year_view
from contract_assembly.letters.credit_view import credits_of
from contract_assembly.letters.kind import Content, Kind
from contract_assembly.letters.options_view import (
    Alternative,
    as_it_is,
    longer_commitments,
    options,
    plan_differences,
    same_scope,
)
from contract_assembly.letters.our_paper_view import our_paper
from contract_assembly.letters.price_view import price_view
from contract_assembly.letters.promises_view import leaving_view, sections_view
from contract_assembly.letters.renewal_case import RenewalCase, case_of, renewal_view
from contract_assembly.renewals.notice_delivery import takes_effect
from contract_assembly.repository.inputs import Repository

_OFFERED = ("extended", "reduced")


class RenewalLetter(Issued):
    """`answer_by` is the day by which we ask for an answer, `meeting` a day on which we can go through the letter
    together, `opening` the writer's own first sentence, `counts` why numbers change, `reason` why prices rise on
    notice.

    `extended` and `reduced` are other scopes on offer. `price_notice` makes the letter also the notice of new prices;
    `enclosed` lists enclosures."""

    document: Literal["renewal-letter"]
    answer_by: DateFact
    meeting: DateFact | None = None
    opening: ProseFact | None = None
    counts: ProseFact | None = None
    reason: ProseFact | None = None
    extended: Alternative | None = None
    reduced: Alternative | None = None
    price_notice: TruthFact = False
    enclosed: tuple[ProseFact, ...] = ()


def _content(repository: Repository, inputs: AnyInputs[Any], issued: Located[RenewalLetter]) -> Content:
    case = case_of(repository, inputs, issued)
    model = issued.model
    if found := (*_out_of_time(case), *year_view.problems(case), *_no_notice(case)):
        raise RefusedError(found)
    base, credited = as_it_is(case), credits_of(repository, case.inputs, case.context.service)
    offered = {name: getattr(model, name) for name in _OFFERED}
    facts: dict[str, View] = {
        "renewal": renewal_view(case),
        "sections": sections_view(repository, case.context),
        "price": price_view(case, base, same_scope(case), longer_commitments(case, base)),
        "year": year_view.year_view(case, credited),
        "outlook": year_view.outlook_view(case),
        "options": leaf(options(case, base, offered), "options", issued.at()),
        "differences": leaf(plan_differences(case, offered), "differences", issued.at()),
        "leaving": leaving_view(repository, case.context),
    }
    if case.agreed.origin == "elsewhere":
        facts["offer"] = leaf(our_paper(case), "offer", issued.at())
    plans = [f"provider/plans/{each.plan}.yaml" for each in offered.values() if each and each.plan]
    sources = (*case.sources, *plans, *credited.sources)
    return Content(facts, sources, warnings=case.warnings(), history=credited.history)


def _out_of_time(case: RenewalCase) -> Iterator[Problem]:
    """Problems with a letter after the day of decision, or with a deadline for the answer that is not between the
    two."""
    model, day = case.issued.model, case.term.decide_by
    if model.date >= day:
        what = f"the letter is dated {model.date}, and the last day to decide is {day}"
        hint = "what remains: a last reminder before that day; after it, an early end needs an agreement"
        yield Problem("letter-late", what, case.issued.at("date"), hint)
    elif not model.date < model.answer_by <= day:
        what = (
            f"answer_by: {model.answer_by} is not between the letter, {model.date}, and the last day to decide, {day}"
        )
        yield Problem(
            "answer-before-letter", what, case.issued.at("answer_by"), "give the reader a day between the two"
        )
    if model.meeting and not model.date < model.meeting <= day:
        what = f"meeting: {model.meeting} is not between the letter, {model.date}, and the last day to decide, {day}"
        yield Problem("meeting-day", what, case.issued.at("meeting"), "meet while the client can still decide")


def _no_notice(case: RenewalCase) -> Iterator[Problem]:
    """Problems with a letter as notice of new prices: there must be new prices, and it must count in time by email."""
    if not case.issued.model.price_notice:
        return
    yield from unannounced(case, "email", "price_notice")


def unannounced(case: RenewalCase, channel: Any, path: str) -> Iterator[Problem]:
    """Why a letter of this day and channel is not a valid notice of new prices."""
    deadline, calendar = case.term.rise_notice.day, case.context.calendar
    counts = takes_effect(case.issued.model.date, case.context.promises.deliveries[channel], calendar)
    fees = case.plan.fees
    at = case.issued.at(path)
    if fees is None or not fees.rises:
        what = "no price rises at this renewal, so there is nothing to give notice of"
        yield Problem("no-rise", what, at, "leave it out, or say below renewal: what prices are meant")
    elif counts > deadline:
        what = f"the notice would take effect on {counts}, and it must do so by {deadline}"
        hint = "what remains: renew at the old prices, or agree on new ones with the client"
        yield Problem("notice-late", what, at, hint)


KIND = Kind(RenewalLetter, _content, lambda model: model.price_notice)
