"""The scope of an agreement as clauses print it: term, coverage, plan, service levels, licences, backup. Pure; a part of the
template context."""

from datetime import timedelta
from typing import Any

from contract_assembly.core.values import Span
from contract_assembly.facts.agreement_files import AnyInputs, Inputs
from contract_assembly.facts.frequency import is_restore_test
from contract_assembly.facts.labels import ASSET_LABELS, ASSET_NOUNS, HOLDER_LABELS, TREATMENT_LABELS
from contract_assembly.facts.template_values import (
    Fact,
    Series,
    View,
    extended,
    leaf,
    view,
    whole,
)
from contract_assembly.facts.term_dates import length_of, months_of, term_dates


def term_view(inputs: Inputs) -> View:
    """The initial term with its last day, the Decision Day, and the length of renewals."""
    agreed = inputs.agreement.model.term
    dates, length = term_dates(agreed, inputs.calendar.model, 0), length_of(agreed)
    return extended(
        whole(inputs.agreement, "term", "term"),
        **({} if agreed.length else {"length": length}),
        last_day=dates.days.last,
        renewal_first_day=dates.days.last + timedelta(days=1),
        decision_day=dates.decision_day,
        months=months_of(agreed, 0),
        renewal_months=months_of(agreed, 1),
        notice_days=dates.notice_days,
        notice_months=agreed.notice.months if agreed.notice_to == "month-end" else None,
        part_of_month=isinstance(length, Span),
        calendar_months=dates.days.first.day == 1 and (dates.days.last + timedelta(days=1)).day == 1,
    )


def coverage_view(inputs: Inputs) -> View:
    """The users, sites and assets covered, each class with its label, and with the noun for one of it."""
    assets = tuple(
        extended(
            view(asset, f"coverage.assets.{n}", inputs.agreement.at, f"coverage.assets.{n}"),
            label=ASSET_LABELS[asset.kind],
            noun=ASSET_NOUNS[asset.kind],
        )
        for n, asset in enumerate(inputs.agreement.model.coverage.assets)
    )
    everything = whole(inputs.agreement, "coverage", "coverage")
    series = Series(assets, "coverage.assets", inputs.agreement.at("coverage.assets"))
    return extended(everything, assets=series, since=None)  # an amendment says from which day


def plan_view(inputs: Inputs) -> View:
    """The plan: its services by pillar, without restore tests if there is nothing to restore, and its exclusions."""
    plan, at = inputs.plan.model, inputs.plan.at
    tasks: dict[str, list[View]] = {pillar: [] for pillar in ("maintenance", "emergency", "planning", "upgrades")}
    backup = inputs.agreement.model.backup
    for n, task in enumerate(plan.services):
        if is_restore_test(task) and not (backup and backup.sets):
            continue  # there is nothing to restore
        tasks[task.pillar].append(
            view(task, f"plan.services.{task.pillar}.{len(tasks[task.pillar])}", at, f"services.{n}")
        )
    services = {
        pillar: Series(tuple(found), f"plan.services.{pillar}", at("services")) for pillar, found in tasks.items()
    }
    exclusions = tuple(
        extended(
            view(each, f"plan.exclusions.{n}", at, f"exclusions.{n}"), treatment_label=TREATMENT_LABELS[each.treatment]
        )
        for n, each in enumerate(plan.exclusions)
    )
    everything = whole(inputs.plan, "plan")
    return extended(everything, services=services, exclusions=exclusions)


def levels_view(inputs: Inputs) -> View:
    """The service levels: the matrix of impact and urgency, and the promises for each priority."""
    levels = inputs.plan.model.service_levels
    origin = inputs.plan.at("service_levels.matrix")
    matrix = tuple(
        {"impact": level.name, "high": row[0], "medium": row[1], "low": row[2]}
        for level, row in zip(levels.impact, levels.matrix, strict=True)
    )
    priorities = tuple(
        extended(
            view(each, f"levels.priorities.{n}", inputs.plan.at, f"service_levels.priorities.{n}"),
            name=f"Priority\u00a0{each.id[1:]}",
        )
        for n, each in enumerate(levels.priorities)
    )
    return extended(
        whole(inputs.plan, "levels", "service_levels"),
        matrix=leaf(matrix, "levels.matrix", origin),
        priorities=priorities,
    )


def licences_view(inputs: AnyInputs[Any]) -> View:
    """The licences, each with its holder in words."""
    at = inputs.agreement.at
    found = tuple(
        extended(view(each, f"licences.{n}", at, f"licences.{n}"), holder_label=HOLDER_LABELS[each.holder])
        for n, each in enumerate(inputs.agreement.model.licences)
    )
    return Series(found, "licences", at("licences"))


def backup_view(inputs: Inputs) -> View:
    """The backup sets; a fact without a value if there are none."""
    backup, at = inputs.agreement.model.backup, inputs.agreement.at
    if backup is None:
        return Fact(None, "backup", at("backup"))
    sets = tuple(
        extended(
            view(each, f"backup.sets.{n}", at, f"backup.sets.{n}"), immutable_label="Yes" if each.immutable else "No"
        )
        for n, each in enumerate(backup.sets)
    )
    return extended(whole(inputs.agreement, "backup", "backup"), sets=Series(sets, "backup.sets", at("backup.sets")))
