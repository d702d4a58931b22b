"""Checks of a plan's promises: tasks, priorities, the matrix, credits. Pure; a table of checks.

A response is due before the resolution, nothing stricter is slower, credit steps have no gaps, and caps agree. A support contract
covers four kinds of work, and does not promise what it leaves out.
"""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import get_args

from contract_assembly.core.problems import Problem
from contract_assembly.facts.agreement_files import Inputs
from contract_assembly.facts.business_days import average_minutes
from contract_assembly.facts.catalogue import Pillar

_SMALLEST = Decimal("0.01")  # achievement is rounded to two decimals


def every_pillar_has_a_task(inputs: Inputs) -> Iterator[Problem]:
    """A contract without one of the four kinds of work must not pretend to have it. One on other paper promises in its own
    words, and its plan lists no task."""
    if inputs.agreement.model.origin == "elsewhere":
        return
    found = {task.pillar for task in inputs.plan.model.services}
    for pillar in get_args(Pillar):
        if pillar not in found:
            what = f"services: no task of {pillar}"
            yield Problem("empty-pillar", what, inputs.plan.at("services"), f"add a task with pillar: {pillar}")


def _nothing_promised_is_excluded(inputs: Inputs) -> Iterator[Problem]:
    plan = inputs.plan
    tasks = {task.task.casefold(): plan.at(f"services.{n}.task") for n, task in enumerate(plan.model.services)}
    for position, each in enumerate(plan.model.exclusions):
        if promised := tasks.get(each.item.casefold()):
            what = f"exclusions: {each.item} is promised as a task at {promised}"
            yield Problem("promised-and-excluded", what, plan.at(f"exclusions.{position}.item"), "keep one of them")


def _response_comes_before_the_target(inputs: Inputs) -> Iterator[Problem]:
    calendar = inputs.calendar.model
    for position, each in enumerate(inputs.plan.model.service_levels.priorities):
        if average_minutes(each.response, calendar) >= average_minutes(each.target, calendar):
            what = f"{each.id}: the response takes as long as the target for Resolution, or longer"
            origin = inputs.plan.at(f"service_levels.priorities.{position}.target")
            yield Problem("response-target", what, origin, "promise a Response sooner than Resolution")


def _stricter_priorities_are_no_slower(inputs: Inputs) -> Iterator[Problem]:
    """Business minutes are compared, so that 1 Business Day is more than 8 Business Hours where the desk is open for ten."""
    ordered = sorted(enumerate(inputs.plan.model.service_levels.priorities), key=lambda each: each[1].id)
    for (_, strict), (position, mild) in pairwise(ordered):
        for name in ("response", "target"):
            times = [average_minutes(getattr(each, name), inputs.calendar.model) for each in (strict, mild)]
            if times[0] > times[1]:
                what = f"{name}: {mild.id} is faster than {strict.id}, which is stricter"
                origin = inputs.plan.at(f"service_levels.priorities.{position}.{name}")
                yield Problem("priority-order", what, origin, f"give {strict.id} the shorter time")


def _matrix_never_gets_stricter(inputs: Inputs) -> Iterator[Problem]:
    """Impact falls from row to row and urgency from column to column, so priority may only fall too."""
    matrix = inputs.plan.model.service_levels.matrix
    for row, entries in enumerate(matrix):
        for column, entry in enumerate(entries):
            above = matrix[row - 1][column] if row else entry
            left = entries[column - 1] if column else entry
            if entry < max(above, left):
                place = f"row {row + 1}, column {column + 1}"
                what = f"matrix: {entry} in {place} is stricter than {max(above, left)} to its left or above it"
                origin = inputs.plan.at(f"service_levels.matrix.{row}")
                yield Problem("matrix-order", what, origin, "let the priority fall to the right and downward")


def _credit_steps_follow_each_other(inputs: Inputs) -> Iterator[Problem]:
    """From 0 to just below the threshold, each step begins where the one before ends."""
    levels, at = inputs.plan.model.service_levels, inputs.plan.at
    begins = Decimal(0)
    for position, step in sorted(enumerate(levels.credits), key=lambda each: each[1].least.value):
        origin = at(f"service_levels.credits.{position}")
        if step.least.value != begins or step.most.value < step.least.value:
            what = f"credits: a step from {step.least.value} % to {step.most.value} % where one from {begins} % is due"
            yield Problem("credit-steps", what, origin, "let each step begin 0.01 above the end of the one below it")
            return
        begins = step.most.value + _SMALLEST
    if levels.credits and begins != levels.threshold.value:
        what = f"credits: the steps end at {begins - _SMALLEST} %, the threshold is {levels.threshold.value} %"
        hint = f"let the highest step end at {levels.threshold.value - _SMALLEST} %"
        yield Problem("credit-steps", what, at("service_levels.credits"), hint)


def _credits_rise_as_achievement_falls(inputs: Inputs) -> Iterator[Problem]:
    levels, at = inputs.plan.model.service_levels, inputs.plan.at
    ordered = sorted(enumerate(levels.credits), key=lambda each: each[1].least.value)
    for (position, worse), (_, better) in pairwise(ordered):
        if worse.credit.value <= better.credit.value:
            what = f"credits: from {worse.least.value} % there is no more credit than from {better.least.value} %"
            yield Problem("credit-order", what, at(f"service_levels.credits.{position}.credit"), "give more for less")
    for position, step in ordered:
        if step.credit.value > levels.cap_month.value:
            what = f"credits: {step.credit.value} % is above the cap of {levels.cap_month.value} % a month"
            origin = at(f"service_levels.credits.{position}.credit")
            yield Problem("credit-cap", what, origin, "raise cap_month, or lower the credit")


def _shares_are_of_a_hundred(inputs: Inputs) -> Iterator[Problem]:
    for name in ("threshold", "cap_month", "cap_year"):
        share = getattr(inputs.plan.model.service_levels, name).value
        if not 0 <= share <= 100:
            what = f"{name}: {share} % is not from 0 to 100"
            yield Problem("share", what, inputs.plan.at(f"service_levels.{name}"), "write a percentage from 0 to 100")


CHECKS = (
    every_pillar_has_a_task,
    _nothing_promised_is_excluded,
    _response_comes_before_the_target,
    _stricter_priorities_are_no_slower,
    _matrix_never_gets_stricter,
    _credit_steps_follow_each_other,
    _credits_rise_as_achievement_falls,
    _shares_are_of_a_hundred,
)
