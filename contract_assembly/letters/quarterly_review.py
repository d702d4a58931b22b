"""The report of a quarterly business review: figures, what was done and missed, risks, plans, decisions asked for."""

from collections.abc import Iterator
from typing import Any, Literal

from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import did_you_mean
from contract_assembly.core.values import DateRange
from contract_assembly.facts.agreement_files import AnyInputs, Inputs
from contract_assembly.facts.fields import DateFact, Located, Model, ProseFact, SlugFact, WholeFact
from contract_assembly.facts.issued_document import Issued
from contract_assembly.facts.service_record import Service
from contract_assembly.facts.template_values import View, extended, leaf, view
from contract_assembly.letters import service_facts as facts
from contract_assembly.letters.credit_view import Credits, credit_rows, credits_of
from contract_assembly.letters.kind import Content, Kind
from contract_assembly.letters.service_data import service_of
from contract_assembly.repository.inputs import Repository

AHEAD_MONTHS = 12  # of licences that end: the forecast that the plan promises


class Attendees(Model):
    """The participants, by role, without names."""

    client: tuple[ProseFact, ...]
    provider: tuple[ProseFact, ...]


class Decision(Model):
    """A decision that we ask for: the recommendation, and by when."""

    recommendation: SlugFact
    by: DateFact


class QuarterlyReview(Issued):
    """`quarter` is the number of a quarter in service.yaml; `held` is the day of the meeting, `next_review` that of the next."""

    document: Literal["quarterly-review"]
    quarter: WholeFact
    held: DateFact | None = None
    attendees: Attendees | None = None
    decisions: tuple[Decision, ...] = ()
    next_review: DateFact | None = None


def _content(repository: Repository, inputs: AnyInputs[Any], issued: Located[QuarterlyReview]) -> Content:
    support, service = service_of(repository, inputs, issued)
    position = _position(service, issued)
    if problems := tuple(_problems(service, position, issued, support)):
        raise RefusedError(problems)
    credited = credits_of(repository, support, service)
    content = _view(support, service, position, issued, credited)
    return Content({"review": content}, (service.at().path, *credited.sources), history=credited.history)


def _position(service: Located[Service], issued: Located[QuarterlyReview]) -> int:
    numbers = [each.number for each in service.model.quarters]
    if issued.model.quarter not in numbers:
        what = f"quarter {issued.model.quarter} is not in {service.at().path}"
        hint = f"there are: {', '.join(map(str, numbers)) or 'none'}; build.py service import adds them"
        raise RefusedError([Problem("unknown-quarter", what, issued.at("quarter"), hint)])
    return numbers.index(issued.model.quarter)


def _problems(
    service: Located[Service], position: int, issued: Located[QuarterlyReview], inputs: Inputs
) -> Iterator[Problem]:
    model, quarter = issued.model, service.model.quarters[position]
    if quarter.period.last >= model.date:
        what = f"the report is dated {model.date}, and its figures run to {quarter.period.last}"
        yield Problem("figure-after-report", what, issued.at("date"), "date it after the last day of its figures")
    known = [each.id for each in service.model.recommendations]
    for n, each in enumerate(model.decisions):
        at = issued.at(f"decisions.{n}.recommendation")
        if each.recommendation not in known:
            what = f"{each.recommendation} is not a recommendation in {service.at().path}"
            yield Problem("unknown-recommendation", what, at, did_you_mean(each.recommendation, known))
        if each.by <= model.date:
            what = f"the answer is due on {each.by}, before it can be given"
            yield Problem("answer-before-letter", what, issued.at(f"decisions.{n}.by"), "give the reader a later day")
    if model.next_review and model.next_review <= (model.held or model.date):
        what = f"the next review, on {model.next_review}, is not after this one"
        yield Problem("next-review", what, issued.at("next_review"), "write the day of the next one")
    yield from _named(issued, inputs)


def _named(issued: Located[QuarterlyReview], inputs: Inputs) -> Iterator[Problem]:
    attendees = issued.model.attendees
    for side, file in (("client", inputs.client), ("provider", inputs.provider)):
        roles = {person.name: person.role for person in file.model.people}
        for n, each in enumerate(getattr(attendees, side, ())):
            if each in roles:
                at = issued.at(f"attendees.{side}.{n}")
                yield Problem("personal-data", f"attendees: {each} is a name", at, f"write the role: {roles[each]}")


def _view(
    inputs: Inputs, service: Located[Service], position: int, issued: Located[QuarterlyReview], credited: Credits
) -> View:
    quarter, day = service.model.quarters[position], issued.model.date
    days = DateRange(quarter.period.first, quarter.period.last)
    before = next((each for each in service.model.quarters if each.number == quarter.number - 1), None)
    levels, path = inputs.plan.model.service_levels, f"quarters.{position}"
    asked = leaf(tuple(_decisions(inputs, service, issued)), "review.decisions", issued.at("decisions"))
    tickets = facts.handled(service, quarter, position, inputs, before)
    return extended(
        view(quarter, "review", service.at, path),
        tickets=tickets,
        answers=facts.having(tickets, "answered", "review.answers"),
        solutions=facts.having(tickets, "solved", "review.solutions"),
        measures=facts.shares(service, "measures", "review", levels.small_number, path),
        threshold=levels.threshold,
        small_number=levels.small_number,
        wanted=levels.satisfaction,
        restores=facts.in_days(service, "restore_tests", days, "review"),
        reviews=facts.in_days(service, "reviews", days, "review"),
        spared=facts.in_days(service, "spared", days, "review"),
        missed=facts.in_days(service, "missed", days, "review"),
        service_credits=credit_rows(service, credited.within(days), "review.service_credits"),
        work=facts.work(service, days, "review"),
        risks=facts.risks(service, day, "review.risks"),
        declined=facts.recommendations(service, inputs, "review.declined", ["declined"]),
        roadmap=facts.recommendations(service, inputs, "review.roadmap", ["accepted", "proposed"]),
        licences=facts.licences_that_end(inputs, day, AHEAD_MONTHS, "review.licences"),
        ahead=AHEAD_MONTHS,
        decisions=asked,
    )


def _decisions(inputs: Inputs, service: Located[Service], issued: Located[QuarterlyReview]) -> Iterator[View]:
    places = {each.id: n for n, each in enumerate(service.model.recommendations)}
    for n, each in enumerate(issued.model.decisions):
        at = places[each.recommendation]
        found = facts.recommendation(service, inputs, at, service.model.recommendations[at], f"review.decisions.{n}")
        yield extended(found, by=each.by)


KIND = Kind(QuarterlyReview, _content)
