"""The yearly service report, which the renewal letter encloses: all figures of the term so far, and their sources."""

from collections.abc import Iterator
from typing import Any, Literal

from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.values import DateRange
from contract_assembly.facts.agreement_files import AnyInputs, Inputs
from contract_assembly.facts.fields import Located
from contract_assembly.facts.frequency import restore_tests, reviews
from contract_assembly.facts.issued_document import Issued
from contract_assembly.facts.quarter import PRIORITIES, Quarter
from contract_assembly.facts.service_record import Service, Target, Tickets, figures
from contract_assembly.facts.template_values import Fact, View, extended, leaf, view, whole
from contract_assembly.letters import service_facts as facts
from contract_assembly.letters.credit_view import Credits, credit_rows, credits_of
from contract_assembly.letters.kind import Content, Kind
from contract_assembly.letters.service_data import service_of
from contract_assembly.repository.inputs import Repository


class AnnualReport(Issued):
    """The report on the term of service.yaml, as far as there are figures."""

    document: Literal["annual-report"]


def _content(repository: Repository, inputs: AnyInputs[Any], issued: Located[AnnualReport]) -> Content:
    support, service = service_of(repository, inputs, issued)
    if problems := tuple(_later(service, issued)):
        raise RefusedError(problems)
    credited = credits_of(repository, support, service)
    sources = (service.at().path, *credited.sources)
    return Content({"report": _view(support, service, issued, credited)}, sources, history=credited.history)


def _days(service: Service, inputs: Inputs) -> DateRange:
    """From the first day of the term to the last day of the Ticket figures, otherwise of any figure."""
    known = [each.period.last for each in service.tickets] or [
        each.period.last for each in (*service.targets, *service.measures)
    ]
    term = facts.term_days(service, inputs)
    return DateRange(term.first, max(known, default=term.last))


def _later(service: Located[Service], issued: Located[AnnualReport]) -> Iterator[Problem]:
    """Problems with figures that are later than the report."""
    for path, each in figures(service):
        last = each.period.last if getattr(each, "period", None) else each.on
        if last >= issued.model.date:
            what = f"{path} runs to {last}, and the report is dated {issued.model.date}"
            hint = f"date the report later, at {issued.at('date')}, or end the period before it"
            yield Problem("figure-after-report", what, service.at(path), hint)


def _view(inputs: Inputs, service: Located[Service], issued: Located[AnnualReport], credited: Credits) -> View:
    model, days = service.model, _days(service.model, inputs)
    term = facts.term_days(model, inputs)
    plan, levels = inputs.plan.model, inputs.plan.model.service_levels
    rows = leaf(tuple(_rows(service, levels.small_number)), "report.rows", service.at("tickets"))
    return extended(
        leaf({}, "report", service.at()),
        first=days.first,
        last=days.last,
        so_far=days.last < term.last,
        rows=rows,
        solutions=facts.having(rows, "resolution", "report.solutions"),
        quarters=leaf(tuple(_quarters(service)), "report.quarters", service.at("quarters")),
        quarter_sums=_sums(service),
        threshold=levels.threshold,
        small_number=levels.small_number,
        wanted=levels.satisfaction,
        satisfaction=whole(service, "report.satisfaction", "satisfaction") if model.satisfaction else None,
        alerts_prevented=whole(service, "report.alerts_prevented", "alerts_prevented")
        if model.alerts_prevented
        else None,
        patches=whole(service, "report.patches", "patches") if model.patches else None,
        measures=facts.shares(service, "measures", "report", levels.small_number),
        compared=any(each.before_denominator for each in model.measures),
        restores=facts.in_days(service, "restore_tests", days, "report"),
        restores_promised=sum(restore_tests(plan, inputs.agreement.model).values()) or None,
        reviews=facts.in_days(service, "reviews", days, "report"),
        reviews_promised=reviews(plan),
        spared=facts.in_days(service, "spared", days, "report"),
        missed=facts.in_days(service, "missed", days, "report"),
        service_credits=credit_rows(service, credited.within(days), "report.service_credits"),
        changes=facts.in_days(service, "changes", days, "report"),
        recommendations=facts.recommendations(service, inputs, "report.recommendations", facts.STATES),
        assets=leaf(tuple(facts.assets(inputs)), "report.assets", inputs.agreement.at("coverage")),
    )


def _rows(service: Located[Service], least: int) -> Iterator[View]:
    """The figures of each priority, on one row: Tickets, Responses and Resolutions in time, medians, the year before."""
    model = service.model
    for name in PRIORITIES:
        tickets = _one(service, model.tickets, "tickets", name)
        targets = {t: _one(service, model.targets, "targets", name, t, least=least) for t in ("response", "resolution")}
        medians = {f"median_{t}": _one(service, model.medians, "medians", name, t) for t in ("response", "resolution")}
        found: dict[str, Any] = {"tickets": tickets, **targets, **medians}
        if any(found.values()):
            key = f"report.rows.{name}"
            yield leaf({"name": facts.priority_name(name), **found}, key, service.at("tickets"))


def _one(
    service: Located[Service],
    rows: tuple[Any, ...],
    name: str,
    priority: str,
    target: str | None = None,
    *,
    least: int = 0,
) -> View | None:
    for n, each in enumerate(rows):
        if each.priority == priority and getattr(each, "target", None) == target:
            seen = view(each, f"report.{name}.{n}", service.at, f"{name}.{n}")
            if isinstance(each, Target):
                printed = facts.percent(each.numerator, each.denominator, least)
                return extended(seen, share=printed) if each.denominator else None
            return seen if isinstance(each, Tickets) or each.count else None
    return None


def _quarters(service: Located[Service]) -> Iterator[View]:
    """Tickets closed in each quarter, by priority; None if a priority is missing."""
    for n, quarter in enumerate(service.model.quarters):
        counted = {
            each.priority: Fact(
                each.closed, f"report.quarters.{n}.{each.priority}", service.at(f"quarters.{n}.tickets.{m}")
            )
            for m, each in enumerate(quarter.tickets)
        }
        cells = {name.casefold(): counted.get(name) for name in PRIORITIES}
        yield extended(
            view(quarter, f"report.quarters.{n}", service.at, f"quarters.{n}"), one_month=_one_month(quarter), **cells
        )


def _one_month(quarter: Quarter) -> bool:
    """Whether at most a month of it is over."""
    first, last = quarter.period.first, quarter.period.last
    return (first.year, first.month) == (last.year, last.month)


def _sums(service: Located[Service]) -> View:
    """The sum of the quarters, by priority; None if a quarter lacks it."""
    found: dict[str, int | None] = {}
    for name in PRIORITIES:
        counts = [each.closed for q in service.model.quarters for each in q.tickets if each.priority == name]
        found[name.casefold()] = sum(counts) if counts and len(counts) == len(service.model.quarters) else None
    return leaf(found, "report.quarter_sums", service.at("quarters"))


KIND = Kind(AnnualReport, _content)
