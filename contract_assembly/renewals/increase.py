"""How much unit prices rise at a renewal, and why: by a fixed percentage, by an index, or on notice. Pure.

Source: clause "annual-adjustment" and `fees.increase` of the agreement."""

from datetime import date
from decimal import Decimal

from msgspec import Struct

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem
from contract_assembly.core.text import with_count
from contract_assembly.core.values import Percent, corresponding
from contract_assembly.facts.agreement_files import Inputs
from contract_assembly.facts.price_index import NoFigureError, Series, change

CLAUSE = "clause annual-adjustment"


class Rise(Struct, frozen=True):
    """The change of unit prices in percent, how it was computed in words, and the origin of the rule.

    `known_on` is the day on which the last figure of the index was published."""

    percent: Decimal
    steps: tuple[str, ...]
    origin: Origin
    known_on: date | None = None


def rise(inputs: Inputs, first_day: date, months: int, series: Series | None) -> Rise | Problem:
    """The change of prices on the first day of a renewal term, after a term of `months`; or why it is not
    known."""
    increase, at = inputs.agreement.model.fees.increase, inputs.agreement.at
    asked = inputs.agreement.model.renewal.increase if inputs.agreement.model.renewal else None
    percent = increase.percent
    if increase.rule == "fixed" and percent is None:
        what = "fees.increase: a fixed rise has no percent"
        return Problem("no-percent", what, at("fees.increase"), "add percent: 3 %")
    if asked and increase.rule != "on-notice" and (problem := _no_right(inputs, asked)):
        return problem
    if increase.rule == "index":
        return rise_by_index(inputs, first_day, months, series)
    if increase.rule == "fixed" and percent is not None:
        return Rise(percent.value, (f"agreed: {percent.value} % at each renewal",), at("fees.increase.percent"))
    if asked:
        return Rise(asked.value, (f"meant for this renewal: {asked.value} %",), at("renewal.increase"))
    return Rise(Decimal(0), ("no percentage rise is set for this renewal",), at("fees.increase"))


def _no_right(inputs: Inputs, asked: Percent) -> Problem | None:
    """Problems with `renewal: increase`, which is for prices that rise on notice; under another rule it must not
    contradict what was agreed."""
    increase, at = inputs.agreement.model.fees.increase, inputs.agreement.at
    agreed = {"none": Decimal(0), "fixed": increase.percent and increase.percent.value}.get(increase.rule)
    if asked.value == agreed:
        return None
    instead = {"none": "prices stay as they are at a renewal", "fixed": f"{agreed} % was agreed"}
    does = instead.get(increase.rule, "prices follow the index")
    what = f"renewal.increase: {asked.value} %, but {does} (fees.increase.rule: {increase.rule})"
    hint = (
        f"{CLAUSE}, rise at renewal: remove renewal.increase; to ask for less, write the prices below renewal: prices:"
    )
    return Problem("no-right-to-rise", what, at("renewal.increase"), hint)


def reference_month(inputs: Inputs, first_day: date) -> date:
    """The first day of the month whose index figure decides prices from a day on (clause annual-adjustment, calculation)."""
    return corresponding(first_day.replace(day=1), -inputs.agreement.model.fees.increase.lag)


def rise_by_index(inputs: Inputs, first_day: date, months: int, series: Series | None) -> Rise | Problem:
    """The change of prices by the index on a day, compared with `months` earlier, within cap and floor; or why it is not
    known."""
    fees, origin = inputs.agreement.model.fees, inputs.agreement.at("fees.increase")
    rule = fees.increase
    if series is None:
        return Problem(
            "no-index", "fees.increase: no series is named", origin, "add series:, a file of provider/indices"
        )
    try:
        found = change(series, reference_month(inputs, first_day), months, rule.decimals)
    except NoFigureError as error:
        return Problem(error.rule, str(error), origin, error.hint)
    percent = max(min(found.percent, fees.increase_cap.value), rule.floor.value)
    now, before = found.now, found.before
    steps = [
        f"reference month {now.month:%B %Y}, {rule.lag} months before {first_day:%B %Y}: {now.value} ({now.origin})",
        f"compared with {before.month:%B %Y}, {months} months earlier: {before.value} ({before.origin})",
        f"percent change, rounded to {with_count(rule.decimals, 'decimal')}: {found.percent} %",
    ]
    steps += [
        f"{r.month:%B %Y} was revised later; the figure first published applies" for r in (before, now) if r.revised
    ]
    if percent != found.percent:
        bound = "cap" if percent < found.percent else "floor"
        steps.append(f"the {bound} makes it {percent} %")
    return Rise(percent, tuple(steps), origin, max(now.published, before.published))
